"""Report + record → the features that merging compares, so that no later merge has to look at the text again.

Every weight is a fixed one (``data/merge``) and a multiple of 0.001: features depend on the one report only, and come
back from storage as they were.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable
from datetime import date
from functools import cached_property
from math import inf

from mithaq.arabic.sentences import divide
from mithaq.arabic.tokens import tokenise
from mithaq.merge.dealings import Group, group
from mithaq.merge.instruments import Instrument, find_instruments
from mithaq.merge.items import Dealing, ProvisionFeatures, ReportFeatures
from mithaq.merge.sketch import sketch
from mithaq.merge.words import Weighed, weighed
from mithaq.model import Provision, Record, Report

_OPENING = 2  # sentences that a report opens with
_TITLE = 3  # how often a word of the title counts
_PASSAGE = 2  # of the opening, and of a sentence that holds evidence
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
    """The tokens of a report by sentences, and who is named where.

    Most reports tell of no dealing: what only dealings ask for is made for the first that does.
    """

    def __init__(self, report: Report, record: Record) -> None:
        self.tokens, _, self.ends = divide(report.text)
        self._title = report.title or ""
        self._entities = record.entities
        self.opening = self._opening()

    def _opening(self) -> list[set[str]]:
        """The states that each sentence of the opening names."""
        following = [self.tokens[end].start if end < len(self.tokens) else inf for end in self.ends[:_OPENING]]
        states: list[set[str]] = [set() for _ in following]
        for entity in self._entities:
            if entity.state:
                for mention in entity.mentions:
                    if (number := bisect_right(following, mention.start)) < len(states):
                        states[number].add(entity.state)
        return states

    def opening_states(self) -> list[str]:
        """The states and organisations that the report opens with, the most mentioned first."""
        found = Counter(state for states in self.opening for state in states)
        return sorted(found, key=lambda s: (-found[s], s))

    def told(self, found: Group) -> int:
        """How many sentences of the opening name two of the parties of *found*."""
        return sum(len(found.core & states) > 1 for states in self.opening)

    @cached_property
    def starts(self) -> list[int]:
        """Where the tokens begin."""
        return [t.start for t in self.tokens]

    def between(self, start: int, end: int) -> tuple[int, int]:
        """The first and last token of a span."""
        first = max(0, bisect_right(self.starts, start) - 1)
        return first, max(first, bisect_left(self.starts, end) - 1)

    def sentence(self, token: int) -> int:
        """The number of the sentence that a token stands in."""
        return bisect_right(self.ends, token)

    def bounds(self, sentence: int) -> tuple[int, int]:
        """The first token of a sentence, and the one behind its last."""
        return self.ends[sentence - 1] if sentence else 0, self.ends[sentence]

    @cached_property
    def words(self) -> list[Weighed]:
        """What each token is worth; a mark is worth nothing."""
        return [weighed(t.key) for t in self.tokens]

    @cached_property
    def keys(self) -> list[str]:
        """The light key of each token that is worth anything, "" of the others."""
        return [key if said else "" for said, key in self.words]

    @cached_property
    def telling(self) -> list[list[Weighed]]:
        """The words of each sentence that tell what it is about: a name tells who."""
        words = self.words.copy()
        for entity in self._entities:
            if entity.kind in ("state", "person"):
                part = 0.0 if entity.kind == "state" else _WHO
                for mention in entity.mentions:
                    first, last = self.between(mention.start, mention.end)
                    words[first : last + 1] = [Weighed(said * part, key) for said, key in self.words[first : last + 1]]
        return [_telling(words[first:end]) for first, end in map(self.bounds, range(len(self.ends)))]

    def words_of(self, found: Group, *, whole: bool) -> tuple[dict[str, float], dict[str, float], dict[str, str]]:
        """The words, instruments and names of a dealing; the *whole* report and its title speak for the main one."""
        passages = {self.sentence(self.between(p.evidence.start, p.evidence.end)[0]) for p in found.provisions}
        if whole or not found.provisions:
            passages.update(range(len(self.opening)))
        counts: dict[str, int] = {}
        best: dict[str, float] = {}
        instruments: dict[str, Instrument] = {}
        for number in range(len(self.ends)) if whole else sorted(passages):
            _count(self.telling[number], _PASSAGE if number in passages else 1, counts, best)
            if number in passages:
                first, end = self.bounds(number)
                find_instruments(self.tokens[first:end], self.words[first:end], instruments)
        if whole:
            title = tuple(tokenise(self._title))
            words = [weighed(t.key) for t in title]
            _count(_telling(words), _TITLE, counts, best)
            find_instruments(title, words, instruments)
        scores = [(-round(best[key] * (1 + n) ** 0.5 * 1000), key) for key, n in counts.items()]
        kept = {key: -score / 1000 for score, key in sorted(scores)[:_WORDS]}
        names = {k: i.name for k, i in instruments.items() if i.name}
        return kept, {k: i.weight for k, i in instruments.items()}, names


def _telling(words: Iterable[Weighed]) -> list[Weighed]:
    return [word for word in words if word.salience >= _SALIENT]


def _count(words: Iterable[Weighed], weight: int, counts: dict[str, int], best: dict[str, float]) -> None:
    """Add up how often words are said, and keep what each is worth at best."""
    for said, key in words:
        counts[key] = counts.get(key, 0) + weight
        if said > best.get(key, 0.0):
            best[key] = said


def _ahead(provisions: Iterable[Provision], published: date | None) -> tuple[int, int] | None:
    """The first and last day that *provisions* are announced for, if these are not too vague to wait for."""
    if published is None:
        return None
    day = published.toordinal()
    times = [t for p in provisions if p.status in _TO_COME for t in _times(p) if t[0] > day and t[1] - t[0] <= _VAGUE]
    return (min(t[0] for t in times), max(t[1] for t in times)) if times else None


def _times(provision: Provision) -> list[tuple[int, int]]:
    """First and last day (ordinals) of each time that could be resolved."""
    bounds = [(w.start or w.end, w.end or w.start) for w in provision.when]
    return [(first.toordinal(), last.toordinal()) for first, last in bounds if first and last]


def _provision(provision: Provision, dealing: int, text: _Text) -> ProvisionFeatures:
    evidence = provision.evidence
    first, last = text.between(evidence.start, evidence.end)
    start, end = text.bounds(text.sentence(first)) if text.ends else (0, 0)
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
        frozenset(filter(None, text.keys[first : last + 1])),
        frozenset(filter(None, text.keys[max(start, first - _CONTEXT) : min(end, last + _CONTEXT)])),
        when,
        tuple((q.value, q.unit) for q in provision.quantities),
    )


def _milli(weight: float) -> float:
    return round(weight * 1000) / 1000
