"""Reading the data files: what is wrong in one is said with the file, the entry and the nearest valid key."""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from difflib import get_close_matches
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

from mithaq.errors import DataError


def data_file(name: str) -> Traversable:
    """The packaged data file of that name, e.g. ``"cues/saying.toml"``."""
    return files("mithaq").joinpath("data", *name.split("/"))


def nearest(word: str, valid: Iterable[str]) -> str:
    """A hint with the valid key that is most like *word*, or all of them."""
    valid = sorted(valid)
    close = get_close_matches(word, valid, n=1)
    return f"did you mean {close[0]!r}?" if close else f"use one of {', '.join(valid)}"


def check_entry(file: str, entry: str, fields: Mapping[str, Any], schema: Mapping[str, type]) -> None:
    """Raise :class:`~mithaq.errors.DataError` unless every field is known to *schema* and of its type."""
    for name, value in fields.items():
        if name not in schema:
            raise DataError(f"{file}: entry {entry!r} has an unknown key {name!r}", nearest(name, schema))
        if not isinstance(value, schema[name]):
            raise DataError(f"{file}: entry {entry!r}: {name!r} must be {schema[name].__name__}", f"it is {value!r}")


def check_value(file: str, entry: str, name: str, value: str, allowed: Iterable[str]) -> None:
    """Raise :class:`~mithaq.errors.DataError` unless *value* is one of *allowed*."""
    allowed = list(allowed)
    if value not in allowed:
        raise DataError(f"{file}: entry {entry!r}: {name!r} is {value!r}", nearest(value, allowed))


def load_toml_raw(name: str) -> dict[str, Any]:
    """A TOML file as it is, not checked against any schema."""
    try:
        return tomllib.loads(data_file(name).read_text("utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise DataError(f"{name}: {error}", "see docs/adding-things.md") from error


def load_toml(name: str, schema: Mapping[str, type]) -> dict[str, dict[str, Any]]:
    """The entries of a TOML file that holds one table an entry, each checked against *schema*."""
    data = load_toml_raw(name)
    for entry, fields in data.items():
        if not isinstance(fields, dict):
            raise DataError(f"{name}: {entry!r} stands outside an entry", "begin each entry with [name]")
        check_entry(name, entry, fields, schema)
    return data


def load_toml_arrays(name: str, schema: Mapping[str, type]) -> dict[str, list[dict[str, Any]]]:
    """The entries of a TOML file that holds arrays of entries, each with an ``id`` of its own in its array."""
    data = load_toml_raw(name)
    for array, entries in data.items():
        seen: set[str] = set()
        for fields in entries:
            entry = fields.get("id")
            if not entry or entry in seen:
                raise DataError(
                    f"{name}: {array}: {'a doubled' if entry else 'no'} id in {fields}", "give each entry its own id"
                )
            seen.add(entry)
            check_entry(name, f"{array}.{entry}", fields, schema)
    return data


def load_csv(name: str, columns: tuple[str, ...]) -> Iterator[dict[str, str]]:
    """The rows of a CSV file whose header must be *columns*; lines that begin with # are comments."""
    with data_file(name).open(encoding="utf-8") as lines:
        reader = csv.DictReader(line for line in lines if not line.startswith("#"))
        if tuple(reader.fieldnames or ()) != columns:
            raise DataError(f"{name}: the header is {reader.fieldnames}", f"it must be {','.join(columns)}")
        for row in reader:
            if None in row or None in row.values():
                raise DataError(f"{name}:{reader.line_num}: needs {len(columns)} columns", ",".join(columns))
            yield row
