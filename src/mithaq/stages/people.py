"""Stage: who is who. Every actor is a mention of one entity of the report; titles and surnames find their bearer."""

from __future__ import annotations

from mithaq.lexicon.keys import fold
from mithaq.stages.document import Actor, Document, Person
from mithaq.stages.spans import actor_span, after_letters

_AL = fold("ال")
_FOREIGN_MINISTER = frozenset(fold(w) for w in ("رئيس", "دبلوماسية"))
_MINISTER_OF = frozenset(fold(w) for w in ("وزير", "خارجية"))
_FILLERS = frozenset(fold(w) for w in ("بن", "ابن", "بنت", "آل"))
_GENERIC = frozenset(("anonymous", "institution", "document", "media"))


def name_keys(doc: Document, actor: Actor) -> tuple[str, ...]:
    """The keys of an actor's proper name, without articles and بن."""
    if actor.name_first < 0:
        return ()
    keys = (
        doc.words[k].key.removeprefix(_AL)
        for k in range(actor.name_first, actor.name_last + 1)
        if doc.tokens[k].is_word
    )
    return tuple(k for k in keys if k not in _FILLERS)


def titles_of(titles: frozenset[str]) -> frozenset[str]:
    """Title words as they are compared: without articles, and with paraphrases of an office replaced by its name."""
    bare = frozenset(t.removeprefix("وال").removeprefix("لل").removeprefix(_AL) for t in titles)
    return _MINISTER_OF if bare >= _FOREIGN_MINISTER else bare


def find_people(doc: Document) -> None:
    """Fill ``people``, and set ``entity`` and ``state`` of every actor in the text and in the statements' sources."""
    actors = sorted(
        {id(a): a for a in (*doc.actors.values(), *(s.source for s in doc.statements if s.source))}.values(),
        key=lambda a: (a.first, -a.last),
    )
    _counterparts(actors)
    for s in doc.statements:
        if s.source is not None and s.source.kind == "person" and s.feminine and s.source.first > s.cue_last:
            s.source.feminine = True  # the verb before it agrees in gender
    seen: dict[int, int] = {}
    for actor in actors:
        if actor.first in seen:
            actor.entity = seen[actor.first]
            continue
        actor.entity = _resolve(doc, actor)
        seen[actor.first] = actor.entity
        person = doc.people[actor.entity]
        person.mentions.append(actor)
        actor.state = actor.state or person.state
        person.state = person.state or actor.state
        person.titles |= titles_of(actor.titles)
        person.feminine = person.feminine or actor.feminine
    for person in doc.people:
        if person.kind == "person" and not person.state and any(a.office for a in person.mentions):
            person.state = doc.home  # «وزير الخارجية» without a state is the outlet's own
        for actor in person.mentions:
            actor.state = actor.state or person.state


def _counterparts(actors: list[Actor]) -> None:
    """«ونظيره الروسي ...» holds the office of the person named before him."""
    before: Actor | None = None
    for actor in actors:
        if actor.coreferent.startswith("counterpart") and before is not None:
            actor.titles = before.titles
        elif actor.kind == "person" and actor.titles and not actor.coreferent:
            before = actor


def _resolve(doc: Document, actor: Actor) -> int:
    if actor.kind == "person":
        keys = name_keys(doc, actor)
        found = _by_name(doc, actor, keys) if keys else _by_title(doc, actor)
    elif actor.kind in _GENERIC:
        found = _by_noun(doc, actor)
    else:
        found = _by_code(doc, actor)
    if found >= 0:
        return found
    keys = name_keys(doc, actor)
    first, last = (actor.name_first, actor.name_last) if keys and actor.kind == "person" else (actor.first, actor.last)
    doc.people.append(
        Person(
            actor.kind,
            _clean(doc, actor, first, last),
            keys,
            titles_of(actor.titles),
            actor.state,
            actor.feminine,
            actor.plural,
        )
    )
    return len(doc.people) - 1


def _clean(doc: Document, actor: Actor, first: int, last: int) -> str:
    """The name as the text has it, without a preposition or conjunction attached to its first word."""
    if first == actor.first:
        whole = actor_span(doc, actor)
        return doc.report.text[whole.start : doc.tokens[last].end]
    return doc.report.text[after_letters(doc, first, 0) : doc.tokens[last].end]


def _compatible(state: str, other: str) -> bool:
    return not state or not other or state == other


def _by_name(doc: Document, actor: Actor, keys: tuple[str, ...]) -> int:
    """The latest person whose name this is, in full, by surname or first name; the fuller name stays."""
    for number in range(len(doc.people) - 1, -1, -1):
        person = doc.people[number]
        if person.kind != "person" or not person.keys or not _compatible(person.state, actor.state):
            continue
        if _same_name(keys, person.keys):
            if len(keys) > len(person.keys):
                person.keys = keys
                person.name = _clean(doc, actor, actor.name_first, actor.name_last)
            return number
    return -1


def _same_name(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    short, long = sorted((a, b), key=len)
    if short == long:
        return True
    if len(short) == 1:
        return short[0] == long[-1] or (short[0] == long[0] and len(short[0]) > 2)
    return (short[-1] == long[-1] and short[0] in long) or set(short) <= set(long)


def _by_title(doc: Document, actor: Actor) -> int:
    """The latest person who bears these titles («الوزير», «الرئيس الروسي»), of a state that does not contradict."""
    if actor.coreferent == "latest":
        return next((n for n in range(len(doc.people) - 1, -1, -1) if doc.people[n].kind == "person"), -1)
    titles = titles_of(actor.titles)
    if not titles or actor.plural:
        return -1
    best = -1
    for number in range(len(doc.people) - 1, -1, -1):
        person = doc.people[number]
        if person.kind != "person" or person.plural or not titles <= person.titles:
            continue
        if actor.state and person.state == actor.state:
            return number
        if best < 0 and (not actor.state or not person.state) and actor.definite:
            best = number
    if best >= 0 and not actor.state and not person_home(doc, best) and len(titles) > 1:
        home = next(
            (n for n, p in enumerate(doc.people) if p.kind == "person" and titles <= p.titles and p.state == doc.home),
            -1,
        )
        return home if home >= 0 else best
    return best


def person_home(doc: Document, number: int) -> bool:
    """Whether a person speaks for the state that the outlet is at home in."""
    return bool(doc.home) and doc.people[number].state == doc.home


def _by_noun(doc: Document, actor: Actor) -> int:
    """«المصدر», «الوزارة», «الصحيفة»: the most mentioned entity of the kind whose noun and modifiers include these."""
    keys = name_keys(doc, actor)
    titles = titles_of(actor.titles)
    fitting = [
        number
        for number, person in enumerate(doc.people)
        if person.kind == actor.kind
        and _compatible(person.state, actor.state)
        and (keys == person.keys if keys else actor.definite and titles and titles <= person.titles)
    ]
    # «المصدر» is whoever the report has quoted most, of equals the latest.
    return max(fitting, key=lambda n: (len(doc.people[n].mentions), n), default=-1)


def _by_code(doc: Document, actor: Actor) -> int:
    for number, person in enumerate(doc.people):
        if person.kind == actor.kind and person.state == actor.state and actor.state:
            mention = doc.mentions.get(actor.first)
            if not person.keys and mention is not None and mention.name.how == "name":
                person.name, person.keys = _clean(doc, actor, actor.first, actor.last), mention.name.keys
            return number
    return -1
