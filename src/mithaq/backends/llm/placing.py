"""Where the strings of one row stand in the report, how each was found, and what was not."""

from __future__ import annotations

from collections import Counter
from typing import Any

from mithaq.arabic.align import Aligned, Aligner
from mithaq.backends.pieces import Piece
from mithaq.model import Span, Why

ABSENT = "spans that are not in the text"
_QUOTES = "«»“”„\"'‘’"
_EDGES = " \t\r\n.،,؛;"


class Placing:
    """Looks for the strings of one row: in its sentence, else in the piece; counts those that are absent."""

    def __init__(self, whole: Aligner, piece: Piece, sentence: Any) -> None:
        self._whole = whole
        self._piece = piece.start, piece.end
        self.sentence = self._piece
        if isinstance(sentence, int) and not isinstance(sentence, bool) and 0 < sentence <= len(piece.sentences):
            self.sentence = piece.sentences[sentence - 1]
        self.found: Counter[str] = Counter()
        self.absent = 0
        self._why: list[tuple[str, str]] = []

    @property
    def why(self) -> Why:
        """For each cell how its characters were found: ``("cue", "aligned: exact")``."""
        return tuple(self._why)

    def find(self, cell: str, claimed: Any, near: int | None = None) -> Span | None:
        """The place of a cell's string that is nearest to *near*, or the first in its sentence."""
        return self._place(cell, claimed, near, anywhere=False)

    def find_anywhere(self, cell: str, claimed: Any, near: int) -> Span | None:
        """The same in the whole report: a speaker may be named in another piece."""
        return self._place(cell, claimed, near, anywhere=True)

    def find_content(self, claimed: Any, near: int) -> Span | None:
        """The place of a content, without quotation marks and full stops at its edges."""
        found = self._place("content", claimed, near, anywhere=False)
        if found is None:
            return None
        inside = found.text.strip(_EDGES).strip(_QUOTES).strip(_EDGES)
        if not inside:
            return found
        start = found.start + found.text.index(inside)
        return Span(start, start + len(inside), inside)

    def _place(self, cell: str, claimed: Any, near: int | None, anywhere: bool) -> Span | None:
        if not isinstance(claimed, str):
            return None
        # What a model adds at the edges is no part of what it copies; a colon alone is a cue.
        for wanted in dict.fromkeys((claimed, claimed.strip(_EDGES + _QUOTES))):
            found = self._aligned(wanted, near, anywhere)
            if found is not None:
                self.found[found.status] += 1
                self._why.append((cell, f"aligned: {found.status}"))
                return found.span
        self.absent += 1
        return None

    def _aligned(self, claimed: str, near: int | None, anywhere: bool) -> Aligned | None:
        if anywhere:
            return self._whole.find(claimed, near=near)
        hint = self.sentence[0] if near is None else near
        return self._whole.find(claimed, near=near, within=self.sentence) or self._whole.find(
            claimed, near=hint, within=self._piece
        )
