"""Stage: times, frequencies and quantities, each over the whole text."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol, TypeVar

from mithaq.arabic.dates import dates_of
from mithaq.arabic.frequencies import frequencies_of
from mithaq.arabic.quantities import quantities_of
from mithaq.arabic.terms import Scan
from mithaq.model import Span
from mithaq.stages.document import Document
from mithaq.stages.spans import tokens_between


class _Spanned(Protocol):
    @property
    def span(self) -> Span: ...


_Item = TypeVar("_Item", bound=_Spanned)
_NAME = 3  # tokens; shorter quotations are names: «اليوم», «البريد اليومي»


def find_times(doc: Document) -> None:
    """Fill ``whens``, ``frequencies`` and ``quantities``, in the order of the text.

    A word belongs to one of them: the number in «كل ستة أشهر» or «قبل 3 سنوات» is no quantity, and the year in «مرة في
    السنة» is no time. None belongs to a name in quotation marks.
    """
    text, scan = doc.report.text, Scan(doc.tokens, doc.words)
    names = [(doc.tokens[q.first].start, doc.tokens[q.last].end) for q in doc.quotes if q.last - q.first < _NAME]
    doc.frequencies = _outside(frequencies_of(text, scan), names)
    timed = [(f.span.start, f.span.end) for f in doc.frequencies]
    doc.whens = _outside(dates_of(text, scan, doc.report.published), names + timed)
    spans = [w.span for w in doc.whens] + [f.span for f in doc.frequencies]
    doc.timed = {k for s in spans for k in tokens_between(doc, s.start, s.end)}
    doc.quantities = _outside(quantities_of(text, scan, doc.home), [(s.start, s.end) for s in spans])


def _outside(items: Iterable[_Item], taken: Iterable[tuple[int, int]]) -> list[_Item]:
    """The *items* that share no character with what is *taken*, from and up to a character."""
    spans = sorted(taken)
    kept: list[_Item] = []
    at = 0
    for item in items:
        while at < len(spans) and spans[at][1] <= item.span.start:
            at += 1
        if at == len(spans) or spans[at][0] >= item.span.end:
            kept.append(item)
    return kept
