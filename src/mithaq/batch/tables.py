"""The tables of a run and their columns: what each is, and its type. ``docs/running.md`` is made of these.

Offsets count code points of ``reports.text``, from 0. A name is never used for two things: ``id`` is the input's id in
``reports`` and the record's own id in the other tables, where ``report`` is the input's.
"""

from __future__ import annotations

import importlib
from functools import cache
from typing import Any, Literal, NamedTuple

from mithaq.errors import RunError

Kind = Literal[
    "text", "date", "offset", "number", "boolean", "texts", "span", "spans", "times", "frequency", "quantities"
]

FIELDS: dict[str, dict[str, Kind]] = {
    "span": {"start": "offset", "end": "offset", "text": "text"},
    "times": {"start": "offset", "end": "offset", "text": "text", "from": "date", "to": "date"},
    "frequency": {
        "start": "offset",
        "end": "offset",
        "text": "text",
        "min": "number",
        "max": "number",
        "unit": "text",
    },
    "quantities": {
        "start": "offset",
        "end": "offset",
        "text": "text",
        "value": "number",
        "unit": "text",
        "money": "boolean",
    },
}
"""The fields of the kinds that are objects, or lists of them."""
_LISTS = {"spans": "span", "times": "times", "quantities": "quantities"}


class Column(NamedTuple):
    """One column: its name, the kind of its values, and what it means; *given* says that it is never null."""

    name: str
    kind: Kind
    meaning: str
    given: bool = True


_KEY = Column("key", "text", "what tells the report from all others of the run: `SHARD/NUMBER`")
_REPORT = Column("report", "text", "the report's id, as the input has it")
_FILE = Column("file", "text", "the input, as it was given")
_PLACE = Column("place", "text", "where in the file: a line, a row, a member, an address; empty for the whole file")

TABLES: dict[str, tuple[Column, ...]] = {
    "reports": (
        Column("id", "text", "the input's id; made of the file's name where it has none"),
        _KEY,
        Column("outlet", "text", "who published it", given=False),
        Column("url", "text", "where it stands", given=False),
        Column("title", "text", "its headline", given=False),
        Column("published", "date", "the day of publication", given=False),
        Column("text", "text", "the text, unchanged"),
        Column("own_id", "boolean", "whether the id is the input's own, not made up"),
        _FILE,
        _PLACE,
        Column("format", "text", "what read it: a format of `docs/inputs.md`", given=False),
        Column("sha256", "text", "SHA-256 of the bytes it was made of (line, row, page or file)", given=False),
        Column("notes", "texts", "what was left out of it, as a date that is none"),
        Column("reader", "text", "the version of mithaq that read it"),
    ),
    "attributions": (
        _REPORT,
        _KEY,
        Column("id", "text", "the attribution's id in its report"),
        Column("cue", "span", "the words that say that someone says"),
        Column("source", "span", "who says it, as the text names them there", given=False),
        Column("speaker", "text", "the fullest name of the source in the report"),
        Column("content", "spans", "what is said, in one or more pieces"),
        Column("mode", "text", "`direct`, `indirect` or `mixed`"),
        Column("parent", "text", "the attribution whose content holds this one", given=False),
        Column("kind", "text", "`named`, `anonymous`, `institution`, `document` or `media`"),
        Column("certainty", "text", "`certain`, `probable`, `possible` or `underspecified`"),
        Column("polarity", "text", "`+`, or `-` where the source denies it"),
        Column("entity", "text", "the entity that speaks", given=False),
        Column("confidence", "number", "how likely the row is to be right, 0 to 1"),
    ),
    "provisions": (
        _REPORT,
        _KEY,
        Column("id", "text", "the provision's id in its report"),
        Column("evidence", "span", "the words that it stands on"),
        Column("area", "text", "one of the 24 areas"),
        Column("status", "text", "one of the ten statuses"),
        Column("parties", "texts", "codes of states and organisations"),
        Column("role", "text", "`provision`, or `condition` that one party requires"),
        Column("attribution", "text", "the innermost attribution that it stands on", given=False),
        Column("when", "times", "its times: first and last day as far as they can be resolved"),
        Column("frequency", "frequency", "how often a unit (`day`, `week`, `month`, `year`)", given=False),
        Column("quantities", "quantities", "how many, or how much money (`unit`: ISO 4217)"),
        Column("confidence", "number", "how likely the row is to be right, 0 to 1"),
    ),
    "entities": (
        _REPORT,
        _KEY,
        Column("id", "text", "the entity's id in its report"),
        Column("kind", "text", "`state`, `organisation`, `person`, ..."),
        Column("name", "text", "its fullest name"),
        Column("state", "text", "the state or organisation that it speaks for", given=False),
        Column("role", "text", "the office", given=False),
        Column("mentions", "spans", "every place where it is named"),
    ),
    "aside": (
        _KEY,
        Column("id", "text", "the report's id, if that is known", given=False),
        _FILE,
        _PLACE,
        Column("reason", "text", "why it is not read"),
        Column("hint", "text", "what to do about it; may be empty"),
    ),
}
"""Table → columns, in order. A folder of each name holds one file a shard; the records' rows are those of
``Record.to_dict``."""

OF_A_RECORD = ("attributions", "provisions", "entities")


def arrow(module: str = "pyarrow") -> Any:
    """pyarrow, or a module of it; raises :class:`~mithaq.errors.RunError` where it is missing."""
    try:
        return importlib.import_module(module)
    except ImportError as error:
        raise RunError(
            "a run writes Parquet, which needs the package 'pyarrow'", "pip install 'mithaq[parquet]'"
        ) from error


@cache
def schema(table: str) -> Any:
    """The ``pyarrow.Schema`` of a table, meanings as comments."""
    pyarrow = arrow()
    return pyarrow.schema(
        pyarrow.field(c.name, type_of(c.kind), nullable=not c.given, metadata={"comment": c.meaning})
        for c in TABLES[table]
    )


def type_of(kind: Kind) -> Any:
    """The ``pyarrow.DataType`` of a kind."""
    pyarrow = arrow()
    simple = {
        "text": pyarrow.string(),
        "date": pyarrow.date32(),
        "offset": pyarrow.int32(),
        "number": pyarrow.float64(),
        "boolean": pyarrow.bool_(),
    }
    if kind in simple:
        return simple[kind]
    if kind == "texts":
        return pyarrow.list_(pyarrow.string())
    item = pyarrow.struct([(name, type_of(k)) for name, k in FIELDS[_LISTS.get(kind, kind)].items()])
    return pyarrow.list_(item) if kind in _LISTS else item
