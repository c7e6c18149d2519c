"""Who «الجانبان», «البلدان» and «الوزيران» are: the last two that the report joined by «و», by their fullest names."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from operator import attrgetter

from mithaq.arabic.tokens import COMMAS
from mithaq.lexicon.keys import fold
from mithaq.lexicon.names import Name
from mithaq.model import EntityKind
from mithaq.stages.document import Actor, Document, Person
from mithaq.stages.naming import titles_of
from mithaq.stages.spans import actor_span

_SIDES = ("state", "organisation", "group", "institution")
_DUAL = (fold("ان"), fold("ين"))
_STATES = "states"
_PERSONS = "persons"
_first = attrgetter("first")


@dataclass(slots=True)
class Pair:
    """Two actors joined by «و»: the text from the first to the second, and the states they speak for."""

    first: Actor
    second: Actor
    states: frozenset[str]
    persons: bool
    text: str
    entity: int = -1

    @property
    def kind(self) -> EntityKind:
        """What the two are: persons or states."""
        return "person" if self.persons else "state"


def find_pairs(doc: Document) -> list[Pair]:
    """Every two actors of one sort that are joined by «و», in order."""
    found: dict[int, Pair] = {}  # by the second of the two
    joined = [a for a in doc.actors.values() if _is_joined(doc, a)]
    if not joined:
        return []
    ends = {a.last: a for a in sorted(doc.actors.values(), key=_first)}
    for second in sorted(joined, key=_first):
        start = second.first
        k = start - 1
        if k >= 0 and doc.tokens[k].text in COMMAS:
            k -= 1
        first = ends.get(k)
        if first is None or first.plural or first.coreferent:
            continue
        persons = first.kind == second.kind == "person"
        if persons and not (_is_told_apart(first) and _is_told_apart(second)):
            continue
        if not persons and not (first.kind in _SIDES and second.kind in _SIDES):
            continue
        if found.pop(id(first), None) is not None:  # three in a row are no pair
            continue
        states = frozenset((_state(doc, first), _state(doc, second)))
        if len(states) < len((first, second)) and not persons:
            continue
        text = doc.report.text[actor_span(doc, first).start : doc.tokens[second.last].end]
        found[id(second)] = Pair(first, second, states, persons, text)
    return list(found.values())


def _is_joined(doc: Document, actor: Actor) -> bool:
    """Whether one actor begins with «و»."""
    mention = doc.mentions.get(actor.first)
    if mention is None or actor.plural:
        return False
    return bool(mention.reading.conjunction) and not mention.reading.preposition


def _is_told_apart(actor: Actor) -> bool:
    """Whether an actor is someone: a name, or an office with its state."""
    return actor.name_first >= 0 or bool(actor.titles and actor.state)


def _state(doc: Document, actor: Actor) -> str:
    """The state an actor stands for; «المملكة» is the kingdom that the report names in full, or the outlet's own."""
    if actor.state or actor.kind != "institution":
        return actor.state
    key = doc.words[actor.first].key
    full = (m for m in doc.mentions.values() if m.name.kind == "state" and len(m.name.keys) > 1)
    return next((m.name.code for m in full if key.endswith(m.name.keys[0])), doc.home)


def pair_of(doc: Document, actor: Actor, pairs: list[Pair]) -> int:
    """The entity of the pair that *actor* stands for, -1 if it is no pair or none was named before."""
    if not actor.plural:
        return -1
    if not actor.coreferent and not actor.titles:
        # «مصر والسعودية» is the same pair under a shorter name.
        this = next((p for p in pairs if p.first.first == actor.first and p.second.last == actor.last), None)
        return _enter(doc, this, pairs) if this is not None else -1
    refers = _refers(doc, actor)
    if not refers or _is_told(doc, actor):
        return -1
    told = _told(doc, actor) if refers == _STATES else -1
    if told >= 0:
        return told
    before = (p for p in reversed(pairs) if p.second.last < actor.first and _fits(doc, actor, p, refers))
    nearest = next(before, None)
    if nearest is None:
        return _same_word(doc, actor)
    pair = nearest if not nearest.persons else next((p for p in before if not p.persons), nearest)
    return _enter(doc, pair, pairs)


def _refers(doc: Document, actor: Actor) -> str:
    """What a dual that refers back stands for: states (as sides may be delegations, also persons), or persons."""
    mention = doc.mentions.get(actor.first)
    if mention is None or mention.name.kind != "coref" or "dual" not in mention.name.how:
        return ""
    return _STATES if "refers_states" in mention.name.flags else _PERSONS


def _fits(doc: Document, actor: Actor, pair: Pair, refers: str) -> bool:
    """Whether a dual can stand for the pair: «البلدان» for no persons, «الوزيران» for two of that office."""
    name = doc.mentions[actor.first].name
    if refers == _STATES:
        two = len(pair.states - {""}) > 1
        return not pair.persons or ("sides" in name.flags and two)
    office = name.keys[-1].removesuffix(_DUAL[0]).removesuffix(_DUAL[1])
    titled = all(not a.titles or office in titles_of(a.titles) for a in (pair.first, pair.second))
    return pair.persons and ("anyone" in name.flags or titled)


def _is_told(doc: Document, actor: Actor) -> bool:
    """«الجانبان السعودي والأردني» says itself who they are."""
    return any(
        (m := doc.mentions.get(k)) is not None and m.name.how == "demonym"
        for k in range(actor.first + 1, actor.last + 1)
    )


def _told_sides(doc: Document) -> Iterator[tuple[Actor, Name]]:
    """The actors that say which two they are («الجانبان السعودي والأردني»), and the word for them."""
    for actor in doc.actors.values():
        mention = doc.mentions.get(actor.first)
        if mention is not None and mention.name.kind == "coref" and _is_told(doc, actor):
            yield actor, mention.name


def _told(doc: Document, actor: Actor) -> int:
    """The two sides whom the report names anywhere by the same word with their states, earlier or later."""
    word = doc.mentions[actor.first].name
    for other, name in _told_sides(doc):
        if other is not actor and (name.id == word.id or "sides" in name.flags & word.flags):
            if other.entity < 0:
                whole = actor_span(doc, other)
                doc.people.append(Person("state", whole.text, (), frozenset(), "", False, True))
                other.entity = len(doc.people) - 1
            return other.entity
    return -1


def _same_word(doc: Document, actor: Actor) -> int:
    """The two whom the report called by the same word before, perhaps with their states («الجانبان ... و...»)."""
    word = doc.mentions[actor.first].name.id
    for number in range(len(doc.people) - 1, -1, -1):
        person = doc.people[number]
        mention = doc.mentions.get(person.mentions[0].first) if person.mentions else None
        if person.plural and mention is not None and mention.name.id == word:
            return number
    return -1


def _enter(doc: Document, pair: Pair, pairs: list[Pair]) -> int:
    """The number of the entity that a pair is; made when it is first needed, with the fullest name of the two."""
    same = [p for p in pairs if p.states == pair.states and (p.persons == pair.persons) and "" not in p.states]
    for other in same:
        if other.entity >= 0:
            return other.entity
    fullest = max(same or [pair], key=lambda p: len(p.text))
    doc.people.append(Person(pair.kind, fullest.text, (), frozenset(), "", False, True))
    pair.entity = len(doc.people) - 1
    return pair.entity
