"""How the ledger's areas answer to other codebooks: ``data/export/codebooks.toml``, checked when it is read."""

from __future__ import annotations

from functools import cache
from typing import Any

from mithaq.lexicon.tables import check_entry, check_value, load_toml_raw
from mithaq.ontology import areas

_FILE = "export/codebooks.toml"
_SCHEMAS: dict[str, dict[str, type]] = {
    "dca": {"name": str},
    "area": {"dca": str, "why": str},
    "register": {"cell": str, "how": str},
}


@cache
def codebooks() -> dict[str, dict[str, dict[str, str]]]:
    """The three tables of the file: ``dca`` (the seven areas), ``area`` (ours to them), ``register`` (its columns)."""
    data: dict[str, Any] = load_toml_raw(_FILE)
    for table, entries in data.items():
        check_value(_FILE, table, "table", table, _SCHEMAS)
        for entry, fields in entries.items():
            check_entry(_FILE, f"{table}.{entry}", fields, _SCHEMAS[table])
    for area, fields in data["area"].items():
        check_value(_FILE, "area", "area", area, areas())
        check_value(_FILE, f"area.{area}", "dca", fields["dca"], [*data["dca"], ""])
    return data


def dca_area(area: str) -> str | None:
    """The key of the area of defence-cooperation coding that *area* falls in, or None."""
    return codebooks()["area"].get(area, {}).get("dca") or None
