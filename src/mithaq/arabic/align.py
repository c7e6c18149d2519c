"""Where in a text stands what somebody says is in it: the right characters, or nowhere.

A model, a tagger or a person gives a string; :class:`Aligner` finds it as it is written, else by the text's key (marks,
tatweel, hamza seats, ى/ي, ة/ه, spaces, presentation forms, digits, quotation marks), also as the word inside clitics:
«وزير» in «لوزير», «الاتفاقية» in «للاتفاقية». It is never fuzzy: a letter or a word that is not there is not found.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from functools import cached_property, lru_cache
from itertools import pairwise, product
from typing import Literal, NamedTuple

from mithaq.arabic.align_keys import SEATED, Keyed, is_unseen, keyed, seen_letters
from mithaq.arabic.clitics import PRONOUNS
from mithaq.lexicon.function_words import classes_of
from mithaq.lexicon.keys import fold
from mithaq.lexicon.names import name_starts
from mithaq.lexicon.search_words import base_forms
from mithaq.lexicon.verbs import readings as verb_readings
from mithaq.model import Span

Status = Literal["exact", "normalised", "clitic"]
LONGEST = 20_000
"""Code points of what is looked for; longer strings are not quotations."""

_CONJUNCTIONS = ("", *map(fold, "وف"))
_PREPOSITIONS = ("", *map(fold, "بلك"))
_ARTICLE = fold("ال")
_LAM = fold("ل")
_FUTURE = fold("س")
_TO_THE = _LAM + _LAM
_BEFORE_LAM = frozenset(c + _LAM for c in _CONJUNCTIONS)
_BEFORE = frozenset(
    [c + p + a for c, p, a in product(_CONJUNCTIONS, _PREPOSITIONS, ("", _ARTICLE))]
    + [c + p for c, p in product(_CONJUNCTIONS, (_FUTURE, _TO_THE))]
)
_BEHIND = frozenset(("", *PRONOUNS, fold("ني")))
_MOST_BEFORE = max(map(len, _BEFORE))
_MOST_BEHIND = max(map(len, _BEHIND))
_HA = fold("ه")
_TA = fold("ت")
_TA_MARBUTA = "ةۃ"
_SHORTEST = 2  # letters of a word inside clitics
_NEARER = 15  # characters: a word inside clitics must be so much nearer than one that stands alone
_AROUND = 2_000  # characters on either side of a hint that are looked at first
_WORK = 200_000_000  # characters compared before a text that repeats itself is given up
_OUTSIDE = re.compile(r"[\W_]")


class Aligned(NamedTuple):
    """Where something stands, and how it was found: as it is written, by the key, or inside clitics."""

    span: Span
    status: Status


class _Wanted(NamedTuple):
    """One way in which a string may stand in the key: what may be attached before it, and what must be behind it."""

    key: str
    before: frozenset[str]
    behind: frozenset[str]


class Aligner:
    """One text in which strings are looked for; its key is made once, in time that grows with its length."""

    def __init__(self, text: str) -> None:
        self.text = text

    @cached_property
    def _keyed(self) -> Keyed:
        return keyed(self.text)

    @cached_property
    def _of_one_hamza(self) -> Keyed:
        return keyed(self.text, one_hamza=True)

    def find(self, claimed: str, *, near: int | None = None, within: tuple[int, int] | None = None) -> Aligned | None:
        """The place of *claimed*, ``None`` if the text, or its part from one offset to another (*within*), lacks it.

        Of several places the one that begins nearest to the offset *near*; without it the best (``exact`` before
        ``normalised`` before ``clitic``), and of these the first. White space around *claimed* does not count.
        """
        claimed = claimed.strip()
        if not claimed or len(claimed) > LONGEST:
            return None
        found = self._best(self._keyed, keyed(claimed).key, claimed, near, within)
        if found is None and not SEATED.isdisjoint(claimed):
            found = self._best(self._of_one_hamza, keyed(claimed, one_hamza=True).key, claimed, near, within)
        return found

    def _best(
        self, source: Keyed, key: str, claimed: str, near: int | None, within: tuple[int, int] | None
    ) -> Aligned | None:
        low, high = within or (0, len(self.text))
        if near is not None and high - low > 2 * _AROUND:
            around = max(low, near - _AROUND), min(high, near + _AROUND)
            close = self._nearest(source, key, claimed, near, around)
            if close is not None and abs(close.span.start - near) < _AROUND - _NEARER:
                return close
        return self._nearest(source, key, claimed, near, (low, high))

    def _nearest(
        self, source: Keyed, key: str, claimed: str, near: int | None, within: tuple[int, int]
    ) -> Aligned | None:
        best: Aligned | None = None
        least = (0, 0)
        for wanted in _ways(key):
            for place in self._places(source, wanted, claimed, within):
                distance = 0 if near is None else abs(place.span.start - near)
                if distance and place.status == "clitic":
                    distance += _NEARER
                cost = (distance, _RANK[place.status])
                if best is None or cost < least:
                    best, least = place, cost
                if least == (0, 0) or (near is not None and place.span.start - near > least[0]):
                    break  # from left to right, so nothing that comes is better
        return best

    def _places(self, source: Keyed, wanted: _Wanted, claimed: str, within: tuple[int, int]) -> Iterator[Aligned]:
        """Every place between two offsets where it stands in this way, from left to right."""
        low, high = within
        letters = seen_letters(claimed)
        for start, end, behind, attached in _matches(
            source, wanted, bisect_left(source.at, low), bisect_left(source.at, high)
        ):
            span = self._span(source, start, end, claimed)
            if span.end > high or (behind == _HA and self.text[source.at[end]] in _TA_MARBUTA):
                continue  # وزيرة is no «وزير» with a pronoun
            if span.text == claimed and not attached:
                yield Aligned(span, "exact")
            elif not _swapped(letters, seen_letters(span.text)):
                yield Aligned(span, "clitic" if attached else "normalised")

    def _span(self, source: Keyed, first: int, end: int, claimed: str) -> Span:
        """The original characters; the marks on the last letter go with it, and what was claimed behind it («ـ»)."""
        start, stop = source.at[first], source.at[end - 1] + 1
        if stop < start + len(claimed) and self.text.startswith(claimed, start):
            stop = start + len(claimed)
        while stop < len(self.text) and is_unseen(self.text[stop]):
            stop += 1
        return Span.of(self.text, start, stop)


_RANK: dict[Status, int] = {"exact": 0, "normalised": 1, "clitic": 2}


def align(text: str, claimed: str, *, near: int | None = None, within: tuple[int, int] | None = None) -> Aligned | None:
    """Where *claimed* stands in *text*: see :meth:`Aligner.find`, which is quicker for several strings of one text."""
    return Aligner(text).find(claimed, near=near, within=within)


def _ways(key: str) -> Iterator[_Wanted]:
    """The ways in which a key may be written: as it is, its article after ل, its ة before a pronoun."""
    if not key:
        return
    yield _Wanted(key, _BEFORE, _BEHIND)
    stem = key.removeprefix(_ARTICLE)
    if stem != key and len(stem) >= _SHORTEST:
        yield _Wanted(_LAM + stem, _BEFORE_LAM, _BEHIND)  # للاتفاقية
        if stem.startswith(_LAM):
            yield _Wanted(stem, _BEFORE_LAM, _BEHIND)  # للجنة
    if key.endswith(_HA) and len(key) > _SHORTEST:
        yield _Wanted(key[:-1] + _TA, _BEFORE, _BEHIND - {""})  # زيارته


def _matches(source: Keyed, wanted: _Wanted, first: int, last: int) -> Iterator[tuple[int, int, str, bool]]:
    """Each place where *wanted* is a word or phrase: start and end in the key, what is behind, whether attached."""
    key = source.key
    own = wanted.before is _BEFORE and "" in wanted.behind
    size = len(wanted.key)
    work = 0
    start = key.find(wanted.key, first, last)
    while start >= 0 and work < _WORK:
        work += size
        end = start + size
        before = _letters_before(key, start, wanted.key[0])
        if before is None:  # too far inside a word for anything attached: on to the next word
            outside = _OUTSIDE.search(key, start)
            if outside is None:
                return
            start = key.find(wanted.key, outside.start(), last)
            continue
        behind = _letters_behind(key, end, wanted.key[-1])
        if source.whole(start, end):
            if not before and not behind:
                if own:
                    yield start, end, "", False
            elif before in wanted.before and behind in wanted.behind and _is_word(source, start, end, before, behind):
                yield start, end, behind, True
        start = key.find(wanted.key, start + 1, last)


def _swapped(claimed: str, found: str) -> bool:
    """Whether two neighbours changed places that one key hides: «الريئس» is not «الرئيس»."""
    if claimed == found or len(claimed) != len(found):
        return False
    other = [k for k in range(len(claimed)) if claimed[k] != found[k]]
    return any(j == k + 1 and claimed[k] == found[j] and claimed[j] == found[k] for k, j in pairwise(other))


def _letters_before(key: str, start: int, letter: str) -> str | None:
    """What stands before the match in its first word; ``None`` if it is longer than what can be attached."""
    first = start
    while letter.isalnum() and first and key[first - 1].isalnum():
        first -= 1
        if start - first > _MOST_BEFORE:
            return None
    return key[first:start]


def _letters_behind(key: str, end: int, letter: str) -> str:
    """What stands behind the match in its last word, cut where it is longer than what can be attached."""
    last = end
    while letter.isalnum() and last < len(key) and key[last].isalnum() and last - end <= _MOST_BEHIND:
        last += 1
    return key[end:last]


def _is_word(source: Keyed, start: int, end: int, before: str, behind: str) -> bool:
    """Whether what is left of a written word without its clitics can be a word by itself: not «زير» of «وزير»."""
    key = source.key
    if before:
        stop = next((k for k in range(start, len(key)) if not key[k].isalnum()), len(key))
        if not _can_be_apart(key[start : min(end, stop)], key[start - len(before) : stop]):
            return False
    if behind:
        begin = end
        while begin > 0 and key[begin - 1].isalnum():
            begin -= 1
        begin = max(begin, start)
        return _can_be_apart(key[begin:end], key[begin : end + len(behind)])
    return True


@lru_cache(maxsize=1 << 14)
def _can_be_apart(stem: str, written: str) -> bool:
    """Whether *stem* is long enough, and not just a piece of a *written* word that is known as it is."""
    if len(stem) < _SHORTEST:
        return False
    return written not in base_forms() or _is_known(stem)


def _is_known(key: str) -> bool:
    bare = key.removeprefix(_ARTICLE)
    return bool(
        key in base_forms() or bare in base_forms() or verb_readings(key) or classes_of(key) or name_starts(key, bare)
    )
