"""Records for tests of the store, built by hand: the reader has tests of its own."""

from __future__ import annotations

from datetime import date

from mithaq.model import Attribution, Entity, Frequency, Provision, Quantity, Record, Report, Span, When

TEXT = "أكد وزير الدفاع الكيني أن البلدين اتفقا على إجراء مناورات مشتركة مرتين في السنة بكلفة 5 ملايين دولار."


def span(words: str, text: str = TEXT) -> Span:
    """The first place of *words* in *text*."""
    start = text.index(words)
    return Span.of(text, start, start + len(words))


def report(id: str = "r1", text: str = TEXT, *, url: str | None = None, outlet: str | None = "النهر") -> Report:
    """A report with this text."""
    return Report(text, id, outlet, url, "مناورات", date(2019, 3, 4))


def record(report: Report) -> Record:
    """A record with one of everything, of a report that holds TEXT's words."""
    text = report.text
    said = Attribution(
        "a1",
        span("أكد", text),
        span("وزير الدفاع الكيني", text),
        "وزير الدفاع الكيني",
        (span("البلدين اتفقا على إجراء مناورات مشتركة مرتين في السنة", text),),
        "indirect",
        None,
        "named",
        "probable",
        "-",
        "e1",
        0.75,
    )
    exercise = Provision(
        "p1",
        span("إجراء مناورات مشتركة", text),
        "exercise",
        "agreed",
        ("KEN", "IND"),
        "provision",
        "a1",
        (When(span("السنة", text), date(2019, 1, 1), date(2019, 12, 31)),),
        Frequency(span("مرتين في السنة", text), 2, 2, "year"),
        (Quantity(span("5 ملايين دولار", text), 5e6, "USD", True),),
        0.5,
    )
    minister = Entity("e1", "person", "وزير الدفاع الكيني", "KEN", (span("وزير الدفاع الكيني", text),), "وزير الدفاع")
    return Record(
        report.id, (said,), (exercise,), (minister,), report.outlet, report.url, report.title, report.published
    )
