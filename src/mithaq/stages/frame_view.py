"""What a frame sees at one token: other cues, attached prepositions, asides."""

from __future__ import annotations

from functools import cache

from mithaq.arabic.tokens import COMMAS
from mithaq.arabic.words import VerbReading, Word
from mithaq.lexicon.cues import cues
from mithaq.lexicon.function_words import letter, particle, particles
from mithaq.stages.document import Document, Statement

TO = particle("to_the")
WITH = particle("by")
SAY = particle("say")
_ALIF = letter("alif")
SHORT_QUOTE = 3  # tokens; shorter quotations after a preposition or a media noun are names

_COMMON = particles("common")
_REACH = 45  # tokens from a cue within which its content must begin
_RELATIVE = 12  # tokens of a clause that says more about such a source
_REACH_AROUND = 5  # tokens after «حسبما» within which its source begins
_LOOSE = frozenset(("adverb", "prepositional_pronoun"))
_CLAUSE_STARTERS = ("conjunction", "clause_starter")
_CLAUSE_INSIDE = ("relative", "preposition")
_WHOLE = ("own_letter", "adverb", "prepositional_pronoun", "meanwhile")  # words whose first letter is their own
_IDENTITY = 6  # tokens from «طلب» within which «اسمه» or «هويته» follows


@cache
def around_heads() -> frozenset[str]:
    """The words that begin «بحسب الوكالة» and its like, which may stand between a cue and its content."""
    first = (phrase[0] for cue in cues() if cue.place == "around" for phrase in cue.phrases)
    return frozenset(first) - _COMMON


@cache
def _letters(prepositions: frozenset[str]) -> frozenset[str]:
    """Those that are written with the word behind them."""
    return frozenset(p for p in prepositions if len(p) == 1)


def anonymity(doc: Document, p: int) -> bool:
    """Whether the verb at *p* only says that someone will not be named: «طلب عدم ذكر اسمه»."""
    return any("identity" in word.classes for word in doc.words[p + 1 : p + _IDENTITY])


def speaks_here(doc: Document, p: int) -> bool:
    """Whether the participle at *p* is in the accusative or has its content behind it: «متحدثة باسم ...» has not."""
    if doc.words[p].key.endswith(_ALIF) or p + 1 >= len(doc.words):
        return True
    following = doc.words[p + 1]
    for v in doc.words[p].verbs:
        if v.cue is None or not v.circumstantial:
            continue
        own = any(m.form.kind == "masdar" and m.pronoun for m in following.verbs) or "abstract" in following.classes
        if v.form.lemma == SAY or following.stem_key in v.cue.prepositions or (own and "object" in v.cue.frames):
            return True
    return following.that or doc.tokens[p + 1].text in '«“"'


def participle(word: Word) -> VerbReading | None:
    """The reading of a word as a participle that says something beside its verb: قائلا، مؤكدا."""
    return next((v for v in word.verbs if v.circumstantial and v.cue is not None), None)


class View:
    """A cue, the tokens after it, and what has been passed on the way to its content."""

    def __init__(self, doc: Document, statement: Statement, end: int, *, participle: bool, pronoun: bool) -> None:
        self.doc = doc
        self.s = statement
        self.cue = statement.cue
        self.letters = _letters(self.cue.prepositions)
        self.end = min(end, statement.cue_last + _REACH)
        self.participle = participle
        self.addressed = pronoun
        self.asked = False  # past whom something is asked of
        self.clause = 0, 0  # from some token on, the next that says something or is أن
        self.skipping = False  # inside a prepositional phrase or a relative clause: its nouns are not the source

    def _other_cue(self, p: int) -> bool:
        word = self.doc.words[p]
        if not word.says:
            return False
        if self.s.source is not None and p == self.s.source.last + 1 and not any(v.conjunction for v in word.verbs):
            return False  # the name goes on
        if "noun_like" in word.classes and not any(v.conjunction for v in word.verbs):
            return False  # a noun in a title
        finite = any(v.cue is not None and v.finite and v.form.person == 3 and not v.form.passive for v in word.verbs)
        noun = any(v.form.kind == "masdar" and v.pronoun for v in word.verbs)
        return finite and not (noun or word.article or word.given or p in self.doc.actors or anonymity(self.doc, p))

    def _new_clause(self, p: int) -> bool:
        """Whether a conjunction or «في حين» stands before the verb at *p*: it speaks for itself."""
        word, before = self.doc.words[p], self.doc.words[p - 1].classes
        if not word.says or before.isdisjoint(_CLAUSE_STARTERS) or not before.isdisjoint(_CLAUSE_INSIDE):
            return False
        return any(v.finite and v.form.kind == "past" and v.cue is not None for v in word.verbs)

    def _attached_preposition(self, p: int) -> int:
        """Letters before the stem if the word at *p* begins with one of the cue's one-letter prepositions."""
        word = self.doc.words[p]
        if word.key[:1] not in self.letters or len(word.key) < 3:
            return 0
        if "preposition" in word.classes and not self._with_own(p):
            return 0
        if not word.classes.isdisjoint(_WHOLE) or self._lexical_start(p):
            return 0
        return 1

    def _with_own(self, p: int) -> bool:
        """«نوه بمشاركة روسيا»: right after the cue, what is elsewhere «بمشاركة» is the cue's own object."""
        beside = p == self.s.cue_last + 1 or (p == self.s.cue_last + 2 and not self.doc.tokens[p - 1].is_word)
        return beside and any(v.form.kind == "masdar" and v.preposition for v in self.doc.words[p].verbs)

    def _lexical_start(self, p: int) -> bool:
        """Whether the word's first letter is its own: a listed name or title, or a verb's masdar (بحث، بيان)."""
        word = self.doc.words[p]
        mention = self.doc.mentions.get(p)
        if mention is not None:
            return not mention.reading.preposition
        return any(v.form.kind == "masdar" and not v.preposition and not v.conjunction for v in word.verbs)

    def _attached_any(self, p: int) -> bool:
        mention = self.doc.mentions.get(p)
        return mention is not None and bool(mention.reading.preposition)

    def _told_in(self) -> bool:
        """«كلمة جدد فيها الترحيب ...»: who speaks is known from before."""
        k = self.s.cue_last + 1
        return (
            k <= self.end
            and "prepositional_pronoun" in self.doc.words[k].classes
            and not self.doc.words[k - 2].function
        )

    def _unaddressed(self, p: int) -> bool:
        """«اطلعت عليه»، «يشجع على»: with no one told or called on, a verb that needs someone is none that speaks."""
        needed = "addressee" in self.cue.frames and "that" not in self.cue.frames
        beside = p == self.s.cue_last + 1 or self._told_in()
        return needed and beside and not (self.addressed or self.participle)

    def _past_around(self, p: int) -> int:
        """The tokens of «بحسب الوكالة»، «حسبما نقل عنه التلفزيون» before the content, 0 if no one is named."""
        for k in range(p + 1, min(p + _REACH_AROUND, self.end) + 1):
            actor = self.doc.actors.get(k)
            if actor is not None:
                return self._past_relative(actor.last + 1) - p
            if not self.doc.tokens[k].is_word:
                break
        return 0

    def _past_relative(self, p: int) -> int:
        """*p*, or the comma after the clause that begins there: «، وفق بيان نشرته أمس، ...»."""
        word = self.doc.words[min(p, self.end)]
        if not ("relative" in word.classes or any(v.finite and v.pronoun and not v.conjunction for v in word.verbs)):
            return p
        return next((k for k in range(p, min(p + _RELATIVE, self.end) + 1) if self.doc.tokens[k].text in COMMAS), p)

    def _channel(self, p: int) -> int:
        """The number of tokens of «في بيان صحافي» at *p*, 0 if there is no such phrase or a name ends it."""
        doc = self.doc
        if (
            "preposition" not in doc.words[p].classes
            or p + 2 > self.end
            or "speech_noun" not in doc.words[p + 1].classes
        ):
            return 0
        k = p + 2
        while k <= self.end and doc.tokens[k].is_word and k not in doc.actors:
            word = doc.words[k]
            if any(v.finite and v.pronoun for v in word.verbs):
                return 0  # «في جلسة عقدتها ...»
            if word.function or word.article or word.that or "adverb" in word.classes or word.masdar:
                break
            k += 1
        named = k == p + 2 and doc.tokens[k].is_word and not doc.words[k].that and not doc.words[k].classes & _LOOSE
        return 0 if named and not self._attached_any(k) and len(doc.words[k].key) > 1 else k - p
