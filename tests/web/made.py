"""Reports made by hand for the reading room: texts in which marks go wrong, with records that mark the worst places."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from mithaq.merge.features import features
from mithaq.model import Attribution, Frequency, Provision, Quantity, Record, Report, Span, When
from mithaq.store.database import Database
from mithaq.store.known import find_place
from mithaq.store.reports import add

HARD = (
    "وقالت الصحيفة إن مصدرا عسكريا كشف لها أن الوزير سيرغي شويغو أكّد «أنّ البلدين اتفقا على شراء 12 طائرة F-16 "
    "(بلوك 70) من شركة Lockheed Martin بقيمة 3.5 مليار دولار، وبالاتفاقيـــــة المسمّاة «الدرع 2030» للتدريب»، "
    "ولأنها مهمة.\n"
    "\n"
    "🕊️ وأضاف 👨‍👩‍👧 أن السفن ستجري مناورات [بحرية] مشتركة مرتين في السنة 🇯🇴🇯🇵 قبل 15-11-2014؛ وقال: «لا شيء»!\n"
    "A spokesman said (in English): the deal is worth $3.5bn, قال المتحدث.\n"
    "Reuters نقلت عنه ذلك."
)
"""Clitics, marks, tatweel, brackets, quotations within quotations, Latin names, numbers, characters beyond the BMP."""


def span(text: str, words: str, nth: int = 0) -> Span:
    """The *nth* place of *words* in *text*."""
    start = -1
    for _ in range(nth + 1):
        start = text.index(words, start + 1)
    return Span.of(text, start, start + len(words))


def between(text: str, first: str, last: str) -> Span:
    """From the beginning of *first* to the end of the next *last*."""
    start = text.index(first)
    return Span.of(text, start, text.index(last, start) + len(last))


def hard_report(id: str = "hard/1 ؟#") -> tuple[Report, Record]:
    """A report of HARD; its spans begin and end within words, nest three deep, cross, and lie beyond the BMP."""
    report = Report(
        HARD, id, "النهر", "https://example.org/a?b=1&c=2", "شراء طائرات F-16 و«الدرع 2030»", date(2013, 11, 15)
    )
    paper = Attribution(
        "a1", span(HARD, "قالت"), span(HARD, "الصحيفة"), "الصحيفة", (between(HARD, "مصدرا", "للتدريب»"),),
        "indirect", None, "media",
    )  # fmt: skip
    officer = Attribution(
        "a2", span(HARD, "كشف"), span(HARD, "مصدرا عسكريا"), "مصدر عسكري", (between(HARD, "الوزير", "للتدريب»"),),
        "indirect", "a1", "anonymous", "probable",
    )  # fmt: skip
    minister = Attribution(
        "a3", span(HARD, "أكّد"), span(HARD, "الوزير سيرغي شويغو"), "سيرغي شويغو",
        (between(HARD, "أنّ البلدين", "للتدريب"), span(HARD, "لأنها مهمة")), "direct", "a2", "named", "certain", "-",
    )  # fmt: skip
    purchase = Provision(
        "p1", between(HARD, "شراء", "Martin"), "arms_transfer", "agreed", ("JOR", "JPN"), "provision", "a3",
        quantities=(
            Quantity(span(HARD, "12 طائرة"), 12, "aircraft", False),
            Quantity(span(HARD, "3.5 مليار دولار"), 3.5e9, "USD", True),
        ),
        confidence=0.81,
    )  # fmt: skip
    clitic = Provision(
        "p2", span(HARD, "الاتفاقيـــــة المسمّا"), "training", "planned", ("JOR", "JPN"), "condition", "a3"
    )
    crossing = Provision(
        "p3", between(HARD, "طائرة", "بقيمة 3"), "arms_transfer", "discussed", ("JOR", "JPN"), "provision", "a2"
    )
    exercise = Provision(
        "p4", span(HARD, "مناورات [بحرية] مشتركة"), "exercise", "planned", ("JPN", "JOR"), "provision", None,
        when=(When(span(HARD, "15-11-2014"), date(2014, 11, 15), date(2014, 11, 15)),),
        frequency=Frequency(span(HARD, "مرتين في السنة"), 2, 2, "year"),
    )  # fmt: skip
    return report, Record(
        id, (paper, officer, minister), (purchase, clitic, crossing, exercise), (), report.outlet, report.url,
        report.title, report.published,
    )  # fmt: skip


def hostile_report() -> tuple[Report, Record]:
    """A report whose every string tries to become markup, script or an address that runs."""
    evil = "</p><script>document.title='owned'</script><img src=x onerror=\"document.title='owned'\"> {{ 7*7 }} '\""
    text = f"قال الناطق {evil} إن البلدين اتفقا على التدريب."
    report = Report(text, f"x{evil}", evil, "javascript:document.title='owned'", evil, date(2015, 1, 2))
    said = Attribution(
        "a1", span(text, "قال"), span(text, evil), evil, (span(text, "البلدين"),), "direct", None, "named"
    )
    training = Provision(
        "p1", Span.of(text, text.index(evil), len(text)), "training", "agreed", ("JOR", "JPN"), "provision", "a1"
    )
    return report, Record(report.id, (said,), (training,), (), evil, report.url, evil, report.published)


def many_spans(number: int = 200) -> tuple[Report, Record]:
    """A report with *number* provisions, one a sentence, and as many statements, in 40 paragraphs."""
    sentence = "وأعلن الوزير أن البلدين سيوقعان اتفاقية للتدريب المشترك بينهما في F-16 خلال شهر"
    lines = [". ".join(f"{sentence} {line * 10 + i}" for i in range(max(1, number // 40))) for line in range(40)]
    text = "\n".join(lines)
    said: list[Attribution] = []
    provisions: list[Provision] = []
    at = -1
    for i in range(number):
        at = text.index("أعلن", at + 1)
        said.append(
            Attribution(
                f"a{i + 1}",
                Span.of(text, at, at + 4),
                Span.of(text, at + 5, at + 11),
                f"الوزير {i}",
                (Span.of(text, at + 12, at + 60),),
                "indirect",
                None,
                "named",
            )
        )
        begin = text.index("اتفاقية", at)
        provisions.append(
            Provision(
                f"p{i + 1}",
                Span.of(text, begin, begin + 20),
                "training",
                "planned",
                ("JOR", "JPN"),
                "provision",
                f"a{i + 1}",
            )
        )
    report = Report(text, "many", "النهر", None, "مئتا علامة", date(2016, 5, 4))
    return report, Record("many", tuple(said), tuple(provisions), (), "النهر", None, report.title, report.published)


def copied(made: tuple[Report, Record], id: str, outlet: str, day: date) -> tuple[Report, Record]:
    """The same text from another outlet."""
    report, record = made
    return (
        replace(report, id=id, outlet=outlet, url=None, published=day),
        replace(record, id=id, outlet=outlet, url=None, published=day),
    )


def put(database: Database, made: Iterable[tuple[Report, Record]]) -> None:
    """Keep these reports with these records; nothing is read, nothing merged."""
    with database.write() as connection:
        for report, record in made:
            place = find_place(connection, report)
            add(connection, place, report, record, features(report, record).to_bytes(), "0.1")
