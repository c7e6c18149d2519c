"""The phrases of provisions that a word may begin, from every table of the lexicon at once."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any, Generic, NamedTuple, TypeVar

from mithaq.lexicon.provisions import (
    Act,
    Instrument,
    Marker,
    Phrase,
    act_heads,
    hints,
    instrument_names,
    marker_words,
    topics,
)

T = TypeVar("T")


class Begun(NamedTuple, Generic[T]):
    """The entries of one table of the lexicon whose phrase a word of some type may begin, longest first.

    *single* are those of this word alone. A longer one needs one of the stems *behind* for its second word.
    """

    every: tuple[tuple[Phrase, T], ...] = ()
    single: tuple[tuple[Phrase, T], ...] = ()
    behind: frozenset[str] = frozenset()


class Entries(NamedTuple):
    """What a word of some type may begin, by the table of the lexicon."""

    acts: Begun[Act]
    instruments: Begun[Instrument]
    hints: Begun[str]
    topics: Begun[str]
    before: Begun[Marker]  # markers that govern what stands behind them
    after: Begun[Marker]  # markers that describe what stands before them


_NONE: Begun[Any] = Begun()
NOTHING = Entries(_NONE, _NONE, _NONE, _NONE, _NONE, _NONE)
"""What most words begin; it is compared by identity."""


@cache
def _tables() -> tuple[Mapping[str, tuple[tuple[Phrase, Any], ...]], ...]:
    """The tables in the order of :class:`Entries`."""
    markers = marker_words(after=False), marker_words(after=True)
    return act_heads(), instrument_names(), hints(), topics(), *markers


@cache
def _starts() -> frozenset[str]:
    """The first stems of all phrases."""
    return frozenset(stem for table in _tables() for stem in table)


def entries(stems: frozenset[str]) -> Entries:
    """What a word with these stems may begin."""
    if _starts().isdisjoint(stems):
        return NOTHING
    known = sorted(_starts() & stems)
    return Entries(*(_begun(table, known) for table in _tables()))


def _begun(table: Mapping[str, tuple[tuple[Phrase, T], ...]], stems: list[str]) -> Begun[T]:
    every = tuple(sorted((e for stem in stems for e in table.get(stem, ())), key=lambda e: -len(e[0])))
    if not every:
        return _NONE
    single = tuple(e for e in every if len(e[0]) == 1)
    return Begun(every, single, frozenset(phrase[1] for phrase, _ in every if len(phrase) > 1))
