"""The numbers that merging goes by: ``data/merge/weights.toml``, as three small tables."""

from __future__ import annotations

from dataclasses import dataclass, fields
from functools import cache
from typing import Any

from mithaq.errors import DataError
from mithaq.lexicon.tables import check_entry, load_toml_raw, nearest

_FILE = "merge/weights.toml"


@dataclass(frozen=True, slots=True)
class Copies:
    """When two reports are near-copies."""

    resemblance: float
    containment: float
    lead: float
    least: int
    days: int


@dataclass(frozen=True, slots=True)
class Dealings:
    """When two dealings belong to one agreement."""

    words: int
    instrument: float
    days: int
    instrument_days: int
    around: int
    decay: float
    full: float
    named: float
    expected: float
    parties: float
    edge: float
    bond: float
    join: float


@dataclass(frozen=True, slots=True)
class Provisions:
    """When two provisions are one commitment."""

    area: float
    words: float
    context: float
    same_day: float
    other_day: float
    copied: float
    edge: float
    join: float
    unsure: float


@dataclass(frozen=True, slots=True)
class Cells:
    """How a commitment's own cells are decided."""

    party: float


@dataclass(frozen=True, slots=True)
class Settings:
    """All of them."""

    copies: Copies
    dealings: Dealings
    provisions: Provisions
    cells: Cells


@cache
def settings() -> Settings:
    """The numbers of the data file; raises :class:`~mithaq.errors.DataError` for one that is missing or unknown."""
    data = load_toml_raw(_FILE)
    tables: dict[str, type] = {"copies": Copies, "dealings": Dealings, "provisions": Provisions, "cells": Cells}
    for name in data.keys() ^ tables.keys():
        raise DataError(f"{_FILE}: the table {name!r} is missing or unknown", nearest(name, tables))
    return Settings(**{name: _table(name, table, data[name]) for name, table in tables.items()})


def _table(name: str, table: Any, values: dict[str, Any]) -> Any:
    schema = {f.name: float if f.type == "float" else int for f in fields(table)}
    check_entry(_FILE, name, values, schema)
    if missing := schema.keys() - values.keys():
        raise DataError(f"{_FILE}: {name!r} lacks {', '.join(sorted(missing))}", "give each number once")
    return table(**values)
