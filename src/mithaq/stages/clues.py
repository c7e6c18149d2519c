"""What the lexicon and the layers so far say about each token, as far as it matters for acts: the clues.

Nothing is decided here: ``act_features.py`` and ``party_features.py`` make the features of the models from these.
"""

from __future__ import annotations

from collections import Counter

from mithaq.arabic.words import VerbReading
from mithaq.lexicon.begun import NOTHING, Entries
from mithaq.lexicon.keys import fold
from mithaq.lexicon.provisions import Act, act_verbs, marker_verbs
from mithaq.stages.document import Actor, Document
from mithaq.stages.phrases import has_needed, longest
from mithaq.stages.places import Place, find_places
from mithaq.stages.spans import tokens_between

_WILL = frozenset(fold(w) for w in ("سوف", "أن", "لن"))
_ANY_THEME = frozenset(("visit", "general"))
_ONE_MORE = (1, 2, 2)  # how often something has stood, counted up to 2
_WITH_REACH = 14  # tokens behind an act's head within which a word that it asks for counts


class Clues:
    """The clues of one document, by token."""

    def __init__(self, doc: Document, places: list[Place] | None = None) -> None:
        self.doc = doc
        n = len(doc.words)
        self.places = find_places(doc) if places is None else places
        self.codes: list[frozenset[str]] = [frozenset()] * n
        self.first_codes = [False] * n  # whether a party is named there for the first time
        self.sentence_codes: list[frozenset[str]] = [frozenset()] * len(doc.sentences)
        self.all_codes: frozenset[str] = frozenset()
        self._put_codes()
        self.actor: list[Actor | None] = [None] * n
        for actor in doc.actors.values():
            for k in range(actor.first, min(actor.last + 1, n)):
                self.actor[k] = actor
        self.acts: list[tuple[str, ...]] = [()] * n
        self.act_areas: list[tuple[str, ...]] = [()] * n
        self.topical = [False] * n  # the head of an act whose area is that of the topics in its phrase
        self.instruments: list[str] = [""] * n
        self.hints: list[tuple[str, ...]] = [()] * n
        self.topics: list[str] = [""] * n
        self.before: list[str] = [""] * n  # marker that governs what stands behind it
        self.after: list[str] = [""] * n  # marker that describes what stands before it
        self.verbs: list[tuple[str, str, str]] = [("", "", "")] * n  # lemma, tense, marker
        self.telling: list[int] = []  # the words of which the lexicon says that they may name an act
        for low, high in doc.sentences:
            for k, w in enumerate(doc.words[low : high + 1], low):
                if (w.masdar or w.finite or w.begun is not NOTHING) and doc.tokens[k].is_word:
                    self.telling.append(k)
                    if w.begun is not NOTHING:
                        self._look_up(k, high, w.begun)
                    if w.finite:
                        self._look_up_verb(k, high)
        self.shapes = [w.lemma if t.is_word else t.text for t, w in zip(doc.tokens, doc.words, strict=True)]
        # The nearest such token of the sentence, -1 if there is none.
        self.verb_before, self.marker_before = [-1] * n, [-1] * n
        self.verb_behind, self.marker_behind = [-1] * n, [-1] * n
        self._put_nearest()
        self.statement = _innermost(doc)
        self.pair_at = self._refer("dual")  # «البلدين»
        self.own_at = self._refer("singular")  # «بلاده»
        self.money = _money(doc)
        self.when = _whens(doc)
        self.when_at = sorted(self.when)
        self.again: list[int] = []  # how often the stem has stood before, up to 2
        self.entry_again: list[int] = []  # and the first entry of which it may head an act
        self.new: list[bool] = []  # whether the stem stands there for the first time
        self.new_pair: list[bool] = []  # whether it does behind the one before it
        self._count_repeated()
        self.sentence_pair = [True in self.pair_at[a : b + 1] for a, b in doc.sentences]
        self.sentence_new = [True in self.first_codes[a : b + 1] for a, b in doc.sentences]
        self.theme = self._most_hinted()

    def _put_codes(self) -> None:
        """Whom the places stand for, by token, by sentence and in all."""
        for p in self.places:
            for k in range(p.first, p.last + 1):
                self.first_codes[k] = not p.codes <= self.all_codes
                self.codes[k] |= p.codes
                self.all_codes |= p.codes
            self.sentence_codes[self.doc.sentence_of[p.first]] |= p.codes

    def _put_nearest(self) -> None:
        verbs, before, after = self.verbs, self.before, self.after
        for low, high in self.doc.sentences:
            verb = marker = -1
            for k in range(low, high + 1):
                self.verb_before[k], self.marker_before[k] = verb, marker
                if verbs[k][0]:
                    verb = k
                if before[k]:
                    marker = k
            verb = marker = -1
            for k in range(high, low - 1, -1):
                self.verb_behind[k], self.marker_behind[k] = verb, marker
                if verbs[k][0]:
                    verb = k
                if after[k]:
                    marker = k

    def _most_hinted(self) -> tuple[str, ...]:
        """The two areas of which the report says most; meetings and cooperation are said of any."""
        counts = Counter(a for areas in self.hints for a in areas if a not in _ANY_THEME)
        return tuple(a for a, _ in counts.most_common(2))

    def _look_up(self, k: int, high: int, begun: Entries) -> None:
        doc = self.doc  # most words begin something in one table or two, so each is asked whether it has anything
        if begun.acts.every and (found := longest(doc, k, high, begun.acts)):
            self.acts[k] = tuple(dict.fromkeys(self._named(a, k, high) for _, a in found))
            self.act_areas[k] = tuple(dict.fromkeys(a.area for _, a in found))
            self.topical[k] = any(a.topical for _, a in found)
        if begun.instruments.every and (named := longest(doc, k, high, begun.instruments)):
            self.instruments[k] = named[0][1].id
        if begun.hints.every and (hinted := longest(doc, k, high, begun.hints)):
            length = len(hinted[0][0])
            self.hints[k] = tuple(sorted({area for phrase, area in hinted if len(phrase) == length}))
        if begun.topics.every and (about := longest(doc, k, high, begun.topics)):
            self.topics[k] = about[0][1]
        if begun.before.every and (governing := longest(doc, k, high, begun.before)):
            self.before[k] = governing[0][1].id
        if begun.after.every and (describing := longest(doc, k, high, begun.after)):
            self.after[k] = describing[0][1].id

    def _look_up_verb(self, k: int, high: int) -> None:
        doc = self.doc
        if (verb := finite(doc, k)) is not None:
            marker = marker_verbs().get(verb.form.lemma)
            self.verbs[k] = (verb.form.lemma, tense(doc, k, verb), marker.id if marker else "")
            acts = act_verbs().get(verb.form.lemma, ())
            self.acts[k] += tuple(self._named(a, k, high) for a in acts)
            self.act_areas[k] += tuple(a.area for a in acts)
            self.topical[k] = self.topical[k] or any(a.topical for a in acts)

    def _named(self, act: Act, k: int, high: int) -> str:
        """The act's id, with + or - where it asks for certain words and one of them does or does not follow."""
        if not act.needs:
            return act.id
        limit = min(high, k + _WITH_REACH)
        return act.id + ("+" if has_needed(self.doc, act, k, limit) else "-")

    def _refer(self, number: str) -> list[bool]:
        """Whether each word stands for states named elsewhere."""
        found = [False] * len(self.doc.words)
        for k, mention in self.doc.mentions.items():
            name = mention.name
            found[k] = name.kind == "coref" and "refers_states" in name.flags and number in name.how
        return found

    def _count_repeated(self) -> None:
        stems: dict[str, int] = {}
        entries: dict[str, int] = {}
        pairs: set[tuple[str, str]] = set()
        before = ""
        for token, shape, acts in zip(self.doc.tokens, self.shapes, self.acts, strict=True):
            stem = shape if token.is_word else ""
            met = stems.get(stem, 0)
            stems[stem] = _ONE_MORE[met]
            entry = 0
            if acts:
                entry = entries.get(acts[0], 0)
                entries[acts[0]] = _ONE_MORE[entry]
            self.again.append(met)
            self.entry_again.append(entry)
            self.new.append(not met)
            self.new_pair.append((before, stem) not in pairs)
            pairs.add((before, stem))
            before = stem


def finite(doc: Document, k: int) -> VerbReading | None:
    """The finite reading of a word that is no name, particle or adverb; of several rather one that marks a stage."""
    w = doc.words[k]
    if k in doc.mentions or "adverb" in w.classes or (w.function and "auxiliary" not in w.classes):
        return None
    noun = any(v.form.kind == "masdar" and not v.pronoun for v in w.verbs)  # إقامة is no «أقامه»
    possible = [v for v in w.verbs if v.finite and not v.article and v.form.person != 2 and not (v.pronoun and noun)]
    return next((v for v in possible if v.form.lemma in marker_verbs()), possible[0] if possible else None)


def tense(doc: Document, k: int, v: VerbReading) -> str:
    """``past``, ``present`` or ``future``, with ``not`` before it where it is negated, ``passive`` behind it."""
    before = doc.words[k - 1] if k else None
    coming = v.future or (before is not None and v.form.kind == "present" and before.stem_key in _WILL)
    negated = "not " if before is not None and "negation" in before.classes else ""
    return negated + ("future" if coming else v.form.kind) + (" passive" if v.form.passive else "")


def _innermost(doc: Document) -> list[int]:
    """The number of the smallest statement whose content holds each token, -1 for the reporter's own voice."""
    found = [-1] * len(doc.tokens)
    spans = [(end - start, start, end, n) for n, s in enumerate(doc.statements) for start, end in s.content]
    for _, start, end, number in sorted(spans, reverse=True):
        for k in tokens_between(doc, start, end):
            found[k] = number
    return found


def _money(doc: Document) -> frozenset[int]:
    """The tokens of amounts of money."""
    spans = [(q.span.start, q.span.end) for q in doc.quantities if q.money]
    return frozenset(k for start, end in spans for k in tokens_between(doc, start, end))


def _whens(doc: Document) -> dict[int, str]:
    """Token → whether the time there is ``past``, ``now`` or ``coming`` on the day of publication."""
    found: dict[int, str] = {}
    day = doc.report.published
    for when in doc.whens:
        if day is None or when.start is None or when.end is None:
            side = "time"
        else:
            side = "past" if when.end < day else "coming" if when.start > day else "now"
        for k in tokens_between(doc, when.span.start, when.span.end):
            found[k] = side
    return found
