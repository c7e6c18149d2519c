"""How far along an act is: from the words that govern it, their tense and their negation."""

from __future__ import annotations

from typing import NamedTuple

from mithaq.arabic.words import VerbReading
from mithaq.lexicon.keys import fold
from mithaq.lexicon.provisions import Marker, marker_verbs
from mithaq.stages.acts import Found
from mithaq.stages.document import Document
from mithaq.stages.phrases import longest

_REACH = 25  # tokens to the left within which a word still governs an act
_CLOSE = 3  # tokens within which a word governs an agreement known by name
_MEETING_REACH = 8
_BEHIND = 7
_WILL = frozenset(fold(w) for w in ("سوف", "أن", "لن"))
_TO = fold("ل")
_VISIT = fold("زار")
_STAYS = frozenset(fold(w) for w in ("زيارة", "جولة"))
# What a stage of agreements means for a meeting: talks are not signed, and what is agreed on is to come.
_MEETING = {"signed": "done", "discussed": "done", "agreed": "planned"}
_STRONG = frozenset(("sign", "about_to_sign", "refuse", "suspend", "conditions"))
_OF_RELATIVE = frozenset(("sign", "agree", "complete", "suspend", "carry_out"))
_OF_MEETING = frozenset(("about_to_sign", "suspend", "refuse", "complete", "propose"))
_ANNOUNCING = frozenset(("sign", "agree", "discuss", "demand"))
_GOVERNING = 3  # tokens to the left within which a word governs a marker that is a verbal noun
_EVENTS = frozenset(("agree", "discuss", "carry_out", "start", "complete", "sign"))
_GOVERNORS = frozenset(
    ("agree", "importance", "propose", "demand", "refuse", "promise", "intend", "about_to_sign", "suspend")
)
_DEFINITE = frozenset(("sign", "refuse", "suspend", "carry_out"))


class Stage(NamedTuple):
    """A status, whether it makes the act a condition, and the rule that gave it."""

    status: str
    condition: bool
    rule: str


def stage_of(doc: Document, found: Found, before: Found | None, inherited: Stage | None, *, item: bool) -> Stage:
    """The stage of an act.

    *before* is the act before it in the same sentence and *inherited* that act's stage, or the stage of the list whose
    next *item* this sentence is.
    """
    if found.instrument is not None:
        return named_stage(doc, found)
    assert found.act is not None
    if found.act.area == "visit":
        return _meeting(doc, found)
    if found.verb is not None:
        return _of_verb(doc, found, found.act.status)
    behind = _behind(doc, found)
    if behind is not None:
        return behind
    since = -1
    if before is not None and before.end < found.first:
        since = before.first - 1 if before.verb is not None else before.end  # «ناقش مع نظيره إقامة مناورات»
    nearest = _before(doc, found, since)
    weak = nearest is None or nearest[1] not in _STRONG
    if inherited is not None and inherited.condition and before is not None and weak:
        return Stage(inherited.status, True, f"list: {inherited.rule}")
    if item and inherited is not None and weak:
        return Stage(inherited.status, inherited.condition, f"list: {inherited.rule}")
    if nearest is not None:
        return nearest[0]
    if inherited is not None and before is not None and before.act is not None and before.act.area != "visit":
        return Stage(inherited.status, inherited.condition, f"list: {inherited.rule}")
    return Stage(found.act.status, False, _DEFAULT)


def named_stage(doc: Document, found: Found) -> Stage:
    """The stage of an agreement known by name or named before: only what stands right by it gives one.

    «رفض الاتفاق الذي أبرم» is refused whatever its relative clause says; «توقيع الاتفاق» is signed.
    """
    nearest = _before(doc, found, max(found.start - _CLOSE - 1, -1))
    close = None
    if nearest is not None and nearest[1] in _DEFINITE:
        close = nearest[0]._replace(rule=f"close {nearest[0].rule}")
    if close is not None and close.status in ("refused", "suspended"):
        return close
    return _behind(doc, found) or close or Stage("agreed", False, _DEFAULT)


def announced(doc: Document, sentence: int) -> Stage | None:
    """The stage that a list inherits from the sentence that announces it («اتفق الجانبان على ما يلي:»)."""
    low, high = doc.sentences[sentence]
    for k in range(low, high + 1):
        for v in _finite(doc, k):
            marker = marker_verbs().get(v.form.lemma)
            if marker is not None and marker.id in _ANNOUNCING:
                return Stage(_tense(doc, k, v, marker), False, f"announced by verb: {marker.id}")
    return None


_DEFAULT = "default of the act"


def is_default(stage: Stage) -> bool:
    """Whether nothing in the text gave the stage."""
    return stage.rule == _DEFAULT


def _negated(doc: Document, k: int) -> bool:
    return k > 0 and "negation" in doc.words[k - 1].classes


def _future(doc: Document, k: int, v: VerbReading) -> bool:
    return v.future or (k > 0 and v.form.kind == "present" and doc.words[k - 1].stem_key in _WILL)


def _tense(doc: Document, k: int, v: VerbReading, marker: Marker) -> str:
    return marker.status if v.form.kind == "past" else marker.coming


def _of_verb(doc: Document, found: Found, default: str) -> Stage:
    v = found.verb
    assert v is not None
    if _negated(doc, found.first):
        return Stage("refused", False, "negated verb")
    if v.form.kind == "present" and default == "done":
        return Stage("planned", False, "present or future of the verb")
    return Stage(default, False, "verb")


def _meeting(doc: Document, found: Found) -> Stage:
    """A meeting is done, planned or going on, by the tense of what stands next to it."""
    v = found.verb
    if v is not None:
        if _negated(doc, found.first):
            return Stage("refused", False, "negated verb")
        if v.form.kind == "present":
            ongoing = v.form.lemma == _VISIT and not _future(doc, found.first, v)
            return Stage("in_force" if ongoing else "planned", False, "present or future of the verb")
        return Stage("done", False, "past of the verb")
    behind = _behind(doc, found)
    if behind is not None:
        return behind._replace(status=_MEETING.get(behind.status, behind.status))
    low = max(doc.sentences[doc.sentence_of[found.first]][0], found.start - _MEETING_REACH)
    if any(r.future for k in range(found.end + 1, min(found.end + 4, len(doc.words))) for r in doc.words[k].verbs):
        return Stage("planned", False, "future verb behind")
    if _purpose(doc, found.start):
        return Stage("planned", False, "purpose")
    for k in range(found.start - 1, low - 1, -1):
        for phrase, marker in longest(doc, k, found.first, doc.words[k].begun.before)[:1]:
            if k + len(phrase) <= found.start and marker.id in _OF_MEETING:
                return Stage(marker.status, False, f"before: {marker.id}")
        for r in _finite(doc, k):
            if r.form.kind == "past" and not _negated(doc, k):
                return Stage("done", False, "past verb before")
            if not doc.words[found.first].stems.isdisjoint(_STAYS) and not _future(doc, k, r) and not _negated(doc, k):
                return Stage("in_force", False, "present verb before")  # «يؤدي الوزير زيارة»
            return Stage("planned", False, "present or future verb before")
    return Stage("done", False, _DEFAULT)


def _finite(doc: Document, k: int) -> list[VerbReading]:
    """The finite readings of a word that is nothing else: no name, no particle, no adverb."""
    w = doc.words[k]
    if k in doc.mentions or "adverb" in w.classes or (w.function and "auxiliary" not in w.classes):
        return []
    noun = any(v.form.kind == "masdar" and not v.pronoun for v in w.verbs)  # إقامة is no «أقامه»
    return [v for v in w.verbs if v.finite and not v.article and v.form.person != 2 and not (v.pronoun and noun)]


def _purpose(doc: Document, k: int) -> bool:
    """«للقاء ...», «لإجراء محادثات»: still to come when the report was written."""
    w = doc.words[k]
    return w.preposition == _TO and w.key.startswith(_TO) and "own_letter" not in w.classes


def _behind(doc: Document, found: Found) -> Stage | None:
    """«... الموقعة بين», «... الذي وقع», «... المقرر»: what describes the act behind its head."""
    high = doc.sentences[doc.sentence_of[found.first]][1]
    for k in range(found.last + 1, min(max(found.end, found.last) + _BEHIND, high) + 1):
        if not doc.tokens[k].is_word:
            if doc.tokens[k].text in "،,.؛:" and k > found.last + 1:
                break
            continue
        for _, marker in longest(doc, k, high, doc.words[k].begun.after)[:1]:
            near = marker.id == "sign" or k <= found.last + 2
            if near and (doc.words[k].article or k > found.end):
                return Stage(marker.status, marker.condition, f"behind: {marker.id}")
        if "relative" in doc.words[k].classes and k < high:
            stages = [s for j in (k + 1, k + 2) if j <= high and (s := _relative(doc, j)) is not None]
            telling = [s for s in stages if not s.rule.endswith("complete")]
            return next(iter(telling or stages), None)
    return None


def _relative(doc: Document, k: int) -> Stage | None:
    for v in doc.words[k].verbs:
        if not v.finite:
            continue
        marker = marker_verbs().get(v.form.lemma)
        if _future(doc, k, v):
            return Stage("planned", False, "future relative clause")
        if marker is not None and marker.id in _OF_RELATIVE:
            return Stage(_tense(doc, k, v, marker), False, f"relative clause: {marker.id}")
    for _, marker in longest(doc, k, min(k + 3, len(doc.words) - 1), doc.words[k].begun.before)[:1]:
        if marker.id in _OF_RELATIVE:
            return Stage(marker.status, False, f"relative clause: {marker.id}")
    return None


def _before(doc: Document, found: Found, since: int) -> tuple[Stage, str] | None:
    """The nearest marker to the left in the sentence and behind token *since*, with its id."""
    low = max(doc.sentences[doc.sentence_of[found.first]][0], found.first - _REACH, since + 1)
    for k in range(found.first - 1, low - 1, -1):
        if not doc.tokens[k].is_word:
            if doc.tokens[k].text in ".؛":
                break
            continue
        for phrase, marker in longest(doc, k, found.first, doc.words[k].begun.before)[:1]:
            if marker.condition and "preposition" in doc.words[k].classes and doc.tokens[k - 1].is_word:
                continue  # «التأكيد على أن» is no condition, «، على أن» is
            if k + len(phrase) <= found.first or (k + len(phrase) - 1 == found.first and len(phrase) > 1):
                governor = _governor(doc, k, low) if marker.id in _EVENTS else None
                if governor is not None:
                    return governor
                return _resolve(doc, k, marker.status, marker, f"before: {marker.id}"), marker.id
        for v in _finite(doc, k):
            marker_ = marker_verbs().get(v.form.lemma)
            if marker_ is not None:
                return _resolve(doc, k, _tense(doc, k, v, marker_), marker_, f"verb: {marker_.id}"), marker_.id
    return None


def _governor(doc: Document, k: int, low: int) -> tuple[Stage, str] | None:
    """What governs a marker that is itself a verbal noun («ضرورة مواصلة ...», «اتفقا على بدء التباحث ...»)."""
    for j in range(k - 1, max(low, k - _GOVERNING) - 1, -1):
        if not doc.tokens[j].is_word or doc.words[j].that:
            return None
        for phrase, marker in longest(doc, j, k - 1, doc.words[j].begun.before)[:1]:
            if marker.id in _GOVERNORS and j + len(phrase) <= k:
                return _resolve(doc, j, marker.status, marker, f"over: {marker.id}"), marker.id
        for v in _finite(doc, j):
            marker_ = marker_verbs().get(v.form.lemma)
            if marker_ is None or marker_.id not in _GOVERNORS:
                return None
            return _resolve(doc, j, _tense(doc, j, v, marker_), marker_, f"over: verb: {marker_.id}"), marker_.id
    return None


def _resolve(doc: Document, k: int, status: str, marker: Marker, rule: str) -> Stage:
    if _negated(doc, k) and status != "refused":
        return Stage("refused", False, f"negated {rule}")
    if status == "signed" and _coming(doc, k):
        return Stage("planned", False, f"coming {rule}")
    return Stage(status, marker.condition, rule)


def _coming(doc: Document, k: int) -> bool:
    """Whether «توقيع» is announced and not reported: a future verb or «قريبا» stands by it."""
    low, high = doc.sentences[doc.sentence_of[k]]
    for j in range(max(low, k - 4), min(high, k + 6) + 1):
        if j <= k and any(v.future for v in doc.words[j].verbs):
            return True
        if any(m.id == "about_to_sign" for _, m in longest(doc, j, high, doc.words[j].begun.before)):
            return True
    return False
