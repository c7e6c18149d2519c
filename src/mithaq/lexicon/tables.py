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
from mithaq.lexicon.packs import BY_AREA, packs_with


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
    """A TOML file with what plug-ins add to it, not checked against any schema."""
    data = _parsed(data_file(name), name)
    for pack, file in packs_with(name):
        _add(data, pack.name, _parsed(file, f"{pack.name}/{name}"), name)
    return data


def _parsed(file: Traversable, name: str) -> dict[str, Any]:
    try:
        return tomllib.loads(file.read_text("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise DataError(f"{name}: {error}", "see docs/adding-things.md") from error


def _add(data: dict[str, Any], pack: str, entries: dict[str, Any], name: str) -> None:
    """Join a pack's entries with those of *data*, its areas' words and its arrays with those that are there."""
    for entry, fields in entries.items():
        if name in BY_AREA and isinstance(fields, dict) and isinstance(fields.get("words"), list):
            data[entry] = {**fields, "words": [*data.get(entry, {}).get("words", ()), *fields["words"]]}
        elif isinstance(fields, list):
            named = [{**item, "id": f"{pack}.{item['id']}"} if item.get("id") else item for item in fields]
            data[entry] = [*data.get(entry, []), *named]
        else:
            data[f"{pack}.{entry}"] = fields


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
    """The rows of a CSV file, and those that plug-ins add; its header must be *columns*, and # begins a comment."""
    yield from _rows(data_file(name), name, columns)
    for pack, file in packs_with(name):
        yield from _rows(file, f"{pack.name}/{name}", columns)


def _rows(file: Traversable, name: str, columns: tuple[str, ...]) -> Iterator[dict[str, str]]:
    with file.open(encoding="utf-8") as lines:
        reader = csv.DictReader(line for line in lines if not line.startswith("#"))
        if tuple(reader.fieldnames or ()) != columns:
            raise DataError(f"{name}: the header is {reader.fieldnames}", f"it must be {','.join(columns)}")
        for row in reader:
            if None in row or None in row.values():
                raise DataError(f"{name}:{reader.line_num}: needs {len(columns)} columns", ",".join(columns))
            yield row
