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


class _Spanned(Protocol):
    @property
    def span(self) -> Span: ...


_Item = TypeVar("_Item", bound=_Spanned)


def find_times(doc: Document) -> None:
    """Fill ``whens``, ``frequencies`` and ``quantities``, in the order of the text.

    A word belongs to one of them: the number in «كل ستة أشهر» or «قبل 3 سنوات» is no quantity, and the year in «مرة في
    السنة» is no time.
    """
    text, scan = doc.report.text, Scan(doc.tokens)
    doc.frequencies = frequencies_of(text, scan)
    doc.whens = _outside(dates_of(text, scan, doc.report.published), doc.frequencies)
    spans = [w.span for w in doc.whens] + [f.span for f in doc.frequencies]
    doc.timed = (
        {k for k, t in enumerate(doc.tokens) if any(s.start <= t.start < s.end for s in spans)} if spans else set()
    )
    doc.quantities = _outside(quantities_of(text, scan, doc.home), [*doc.frequencies, *doc.whens])


def _outside(items: Iterable[_Item], taken: Iterable[_Spanned]) -> list[_Item]:
    """The *items* that share no character with what is *taken*."""
    spans = sorted((t.span.start, t.span.end) for t in taken)
    kept: list[_Item] = []
    at = 0
    for item in items:
        while at < len(spans) and spans[at][1] <= item.span.start:
            at += 1
        if at == len(spans) or spans[at][0] >= item.span.end:
            kept.append(item)
    return kept
