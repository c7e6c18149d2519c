"""The ledger in the forms that other tools read.

One table, :data:`EXPORTS`, says which forms there are, and plug-ins add to it; :func:`export` writes one. Every form is
written whole or not at all, and all but the network (which is small) are written agreement by agreement.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

from mithaq.errors import ExportError
from mithaq.export.csv_table import write_csv
from mithaq.export.ftm import write_ftm
from mithaq.export.graphml import write_graphml
from mithaq.export.ics import write_ics
from mithaq.export.jsonl import write_jsonl
from mithaq.export.options import Options
from mithaq.export.parquet import write_parquet
from mithaq.export.plover import write_plover
from mithaq.export.sqlite import write_sqlite
from mithaq.ledger.items import Agreement
from mithaq.lexicon.tables import nearest
from mithaq.plugins.guards import at_work
from mithaq.plugins.registry import Thing, registry

__all__ = ["EXPORTS", "Export", "Options", "export", "exports"]

Writer = Callable[[Iterable[Agreement], Path, Options], int]


@dataclass(frozen=True, slots=True)
class Export:
    """A form: what it is, the function that writes it, its file ending, and the optional extra that it needs."""

    what: str
    write: Writer
    ending: str
    """With its dot; empty for a folder."""
    extra: str | None = None


EXPORTS: dict[str, Export] = {
    "jsonl": Export("JSON lines, one agreement a line with every cell", write_jsonl, ".jsonl"),
    "csv": Export("CSV, one row a stage: the table that is coded by hand", write_csv, ".csv"),
    "parquet": Export("a folder of three typed Parquet tables", write_parquet, "", "parquet"),
    "sqlite": Export("an SQLite file of the same three tables, with indexes", write_sqlite, ".sqlite"),
    "plover": Export("PLOVER-coded events; CSV where the file name ends so", write_plover, ".jsonl"),
    "ftm": Export("FollowTheMoney entities, one JSON object a line", write_ftm, ".ftm.json", "ftm"),
    "ics": Export("an iCalendar of what is planned and what recurs", write_ics, ".ics", "export"),
    "graphml": Export("the network of states and organisations, for Gephi", write_graphml, ".graphml", "export"),
}
"""Name → form. The command line, the documentation and the tests read it."""


@cache
def exports() -> dict[str, Export]:
    """The forms of the table, then those of plug-ins."""
    return {thing.name: thing.item if thing.plugin.builtin else _guarded(thing) for thing in given()}


def given() -> list[Thing[Export]]:
    """The forms with who gives them, ours first."""
    return registry().things("mithaq_exporters", _unpack)


def _unpack(given: Any) -> Iterator[tuple[str, Export]]:
    for name, form in dict(given).items():
        if not isinstance(name, str) or not isinstance(form, Export):
            raise TypeError("give a dictionary: the form's name → mithaq.export.Export")
        yield name, form


def _guarded(thing: Thing[Export]) -> Export:
    """A plug-in's form: what its writer raises is an ExportError that names it."""

    def write(agreements: Iterable[Agreement], path: Path, options: Options) -> int:
        with at_work(thing.plugin, ExportError):
            written = thing.item.write(agreements, path, options)
            if not isinstance(written, int):
                raise TypeError(f"it gave {type(written).__name__}, not the number of records written")
            return written

    return replace(thing.item, write=write)


def export(form: str, agreements: Iterable[Agreement], path: Path, options: Options | None = None) -> int:
    """Write *agreements* in *form* to *path*; returns how many records were written (lines, rows, events, edges).

    Raises :class:`~mithaq.errors.ExportError` for an unknown form, a missing package, or a path or disk that refuses;
    what was at *path* before is then still there.
    """
    if form not in exports():
        raise ExportError(f"there is no export {form!r}", nearest(form, exports()))
    return exports()[form].write(agreements, path, options or Options())
