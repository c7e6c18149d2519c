"""Agreements made by hand: what the tests of exports write and read back."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from mithaq.ledger.items import Agreement, Commitment, Contradiction, FollowUp, Stage, Voice
from mithaq.model import Frequency, Quantity, Span, When

MARKED = "اِتِّفَاقِيَّةُ «الدِّفَاعِ» المُشتَرَكِ"
HOSTILE = (
    "=HYPERLINK(\"http://x\",\"y\")",
    "+1+1",
    "-2+3",
    "@SUM(A1)",
    "\t=1",
    " =1",
    "＝1",
    "سطر أول\nسطر ثان\r\nسطر ثالث",
    "فيه\x00 تحكم\x07 وحذف\x7f",
    "\u202eمقلوب\u202c \u200fعلامة\u200e",
    'علامات "اقتباس"; فاصلة, ومائلة \\ عكسية',
    "</data><script>&amp;]]>",
    "\ud800 نصف زوج",
    "\ufffe\uffff",
    "😀 رمز خارج المستوى الأول",
    "ش" * 5000,
    "' OR 1=1; DROP TABLE stages; --",
    "",
)  # fmt: skip


def span(text: str, start: int = 10) -> Span:
    return Span(start, start + len(text), text)


def when(text: str, start: date | None, end: date | None) -> When:
    return When(span(text), start, end)


def stage(report: str = "r1", **fields: Any) -> Stage:
    """A stage of a joint exercise of Jordan and Japan, with *fields* put in place of its own."""
    given: dict[str, Any] = {
        "report": report,
        "provision": "p1",
        "outlet": "الغد",
        "url": f"https://example.org/news/{report}",
        "published": date(2026, 3, 10),
        "area": "exercise",
        "status": "planned",
        "parties": ("JOR", "JPN"),
        "role": "provision",
        "evidence": span("إجراء مناورات عسكرية مشتركة"),
        "chain": (Voice("مصدر عسكري", "anonymous"), Voice("وزير الدفاع الأردني سالم ناصر", "named")),
        "copy_of": report,
        "confidence": 0.81,
    }
    return Stage(**{**given, **fields})


def commitment(id_: str = "c1", *stages: Stage, **fields: Any) -> Commitment:
    """A commitment with *stages* (one, if none is given), its own cells taken from the last of them."""
    held = stages or (stage(),)
    given: dict[str, Any] = {
        "id": id_,
        "agreement": "a1",
        "area": held[-1].area,
        "parties": held[-1].parties,
        "role": held[-1].role,
        "status": held[-1].status,
        "rule": "advanced",
        "stages": held,
        "outlets": tuple(dict.fromkeys(s.outlet for s in held if s.outlet)),
        "speakers": tuple(dict.fromkeys(v.name for s in held for v in s.chain if v.kind == "named")),
    }
    return Commitment(**{**given, **fields})


def agreement(id_: str = "a1", *commitments: Commitment, name: str | None = None) -> Agreement:
    """An agreement of *commitments* (one, if none is given) between all their parties."""
    held = commitments or (commitment(f"{id_}-c1", agreement=id_),)
    stages = sorted((s for c in held for s in c.stages), key=lambda s: s.published or date.max)
    reports = tuple(dict.fromkeys(s.report for s in stages))
    return Agreement(id_, tuple(sorted({p for c in held for p in c.parties})), held, reports, name)


def full() -> Agreement:
    """An agreement that has every cell: times, quantities, a copy, a denial, a contradiction, a follow-up."""
    planned = stage(
        "r1",
        when=(when("الشهر المقبل", date(2026, 4, 1), date(2026, 4, 30)),),
        frequency=Frequency(span("مرتين في السنة"), 2, 2, "year"),
        quantities=(
            Quantity(span("500 جندي"), 500, "soldier", False),
            Quantity(span("3 ملايين دولار"), 3e6, "USD", True),
        ),
    )
    copied = stage("r2", outlet="الرأي", copy_of="r1", published=date(2026, 3, 11))
    denied = stage("r3", outlet=None, url=None, status="refused", denied=True, published=date(2026, 3, 12), chain=())
    held = stage(
        "r4", status="done", published=date(2026, 4, 9), when=(when("أمس", date(2026, 4, 8), date(2026, 4, 8)),)
    )
    exercise = commitment(
        "c1",
        planned,
        copied,
        denied,
        held,
        speakers=("سالم ناصر",),
        contradictions=(Contradiction("denial", planned, denied, ("planned", "refused"), ((planned,), (denied,))),),
        follow_up=FollowUp("recurring", planned, date(2026, 9, 9), 12),
    )
    arms = commitment(
        "c2",
        stage(
            "r1",
            provision="p2",
            area="arms_transfer",
            status="signed",
            parties=("JOR", "JPN", "UNO"),
            role="condition",
            evidence=span(MARKED),
        ),
    )
    return agreement("a1", exercise, arms, name=MARKED)


def hostile() -> Iterator[Agreement]:
    """An agreement for each hostile string, which stands in every cell that a report fills."""
    for n, text in enumerate(HOSTILE):
        wild = stage(
            f"{text}{n}",
            provision=text,
            outlet=text,
            url=text,
            evidence=span(text),
            chain=(Voice(text, "named"), Voice(text, "anonymous")),
            when=(When(span(text), date(2026, 5, 1), None),),
            frequency=Frequency(span(text), 1, 2, "month"),
            quantities=(Quantity(span(text), -1.5, text, False),),
        )
        held = commitment(f"c{n}", wild, agreement=f"a{n}", outlets=(text,), speakers=(text,))
        yield agreement(f"a{n}", held, name=text)
