"""Glyphs on a page → its paragraphs: lines by their baselines, columns from right to left, paragraphs by their ends."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from mithaq.readers.encodings import is_arabic_letter
from mithaq.readers.parsers.bidi import logical, mend_brackets

_BASELINE = 0.35
"""How far glyphs of one line may stand above or below each other, in sizes of their type."""
_SPACE = 0.15
"""A gap between glyphs that is a space, in sizes of their type."""
_GUTTER = 1.2
"""A gap between pieces of a line that may be one between columns."""
_COLUMN_LINES = 3
_SHORT = 2.5
"""How much shorter than its column the last line of a paragraph is, in sizes of its type."""
_VERY_SHORT = 0.25
"""The same for a line that ends no sentence, in widths of its column."""
_FINAL = frozenset(".!?؟:…")
_LEADING = 1.35
"""How much more than the usual distance of lines lies between paragraphs."""
_WITHIN_PARAGRAPH = 2.2
"""The widest distance of lines that may be the usual one, in sizes of their type."""
_DOUBLE = 0.12
_ARTICLE = "ال"
_PARTED_WORD = re.compile(r"[A-Za-z]-$")


class Glyph(NamedTuple):
    """What one glyph means, from where to where it goes, its baseline, and the size of its type (points)."""

    text: str
    left: float
    right: float
    base: float
    size: float


@dataclass(frozen=True, slots=True, eq=False)
class Paragraph:
    """A paragraph's text, and the size of its type."""

    text: str
    size: float


class _Line(NamedTuple):
    """A piece of a line within one column."""

    glyphs: list[Glyph]
    left: float
    right: float
    base: float
    size: float


def paragraphs(glyphs: Sequence[Glyph]) -> list[Paragraph]:
    """The paragraphs of a page in the order of reading."""
    lines = [piece for row in _rows(glyphs) for piece in _pieces(row)]
    if not lines:
        return []
    arabic = sum(is_arabic_letter(c) for g in glyphs for c in unicodedata.normalize("NFKC", g.text))
    right_to_left = 2 * arabic >= sum(g.text.isalpha() for g in glyphs)
    columns = list(_columns(lines))
    found = [_paragraphs_of(column, right_to_left, False) for column in columns]
    if right_to_left and _reversed("\n".join(p.text for column in found for p in column)):
        found = [_paragraphs_of(column, right_to_left, True) for column in columns]
    return [p for column in found for p in column]


def _rows(glyphs: Sequence[Glyph]) -> Iterator[list[Glyph]]:
    """The glyphs of each line over the whole width, from the top."""
    row: list[Glyph] = []
    for glyph in sorted(glyphs, key=lambda g: -g.base):
        if row and row[0].base - glyph.base > _BASELINE * max(row[0].size, glyph.size):
            yield row
            row = []
        row.append(glyph)
    if row:
        yield row


def _pieces(row: list[Glyph]) -> Iterator[_Line]:
    """A row cut at gaps that may lie between columns; white space and doubled glyphs left out."""
    seen = sorted((g for g in row if g.text.strip()), key=lambda g: (g.left + g.right, g.left))
    piece: list[Glyph] = []
    for glyph in seen:
        if piece and _same(piece, glyph):
            continue
        if piece and glyph.left - max(g.right for g in piece[-3:]) > _GUTTER * glyph.size:
            yield _line(piece)
            piece = []
        piece.append(glyph)
    if piece:
        yield _line(piece)


def _same(piece: list[Glyph], glyph: Glyph) -> bool:
    """Whether the glyph has just been drawn there: bold type is made so."""
    near = _DOUBLE * glyph.size
    return any(g.text == glyph.text and abs(g.left - glyph.left) < near and g.right > g.left for g in piece[-2:])


def _line(glyphs: list[Glyph]) -> _Line:
    left, right = min(g.left for g in glyphs), max(g.right for g in glyphs)
    return _Line(glyphs, left, right, median(g.base for g in glyphs), median(g.size for g in glyphs))


def _columns(lines: list[_Line]) -> Iterator[list[_Line]]:
    """The lines of each column, top to bottom, right column first; a line over all columns parts what is above it."""
    band: list[list[_Line]] = []
    for row in _by_base(lines):
        flat = [line for other in band for line in other]
        if band and len(_spans([*flat, *row])) == 1 and (len(_spans(flat)) > 1 or len(row) > 1):
            # Columns need not begin at one height: what stands alone above the row may be the first line of one.
            begun = [row]
            while len(band) > 1 and len(_spans([line for other in (band[-1], *begun) for line in other])) > 1:
                begun.insert(0, band.pop())
            yield from _band([line for other in band for line in other])
            band = begun
        else:
            band.append(row)
    yield from _band([line for other in band for line in other])


def _by_base(lines: list[_Line]) -> Iterator[list[_Line]]:
    row: list[_Line] = []
    for line in sorted(lines, key=lambda g: -g.base):
        if row and row[0].base - line.base > _BASELINE * max(row[0].size, line.size):
            yield row
            row = []
        row.append(line)
    yield row


def _band(band: list[_Line]) -> Iterator[list[_Line]]:
    spans = _spans(band)
    columns = [[line for line in band if left <= line.left < right] for left, right in reversed(spans)]
    if len(columns) > 1 and min(len(c) for c in columns) >= _COLUMN_LINES:
        for column in columns:
            yield from _columns(column)
    else:
        yield [_line([g for piece in row for g in piece.glyphs]) for row in _by_base(band)]


def _spans(lines: Sequence[_Line]) -> list[tuple[float, float]]:
    """The stretches of the width that lines cover together."""
    spans: list[tuple[float, float]] = []
    for line in sorted(lines, key=lambda g: g.left):
        if spans and line.left <= spans[-1][1] + line.size * _GUTTER:
            spans[-1] = (spans[-1][0], max(spans[-1][1], line.right))
        else:
            spans.append((line.left, line.right))
    return [(left, right + 1e-6) for left, right in spans]


def _paragraphs_of(column: list[_Line], right_to_left: bool, as_drawn: bool) -> list[Paragraph]:
    left, right = min(line.left for line in column), max(line.right for line in column)
    pitches = [a.base - b.base for a, b in pairwise(column)]
    near = [p for p, line in zip(pitches, column, strict=False) if p < _WITHIN_PARAGRAPH * line.size]
    pitch = median(near or pitches or [0.0])
    groups: list[list[_Line]] = []
    for line in column:
        before = groups[-1][-1] if groups else None
        if before is None or _parted(before, line, left, right, pitch, right_to_left):
            groups.append([line])
        else:
            groups[-1].append(line)
    return [
        Paragraph(mend_brackets(_joined([_text(g, right_to_left, as_drawn) for g in group])), group[0].size)
        for group in groups
    ]


def _ends(line: _Line, right_to_left: bool) -> bool:
    """Whether a line's last character ends a sentence."""
    last = min(line.glyphs, key=lambda g: g.left) if right_to_left else max(line.glyphs, key=lambda g: g.right)
    return last.text in _FINAL


def _joined(lines: list[str]) -> str:
    """One text; a word of another script that was parted at its hyphen («F-16») is one again."""
    text = ""
    for line in lines:
        whole = bool(_PARTED_WORD.search(text)) and line[:1].isascii() and line[:1].isalnum()
        text += line if whole or not text else f" {line}"
    return text


def _parted(before: _Line, line: _Line, left: float, right: float, pitch: float, right_to_left: bool) -> bool:
    """Whether a paragraph ends between two lines."""
    short = before.left - left if right_to_left else right - before.right
    indent = right - line.right if right_to_left else line.left - left
    led = right - before.right if right_to_left else before.left - left
    return (
        short > (_SHORT * before.size if _ends(before, right_to_left) else _VERY_SHORT * (right - left))
        or (line.size <= indent <= 4 * line.size and led < line.size / 2)
        or before.base - line.base > _LEADING * pitch
        or abs(before.size - line.size) > 0.15 * line.size
    )


def _text(line: _Line, right_to_left: bool, as_drawn: bool) -> str:
    """The text of a line; marks go behind the letter over which they stand."""
    glyphs = sorted(line.glyphs, key=lambda g: (g.left + g.right, g.left))
    letters = [g for g in glyphs if not _is_mark(g.text)]
    units: list[str] = []
    edges: list[float] = []
    for before, glyph in pairwise([None, *letters]):
        assert glyph
        if before and glyph.left - before.right > _SPACE * glyph.size:
            units.append(" ")
            edges.append(before.right)
        units.append(glyph.text)
        edges.append(glyph.left)
    for mark in glyphs:
        if _is_mark(mark.text) and edges:
            middle = (mark.left + mark.right) / 2
            at = max((i for i, edge in enumerate(edges) if edge <= middle and units[i] != " "), default=0)
            units[at] += mark.text
    return "".join(units) if as_drawn else logical(units, right_to_left)


def _is_mark(text: str) -> bool:
    return all(unicodedata.category(c) == "Mn" for c in text)


def _reversed(text: str) -> bool:
    """Whether the page shows Arabic backwards, as programs that know no Arabic print it: then so is its article."""
    words = unicodedata.normalize("NFKC", text).split()
    right = sum(len(w) > len(_ARTICLE) + 1 and w.startswith(_ARTICLE) for w in words)
    wrong = sum(len(w) > len(_ARTICLE) + 1 and w.endswith(_ARTICLE[::-1]) for w in words)
    return wrong > max(2, 2 * right)
