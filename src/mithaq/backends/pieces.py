"""A report → pieces of whole sentences; the last sentences of one piece begin the next."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from mithaq.arabic.sentences import paragraph_ends, sentence_ends
from mithaq.arabic.tokens import tokenise

OVERLAP = 600
"""Code points that two pieces have in common at most: context for «وأضاف» and «الجانبان»."""
_SHARE = 5  # of short pieces, one part in so many


@dataclass(frozen=True, slots=True)
class Piece:
    """Sentences of a report: start and end of each (code points), in order."""

    sentences: tuple[tuple[int, int], ...]

    @property
    def start(self) -> int:
        """Where its first sentence begins."""
        return self.sentences[0][0]

    @property
    def end(self) -> int:
        """Where its last sentence ends."""
        return self.sentences[-1][1]

    def halves(self) -> tuple[Piece, ...]:
        """Two pieces of about the same length, for an answer that is too long; none of a single sentence."""
        middle = (self.start + self.end) / 2
        at = next((n for n, (start, _) in enumerate(self.sentences) if start >= middle), len(self.sentences) - 1)
        return (Piece(self.sentences[:at]), Piece(self.sentences[at:])) if at > 0 else ()


def pieces(text: str, size: int) -> list[Piece]:
    """The pieces of *text*, each of at most *size* code points; a longer sentence is cut at a space."""
    overlap = min(OVERLAP, size // _SHARE)
    found: list[Piece] = []
    current: list[tuple[int, int]] = []
    for sentence in _sentences(text, size):
        if current and sentence[1] - current[0][0] > size:
            found.append(Piece(tuple(current)))
            while current and (current[-1][1] - current[0][0] > overlap or sentence[1] - current[0][0] > size):
                del current[0]
        current.append(sentence)
    return [*found, Piece(tuple(current))] if current else found


def _sentences(text: str, size: int) -> Iterator[tuple[int, int]]:
    tokens = list(tokenise(text))
    first = 0
    for end in sentence_ends(tokens, paragraph_ends(text, tokens)):
        start, stop = tokens[first].start, tokens[end - 1].end
        first = end
        while stop - start > size:
            space = text.rfind(" ", start + 1, start + size)
            cut = space if space > 0 else start + size
            yield start, cut
            start = cut + 1 if space > 0 else cut
        yield start, stop
