"""Sketches of a text by which near-copies are found: shingles, and Broder's modulo scheme.

A. Z. Broder (1997), On the resemblance and containment of documents: keep the hashes of shingles that are divisible
by a power of two; two sketches at different levels are compared at the higher one, so that containment can be
estimated, which MinHash cannot do.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from itertools import accumulate
from typing import NamedTuple
from zlib import crc32

_WORDS = 4  # words of a shingle
_MOST = 160  # hashes of a sketch
_LEAD = 40  # words of the beginning
_TEXT_BANDS = 7
_LEAD_BANDS = 3
_MASK = (1 << 32) - 1
# Odd multipliers that mix the bits of a hash: one a permutation. Any fixed odd numbers do; these are Knuth's and
# Murmur's.
_MIX = (2654435761, 2246822519, 3266489917, 668265263, 374761393, 3432918353, 461845907, 2146121005)


class Sketch(NamedTuple):
    """What is kept of a text: *length* is the number of its shingles, *hashes* those divisible by 2**level, sorted;
    *lead* has the shingles of its beginning, *bands* keys that two texts share the more likely the more alike they are.
    """

    length: int
    level: int
    hashes: array[int]
    lead: array[int]
    bands: array[int]


def sketch(keys: Sequence[str]) -> Sketch:
    """The sketch of a text by the look-up keys of its words."""
    found, first = _shingles(keys), _shingles(keys[:_LEAD])
    level, kept = 0, found
    while len(kept) > _MOST:
        level += 1
        kept = {h for h in kept if h % (1 << level) == 0}
    bands = [*_bands(found, 0, _TEXT_BANDS), *_bands(first, _TEXT_BANDS, _LEAD_BANDS)]
    return Sketch(len(found), level, array("I", sorted(kept)), array("I", sorted(first)), array("q", bands))


def _shingles(keys: Sequence[str]) -> set[int]:
    """The hashes of all runs of some words (32 bits); a text that is shorter is one run."""
    if not keys:
        return set()
    words = [key.encode() for key in keys]
    text = b" ".join(words)
    ends = list(accumulate(len(word) + 1 for word in words))  # of each word, with the space behind it
    starts = [0, *ends]
    return {crc32(text[start : end - 1]) for start, end in zip(starts, ends[_WORDS - 1 :] or ends[-1:], strict=False)}


def _bands(hashes: Iterable[int], tag: int, count: int) -> list[int]:
    """*count* keys of 63 bits, each of two minima under permutations of the hashes."""
    hashes = list(hashes)
    if not hashes:
        return []
    minima = [min([n * mix & _MASK for n in hashes]) for mix in _MIX[: count + 1]]
    return [(tag + i) << 58 | (minima[i] << 26 ^ minima[i + 1]) for i in range(count)]
