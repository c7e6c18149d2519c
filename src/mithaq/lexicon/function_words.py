"""Closed classes of words: particles, prepositions, relatives, and the like."""

from __future__ import annotations

from collections import defaultdict
from functools import cache

from mithaq.lexicon.keys import fold
from mithaq.lexicon.tables import load_toml

_NO_CLASS: frozenset[str] = frozenset()
_AS_WRITTEN = "as_written"
_LETTERS = ("feminine", "seated_hamza", "tanwin", "alif", "hamza", "shadda", "ya")
_PARTICLES: dict[str, type] = {"words": list, **dict.fromkeys(_LETTERS, str)}


@cache
def function_words() -> dict[str, frozenset[str]]:
    """Class → the look-up keys of its words (``data/function_words.toml``)."""
    return _word_lists("function_words.toml")


@cache
def name_words() -> dict[str, frozenset[str]]:
    """What a word does inside a title or name → the look-up keys of such words (``data/name_words.toml``)."""
    return _word_lists("name_words.toml")


@cache
def particles(name: str) -> frozenset[str]:
    """The look-up keys of words or letters that the code asks for by name (``data/particles.toml``)."""
    return _word_lists("particles.toml")[name]


def particle(name: str) -> str:
    """The look-up key of the one word that *name* stands for."""
    (key,) = particles(name)
    return key


@cache
def letter(name: str) -> str:
    """A letter as it is written, which look-up keys do not tell from others (``data/particles.toml``)."""
    found: str = load_toml("particles.toml", _PARTICLES)[_AS_WRITTEN][name]
    return found


def _word_lists(file: str) -> dict[str, frozenset[str]]:
    return {
        name: frozenset(fold(w) for w in fields["words"])
        for name, fields in load_toml(file, _PARTICLES).items()
        if name != _AS_WRITTEN
    }


@cache
def _classes() -> dict[str, frozenset[str]]:
    """Look-up key of a function word → its classes."""
    listed: dict[str, set[str]] = defaultdict(set)
    for name, words in function_words().items():
        for key in words:
            listed[key].add(name)
    return {key: frozenset(names) for key, names in listed.items()}


def classes_of(key: str) -> frozenset[str]:
    """The classes that the word with this key belongs to."""
    return _classes().get(key, _NO_CLASS)
