"""Whether a form of a cue's verb is a cue where it stands: its place in the clause, and who could speak."""

from __future__ import annotations

from mithaq.arabic.tokens import COMMAS
from mithaq.arabic.words import VerbReading
from mithaq.lexicon.function_words import function_words, letter, particle, particles
from mithaq.stages.document import Document, Statement
from mithaq.stages.frame_view import speaks_here
from mithaq.stages.spans import conjunction_letters

_SHADDA, _HAMZA = letter("shadda"), letter("hamza")
_NO_VERB = particles("no_verb")
_COPULA = 5  # tokens from «لا زال» to its predicate
_MA = particle("what")
_BARE_THAT = particles("bare_that")
_QAD = particles("between")
_SPEAKS = frozenset(("person", "institution", "anonymous", "document", "media", "state", "organisation", "group"))


def certain(doc: Document, s: Statement, i: int) -> bool:
    """Whether a word that is also a noun or preposition (بين، عبر، مضيفة) is a cue here: its clause says so."""
    clear = s.construction in ("that", "colon", "quotation")
    if _goes_on(doc, s, i):
        return True
    if "noun_like" in doc.words[i].classes:
        before = (
            s.source is not None and s.source.last == i - 1 and (doc.words[i - 1].article or s.source.name_first >= 0)
        )
        if s.construction == "quotation" and s.source is not None and s.source.first not in doc.actors:
            return False  # «ونقل الهجمة ...»
        return s.source is not None and s.construction != "bare" and (begins(doc, i, s) or before)
    starts = s.participle or begins(doc, i, s)
    if "preposition" in doc.words[i].classes:
        text, following = doc.tokens[i].text, doc.words[i + 1]
        if _SHADDA in text or text.startswith(_HAMZA):
            return clear or starts  # «بيّن» and not «بين», «أبان» and not «إبان»
        if "preposition" in following.classes and following.stem_key in s.cue.prepositions:
            return True  # «عبر عن»
        listed = s.source is not None and (s.source.first in doc.actors or s.source.last < i)
        led = i > 0 and bool(doc.words[i - 1].classes & {"auxiliary", "conjunction"})  # «كما بين أن ...»
        return starts and (listed or (clear and (bool(s.conjunction) or led)))
    if s.construction == "preposition":
        if s.source is not None and s.source.last == i - 1 and s.source.name_first >= 0:
            return True  # «لكن النائب طه العزاوي طالب بـ...»
        return s.participle or (starts and s.source is not None)
    return clear and starts


def _goes_on(doc: Document, s: Statement, i: int) -> bool:
    """«..., وطالب بتأجيل ...»، «..., وطلب نقل ...»: after a comma, the verb of whoever has just spoken."""
    if s.source is not None or s.participle or not s.conjunction or i == 0 or doc.tokens[i - 1].text not in COMMAS:
        return False
    spoken = bool(doc.statements) and doc.statements[-1].sentence == s.sentence
    attached = doc.words[i + 1].key[:1] in s.cue.prepositions if i + 1 < len(doc.words) else False
    masdar = doc.words[i + 1].masdar if i + 1 < len(doc.words) else False
    return spoken and ((s.construction == "preposition" and attached) or (s.construction == "object" and masdar))


def begins(doc: Document, i: int, s: Statement) -> bool:
    """Whether a clause begins at *i*: a sentence, a conjunction, a comma or «من جانبه» stands before it."""
    if i == doc.sentences[s.sentence][0] or s.conjunction or conjunction_letters(doc, i):
        return True
    if not doc.tokens[i - 1].is_word:
        return not any(q.closing == i - 1 for q in doc.quotes)
    return bool(doc.words[i - 1].classes & {"auxiliary", "conjunction", "turn"})


def finite_place(doc: Document, i: int, v: VerbReading) -> bool:
    """No finite verb follows a preposition («عن شكره») or a cue that takes it as its object."""
    if i == 0 or v.conjunction:
        return True
    before = doc.words[i - 1]
    if before.stem_key in _NO_VERB or "light_verb" in before.classes:
        return False
    if before.key in _BARE_THAT and v.form.kind == "past" and doc.words[i].masdar:
        return i > 1 and doc.words[i - 2].stem_key in function_words()["before_that"]  # «أن نشر الصور ...» is a noun
    return not ("preposition" in before.classes and before.stem_key not in _QAD and doc.tokens[i - 1].is_word)


def opens_clause(doc: Document, i: int, past: bool) -> bool:
    """Whether a verb with no subject before it begins a clause: what precedes is no plain noun that it would describe.

    A bare verb after a noun is a relative clause («صيغة توافق عليها»); after التي with no one named its subject is a
    thing («الأسباب التي تؤكد»).
    """
    if i == doc.sentences[doc.sentence_of[i]][0] or conjunction_letters(doc, i):
        return True
    if not doc.tokens[i - 1].is_word:  # «أن المباحثات التي جرت، أمس، تؤكد ...» has its subject before
        low = doc.sentences[doc.sentence_of[i]][0]
        return past or doc.tokens[i - 1].text not in COMMAS or not any(doc.words[k].that for k in range(low, i))
    before = doc.words[i - 1]
    if "relative" in before.classes:
        return before.key.endswith(_MA)
    return before.function or bool(before.classes & {"adverb", "turn", "prepositional_pronoun"})


def after_ma(doc: Document, i: int) -> bool:
    """Whether a relative pronoun stands before *i*."""
    return i > 0 and "relative" in doc.words[i - 1].classes


def speakable(doc: Document, s: Statement) -> bool:
    """A bare object makes a cue only of someone who can speak: not of an event or a thing."""
    if s.source is None:
        return s.participle or bool(doc.statements) or s.first_person
    bare = s.source.first not in doc.actors
    told = doc.words[s.source.first].article and begins(doc, s.cue_first, s) and s.source.last > s.cue_first
    start = s.content[0][0]
    if bare and told:
        k = next(k for k in range(s.source.last + 1, len(doc.words)) if doc.tokens[k].start >= start)
        past = any(v.form.kind == "past" and v.cue is s.cue for v in doc.words[s.cue_first].verbs)
        if past and any(v.form.kind == "masdar" and not v.article for v in doc.words[k].verbs):
            return True  # «ورفض المؤتمر توقيع ...»
    named = any(doc.words[k].given for k in range(s.source.first, s.source.last + 1))
    return s.source.kind in _SPEAKS and (not bare or named or s.source.kind == "media")


def is_circumstance(doc: Document, i: int) -> bool:
    """Participles speak where they stand as a circumstance, not as the predicate of كان or an adjective."""
    before = doc.words[i - 1] if i else None
    if before is None or "auxiliary" in before.classes or doc.words[i].article:
        return False
    for k in range(i - 1, max(doc.sentences[doc.sentence_of[i]][0], i - _COPULA) - 1, -1):
        if not doc.tokens[k].is_word:
            break
        if "copula" in doc.words[k].classes:
            return False  # «لا زال بعضهم متحفظا على ...»
    if not doc.tokens[i - 1].is_word or i + 1 >= len(doc.words):
        return True
    return speaks_here(doc, i)


def may_speak(doc: Document, s: Statement, v: VerbReading, i: int) -> bool:
    """Whether the cue's entry and form allow this source: «يذكر أن» and «سئل الوزير» have none."""
    if s.cue.sources and (s.source is None or s.source.kind not in s.cue.sources):
        return False
    if s.source is not None and s.source.last < i:
        return True
    return s.source is not None or "impersonal" not in doc.words[i].classes
