"""Sketches of a text by which near-copies are found: shingles, and Broder's modulo scheme.

A. Z. Broder (1997), On the resemblance and containment of documents: keep the hashes of shingles that are divisible
by a power of two; two sketches at different levels are compared at the higher one, so that containment can be
estimated, which MinHash cannot do.
"""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from struct import pack
from typing import NamedTuple
from zlib import crc32

_WORDS = 4  # words of a shingle
_MOST = 160  # hashes of a sketch
_LEAD = 40  # words of the beginning
_TEXT_BANDS = 7
_LEAD_BANDS = 3
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
    hashes = _shingles(keys)
    first = hashes[: _LEAD - _WORDS + 1]
    kept = list(set(hashes))
    length, level = len(kept), 0
    while len(kept) > _MOST:
        level += 1
        low = (1 << level) - 1
        kept = [h for h in kept if not h & low]
    bands = [*_bands(hashes, 0, _TEXT_BANDS), *_bands(first, _TEXT_BANDS, _LEAD_BANDS)]
    return Sketch(length, level, array("I", sorted(kept)), array("I", sorted(set(first))), array("q", bands))


def _shingles(keys: Sequence[str]) -> list[int]:
    """The hashes of all runs of some words (32 bits), in order; a text that is shorter is one run."""
    words = [key.encode() for key in keys]
    if len(words) < _WORDS:
        return [crc32(b" ".join(words))] if words else []
    runs = zip(*(words[n:] for n in range(_WORDS)), strict=False)
    return list(map(crc32, map(b" ".join, runs)))


def _bands(hashes: Sequence[int], tag: int, count: int) -> list[int]:
    """*count* keys of 63 bits, each of two minima under permutations of the hashes."""
    if not hashes:
        return []
    # One long number with 64 bits for each hash: multiplied by 32 bits, none runs over into the next.
    row = int.from_bytes(pack(f"<{len(hashes)}Q", *hashes), "little")
    minima = [_least((row * mix).to_bytes(8 * len(hashes), "little")) for mix in _MIX[: count + 1]]
    return [(tag + i) << 58 | (minima[i] << 26 ^ minima[i + 1]) for i in range(count)]


def _least(products: bytes) -> int:
    """The least of the low 32 bits of little-endian numbers of 64 bits."""
    tops = products[3::8]
    top = next(byte for byte in range(256) if byte in tops)
    # Only the few with the least top byte have to be compared.
    found = []
    at = tops.find(top)
    while at >= 0:
        found.append(int.from_bytes(products[8 * at : 8 * at + 4], "little"))
        at = tops.find(top, at + 1)
    return min(found)
