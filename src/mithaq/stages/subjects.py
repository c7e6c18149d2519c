"""Which noun phrases act: subjects, and not what a preposition or another noun governs; and with whom a verb agrees."""

from __future__ import annotations

from mithaq.lexicon.function_words import letter, name_words
from mithaq.lexicon.keys import fold
from mithaq.stages.document import Actor, Document, Person, Statement
from mithaq.stages.homographs import opens_clause

_ACTS = ("person", "institution", "anonymous", "state", "organisation", "group", "media", "document")
_HAMZA = letter("hamza")
_AL = fold("ال")
_THINGS = ("anonymous", "institution", "document", "media")
_FEMININE = fold("ة")
_PLURAL_THINGS = name_words()["feminine_plural"]
_COLLECTIVES = name_words()["collective"]
_MASCULINE_STATES = name_words()["masculine_state"]
_PLURAL_PRONOUNS = (fold("هم"), fold("هما"))
_HER = fold("ها")
_HIS = fold("ه")
_SHE_WHO = fold("التي")
_THIRD = 3
_OPENERS = frozenset(("that", "conjunction", "auxiliary", "turn"))


def is_oblique(doc: Document, actor: Actor) -> bool:
    """Whether an actor is governed by a preposition or by a noun: «مع الوزير», «للوزير», «زيارة الوزير»."""
    mention = doc.mentions.get(actor.first)
    if mention is not None and mention.reading.preposition:
        return True
    if actor.first == 0 or not doc.tokens[actor.first - 1].is_word:
        return False
    if mention is not None and mention.reading.conjunction:
        return False
    before = doc.words[actor.first - 1]
    if len(before.key) == 1 or "abstract" in before.classes:
        return True  # «أي مسؤول», «موقف الحكومة»
    if "preposition" in before.classes:
        spelled = before.finite and (_HAMZA in doc.tokens[actor.first - 1].text or opens_clause(doc, actor.first - 1))
        return not spelled  # إبان, but not أبان; «الطريق عبر ...», but not «وعبر الوزير»
    if before.classes or before.article or before.finite:
        return False
    masdar = any(v.form.kind == "masdar" or v.preposition for v in before.verbs)  # «بمقر الوزارة»
    return masdar or not (before.verbs or opens_clause(doc, actor.first - 1))


def is_woman(doc: Document, actor: Actor) -> bool:
    """Whether the words around a name without a title say that it is a woman's: «أطلقت هيلاري ...», «هيلاري التي»."""
    if actor.kind != "person" or actor.plural or actor.titles or actor.name_first != actor.first:
        return False
    if not doc.words[actor.first].given:
        return False
    if actor.last + 1 < len(doc.words) and doc.words[actor.last + 1].key == _SHE_WHO and not actor.oblique:
        return True
    told = [v for v in doc.words[actor.first - 1].verbs if v.finite] if actor.first else []
    return (
        bool(told)
        and all(v.form.gender == "f" for v in told if v.form.person == _THIRD)
        and any(
            v.form.person == _THIRD and v.form.gender == "f" and v.form.kind == "past" and not v.form.passive
            for v in told
        )
    )


def subjects(doc: Document, low: int, high: int) -> list[Actor]:
    """The actors between two tokens that can be the subject of a clause there, in order."""
    return [
        a
        for k in range(low, high + 1)
        if (a := doc.actors.get(k)) is not None
        and a.last <= high
        and a.kind in _ACTS
        and not a.oblique
        and (a.kind != "state" or a.state or a.plural)
        and _begins_clause(doc, a, low)
    ]


def _begins_clause(doc: Document, actor: Actor, low: int) -> bool:
    """Whether a verb, a particle or nothing stands before an actor: what else it follows it belongs to."""
    k = actor.first - 1
    mention = doc.mentions.get(actor.first)
    nisba = mention is not None and mention.name.how == "demonym"
    if k < low or (mention is not None and mention.reading.conjunction and not nisba):
        return True
    while k > low and not doc.words[k].classes.isdisjoint(("adverb", "prepositional_pronoun")):
        k -= 1
    before = doc.words[k]
    if not doc.tokens[k].is_word:
        return True
    if before.finite:
        return True
    if nisba:
        return False
    return before.that or not before.classes.isdisjoint(_OPENERS) or (not before.article and k not in doc.mentions)


def gender(doc: Document, person: Person) -> str:
    """The gender in which a verb agrees with an entity: "f", "m", or "" where it can be either."""
    if person.kind in ("person", "anonymous", "institution", "document"):
        return "f" if person.feminine else "m"
    if not person.mentions:
        return ""
    first = doc.mentions.get(person.mentions[0].first)
    head = first.name.keys[0] if first is not None else doc.words[person.mentions[0].first].key
    head = head.removeprefix(_AL)
    if person.kind == "state":
        return "m" if head in _MASCULINE_STATES else ""
    if head in _PLURAL_THINGS or head.endswith(_FEMININE):
        return "f"
    return "m" if person.kind == "organisation" else ""


def agrees(doc: Document, s: Statement, entity: int) -> bool:
    """Whether a dropped subject can be this entity: a verb agrees in full with what stands before it.

    Plurals of things (مصادر، أوساط) take the feminine singular.
    """
    person = doc.people[entity]
    if not s.cue.verb:
        return not s.participle or _owns(doc, s, person)
    if person.plural:
        things = any(a.kind in _THINGS for a in person.mentions)
        return s.plural or (things and s.feminine)
    if s.plural:
        return person.kind == "institution" and not _COLLECTIVES.isdisjoint(person.titles)
    own = gender(doc, person)
    return not own or own == ("f" if s.feminine else "m")


def _owns(doc: Document, s: Statement, person: Person) -> bool:
    """Whether the pronoun of a phrase («بقولها») can be an entity's; a phrase without one («بالقول») fits all."""
    key = doc.words[s.cue_last].key
    if key.endswith(_PLURAL_PRONOUNS):
        return person.plural
    if key.endswith(_HER):
        return gender(doc, person) != "m" and not person.plural
    return not (key.endswith(_HIS) and len(key) > len(_HIS) + 2) or gender(doc, person) != "f"
