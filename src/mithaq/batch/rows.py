"""A report with its record ⇄ the rows of its tables; nothing of ``Record.to_dict`` is lost on the way."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from mithaq.export.text import printable
from mithaq.model import Provision, Record, Report
from mithaq.readers import Located, Origin, Place, SetAside

Row = dict[str, Any]


def report_rows(key: str, located: Located, record: Record, reader: str) -> dict[str, list[Row]]:
    """Table name → rows of one report; *key* tells it from all others, *reader* is the version of mithaq."""
    report, origin = located.report, located.origin
    file, place = _where(located.place)
    whole = {
        "id": report.id,
        "key": key,
        "outlet": report.outlet,
        "url": report.url,
        "title": report.title,
        "published": report.published,
        "text": report.text,
        "own_id": located.own_id,
        "file": file,
        "place": place,
        "format": origin and origin.reader,
        "sha256": origin and origin.sha256,
        "notes": [printable(note) for note in located.notes],
        "reader": reader,
    }
    of = {"report": report.id, "key": key}
    return {
        "reports": [whole],
        "attributions": [{**of, **a.to_dict()} for a in record.attributions],
        "provisions": [{**of, **_provision(p)} for p in record.provisions],
        "entities": [{**of, **e.to_dict()} for e in record.entities],
    }


def aside_row(key: str, item: SetAside, id: str | None = None) -> Row:
    """The row of what is not read."""
    file, place = _where(item.place)
    return {
        "key": key,
        "id": id,
        "file": file,
        "place": place,
        "reason": printable(item.error.message),
        "hint": printable(item.error.hint),
    }


def to_located(row: Mapping[str, Any]) -> Located:
    """A row of ``reports``."""
    report = Report(row["text"], row["id"], row["outlet"], row["url"], row["title"], row["published"])
    origin = Origin(row["format"], row["sha256"], row["place"]) if row["format"] else None
    return Located(Place(row["file"], None, row["place"]), report, tuple(row["notes"]), row["own_id"], origin)


def to_record(report: Report, rows: Mapping[str, Sequence[Mapping[str, Any]]]) -> Record:
    """The record of a report from its rows: table name → rows, in the order in which they were written."""
    return Record.from_dict(
        {
            "id": report.id,
            "outlet": report.outlet,
            "url": report.url,
            "title": report.title,
            "published": report.published and report.published.isoformat(),
            "attributions": rows["attributions"],
            "provisions": [{**p, "when": [_when(w) for w in p["when"]]} for p in rows["provisions"]],
            "entities": rows["entities"],
        }
    )


def _provision(p: Provision) -> Row:
    return {**p.to_dict(), "when": [{**w.span.to_dict(), "from": w.start, "to": w.end} for w in p.when]}


def _when(row: Mapping[str, Any]) -> Row:
    return {**row, "from": row["from"] and row["from"].isoformat(), "to": row["to"] and row["to"].isoformat()}


def _where(place: Place) -> tuple[str, str]:
    return printable(place.file), printable(place.inside)
