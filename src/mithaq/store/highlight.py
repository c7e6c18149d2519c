"""Where in a text a search hit, and the piece of it that shows best why: offsets count code points of the original."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from mithaq.arabic.search_keys import SearchToken, search_tokens
from mithaq.model import Span
from mithaq.store.search_query import Phrase

_BEFORE = 8  # words of a snippet before its first hit
_WIDTH = 36  # words of a snippet
_TRIED = 500  # hits that a snippet may begin at


class _Match(NamedTuple):
    first: int
    """Index of its first word."""
    last: int
    phrase: Phrase


class Highlights(NamedTuple):
    """The hits in one text, in order, none within another; and a snippet of the text."""

    hits: tuple[Span, ...]
    snippet: Span


def highlight(text: str, wanted: Sequence[Phrase]) -> Highlights:
    """The places of *text* where any of *wanted* stands, and the snippet that holds most of them.

    Without a hit the snippet is the beginning of the text.
    """
    tokens = search_tokens(text)
    matches = _matches(tokens, wanted)
    hits = tuple(Span.of(text, tokens[m.first][0], tokens[m.last][1]) for m in _apart(matches))
    first = _best(matches)
    start = tokens[first][0] if first and tokens else 0
    last = min(first + _WIDTH, len(tokens)) - 1
    end = tokens[last][1] if tokens and last + 1 < len(tokens) else len(text)
    # A full stop, a closing mark: what touches the last word belongs to it.
    while end < len(text) and not text[end].isspace() and end < (tokens[last + 1][0] if tokens else 0):
        end += 1
    return Highlights(hits, Span.of(text, start, end))


def _matches(tokens: Sequence[SearchToken], wanted: Sequence[Phrase]) -> list[_Match]:
    starts: dict[str, list[Phrase]] = {}
    for phrase in wanted:
        starts.setdefault(phrase[0], []).append(phrase)
    found: list[_Match] = []
    for i in [i for i, (_, _, key) in enumerate(tokens) if key in starts]:
        for phrase in starts[tokens[i][2]]:
            if len(phrase) == 1 or tuple(key for _, _, key in tokens[i : i + len(phrase)]) == phrase:
                found.append(_Match(i, i + len(phrase) - 1, phrase))
    return found


def _apart(matches: Sequence[_Match]) -> list[_Match]:
    """The matches with those that overlap made one."""
    found: list[_Match] = []
    for match in matches:
        if found and match.first <= found[-1].last:
            found[-1] = found[-1]._replace(last=max(found[-1].last, match.last))
        else:
            found.append(match)
    return found


def _best(matches: Sequence[_Match]) -> int:
    """The index of the word at which the best snippet begins: most of what is wanted, then most hits, then earliest."""
    firsts = [m.first for m in matches]
    best, most = 0, (0, 0)
    for i, match in enumerate(matches[:_TRIED]):
        begin = max(0, match.first - _BEFORE)
        inside = matches[i : min(bisect_left(firsts, begin + _WIDTH), i + _WIDTH)]
        score = (len(Counter(m.phrase for m in inside)), len(inside))
        if score > most:
            best, most = begin, score
    return best
