"""Where the content of a cue begins: the frames of ``data/cues``, tried from the cue rightwards."""

from __future__ import annotations

from dataclasses import replace

from mithaq.arabic.quotes import Quote
from mithaq.lexicon.cues import cues
from mithaq.lexicon.function_words import classes_of, function_words
from mithaq.lexicon.keys import fold
from mithaq.stages.document import Actor, Document, Statement
from mithaq.stages.scan import scan_actor
from mithaq.stages.spans import after_letters

_REACH = 45  # tokens from a cue within which its content must begin
_SHORT_QUOTE = 3  # tokens; shorter quotations after a preposition or a media noun are names

_IDENTITY = 6  # tokens from «طلب» within which «اسمه» or «هويته» follows

_REACH_AROUND = 5
_LOOK_AHEAD = 35  # tokens after a comma within which the content must begin
_HEADS = ("institution", "role", "document")
_PARENTHESIS = 12  # tokens of an aside in brackets
_AROUND = frozenset(phrase[0] for cue in cues() if cue.place == "around" for phrase in cue.phrases) - {
    fold("كما"),
    fold("على"),
}

_TO = fold("لل")
_WITH_THE = fold("بال")
_WITH = fold("ب")
_THESE = fold("هؤلاء")
_BY_SAYING = fold("بالقول")
_FROM = fold("من")
_WHAT = fold("ما")
_PLURAL = fold("ات")
_THAT = fold("أن")
_SAY = "قال"  # the lemma whose participle completes another cue: «تابع قائلا»


def anonymity(doc: Document, p: int) -> bool:
    """Whether the verb at *p* only says that someone will not be named: «طلب عدم ذكر اسمه»."""
    return any("identity" in doc.words[k].classes for k in range(p + 1, min(p + _IDENTITY, len(doc.words))))


def speaks_here(doc: Document, p: int) -> bool:
    """Whether the participle at *p* is in the accusative or has its content behind it: «متحدثة باسم ...» has not."""
    if doc.words[p].key.endswith("ا") or p + 1 >= len(doc.words):
        return True
    following = doc.words[p + 1]
    leads = any(v.cue is not None and following.stem_key in v.cue.prepositions for v in doc.words[p].verbs)
    says = any(v.cue is not None and v.form.lemma == _SAY for v in doc.words[p].verbs)
    return leads or following.that or doc.tokens[p + 1].text in '«“"' or (says and doc.tokens[p + 1].text == ":")


class Frame:
    """Walks from a cue to the place where its content begins, and collects the source on the way."""

    def __init__(self, doc: Document, statement: Statement, end: int, *, participle: bool, pronoun: bool) -> None:
        self.doc = doc
        self.s = statement
        self.cue = statement.cue
        self.end = min(end, statement.cue_last + _REACH)
        self.participle = participle
        self.addressed = pronoun
        self.asked = False  # past «من ...» of a request
        self.skipping = False  # inside a prepositional phrase or a relative clause: its nouns are not the source

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
        quote = next((q for q in doc.quotes if q.opening == p), None)
        if quote is not None:
            start = doc.tokens[quote.first].start
            bare = doc.words[quote.first].key == _THAT and quote.first < quote.last
            if bare and not any(v.finite for v in doc.words[quote.first + 1].verbs):
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
        if word.key in _AROUND and (past := self._past_around(p)):
            return past
        if len(word.key) == 1 and word.key in cue.prepositions:
            return self._begin(p + 1, "preposition")  # «بـ«الدعوة إلى ...»»
        if len(word.key) == 1:
            return 1  # «لـ«الأخبار»»: the letter before a name in quotation marks
        if word.that and doc.words[p - 1].stem_key in function_words()["before_that"]:
            self.skipping = True  # «بعد أن ...» is a time, not a content
            return 1
        if word.that:
            if "that" in cue.frames or (word.key[:1] in cue.prepositions and word.key[:1] == "ب"):
                return self._begin(p + 1, "that")
            return -1
        if word.stem_key in cue.prepositions and "preposition" in word.classes and not word.conjunction:
            if self._unaddressed(p):
                return -1
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
        spoken = next((v for v in word.verbs if v.circumstantial and v.cue is not None), None)
        adverb = "adverb" in word.classes  # «مجددا»
        if spoken is not None and not (word.article or self.participle or adverb) and speaks_here(doc, p):
            return self._participle(p, spoken.form.lemma == _SAY)
        actor = doc.actors.get(p)
        attached = self._attached_preposition(p)
        if attached and self._unaddressed(p):
            return -1
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
            return self._begin(p, "object")  # «نفى الوزير ما راج عن ...»
        if "relative" in word.classes or "preposition" in word.classes or "turn" in word.classes:
            self.skipping = True
            return 1
        if p == self.s.cue_last + 1 and any(v.form.lemma == _SAY and v.form.kind == "present" for v in word.verbs):
            self.s.cue_last = self.s.completed = p  # «كتب يقول»
            return 1
        if (not self.skipping or self._new_clause(p)) and self._other_cue(p):
            return -1
        if "pronoun" in word.classes and not self.skipping:
            if word.conjunction and self.s.source is not None:
                self.skipping = True  # «حسين، وهو منسق ...»
                return 1
            following = doc.words[p + 1] if p < self.end else word
            if following.key == _BY_SAYING or any(v.circumstantial and v.form.lemma == _SAY for v in following.verbs):
                return -1  # «أوضح الوزير ذلك قائلا»: the participle speaks
            if p < self.end and self._object(p + 1):
                return self._begin(p, "object")  # «هذه الخطوة»
            if self.s.source is not None and "bare" in cue.frames:
                return self._begin(p, "bare")
            self.s.plural = self.s.plural or word.key == _THESE
        if self.skipping or word.function:
            return 1 if "conjunction" not in word.classes or self.skipping else -1
        return self._plain(p)

    def _other_cue(self, p: int) -> bool:
        word = self.doc.words[p]
        finite = any(v.cue is not None and v.finite and v.form.person == 3 and not v.form.passive for v in word.verbs)
        noun = any(v.form.kind == "masdar" and v.pronoun for v in word.verbs)  # «رفضه»
        return finite and not (noun or word.article or word.given or p in self.doc.actors or anonymity(self.doc, p))

    def _new_clause(self, p: int) -> bool:
        """Whether a conjunction or «في حين» stands before the verb at *p*: it speaks for itself."""
        before = self.doc.words[p - 1]
        past = any(v.finite and v.form.kind == "past" and v.cue is not None for v in self.doc.words[p].verbs)
        return (
            past
            and not before.classes & {"relative", "preposition"}
            and bool(before.classes & {"conjunction", "clause_starter"})
        )

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
        ahead = next((q for q in doc.quotes if p < q.opening <= self.end and q.last - q.first > _SHORT_QUOTE), None)
        return ahead.opening - p if ahead is not None and "quote" in self.cue.frames else -1

    def _mark(self, p: int) -> int:
        doc, cue = self.doc, self.cue
        text = doc.tokens[p].text
        if text == "." and len(doc.words[p - 1].key) == 1:
            return 1  # «د. نبيل»
        if text == "(":
            close = next((k for k in range(p + 1, min(p + _PARENTHESIS, self.end) + 1) if doc.tokens[k].text == ")"), -1)
            return close - p + 1 if close > 0 else 1
        if text == ":" and not (p and doc.tokens[p - 1].text[-1].isdigit()):
            return self._begin(p + 1, "colon") if "quote" in cue.frames or "that" in cue.frames else -1
        quote = next((q for q in doc.quotes if q.opening == p), None)
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
            if self._quoted_name(quote):
                return quote.closing - p + 1
            after = quote.closing + 1
            if (
                quote.closed
                and quote.last - quote.first <= _SHORT_QUOTE
                and after <= self.end
                and doc.tokens[after].is_word
                and not doc.words[after].conjunction
                and not self.participle
                and not (self._object(quote.first) or "object" in cue.frames)
            ):
                return quote.closing - p + 1  # «واصل «الأهلي» تدريباته»
            long = quote.last - quote.first > _SHORT_QUOTE
            quoted = cue.frames & {"quote", "object"} or (long and cue.frames >= {"addressee", "that"})
            return self._begin(p, "quotation") if quoted else -1
        if text in "،," and self.asked:
            return 1
        if text in "،,":
            if p == self.s.cue_last + 1 and not self.participle:
                return 1
            if self._object_after(p):
                self.skipping = False
                return 1
            leads_on = self._leads_on(p)
            self.skipping = leads_on and self.skipping
            return 1 if leads_on else -1
        return -1 if text in ".!؟?؛;…" else 1

    def _leads_on(self, p: int) -> bool:
        """Whether a particle, colon, quotation or preposition that can begin the content still follows *p*."""
        if not self.cue.frames & {"that", "quote", "object"} and not self.cue.prepositions:
            return False
        doc = self.doc
        for k in range(p + 1, min(self.end, p + _LOOK_AHEAD) + 1):
            word = doc.words[k]
            if word.that or doc.tokens[k].text == ":" or word.stem_key in self.cue.prepositions:
                return bool(self.cue.frames & {"that", "quote"}) or word.stem_key in self.cue.prepositions
            if k > p and doc.tokens[k].text in "،," and self._object_after(k):
                return True
            if "quote" in self.cue.frames and any(
                q.opening == k and q.last - q.first > _SHORT_QUOTE for q in doc.quotes
            ):
                return True
            if any(v.finite and v.cue is not None and v.form.person == 3 and v.conjunction for v in word.verbs):
                return False
            if k > p + 1 and self._new_clause(k) and self._other_cue(k):
                return False
            if self.s.source is not None and k <= p + 8 and self._attached_preposition(k):
                return True
            spoken = next((v for v in word.verbs if v.circumstantial and v.cue is not None), None)
            if spoken is not None and "adverb" not in word.classes:
                return spoken.form.lemma == _SAY and "quote" in self.cue.frames and "object" not in self.cue.frames
        return False

    def _object_after(self, p: int) -> bool:
        """Whether the object of the cue follows the comma at *p*: «أكدت الرئاسة في بيان، مشاركة ...»."""
        if "object" not in self.cue.frames or p + 1 > self.end or self.asked:
            return False
        if self.s.source is None and not (self.participle or self.s.first_person):
            return False
        word = self.doc.words[p + 1]
        actor = self.doc.actors.get(p + 1)
        if word.article and self.s.source is not None and actor is None:
            masdar = any(v.form.kind == "masdar" and v.article and not v.conjunction for v in word.verbs)
            return (masdar or word.key.endswith(_PLURAL)) and not (word.conjunction or word.preposition)
        if word.article or word.function or word.preposition:
            return False
        if actor is not None and actor.kind not in ("anonymous", "document"):
            return False
        masdar = any(v.form.kind == "masdar" and not (v.conjunction or v.preposition) for v in word.verbs)
        return masdar or "abstract" in word.classes

    def _is_outlet(self, closing: int, length: int) -> bool:
        """«وعلمت «الصباح» من مصادرها أن»: a short quotation that a preposition or particle follows."""
        if length > 1 or closing + 1 > self.end:
            return False
        following = self.doc.words[closing + 1]
        return following.that or "preposition" in following.classes

    def _is_name(self, opening: int, length: int) -> bool:
        """«لـ«الأخبار»», «مع «الشرق الأوسط»»: a short quotation after a preposition or media noun is an outlet."""
        if length > _SHORT_QUOTE or opening == 0:
            return False
        before = self.doc.words[opening - 1]
        media = any(n.kind == "media" for _, ns in before.names for n in ns)
        return media or before.key in ("ل", "ب") or "preposition" in before.classes

    def _quoted_name(self, quote: Quote) -> bool:
        """A short quotation before the content is a name: who speaks («قال "أبو سعد": ...»), or part of it."""
        doc, after = self.doc, quote.closing + 1
        first = doc.words[quote.first]
        if not quote.closed or quote.last - quote.first > _SHORT_QUOTE or after > self.end or first.that:
            return False
        if any(v.form.kind == "masdar" for v in first.verbs) and quote.first not in doc.actors:
            return False
        if not self.cue.objects.isdisjoint(first.stems):
            return False
        told = doc.tokens[after].text == ":" or doc.words[after].that or self._leads_on(quote.closing)
        told = told or (doc.tokens[after].is_word and not doc.words[after].conjunction and self._object(after))
        if self.s.source is None and not self.participle:
            if told and self._source_place(quote.opening) >= 0:
                self.s.source = doc.actors.get(quote.first) or Actor(
                    quote.first, quote.last, "person", quote.first, quote.last
                )
            return told
        return told or (self.s.source is not None and self.s.source.last == quote.opening - 1 and self._object(after))

    def _attached_preposition(self, p: int) -> int:
        """Letters before the stem if the word at *p* begins with one of the cue's one-letter prepositions."""
        letters = {x for x in self.cue.prepositions if len(x) == 1}
        word = self.doc.words[p]
        if not letters or word.key[:1] not in letters or len(word.key) < 3 or "preposition" in word.classes:
            return 0
        if word.classes & {"own_letter", "adverb", "prepositional_pronoun"} or self._lexical_start(p):
            return 0
        return 1

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

    def _object(self, p: int) -> bool:
        """Whether a noun phrase that names what is said begins at *p*."""
        doc, cue = self.doc, self.cue
        word = doc.words[p]
        if word.key.startswith((_TO, _WITH_THE)) and word.article:
            return False
        head = doc.mentions.get(p - 1)
        if word.article and head is not None and head.name.kind in _HEADS and not doc.words[p - 1].article:
            return False  # «وزارة الشؤون»
        if word.key[:1] == _WITH and classes_of(word.key[1:]) & {"place_noun", "speech_noun"}:
            return False
        if not (cue.objects or "object" in cue.frames) or not cue.exceptions.isdisjoint(word.stems):
            return False
        if self.skipping:
            return self._late_object(p)
        if self.asked:
            return "abstract" in word.classes or any(v.form.kind == "masdar" and not v.conjunction for v in word.verbs)
        if cue.objects:
            return not cue.objects.isdisjoint(word.stems)
        masdar = any(v.form.kind == "masdar" and not v.preposition and not v.article for v in word.verbs)
        actor = doc.actors.get(p)
        if actor is not None and not self._is_object(actor, masdar):
            return False
        if word.function:
            return False
        if "abstract" in word.classes:
            return True
        if word.article and self.s.source is None and not (self.participle or self.s.first_person or self._told_in()):
            return self._definite_object(p)
        told = self.s.source is not None or self.participle or self.s.first_person or self._told_in()
        return masdar or (told and not word.function and "adverb" not in word.classes)

    def _definite_object(self, p: int) -> bool:
        """«وثمن الإقبال ...»، «ورفض الاتهامات»: what cannot be the subject of the verb is its object."""
        if not self.doc.statements or p in self.doc.actors or p != self.s.cue_last + 1:
            return False
        word, verbs = self.doc.words[p], self.doc.words[self.s.cue_first].verbs
        if any(v.form.kind in ("masdar", "present") and not v.future for v in verbs):
            return False
        masdar = any(v.form.kind == "masdar" and v.article for v in word.verbs)
        return masdar or (word.key.endswith(_PLURAL) and not self.s.feminine)

    def _told_in(self) -> bool:
        """«كلمة جدد فيها الترحيب ...»: who speaks is known from before."""
        k = self.s.cue_last + 1
        return (
            k <= self.end
            and "prepositional_pronoun" in self.doc.words[k].classes
            and not self.doc.words[k - 2].function
        )

    def _late_object(self, p: int) -> bool:
        """An object after an aside («أعلن النائب وهو ... معارضته»): a definite word before it ends what it could belong to."""
        doc, cue = self.doc, self.cue
        word, before = doc.words[p], doc.words[p - 1]
        if word.preposition or before.function or self.s.source is None or not doc.tokens[p - 1].is_word:
            return False
        if cue.objects:
            return not cue.objects.isdisjoint(word.stems)
        own = any(v.form.kind == "masdar" and v.pronoun and not (v.preposition or v.conjunction) for v in word.verbs)
        return own and (before.article or doc.quote_of[p - 1] >= 0)

    def _is_object(self, actor: Actor, masdar: bool) -> bool:
        """Whether someone named after the cue is what is spoken of and not who speaks."""
        if self.s.first_person:
            return "addressee" not in self.cue.frames
        if self.participle:
            after = self.doc.words[min(actor.last + 1, self.end)]
            return (
                "addressee" not in self.cue.frames
                and not (after.that or "abstract" in after.classes)
                and not any(v.form.kind == "masdar" and not v.preposition for v in after.verbs)
            )
        if self.s.source is None:
            return False
        if self.s.source.last < self.s.cue_first:
            return "addressee" not in self.cue.frames
        pair = {actor.kind, self.s.source.kind} <= {"state", "organisation", "institution"}
        if pair and actor.first == self.s.source.last + 1 and "addressee" not in self.cue.frames:
            return True  # «اتهمت أنقرة دمشق بـ...»: two in a row are subject and object
        if masdar and actor.kind == "anonymous":
            return True  # «مشاركة»، «معارضة»
        return actor.kind in ("document", "institution", "media") or (masdar and actor.first == actor.last)

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

    def _without_object(self, actor: Actor) -> Actor:
        """«أبرزت الصحف الكويتية رفض ...»: the object of the cue, if the name before it was read to its end."""
        listed = actor.first in self.doc.actors
        for k in range(actor.first + 1, actor.last + 1):
            sure = not listed or self.doc.words[k].key.startswith(_WITH)  # «الأمين العام للأمم المتحدة»
            if sure and k not in self.doc.mentions and self._attached_preposition(k) and not self.doc.words[k].given:
                return replace(actor, last=k - 1, name_last=min(actor.name_last, k - 1))  # «أشادت جماهير النادي بـ ...»
        around = next((k for k in range(actor.first + 1, actor.last + 1) if self.doc.words[k].key in _AROUND), -1)
        if around > 0:
            return replace(actor, last=around - 1, name_last=min(actor.name_last, around - 1))
        if not (self.cue.objects or "object" in self.cue.frames):
            return actor
        for k in range(actor.first + 1, actor.last + 1):
            word, mention = self.doc.words[k], self.doc.mentions.get(k)
            before = self.doc.mentions.get(k - 1)
            if mention is None:
                masdar = any(v.form.kind == "masdar" and not (v.article or v.preposition) for v in word.verbs)
                masdar = masdar or not self.cue.objects.isdisjoint(word.stems)
                cut = masdar and self.doc.words[k - 1].article and not word.given
            else:
                plain = mention.name.kind in ("anonymous", "document") and not mention.reading.preposition
                cut = plain and word.article and before is not None and before.name.how == "demonym"
            if cut:
                return replace(actor, last=k - 1, name_first=-1, name_last=-1)
        return actor

    def _compound(self, actor: Actor) -> Actor:
        """«الملك وضيفه»: two or more actors joined by و are one source."""
        last = actor.last
        while (following := self.doc.actors.get(last + 1)) is not None and last + 1 <= self.end:
            mention = self.doc.mentions.get(last + 1)
            if mention is None or not mention.reading.conjunction or mention.reading.preposition:
                break
            last = following.last
        return actor if last == actor.last else Actor(actor.first, last, actor.kind, plural=True)

    def _unaddressed(self, p: int) -> bool:
        """«اطلعت عليه»، «يشجع على»: with no one told or called on, a verb that needs someone is none that speaks."""
        needed = "addressee" in self.cue.frames and "that" not in self.cue.frames
        beside = p == self.s.cue_last + 1 or self._told_in()
        return needed and beside and not (self.addressed or self.participle)

    def _source_place(self, p: int) -> int:
        """*p* if only adverbs, whom it is told («لـ«الأفق»») or where («في بيان صحافي») stand before it, else -1."""
        doc, k = self.doc, self.s.cue_last + 1
        while k < p:
            word = doc.words[k]
            actor = doc.actors.get(k)
            channel = self._channel(k)
            if not doc.tokens[k].is_word or len(word.key) == 1 or word.classes & {"adverb", "prepositional_pronoun"}:
                k += 1
            elif channel:
                k += channel
            elif (
                doc.quote_of[k] >= 0
                and doc.quotes[doc.quote_of[k]].last - doc.quotes[doc.quote_of[k]].first <= _SHORT_QUOTE
            ):
                k = doc.quotes[doc.quote_of[k]].closing
            elif actor is not None and self._attached_any(k):
                k = actor.last + 1
            else:
                return -1
        return p

    def _past_around(self, p: int) -> int:
        """The tokens of «بحسب الوكالة» or «حسبما نقل عنه التلفزيون» between a cue and its content, 0 if no one is named."""
        for k in range(p + 1, min(p + _REACH_AROUND, self.end) + 1):
            actor = self.doc.actors.get(k)
            if actor is not None:
                return actor.last - p + 1
            if not self.doc.tokens[k].is_word:
                break
        return 0

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
            if (
                word.function
                or word.article
                or word.that
                or "adverb" in word.classes
                or any(v.form.kind == "masdar" for v in word.verbs)
            ):
                break
            k += 1
        named = k == p + 2 and doc.tokens[k].is_word and not doc.words[k].that and "adverb" not in doc.words[k].classes
        return 0 if named and not self._attached_any(k) and len(doc.words[k].key) > 1 else k - p

    def _plain(self, p: int) -> int:
        """A word that no lexicon knows: an unlisted name, a noun in its way, or the content of a bare frame."""
        doc = self.doc
        if "addressee" in self.cue.frames and doc.words[p].key in function_words()["addressee"]:
            self.addressed = self.skipping = True
            return 1
        if self.s.source is None and self._source_place(p) == p:
            actor = scan_actor(doc, p, self.end)
            if actor is not None and not self.participle:
                self.s.source = actor = self._without_object(actor)
                return actor.last - p + 1
            if self.participle and "addressee" not in self.cue.frames:
                return self._begin(p, "bare") if "bare" in self.cue.frames else -1
            return 1
        if self._leads_on(p):
            word = doc.words[p]
            aside = word.preposition and word.key.startswith((_TO, _WITH)) and "own_letter" not in word.classes
            self.skipping = self.skipping or word.key.startswith(_TO) or bool(aside and not self._lexical_start(p))
            return 1
        if "bare" in self.cue.frames and not doc.words[p].key.startswith(_TO):
            return self._begin(p, "bare")
        return 1 if self.cue.frames & {"addressee", "quote", "that"} or self.cue.prepositions else -1
