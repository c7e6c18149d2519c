"""Phrases: those of the lexicon in the text, and where the phrase of an act ends."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple, TypeVar

from mithaq.arabic.recent import recent
from mithaq.arabic.words import Word, word
from mithaq.lexicon.begun import NOTHING, Begun
from mithaq.lexicon.function_words import function_words
from mithaq.lexicon.provisions import Act, Phrase, topics
from mithaq.stages.document import Document

T = TypeVar("T")
_LONGEST = 16  # tokens behind the head
_GAMES = 0.5  # the share of sentences on sport from which on the whole report is about it
_STOPS = function_words()["phrase_stop"]


def matches(doc: Document, i: int, phrase: Phrase, limit: int) -> bool:
    """Whether the words from *i* on, up to *limit*, are this phrase of stems, with any clitics."""
    if i + len(phrase) - 1 > limit:
        return False
    return all(stem in doc.words[k].stems for k, stem in enumerate(phrase, i))


def longest(doc: Document, i: int, limit: int, begun: Begun[T]) -> Sequence[tuple[Phrase, T]]:
    """Those of the entries that the word at *i* may begin whose phrase stands there, up to *limit*; longest first."""
    if i < limit and begun.behind and not begun.behind.isdisjoint(doc.words[i + 1].stems):
        return [e for e in begun.every if len(e[0]) == 1 or matches(doc, i, e[0], limit)]
    return begun.single


def has_needed(doc: Document, act: Act, first: int, limit: int) -> bool:
    """Whether one of the phrases that an act asks for stands between two tokens."""
    starts = act.need_starts
    for j in range(first, limit + 1):
        w = doc.words[j]
        begins = w.key in starts or not w.stems.isdisjoint(starts)
        if begins and any(matches(doc, j, need, limit) for need in act.needs):
            return True
    return False


def phrase_end(doc: Document, last: int, limit: int) -> int:
    """The last token of the phrase whose head ends at *last*, within its sentence."""
    end = last
    j = last + 1
    furthest = min(limit, last + _LONGEST)
    while j <= furthest:
        token, w = doc.tokens[j], doc.words[j]
        if not token.is_word:
            if token.text in '«»“”"()':
                j += 1
                continue
            break
        if _begins_another(doc, j, limit):
            break
        actor = doc.actors.get(j)
        if actor is not None and actor.last <= limit and actor.kind != "document":  # «بحث» is a paper or a talk
            furthest = min(limit, furthest + actor.last - j)  # a name counts as one word, however long
            end, j = actor.last, actor.last + 1
            continue
        if _breaks(doc, j):
            break
        if not w.function and "adverb" not in w.classes and j not in doc.timed:
            end = j
        j += 1
    return end


@lru_cache(maxsize=1)  # the rules ask and the models ask again
def without_acts(doc: Document) -> frozenset[int]:
    """The sentences that name no acts: of sport, where states are teams, and the tail that repeats the headline."""
    sport, tail = function_words()["sport"], function_words()["headline_again"]
    games, tails = set(), set()
    for n, (low, high) in enumerate(doc.sentences):
        keys = [w.key for w in doc.words[low : high + 1]]
        if not sport.isdisjoint(keys):
            games.add(n)
        if len(keys) > 1 and keys[0] in tail and keys[1] in tail:
            tails.add(n)
    if len(games) > _GAMES * len(doc.sentences):
        return frozenset(range(len(doc.sentences)))
    return frozenset(games | tails)


def _begins_another(doc: Document, j: int, limit: int) -> bool:
    """Whether an act of its own begins at *j*: joined by و, a meeting, or with nothing that makes it an object."""
    begun = doc.words[j].begun
    heads = [] if begun is NOTHING else [a for _, a in longest(doc, j, min(j + 3, limit), begun.acts) if not a.possible]
    if not heads:
        return False
    w, before = doc.words[j], doc.words[j - 1]
    if w.key.startswith("و") or any(e.area == "visit" for e in heads):
        return True
    masdar = before.masdar
    governed = "preposition" in before.classes or bool(w.preposition) or masdar
    return not governed and not w.article and not all(e.topical for e in heads)


class _Break(NamedTuple):
    """Where a word of some type ends the phrase before it."""

    always: bool  # a particle, a relative, a turn
    unnamed: bool  # a verb, or what something is done for, unless it is a name
    masdar: bool  # behind a definite word, unless it is a name
    joined: bool  # unless it is a topic


def _breaks(doc: Document, j: int) -> bool:
    w = doc.words[j]
    ends = _break(w.key)
    if ends.always:
        return True
    if (ends.unnamed or (ends.masdar and doc.words[j - 1].article)) and j not in doc.mentions:
        return True
    return ends.joined and not longest(doc, j, min(j + 3, len(doc.words) - 1), w.begun.topics)


@recent
def _break(key: str) -> _Break:
    w = word(key)
    closed = w.that or not w.classes.isdisjoint(("relative", "conjunction", "turn")) or w.stem_key in _STOPS
    topical = any(s in topics() for s in w.stems)
    finite = not w.function and any(v.finite and v.form.person == 3 and not v.pronoun for v in w.verbs)
    clause = finite and not (w.masdar or w.article or w.given)
    return _Break(
        always=closed,
        unnamed=(clause or _is_purpose(w)) and not topical,
        # A bare masdar behind a definite word begins another phrase («الاتفاق العسكري إرسال بعثات»).
        masdar=w.masdar and not w.article and not w.preposition,
        # A further masdar with و begins an act of its own; a further adjective («والثقافي») does not.
        joined=key.startswith("و") and any(v.form.kind == "masdar" and v.conjunction for v in w.verbs),
    )


def _is_purpose(w: Word) -> bool:
    """«لتعزيز ...»: what something is done for."""
    return w.key[:1] == "ل" and any(v.form.kind == "masdar" and v.preposition == "ل" for v in w.verbs)
