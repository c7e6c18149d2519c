"""Who speaks, as a frame finds it after the cue: names in quotation marks, between commas, joined by and."""

from __future__ import annotations

from mithaq.arabic.quotes import Quote
from mithaq.lexicon.function_words import particle
from mithaq.stages.document import Actor
from mithaq.stages.frame_objects import Objects
from mithaq.stages.frame_view import SHORT_QUOTE

_ALI = particle("ali")
_AGAIN = 10  # tokens after «في حديث إلى» within which the cue's own preposition follows
_FROM = particle("from")
_ALL = particle("all")


class Sources(Objects):
    """The predicates that tell the source from other names on the way to the content."""

    def _ali(self, p: int) -> bool:
        """Whether the word is the name and not على, in a text that tells them apart."""
        text = self.doc.tokens[p].text
        return (
            text.endswith("ي")
            and self.doc.tokens[p].key == _ALI
            and any(t.key == self.doc.tokens[p].key and t.text != text for t in self.doc.tokens)
        )

    def _names_after(self, p: int) -> bool:
        """«أكدت لـ«الأفق»، مصادر مطلعة، استمرار ...»: who speaks stands between commas."""
        actor = self.doc.actors.get(p + 1)
        if actor is None or self.s.source is not None or self.participle or self._attached_any(p + 1):
            return False
        after = actor.last + 1
        led = after <= self.end and (self.doc.words[after].that or self.doc.tokens[after].text in "،,:")
        return led and self._source_place(p + 1) == p + 1

    def _several(self, p: int) -> Actor | None:
        """«عدد من الأعوان»: people who are only counted."""
        mention = self.doc.mentions.get(p)
        if (
            mention is None
            or mention.name.kind != "anonymous"
            or p + 2 > self.end
            or self.doc.words[p + 1].key != _FROM
        ):
            return None
        counted = self.doc.actors.get(p + 2)
        if counted is not None and counted.kind in ("anonymous", "person") and counted.plural:
            return Actor(p, counted.last, "anonymous", plural=True)  # «عدد من أهالي القرى»
        return Actor(p, p + 2, "anonymous", plural=True) if self.doc.words[p + 2].article else None

    def _describes_source(self, p: int) -> bool:
        """«مصادر مطلعة أن»: a participle inside a name speaks for no one."""
        mention = self.doc.mentions.get(p)
        return mention is not None and mention.name.kind == "anonymous_modifier"

    def _comes_again(self, p: int) -> bool:
        """Whether the preposition at *p* follows once more, before another clause."""
        ahead = range(p + 2, min(p + _AGAIN, self.end) + 1)
        return any(self.doc.words[k].stem_key == self.doc.words[p].stem_key for k in ahead)

    def _own_later(self, p: int) -> bool:
        """«الأطراف الممضية على البيان على ضرورة ...»: the cue's own preposition comes later."""
        words = self.doc.words
        if self.s.source is None or p >= self.end or not self.doc.tokens[p + 1].is_word:
            return False
        if words[p + 1].that or "abstract" in words[p + 1].classes:
            return False
        if any(v.form.kind == "masdar" and not v.article for v in words[p + 1].verbs) or p == self.s.cue_last + 1:
            return False
        inside = self.skipping and any(v.finite and v.cue is None for v in words[p - 1].verbs)
        for k in range(p + 2, min(p + _AGAIN, self.end - 1) + 1):
            if words[k].stem_key != words[p].stem_key or "preposition" not in words[k].classes:
                continue
            own = words[k + 1].that or "abstract" in words[k + 1].classes or any(v.pronoun for v in words[k + 1].verbs)
            return own and (inside or p <= self.s.source.last + 2)
        return False

    def _is_outlet(self, closing: int, length: int) -> bool:
        """«وعلمت «الصباح» من مصادرها أن»: a short quotation that a preposition or particle follows."""
        if length > 1 or closing + 1 > self.end:
            return False
        following = self.doc.words[closing + 1]
        return following.that or "preposition" in following.classes

    def _is_name(self, opening: int, length: int) -> bool:
        """«لـ«الأخبار»», «مع «الشرق الأوسط»»: a short quotation after a preposition or media noun is an outlet."""
        if length > SHORT_QUOTE or opening == 0:
            return False
        before = self.doc.words[opening - 1]
        media = any(n.kind == "media" for _, ns in before.names for n in ns)
        return media or before.key in ("ل", "ب") or "preposition" in before.classes

    def _quoted_name(self, quote: Quote) -> bool:
        """A short quotation before the content is a name: who speaks («قال "أبو سعد": ...»), or part of it."""
        doc, after = self.doc, quote.closing + 1
        first = doc.words[quote.first]
        if not quote.closed or quote.last - quote.first > SHORT_QUOTE or after > self.end or first.that:
            return False
        beside = self.s.source is not None and self.s.source.last == quote.opening - 1
        named = quote.first in doc.actors or (beside and quote.first == quote.last)
        if first.masdar and not named:
            return False
        if not self.cue.objects.isdisjoint(first.stems):
            return False
        told = doc.tokens[after].text in ":؛" or doc.words[after].that or self._leads_on(quote.closing)
        told = told or (doc.tokens[after].is_word and not doc.words[after].conjunction and self._object(after))
        if self.s.source is None and not self.participle:
            if told and self._source_place(quote.opening) >= 0:
                self.s.source = doc.actors.get(quote.first) or Actor(
                    quote.first, quote.last, "person", quote.first, quote.last
                )
            return told
        return told or (beside and self._object(after))

    def _compound(self, actor: Actor) -> Actor:
        """«الملك وضيفه»: two or more actors joined by و are one source."""
        last = actor.last
        while (following := self.doc.actors.get(last + 1)) is not None and last + 1 <= self.end:
            mention = self.doc.mentions.get(last + 1)
            if mention is None or not mention.reading.conjunction or mention.reading.preposition:
                break
            last = following.last
        return actor if last == actor.last else Actor(actor.first, last, actor.kind, plural=True)

    def _source_place(self, p: int) -> int:
        """*p* if only adverbs, whom it is told («لـ«الأفق»») or where («في بيان صحافي») stand before it, else -1."""
        doc, k = self.doc, self.s.cue_last + 1
        while k < p:
            word = doc.words[k]
            actor = doc.actors.get(k)
            channel = self._channel(k)
            if not doc.tokens[k].is_word or len(word.key) == 1 or word.classes & {"adverb", "prepositional_pronoun"}:
                k += 1
            elif word.key == _ALL and doc.words[k + 1].key == _FROM:
                k += 2
            elif channel:
                k += channel
            elif (
                doc.quote_of[k] >= 0
                and doc.quotes[doc.quote_of[k]].last - doc.quotes[doc.quote_of[k]].first <= SHORT_QUOTE
            ):
                k = doc.quotes[doc.quote_of[k]].closing
            elif actor is not None and self._attached_any(k):
                k = actor.last + 1
            else:
                return -1
        return p
