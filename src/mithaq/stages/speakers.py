"""Stage: who speaks in each statement, where its subject is dropped, a pronoun, or only a title."""

from __future__ import annotations

from mithaq.lexicon.function_words import name_words
from mithaq.stages.document import Actor, Document, Statement
from mithaq.stages.subjects import agrees, subjects

_DOCUMENT_VERBS = name_words()["document_verb"]
_NEAR = 3  # tokens between a relative pronoun and the subject of its clause


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


def _take(s: Statement, entity: int, rule: str) -> bool:
    s.speaker, s.speaker_rule = entity, rule
    return True


def _first_person(doc: Document, s: Statement) -> None:
    """«نحن ندين» in quoted speech: the speaker, or the state or organisation for which someone in office says «we»."""
    if s.parent < 0:
        return
    speaker = doc.statements[s.parent].speaker
    we = _body_of(doc, speaker) if s.plural and speaker >= 0 else -1
    if we >= 0:
        _take(s, we, "those for whom the speaker says we")
    else:
        _take(s, speaker, "first person in quoted speech")


def _body_of(doc: Document, speaker: int) -> int:
    """The state or organisation that a person in office speaks for, if the report names it."""
    person = doc.people[speaker]
    if person.kind != "person" or not person.state or not any(a.office or a.state for a in person.mentions):
        return -1
    named = ((n, p) for n, p in enumerate(doc.people) if p.kind in ("state", "organisation") and not p.plural)
    return next((n for n, p in named if p.state == person.state), -1)


def _participle(doc: Document, s: Statement, number: int) -> None:
    """«... قال الوزير ...، مؤكدا»: the subject of the sentence's main verb, if it agrees; else whoever spoke last."""
    low = doc.sentences[s.sentence][0]
    before = _statements_before(doc, s, number)
    told = [o for o in before if o.construction != "around"] or before
    told = [o for o in told if o.parent == s.parent] or told
    fitting = [o for o in told if agrees(doc, s, o.speaker)]
    acting = [
        a
        for a in subjects(doc, low, s.cue_first - 1)
        if a.kind not in ("document", "media") and agrees(doc, s, a.entity)
    ]
    if fitting:
        other = fitting[-1]
        embedded = _embedded_subject(doc, s, other)
        if embedded is not None:
            s.source = embedded
            _take(s, embedded.entity, "subject of what the document says")
            return
        s.source = other.source
        _take(s, other.speaker, "subject of the sentence")
    elif acting:
        s.source = acting[0]
        _take(s, acting[0].entity, "first subject of the sentence")
    elif told and not _can_drop(doc, s, number):
        s.source = told[-1].source
        _take(s, told[-1].speaker, "speaker of the sentence")
    else:
        _dropped(doc, s, number)


def _statements_before(doc: Document, s: Statement, number: int) -> list[Statement]:
    """The statements of the sentence before this one whose speaker can go on to speak in it."""
    trailed = s.parent >= 0 and doc.statements[s.parent].construction == "around"
    return [
        other
        for k, other in enumerate(doc.statements[:number])
        if other.sentence == s.sentence
        and other.speaker >= 0
        and other.parent != number
        and (trailed or s.parent in (-1, other.parent, k))
    ]


def _embedded_subject(doc: Document, s: Statement, other: Statement) -> Actor | None:
    """«ذكر بلاغ أن الوزير عبر عن ...، مشددا»: the person with whom a document's clause begins."""
    if doc.people[other.speaker].kind != "document" or other.construction != "that" or other.participle:
        return None
    at = other.content[0][0]
    actor = next((a for a in doc.actors.values() if doc.tokens[a.first].start == at), None)
    if actor is None or actor.kind != "person" or actor.entity < 0 or not agrees(doc, s, actor.entity):
        return None
    return actor


def _can_drop(doc: Document, s: Statement, number: int) -> bool:
    """Whether someone who spoke before agrees with the cue."""
    return any(agrees(doc, s, n) for n in _spoke_before(doc, s, number))


def _nearest(doc: Document, s: Statement) -> None:
    """«خطاب ألقاه ... وقال فيه»: the nearest person before the cue who agrees, rather one who acts."""
    low = doc.sentences[s.sentence][0]
    near = [
        a
        for a in (doc.actors.get(k) for k in range(s.cue_first - 1, low - 1, -1))
        if a is not None and a.kind == "person" and agrees(doc, s, a.entity)
    ]
    acting = [a for a in near if not a.oblique]
    if near:
        _take(s, (acting or near)[0].entity, "nearest person who agrees")


def _spoke_before(doc: Document, s: Statement, number: int) -> list[int]:
    """The speakers of the statements before this one, the latest first, without those inside others' words.

    Those of relative clauses («المعلومات التي نشرها موقع ...») come last.
    """
    before = [
        other
        for other in reversed(doc.statements[:number])
        if other.speaker >= 0
        and other.construction != "around"
        and (other.parent in (-1, s.parent) or doc.statements[other.parent].construction == "around")
    ]
    return [o.speaker for o in sorted(before, key=lambda o: _in_relative(doc, o))]


def _in_relative(doc: Document, s: Statement) -> bool:
    return s.relative or (s.cue_first > 0 and "relative" in doc.words[s.cue_first - 1].classes)


def _dropped(doc: Document, s: Statement, number: int) -> None:
    """«وأضاف أن»: the subject of the clause before it in the sentence, whoever spoke last, or the latest who agrees."""
    text = _document_before(doc, s) if s.cue.verb in _DOCUMENT_VERBS else None
    if text is not None:
        _take(s, text.entity, "the document before")
        return
    acting = _relative_before(doc, s)
    s.relative = acting is not None
    acting = acting or _acting_before(doc, s, number)
    if acting is not None:
        _take(s, acting.entity, "subject of the clause before")
        return
    candidates = _spoke_before(doc, s, number)
    for entity in candidates:
        if agrees(doc, s, entity):
            _take(s, entity, "last speaker who agrees")
            return
    at = doc.tokens[s.cue_first].start
    earlier = [a for a in doc.actors.values() if doc.tokens[a.last].end <= at and _is_someone(doc, a)]
    for actor in sorted(earlier, key=lambda a: (not a.oblique, a.first), reverse=True):
        if agrees(doc, s, actor.entity):
            _take(s, actor.entity, "latest person who agrees")
            return
    if candidates:
        _take(s, candidates[0], "last speaker")


def _is_someone(doc: Document, actor: Actor) -> bool:
    """Whether a person is told apart enough to go on speaking: by a name, or by a definite office."""
    return actor.kind == "person" and (bool(doc.people[actor.entity].keys) or actor.definite)


def _document_before(doc: Document, s: Statement) -> Actor | None:
    """«توقيع اتفاق ... وينص على»: the nearest document before a verb that only texts are the subject of."""
    low = doc.sentences[s.sentence][0]
    return next(
        (
            a
            for k in range(s.cue_first - 1, low - 1, -1)
            if (a := doc.actors.get(k)) is not None and a.kind == "document" and agrees(doc, s, a.entity)
        ),
        None,
    )


def _relative_before(doc: Document, s: Statement) -> Actor | None:
    """«الخطاب الذي ألقاه ... وتوعد خلاله»: who acts in the relative clause that a pronoun goes back to."""
    after = doc.words[s.cue_last + 1] if s.cue_last + 1 < len(doc.words) else None
    if after is None or "prepositional_pronoun" not in after.classes:
        return None
    low = doc.sentences[s.sentence][0]
    for actor in reversed(subjects(doc, low, s.cue_first - 1)):
        near = doc.words[max(actor.first - _NEAR, low) : actor.first]
        if actor.kind == "person" and agrees(doc, s, actor.entity) and any("relative" in w.classes for w in near):
            return actor
    return None


def _acting_before(doc: Document, s: Statement, number: int) -> Actor | None:
    """«التقى الوزير ... وأكد أن»: the last subject in the sentence since the last statement there, if it agrees."""
    low = doc.sentences[s.sentence][0]
    if s.parent >= 0:
        start = doc.statements[s.parent].content[0][0] if doc.statements[s.parent].content else 0
        low = max(low, next((k for k in range(low, s.cue_first) if doc.tokens[k].start >= start), s.cue_first))
    for other in reversed(doc.statements[:number]):
        if other.sentence == s.sentence and other.parent == s.parent and other.construction != "around":
            low = max(low, other.cue_first)
            return None
    acting = [
        a
        for a in subjects(doc, low, s.cue_first - 1)
        if a.kind in ("person", "anonymous", "institution", "state", "organisation", "media")
        and agrees(doc, s, a.entity)
    ]
    people = [a for a in acting if a.kind == "person"]
    return (people or acting)[0] if acting else None
