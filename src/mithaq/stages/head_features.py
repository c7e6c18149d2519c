"""Features of a phrase that may name an act: whether it does, and what the other models take over of it.

A feature is a string ``name=value`` that holds or does not; the models of ``data/models`` weigh them. Some forty hold
of each of the dozens of phrases in a report, most of which turn out to name no act. So the features that a few values
give together are made and weighed once and kept as a part, those of single words, which are too many to keep, are
weighed by the word and only put together when they are asked for; a phrase's score adds up both.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from itertools import accumulate, repeat
from typing import Any, NamedTuple

from mithaq.arabic.recent import recent
from mithaq.arabic.words import word
from mithaq.lexicon.weights import BIAS, UNIT, Model
from mithaq.stages.clues import Clues
from mithaq.stages.document import Actor
from mithaq.stages.phrases import without_acts

_SHORTEST = 3  # letters of a word that can head an act
REACH = 25  # tokens to the left within which a verb still governs an act
_MARKERS = 12  # the same for a marker
_BEHIND = 4  # tokens behind the phrase that still say something about it
_BESIDE = 3  # words on either side whose form counts
_WINDOW = 6  # tokens behind the head within which they stand
_TOGETHER = frozenset(("مع", "بين"))
_NEXT = tuple(f"next{n}" for n in range(_BESIDE))
_BEFORE = tuple(f"prev{n}" for n in range(_BESIDE))
_FAR = ("verb0far=", "verb1far=")
_INSIDE = "in="
_THEN = "then="


def heads(clues: Clues) -> list[int]:
    """The tokens that may head an act: words that the lexicon knows for it, masdars and verbs."""
    doc = clues.doc
    passed_over = without_acts(doc)
    return [
        k
        for k in clues.telling
        if (doc.words[k].masdar or clues.acts[k] or clues.verbs[k][0] or clues.hints[k] or clues.instruments[k])
        and doc.sentence_of[k] not in passed_over
        and _may_head(doc.words[k].key)
        and ((actor := clues.actor[k]) is None or actor.kind == "document" or bool(clues.acts[k]))
    ]


@recent
def _may_head(key: str) -> bool:
    w = word(key)
    return len(key) >= _SHORTEST and not key.isdigit() and not w.function and "adverb" not in w.classes


def near(distance: int) -> str:
    """A distance in tokens, in steps."""
    return str(distance) if distance < 4 else "6" if distance < 7 else "12" if distance < 13 else "far"


class Part(NamedTuple):
    """Some features that go together, and what they add to the score of the model of acts, in thousandths."""

    features: tuple[str, ...]
    weight: int


class _Parts:
    """The parts of one model, by what gives them; each is made and weighed once."""

    def __init__(self, model: Model) -> None:
        def kept(features: Callable[..., list[str]]) -> Callable[[tuple[Any, ...]], Part]:
            return recent(lambda given: _weighed(model, features(*given)))

        self.value: Callable[[str], Part] = recent(lambda name: _weighed(model, [name]))
        self.word: Callable[[str], Part] = recent(lambda key: _weighed(model, _of_word(key)))
        self.entries = kept(_of_entries)
        self.beside = kept(_beside)
        self.inside = kept(_inside)
        self.phrase = kept(_of_phrase)
        self.verb = kept(_of_verb)
        self.own_verb = kept(_of_own_verb)
        self.marker = kept(_of_marker)


def _weighed(model: Model, features: Iterable[str]) -> Part:
    return Part(found := tuple(features), model.thousandths(found))


_parts_of = lru_cache(maxsize=4)(_Parts)  # few models are in use at a time


class Head:
    """The features of one phrase: part by part, and those of single words by their name and the word."""

    __slots__ = ("parts", "weight", "words")

    def __init__(self) -> None:
        self.parts: list[Part] = []
        self.words: list[tuple[str, Sequence[str]]] = []
        self.weight = 0  # of the words, in thousandths

    def put(self, name: str, word: str, weights: dict[str, int]) -> None:
        """Add the feature of a single word, which weighs what *weights* say of it."""
        self.words.append((name, (word,)))
        self.weight += weights.get(word, 0)

    def put_all(self, name: str, words: Sequence[str], weights: dict[str, int]) -> None:
        """The same for each of some words."""
        self.words.append((name, words))
        self.weight += sum(map(weights.get, words, repeat(0)))

    @property
    def features(self) -> list[str]:
        """All of them."""
        return [
            *(f for part in self.parts for f in part.features),
            *(name + word for name, words in self.words for word in words),
        ]

    @property
    def score(self) -> float:
        """What the model of acts makes of them, log odds."""
        return (self.weight + sum([weight for _, weight in self.parts])) / UNIT


class HeadFeatures:
    """Makes the features of one phrase of a document after another, and weighs them with the model of acts."""

    def __init__(self, clues: Clues, model: Model) -> None:
        self.clues = clues
        self.model = model
        self.parts = _parts_of(model)
        self.doc = doc = clues.doc
        content = [t.is_word and not w.function for t, w in zip(doc.tokens, doc.words, strict=True)]
        # How many tokens before each are content words, those of them that are new, and pairs met before.
        self._content = [0, *accumulate(content)]
        self._fresh = [0, *accumulate(c and new for c, new in zip(content, clues.new, strict=True))]
        self._known = [0, *accumulate(not new for new in clues.new_pair)]
        self._words = [k for k, t in enumerate(doc.tokens) if t.is_word]
        self._next = [(f"{name}=", model.weights_of(f"{name}=")) for name in _NEXT]
        self._previous = [(f"{name}=", model.weights_of(f"{name}=")) for name in _BEFORE]
        self._inner, self._then = model.weights_of(_INSIDE), model.weights_of(_THEN)
        self._settings: dict[int, Part] = {}
        self._voices: dict[int, Part] = {}

    def of(self, i: int, end: int) -> Head:
        """Whether the phrase from *i* to *end* names an act of its own."""
        head = self.begun(i)
        self.finish(head, i, end)
        return head

    def begun(self, i: int) -> Head:
        """What the head at *i*, what governs it and its setting say: cheap, and most of what speaks against an act."""
        clues, of = self.clues, self.parts
        head = Head()
        parts = head.parts
        parts.append(of.word(self.doc.words[i].key))
        if acts := clues.acts[i]:
            article = self.doc.words[i].article
            parts.append(of.entries((acts, article, clues.again[i], clues.entry_again[i])))
        if clues.instruments[i]:
            parts.append(of.value("instrument"))
        self._governors(i, parts)
        self._setting(i, parts)
        return head

    def finish(self, head: Head, i: int, end: int) -> None:
        """Add to what :meth:`begun` gave what the words around and in the phrase say that ends at *end*."""
        low, high = self.doc.sentences[self.doc.sentence_of[i]]
        head.parts.append(self.parts.value("length=" + near(end - i)))
        self._neighbours(i, low, high, end, head)
        self._phrase(i, end, head)
        self._behind(i, end, high, head)

    def _neighbours(self, i: int, low: int, high: int, end: int, head: Head) -> None:
        clues, words, of = self.clues, self.doc.words, self.parts
        parts, shapes, acts = head.parts, clues.shapes, clues.acts
        place = bisect_right(self._words, i)
        for n, k in enumerate(self._words[place : place + _BESIDE]):
            if k > high or k > i + _WINDOW:
                break
            name, weights = self._next[n]
            head.put(name, shapes[k], weights)
            if acts[k] or words[k].first_class:
                parts.append(of.beside((_NEXT[n], words[k].first_class, acts[k][:1])))
            if clues.codes[k]:
                parts.append(of.value(_NEXT[n] + "party"))
            if n == 0:
                parts.append(_weighed(self.model, (f"two={shapes[i]} {shapes[k]}", f"next0in={k <= end}")))
        if i == low:
            parts.append(of.value("first"))
        for n, k in enumerate(range(i - 1, max(low, i - _BESIDE) - 1, -1)):
            name, weights = self._previous[n]
            head.put(name, shapes[k], weights)
            if acts[k] or words[k].first_class:
                parts.append(of.beside((_BEFORE[n], words[k].first_class, acts[k][:1])))

    def _phrase(self, i: int, end: int, head: Head) -> None:
        clues, words, of, parts = self.clues, self.doc.words, self.parts, head.parts
        inside = self._words[bisect_right(self._words, i) : bisect_right(self._words, end)]
        head.put_all(_INSIDE, [clues.shapes[k] for k in inside], self._inner)
        codes: frozenset[str] = clues.codes[i]
        for k in inside:
            if clues.codes[k]:
                codes |= clues.codes[k]
            stem = words[k].stem_key
            if clues.acts[k] or clues.topics[k] or stem in _TOGETHER:
                parts.append(of.inside((stem if stem in _TOGETHER else "", clues.acts[k], clues.topics[k])))
        if clues.topics[i]:
            parts.append(of.value("topic=" + clues.topics[i]))
        if clues.money and not clues.money.isdisjoint(range(i, end + 1)):
            parts.append(of.value("money"))
        content = self._content[end + 1] - self._content[i]
        fresh = self._fresh[end + 1] - self._fresh[i]
        known = self._known[end + 1] - self._known[i + 1] if end > i else -1
        hinted: set[str] = set().union(*clues.hints[i : end + 1])
        parts.append(
            of.phrase(
                (
                    clues.acts[i][:1],
                    words[i].article,
                    clues.again[i],
                    min(3, len(codes)),
                    "none" if not fresh else "all" if fresh == content else "half" if 2 * fresh >= content else "few",
                    near(end - i),
                    min(3, known),
                    min(3, len(hinted)),
                    True in clues.first_codes[i : end + 1],
                )
            )
        )
        parts += [of.value("hint=" + a) for a in hinted]

    def _governors(self, i: int, found: list[Part]) -> None:
        clues, of = self.clues, self.parts
        k = clues.verb_before[i]
        if k < 0 or i - k > REACH:
            found.append(of.value("verb0=none"))
        for n in range(2):
            if k < 0 or i - k > REACH:
                break
            found += (of.verb((n, clues.verbs[k])), of.value(_FAR[n] + near(i - k)))
            k = clues.verb_before[k]
        k = clues.marker_before[i]
        if k >= 0 and i - k <= _MARKERS:
            found.append(of.marker((clues.before[k], near(i - k))))
        if clues.verbs[i][0]:
            found.append(of.own_verb((clues.verbs[i],)))

    def _behind(self, i: int, end: int, high: int, head: Head) -> None:
        clues, of, found = self.clues, self.parts, head.parts
        k = clues.marker_behind[i]
        if 0 <= k <= end + _BEHIND:
            found.append(of.value("after=" + clues.after[k]))
        k = clues.verb_behind[end]
        if 0 <= k <= end + _BEHIND:
            lemma, when, _ = clues.verbs[k]
            found += (of.value("behind=" + lemma), of.value("behind=" + when))
        if end < high:
            head.put(_THEN, clues.shapes[end + 1], self._then)
            if "relative" in self.doc.words[end + 1].classes:
                found.append(of.value("relative"))

    def _setting(self, i: int, found: list[Part]) -> None:
        doc, of = self.doc, self.parts
        sentence, number = doc.sentence_of[i], self.clues.statement[i]
        found.append(self._settings.get(sentence) or self._of_sentence(sentence))
        found.append(self._voices.get(number) or self._of_statement(number))
        content = doc.statements[number].content if number >= 0 else ()
        if content and doc.tokens[i].start - content[0][0] < _SHORTEST:
            found.append(of.value("begins content"))
        actor: Actor | None = self.clues.actor[i]
        if actor is not None:
            found.append(of.value(f"actor={actor.kind}/{actor.first == i}"))

    def _of_sentence(self, sentence: int) -> Part:
        """What holds of every phrase of a sentence."""
        clues = self.clues
        features = [
            f"sentence={min(6, sentence)}",
            f"sentenceparties={min(4, len(clues.sentence_codes[sentence]))}",
            f"allparties={min(5, len(clues.all_codes))}",
            f"sentencenew={clues.sentence_new[sentence]}",
        ]
        if sentence > len(self.doc.sentences) * 0.7:
            features.append("late")
        if clues.sentence_pair[sentence]:
            features.append("pair")
        self._settings[sentence] = part = _weighed(self.model, features)
        return part

    def _of_statement(self, number: int) -> Part:
        """What holds of every phrase that stands on the word of a statement; of the reporter's own at -1."""
        features = ["cue=none"]
        if number >= 0:
            s = self.doc.statements[number]
            features = [f"cue={s.cue.id}", f"mode={s.mode}"]
            if s.parent >= 0:
                features.append("nested")
            if s.speaker >= 0:
                person = self.doc.people[s.speaker]
                features += [f"speaker={person.kind}", f"speakerstate={bool(person.state)}"]
        self._voices[number] = part = _weighed(self.model, features)
        return part


def _of_word(key: str) -> list[str]:
    """What a word type says by itself."""
    w = word(key)
    found = [BIAS, f"stem={w.lemma}", f"article={w.article}", f"preposition={w.preposition}"]
    found += sorted({f"kind={v.form.kind}" for v in w.verbs})
    if key[:1] == "و":
        found.append("and")
    return found


def _of_entries(acts: tuple[str, ...], article: bool, stem: int, entry: int) -> list[str]:
    """What the entries of the head say, and how often its stem and its first entry have stood before."""
    return [
        *(f"act={a}" for a in acts),
        f"act={acts[0]}/{article}",
        f"again={stem}/{article}",
        f"again={stem}/{acts[0]}",
        f"againentry={entry}/{article}",
        f"againentry={entry}/{acts[0]}",
    ]


def _beside(place: str, kind: str, act: tuple[str, ...]) -> list[str]:
    """What a word of some class says, or that begins an act, at a place before or behind the head."""
    found = [f"{place}act={a}" for a in act]
    if kind:
        found.append(f"{place}is={kind}")
    return found


def _inside(together: str, acts: tuple[str, ...], topic: str) -> list[str]:
    """What a word inside the phrase says that begins an act, names a topic or says with whom."""
    found = [f"inact={a}" for a in acts]
    if together:
        found.append(f"with={together}")
    if topic:
        found.append(f"topic={topic}")
    return found


def _of_phrase(
    act: tuple[str, ...],
    article: bool,
    again: int,
    parties: int,
    fresh: str,
    length: str,
    known: int,
    areas: int,
    first: bool,
) -> list[str]:
    """How many parties and areas the phrase of an act names, and how much of it the report has said before.

    *known* counts the pairs of words in it that stood before, -1 where the head is all there is; *first*: it names a
    party that nothing has named before.
    """
    few = min(2, parties)
    found = [
        f"parties={parties}",
        f"fresh={fresh}",
        f"fresh={fresh}/{article}",
        f"fresh={fresh}/{bool(act)}/{length}",
        f"againstem={again}/{article}",
        f"newparty={first}/{few}",
        f"areas={areas}",
    ]
    for a in act:
        found += [f"parties={few}/{a}", f"parties={few}/{article}/{again}/{a}"]
    if known >= 0:
        found.append(f"knownpairs={known}")
    return found


def _of_verb(n: int, verb: tuple[str, str, str]) -> list[str]:
    """What the verb says that stands before the head, as its *n*-th to the left."""
    lemma, when, marker = verb
    found = [f"verb{n}={lemma}", f"tense{n}={when}", f"verb{n}={lemma} {when}"]
    if marker:
        found.append(f"stage{n}={marker} {when}")
    return found


def _of_marker(marker: str, far: str) -> list[str]:
    """What the nearest marker before the head says."""
    return [f"marker={marker}", f"marker={marker} {far}"]


def _of_own_verb(verb: tuple[str, str, str]) -> list[str]:
    """What the head says as a verb itself."""
    lemma, when, marker = verb
    return [f"this={lemma}", f"this={when}", f"this={lemma} {when}", f"thisstage={marker} {when}"]
