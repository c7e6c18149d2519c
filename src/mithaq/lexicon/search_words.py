"""What the search knows of words: nouns that may not be cut, broken plurals, endings (``data/search``)."""

from __future__ import annotations

from functools import cache
from typing import Any, NamedTuple

from mithaq.errors import DataError
from mithaq.lexicon.keys import fold
from mithaq.lexicon.names import given_names
from mithaq.lexicon.tables import load_csv, load_toml

_COLUMNS = ("id", "singular", "plurals", "finds", "misses")
_PLACES = ("name", "capital", "city", "seat")
_ARTICLE = fold("ال")
_SHORTEST_NAME = 4  # letters; shorter words of names are as often something else


def search_fold(word: str) -> str:
    """The look-up key of a word, its two spellings of one hamza made one (مسئول, مسؤول)."""
    before, after = as_written("same_hamza")
    return fold(word.replace(before, after))


class Plural(NamedTuple):
    """An entry of ``plurals.csv``: words as written, and its own examples and counter-examples."""

    id: str
    singular: str
    plurals: tuple[str, ...]
    finds: tuple[str, ...]
    misses: tuple[str, ...]


@cache
def plurals() -> tuple[Plural, ...]:
    """The broken plurals; raises :class:`~mithaq.errors.DataError` for an id or a plural that stands twice."""
    found: dict[str, Plural] = {}
    seen: dict[str, str] = {}
    for row in load_csv("search/plurals.csv", _COLUMNS):
        many = (tuple(row[name].split()) for name in _COLUMNS[2:])
        entry = Plural(row["id"], row["singular"], *many)
        if entry.id in found:
            raise DataError(f"search/plurals.csv: the id {entry.id!r} stands twice", "give each entry its own id")
        for form in entry.plurals:
            if other := seen.get(search_fold(form)):
                raise DataError(
                    f"search/plurals.csv: {entry.id!r}: {form} is the plural of {other!r} too", "keep one of the two"
                )
            seen[search_fold(form)] = entry.id
        found[entry.id] = entry
    return tuple(found.values())


@cache
def base_forms() -> dict[str, str]:
    """The key of every word that is known as it is → the key of its singular, or its own.

    Nouns and adjectives stand without article; names of places and persons with it and without.
    """
    found: dict[str, str] = {}
    for name in _name_words():
        bare = name.removeprefix(_ARTICLE) if len(name) > len(_ARTICLE) + 2 else name
        found[name] = found[bare] = bare
    for row in load_csv("search/nouns.csv", ("noun",)):
        found[row["noun"]] = row["noun"]
    for entry in plurals():
        singular = search_fold(entry.singular)
        singular = singular.removeprefix(_ARTICLE) if len(singular) > len(_ARTICLE) + 2 else singular
        found[singular] = singular
        found |= {search_fold(form): singular for form in entry.plurals}
    return found


@cache
def endings(name: str) -> tuple[str, ...]:
    """The keys of one list of ``endings.toml``, in its order."""
    return _endings()[name]


@cache
def kept_apart() -> frozenset[str]:
    """Nouns in ة that are another word than the one without it."""
    return frozenset(endings("apart"))


@cache
def as_written(name: str) -> tuple[str, ...]:
    """Letters as they are written, not folded: ``feminine``, ``accusative``, ``same_hamza`` of ``endings.toml``."""
    return tuple(_table()["as_written"][name])


@cache
def _endings() -> dict[str, tuple[str, ...]]:
    return {name: tuple(fold(w) for w in fields["words"]) for name, fields in _table().items() if name != "as_written"}


@cache
def _table() -> dict[str, dict[str, Any]]:
    schema = {"words": list, "feminine": list, "accusative": list, "same_hamza": list}
    return load_toml("search/endings.toml", schema)


def _name_words() -> set[str]:
    words = {w for w in given_names() if len(w) >= _SHORTEST_NAME}
    for row in load_csv("states.csv", ("code", "kind", "value", "note")):
        if row["kind"] in _PLACES and " " not in row["value"] and len(key := fold(row["value"])) >= _SHORTEST_NAME:
            words.add(key)
    return words
