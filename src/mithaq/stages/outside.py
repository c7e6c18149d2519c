"""What another tool says of a report: names, and subjects of verbs, in characters. They help where the rules find none.

No step of the table in :mod:`mithaq.pipeline`: a backend adds them behind ``find_actors`` and ``find_cues``.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from mithaq.model import EntityKind
from mithaq.stages.document import Actor, Document
from mithaq.stages.known_names import find_known_names, remember
from mithaq.stages.spans import tokens_between


class Name(NamedTuple):
    """A name in the text: start and end (code points), and whether a ``person`` or an ``institution`` bears it."""

    start: int
    end: int
    kind: EntityKind


class Subject(NamedTuple):
    """Which noun is the subject of which verb: start and end of the verb's word, and of the noun's."""

    verb: tuple[int, int]
    noun: tuple[int, int]


def add_names(doc: Document, names: Iterable[Name]) -> int:
    """Enter names as ``actors`` where there is none; give a title without a name the one behind it. Returns how many.

    What the rules have found stays, also where a name overlaps it in another way.
    """
    taken = {k: a for a in doc.actors.values() for k in range(a.first, a.last + 1)}
    added = 0
    for name in sorted(names):
        found = _tokens(doc, name.start, name.end)
        if found is None:
            continue
        first, last = found
        free = next((k for k in range(first, last + 1) if k not in taken), last + 1)
        if free > last or any(k in taken for k in range(free, last + 1)):
            continue  # all of it is known, or its end is somebody else's
        before = taken.get(free - 1)
        if free == first and not _behind_title(before, first, name):
            actor = _new(name, first, last)
            doc.actors[first] = actor
        elif before is not None and name.kind == before.kind == "person" and not before.plural:
            actor = _longer(before, first, last)
        else:
            continue
        added += 1
        taken |= dict.fromkeys(range(actor.first, actor.last + 1), actor)
        remember(doc, actor, sure=True)
    if added:
        find_known_names(doc)
    return added


def add_subjects(doc: Document, subjects: Iterable[Subject]) -> int:
    """Give the statements that have no source the actor that is the subject of their cue. Returns how many."""
    nouns: dict[int, int] = {}
    for subject in subjects:
        verb, noun = _tokens(doc, *subject.verb), _tokens(doc, *subject.noun)
        if verb is not None and noun is not None:
            nouns.setdefault(verb[0], noun[0])
    taken = {k: a for a in doc.actors.values() for k in range(a.first, a.last + 1)}
    added = 0
    for statement in doc.statements:
        if statement.source is not None:
            continue
        cue = range(statement.cue_first, statement.cue_last + 1)
        actor = next((taken[nouns[k]] for k in cue if nouns.get(k) in taken), None)
        if actor is not None and doc.sentence_of[actor.first] == statement.sentence:
            statement.source = actor
            added += 1
    return added


def _tokens(doc: Document, start: int, end: int) -> tuple[int, int] | None:
    """The first and last word of a stretch of characters, one that begins inside a word (behind a clitic) included."""
    found = tokens_between(doc, start, end)
    first, last = found.start, found.stop - 1
    if 0 < first <= len(doc.tokens) and doc.tokens[first - 1].end > start:
        first -= 1
    while first <= last and not doc.tokens[first].is_word:
        first += 1
    while last >= first and not doc.tokens[last].is_word:
        last -= 1
    return (first, last) if first <= last and doc.sentence_of[first] == doc.sentence_of[last] else None


def _behind_title(before: Actor | None, first: int, name: Name) -> bool:
    """Whether the actor right before a name is a title that waits for it."""
    return (
        before is not None
        and before.last == first - 1
        and before.kind == name.kind == "person"
        and before.name_first < 0
        and bool(before.titles)
        and not before.plural
    )


def _longer(actor: Actor, first: int, last: int) -> Actor:
    """*actor* with the whole name from *first* to *last*."""
    actor.name_first = first if actor.name_first < 0 else min(actor.name_first, max(first, actor.first))
    actor.name_last = actor.last = last
    return actor


def _new(name: Name, first: int, last: int) -> Actor:
    if name.kind == "person":
        return Actor(first, last, "person", first, last, definite=True)
    return Actor(first, last, name.kind, definite=True)
