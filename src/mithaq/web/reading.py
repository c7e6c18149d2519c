"""A report as its page shows it: paragraphs of plain text, and rows for the margin with the spans they stand on."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from mithaq.model import Attribution, Frequency, Provision, Quantity, Record, Report, Span, When
from mithaq.web.labels import Labels

_BREAK = re.compile("\r\n|\r|\n")
_LINKED = ("http://", "https://")
_SIDES = 80
"""Code points that are kept of either end of a content quoted in a row."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A line of the report: its first character's offset (code points), its text, and its direction."""

    start: int
    text: str
    dir: str


@dataclass(frozen=True, slots=True)
class Detail:
    """When (``when``), how often (``frequency``) or how much (``quantities``): the report's words and their value."""

    label: str
    words: str
    value: str


@dataclass(frozen=True, slots=True)
class Row:
    """What the margin says of one statement or provision.

    *spans* is what scripts light up: ``KIND:START-END`` in code points, a space between; *quote* what it rests on,
    word for word; *citation* what is copied; *at* orders rows as the text does.
    """

    id: str
    at: tuple[int, int]
    spans: str
    quote: str
    citation: str
    chain: tuple[str, ...]
    attribution: Attribution | None = None
    provision: Provision | None = None
    details: tuple[Detail, ...] = ()

    @property
    def confidence(self) -> float:
        """How likely the row is to be right, 0 to 1."""
        item = self.attribution or self.provision
        return item.confidence if item else 1.0


def paragraphs(text: str) -> list[Paragraph]:
    """The lines of *text* that are not blank, with their offsets; right to left unless all their letters are not."""
    found: list[Paragraph] = []
    start = 0
    for end, after in [*((m.start(), m.end()) for m in _BREAK.finditer(text)), (len(text), len(text))]:
        line = text[start:end]
        if line.strip():
            found.append(Paragraph(start, line, direction(line)))
        start = after
    return found


def direction(text: str) -> str:
    """``ltr`` for text that has letters and none that is written from right to left, else ``rtl``.

    An Arabic report whose first word is a Latin name stays right to left, which the first letter alone would not give.
    """
    kinds = {unicodedata.bidirectional(c) for c in text}
    return "ltr" if "L" in kinds and not kinds & {"R", "AL"} else "rtl"


def link(url: str | None) -> str:
    """The address if a page may link to it, else nothing: reports come with whatever their makers wrote."""
    return url if url and url.lower().startswith(_LINKED) else ""


def statements(report: Report, record: Record, t: Labels) -> list[Row]:
    """The margin's rows of attributions, in the order of the text."""
    rows: list[Row] = []
    for a in record.attributions:
        spans = [("cue", a.cue), *([("source", a.source)] if a.source else []), *(("content", c) for c in a.content)]
        chain = chain_of(record, a.id)
        about = t("mode_and_certainty", mode=t(a.mode), certainty=t(a.certainty), polarity=polarity(a, t))
        rows.append(
            Row(
                a.id,
                (min(s.start for _, s in spans), a.cue.start),
                _spans(spans),
                shortened(" … ".join(c.text for c in a.content)),
                citation(report, a.content or (a.cue,), chain, about, t),
                chain,
                attribution=a,
            )
        )
    return sorted(rows, key=lambda row: row.at)


def provisions(report: Report, record: Record, t: Labels) -> list[Row]:
    """The margin's rows of provisions and conditions, in the order of the text."""
    rows: list[Row] = []
    for p in record.provisions:
        frequency = [p.frequency.span] if p.frequency else []
        details = [*(w.span for w in p.when), *frequency, *(q.span for q in p.quantities)]
        chain = chain_of(record, p.attribution)
        about = f"{t.area(p.area)} · {t.status(p.status)} · {t.parties(p.parties)}"
        rows.append(
            Row(
                p.id,
                (p.evidence.start, p.evidence.end),
                _spans([("evidence", p.evidence), *(("detail", d) for d in details)]),
                p.evidence.text,
                citation(report, (p.evidence,), chain, about, t),
                chain,
                provision=p,
                details=tuple(dict.fromkeys(_details(p, t))),
            )
        )
    return sorted(rows, key=lambda row: row.at)


def chain_of(record: Record, attribution: str | None) -> tuple[str, ...]:
    """Who reports whom, outermost first: the outlet, a source, the minister."""
    speakers = [a.speaker for a in record.chain(attribution) if a.speaker]
    return tuple(dict.fromkeys([record.outlet, *speakers] if record.outlet else speakers))


def polarity(attribution: Attribution, t: Labels) -> str:
    """Whether the source asserts or denies its content."""
    return t("denies" if attribution.polarity == "-" else "asserts")


def citation(report: Report, spans: Iterable[Span], chain: tuple[str, ...], about: str, t: Labels) -> str:
    """The plain text that «copy citation» copies: a line each, so that no line mixes scripts without need."""
    spans = tuple(spans)
    where = ("، " if t.lang == "ar" else ", ").join(f"{s.start}–{s.end}" for s in spans)
    # A left-to-right mark keeps the day from being turned round where it follows Arabic words.
    published = f"\u200e{t.day(report.published)}" if report.published else ""
    lines = (
        "«" + " … ".join(" ".join(s.text.split()) for s in spans) + "»",
        about,
        " ← ".join(chain) if len(chain) > 1 else "",
        " · ".join(part for part in (report.outlet, report.title, published) if part),
        report.url or "",
        t("cited_place", report=report.id, where=where),
    )
    return "\n".join(line for line in lines if line)


def shortened(text: str) -> str:
    """*text* on one line, with its middle left out where it is long."""
    text = " ".join(text.split())
    if len(text) <= 2 * _SIDES + 20:
        return text
    return f"{text[:_SIDES].rsplit(' ', 1)[0]} … {text[-_SIDES:].split(' ', 1)[-1]}"


def _spans(spans: Iterable[tuple[str, Span]]) -> str:
    return " ".join(f"{kind}:{span.start}-{span.end}" for kind, span in spans)


def _details(p: Provision, t: Labels) -> Iterator[Detail]:
    """When, how often and how much."""
    for when in p.when:
        yield Detail("when", when.span.text, _when(when))
    if p.frequency:
        yield Detail("frequency", p.frequency.span.text, _frequency(p.frequency, t))
    for quantity in p.quantities:
        yield Detail("quantities", quantity.span.text, _quantity(quantity))


def _when(when: When) -> str:
    days: list[date] = [day for day in (when.start, when.end) if day]
    return " – ".join(dict.fromkeys(day.isoformat() for day in days))


def _frequency(f: Frequency, t: Labels) -> str:
    often = f"{f.minimum:g}" if f.minimum == f.maximum else f"{f.minimum:g}–{f.maximum:g}"
    return f"{often} {t('times')} {t(f.unit)}"


def _quantity(q: Quantity) -> str:
    return f"{q.value:,.15g} {q.unit}"
