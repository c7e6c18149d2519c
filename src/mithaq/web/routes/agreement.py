"""The page of an agreement, and of one commitment: who says what of it, how far along it is, what contradicts what."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import quote

from fastapi import APIRouter, Request
from sqlalchemy import Connection
from starlette.responses import HTMLResponse, Response

from mithaq.errors import QueryError
from mithaq.ledger import Agreement, Commitment, Corroboration, Stage, Step, corroborate, history
from mithaq.ontology import statuses
from mithaq.query.ledger import load_agreement, load_commitment
from mithaq.query.places import Found, Kind, find
from mithaq.query.report_list import ReportRow, report_rows
from mithaq.web.asked import Asked, asked
from mithaq.web.labels import Labels
from mithaq.web.ledger_pages import lanes_of, ledger_page, pager_of, stage_place, timeline_words
from mithaq.web.markup import capital
from mithaq.web.pages import back, database_of, labels_of
from mithaq.web.pictures.files import picture_file
from mithaq.web.pictures.timeline import timeline

router = APIRouter(include_in_schema=False)
ROWS, COLUMNS = 40, 30
"""Reports on a page of the matrix, and commitments in it."""
PARTS = 20
"""Commitments that the page of an agreement shows in full."""
LISTED = 25
"""Rows of its list of commitments, and of its conditions."""
MOST, MOST_OF_EACH = 60, 8
"""Steps of its history and contradictions that a commitment's own page shows, and an agreement's page for each."""
LANES = 30
"""Lanes of an agreement's picture."""


@dataclass(frozen=True, slots=True)
class Part:
    """A commitment with what follows from its stages."""

    commitment: Commitment
    support: Corroboration
    steps: tuple[Step, ...]
    left_out: int
    shown: int
    """Contradictions that are shown."""


@dataclass(frozen=True, slots=True)
class Row:
    """A report in the matrix: for each commitment the stages that it gives, each status once."""

    report: ReportRow
    cells: tuple[tuple[Stage, ...], ...]


@dataclass(frozen=True, slots=True)
class Matrix:
    """Reports and commitments; *mentions* are reports that tell of the agreement without a provision of it."""

    commitments: tuple[Commitment, ...]
    rows: tuple[Row, ...]
    more_columns: int
    mentions: tuple[ReportRow, ...]


@router.get("/agreements/{id}")
def agreement(request: Request, id: str) -> Response:
    """The page of an agreement."""
    with database_of(request).read() as connection:
        found = find(connection, id)
        if found.kind != "agreement":
            return back(_path(found))
        whole = loaded(connection, id)
        wanted = asked(request)
        values = _matrix(connection, wanted, whole.commitments, whole.reports)
    t = labels_of(request)
    name = f"/agreements/{quote(id, safe='')}"
    return _page(
        request,
        "agreement.html",
        whole.commitments,
        name,
        agreement=whole,
        parties=whole.parties,
        asked=wanted,
        ranked=_telling(whole.commitments),
        shown=LISTED,
        parts=[part_of(c, MOST_OF_EACH) for c in _telling(whole.commitments)[:PARTS]],
        timeline=agreement_picture(whole, t, links=True) if _spread(whole.commitments) else "",
        **values,
    )


@router.get("/commitments/{id}")
def commitment(request: Request, id: str) -> Response:
    """The page of a commitment."""
    with database_of(request).read() as connection:
        found = find(connection, id)
        if found.kind != "commitment":
            return back(_path(found))
        one = load_commitment(connection, id, date.today())
        wanted = asked(request)
        values = _matrix(connection, wanted, (one,), list(dict.fromkeys(s.report for s in one.stages)))
    t = labels_of(request)
    name = f"/commitments/{quote(id, safe='')}"
    return _page(
        request,
        "commitment.html",
        (one,),
        name,
        c=one,
        asked=wanted,
        part=part_of(one),
        timeline=commitment_picture(one, t, links=True) if _spread([one]) else "",
        **values,
    )


@router.get("/agreements/{id}/timeline.{form}")
def agreement_timeline(request: Request, id: str, form: str) -> Response:
    """The picture of an agreement's stages as a file."""
    t = labels_of(request)
    with database_of(request).read() as connection:
        whole = loaded(connection, _of_kind(connection, id, "agreement"))
    return picture_file(agreement_picture(whole, t, links=False), form, f"mithaq-{id}")


@router.get("/commitments/{id}/timeline.{form}")
def commitment_timeline(request: Request, id: str, form: str) -> Response:
    """The picture of a commitment's stages as a file."""
    t = labels_of(request)
    with database_of(request).read() as connection:
        one = load_commitment(connection, _of_kind(connection, id, "commitment"), date.today())
    return picture_file(commitment_picture(one, t, links=False), form, f"mithaq-{id}")


def _of_kind(connection: Connection, id: str, kind: Kind) -> str:
    """The id itself; raises :class:`~mithaq.errors.QueryError` if it is of something else, or of nothing."""
    if find(connection, id).kind != kind:
        raise QueryError(f"nothing has the id {id!r} among the {kind}s", "see the page that it leads to")
    return id


def loaded(connection: Connection, id: str) -> Agreement:
    """The agreement of an id that is there."""
    return load_agreement(connection, id, date.today())


def part_of(commitment: Commitment, most: int = MOST) -> Part:
    """What a page shows of a commitment; of a long history the latest steps."""
    steps = history(commitment.stages)
    return Part(commitment, corroborate(commitment.stages), steps[-most:], max(0, len(steps) - most), most)


def best(commitment: Commitment) -> Stage:
    """The stage that shows what a commitment is: the surest of those with its status, the latest of equal ones."""
    with_it = [s for s in commitment.stages if s.status == commitment.status and not s.denied]
    return max(with_it or commitment.stages, key=lambda s: (s.confidence, s.published or date.min, s.key))


def _spread(commitments: Sequence[Commitment]) -> bool:
    """Whether their stages lie on more than one day: of a single one no picture is needed."""
    return len({s.published for c in commitments for s in c.stages if s.published}) > 1


def agreement_picture(whole: Agreement, t: Labels, links: bool) -> str:
    """Stages in time, one lane a commitment."""

    numbers = {c.id: n for n, c in enumerate(_telling(whole.commitments), 1)}

    def name(c: Commitment, _: Stage) -> str:
        area = f"{numbers[c.id]}. {capital(t.area(c.area))}"
        return area if c.parties == whole.parties else f"{area} · {t.parties(c.parties)}"

    lanes = [lane for c in _telling(whole.commitments)[:LANES] for lane in lanes_of([c], t, name)]
    return timeline(lanes, timeline_words(t, f"{t('timeline')}: {t.parties(whole.parties)}"), t.lang, links)


def commitment_picture(one: Commitment, t: Labels, links: bool) -> str:
    """Stages in time, one lane a status, the strongest on top."""
    lanes = {lane.name: lane for lane in lanes_of([one], t, lambda _, s: t.status(s.status))}
    ordered = [lanes[name] for name in map(t.status, reversed(statuses())) if name in lanes]
    title = f"{t('timeline')}: {t.area(one.area)}, {t.parties(one.parties)}"
    return timeline(ordered, timeline_words(t, title), t.lang, links)


def _page(request: Request, template: str, commitments: Sequence[Commitment], name: str, **values: Any) -> HTMLResponse:
    return ledger_page(
        request,
        template,
        counted={c.id: len({s.report for s in c.stages}) for c in commitments},
        outlets=len({s.outlet for c in commitments for s in c.stages if s.outlet}),
        numbers={c.id: n for n, c in enumerate(_telling(commitments), 1)},
        best=best,
        place=stage_place,
        takeaway=(("CSV", f"{name}/stages.csv"), ("JSON Lines", f"{name}/stages.jsonl"), ("JSON", f"/api/v1{name}")),
        drawing=f"{name}/timeline.svg",
        **values,
    )


def _matrix(
    connection: Connection, wanted: Asked, commitments: Sequence[Commitment], reports: Sequence[str]
) -> dict[str, Any]:
    """The page of the matrix that is asked for."""
    telling = {s.report for c in commitments for s in c.stages}
    ids = [id for id in reports if id in telling]
    pager = pager_of(wanted, len(ids), ROWS)
    shown = _telling(commitments)[:COLUMNS]
    rows = []
    for report in report_rows(connection, ids[pager.offset : pager.offset + ROWS]):
        rows.append(Row(report, tuple(_cell(c, report.id) for c in shown)))
    mentions = report_rows(connection, [id for id in reports if id not in telling])
    matrix = Matrix(tuple(shown), tuple(rows), len(commitments) - len(shown), tuple(mentions))
    return {"matrix": matrix, "pager": pager}


def _cell(commitment: Commitment, report: str) -> tuple[Stage, ...]:
    stages = {(s.status, s.denied): s for s in reversed(commitment.stages) if s.report == report}
    return tuple(reversed(stages.values()))


def _telling(commitments: Sequence[Commitment]) -> list[Commitment]:
    """The commitments, those that are contradicted, due or told by most first, where not all can be shown."""
    if len(commitments) <= min(PARTS, COLUMNS, LANES):
        return list(commitments)
    return sorted(commitments, key=lambda c: (not c.contradictions, c.follow_up is None, -len(c.stages), c.id))


def _path(found: Found) -> str:
    if found.kind == "stage":
        return f"/reports/{quote(found.id, safe='')}"
    return f"/{found.kind}s/{quote(found.id, safe='')}"
