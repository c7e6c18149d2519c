"""The tables in Markdown: ``cog -r docs/database.md`` writes them there, ``cog --check docs/database.md`` compares."""

from __future__ import annotations

from sqlalchemy import Column, Table

from mithaq.store.schema import metadata

_ORDER = (
    "reports", "versions", "aliases", "entities", "attributions", "provisions", "provision_parties",
    "agreements", "agreement_reports", "commitments", "commitment_parties", "stages", "judgements", "features",
)  # fmt: skip


def reference() -> str:
    """Every table with its columns; a table that is missing above comes last."""
    names = [*_ORDER, *sorted(set(metadata.tables) - set(_ORDER))]
    return "\n".join(_table(metadata.tables[name]) for name in names)


def _table(table: Table) -> str:
    rows = [f"| `{c.name}` | {_type(c)} | {_notes(c)} |" for c in table.columns]
    return "\n".join(
        [f"### {table.name}", "", table.comment or "", "", "| column | type | |", "| --- | --- | --- |", *rows, ""]
    )


def _type(column: Column[object]) -> str:
    return f"{column.type!s}".lower().replace("_", " ") + ("" if column.nullable else ", always there")


def _notes(column: Column[object]) -> str:
    notes = [column.comment] if column.comment else []
    if column.primary_key:
        notes.append("key" if len(column.table.primary_key) == 1 else "part of the key")
    notes += [f"→ `{key.target_fullname}`" for key in column.foreign_keys]
    return "; ".join(notes).replace("|", "\\|")
