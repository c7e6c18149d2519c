"""Where the content of a cue begins: the frames of ``data/cues``, tried from the cue rightwards."""

from __future__ import annotations

from dataclasses import replace

from mithaq.arabic.tokens import COMMAS
from mithaq.lexicon.function_words import function_words, particle, particles
from mithaq.stages.document import Actor
from mithaq.stages.frame_sources import Sources
from mithaq.stages.frame_view import SAY, SHORT_QUOTE, TO, WITH, around_heads, participle, speaks_here
from mithaq.stages.scan import scan_actor
from mithaq.stages.spans import after_letters

_PARENTHESIS = 12  # tokens of an aside in brackets
_THESE = particle("these")
_BY_SAYING = particle("by_saying")
_FROM = particle("from")
_WHAT = particle("what")
_ALL = particle("all")
_IN = particles("in")
_THAT = particle("that")


class Frame(Sources):
    """Walks from a cue to the place where its content begins, and collects the source on the way."""

    def find(self) -> bool:
        """Set the statement's source and first content character; False where no frame of the cue fits."""
        p = self.s.cue_last + 1
        while p <= self.end:
            step = self._at(p)
            if step == 0:
                return True
            if step < 0:
                return False
            p += step
        return False

    def _begin(self, p: int, construction: str, *, trim: int = 0) -> int:
        """The content begins at token *p*, after *trim* letters of it; returns 0, "found"."""
        doc = self.doc
        while p <= self.end and doc.tokens[p].text in ":،,-–":
            p += 1
        if p > self.end:
            return -1
        if doc.words[p].that:
            p += 1
            if construction == "preposition":
                construction = "that"  # «أشار إلى أن»: a clause, as after أن alone
        if p > self.end:
            return -1
        start = after_letters(doc, p, trim)
        quote = doc.quote_at.get(p)
        if quote is not None:
            start = doc.tokens[quote.first].start
            bare = doc.words[quote.first].key == _THAT and quote.first < quote.last
            if bare and not doc.words[quote.first + 1].finite:
                start = doc.tokens[quote.first + 1].start
        self.s.content = [(start, start)]
        self.s.construction = construction
        return 0

    def _at(self, p: int) -> int:
        """Tokens to skip from *p*, 0 when the content was found, -1 when there is none."""
        doc, cue = self.doc, self.cue
        token, word = doc.tokens[p], doc.words[p]
        if not token.is_word:
            return self._mark(p)
        if p == self.s.cue_last + 1 and not cue.exceptions.isdisjoint(word.stems):
            return -1
        if word.key == _BY_SAYING and self.cue.frames & {"that", "quote"}:
            if p == self.s.cue_last + 1:
                self.s.cue_last = p
            self.s.completed = p
            self.skipping = False
            return 1
        if word.key == _ALL and p < self.end and doc.words[p + 1].key == _FROM and self.s.source is None:
            return 2  # «أكد كل من الوزير والسفير ...»
        if word.key in around_heads() and (past := self._past_around(p)):
            return past
        if len(word.key) == 1 and word.key in cue.prepositions:
            return self._begin(p + 1, "preposition")  # «بـ«الدعوة إلى ...»»
        if len(word.key) == 1:
            return 1  # «لـ«الأخبار»»: the letter before a name in quotation marks
        before = doc.words[p - 1]
        other = p - 1 > self.s.cue_last and "preposition" in before.classes and before.stem_key not in cue.prepositions
        if word.that and (other or before.stem_key in function_words()["before_that"]):
            self.skipping = True  # «بعد أن ...» is a time, «على أن ...» a condition, neither a content
            return 1
        if "that_not" in word.classes and "that" in cue.frames and self.participle:
            return self._begin(p, "that")  # «متوقعا ألا ...»
        if word.that:
            if "that" in cue.frames or (word.key[:1] in cue.prepositions and word.key[:1] == WITH):
                return self._begin(p + 1, "that")
            return -1
        if (
            word.stem_key in cue.prepositions
            and "preposition" in word.classes
            and not (word.conjunction or self._ali(p))
        ):
            if self._unaddressed(p):
                return -1
            if "speech_noun" in doc.words[p - 1].classes and self._comes_again(p):
                self.skipping = True  # «لفت في حديث إلى «الأفق» إلى أن ...»
                return 1
            if self._own_later(p):
                self.skipping = True
                return 1
            named = doc.actors.get(p + 1)
            if named is not None and named.last < self.end and doc.words[named.last + 1].that and "that" in cue.frames:
                return self._begin(named.last + 2, "that")  # «نقلت عن مسؤول أن ...»
            if p + 1 <= self.end and not cue.exceptions.isdisjoint(doc.words[p + 1].stems):
                return -1
            return self._begin(p + 1, "preposition")
        if word.key.startswith(_FROM) and "prepositional_pronoun" in word.classes and "from" in cue.frames:
            self.asked = True  # «طلب منهم تحديد ...»
            return 1
        if word.key == _FROM and "from" in cue.frames and not self.skipping:
            asked = doc.actors.get(p + 1)
            self.asked = True
            return asked.last - p + 1 if asked is not None else 1
        spoken = participle(word) if word.says and not self._describes_source(p) else None
        aside = spoken is not None and not (word.article or self.participle or "adverb" in word.classes)
        if spoken is not None and aside and speaks_here(doc, p):
            return self._participle(p, spoken.form.lemma == SAY)
        actor = doc.actors.get(p)
        newest = doc.actors.get(p + 1) if "latest" in word.classes and self.s.source is None else None
        if newest is not None and self._source_place(p) == p:
            return self._actor(replace(newest, first=p))
        attached = self._attached_preposition(p)
        if attached and self._unaddressed(p):
            return -1
        if attached and p > self.s.cue_last + 1 and self._clause_ahead(p):
            self.skipping = True  # «ذكرت النائبة، خلال ندوة بمقر الهيئة، أن ...»
            return 1
        if attached and actor is not None and "speech_noun" in doc.words[p - 1].classes and self._leads_on(actor.last):
            return actor.last - p + 1  # «في تصريح لوكالة الأنباء»
        if attached and (
            self.s.source is not None or p > self.s.cue_last + 1 or actor is None or actor.kind != "media"
        ):
            return self._begin(p, "preposition", trim=attached)
        if self._object(p):
            return self._begin(p, "object")
        if actor is not None and not self.skipping and not self._attached_any(p):
            return self._actor(actor)
        if "adverb" in word.classes or "prepositional_pronoun" in word.classes:
            return 1
        if not self.skipping and (channel := self._channel(p)):
            return channel
        if word.key == _WHAT and not self.skipping and "object" in cue.frames and self.s.source is not None:
            return self._begin(p, "object")
        if "relative" in word.classes or "preposition" in word.classes or "turn" in word.classes:
            self.skipping = True
            return 1
        if p == self.s.cue_last + 1 and any(v.form.lemma == SAY and v.form.kind == "present" for v in word.verbs):
            self.s.cue_last = self.s.completed = p
            return 1
        if (not self.skipping or self._new_clause(p)) and self._other_cue(p):
            return -1
        if "pronoun" in word.classes and not self.skipping:
            if word.conjunction and self.s.source is not None:
                self.skipping = True  # «حسين، وهو منسق ...»
                return 1
            following = doc.words[p + 1] if p < self.end else word
            if following.key == _BY_SAYING or any(v.circumstantial and v.form.lemma == SAY for v in following.verbs):
                return -1  # «أوضح الوزير ذلك قائلا»: the participle speaks
            if p < self.end and self._object(p + 1):
                return self._begin(p, "object")
            if self.s.source is not None and "bare" in cue.frames:
                return self._begin(p, "bare")
            self.s.plural = self.s.plural or word.key == _THESE
        if "foreign_name" in word.classes and self.s.source is not None and p == self.s.source.last + 1:
            return 1
        if self.skipping or word.function:
            return 1 if "conjunction" not in word.classes or self.skipping else -1
        return self._plain(p)

    def _clause_ahead(self, p: int) -> bool:
        """Whether the clause that is said is still to come behind the noun at *p*."""
        if "that" not in self.cue.frames:
            return False
        return self._that_after_comma(p) or (self.skipping and self._preposition_ahead(p))

    def _participle(self, p: int, saying: bool) -> int:
        """«تابع قائلا» is one cue; any other participle takes over, unless a quotation for this cue comes after it."""
        doc = self.doc
        if saying:
            if p == self.s.cue_last + 1:
                self.s.cue_last = p
            elif "quote" not in self.cue.frames:
                return -1
            self.s.completed = p
            self.skipping = False
            return 1
        quotes = (doc.quote_at.get(k) for k in range(p + 1, self.end + 1))
        ahead = next((q for q in quotes if q is not None and q.last - q.first > SHORT_QUOTE), None)
        return ahead.opening - p if ahead is not None and "quote" in self.cue.frames else -1

    def _mark(self, p: int) -> int:
        doc, cue = self.doc, self.cue
        text = doc.tokens[p].text
        if text == "." and doc.sentences[self.s.sentence][1] > p:
            return 1  # «د. نبيل»، «بي.بي.سي»: no end of the sentence
        if text == "(":
            close = next(
                (k for k in range(p + 1, min(p + _PARENTHESIS, self.end) + 1) if doc.tokens[k].text == ")"), -1
            )
            return close - p + 1 if close > 0 else 1
        if text == ":" and not (p and doc.tokens[p - 1].text[-1].isdigit()):
            return self._begin(p + 1, "colon") if "quote" in cue.frames or "that" in cue.frames else -1
        quote = doc.quote_at.get(p)
        if quote is not None:
            if p > self.s.cue_last + 1 and self._is_name(quote.opening, quote.last - quote.first):
                return quote.closing - p + 1
            if (
                self.s.source is None
                and not self.participle
                and self._is_outlet(quote.closing, quote.last - quote.first)
            ):
                self.s.source = Actor(quote.first, quote.last, "media", quote.first, quote.last)
                return quote.closing - p + 1
            if p == self.s.cue_last + 1 and not cue.verb and doc.words[p - 1].key in _IN:
                return quote.closing - p + 1  # «ما جاء في «إعلان القاهرة»»
            if self._quoted_name(quote):
                return quote.closing - p + 1
            after = quote.closing + 1
            if (
                quote.closed
                and quote.last - quote.first <= SHORT_QUOTE
                and after <= self.end
                and doc.tokens[after].is_word
                and not doc.words[after].conjunction
                and not self.participle
                and not (self._object(quote.first) or "object" in cue.frames)
            ):
                return quote.closing - p + 1  # «واصل «الأهلي» تدريباته»
            long = quote.last - quote.first > SHORT_QUOTE
            quoted = cue.frames & {"quote", "object"} or (long and cue.frames >= {"addressee", "that"})
            return self._begin(p, "quotation") if quoted else -1
        if text in COMMAS and self.asked:
            return 1
        if text in "؛;" and p < self.end and (doc.words[p + 1].that or doc.tokens[p + 1].text in '«“"'):
            return 1
        if text in COMMAS:
            if p == self.s.cue_last + 1 and not self.participle:
                return 1
            if self._object_after(p):
                self.skipping = False
                return 1
            if "from" in cue.frames and self.s.source is not None and p < self.end and doc.words[p + 1].key == _FROM:
                self.skipping = False
                return 1  # «طلب النائب، من الوزير، تأجيل ...»
            if self._names_after(p):
                self.skipping = False
                return 1
            leads_on = self._leads_on(p)
            if not leads_on and "bare" in cue.frames and self.s.source is not None and self._says_on(p + 1):
                return self._begin(p + 1, "bare")
            self.skipping = leads_on and self.skipping
            return 1 if leads_on else -1
        return -1 if text in ".!؟?؛;…" else 1

    def _actor(self, actor: Actor) -> int:
        called = self.doc.words[actor.first].key in function_words()["addressee"] and self.s.source is None
        if "addressee" in self.cue.frames and (self.participle or called):
            self.addressed = self.addressed or called
            return actor.last - actor.first + 1
        if self.s.source is None and not self.addressed and actor.first == self._source_place(actor.first):
            self.s.source = self._compound(self._without_object(actor))
            return self.s.source.last - actor.first + 1
        elif "addressee" not in self.cue.frames and "object" not in self.cue.frames and "quote" not in self.cue.frames:
            return -1
        return actor.last - actor.first + 1

    def _says_on(self, p: int) -> bool:
        """«قال المتحدث باسم الجيش، أسفر الهجوم ...»: a clause of its own with nothing before it."""
        verbs = self.doc.words[p].verbs if p <= self.end else ()
        return any(v.finite and not v.conjunction and v.cue is None for v in verbs)

    def _plain(self, p: int) -> int:
        """A word that no lexicon knows: an unlisted name, a noun in its way, or the content of a bare frame."""
        doc = self.doc
        if "addressee" in self.cue.frames and doc.words[p].key in function_words()["addressee"]:
            self.addressed = self.skipping = True
            return 1
        if self._attached_any(p) and self.s.source is None and self._leads_on(p):
            self.skipping = True
            return 1
        if self.s.source is None and self._source_place(p) == p:
            actor = scan_actor(doc, p, self.end) or self._several(p)
            if actor is not None and not self.participle:
                self.s.source = actor = self._without_object(actor)
                return actor.last - p + 1
            if self.participle and "addressee" not in self.cue.frames:
                return self._begin(p, "bare") if "bare" in self.cue.frames else -1
            return 1
        if self._leads_on(p):
            word = doc.words[p]
            aside = word.preposition and word.key.startswith((TO, WITH)) and "own_letter" not in word.classes
            self.skipping = self.skipping or word.key.startswith(TO) or bool(aside and not self._lexical_start(p))
            return 1
        if doc.words[p].given and self.s.source is not None and p == self.s.source.last + 1:
            named = scan_actor(doc, p, self.end)
            return named.last - p + 1 if named is not None else 1
        if "bare" in self.cue.frames and not doc.words[p].key.startswith(TO):
            return self._begin(p, "bare")
        return 1 if self.cue.frames & {"addressee", "quote", "that"} or self.cue.prepositions else -1
