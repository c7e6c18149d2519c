"""Features of a state or organisation as a party of an act: where it stands, and what ties it to the act."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import cache

from mithaq.arabic.tokens import COMMAS
from mithaq.lexicon.provisions import instruments
from mithaq.lexicon.weights import BIAS
from mithaq.ontology import organisations
from mithaq.stages.clues import Clues
from mithaq.stages.document import Statement
from mithaq.stages.head_features import near
from mithaq.stages.places import Place, backwards, between, expand, title_codes

_TOGETHER = frozenset(("مع", "بين", "نظيره", "نظيرته"))
_NEAR = 3  # sentences back within which «البلدين» finds its pair
_RELATIVE = 14  # tokens of a relative clause


@cache
def _parties_of() -> dict[str, frozenset[str]]:
    """Agreement known by name → its parties."""
    return {i.id: frozenset(c for p in i.parties for c in expand(p)) for i in instruments()}


class PartyFeatures:
    """Makes the features of one act after another; what was decided before is the context of «البلدين»."""

    def __init__(self, clues: Clues) -> None:
        self.clues = clues
        self.doc = clues.doc
        self._pair_inside = False  # «البلدين» stands in the phrase at hand
        self.last: frozenset[str] = frozenset()  # the parties of the act before
        self.acts = 0  # how many acts there were before
        self.votes: Counter[str] = Counter()  # of how many of them each is a party
        self.title = title_codes(self.doc.report.title, self.doc.home)
        counts: Counter[str] = Counter()
        for p in clues.places:
            for code in p.codes:
                counts[code] += 1 if p.weak else 3
        self.rank = {code: n for n, (code, _) in enumerate(sorted(counts.items(), key=lambda e: (-e[1], e[0])))}
        codes = {*clues.all_codes, *([self.doc.home] if self.doc.home else [])}
        for s in self.doc.statements:
            codes |= self._state(s)
        self.instruments = {k: _parties_of()[name] for k, name in enumerate(clues.instruments) if name}
        for parties in self.instruments.values():
            codes |= parties
        self.codes = sorted(codes)
        self.groups = {p.codes for p in clues.places if len(p.codes) > 1}
        self.everywhere = {code: self._everywhere(code) for code in self.codes}

    def _everywhere(self, code: str) -> str:
        """How the report names a party at all places, where that is of one kind."""
        places = [p for p in self.clues.places if code in p.codes]
        if not places:
            return "nowhere"
        if all(p.weak for p in places):
            return "always weak"
        return "only in a group" if all(len(p.codes) > 1 for p in places) else ""

    def keep(self, parties: frozenset[str]) -> None:
        """Make the parties of an act the context of what comes."""
        self.last = parties
        self.acts += 1
        self.votes.update(parties)

    def _state(self, s: Statement | None) -> frozenset[str]:
        """The state or organisation for which a statement's speaker speaks."""
        if s is None or s.speaker < 0:
            return frozenset()
        person = self.doc.people[s.speaker]
        return expand(person.state) if person.state and person.kind != "media" else frozenset()

    def of(self, i: int, end: int, area: str) -> list[tuple[str, list[str]]]:
        """Each possible party of the act in ``[i, end]`` with its features."""
        clues, doc = self.clues, self.doc
        low, high = doc.sentences[doc.sentence_of[i]]
        inside = between(clues.places, i, end + 1)
        before = between(clues.places, low, i)[::-1]
        behind = between(clues.places, end + 1, high + 1)
        named = len(frozenset().union(*(p.codes for p in inside if not p.weak)))
        speakers = self._chain(clues.statement[i])
        pair = self._pair(i)
        common = [
            BIAS,
            f"named={min(3, named)}",
            f"pairword={self._has_pair(i, end)}{self._has_pair(low, high)}",
        ]
        self._pair_inside = self._has_pair(i, end)
        own = self._own(i, low, end, speakers)
        relative = self._relative_end(end, high)
        instrument = self.instruments.get(i, frozenset())
        rank_of = self.rank
        kind = "visit" if area == "visit" else "act"
        result = []
        for code in self.codes:
            found = [*common, f"rank={min(5, self.rank.get(code, 9))}"]
            if code == doc.home:
                found.append("home")
            if code in organisations():
                found += ["organisation", f"organisation={code}"]
            here = self._inside(code, inside, kind, found)
            found.append(f"named={min(3, named)}/{here}")
            if not here:
                self._behind(code, behind, end, relative, kind, found)
                self._before(code, before, i, named, kind, found)
            self._ties(code, i, named, speakers, pair, found)
            if code in own:
                found += ["own", f"own/{named}"]
            if instrument:
                told = any(codes <= instrument for codes in self.groups)  # «القوى الكبرى», 5+1
                found.append(f"instrument={code in instrument}/{len(instrument) > 2}/{told}/{here}")
                found.append(f"instrument={code in instrument}/{told}/{code in clues.all_codes}")
                found.append(f"instrument={code in instrument}/{told}/{rank_of.get(code, 9) < 2}")
            result.append((code, found))
        return result

    def _inside(self, code: str, places: Sequence[Place], kind: str, found: list[str]) -> bool:
        doc = self.doc
        here = [p for p in places if code in p.codes]
        for p in here:
            mention = doc.mentions.get(p.first)
            found += [f"in {kind}", f"in {'weak' if p.weak else 'strong'} {'city' if p.city else ''} {kind}"]
            found.append(f"in group={len(p.codes) > 1}")
            if mention is not None:
                found.append(f"in how={mention.name.how}{mention.reading.preposition} {kind}")
            if p.first and (w := doc.words[p.first - 1]).function:
                found.append(f"in prev={w.stem_key} {kind}")
        return bool(here)

    def _behind(self, code: str, places: Sequence[Place], end: int, relative: int, kind: str, found: list[str]) -> None:
        doc = self.doc
        p = next((p for p in places if code in p.codes), None)
        if p is None:
            return
        found += [f"behind {near(p.first - end)}", f"behind {near(p.first - end)} {kind}", f"behind weak={p.weak}"]
        if (w := doc.words[p.first - 1]).function:
            found.append(f"behind prev={w.stem_key} {kind}")
        if p.first <= relative:
            found.append(f"relative {kind}")
        between = range(end + 1, p.first)
        if any(doc.words[k].stem_key in _TOGETHER for k in between):
            found.append(f"behind with {kind}")
        if not any(doc.tokens[k].text in "،,؛." for k in between):
            found.append("behind at once")

    def _before(self, code: str, places: Sequence[Place], i: int, named: int, kind: str, found: list[str]) -> None:
        doc = self.doc
        n = next((n for n, p in enumerate(places) if code in p.codes), -1)
        if n < 0:
            found += ["not before", f"not before/{min(2, named)}"]
            return
        p = places[n]
        order = len({tuple(sorted(q.codes)) for q in places[:n]})
        mention = doc.mentions.get(p.first)
        role = f"{'subject' if p.subject else 'other'}{' weak' if p.weak else ''}{' city' if p.city else ''}"
        found += [f"before {near(i - p.last)}", f"before {role} {kind}", f"before {min(3, order)}/{min(2, named)}"]
        found.append(f"before {role} {min(3, order)}/{min(2, named)}")
        if mention is not None:
            found.append(f"before how={mention.name.how}{mention.reading.preposition} {kind}")
        if p.first and (w := doc.words[p.first - 1]).function:
            found.append(f"before prev={w.stem_key}")
        if self.clues.statement[p.first] != self.clues.statement[i]:
            found.append("before outside")

    def _ties(
        self,
        code: str,
        i: int,
        named: int,
        speakers: list[frozenset[str]],
        pair: frozenset[str],
        found: list[str],
    ) -> None:
        clues = self.clues
        few = min(2, named)
        for level, states in enumerate(speakers[:2]):
            if states:
                found += [f"speaker{level}={code in states}", f"speaker{level}={code in states}/{few}"]
        sentence = self.doc.sentence_of[i]
        paired = self._has_pair(*self.doc.sentences[sentence])
        found.append(f"pair={code in pair}/{paired}/{few}")
        rank = min(4, self.rank.get(code, 9))
        inside = self._pair_inside
        found += [f"rank={rank}/{few}", f"rank={rank}/{inside}/{few}", f"rank={rank}/{paired}/{few}"]
        found.append(f"pairinside={inside}/{code in pair}/{few}")
        if self.acts:
            share = self.votes[code] / self.acts
            usual = "never" if not share else "always" if share == 1 else "mostly" if share >= 0.5 else "sometimes"
            found += [f"usual={usual}/{few}", f"usual={usual}/{inside}/{few}", f"usual={usual}/{rank}"]
        if self.last:
            found += [f"last={code in self.last}/{few}", f"last={code in self.last}/{paired}/{len(self.last)}"]
        if sentence and code in clues.sentence_codes[sentence - 1]:
            found.append(f"sentence before/{few}")
        if self.title:
            title = f"title={code in self.title}/{min(3, len(self.title))}"
            found += [title, f"{title}/{few}", f"{title}/{rank}", f"{title}/{inside}/{paired}"]
        if code in clues.sentence_codes[0]:
            found.append(f"first sentence/{few}")
        if everywhere := self.everywhere[code]:
            found.append(everywhere)

    def _chain(self, number: int) -> list[frozenset[str]]:
        """The states of the speaker and of the one who reports him."""
        found: list[frozenset[str]] = []
        while number >= 0 and len(found) < 2:
            s = self.doc.statements[number]
            found.append(self._state(s))
            number = s.parent
        return found

    def _relative_end(self, end: int, high: int) -> int:
        """The end of the relative clause behind a phrase («الاتفاق الذي أبرمته إيران مع ...»), or of the phrase."""
        if end + 1 > high or "relative" not in self.doc.words[end + 1].classes:
            return end
        for k in range(end + 2, min(high, end + _RELATIVE) + 1):
            if self.doc.tokens[k].text in COMMAS:
                return k
        return min(high, end + _RELATIVE)

    def _has_pair(self, low: int, high: int) -> bool:
        return any(self.clues.pair_at[k] for k in range(low, high + 1))

    def _own(self, i: int, low: int, end: int, speakers: list[frozenset[str]]) -> frozenset[str]:
        """«بلاده»: the state of whoever speaks, or of the nearest who acts before."""
        at = next((k for k in (*range(i, end + 1), *range(i - 1, low - 1, -1)) if self.clues.own_at[k]), -1)
        if at < 0:
            return frozenset()
        if speakers and speakers[0]:
            return speakers[0]
        return next((p.codes for p in backwards(self.clues.places, at) if p.subject), frozenset())

    def _pair(self, i: int) -> frozenset[str]:
        """What «البلدين» are: the pair of the act before, or the two states last named within a few sentences."""
        if len(self.last) == 2:
            return self.last
        usual = [code for code, n in sorted(self.votes.items(), key=lambda e: (-e[1], e[0]))[:2] if n * 2 > self.acts]
        if len(usual) == 2:
            return frozenset(usual)
        sentence = self.doc.sentence_of[i]
        found: frozenset[str] = frozenset()
        for p in backwards(self.clues.places, i + 1):
            if len(p.codes) > 1:
                continue
            if self.doc.sentence_of[p.first] < sentence - _NEAR:
                break
            found |= p.codes
            if len(found) == 2:
                break
        return found
