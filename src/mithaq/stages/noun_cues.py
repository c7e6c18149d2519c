"""Verbal nouns as cues: «تأكيد الوزير على ...»، «دعوة المجلس إلى ...»، «رفض بلاده للقرار»."""

from __future__ import annotations

from mithaq.arabic.recent import recent
from mithaq.arabic.words import word
from mithaq.lexicon.cues import Cue, cue_of_noun
from mithaq.lexicon.function_words import particle
from mithaq.stages.document import Actor, Document, Statement
from mithaq.stages.spans import after_letters

_FOR = particle("for")
_SPEAKS = frozenset(("person", "institution", "state", "organisation", "group", "media", "anonymous"))
_ADJECTIVES = 2  # words between whose noun it is and the content: «رفض الجانبين القاطع لـ ...»


def noun_cue(doc: Document, i: int) -> Statement | None:
    """The statement of a verbal noun before an actor, whose it is, and what is said, or None."""
    w = doc.words[i]
    if w.article or "adverb" in w.classes:
        return None
    cue, letters = _cue(w.key)
    if cue is None:
        return None
    before = doc.words[i - 1] if i > doc.sentences[doc.sentence_of[i]][0] else None
    if before is not None and before.classes & {"preposition", "auxiliary"}:
        return None  # «أعرب عن ترحيب بلاده بـ ...»: what another cue is about
    if w.finite and (before is None or letters or not doc.tokens[i - 1].is_word):
        return None  # «، وتطرق الجانبان إلى ...» is rather a verb
    source = _whose(doc, i)
    end = doc.sentences[doc.sentence_of[i]][1]
    if source is None or source.last >= end:
        return None
    start = _content(doc, source.last + 1, end, cue)
    if start < 0:
        return None
    s = Statement(cue, i, i, "noun", doc.sentence_of[i], source=source)
    s.conjunction = letters
    s.content = [(start, start)]
    return s


@recent
def _cue(key: str) -> tuple[Cue | None, int]:
    """The cue that the word with this key is a noun of, and how many letters stand before the noun."""
    w = word(key)
    for v in w.verbs:
        told = v.cue is not None and "addressee" in v.cue.frames  # «إبلاغ المركز بـ ...»: whose it is may be told
        if v.form.kind == "masdar" and v.cue is not None and not (v.article or v.pronoun or told):
            return v.cue, len(v.conjunction) + len(v.preposition)
    nouns = cue_of_noun()
    stem = next((s for s in w.stems if s in nouns and key.endswith(s)), None)
    return (nouns[stem], len(key) - len(stem)) if stem is not None else (None, 0)


def _whose(doc: Document, i: int) -> Actor | None:
    actor = doc.actors.get(i + 1)
    if actor is None or actor.kind not in _SPEAKS:
        return None
    mention = doc.mentions.get(i + 1)
    if mention is not None and (mention.reading.prefix or mention.name.how == "demonym"):
        return None  # «مطالب روسية» are whose the context says
    return actor


def _content(doc: Document, p: int, end: int, cue: Cue) -> int:
    """The offset at which the content begins, -1 where nothing that the verb takes follows."""
    for k in range(p, min(p + _ADJECTIVES, end) + 1):
        w = doc.words[k]
        if not doc.tokens[k].is_word:
            return -1
        if w.that:
            return after_letters(doc, k + 1, 0) if "that" in cue.frames and k < end else -1
        if w.stem_key in cue.prepositions and "preposition" in w.classes and k < end:
            start = k + 2 if doc.words[k + 1].that else k + 1
            return after_letters(doc, start, 0) if start <= end else -1
        letters = {x for x in cue.prepositions if len(x) == 1} | ({_FOR} if "object" in cue.frames else set())
        own = w.classes & {"own_letter", "prepositional_pronoun", "adverb", "preposition"}
        mention = doc.mentions.get(k)
        attached = mention.reading.preposition if mention is not None else w.preposition
        if attached and attached in letters and w.key[:1] == attached and not own:
            return after_letters(doc, k, 1)
        if not w.article:
            return -1
    return -1
