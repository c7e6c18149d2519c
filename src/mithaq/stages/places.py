"""Where the text names states, organisations and groups, and how: as someone who acts, as a location, as a matter."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from operator import itemgetter
from typing import NamedTuple

from mithaq.lexicon.function_words import function_words
from mithaq.lexicon.keys import fold
from mithaq.lexicon.names import group_members
from mithaq.model import Report
from mithaq.stages.actors import find_actors
from mithaq.stages.document import Document
from mithaq.stages.mentions import find_mentions
from mithaq.stages.segment import segment

_IN = fold("في")
_AT = fold("ب")
_CITIES = ("capital", "city")
_NAMED = (*_CITIES, "name", "seat")
_HOME_BY_NAME = ("SAU", "BHR", "JOR", "MAR")


class Place(NamedTuple):
    """A word or phrase that stands for one or more parties."""

    first: int
    last: int
    codes: frozenset[str]
    weak: bool  # a mere location: «في الدوحة»
    city: bool  # named by a city, which may only host
    subject: bool  # a person, body or state that can act


@cache
def expand(code: str) -> frozenset[str]:
    """A state or organisation as itself, a group without a code as its members."""
    return group_members().get(code, frozenset((code,)))


_first = itemgetter(0)


def between(places: Sequence[Place], first: int, until: int) -> Sequence[Place]:
    """Those of the *places*, which are in order, that begin from one token on and before another."""
    return places[bisect_left(places, first, key=_first) : bisect_left(places, until, key=_first)]


def backwards(places: Sequence[Place], until: int) -> Iterator[Place]:
    """Those of the *places*, which are in order, that begin before a token, the nearest first."""
    for n in range(bisect_left(places, until, key=_first) - 1, -1, -1):
        yield places[n]


def find_places(doc: Document) -> list[Place]:
    """Everything in the text that stands for parties, in order."""
    matters = function_words()["matter"]
    topics = function_words()["about"] | matters
    places: list[Place] = []
    listed = _listed_locations(doc)
    for i, actor in sorted(doc.actors.items()):
        if not actor.state or actor.kind in ("document", "media"):
            continue
        mention = doc.mentions.get(i)
        how = mention.name.how if mention is not None else ""
        before = doc.words[i - 1] if i else None
        behind = doc.mentions.get(i + 1)
        capital = behind is not None and behind.name.how in _CITIES and behind.name.code == actor.state
        located = (how in _NAMED and _located(doc, i)) or (how == "demonym" and capital and _located(doc, i + 1))
        about = before is not None and not matters.isdisjoint(before.stems)
        if about and how == "demonym" and actor.kind in ("state", "organisation"):
            continue
        if how == "city" and not located and not (before is not None and "preposition" in before.classes):
            continue
        named = how in _NAMED and actor.kind in ("state", "organisation")
        topic = named and before is not None and not topics.isdisjoint((*before.stems, before.key))
        weak = located or i in listed or topic
        governed = mention is not None and bool(mention.reading.preposition)
        subject = not governed and (actor.kind != "state" or how != "demonym")
        if how in _CITIES and before is not None and "preposition" in before.classes:
            subject = False  # «إلى الدوحة»
        city = how in _CITIES or (located and how == "demonym")
        places.append(Place(i, actor.last, expand(actor.state), weak, city, subject))
    if doc.home in _HOME_BY_NAME:
        places = _with_home(doc, places)
    return places


def _with_home(doc: Document, places: list[Place]) -> list[Place]:
    """The places with those where «المملكة» and its like stand for the state of the outlet."""
    named = [i for i, word in enumerate(doc.words) if word.home]
    if not named:
        return places
    covered = {k for p in places for k in range(p.first, p.last + 1)}
    here = frozenset((doc.home,))
    return sorted([*places, *(Place(i, i, here, False, False, True) for i in named if i not in covered)])


def _located(doc: Document, i: int) -> bool:
    """Whether a name only says where: «في الدوحة», «في العاصمة القطرية الدوحة», «المنعقد بالدوحة»."""
    mention = doc.mentions.get(i)
    if mention is not None and mention.name.how in _CITIES and mention.reading.preposition == _AT:
        return True
    nouns = function_words()["place_noun"]
    k = i - 1
    while k >= 0 and (m := doc.mentions.get(k)) is not None and m.name.how == "demonym":
        k -= 1
    if k >= 0 and not nouns.isdisjoint((*doc.words[k].stems, doc.words[k].key)):
        if doc.words[k].key.startswith(_AT):
            return True
        k -= 1
    elif k < i - 1:
        return False
    return k >= 0 and doc.words[k].stem_key == _IN


@lru_cache(maxsize=8)
def title_codes(title: str | None, home: str) -> frozenset[str]:
    """The parties that the title of a report names: those that it is about."""
    if not title:
        return frozenset()
    doc = Document(Report(title, "title"), home=home)
    segment(doc)
    find_mentions(doc)
    if any(m.name.code for m in doc.mentions.values()):
        find_actors(doc)
    return frozenset(c for p in find_places(doc) if not p.weak for c in p.codes)


def _listed_locations(doc: Document) -> set[int]:
    """Where the further names of a list of locations begin («في اليمن والعراق وليبيا»: the last two)."""
    found: set[int] = set()
    for i, mention in doc.mentions.items():  # in order
        before = doc.mentions.get(i - 1) if mention.reading.conjunction else None
        if before is None or before.name.how not in ("capital", "city", "name"):
            continue
        if i - 1 in found or (i > 1 and doc.words[i - 2].stem_key == _IN):
            found.add(i)
    return found
