"""Stage: when, how often and how much: each time, frequency and quantity goes to the nearest act of its sentence."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import replace

from mithaq.model import Span
from mithaq.stages.document import Document

_BEHIND = 15  # characters: a time belongs to the act before it rather than to the one after it


def attach_details(doc: Document) -> None:
    """Fill in ``when``, ``frequency`` and ``quantities`` of the provisions."""
    if not doc.provisions:
        return
    starts = [doc.tokens[first].start for first, _ in doc.sentences]
    by_sentence: dict[int, list[int]] = {}
    for number, provision in enumerate(doc.provisions):
        by_sentence.setdefault(bisect_right(starts, provision.evidence.start), []).append(number)
    made = list(doc.provisions)

    def nearest(span: Span, *, behind: bool = False) -> list[int]:
        """The acts of the span's sentence that are closest to it: all areas that one phrase gave.

        What stands *behind* its act («مناورات ... مرتين في السنة لدعم ...») goes to a later one only for want of it.
        """
        numbers = by_sentence.get(bisect_right(starts, span.start), [])
        if behind:
            numbers = [n for n in numbers if doc.provisions[n].evidence.start < span.start] or numbers
        if not numbers:
            return []
        best = min(_distance(doc.provisions[n].evidence, span) for n in numbers)
        first = next(n for n in numbers if _distance(doc.provisions[n].evidence, span) == best)
        return [n for n in numbers if doc.provisions[n].evidence == doc.provisions[first].evidence]

    for when in doc.whens:
        for n in nearest(when.span):
            made[n] = replace(made[n], when=(*made[n].when, when))
    for frequency in doc.frequencies:
        for n in nearest(frequency.span, behind=True):
            made[n] = made[n] if made[n].frequency else replace(made[n], frequency=frequency)
    for quantity in doc.quantities:
        for n in nearest(quantity.span):
            made[n] = replace(made[n], quantities=(*made[n].quantities, quantity))
    doc.provisions = tuple(made)


def _distance(evidence: Span, span: Span) -> int:
    """Characters between the two, 0 where they overlap; what stands before an act counts as further away."""
    if span.start >= evidence.end:
        return span.start - evidence.end
    if evidence.start >= span.end:
        return _BEHIND + 2 * (evidence.start - span.end)
    return 0
