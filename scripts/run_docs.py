"""The tables of a run in Markdown: ``cog -r docs/running.md`` writes them there, ``cog --check`` compares."""

from __future__ import annotations

from mithaq.batch.tables import FIELDS, TABLES, Column, schema

_MEANINGS = {
    "reports": "One row a report that was read.",
    "attributions": "Who said what: the rows of the records.",
    "provisions": "What states do or would do, conditions too: the rows of the records.",
    "entities": "Who and what a report names: the rows of the records.",
    "aside": "What was not read, and why: reports, or parts of inputs.",
}


def reference() -> str:
    """Every table with its columns; types are those of Arrow."""
    return "\n".join(_table(table, columns) for table, columns in TABLES.items())


def objects() -> str:
    """The fields of the columns that are objects, or lists of them."""
    names = {"span": "a span", "times": "a time", "frequency": "a frequency", "quantities": "a quantity"}
    rows = [f"| {names[kind]} | {', '.join(f'`{n}`' for n in fields)} |" for kind, fields in FIELDS.items()]
    return "\n".join(["| object | fields |", "| --- | --- |", *rows])


def _table(table: str, columns: tuple[Column, ...]) -> str:
    head = [f"### {table}", "", _MEANINGS[table], "", "| column | type | |", "| --- | --- | --- |"]
    types = {field.name: _type(str(field.type)) for field in schema(table)}
    rows = [f"| `{c.name}` | {types[c.name]}{'' if c.given else ', may be null'} | {c.meaning} |" for c in columns]
    return "\n".join([*head, *rows, ""])


def _type(name: str) -> str:
    """``struct<start: int32, ...>`` in short: the fields stand in a table of their own."""
    for kind in ("times", "frequency", "quantities", "span"):
        if "struct" in name and all(f"{field}: " in name for field in FIELDS[kind]):
            one = {"times": "time", "quantities": "quantity"}.get(kind, kind)
            return f"list of {one} objects" if name.startswith("list") else f"{one} object"
    return name.replace("list<element: string>", "list of string").replace("list<item: string>", "list of string")
