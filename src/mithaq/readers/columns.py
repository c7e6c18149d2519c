"""Which column of a table, or field of a JSON object, holds what."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any

from mithaq.errors import InputError
from mithaq.lexicon.keys import fold
from mithaq.lexicon.tables import load_toml, nearest

FIELDS = ("text", "title", "id", "outlet", "url", "published")
"""The fields of a report that a column can hold."""
_SHOWN = 8
_BETWEEN = re.compile(r"[\s_\-]+")


def parse_columns(given: Iterable[str]) -> dict[str, str]:
    """``["text=body", "title=headline"]`` → ``{"text": "body", "title": "headline"}``.

    Raises :class:`~mithaq.errors.InputError` for what is not of that form, or names no field of a report.
    """
    columns: dict[str, str] = {}
    for wish in given:
        name, equals, column = (part.strip() for part in wish.partition("="))
        if not equals or not column:
            raise InputError(f"{wish!r} says no column", "write --column text=body")
        columns[name] = column
    return checked_columns(columns)


def checked_columns(columns: Mapping[str, str]) -> dict[str, str]:
    """A copy of *columns*; raises :class:`~mithaq.errors.InputError` for a field that no report has."""
    for name in columns:
        if name not in FIELDS:
            raise InputError(f"a report has no field {name!r}", nearest(name, FIELDS))
    return dict(columns)


def renamed(fields: dict[str, Any], columns: Mapping[str, str]) -> dict[str, Any]:
    """A JSON object with the fields of *columns* under the names of a report."""
    if not columns:
        return fields
    return fields | {name: fields[column] for name, column in columns.items() if column in fields}


def matched(header: Sequence[str], columns: Mapping[str, str]) -> dict[str, int]:
    """Which column (from 0) holds which field: as *columns* say, else by the names that are usual.

    Raises :class:`~mithaq.errors.InputError` if one of *columns* is not there.
    """
    keys = [column_key(name) for name in header]
    found: dict[str, int] = {}
    for field, column in columns.items():
        key = column_key(column)
        if key not in keys:
            raise InputError(f"no column {column!r}", f"the columns are {shown(header)}")
        found[field] = keys.index(key)
    for field, names in _usual().items():
        taken = found.values()
        at = next((keys.index(n) for n in names if n in keys and keys.index(n) not in taken), None)
        if field not in found and at is not None:
            found[field] = at
    return found


def needs_text(found: Mapping[str, int], header: Sequence[str]) -> None:
    """Raise :class:`~mithaq.errors.InputError` unless a column holds the text."""
    if "text" not in found:
        raise InputError(
            f"no column is known to hold the text (the columns are {shown(header)})", "say which: --column text=NAME"
        )


def column_key(name: str) -> str:
    """How column names are compared: ``"Full-Text "``, ``"full_text"`` and ``"FULL TEXT"`` are one."""
    return " ".join(_BETWEEN.split(fold(unicodedata.normalize("NFKC", name)).strip("\ufeff \"'")))


def shown(header: Sequence[str]) -> str:
    """The first names of a header, for messages."""
    names = ", ".join(repr(name[:40]) for name in header[:_SHOWN])
    return f"{names} and {len(header) - _SHOWN} more" if len(header) > _SHOWN else names


@lru_cache
def _usual() -> dict[str, tuple[str, ...]]:
    """The usual names of each field, the likeliest first."""
    data = load_toml("columns.toml", {"names": list})
    return {field: tuple(map(column_key, data[field]["names"])) for field in FIELDS}
