"""What the pages of the ledger share: their labels, their lists page by page, their timelines."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from fastapi import Request
from sqlalchemy import Connection
from starlette.responses import HTMLResponse

from mithaq.ledger import Commitment, Stage, ledger_rules
from mithaq.ontology import areas, statuses
from mithaq.query.ledger import pending
from mithaq.query.listing import parties_named
from mithaq.query.reports import outlets
from mithaq.web.asked import Asked
from mithaq.web.labels import Labels
from mithaq.web.pages import page
from mithaq.web.pictures.timeline import Lane, Mark, Words

_ISOLATE, _END = "\u2068", "\u2069"
"""Around words of either direction, in text where no element can stand."""


@dataclass(frozen=True, slots=True)
class Pager:
    """The page of a list that is shown, of how many."""

    page: int
    size: int
    total: int

    @property
    def pages(self) -> int:
        """How many pages there are, at least one."""
        return max(1, -(-self.total // self.size))

    @property
    def offset(self) -> int:
        """How many items stand on the pages before."""
        return (self.page - 1) * self.size

    @property
    def near(self) -> list[int | None]:
        """The numbers of the pages to lead to, ``None`` where some are left out."""
        shown = sorted({1, self.pages, *(n for n in range(self.page - 2, self.page + 3) if 1 <= n <= self.pages)})
        found: list[int | None] = []
        for n in shown:
            if found and found[-1] is not None and n - found[-1] > 1:
                found.append(None)
            found.append(n)
        return found


def ledger_page(request: Request, template: str, **values: Any) -> HTMLResponse:
    """A page with what all templates of the ledger use."""
    return page(
        request,
        template,
        lines=ledger_rules().line,
        spot=report_place,
        areas=tuple(areas()),
        statuses=tuple(statuses()),
        **values,
    )


def choices(connection: Connection) -> dict[str, Any]:
    """What the filters of a list offer."""
    return {
        "parties": parties_named(connection),
        "outlets": outlets(connection),
        "pending": pending(connection),
    }


def report_place(report: str, start: int, end: int) -> str:
    """The address of characters of a report."""
    return f"/reports/{quote(report, safe='')}#s={start}-{end}"


def stage_place(stage: Stage) -> str:
    """The address of the evidence of a stage."""
    return report_place(stage.report, stage.evidence.start, stage.evidence.end)


def mark_of(stage: Stage, t: Labels) -> Mark:
    """A stage in a picture."""
    said = f"{t('denied')}: {t.status(stage.status)}" if stage.denied else t.status(stage.status)
    says = told((said, t.day(stage.published), stage.outlet, t.area(stage.area)))
    copy = stage.copy_of not in ("", stage.report)
    return Mark(stage.published, ledger_rules().line[stage.status], says, stage_place(stage), stage.denied, copy)


def told(parts: Iterable[str | None]) -> str:
    """What is read out of a mark; each part keeps its own direction."""
    return " · ".join(f"{_ISOLATE}{part}{_END}" for part in parts if part)


def lanes_of(commitments: Iterable[Commitment], t: Labels, lane: Callable[[Commitment, Stage], str]) -> list[Lane]:
    """The lanes of a picture, in the order in which *lane* first names them."""
    marks: dict[str, list[Mark]] = {}
    for commitment in commitments:
        for stage in commitment.stages:
            marks.setdefault(lane(commitment, stage), []).append(mark_of(stage, t))
    return [Lane(name, tuple(found)) for name, found in marks.items()]


def timeline_words(t: Labels, title: str) -> Words:
    """What a timeline says."""
    legend = tuple((line, t(f"line_{line}")) for line in ("wish", "promise", "deed", "stop"))
    return Words(title, t("undated"), (*legend, ("denied", t("denied"))), t("reports"))


def pager_of(asked: Asked, total: int, size: int) -> Pager:
    """The page that is asked for, the last one if there are not so many."""
    return Pager(min(asked.page, max(1, -(-total // size))), size, total)
