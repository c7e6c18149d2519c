"""Reports of a few dealings between states, made by hand: with conditions, contradictions, a copy, and what is due."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from types import MappingProxyType

from made import span

from mithaq.model import Attribution, Provision, Record, Report, When

TODAY = date.today()
LONG_AGO = TODAY - timedelta(days=400)
_SAID = "أعلن وزير الدفاع الكيني"

Made = tuple[Report, Record]


def deals() -> list[Made]:
    """Kenya and India: an exercise that is announced, repeated by a copy, denied by one paper and asserted by another.

    Kenya and Japan: a port. Kenya, India and Japan: talks. One report has no date.
    """
    first = _report(
        "deal-1", "النهر", LONG_AGO, "مناورات كينية هندية",
        f"{_SAID} أن كينيا والهند اتفقتا على إجراء مناورات بحرية مشتركة قبالة ممباسا في الأسبوع القادم. "
        "واشترطت نيروبي أن تدرب الهند ضباطها على الملاحة. وقد وقع البلدان اتفاقية لبناء مرفأ صغير بكلفة محدودة. "
        "وتقرر أن يعقد الجانبان لقاء وزاريا في نيودلهي بعد شهر.",
        [
            ("p1", "إجراء مناورات بحرية مشتركة قبالة ممباسا", "exercise", "planned", ("KEN", "IND"), "provision"),
            ("p2", "تدرب الهند ضباطها على الملاحة", "training", "demanded", ("KEN", "IND"), "condition"),
            ("p3", "اتفاقية لبناء مرفأ صغير", "transport", "signed", ("KEN", "IND"), "provision"),
            ("p4", "لقاء وزاريا في نيودلهي", "visit", "planned", ("KEN", "IND"), "provision"),
        ],
        {
            "p1": ("في الأسبوع القادم", LONG_AGO + timedelta(days=7)),
            "p4": ("بعد شهر", LONG_AGO + timedelta(days=30)),
        },
    )  # fmt: skip
    return [
        first,
        _copy(first, "deal-2", "الصدى", LONG_AGO + timedelta(days=1)),
        _report(
            "deal-3", "المرصد", LONG_AGO + timedelta(days=1), "نفي هندي",
            f"{_SAID} أن الهند رفضت إجراء مناورات بحرية مشتركة قبالة ممباسا مع كينيا هذا العام.",
            [("p1", "إجراء مناورات بحرية مشتركة قبالة ممباسا", "exercise", "refused", ("KEN", "IND"), "provision")],
        ),
        _report(
            "deal-4/b ؟", "الميناء", date(2019, 3, 4), "مرفأ <جديد>",
            f"{_SAID} أن اليابان وكينيا بحثتا توسيع رصيف الشحن في لامو.",
            [("p1", "توسيع رصيف الشحن في لامو", "transport", "discussed", ("KEN", "JPN"), "provision")],
        ),
        _report(
            "deal-5", None, None, None,
            f"{_SAID} أن كينيا والهند واليابان عقدت لقاء ثلاثيا في مومباي عن الصيد.",
            [("p1", "لقاء ثلاثيا في مومباي", "visit", "done", ("KEN", "IND", "JPN"), "provision")],
        ),
    ]  # fmt: skip


def _report(
    id: str,
    outlet: str | None,
    day: date | None,
    title: str | None,
    text: str,
    provisions: Iterable[tuple[str, str, str, str, tuple[str, ...], str]],
    when: Mapping[str, tuple[str, date]] = MappingProxyType({}),
) -> Made:
    said = Attribution(
        "a1", span(text, "أعلن"), span(text, "وزير الدفاع الكيني"), "وزير الدفاع الكيني",
        (span(text, text[text.index(" أن ") + 4 :]),), "indirect", None, "named",
    )  # fmt: skip
    times = {number: (When(span(text, words), due, due),) for number, (words, due) in when.items()}
    made = tuple(
        Provision(
            number,
            span(text, words),
            area,
            status,
            parties,
            "condition" if role == "condition" else "provision",
            "a1",
            times.get(number, ()),
            confidence=0.8,
        )
        for number, words, area, status, parties, role in provisions
    )
    url = f"https://example.org/{id[:6]}" if outlet else None
    return Report(text, id, outlet, url, title, day), Record(id, (said,), made, (), outlet, url, title, day)


def _copy(made: Made, id: str, outlet: str, day: date) -> Made:
    report, record = made
    return (
        Report(report.text, id, outlet, f"https://example.org/{id}", report.title, day),
        Record(id, record.attributions, record.provisions, (), outlet, None, report.title, day),
    )
