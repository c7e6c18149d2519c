"""A second look where no frame fitted: the object was read as the end of the subject, or the subject stands before."""

from __future__ import annotations

from dataclasses import replace

from mithaq.arabic.words import VerbReading
from mithaq.lexicon.function_words import particles
from mithaq.stages.document import Actor, Document, Statement
from mithaq.stages.frames import Frame

_NISBA = tuple(sorted(particles("nisba")))
_APART = 8  # tokens of a subject and what describes it, before its verb


def retry(doc: Document, s: Statement, end: int, v: VerbReading) -> bool:
    """Whether the cue's bare object is found after all; sets the source and the content of the statement."""
    if "object" not in s.cue.frames or not v.finite or v.form.person != 3 or v.pronoun:
        return False
    after = s.source if s.source is not None and s.source.first > s.cue_last else None
    if after is not None and after.first in doc.actors and (first := _object_at_end(doc, after, end)) > 0:
        s.source = replace(after, last=first - 1)
        s.content = [(doc.tokens[first].start,) * 2]
        s.construction = "object"
        return True
    subject = _subject_apart(doc, s.cue_first, s.feminine)
    if subject is None:
        return False
    s.source, s.cue_last = subject, s.cue_first
    return Frame(doc, s, end, participle=False, pronoun=False).find()


def _object_at_end(doc: Document, actor: Actor, end: int) -> int:
    """«رئيسة البرلمان الطلب»، «الخطيب الموقف النرويجي»: the token of the object if the clause ends there, or -1."""
    after = actor.last + 1
    if actor.name_first >= 0 or (after <= end and doc.tokens[after].is_word):
        return -1
    first = actor.last
    if doc.words[first].key.endswith(_NISBA):
        first -= 1
    closed = first > actor.first and doc.words[first - 1].article and doc.tokens[first - 1].is_word
    plain = doc.words[first].article and not (doc.words[first].conjunction or doc.words[first].given)
    inside = any(m.first < first <= m.last for k in range(actor.first, first) if (m := doc.mentions.get(k)) is not None)
    return first if closed and plain and not inside and first not in doc.actors else -1  # «الولايات المتحدة»


def _subject_apart(doc: Document, i: int, feminine: bool) -> Actor | None:
    """«أن نقابة العاملين في الموانئ انتقدت ...»: who stands at the beginning of the clause, with no verb between."""
    low = doc.sentences[doc.sentence_of[i]][0]
    for k in range(i - 1, max(low - 1, i - _APART), -1):
        word = doc.words[k]
        if not doc.tokens[k].is_word or "relative" in word.classes:
            return None
        if any(o.finite and o.form.kind == "past" for o in word.verbs) and k not in doc.mentions and not word.article:
            return None
        actor = doc.actors.get(k)
        opened = k == low or doc.words[k - 1].that or bool(doc.words[k - 1].classes & {"conjunction", "auxiliary"})
        if actor is None or not opened or word.preposition:
            continue
        mention = doc.mentions.get(k)
        attached = mention is not None and bool(mention.reading.preposition)
        return actor if actor.last < i and actor.feminine == feminine and not attached else None
    return None
