"""``mithaq show``: an agreement, a commitment, a stage or a report, with all that is known of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Annotated

import typer
from sqlalchemy import Connection

from mithaq.cli import store_options as options
from mithaq.cli.labels import area_label, label, party_label, status_label
from mithaq.cli.options import Lang, LangOption
from mithaq.cli.output import write_json_line
from mithaq.cli.render import Renderer
from mithaq.cli.rows import View
from mithaq.cli.store_options import RowFormat
from mithaq.export import lists
from mithaq.export.rows import Rows, Words, shorten
from mithaq.ledger.items import Agreement, Commitment, Stage
from mithaq.query import ledger
from mithaq.query.places import Found, find
from mithaq.store.rows import load_record

_SHOWN = 120


def show_command(
    id: Annotated[str, typer.Argument(metavar="ID", help="An agreement, a commitment, a stage or a report.")],
    db: options.DbOption = None,
    on: options.TodayOption = None,
    format: options.RowFormatOption = None,
    lang: LangOption = Lang.EN,
) -> None:
    """Show an agreement or a commitment: its stages report by report with their evidence, and what follows from them.

        mithaq show a3f0c2

        mithaq show c1f2a9 --format csv > stages.csv

    A report is shown with its record, as "mithaq read" does.
    """
    day = options.today(on)
    with options.opened(db) as database, database.read() as connection:
        found = find(connection, id)
        if found.kind == "report":
            _show_report(connection, found.id, format, lang)
            return
        agreement = _agreement(connection, found, day)
        if found.kind == "agreement":
            commitments: Sequence[Commitment] = agreement.commitments
        else:
            commitments = [c for c in agreement.commitments if _holds(c, found)]
        match options.chosen(format):
            case RowFormat.JSONL if found.kind == "agreement":
                write_json_line(lists.full_agreement(agreement))
            case RowFormat.JSONL:
                for commitment in commitments:
                    write_json_line(lists.full_commitment(commitment))
            case RowFormat.CSV:
                View(lists.STAGES).print([(c, s) for c in commitments for s in c.stages], format)
            case RowFormat.TABLE:
                _Page(lang).show(agreement, commitments)


class _Page:
    """An agreement on a terminal: the matrix of reports and stages, then each commitment's history."""

    def __init__(self, lang: str) -> None:
        from mithaq.cli.layout import Layout

        self._lang = lang
        self._layout = Layout(right_to_left=lang == "ar")

    def show(self, agreement: Agreement, commitments: Sequence[Commitment]) -> None:
        parties = " ".join(party_label(code, self._lang) for code in agreement.parties)
        self._layout.line(agreement.id, parties, agreement.name or "", style="bold")
        span = " – ".join(dict.fromkeys(str(d) for d in (agreement.first, agreement.last) if d))
        self._layout.line(f"{len(agreement.reports):,} {self._label('reports')}", span)
        if len(commitments) > 1:
            self._layout.gap()
            self._matrix(agreement, commitments)
        for commitment in commitments:
            self._layout.gap()
            self._commitment(commitment)

    def _matrix(self, agreement: Agreement, commitments: Sequence[Commitment]) -> None:
        """One line a report, one column a commitment, in each cell the stage that the report gives."""
        from mithaq.cli.layout import Column

        columns = [Column(self._label("report")), *(Column(f"{c.id}\n{self._area(c)}") for c in commitments)]
        cells: dict[str, list[str]] = {}
        heads: dict[str, str] = {}
        for n, commitment in enumerate(commitments):
            for stage in commitment.stages:
                row = cells.setdefault(stage.report, [""] * len(commitments))
                row[n] = "\n".join(dict.fromkeys([*filter(None, [row[n]]), status_label(stage.status, self._lang)]))
                heads[stage.report] = "\n".join(
                    str(x) for x in (stage.report, stage.published, stage.outlet) if x is not None
                )
        rows = [[heads[report], *cells[report]] for report in agreement.reports if report in cells]
        self._layout.table(self._label("matrix"), columns, rows)

    def _commitment(self, c: Commitment) -> None:
        parties = " ".join(party_label(code, self._lang) for code in c.parties)
        status = status_label(c.status, self._lang)
        self._layout.line(c.id, self._area(c), parties, status, f"({c.rule})", style="bold")
        self._layout.line(
            f"{self._label('outlets')}: {len(c.outlets)}",
            *([f"{self._label('named_sources')}: {'، '.join(c.speakers)}"] if c.speakers else []),
        )
        for x in c.contradictions:
            one, other = x.what
            self._layout.line(f"{self._label('contradiction')} ({x.kind}): {x.one.key} {one} ≠ {x.other.key} {other}")
        if c.follow_up:
            days = f"{c.follow_up.days} {self._label('days')}"
            self._layout.line(f"{self._label(c.follow_up.kind)}: {c.follow_up.due}", days, c.follow_up.stage.key)
        rows = Rows("stages", lists.STAGE_COLUMNS, self._cells, lists.stage_object, "no_row")
        View(rows).print(c.stages, RowFormat.TABLE, self._lang)

    def _cells(self, s: Stage, words: Words) -> Sequence[object]:
        cells = list(lists.stage_cells(s, words))
        cells[4] = shorten(s.evidence.text, _SHOWN)
        return cells

    def _area(self, c: Commitment) -> str:
        return area_label(c.area, self._lang)

    def _label(self, key: str) -> str:
        return label(key, self._lang)


def _agreement(connection: Connection, found: Found, day: date) -> Agreement:
    """The agreement that *found* is or belongs to."""
    id = ledger.agreement_of(connection, found)
    return ledger.load_agreement(connection, id, day)


def _holds(c: Commitment, found: Found) -> bool:
    if found.kind == "commitment":
        return c.id == found.id
    return any((s.report, s.provision) == (found.id, found.provision) for s in c.stages)


def _show_report(connection: Connection, id: str, format: RowFormat | None, lang: str) -> None:
    loaded = load_record(connection, id)
    assert loaded, "find() found it in this transaction"
    report, record = loaded
    match options.chosen(format):
        case RowFormat.JSONL:
            write_json_line({**record.to_dict(), "text": report.text})
        case RowFormat.CSV:
            raise typer.BadParameter(
                "a report's record has no rows of one kind; use jsonl or table", param_hint="--format"
            )
        case RowFormat.TABLE:
            Renderer(lang).show(record)
