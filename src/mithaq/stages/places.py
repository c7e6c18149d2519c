"""Where the text names states, organisations and groups, and how: as someone who acts, as a location, as a matter."""

from __future__ import annotations

from typing import NamedTuple

from mithaq.lexicon.function_words import function_words
from mithaq.lexicon.keys import fold
from mithaq.lexicon.names import group_members
from mithaq.stages.document import Document

_IN = fold("في")
_HOME_BY_NAME = ("SAU", "BHR", "JOR", "MAR")


class Place(NamedTuple):
    """A word or phrase that stands for one or more parties."""

    first: int
    last: int
    codes: frozenset[str]
    weak: bool  # a mere location: «في الدوحة»
    city: bool  # named by a city, which may only host
    subject: bool  # a person, body or state that can act


def expand(code: str) -> frozenset[str]:
    """A state or organisation as itself, a group without a code as its members."""
    return group_members().get(code, frozenset((code,)))


def find_places(doc: Document) -> list[Place]:
    """Everything in the text that stands for parties, in order."""
    matters = function_words()["matter"]
    places: list[Place] = []
    listed = _listed_locations(doc)
    for i, actor in sorted(doc.actors.items()):
        if not actor.state or actor.kind in ("document", "media"):
            continue
        mention = doc.mentions.get(i)
        how = mention.name.how if mention is not None else ""
        before = doc.words[i - 1] if i else None
        located = before is not None and before.stem_key == _IN and how in ("capital", "city", "name", "seat")
        about = before is not None and not matters.isdisjoint(before.stems)
        if about and how == "demonym" and actor.kind in ("state", "organisation"):
            continue
        if how == "city" and not located and not (before is not None and "preposition" in before.classes):
            continue
        weak = located or i in listed
        governed = mention is not None and bool(mention.reading.preposition)
        subject = not governed and (actor.kind != "state" or how != "demonym")
        places.append(Place(i, actor.last, expand(actor.state), weak, how in ("capital", "city"), subject))
    if doc.home in _HOME_BY_NAME:
        kingdom = function_words()["home"]
        covered = {k for p in places for k in range(p.first, p.last + 1)}
        places += [
            Place(i, i, frozenset((doc.home,)), False, False, True)
            for i, w in enumerate(doc.words)
            if i not in covered and not kingdom.isdisjoint({w.key, *(f"ال{s}" for s in w.stems if w.article)})
        ]
    return sorted(places)


def _listed_locations(doc: Document) -> set[int]:
    """Where the further names of a list of locations begin («في اليمن والعراق وليبيا»: the last two)."""
    found: set[int] = set()
    for i, mention in sorted(doc.mentions.items()):
        before = doc.mentions.get(i - 1)
        if before is None or not mention.reading.conjunction or before.name.how not in ("capital", "city", "name"):
            continue
        if i - 1 in found or (i > 1 and doc.words[i - 2].stem_key == _IN):
            found.add(i)
    return found
