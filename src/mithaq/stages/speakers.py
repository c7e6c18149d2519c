"""Stage: who speaks in each statement, where its subject is dropped, a pronoun, or only a title."""

from __future__ import annotations

from mithaq.stages.document import Document, Statement


def find_speakers(doc: Document) -> None:
    """Set ``speaker`` (a number in ``people``), ``speaker_rule`` and, for participles, ``source``."""
    for number, s in enumerate(doc.statements):
        if s.source is not None:
            s.speaker, s.speaker_rule = s.source.entity, "source"
        elif s.first_person:
            _first_person(doc, s)
        elif s.participle:
            _participle(doc, s, number)
        elif s.relative:
            _nearest(doc, s)
        else:
            _dropped(doc, s, number)
    # A cue in another's words is spoken by whom it names; with no one named, by the same speaker.
    for s in doc.statements:
        if s.speaker < 0 and s.parent >= 0:
            s.speaker, s.speaker_rule = doc.statements[s.parent].speaker, "speaker of the statement around it"


def _first_person(doc: Document, s: Statement) -> None:
    if s.parent >= 0:
        s.speaker, s.speaker_rule = doc.statements[s.parent].speaker, "first person in quoted speech"


def _participle(doc: Document, s: Statement, number: int) -> None:
    """«... قال الوزير ...، مؤكدا»: the subject of the sentence's main verb."""
    for k in range(number - 1, -1, -1):
        other = doc.statements[k]
        if other.sentence != s.sentence:
            break
        trailed = s.parent >= 0 and doc.statements[s.parent].construction == "around"
        if other.speaker >= 0 and other.parent != number and (trailed or s.parent in (-1, other.parent, k)):
            s.speaker, s.speaker_rule = other.speaker, "subject of the sentence"
            s.source = other.source
            return
    low = doc.sentences[s.sentence][0]
    for k in range(low, s.cue_first):
        actor = doc.actors.get(k)
        mention = doc.mentions.get(k)
        if (
            actor is not None
            and actor.kind in ("person", "institution", "anonymous", "state", "media")
            and not (mention is not None and mention.reading.preposition)
        ):
            s.source = actor
            s.speaker, s.speaker_rule = actor.entity, "first actor of the sentence"
            return
    _dropped(doc, s, number)


def _nearest(doc: Document, s: Statement) -> None:
    """«خطاب ألقاه ... وقال فيه»: the nearest person before the cue who agrees."""
    for k in range(s.cue_first - 1, doc.sentences[s.sentence][0] - 1, -1):
        actor = doc.actors.get(k)
        if actor is not None and actor.kind == "person" and _agrees(doc, s, actor.entity):
            s.speaker, s.speaker_rule = actor.entity, "nearest person who agrees"
            return


def _agrees(doc: Document, s: Statement, entity: int) -> bool:
    """Whether a dropped subject can be this entity: a verb agrees in full with what stands before it.

    Plurals of things (مصادر، أوساط) take the feminine singular; states and outlets take either gender.
    """
    person = doc.people[entity]
    if person.kind == "person":
        return person.plural == s.plural and (s.plural or person.feminine == s.feminine)
    if person.kind in ("anonymous", "institution", "document"):
        if person.plural:
            return s.plural or s.feminine
        return not s.plural and person.feminine == s.feminine
    return not s.plural


def _dropped(doc: Document, s: Statement, number: int) -> None:
    """«وأضاف أن»: whoever spoke last, or, with another gender or number, the latest who agrees."""
    candidates = [
        other.speaker
        for other in reversed(doc.statements[:number])
        if other.speaker >= 0
        and other.construction != "around"
        and (other.parent in (-1, s.parent) or doc.statements[other.parent].construction == "around")
    ]
    for entity in candidates:
        if _agrees(doc, s, entity):
            s.speaker, s.speaker_rule = entity, "last speaker who agrees"
            return
    at = doc.tokens[s.cue_first].start
    for actor in reversed([a for a in doc.actors.values() if doc.tokens[a.last].end <= at]):
        if actor.kind == "person" and _agrees(doc, s, actor.entity):
            s.speaker, s.speaker_rule = actor.entity, "latest person who agrees"
            return
    if candidates:
        s.speaker, s.speaker_rule = candidates[0], "last speaker"
