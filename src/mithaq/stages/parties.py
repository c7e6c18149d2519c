"""Which states an act is between: those its phrase names, then those of its clause, its speaker and its context."""

from __future__ import annotations

from collections import Counter

from mithaq.arabic.tokens import COMMAS
from mithaq.lexicon.keys import fold
from mithaq.lexicon.provisions import instruments
from mithaq.stages.document import Document, Statement
from mithaq.stages.places import Place, backwards, between, expand

_TOGETHER = fold("مع")
_HIS = ("ه", "ها", "هما", "هم")  # of the text as it is written: «زيارة» ends in no pronoun
_HEAD = 3  # words at the head of a phrase that tell whose meeting it is
_WITH = frozenset(fold(w) for w in ("مع", "بين", "نظيره", "نظيرته", "ونظيره"))
CONTEXT = "context"
ALONE = "context alone"  # and the sentence names none of the parties
NAMED = frozenset(("both states", "named in the phrase", "named behind the phrase"))
_CLAUSE = 14  # tokens of a relative clause
_NEAR = 3  # sentences back within which «البلدين» finds its pair


class Parties:
    """Resolves the parties of one act after another; what was resolved before is the context of «البلدين»."""

    def __init__(self, doc: Document, places: list[Place]) -> None:
        self.doc = doc
        self.places = places
        self.pair: frozenset[str] = frozenset()
        counts = Counter(c for p in self.places if not p.weak for c in p.codes if len(p.codes) == 1)
        top = [c for c, _ in counts.most_common(2)]
        self.frequent = frozenset(top) if len(top) == 2 else frozenset()

    def of(
        self, start: int, end: int, statement: Statement | None, *, visit: bool, about: bool
    ) -> tuple[frozenset[str], str]:
        """The parties of the act in ``[start, end]`` and the rule that found them; fewer than two means none.

        Where the phrase says what was talked *about*, they are those of the talks before.
        """
        if about and len(self.pair) >= 2 and not self._joined(start, end):
            return self.pair, CONTEXT
        low, high = self._clause(start, end)
        inside = self._codes(start, self._relative_end(end, high), False)
        own = self._own_country(low, high, statement)
        found = inside | own
        met = visit and bool(inside)
        host = self._host(low, start, end) if met else frozenset()
        paired = self._has_pair(start, high) or self._has_pair(low, start - 1)
        # «عقد الوزير لقاء مع نظيره ... استعرضا العلاقات بين البلدين»: the meeting itself says who they are.
        both = self._pair_before(start) if paired and not (met and len(found | host) > 1) else frozenset()
        if not both:
            found |= host
        # «لقاء مع الوزير ... لبحث العلاقات بين البلدين»: the pair is what the talks are about.
        told = self._has_pair(start, min(end, start + _HEAD) if met else end)
        if both and (told or found <= both):
            return both, "both states"
        if len(found) >= 2:
            return found, "named in the phrase"
        found |= self._codes(end + 1, high, False) if self._joined(end + 1, high) else frozenset()
        if len(found) >= 2:
            return found, "named behind the phrase"
        for place in reversed([p for p in between(self.places, low, start) if p.subject and not p.weak]):
            found |= place.codes
            if len(found) >= 2:
                return found, "subject of the clause"
        speaker = self._speaker(statement)
        if len(found | speaker) >= 2:
            return found | speaker, "the speaker's state"
        found |= speaker
        weak = frozenset(c for p in between(self.places, low, high + 1) if not p.city for c in p.codes)
        if visit and len(found | weak) >= 2:
            return found | weak, "place of the meeting"
        for context in (self.pair, self._pair_before(start), self.frequent):
            if len(context) >= 2 and (not found or found <= context):
                return context, CONTEXT if found or self._has_pair(*self._around(start)) else ALONE
        if found and len(self.frequent) == 2 and found & self.frequent:
            return found | self.frequent, CONTEXT
        return found, "none"

    def _host(self, low: int, start: int, end: int) -> frozenset[str]:
        """Who holds the meeting, where its phrase names only the others: «يعقد الوزير ... اجتماعا مع», «زيارته إلى»."""
        head = range(start, min(end, start + _HEAD - 1) + 1)
        words, tokens = self.doc.words, self.doc.tokens
        if not any(
            words[k].stem_key == _TOGETHER or (tokens[k].text.endswith(_HIS) and not words[k].article) for k in head
        ):
            return frozenset()
        holders = [
            p for p in between(self.places, low, start) if p.last < start and p.subject and not p.weak and not p.city
        ]
        return holders[-1].codes if holders else frozenset()

    def keep(self, codes: frozenset[str]) -> None:
        """Make the parties of an act that counts the context of what comes."""
        self.pair = codes

    def _around(self, start: int) -> tuple[int, int]:
        """The sentence of an act and the one before it."""
        sentence = self.doc.sentence_of[start]
        return self.doc.sentences[max(sentence - 1, 0)][0], self.doc.sentences[sentence][1]

    def _clause(self, start: int, end: int) -> tuple[int, int]:
        low, high = self.doc.sentences[self.doc.sentence_of[start]]
        return low, high

    def _codes(self, low: int, high: int, locations: bool) -> frozenset[str]:
        found: frozenset[str] = frozenset()
        for p in between(self.places, low, high + 1):
            if locations or not p.weak:
                found |= p.codes
        return found

    def names(self, start: int, end: int) -> bool:
        """Whether the phrase itself names a party."""
        return bool(self._codes(start, end, False))

    def _relative_end(self, end: int, high: int) -> int:
        """The end of the relative clause behind a phrase («الاتفاق الذي أبرمته إيران مع ...»), or of the phrase."""
        if end + 1 > high or "relative" not in self.doc.words[end + 1].classes:
            return end
        for k in range(end + 2, min(high, end + _CLAUSE) + 1):
            if self.doc.tokens[k].text in COMMAS:
                return k
        return min(high, end + _CLAUSE)

    def _joined(self, low: int, high: int) -> bool:
        return any(self.doc.words[k].stem_key in _WITH for k in range(low, min(high, low + 12) + 1))

    def _has_pair(self, low: int, high: int) -> bool:
        return any(
            m.name.kind == "coref" and "refers_states" in m.name.flags and "dual" in m.name.how
            for k in range(low, high + 1)
            if (m := self.doc.mentions.get(k)) is not None
        )

    def _own_country(self, low: int, high: int, statement: Statement | None) -> frozenset[str]:
        """«بلاده»: the state of whoever speaks, or of the nearest person before."""
        for k in range(low, high + 1):
            m = self.doc.mentions.get(k)
            if (
                m is None
                or m.name.kind != "coref"
                or "refers_states" not in m.name.flags
                or "singular" not in m.name.how
            ):
                continue
            speaker = self._speaker(statement)
            if speaker:
                return speaker
            for p in backwards(self.places, k):
                if p.subject:
                    return p.codes
        return frozenset()

    def _speaker(self, statement: Statement | None) -> frozenset[str]:
        if statement is None or statement.speaker < 0:
            return frozenset()
        person = self.doc.people[statement.speaker]
        return expand(person.state) if person.state and person.kind != "media" else frozenset()

    def _pair_before(self, start: int) -> frozenset[str]:
        """The two states last named before *start*, within a few sentences, or the pair of the acts before."""
        if len(self.pair) == 2:
            return self.pair
        sentence = self.doc.sentence_of[start]
        found: frozenset[str] = frozenset()
        for p in backwards(self.places, start + 1):
            if len(p.codes) > 1:
                continue
            if self.doc.sentence_of[p.first] < sentence - _NEAR:
                break
            found |= p.codes
            if len(found) == 2:
                return found
        return self.frequent


def completed(who: frozenset[str], area: str, places: list[Place]) -> frozenset[str]:
    """All parties of a known agreement, where *who* are some of them and the report names them as a group."""
    for instrument in instruments():
        if not instrument.implied_by or instrument.implied_by not in who or area not in (instrument.area, "sanctions"):
            continue
        parties = frozenset(c for p in instrument.parties for c in expand(p))
        if who <= parties and any(len(p.codes) > 1 and p.codes <= parties for p in places):
            return parties
    return who
