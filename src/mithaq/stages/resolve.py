"""Which entity of the report a mention stands for: by its name, its titles, its noun, or the state it speaks for."""

from __future__ import annotations

from collections.abc import Iterator

from mithaq.lexicon.function_words import name_words
from mithaq.lexicon.keys import fold
from mithaq.stages.document import Actor, Document, Mention, Person
from mithaq.stages.naming import FIRST_NAME, NO_NAME, compatible, likeness, name_keys, titles_of
from mithaq.stages.spans import actor_start, after_letters

_GENERIC = frozenset(("anonymous", "institution", "document", "media"))
_EPITHETS = frozenset(w.removeprefix(fold("ال")) for w in name_words()["epithet"])
_OFFICIALS = name_words()["official"]
_FAMILIES = (name_words()["agreement"], name_words()["statement"])
_SOURCE = name_words()["source"]
_SUPERLATIVES = name_words()["superlative"] | {fold("أول"), fold("آخر")}
_IS = frozenset(fold(w) for w in ("وهو", "وهي", "هو", "هي"))
_AL = fold("ال")
_LEAST = 2  # words before a predicate


def resolve(doc: Document, actor: Actor) -> int:
    """The number of the entity in ``people`` that *actor* is a mention of, -1 for a new one."""
    if actor.kind == "person":
        keys = name_keys(doc, actor)
        if keys:
            return by_name(doc, actor, keys)
        described = _described(doc, actor)
        return described if described >= 0 else _by_title(doc, actor)
    if actor.kind in _GENERIC:
        found = _by_noun(doc, actor)
        return found if found >= 0 or actor.kind != "anonymous" else _official(doc, actor)
    return _by_code(doc, actor)


def _described(doc: Document, actor: Actor) -> int:
    """«النائب فلان وهو أكبر نائب ديمقراطي ...», «... وأصبح بذلك أول سناتور ...»: who is told to be that."""
    if actor.plural or actor.first < _LEAST or (doc.words[actor.first].article and actor.first == actor.last):
        return -1
    k = actor.first - 1
    superlative = doc.words[k].key in _SUPERLATIVES
    k -= superlative
    low = doc.sentences[doc.sentence_of[actor.first]][0]
    if doc.words[k].key in _IS:
        return next((a.entity for a in _persons_before(doc, k, low) if a.last == k - 1), -1)
    if superlative and any("copula" in w.classes for w in doc.words[max(k - 1, low) : k + 1]):
        return next((a.entity for a in _persons_before(doc, k, low) if not a.oblique), -1)
    return -1


def _persons_before(doc: Document, k: int, low: int) -> Iterator[Actor]:
    """The persons between two tokens whose entities are known, the nearest to the second, *k*, first."""
    for n in range(k - 1, low - 1, -1):
        actor = doc.actors.get(n)
        if actor is not None and actor.kind == "person" and actor.entity >= 0 and not doc.people[actor.entity].plural:
            yield actor


def clean_name(doc: Document, actor: Actor, first: int, last: int) -> str:
    """The name as the text has it, without a preposition or conjunction attached to its first word."""
    start = actor_start(doc, actor) if first == actor.first else after_letters(doc, first, 0)
    return doc.report.text[start : doc.tokens[last].end]


def last_mention(person: Person) -> int:
    """The token at which an entity was mentioned last."""
    return person.mentions[-1].first if person.mentions else -1


def by_name(doc: Document, actor: Actor, keys: tuple[str, ...]) -> int:
    """The person whose name this is: in full before by surname before by first name, of equals the latest.

    The fuller name stays. Someone who was only called by an office that this one holds gets the name too.
    """
    best, rank = -1, (NO_NAME, -1)
    for number, person in enumerate(doc.people):
        if person.kind != "person" or not person.keys or not compatible(person.state, actor.state):
            continue
        how = likeness(keys, person.keys)
        if how == NO_NAME:
            continue
        if how == FIRST_NAME and person.titles and actor.titles and person.titles.isdisjoint(titles_of(actor.titles)):
            continue  # «الوزير سالم» is not «النائب سالم ...»
        if (how, last_mention(person)) > rank:
            best, rank = number, (how, last_mention(person))
    if best < 0 and (best := _named_later(doc, actor)) < 0:
        return -1
    person = doc.people[best]
    if len(keys) > len(person.keys):
        person.keys = keys
        person.name = clean_name(doc, actor, actor.name_first, actor.name_last)
    return best


def _named_later(doc: Document, actor: Actor) -> int:
    """«أكد مدير المتحف ...، وأوضح مدير المتحف الدكتور ...»: the office was named before its holder."""
    titles = titles_of(actor.titles)
    state = actor.state or (doc.home if actor.office else "")
    for number in range(len(doc.people) - 1, -1, -1):
        person = doc.people[number]
        if person.kind != "person" or person.keys or person.plural or not person.titles or not person.titles <= titles:
            continue
        own = state_of(doc, person)
        same = own == state or (not own and not any(a.office for a in person.mentions))
        if same and any(a.definite for a in person.mentions):
            return number
    return -1


def _by_title(doc: Document, actor: Actor) -> int:
    """The person who bears these titles («الوزير», «الرئيس الروسي»), of a state that does not contradict.

    Of several, one of the same state; then whoever spoke or acts, and not just someone who was met; then the latest.
    """
    people = doc.people
    if actor.coreferent == "latest":
        return _latest(doc, actor)
    titles = titles_of(actor.titles)
    if actor.plural:
        return _by_titles(doc, actor, titles or frozenset((doc.words[actor.first].key.removeprefix(_AL),)))
    if not titles:
        return -1
    fitting = [
        n for n, p in enumerate(people) if p.kind == "person" and not p.plural and p.titles and titles <= p.titles
    ]
    same = [n for n in fitting if actor.state and state_of(doc, people[n]) == actor.state]
    if not same and actor.definite:
        same = [n for n in fitting if not actor.state or not state_of(doc, people[n])]
        home = [n for n in same if people[n].state == doc.home]
        if doc.home and home and not actor.state and len(titles) > 1:
            same = home
    if len({people[n].keys for n in same}) > 1 and not actor.feminine:
        same = [n for n in same if any(not a.oblique for a in people[n].mentions)] or same
        if not actor.state:
            same = [n for n in same if not _just_met(people[n])] or same
    found = max(same, key=lambda n: last_mention(people[n]), default=-1)
    return found if found >= 0 else _official(doc, actor)


def _by_titles(doc: Document, actor: Actor, titles: frozenset[str]) -> int:
    """«المسؤولون», «الخبراء»: the last group of which the report said who they are («مسؤولون أميركيون»)."""
    if not actor.definite or doc.words[actor.first].key[:2] != _AL:
        return -1
    fitting = [
        n
        for n, p in enumerate(doc.people)
        if p.plural and p.kind in ("person", "anonymous") and titles <= p.titles and compatible(p.state, actor.state)
    ]
    return max(fitting, key=lambda n: last_mention(doc.people[n]), default=-1)


def _just_met(person: Person) -> bool:
    """«نظيره الإثيوبي ...», who said nothing himself."""
    introduced = person.mentions[0].coreferent.startswith("counterpart") if person.mentions else False
    return introduced and not any(a.cited for a in person.mentions)


def _latest(doc: Document, actor: Actor) -> int:
    """«الأخير»: the person named last; «سموه», «معاليه»: the last who bears such a title, else who was quoted last."""
    people = doc.people
    mention = doc.mentions.get(actor.first)
    bearers = name_words().get(f"of_{mention.name.id}", frozenset()) if mention is not None else frozenset()
    if not bearers:
        near = [n for n, p in enumerate(people) if not p.plural and _can_be_last(p, actor)]
        return max(near, key=lambda n: last_mention(people[n]), default=-1)
    singles = [n for n, p in enumerate(people) if p.kind == "person" and not p.plural]
    titled = [n for n in singles if not bearers.isdisjoint(people[n].titles)]
    cited = [n for n in singles if any(a.cited for a in people[n].mentions)]
    both = [n for n in titled if n in cited]
    return max(both or titled or cited or singles, key=lambda n: last_mention(people[n]), default=-1)


def _can_be_last(person: Person, actor: Actor) -> bool:
    """Whether «الأخير» or «الأخيرة» can be an entity: a man, a woman, a state or a body, by its gender."""
    if actor.feminine:
        return person.feminine or person.kind in ("state", "organisation")
    return person.kind in ("person", "anonymous") and not person.feminine


def state_of(doc: Document, person: Person) -> str:
    """The state that an entity speaks for; an office of no state named is one of the outlet's own."""
    return person.state or (doc.home if any(a.office for a in person.mentions) else "")


def _by_noun(doc: Document, actor: Actor) -> int:
    """«المصدر», «الوزارة», «الصحيفة»: the entity of the kind whose noun and modifiers include these."""
    keys = name_keys(doc, actor)
    titles = titles_of(actor.titles)
    if not keys and not (actor.definite and titles):
        return -1
    if keys:
        return max((n for n in _kin(doc, actor) if doc.people[n].keys == keys), default=-1)
    fitting = _kin(doc, actor, titles)
    if not fitting and titles & _EPITHETS and titles - _EPITHETS:
        fitting = _kin(doc, actor, titles - _EPITHETS) or _organisations(doc, titles - _EPITHETS)
    if not fitting and actor.kind == "document":
        fitting = [n for n in _kin(doc, actor) for family in _FAMILIES if titles <= family and _is_of(doc, n, family)]
    if not fitting and titles <= _SOURCE:
        return _quoted(doc, actor)
    if not fitting:
        return -1
    if actor.coreferent == "same":
        return max(fitting, key=lambda n: last_mention(doc.people[n]))
    # «المصدر» is whoever the report has quoted most, of equals the latest.
    return max(fitting, key=lambda n: (len(doc.people[n].mentions), n))


def _kin(doc: Document, actor: Actor, titles: frozenset[str] = frozenset()) -> list[int]:
    """The entities of the actor's kind that bear these titles, and whose state does not contradict."""
    kind, state = actor.kind, actor.state
    return [n for n, p in enumerate(doc.people) if p.kind == kind and titles <= p.titles and compatible(p.state, state)]


def _is_of(doc: Document, number: int, family: frozenset[str]) -> bool:
    """Whether an entity is first called by a noun of the family: «مذكرة تفاهم», but not «خطط لعقد ...»."""
    mentions = doc.people[number].mentions
    head = doc.mentions.get(mentions[0].first) if mentions else None
    return head is not None and not family.isdisjoint(head.name.keys)


def _quoted(doc: Document, actor: Actor) -> int:
    """Whom «المصدر» or «المصادر» stands for: the last who was quoted (also «مراقبون»), rather as many; then a body."""
    plural = actor.plural
    quoted = [(n, p) for n, p in enumerate(doc.people) if any(a.cited for a in p.mentions)]
    quoted = [(n, p) for n, p in quoted if actor.state in ("", p.state)]
    nameless = [(n, p) for n, p in quoted if p.kind == "anonymous" or (plural and p.kind == "person" and not p.keys)]
    texts = [] if plural else [(n, p) for n, p in quoted if p.kind in ("document", "media")]
    found = [n for n, p in nameless + texts if p.plural == plural] or [n for n, _ in nameless]
    if not plural:
        found = found or [n for n, p in quoted if p.kind == "institution"]
    return max(found, key=lambda n: last_mention(doc.people[n]), default=-1)


def _organisations(doc: Document, nouns: frozenset[str]) -> list[int]:
    """The organisations of the lexicon whose name begins with the noun: «المنظمة الدولية»."""
    found = []
    for number, person in enumerate(doc.people):
        if person.kind in ("organisation", "group", "institution") and person.mentions:
            head = doc.words[person.mentions[0].first]
            if not nouns.isdisjoint({head.key, *head.stems}):
                found.append(number)
    return found


def _official(doc: Document, actor: Actor) -> int:
    """«المسؤول», «المتحدث»: a noun alone, for the person who was quoted last."""
    titles = titles_of(actor.titles)
    if not actor.definite or actor.plural or not titles or not titles <= _OFFICIALS:
        return -1
    quoted = [
        n
        for n, p in enumerate(doc.people)
        if (p.kind == "person" or (p.kind == "anonymous" and titles <= p.titles))
        and not p.plural
        and compatible(p.state, actor.state)
        and p.feminine == actor.feminine
        and (any(a.cited for a in p.mentions) or (actor.state and p.keys))
    ]
    return max(quoted, key=lambda n: last_mention(doc.people[n]), default=-1)


def _by_code(doc: Document, actor: Actor) -> int:
    """The state or organisation with this code; a body or palace that stands for it («البيت الأبيض») is its own."""
    mention = doc.mentions.get(actor.first)
    seat = _seat(mention)
    for number, person in enumerate(doc.people):
        if person.kind != actor.kind or person.state != actor.state or not actor.state or person.plural:
            continue
        if _seat(doc.mentions.get(person.mentions[0].first) if person.mentions else None) != seat:
            continue
        if not person.keys and mention is not None and mention.name.how == "name":
            person.name, person.keys = clean_name(doc, actor, actor.first, actor.last), mention.name.keys
        return number
    return -1


def _seat(mention: Mention | None) -> str:
    """What stands for its state as a body of its own, "" for names, capitals and nisbas of the state."""
    return mention.name.id if mention is not None and mention.name.how == "seat" else ""
