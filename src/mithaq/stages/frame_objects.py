"""Whether a noun after a cue is what is said: the objects of «أكد»، «رفض»، «نفى»."""

from __future__ import annotations

from dataclasses import replace

from mithaq.arabic.tokens import COMMAS
from mithaq.lexicon.function_words import classes_of, function_words, particle, particles
from mithaq.stages.document import Actor
from mithaq.stages.frame_view import SAY, SHORT_QUOTE, TO, WITH, View, around_heads, participle

_LOOK_AHEAD = 35  # tokens after a comma within which the content must begin
_NEAR = 8  # tokens of a source after its first noun, before the preposition of the cue
_SOUND_PLURAL = tuple(sorted(particles("sound_plural")))
_BEFORE_THAT = function_words()["before_that"]
_HEADS = ("institution", "role", "document")
_WITH_THE = particle("by_the")
_PLURAL = particle("plural")
_THEN = particle("then")


class Objects(View):
    """The predicates that tell an object from a subject, from an addressee and from an aside."""

    def _leads_on(self, p: int) -> bool:
        """Whether a particle, colon, quotation or preposition that can begin the content still follows *p*."""
        if not self.cue.frames & {"that", "quote", "object"} and not self.cue.prepositions:
            return False
        doc = self.doc
        for k in range(p + 1, min(self.end, p + _LOOK_AHEAD) + 1):
            word = doc.words[k]
            if word.that or doc.tokens[k].text == ":" or word.stem_key in self.cue.prepositions:
                return bool(self.cue.frames & {"that", "quote"}) or word.stem_key in self.cue.prepositions
            if k > p and doc.tokens[k].text in COMMAS and self._object_after(k):
                return True
            quote = doc.quote_at.get(k) if "quote" in self.cue.frames else None
            if quote is not None and quote.last - quote.first > SHORT_QUOTE:
                return True
            if word.says and self._says_more(k, first=k == p + 1):
                return False
            if self.s.source is not None and k <= p + 8 and self._attached_preposition(k):
                return True
            spoken = participle(word) if word.says else None
            if spoken is not None and "adverb" not in word.classes:
                return spoken.form.lemma == SAY and "quote" in self.cue.frames and "object" not in self.cue.frames
        return False

    def _says_more(self, k: int, *, first: bool) -> bool:
        """Whether the verb at *k* says something else: behind «و», or (not the *first* word) in a clause of its own."""
        verbs = self.doc.words[k].verbs
        if any(v.finite and v.cue is not None and v.form.person == 3 and v.conjunction for v in verbs):
            return True
        return not first and self._new_clause(k) and self._other_cue(k)

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

    def _object(self, p: int) -> bool:
        """Whether a noun phrase that names what is said begins at *p*."""
        doc, cue = self.doc, self.cue
        word = doc.words[p]
        if not (cue.objects or "object" in cue.frames) or not cue.exceptions.isdisjoint(word.stems):
            return False
        if word.key.startswith((TO, _WITH_THE)) and word.article:
            return False
        head = doc.mentions.get(p - 1)
        if word.article and head is not None and head.name.kind in _HEADS and not doc.words[p - 1].article:
            return False  # «وزارة الشؤون»
        if word.key[:1] == WITH and classes_of(word.key[1:]) & {"place_noun", "speech_noun"}:
            return False
        if word.key[:1] == WITH and word.verbs and all(v.preposition for v in word.verbs) and p not in doc.mentions:
            return False  # «نشر الموقع المتخصص بكشف ...»
        before = self.doc.words[self.s.cue_first - 1]
        if "relative" in before.classes and any(v.finite and v.pronoun for v in doc.words[self.s.cue_first].verbs):
            return False  # «ما نشره الموقع»: its object is before it
        if self.skipping:
            return self._late_object(p)
        verb = bool(word.verbs) and all(v.form.kind == "present" and v.form.person == 3 for v in word.verbs)
        if self.s.source is not None and p == self.s.source.last + 1 and self._attached_to(p):
            return False
        if self._within_source(p) or (verb and p not in doc.mentions):
            return False
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

    def _within_source(self, p: int) -> bool:
        """Whether the noun at *p* still belongs to who speaks: a genitive, or part of all that stands before أن."""
        source, doc = self.s.source, self.doc
        if source is None or source.last < self.s.cue_first:
            return False
        word, head = doc.words[p], doc.words[source.last]
        alone = p == source.last + 1 and source.first == source.last and source.name_first < 0
        known = head.article or head.given or source.last in doc.mentions or head.key.endswith(_SOUND_PLURAL)
        if alone and not known:
            return True  # «عمادة خدمة المجتمع»
        if p > source.last + 1 and self._genitive(p):
            return True  # «رئيس اللجنة لقمة تحالف ...»
        if p == source.last + 1 and (word.article or self._attached_to(p)) and self._preposition_ahead(p):
            return True  # «مدينة الملك سعود الطبية عن ...»
        masdar = any(v.form.kind == "masdar" and not (v.article or v.preposition or v.conjunction) for v in word.verbs)
        if self.asked or "that" not in self.cue.frames or masdar or "abstract" in word.classes:
            return False
        return self._that_ahead(p)

    def _attached_to(self, p: int) -> bool:
        """«اللجنة القطرية لحقوق الإنسان»: a noun with ل right after the source."""
        word = self.doc.words[p]
        own = "own_letter" in word.classes or any(not v.preposition for v in word.verbs)
        return word.key.startswith(TO[:1]) and len(word.key) > 3 and not own

    def _genitive(self, p: int) -> bool:
        """Whether the noun before *p*, after the source, is without an article and so governs *p*."""
        word, doc = self.doc.words[p - 1], self.doc
        if not doc.tokens[p - 1].is_word or word.article or word.function or word.verbs or p - 1 in doc.actors:
            return False
        return self._attached_to(p - 1)

    def _that_ahead(self, p: int) -> bool:
        """Whether the clause that is said begins after *p* with أن, and nothing before it does."""
        doc = self.doc
        for k in range(p + 1, min(self.end, p + _LOOK_AHEAD) + 1):
            word, before = doc.words[k], doc.words[k - 1]
            if word.that:
                governed = before.classes & {"abstract", "conjunction"} or before.stem_key in _BEFORE_THAT
                noun = before.masdar
                return not (word.conjunction or governed or noun)
            if word.says and participle(word) is not None and "adverb" not in word.classes:
                return False
            if word.finite and not (word.article or word.given or k in doc.actors):
                inside = "relative" in before.classes or "preposition" in word.classes
                if not inside:
                    return False
        return False

    def _preposition_ahead(self, p: int) -> bool:
        """Whether a preposition of the cue follows before any verb: «أعلنت المدينة الطبية عن طرح ...»."""
        doc = self.doc
        for k in range(p + 1, min(self.end, p + _NEAR) + 1):
            word = doc.words[k]
            if word.stem_key in self.cue.prepositions and "preposition" in word.classes:
                return True
            if word.finite and not (word.article or word.given or k in doc.actors):
                return False
        return False

    def _that_after_comma(self, p: int) -> bool:
        """Whether a comma and أن follow *p* before anything else is said."""
        doc = self.doc
        since, k = self.clause
        if not since <= p < k:  # asked at one token after the other, it is mostly the same clause
            says = (k for k in range(p + 1, self.end + 1) if doc.words[k].that or doc.words[k].says)
            k = next(says, self.end + 1)
            self.clause = p, k
        if k > min(self.end, p + _LOOK_AHEAD) or not doc.words[k].that:
            return False
        bare = not (doc.words[k].conjunction or doc.words[k].key.startswith(_THEN))
        return doc.tokens[k - 1].text in COMMAS and bare

    def _definite_object(self, p: int) -> bool:
        """«وثمن الإقبال ...»، «ورفض الاتهامات»: what cannot be the subject of the verb is its object."""
        if not self.doc.statements or p in self.doc.actors or p != self.s.cue_last + 1:
            return False
        word, verbs = self.doc.words[p], self.doc.words[self.s.cue_first].verbs
        if any(v.form.kind in ("masdar", "present") and not v.future for v in verbs):
            return False
        masdar = any(v.form.kind == "masdar" and v.article for v in word.verbs)
        return masdar or (word.key.endswith(_PLURAL) and not self.s.feminine)

    def _late_object(self, p: int) -> bool:
        """«أعلن النائب وهو ... معارضته»: an object after an aside, if the word before it can't have a genitive."""
        doc, cue = self.doc, self.cue
        word, before = doc.words[p], doc.words[p - 1]
        if word.preposition or before.function or self.s.source is None or not doc.tokens[p - 1].is_word:
            return False
        if cue.objects:
            return not cue.objects.isdisjoint(word.stems)
        own = "abstract" in word.classes or any(
            v.form.kind == "masdar" and v.pronoun and not (v.preposition or v.conjunction) for v in word.verbs
        )
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

    def _without_object(self, actor: Actor) -> Actor:
        """«أبرزت الصحف الكويتية رفض ...»: the object of the cue, if the name before it was read to its end."""
        listed = actor.first in self.doc.actors
        for k in range(actor.first + 1, actor.last + 1):
            sure = not listed or self.doc.words[k].key.startswith(WITH)  # «الأمين العام للأمم المتحدة»
            quoted = self.doc.quote_of[k] != self.doc.quote_of[actor.first]
            if quoted or ("that" in self.cue.frames and 0 <= actor.name_first < k and self._that_ahead(k)):
                continue  # «وكالة «برس»», «سهيل بنور رئيس الخلية أن»
            if sure and k not in self.doc.mentions and self._attached_preposition(k) and not self.doc.words[k].given:
                return replace(actor, last=k - 1, name_last=min(actor.name_last, k - 1))  # «أشادت جماهير النادي بـ ...»
        for k in range(actor.first + 1, min(actor.last, self.end - 1)):
            own = self.doc.words[k].stem_key in self.cue.prepositions and "preposition" in self.doc.words[k].classes
            if own and "abstract" in self.doc.words[k + 1].classes:
                return replace(actor, last=k - 1, name_first=-1, name_last=-1)  # «شدد رئيس الحكومة على ضرورة ...»
        around = next(
            (k for k in range(actor.first + 1, actor.last + 1) if self.doc.words[k].key in around_heads()), -1
        )
        if around > 0:
            return replace(actor, last=around - 1, name_last=min(actor.name_last, around - 1))
        if not (self.cue.objects or "object" in self.cue.frames):
            return actor
        for k in range(actor.first + 1, actor.last + 1):
            word, mention = self.doc.words[k], self.doc.mentions.get(k)
            before = self.doc.mentions.get(k - 1)
            if mention is None:
                named = 0 <= actor.name_first < k or self.doc.words[k - 1].article  # «الحكومة التأكيد»
                masdar = any(
                    v.form.kind == "masdar" and not v.preposition and (named or not v.article) for v in word.verbs
                )
                masdar = masdar or not self.cue.objects.isdisjoint(word.stems)
                cut = masdar and self.doc.words[k - 1].article and not word.given
            else:
                plain = mention.name.kind in ("anonymous", "document") and not mention.reading.preposition
                demonym = before is not None and before.name.how == "demonym"
                cut = plain and word.article and (demonym or self.doc.words[k - 1].article)
            if cut:
                return replace(actor, last=k - 1, name_first=-1, name_last=-1)
        return actor
