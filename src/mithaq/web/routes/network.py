"""Who deals with whom, and all that two of them have with each other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from fastapi import APIRouter, Request
from sqlalchemy import Connection
from starlette.responses import HTMLResponse, Response

from mithaq.errors import QueryError
from mithaq.ledger import ledger_rules
from mithaq.ontology import areas
from mithaq.query.filters import Filters
from mithaq.query.marks import stage_marks
from mithaq.query.ties import Cell, Tie, by_area, cells, ties, years
from mithaq.query.words import party_code
from mithaq.web.asked import asked
from mithaq.web.labels import Labels
from mithaq.web.ledger_pages import choices, ledger_page, pager_of, report_place, timeline_words, told
from mithaq.web.pages import back, database_of, labels_of
from mithaq.web.pictures.files import picture_file
from mithaq.web.pictures.network import Naming, network
from mithaq.web.pictures.timeline import Lane, Mark, timeline
from mithaq.web.routes.lists import SIZE, commitment_page, takeaway

router = APIRouter(include_in_schema=False)
DRAWN = 70
"""Pairs in the picture: those with most commitments."""
TOLD = 1500
"""Stages of a pair that its picture shows, the latest."""
_LEVELS = 5


@dataclass(frozen=True, slots=True)
class HeatCell:
    """How many commitments in an area and a year, and how many that is among all cells: 1 to 5."""

    year: int | None
    commitments: int
    level: int


@dataclass(frozen=True, slots=True)
class Table:
    """Areas and years of a pair."""

    years: tuple[int | None, ...]
    rows: tuple[tuple[str, tuple[HeatCell | None, ...]], ...]
    totals: dict[str, int]


@router.get("/network")
def network_page(request: Request) -> HTMLResponse:
    """Pairs of parties as a picture and a table, narrowed by filters."""
    wanted = asked(request)
    t = labels_of(request)
    with database_of(request).read() as connection:
        found = ties(connection, wanted.filters)
        pager = pager_of(wanted, len(found), SIZE)
        return ledger_page(
            request,
            "network.html",
            asked=wanted,
            choices=choices(connection),
            years=years(connection),
            ties=found[pager.offset : pager.offset + SIZE],
            pager=pager,
            drawn=DRAWN,
            drawn_svg=_picture(found, t, links=True),
            counted="ties",
            takeaway=takeaway(wanted, "/network"),
            drawing=wanted.elsewhere("/network.svg"),
        )


@router.get("/network.{form}")
def network_file(request: Request, form: str) -> Response:
    """The picture as a file."""
    with database_of(request).read() as connection:
        found = ties(connection, asked(request).filters)
    return picture_file(_picture(found, labels_of(request), links=False), form, "mithaq-network")


@router.get("/pairs")
def choose_pair(one: str = "", other: str = "") -> Response:
    """To the page of two parties that are given by code or name; without them to the network."""
    if not one or not other:
        return back("/network")
    return back(f"/pairs/{party_code(one)}-{party_code(other)}")


@router.get("/pairs/{pair}")
def pair_page(request: Request, pair: str) -> HTMLResponse:
    """All that two parties have with each other."""
    both = parties_of(pair)
    t = labels_of(request)
    wanted = asked(request, {"party": ",".join(both)})
    with database_of(request).read() as connection:
        table = _table(cells(connection, Filters(both)), by_area(connection, Filters(both)))
        path = f"/pairs/{'-'.join(both)}"
        return ledger_page(
            request,
            "pair.html",
            pair=both,
            asked=wanted,
            table=table,
            total=sum(table.totals.values()),
            timeline=pair_picture(connection, both, t, links=True),
            counted="commitments",
            takeaway=takeaway(wanted, path),
            drawing=f"{path}/timeline.svg",
            **commitment_page(connection, wanted),
        )


@router.get("/pairs/{pair}/timeline.{form}")
def pair_timeline(request: Request, pair: str, form: str) -> Response:
    """The picture of a pair as a file."""
    both = parties_of(pair)
    with database_of(request).read() as connection:
        svg = pair_picture(connection, both, labels_of(request), links=False)
    return picture_file(svg, form, f"mithaq-{'-'.join(both)}")


def parties_of(pair: str) -> tuple[str, str]:
    """The two codes of ``ONE-OTHER``; raises :class:`~mithaq.errors.QueryError` for anything else."""
    codes = pair.split("-")
    if len(codes) != 2 or not all(codes):
        raise QueryError(f"{pair[:40]!r} is no pair of parties", "write two codes: EGY-RUS")
    one, other = sorted({party_code(codes[0]), party_code(codes[1])} | {""})[-2:]
    if not one:
        raise QueryError("a pair has two different parties", "write two codes: EGY-RUS")
    return one, other


def pair_picture(connection: Connection, both: tuple[str, str], t: Labels, links: bool) -> str:
    """Stages in time, one lane an area."""
    line = ledger_rules().line
    lanes: dict[str, list[Mark]] = defaultdict(list)
    for stage in stage_marks(connection, Filters(both), TOLD):
        said = f"{t('denied')}: {t.status(stage.status)}" if stage.denied else t.status(stage.status)
        says = told((said, t.day(stage.published), stage.outlet, t.area(stage.area)))
        place = report_place(stage.report, stage.start, stage.end)
        lanes[stage.area].append(Mark(stage.published, line[stage.status], says, place, stage.denied, stage.copy))
    shown = [Lane(t.area(area), tuple(lanes[area])) for area in areas() if area in lanes]
    return timeline(shown, timeline_words(t, f"{t('timeline')}: {t.parties(both)}"), t.lang, links)


def _picture(found: Sequence[Tie], t: Labels, links: bool) -> str:
    def says(tie: Tie) -> str:
        most = [f"{t.area(area)} {number}" for area, number in list(tie.areas.items())[:3]]
        return f"{t.party(tie.one)} – {t.party(tie.other)}: {tie.commitments} ({t('comma').join(most)})"

    naming = Naming(
        t("network_title"),
        t.party,
        says,
        lambda party: f"/network?party={quote(party)}",
        lambda one, other: f"/pairs/{quote(one)}-{quote(other)}",
    )
    return network(found[:DRAWN], naming, t.lang, links)


def _table(found: Sequence[Cell], totals: dict[str, int]) -> Table:
    most = max((cell.commitments for cell in found), default=1)
    by_area: dict[str, dict[int | None, HeatCell]] = defaultdict(dict)
    for cell in found:
        level = -(-cell.commitments * _LEVELS // most)
        by_area[cell.area][cell.year] = HeatCell(cell.year, cell.commitments, level)
    columns: tuple[Any, ...] = tuple(sorted({cell.year for cell in found}, key=lambda year: (year is None, year or 0)))
    rows = tuple((area, tuple(by_area[area].get(y) for y in columns)) for area in areas() if area in by_area)
    return Table(columns, rows, totals)
