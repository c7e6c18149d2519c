"""How far along an act is: from the words that govern it, their tense and their negation."""

from __future__ import annotations

from typing import NamedTuple

from mithaq.arabic.words import VerbReading
from mithaq.lexicon.keys import fold
from mithaq.lexicon.provisions import Marker, marker_verbs, marker_words
from mithaq.stages.acts import Found, longest
from mithaq.stages.document import Document

_REACH = 14  # tokens to the left within which a word still governs an act
_BEHIND = 7
_WILL = frozenset(fold(w) for w in ("سوف", "أن", "لن"))
_AFTER_REFUSED = frozenset(("signed", "done", "agreed", "planned", "in_force", "proposed", "discussed"))


class Stage(NamedTuple):
    """A status, whether it makes the act a condition, and the rule that gave it."""

    status: str
    condition: bool
    rule: str


def stage_of(doc: Document, found: Found, inherited: Stage | None) -> Stage:
    """The stage of an act; *inherited* is that of the list it stands in, if any."""
    default = found.act.status if found.act is not None else "agreed"
    if found.verb is not None:
        return _of_verb(doc, found, default)
    behind = _behind(doc, found)
    if behind is not None:
        return behind
    before = _before(doc, found)
    if before is not None:
        return before
    if inherited is not None:
        return Stage(inherited.status, inherited.condition, f"list: {inherited.rule}")
    return Stage(default, False, "default of the act")


def _negated(doc: Document, k: int) -> bool:
    return k > 0 and "negation" in doc.words[k - 1].classes


def _tense(doc: Document, k: int, v: VerbReading, marker: Marker) -> str:
    future = v.future or (k > 0 and doc.words[k - 1].stem_key in _WILL)
    if v.form.kind == "past" and not future:
        return marker.status
    return marker.coming


def _of_verb(doc: Document, found: Found, default: str) -> Stage:
    v = found.verb
    assert v is not None
    if _negated(doc, found.first):
        return Stage("refused", False, "negated verb")
    if v.form.kind == "present" and default == "done":
        return Stage("planned", False, "present or future of the verb")
    return Stage(default, False, "verb")


def _behind(doc: Document, found: Found) -> Stage | None:
    """«... الموقعة بين», «... الذي وقع», «... المقرر»: what describes the act behind its head."""
    high = doc.sentences[doc.sentence_of[found.first]][1]
    words = marker_words(after=True)
    for k in range(found.last + 1, min(max(found.end, found.last) + _BEHIND, high) + 1):
        if not doc.tokens[k].is_word:
            if doc.tokens[k].text in "،,.؛:" and k > found.last + 1:
                break
            continue
        for _, marker in longest(doc, k, high, words)[:1]:
            if doc.words[k].article or k > found.end:
                return Stage(marker.status, marker.condition, f"behind: {marker.id}")
        if k > found.last + 1 or "relative" in doc.words[k].classes:
            if k - 1 >= found.last and "relative" in doc.words[k - 1].classes:
                for v in doc.words[k].verbs:
                    marker_ = marker_verbs().get(v.form.lemma) if v.finite else None
                    if marker_ is not None and marker_.id in ("sign", "agree", "complete", "suspend", "carry_out"):
                        status = marker_.coming if v.form.kind == "present" else marker_.status
                        return Stage(status, False, f"relative clause: {marker_.id}")
    return None


def _before(doc: Document, found: Found) -> Stage | None:
    """The nearest marker to the left in the sentence."""
    low = max(doc.sentences[doc.sentence_of[found.first]][0], found.first - _REACH)
    words = marker_words(after=False)
    for k in range(found.first - 1, low - 1, -1):
        if not doc.tokens[k].is_word:
            if doc.tokens[k].text in ".؛":
                break
            continue
        w = doc.words[k]
        for phrase, marker in longest(doc, k, found.first, words)[:1]:
            if k + len(phrase) <= found.first + 1 and len(phrase[-1]) > 1 or k + len(phrase) - 1 == found.first:
                return _resolve(doc, k, marker.status, marker, f"before: {marker.id}")
        for v in w.verbs:
            if v.article or not v.finite or v.form.person == 2:
                continue
            marker_ = marker_verbs().get(v.form.lemma)
            if marker_ is not None:
                return _resolve(doc, k, _tense(doc, k, v, marker_), marker_, f"verb: {marker_.id}")
    return None


def _resolve(doc: Document, k: int, status: str, marker: Marker, rule: str) -> Stage:
    if _negated(doc, k) and status in _AFTER_REFUSED:
        return Stage("refused", False, f"negated {rule}")
    if status == "signed" and _coming(doc, k):
        return Stage("planned", False, f"coming {rule}")
    return Stage(status, marker.condition, rule)


def _coming(doc: Document, k: int) -> bool:
    """Whether «توقيع» is announced and not reported: a future verb or «قريبا» stands by it."""
    low, high = doc.sentences[doc.sentence_of[k]]
    words = marker_words(after=False)
    for j in range(max(low, k - 4), min(high, k + 6) + 1):
        if any(v.future for v in doc.words[j].verbs):
            return True
        if any(m.id == "about_to_sign" for _, m in longest(doc, j, high, words)):
            return True
    return False
