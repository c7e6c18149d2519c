"""Each cause is told apart from its neighbours, on sentences made for it."""

from __future__ import annotations

import pytest

from mithaq.evaluation import CAUSES, Cause, find_causes
from mithaq.evaluation.causes import content_cause, parties_cause
from mithaq.evaluation.known import act_is_known, cue_is_known
from mithaq.model import Attribution, Provision, Record, Span

TEXT = "قال سالم إن الطريق سيفتح غدا وأضاف ناصر أن القطار تأخر بعد زيارة وفد للبلاد ومناورات مشتركة في البحر"


def span(text: str) -> Span:
    start = TEXT.index(text)
    return Span.of(TEXT, start, start + len(text))


def says(
    id: str, cue: str, speaker: str, *content: str, source: str | None = None, parent: str | None = None
) -> Attribution:
    return Attribution(
        id,
        span(cue),
        span(source) if source else None,
        speaker,
        tuple(map(span, content)),
        "indirect",
        parent,
        "named",
    )


def does(id: str, evidence: str, area: str = "visit", status: str = "done", parties: str = "EGY SDN") -> Provision:
    return Provision(id, span(evidence), area, status, tuple(parties.split()), "provision", None)


def causes(gold: list[Attribution] | list[Provision], found: list[Attribution] | list[Provision]) -> dict[str, Cause]:
    listed = find_causes({"r": record(gold)}, {"r": record(found)}, {"r": TEXT})
    return {c.name: c for c in listed}


def record(items: list[Attribution] | list[Provision]) -> Record:
    attributions = tuple(i for i in items if isinstance(i, Attribution))
    return Record("r", attributions, tuple(i for i in items if isinstance(i, Provision)))


def test_nothing_is_wrong() -> None:
    gold = [says("a1", "قال", "سالم", "الطريق")]
    assert causes(gold, gold) == {}


@pytest.mark.parametrize(
    ("gold", "found", "expected"),
    [
        ([says("a", "قال", "سالم", "الطريق")], [], ["cue not taken"]),
        ([says("a", "البحر", "سالم", "الطريق")], [], ["cue unknown"]),
        ([], [says("a", "قال", "سالم", "الطريق")], ["false cue"]),
        (
            [says("a", "قال", "سالم", "الطريق", source="سالم")],
            [says("a", "قال", "ناصر", "الطريق")],
            ["source missed"],
        ),
        (
            [says("a", "قال", "سالم", "الطريق", source="سالم")],
            [says("a", "قال", "ناصر", "الطريق", source="سالم")],
            ["speaker unresolved"],
        ),
        ([says("a", "قال", "سالم", "الطريق")], [says("a", "قال", "ناصر", "الطريق")], ["speaker unresolved"]),
        ([says("a", "قال", "سالم", "الطريق")], [says("a", "قال", "سالم", "القطار")], ["content start"]),
        (
            [says("a", "قال", "سالم", "سيفتح غدا")],
            [says("a", "قال", "سالم", "سيفتح غدا وأضاف ناصر")],
            ["content end"],
        ),
        (
            [says("a", "قال", "سالم", "الطريق", "القطار تأخر")],
            [says("a", "قال", "سالم", "الطريق")],
            ["content split"],
        ),
    ],
)
def test_attributions(gold: list[Attribution], found: list[Attribution], expected: list[str]) -> None:
    assert list(causes(gold, found)) == expected


def test_an_attribution_with_two_causes_is_wrong_for_neither_alone() -> None:
    outer = says("a1", "قال", "سالم", "الطريق")
    gold = [outer, says("a2", "أضاف", "ناصر", "القطار", parent="a1")]
    found = causes(gold, [outer, says("a2", "أضاف", "سالم", "القطار")])
    assert {name: (len(c.cases), c.alone, c.share, c.of) for name, c in found.items()} == {
        "speaker unresolved": (1, 0, 0.5, 2),
        "parent": (1, 0, 0.5, 2),
    }
    assert (found["parent"].cases[0].gold, found["parent"].cases[0].predicted) == ("قال: سالم", "—")


@pytest.mark.parametrize(
    ("gold", "found", "expected"),
    [
        ([does("p", "مناورات مشتركة", "exercise")], [], ["act not taken"]),
        ([does("p", "غدا")], [], ["act unknown"]),
        (
            [does("p", "غدا"), does("q", "غدا", "exercise")],
            [does("x", "غدا")],
            ["act not taken"],  # a row of another area touches it, and is right
        ),
        ([does("p", "زيارة")], [does("p", "زيارة", "exercise")], ["area"]),
        ([does("p", "زيارة")], [does("p", "زيارة", status="planned")], ["status"]),
        ([does("p", "زيارة")], [does("p", "زيارة", parties="EGY SDN TUN")], ["parties too many"]),
        ([does("p", "زيارة", parties="EGY SDN TUN")], [does("p", "زيارة")], ["parties too few"]),
        ([does("p", "زيارة")], [does("p", "زيارة", parties="EGY TUN")], ["parties other"]),
        ([does("p", "زيارة")], [does("p", "زيارة"), does("q", "وفد", parties="SDN EGY")], ["duplicate"]),
        ([does("p", "زيارة")], [does("p", "زيارة"), does("q", "وفد", parties="EGY TUN")], ["not an act"]),
    ],
)
def test_provisions(gold: list[Provision], found: list[Provision], expected: list[str]) -> None:
    assert list(causes(gold, found)) == expected


def test_the_most_frequent_come_first_in_each_kind() -> None:
    gold = Record("r", (says("a", "قال", "سالم", "الطريق"),), (does("p", "زيارة"), does("q", "غدا"), does("s", "غدا")))
    found = find_causes({"r": gold}, {})
    assert [(c.kind, c.name, len(c.cases), c.of) for c in found] == [
        ("attribution", "cue not taken", 1, 1),
        ("provision", "act unknown", 2, 3),
        ("provision", "act not taken", 1, 3),
    ]


def test_examples_stand_in_their_context() -> None:
    found = causes([says("a", "أضاف", "ناصر", "القطار تأخر")], [])
    (case,) = found["cue not taken"].cases
    assert case.before == "قال سالم إن الطريق سيفتح غدا و"
    assert case.after.startswith("ناصر أن القطار تأخر بعد زيارة")
    assert TEXT.count(f"{case.text} {case.after}") == 1
    assert not TEXT.endswith(case.after)
    assert TEXT[TEXT.index(case.after) + len(case.after)] == " "  # whole words only
    assert case.to_dict()["gold"] == "ناصر | أضاف | القطار تأخر"


def test_without_texts_or_with_others_there_is_no_context() -> None:
    gold = {"r": record([says("a", "أضاف", "ناصر", "القطار")])}
    for texts in (None, {}, {"r": "نص آخر"}):
        (cause,) = find_causes(gold, {}, texts)
        assert (cause.cases[0].before, cause.cases[0].text, cause.cases[0].after) == ("", "أضاف", "")


def test_examples_are_limited_in_json() -> None:
    gold = {"r": Record("r", (), tuple(does(f"p{n}", "غدا") for n in range(5)))}
    (cause,) = find_causes(gold, {})
    assert [len(cause.to_dict(limit)["examples"]) for limit in (0, 2, 9)] == [5, 2, 5]
    assert {k: v for k, v in cause.to_dict().items() if k != "examples"} == {
        "kind": "provision",
        "cause": "act unknown",
        "count": 5,
        "share": 1.0,
        "alone": 5,
    }


def test_a_gap_that_is_none_is_a_split() -> None:
    gold = (span("الطريق سيفتح غدا وأضاف ناصر أن القطار تأخر"),)
    assert content_cause(gold, (span("الطريق"), span("تأخر"))) == "content split"


def test_a_start_too_late() -> None:
    assert content_cause((span("الطريق سيفتح غدا"),), (span("غدا"),)) == "content start"


def test_the_same_parties_in_another_order() -> None:
    assert parties_cause(("EGY", "SDN"), ("SDN", "EGY")) == ""


@pytest.mark.parametrize(
    ("cue", "known"),
    [("قال", True), ("وأضافت", True), ("مؤكدا", True), ("حسب", True), (":", True), ("طريق", False), ("في طريق", False)],
)
def test_known_cues(cue: str, known: bool) -> None:
    assert cue_is_known(cue) is known


@pytest.mark.parametrize(
    ("evidence", "known"),
    [("زيارة وفد", True), ("إجراء المناورات", True), ("الطريق إلى البحر", False), ("", False)],
)
def test_known_acts(evidence: str, known: bool) -> None:
    assert act_is_known(evidence) is known


def test_every_cause_has_a_meaning() -> None:
    assert all(meaning for kind in CAUSES.values() for meaning in kind.values())
