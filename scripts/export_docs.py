"""The tables and examples of ``docs/exports.md``: ``cog -r docs/exports.md`` writes them, ``cog --check`` compares.

They are made of the same columns and data files that the exports use, and of one small ledger written for them.
"""

from __future__ import annotations

import json
import sqlite3
import tempfile
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from mithaq.export import EXPORTS, Options, export
from mithaq.export.codebooks import codebooks
from mithaq.export.coding import tables
from mithaq.export.columns import FIELDS, TABLES
from mithaq.export.csv_table import header
from mithaq.export.ftm import entities
from mithaq.export.plover import OWN, POLECAT, event
from mithaq.ledger.items import Agreement, Commitment, Stage, Voice
from mithaq.model import Frequency, Span, When
from mithaq.ontology import areas, statuses

KINDS = {
    "text": ("text", "string", "TEXT"),
    "date": ("ISO 8601", "date32", "TEXT"),
    "integer": ("number", "int64", "INTEGER"),
    "number": ("number", "float64", "REAL"),
    "boolean": ("true, false", "bool", "INTEGER"),
    "texts": ("joined by `; `", "list of string", "JSON array"),
}


def sample() -> Agreement:
    """An agreement with one commitment: an exercise that was planned and then held."""

    def span(start: int, text: str) -> Span:
        return Span(start, start + len(text), text)

    chain = (Voice("مصدر عسكري", "anonymous"), Voice("وزير الدفاع الأردني", "named"))
    planned = Stage(
        "alghad-17", "p1", "الغد", "https://example.org/17", date(2026, 3, 10), "exercise", "planned", ("JOR", "JPN"),
        "provision", span(62, "إجراء مناورات عسكرية مشتركة"), chain, "alghad-17",
        (When(span(120, "الشهر المقبل"), date(2026, 4, 1), date(2026, 4, 30)),),
        Frequency(span(90, "مرتين في السنة"), 2, 2, "year"), confidence=0.81,
    )  # fmt: skip
    held = Stage(
        "alrai-4", "p2", "الرأي", "https://example.org/4", date(2026, 4, 21), "exercise", "done", ("JOR", "JPN"),
        "provision", span(8, "اختتمت المناورات الأردنية اليابانية"), (), "alrai-4", confidence=0.74,
    )  # fmt: skip
    commitment = Commitment(
        "c1",
        "a1",
        "exercise",
        ("JOR", "JPN"),
        "provision",
        "done",
        "advanced",
        (planned, held),
        ("الغد", "الرأي"),
        ("وزير الدفاع الأردني",),
    )
    return Agreement("a1", ("JOR", "JPN"), (commitment,), ("alghad-17", "alrai-4"))


def _table(names: list[str], rows: list[list[str]]) -> str:
    return "\n".join(
        [_line(names), _line(["---"] * len(names)), *(_line([c.replace("|", "\\|") for c in row]) for row in rows)]
    )


def _line(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _block(language: str, text: str) -> str:
    return f"```{language}\n{text.strip()}\n```"


def forms() -> str:
    """The table of forms."""
    rows = [
        [f"`{name}`", e.what, f"`{e.ending}`" if e.ending else "a folder", f"`mithaq[{e.extra}]`" if e.extra else ""]
        for name, e in EXPORTS.items()
    ]
    return _table(["form", "what it is", "ending", "needs"], rows)


def dictionary(table: str) -> str:
    """Every column of a table with its kind and meaning."""
    return _table(["column", "kind", "what it is"], [[f"`{c.name}`", c.kind, c.meaning] for c in TABLES[table]])


def kinds() -> str:
    """What each kind is in each form."""
    rows = [[kind, *stored] for kind, stored in KINDS.items()]
    rows += [
        [kind, "joined by `; `", f"list of struct: {', '.join(f'`{n}` {k}' for n, k in fields.items())}", "JSON array"]
        for kind, fields in FIELDS.items()
    ]
    return _table(["kind", "CSV", "Parquet", "SQLite"], rows)


def csv_columns() -> str:
    """The header of the long table."""
    return ", ".join(f"`{name}`" for name in header())


def plover_columns() -> str:
    """The columns of an event that are filled."""
    agreement = sample()
    filled = event(agreement, agreement.commitments[0], agreement.commitments[0].stages[0])
    empty = [n for n in POLECAT if filled[n] is None]
    return "\n".join(
        [
            f"POLECAT's, filled: {', '.join(f'`{n}`' for n in POLECAT if n not in empty)}.",
            "",
            f"POLECAT's, empty: {', '.join(f'`{n}`' for n in empty)}.",
            "",
            f"The ledger's own: {', '.join(f'`{n}`' for n in OWN)}.",
        ]
    )


def plover_areas() -> str:
    """Area → kind of act and contexts."""
    data = tables()["area"]
    rows = [
        [f"`{a}`", f["act"], " ".join(f["contexts"]) or "none", " ".join(f.get("unsure", [])), f["why"]]
        for a, f in ((a, data[a]) for a in areas())
    ]
    return _table(["area", "kind of act", "contexts", "not sure when", "why"], rows)


def plover_acts() -> str:
    """Kind of act × status → type and mode."""
    data = tables()["act"]
    rows = [[act, *(_type(entries[s]) for s in statuses())] for act, entries in data.items()]
    return _table(["kind of act", *(f"`{s}`" for s in statuses())], rows)


def _type(fields: dict[str, Any]) -> str:
    name = "-".join(filter(None, (fields["type"], fields.get("mode", ""))))
    return name if fields.get("sure", True) else f"{name} (?)"


def dca() -> str:
    """Our areas and the seven of defence-cooperation coding."""
    data = codebooks()
    rows = [
        [
            f"`{area}`",
            f"`{f['dca']}`" if f["dca"] else "none",
            data["dca"][f["dca"]]["name"] if f["dca"] else "",
            f["why"],
        ]
        for area, f in data["area"].items()
    ]
    return _table(["area", "`dca_area`", "the codebook's area", "why"], rows)


def unused_dca() -> str:
    """The areas of the codebook that none of ours falls in."""
    data = codebooks()
    used = {f["dca"] for f in data["area"].values()}
    return "; ".join(f"`{key}` ({f['name']})" for key, f in data["dca"].items() if key not in used)


def register() -> str:
    """The columns of an arms-transfer register and where the ledger has them."""
    rows = [[name, f"`{f['cell']}`" if f["cell"] else "none", f["how"]] for name, f in codebooks()["register"].items()]
    return _table(["register's column", "cell", "how"], rows)


def _written(form: str, name: str, options: Options | None = None) -> str:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        export(form, [sample()], path, options)
        return path.read_text("utf-8")


def jsonl_example() -> str:
    """The sample as JSON, indented for reading."""
    return _block("json", json.dumps(json.loads(_written("jsonl", "x.jsonl")), ensure_ascii=False, indent=1))


def csv_example() -> str:
    """The sample as CSV."""
    return _block("csv", _written("csv", "x.csv"))


def plover_example() -> str:
    """The first event of the sample, without the columns that are empty."""
    fields = json.loads(_written("plover", "x.jsonl").splitlines()[0])
    return _block(
        "json", json.dumps({k: v for k, v in fields.items() if v not in (None, [])}, ensure_ascii=False, indent=1)
    )


def sqlite_example() -> str:
    """A question and its answer."""
    ask = """SELECT c.id, s.report, s.status, s.published
FROM commitments c JOIN stages s ON s.commitment = c.id, json_each(c.parties) p
WHERE p.value = 'JOR' AND c.area = 'exercise' ORDER BY s.published"""
    with tempfile.TemporaryDirectory() as folder:
        export("sqlite", [sample()], Path(folder) / "x.sqlite")
        with closing(sqlite3.connect(Path(folder) / "x.sqlite")) as database:
            rows = [[str(v) for v in row] for row in database.execute(ask)]
    return f"{_block('sql', ask)}\n\n{_table(['id', 'report', 'status', 'published'], rows)}"


def ftm_example() -> str:
    """The commitment and one of its stages as entities."""
    shown = [e for e in entities([sample()]) if e["schema"] in ("Event", "Documentation")][:2]
    return _block("json", "\n".join(json.dumps(e, ensure_ascii=False, sort_keys=True) for e in shown))


def ics_example() -> str:
    """The entry of the sample, unfolded, its lines in the order of their names."""
    lines = _written("ics", "x.ics").replace("\n ", "").splitlines()
    event_ = lines[lines.index("BEGIN:VEVENT") + 1 : lines.index("END:VEVENT")]
    return _block("text", "\n".join(["BEGIN:VEVENT", *sorted(event_), "END:VEVENT"]))


def graphml_example() -> str:
    """The edge of the sample with its attributes by name."""
    root = ElementTree.fromstring(_written("graphml", "x.graphml"))
    space = "{http://graphml.graphdrawing.org/xmlns}"
    names = {k.get("id"): (k.get("attr.name"), k.get("attr.type")) for k in root.iter(f"{space}key")}
    (edge,) = root.iter(f"{space}edge")
    rows = [[f"`{names[d.get('key')][0]}`", str(names[d.get("key")][1]), d.text or ""] for d in edge]
    return _table([f"edge `{edge.get('id')}`", "type", "value"], rows)
