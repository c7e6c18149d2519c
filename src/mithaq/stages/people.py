"""Stage: who is who. One table of the entities of the report, each with all its mentions.

Every actor is a mention of one entity; titles, surnames and nouns find their bearer (``resolve``), «الجانبان» finds its
pair (``pairs``), and offices that no name follows find the one name that no office precedes.
"""

from __future__ import annotations

from mithaq.stages.document import Actor, Document, Person
from mithaq.stages.naming import compatible, name_keys, titles_of
from mithaq.stages.pairs import Pair, find_pairs, pair_of
from mithaq.stages.resolve import clean_name, resolve, state_of
from mithaq.stages.subjects import is_oblique, is_woman
from mithaq.stages.verb_objects import after_relative, is_object


def find_people(doc: Document) -> None:
    """Fill ``people``, and set ``entity`` and ``state`` of every actor in the text and in the statements' sources."""
    objects: set[int] = set()
    for s in doc.statements:
        if s.source is not None and s.conjunction and s.source.last == s.cue_first - 1:
            s.source = None  # «التقى الوزير ... السفير وأكد»: no verb behind و has its subject before it
        elif s.source is not None and is_object(doc, s, s.source):
            objects.add(s.source.first)
            s.relative = s.relative or after_relative(doc, s)
            s.source = None
    sources = [s.source for s in doc.statements if s.source]
    actors = sorted({id(a): a for a in (*doc.actors.values(), *sources)}.values(), key=_place)
    _counterparts(actors)
    for s in doc.statements:
        if s.source is not None:
            s.source.cited = True
            if s.source.kind == "person" and s.feminine and s.source.first > s.cue_last:
                s.source.feminine = True  # the verb before it agrees in gender
    for actor in actors:
        actor.oblique = is_oblique(doc, actor) or actor.first in objects
        actor.feminine = actor.feminine or is_woman(doc, actor)
    pairs = find_pairs(doc)
    if both := _both(doc, pairs):
        actors = sorted((*actors, *both), key=_place)
    seen: dict[int, int] = {}
    for actor in actors:
        if actor.first in seen and not _is_fuller(doc, actor, seen[actor.first]):
            actor.entity = seen[actor.first]
            continue
        if actor.entity < 0:
            actor.entity = pair_of(doc, actor, pairs)
        if actor.entity < 0:
            actor.entity = resolve(doc, actor)
        if actor.entity < 0:
            actor.entity = _add(doc, actor)
        seen[actor.first] = actor.entity
        _mention(doc, actor)
    _name_the_nameless(doc)
    for person in doc.people:
        if person.kind == "person" and not person.state and any(a.office for a in person.mentions):
            person.state = doc.home  # «وزير الخارجية» without a state is the outlet's own
        for actor in person.mentions:
            actor.state = actor.state or person.state


def _place(actor: Actor) -> tuple[int, int]:
    """Actors in the order of the text, the longer first."""
    return actor.first, -actor.last


def _both(doc: Document, pairs: list[Pair]) -> list[Actor]:
    """«مصر والولايات المتحدة أكدتا»: a verb of two whose source is only the second has both for its source."""
    found = []
    for s in doc.statements:
        if not pairs or s.source is None or not s.plural or s.source.plural or s.source.last != s.cue_first - 1:
            continue
        pair = next((p for p in pairs if p.second.first == s.source.first), None)
        if pair is not None:
            s.source = Actor(pair.first.first, pair.second.last, pair.kind, plural=True, definite=True, cited=True)
            found.append(s.source)
    return found


def _is_fuller(doc: Document, actor: Actor, number: int) -> bool:
    """Whether what begins at the same token as another actor is not just the head of it: «مصر والسعودية», «مصر»."""
    return actor.plural != doc.people[number].plural


def _mention(doc: Document, actor: Actor) -> None:
    """Enter a mention with its entity, and let each learn from the other."""
    person = doc.people[actor.entity]
    person.mentions.append(actor)
    actor.state = actor.state or person.state
    person.state = person.state or actor.state
    titles = titles_of(actor.titles)
    if not titles <= person.titles:
        person.titles |= titles
    person.feminine = person.feminine or actor.feminine


def _add(doc: Document, actor: Actor) -> int:
    """A new entity for *actor*."""
    keys = name_keys(doc, actor)
    first, last = (actor.name_first, actor.name_last) if keys and actor.kind == "person" else (actor.first, actor.last)
    name = clean_name(doc, actor, first, last)
    titles = titles_of(actor.titles)
    doc.people.append(Person(actor.kind, name, keys, titles, actor.state, actor.feminine, actor.plural))
    return len(doc.people) - 1


def _counterparts(actors: list[Actor]) -> None:
    """«ونظيره الروسي ...» holds the office of the person named before him."""
    before: Actor | None = None
    for actor in actors:
        if actor.coreferent.startswith("counterpart") and before is not None:
            actor.titles = before.titles
        elif actor.kind == "person" and actor.titles and not actor.coreferent:
            before = actor


def _name_the_nameless(doc: Document) -> None:
    """The one quoted office without a name is held by the one surname without an office: the headline had the rest."""
    offices = [p for p in doc.people if _is_office(p)]
    surnames = [p for p in doc.people if p.kind == "person" and len(p.keys) == 1 and not p.titles and not p.plural]
    if len(offices) != 1 or len(surnames) != 1:
        return
    office, surname = offices[0], surnames[0]
    state = state_of(doc, office)
    if surname.mentions[0].first < office.mentions[0].first:
        return
    if office.feminine != surname.feminine or not compatible(state, surname.state):
        return
    office.name, office.keys, office.state = surname.name, surname.keys, surname.state or office.state
    number = next(n for n, p in enumerate(doc.people) if p is office)
    for actor in surname.mentions:
        actor.entity = number
    office.mentions = sorted(office.mentions + surname.mentions, key=lambda a: a.first)
    surname.mentions = []


def _is_office(p: Person) -> bool:
    return (
        p.kind == "person"
        and not p.keys
        and not p.plural
        and bool(p.titles)
        and any(a.definite and a.cited and not a.coreferent for a in p.mentions)
    )
