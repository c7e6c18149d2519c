"""Report + record → the features that merging compares, so that no later merge has to look at the text again.

Every weight is a fixed one (``data/merge``) and a multiple of 0.001: features depend on the one report only, and come
back from storage as they were.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import date

from mithaq.arabic.sentences import divide
from mithaq.arabic.tokens import Token, tokenise
from mithaq.merge.dealings import Group, group
from mithaq.merge.instruments import Instrument, find_instruments
from mithaq.merge.items import Dealing, ProvisionFeatures, ReportFeatures
from mithaq.merge.sketch import sketch
from mithaq.merge.words import weighed
from mithaq.model import Provision, Record, Report

_OPENING = 2  # sentences that a report opens with
_TITLE = 3.0  # how often a word of the title counts
_PASSAGE = 2.0  # of the opening, and of a sentence that holds evidence
_WHO = 0.5  # of a person's name: it says who, not what
_WORDS = 48  # words of a dealing that are kept
_SALIENT = 0.25  # what a word must weigh to be kept
_CONTEXT = 40  # words of a sentence
_TO_COME = ("proposed", "agreed", "planned", "signed")  # stages after which a report of the thing itself is waited for
_VAGUE = 62  # days that an announced time may last, such as «next month»


def features(report: Report, record: Record) -> ReportFeatures:
    """The features of *report*, read into *record*; both are left as they are."""
    text = _Text(report, record)
    groups = group(record.provisions, text.opening_states())
    main = max(groups, key=lambda g: (text.told(g), g.weight, -g.first), default=None)
    dealings = tuple(
        Dealing(
            {p: _milli(w) for p, w in g.shares().items()},
            *text.words_of(g, whole=g is main),
            _ahead(g.provisions, report.published),
        )
        for g in groups
    )
    place = {p.id: n for n, g in enumerate(groups) for p in g.provisions}
    return ReportFeatures(
        report.id,
        report.outlet or "",
        report.published.toordinal() if report.published else 0,
        sketch([t.key for t in text.tokens if t.is_word]),
        dealings,
        tuple(_provision(p, place[p.id], text) for p in record.provisions if p.id in place),
    )


class _Text:
    """The tokens of a report by sentences, and who is named where."""

    def __init__(self, report: Report, record: Record) -> None:
        self.title = tuple(tokenise(report.title or ""))
        self.tokens, _, ends = divide(report.text)
        starts = [0, *ends]
        self.sentences = [(a, b) for a, b in zip(starts, ends, strict=False) if b > a]
        self.starts = [t.start for t in self.tokens]
        self.states: dict[int, set[str]] = defaultdict(set)
        self.named: dict[int, float] = {}  # token → how much less it counts for being a name
        for entity in record.entities:
            for mention in entity.mentions:
                first, last = self.between(mention.start, mention.end)
                if entity.state:
                    self.states[self.sentence(first)].add(entity.state)
                if entity.kind in ("state", "person"):
                    weight = 0.0 if entity.kind == "state" else _WHO
                    self.named.update(dict.fromkeys(range(first, last + 1), weight))
        self.opening = list(range(min(_OPENING, len(self.sentences))))

    def between(self, start: int, end: int) -> tuple[int, int]:
        """The first and last token of a span."""
        first = max(0, bisect_right(self.starts, start) - 1)
        return first, max(first, bisect_left(self.starts, end) - 1)

    def sentence(self, token: int) -> int:
        """The number of the sentence that a token stands in."""
        return max(0, bisect_right(self.sentences, (token, len(self.tokens) + 1)) - 1)

    def opening_states(self) -> list[str]:
        """The states and organisations that the report opens with, the most mentioned first."""
        found = Counter(state for n in self.opening for state in self.states.get(n, ()))
        return sorted(found, key=lambda s: (-found[s], s))

    def told(self, found: Group) -> int:
        """How many sentences of the opening name two of the parties of *found*."""
        return sum(len(self.states.get(n, set()) & set(found.core)) > 1 for n in self.opening)

    def words_of(self, found: Group, *, whole: bool) -> tuple[dict[str, float], dict[str, float], dict[str, str]]:
        """The words, instruments and names of a dealing; the *whole* report and its title speak for the main one."""
        passages = {self.sentence(self.between(p.evidence.start, p.evidence.end)[0]) for p in found.provisions}
        if whole or not found.provisions:
            passages.update(self.opening)
        counts: dict[str, float] = defaultdict(float)
        best: dict[str, float] = {}
        instruments: dict[str, Instrument] = {}
        for number in range(len(self.sentences)) if whole else sorted(passages):
            weight = _PASSAGE if number in passages else 1.0
            first, end = self.sentences[number]
            self._count(self.tokens[first:end], first, weight, counts, best)
            if number in passages:
                find_instruments(self.tokens[first:end], instruments)
        if whole:
            self._count(self.title, -1, _TITLE, counts, best)
            find_instruments(self.title, instruments)
        scores = {k: _milli(best[k] * (1 + counts[k]) ** 0.5) for k in counts}
        kept = sorted(scores, key=lambda k: (-scores[k], k))[:_WORDS]
        names = {k: i.name for k, i in instruments.items() if i.name}
        return {k: scores[k] for k in kept}, {k: i.weight for k, i in instruments.items()}, names

    def _count(
        self, tokens: Sequence[Token], first: int, weight: float, counts: dict[str, float], best: dict[str, float]
    ) -> None:
        for i, token in enumerate(tokens):
            if not token.is_word:
                continue
            said, key = weighed(token.key)
            if first >= 0 and said:
                said *= self.named.get(first + i, 1.0)
            if said >= _SALIENT:
                counts[key] += weight
                best[key] = max(best.get(key, 0.0), said)


def _ahead(provisions: Iterable[Provision], published: date | None) -> tuple[int, int] | None:
    """The first and last day that *provisions* are announced for, if these are not too vague to wait for."""
    if published is None:
        return None
    day = published.toordinal()
    times = [t for p in provisions if p.status in _TO_COME for t in _times(p) if t[0] > day and t[1] - t[0] <= _VAGUE]
    return (min(t[0] for t in times), max(t[1] for t in times)) if times else None


def _times(provision: Provision) -> list[tuple[int, int]]:
    """First and last day (ordinals) of each time that could be resolved."""
    return [
        ((w.start or w.end).toordinal(), (w.end or w.start).toordinal())  # type: ignore[union-attr]
        for w in provision.when
        if w.start or w.end
    ]


def _provision(provision: Provision, dealing: int, text: _Text) -> ProvisionFeatures:
    evidence = provision.evidence
    first, last = text.between(evidence.start, evidence.end)
    start, end = text.sentences[text.sentence(first)] if text.sentences else (0, 0)
    when = next(iter(_times(provision)), None)
    return ProvisionFeatures(
        provision.id,
        evidence.start,
        evidence.end,
        provision.area,
        provision.status,
        tuple(sorted(provision.parties)),
        provision.role,
        _milli(provision.confidence),
        dealing,
        _keys(text.tokens[first : last + 1]),
        _keys(text.tokens[max(start, first - _CONTEXT) : min(end, last + _CONTEXT)]),
        when,
        tuple((q.value, q.unit) for q in provision.quantities),
    )


def _keys(tokens: Iterable[Token]) -> frozenset[str]:
    return frozenset(w.key for t in tokens if t.is_word and (w := weighed(t.key)).salience)


def _milli(weight: float) -> float:
    return round(weight * 1000) / 1000
