"""Each way to be wrong is found, with its reason."""

from __future__ import annotations

from mithaq.evaluation import Miss, find_misses
from mithaq.model import Attribution, Provision, Record, Span

TEXT = "قال سالم إن الطريق سيفتح غدا وأضاف ناصر أن القطار تأخر"


def span(text: str) -> Span:
    start = TEXT.index(text)
    return Span.of(TEXT, start, start + len(text))


def says(id: str, cue: str, speaker: str, content: str, parent: str | None = None) -> Attribution:
    return Attribution(id, span(cue), None, speaker, (span(content),), "indirect", parent, "named")


def does(id: str, evidence: str, area: str, status: str, *parties: str) -> Provision:
    return Provision(id, span(evidence), area, status, parties, "provision", None)


def misses(gold: Record, found: Record) -> list[Miss]:
    return list(find_misses({"r": gold}, {"r": found}))


def test_nothing_is_wrong() -> None:
    record = Record("r", (says("a1", "قال", "سالم", "الطريق"),), (does("p1", "الطريق", "visit", "done", "EGY"),))
    assert misses(record, record) == []


def test_attributions() -> None:
    gold = Record(
        "r",
        (says("a1", "قال", "سالم", "الطريق سيفتح غدا"), says("a2", "أضاف", "ناصر", "القطار تأخر", "a1")),
    )
    found = Record("r", (says("x", "أضاف", "سالم", "القطار"), says("y", "تأخر", "ناصر", "الطريق سيفتح غدا")))
    assert [(m.reason, m.text, m.gold, m.predicted) for m in misses(gold, found)] == [
        ("missed", "قال", "سالم | قال | الطريق سيفتح غدا", "ناصر | تأخر | الطريق سيفتح غدا"),
        ("speaker", "أضاف", "ناصر", "سالم"),
        ("content", "أضاف", "القطار تأخر", "القطار"),
        ("parent", "أضاف", "قال: سالم", "—"),
        ("false alarm", "تأخر", "—", "ناصر | تأخر | الطريق سيفتح غدا"),
    ]


def test_provisions() -> None:
    gold = Record(
        "r",
        (),
        (
            does("p1", "الطريق", "transport", "done", "EGY", "SDN"),
            does("p2", "القطار", "transport", "done", "EGY", "SDN"),
            does("p3", "غدا", "visit", "planned", "EGY", "SDN"),
        ),
    )
    found = Record(
        "r",
        (),
        (
            does("p1", "الطريق", "transport", "signed", "EGY"),
            does("p2", "القطار", "visit", "done", "EGY", "SDN"),
            does("p3", "سالم", "visit", "done", "EGY", "SDN"),
        ),
    )
    assert [(m.reason, m.text, m.gold, m.predicted) for m in misses(gold, found)] == [
        ("status", "الطريق", "done", "signed"),
        ("parties", "الطريق", "EGY-SDN", "EGY"),
        ("area", "القطار", "transport/done/EGY-SDN", "visit/done/EGY-SDN"),
        ("missed", "غدا", "visit/planned/EGY-SDN", "—"),
        ("false alarm", "سالم", "—", "visit/done/EGY-SDN"),
    ]


def test_a_report_without_a_record_misses_everything() -> None:
    (miss,) = find_misses({"r": Record("r", (), (does("p1", "غدا", "visit", "planned", "EGY"),))}, {})
    assert miss.to_dict() == {
        "report": "r",
        "kind": "provision",
        "reason": "missed",
        "text": "غدا",
        "gold": "visit/planned/EGY",
        "predicted": "—",
    }
