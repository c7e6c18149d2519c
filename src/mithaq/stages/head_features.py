"""Features of a phrase that may name an act: whether it does, and what the other models take over of it.

A feature is a string ``name=value`` that holds or does not; the models of ``data/models`` weigh them. Some forty hold
of each of the dozens of phrases in a report, so those of one word type or of a few values are made once and kept.
"""

from __future__ import annotations

from functools import lru_cache
from itertools import accumulate

from mithaq.arabic.words import word
from mithaq.lexicon.weights import BIAS
from mithaq.stages.clues import Clues, stem_of
from mithaq.stages.document import Actor
from mithaq.stages.phrases import without_acts

_SHORTEST = 3  # letters of a word that can head an act
REACH = 25  # tokens to the left within which a verb still governs an act
_MARKERS = 12  # the same for a marker
_BEHIND = 4  # tokens behind the phrase that still say something about it
_BESIDE = 3  # words on either side whose form counts
_WINDOW = 6  # tokens behind the head within which they stand
_TOGETHER = frozenset(("مع", "بين"))
_KEPT = 1 << 15  # features of so many combinations of values are kept


def heads(clues: Clues) -> list[int]:
    """The tokens that may head an act: words that the lexicon knows for it, masdars and verbs."""
    doc = clues.doc
    passed_over = without_acts(doc)
    return [
        k
        for k, w in enumerate(doc.words)
        if doc.tokens[k].is_word
        and doc.sentence_of[k] not in passed_over
        and _may_head(w.key)
        and (clues.acts[k] or clues.instruments[k] or clues.verbs[k][0] or clues.hints[k] or w.masdar)
        and ((actor := clues.actor[k]) is None or actor.kind == "document" or bool(clues.acts[k]))
    ]


@lru_cache(maxsize=1 << 16)
def _may_head(key: str) -> bool:
    w = word(key)
    return len(key) >= _SHORTEST and not key.isdigit() and not w.function and "adverb" not in w.classes


def near(distance: int) -> str:
    """A distance in tokens, in steps."""
    return str(distance) if distance < 4 else "6" if distance < 7 else "12" if distance < 13 else "far"


class HeadFeatures:
    """Makes the features of one phrase of a document after another."""

    def __init__(self, clues: Clues) -> None:
        self.clues = clues
        self.doc = doc = clues.doc
        content = [t.is_word and not w.function for t, w in zip(doc.tokens, doc.words, strict=True)]
        # How many tokens before each are content words, those of them that are new, and pairs met before.
        self._content = [0, *accumulate(content)]
        self._fresh = [0, *accumulate(c and new for c, new in zip(content, clues.new, strict=True))]
        self._known = [0, *accumulate(not new for new in clues.new_pair)]
        self._words = [k for k, t in enumerate(doc.tokens) if t.is_word]
        self._place = {k: n for n, k in enumerate(self._words)}
        self._inside: dict[int, tuple[str, ...]] = {}
        self._settings: dict[int, tuple[str, ...]] = {}
        self._voices: dict[int, tuple[str, ...]] = {}

    def of(self, i: int, end: int) -> list[str]:
        """Whether the phrase from *i* to *end* names an act of its own."""
        clues, doc = self.clues, self.doc
        low, high = doc.sentences[doc.sentence_of[i]]
        found = [*_word_features(doc.words[i].key), f"length={near(end - i)}"]
        found += _entry_features(clues.acts[i], doc.words[i].article, clues.again[i])
        if clues.instruments[i]:
            found.append("instrument")
        self._neighbours(i, low, high, end, found)
        self._phrase(i, end, found)
        self._governors(i, found)
        self._behind(i, end, high, found)
        self._setting(i, found)
        return found

    def _neighbours(self, i: int, low: int, high: int, end: int, found: list[str]) -> None:
        clues = self.clues
        place = self._place[i]
        for n, k in enumerate(self._words[place + 1 : place + 1 + _BESIDE]):
            if k > high or k > i + _WINDOW:
                break
            found += _beside("next", n, clues.shapes[k], clues.classes[k], clues.acts[k][:1])
            if clues.codes[k]:
                found.append(f"next{n}party")
            if n == 0:
                found.append(f"two={clues.shapes[i]} {clues.shapes[k]}")
                found.append(f"next0in={k <= end}")
        if i == low:
            found.append("first")
        for n, k in enumerate(range(i - 1, max(low, i - _BESIDE) - 1, -1)):
            found += _beside("prev", n, clues.shapes[k], clues.classes[k], clues.acts[k][:1])

    def _phrase(self, i: int, end: int, found: list[str]) -> None:
        clues = self.clues
        codes: frozenset[str] = clues.codes[i]
        for k in range(i + 1, end + 1):
            if self.doc.tokens[k].is_word:
                codes |= clues.codes[k]
                found += self._inside.get(k) or self._of_inner(k)
        if clues.topics[i]:
            found.append(f"topic={clues.topics[i]}")
        if clues.money and not clues.money.isdisjoint(range(i, end + 1)):
            found.append("money")
        content = self._content[end + 1] - self._content[i]
        fresh = self._fresh[end + 1] - self._fresh[i]
        known = self._known[end + 1] - self._known[i + 1] if end > i else -1
        hinted = {a for areas in clues.hints[i : end + 1] for a in areas}
        found += _phrase_features(
            clues.acts[i][:1],
            self.doc.words[i].article,
            clues.again[i][0],
            min(3, len(codes)),
            "none" if not fresh else "all" if fresh == content else "half" if 2 * fresh >= content else "few",
            near(end - i),
            min(3, known),
            min(3, len(hinted)),
        )
        found.append(f"newparty={True in clues.first_codes[i : end + 1]}/{min(2, len(codes))}")
        found += [f"hint={a}" for a in sorted(hinted)]

    def _of_inner(self, k: int) -> tuple[str, ...]:
        """The features of a word inside a phrase, the same for every phrase that it stands in."""
        clues = self.clues
        stem = self.doc.words[k].stem_key
        found = [f"in={clues.shapes[k]}", *(f"inact={a}" for a in clues.acts[k])]
        if stem in _TOGETHER:
            found.append(f"with={stem}")
        if clues.topics[k]:
            found.append(f"topic={clues.topics[k]}")
        self._inside[k] = features = tuple(found)
        return features

    def _governors(self, i: int, found: list[str]) -> None:
        clues = self.clues
        k = clues.verb_before[i]
        if k < 0 or i - k > REACH:
            found.append("verb0=none")
        for n in range(2):
            if k < 0 or i - k > REACH:
                break
            found += _verb_features(n, clues.verbs[k], near(i - k))
            k = clues.verb_before[k]
        k = clues.marker_before[i]
        if k >= 0 and i - k <= _MARKERS:
            found += (f"marker={clues.before[k]}", f"marker={clues.before[k]} {near(i - k)}")
        if clues.verbs[i][0]:
            found += _own_verb_features(clues.verbs[i])

    def _behind(self, i: int, end: int, high: int, found: list[str]) -> None:
        clues = self.clues
        k = clues.marker_behind[i]
        if 0 <= k <= end + _BEHIND:
            found.append(f"after={clues.after[k]}")
        k = clues.verb_behind[end]
        if 0 <= k <= end + _BEHIND:
            lemma, when, _ = clues.verbs[k]
            found += (f"behind={lemma}", f"behind={when}")
        if end < high:
            found.append(f"then={clues.shapes[end + 1]}")
            if "relative" in self.doc.words[end + 1].classes:
                found.append("relative")

    def _setting(self, i: int, found: list[str]) -> None:
        doc = self.doc
        sentence, number = doc.sentence_of[i], self.clues.statement[i]
        found += self._settings.get(sentence) or self._of_sentence(sentence)
        if number < 0:
            found.append("cue=none")
        else:
            found += self._voices.get(number) or self._of_statement(number)
            content = doc.statements[number].content
            if content and doc.tokens[i].start - content[0][0] < _SHORTEST:
                found.append("begins content")
        actor: Actor | None = self.clues.actor[i]
        if actor is not None:
            found.append(f"actor={actor.kind}/{actor.first == i}")

    def _of_sentence(self, sentence: int) -> tuple[str, ...]:
        """What holds of every phrase of a sentence."""
        clues = self.clues
        found = [
            f"sentence={min(6, sentence)}",
            f"sentenceparties={min(4, len(clues.sentence_codes[sentence]))}",
            f"allparties={min(5, len(clues.all_codes))}",
            f"sentencenew={clues.sentence_new[sentence]}",
        ]
        if sentence > len(self.doc.sentences) * 0.7:
            found.append("late")
        if clues.sentence_pair[sentence]:
            found.append("pair")
        self._settings[sentence] = features = tuple(found)
        return features

    def _of_statement(self, number: int) -> tuple[str, ...]:
        """What holds of every phrase that stands on the word of a statement."""
        s = self.doc.statements[number]
        found = [f"cue={s.cue.id}", f"mode={s.mode}"]
        if s.parent >= 0:
            found.append("nested")
        if s.speaker >= 0:
            person = self.doc.people[s.speaker]
            found += [f"speaker={person.kind}", f"speakerstate={bool(person.state)}"]
        self._voices[number] = features = tuple(found)
        return features


@lru_cache(maxsize=1 << 16)
def _word_features(key: str) -> tuple[str, ...]:
    """What a word type says by itself."""
    w = word(key)
    found = [BIAS, f"stem={stem_of(key)}", f"article={w.article}", f"preposition={w.preposition}"]
    found += sorted({f"kind={v.form.kind}" for v in w.verbs})
    if key[:1] == "و":
        found.append("and")
    return tuple(found)


@lru_cache(maxsize=_KEPT)
def _entry_features(acts: tuple[str, ...], article: bool, again: tuple[int, int]) -> tuple[str, ...]:
    """What the entries of the head say, and how often its stem and its first entry have stood before."""
    if not acts:
        return ()
    stem, entry = again
    return (
        *(f"act={a}" for a in acts),
        f"act={acts[0]}/{article}",
        f"again={stem}/{article}",
        f"again={stem}/{acts[0]}",
        f"againentry={entry}/{article}",
        f"againentry={entry}/{acts[0]}",
    )


@lru_cache(maxsize=_KEPT)
def _beside(side: str, n: int, shape: str, kind: str, act: tuple[str, ...]) -> tuple[str, ...]:
    """What the word of some shape and class says that stands *n* words before or behind the head."""
    found = [f"{side}{n}={shape}", *(f"{side}{n}act={a}" for a in act)]
    if kind:
        found.append(f"{side}{n}is={kind}")
    return tuple(found)


@lru_cache(maxsize=_KEPT)
def _phrase_features(
    act: tuple[str, ...], article: bool, again: int, parties: int, fresh: str, length: str, known: int, areas: int
) -> tuple[str, ...]:
    """How many parties and areas the phrase of an act names, and how much of it the report has said before.

    *known* counts the pairs of words in it that stood before, -1 where the head is all there is.
    """
    few = min(2, parties)
    found = [
        f"parties={parties}",
        f"fresh={fresh}",
        f"fresh={fresh}/{article}",
        f"fresh={fresh}/{bool(act)}/{length}",
        f"againstem={again}/{article}",
        f"areas={areas}",
    ]
    for a in act:
        found += [f"parties={few}/{a}", f"parties={few}/{article}/{again}/{a}"]
    if known >= 0:
        found.append(f"knownpairs={known}")
    return tuple(found)


@lru_cache(maxsize=_KEPT)
def _verb_features(n: int, verb: tuple[str, str, str], far: str) -> tuple[str, ...]:
    """What the verb says that stands before the head, as its *n*-th to the left."""
    lemma, when, marker = verb
    found = (f"verb{n}={lemma}", f"tense{n}={when}", f"verb{n}={lemma} {when}", f"verb{n}far={far}")
    return (*found, f"stage{n}={marker} {when}") if marker else found


@lru_cache(maxsize=_KEPT)
def _own_verb_features(verb: tuple[str, str, str]) -> tuple[str, ...]:
    """What the head says as a verb itself."""
    lemma, when, marker = verb
    return f"this={lemma}", f"this={when}", f"this={lemma} {when}", f"thisstage={marker} {when}"
