"""What counts as a contradiction between reports, and what does not."""

from __future__ import annotations

import pytest
from made_stages import amount, day, denied, often, said, time

from mithaq.ledger import Contradiction, Stage, contradictions
from mithaq.model import Span, When


def found(*stages: Stage) -> list[tuple[str, tuple[str, str]]]:
    return [(c.kind, c.what) for c in contradictions(stages)]


def only(*stages: Stage) -> Contradiction:
    (contradiction,) = contradictions(stages)
    return contradiction


@pytest.mark.parametrize(
    ("one", "other"),
    [("agreed", "refused"), ("signed", "refused"), ("done", "suspended"), ("in_force", "suspended")],
)
def test_what_cannot_both_hold_at_one_time(one: str, other: str) -> None:
    contradiction = only(said(one), said(other, outlet="الوطن"))
    assert (contradiction.kind, contradiction.what) == ("status", (one, other))
    assert (contradiction.one.status, contradiction.other.status) == (one, other)
    assert not contradiction.within_report


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (said("planned"), said("signed", "08-05", "الوطن")),  # development
        (said("agreed"), said("refused", "08-05", "الوطن")),  # a step back is development too
        (said("discussed"), said("signed", outlet="الوطن")),  # a matter of degree
        (said("planned", area="visit"), said("done", outlet="الوطن", area="visit")),  # in the morning, in the evening
        (said("refused", None), said("agreed", None, "الوطن")),  # nobody knows which came first
        (said("signed"), said("suspended", outlet="الوطن")),  # a signed thing may be suspended
        (
            said("done", when=(time("07-20"),)),
            said("suspended", "08-01", "الوطن", when=(time("07-30"),)),
        ),  # of different times
    ],
)
def test_development_and_degree_are_no_contradiction(one: Stage, other: Stage) -> None:
    assert found(one, other) == []


def test_still_to_come_after_it_was_done() -> None:
    done = said("done", "08-05")
    assert found(done, said("planned", "08-06", "الوطن")) == [("status", ("done", "planned"))]
    assert found(done, said("planned", "08-05", "الوطن")) == [("status", ("done", "planned"))]
    assert found(done, said("planned", "08-04", "الوطن")) == []
    assert found(done, said("planned", "08-30", "الوطن")) == []
    assert found(done, said("planned", "08-06", "الوطن", when=(time("10-01"),))) == []


def test_both_sides_are_given_with_all_who_stand_on_them() -> None:
    agreed = said("agreed"), said("agreed", outlet="الحياة")
    refused = said("refused", "08-02", "الوطن")
    assert only(*agreed, refused).backing == (agreed, (refused,))


def test_copies_never_contradict_each_other() -> None:
    first = said("agreed", report="r1", copy_of="r1", quantities=(amount(100),))
    copy = said("refused", outlet="الوطن", report="r2", copy_of="r1", quantities=(amount(200),))
    assert found(first, copy) == []


def test_one_report_against_itself_is_marked() -> None:
    headline = said("agreed", provision="p1", quantities=(amount(1.0e9),))
    text = said("agreed", provision="p2", quantities=(amount(1.2e9),))
    contradiction = only(headline, text)
    assert contradiction.within_report
    assert contradiction.what == ("1000000000 EUR", "1200000000 EUR")


def test_a_report_that_tells_of_the_end_does_not_contradict_others_who_do() -> None:
    both = said("agreed"), said("refused", provision="p2")
    other = said("refused", outlet="الوطن")
    (contradiction,) = contradictions((*both, other))
    assert contradiction.within_report


@pytest.mark.parametrize(
    ("one", "other", "unit", "money", "differ"),
    [
        (1.2e9, 1.0e9, "EUR", True, True),
        (1.2e9, 1.15e9, "EUR", True, False),
        (0.9e9, 1.0e9, "EUR", True, False),
        (50_000, 54_030, "person", False, False),
        (53, 40, "percent", False, True),
        (8, 9, "aircraft", False, True),
        (8, 8, "aircraft", False, False),
        (30, 10, "year", False, False),
    ],
)
def test_amounts(one: float, other: float, unit: str, money: bool, differ: bool) -> None:
    stages = (
        said("signed", quantities=(amount(one, unit, money=money),)),
        said("signed", "09-01", "الوطن", quantities=(amount(other, unit, money=money),)),
    )
    assert bool(found(*stages)) is differ


def test_another_currency_is_no_other_amount() -> None:
    assert found(said("signed", quantities=(amount(1),)), said("signed", quantities=(amount(9, "USD"),))) == []


def test_many_different_amounts_are_compared_with_the_one_that_most_outlets_give() -> None:
    many = tuple(said("signed", outlet=f"o{n}", quantities=(amount(1.5**n),)) for n in range(20))
    most = said("signed", "08-09", "الوطن", quantities=(amount(1.5**7),))
    with_most = contradictions((*many, most))
    assert len(with_most) == 19
    assert all((many[7], most) in c.backing for c in with_most)
    assert len(contradictions(many[:12])) == 66


def test_parts_add_up() -> None:
    parts = amount(14_854, "person", money=False), amount(39_176, "person", money=False)
    whole = said("done", outlet="الوطن", quantities=(amount(54_030, "person", money=False),))
    assert found(said("done", quantities=parts), whole) == []


def test_delivered_in_part_is_no_contradiction_but_more_than_signed_is() -> None:
    def jets(status: str, count: int, published: str, outlet: str) -> Stage:
        return said(status, published, outlet, quantities=(amount(count, "fighter", money=False),))

    signed = jets("signed", 12, "08-01", "الأخبار")
    assert found(signed, jets("done", 8, "09-01", "الوطن")) == []
    assert found(signed, jets("done", 16, "09-01", "الوطن")) == [("amount", ("12 fighter", "16 fighter"))]
    assert found(jets("done", 4, "08-01", "الأخبار"), jets("done", 8, "10-01", "الوطن")) == []
    assert found(jets("done", 4, "08-01", "الأخبار"), jets("done", 8, "08-02", "الوطن")) != []


def test_asks_may_change() -> None:
    asked = said("demanded", quantities=(amount(2e9),))
    assert found(asked, said("demanded", "09-01", "الوطن", quantities=(amount(3e9),))) == []
    assert found(asked, said("agreed", "08-01", "الوطن", quantities=(amount(1e9),))) == []
    assert found(asked, said("demanded", "08-01", "الوطن", quantities=(amount(3e9),))) != []


def test_each_occasion_of_what_recurs_has_its_own_amount_and_date() -> None:
    first = said("done", frequency=often(1), quantities=(amount(100),), when=(time("08-01"),))
    second = said("done", "11-01", "الوطن", quantities=(amount(200),), when=(time("10-30"),))
    assert found(first, second) == []


def test_dates_of_one_event() -> None:
    signed = said("signed", "08-05", when=(time("08-03"),))
    earlier = said("signed", "08-06", "الوطن", when=(time("07-28"),))
    assert found(signed, earlier) == [("date", ("2015-08-03", "2015-07-28"))]
    assert found(signed, said("signed", "08-06", "الوطن", when=(time("08-01", "08-31"),))) == []


def test_days_in_words_are_as_good_as_the_day_of_publication() -> None:
    yesterday = said("signed", "07-31", when=(time("07-30", text="أمس"),))
    today = said("signed", "07-31", "الوطن", when=(time("07-31", text="اليوم"),))
    written = said("signed", "07-31", "الحياة", when=(time("07-31", text="31 يوليو"),))
    assert found(yesterday, today) == []
    assert found(said("signed", "07-31", when=(time("07-30", text="30 يوليو"),)), written) != []
    assert found(said("signed", "08-02", when=(time("08-02", text="اليوم"),)), yesterday) != []


def test_a_date_that_was_changed_is_no_contradiction_two_dates_on_one_day_are() -> None:
    first = said("planned", "08-01", when=(time("08-10"),))
    assert found(first, said("planned", "08-05", "الوطن", when=(time("08-20"),))) == []
    assert found(first, said("planned", "08-01", "الوطن", when=(time("08-20"),))) == [
        ("date", ("2015-08-10", "2015-08-20"))
    ]


def test_times_that_cannot_be_resolved_or_have_no_end() -> None:
    since = said("done", "08-05", when=(time("07-01"),))
    opened = said("done", "08-05", "الوطن", when=(When(Span(0, 5, "مؤخرا"), None, None),))
    assert found(since, opened) == []
    ever_since = said("done", "08-05", "الوطن", when=(When(Span(0, 8, "منذ 15/6"), day("06-15"), None),))
    assert found(since, ever_since) == []
    assert found(said("done", "08-05", when=(time("06-01"),)), ever_since) == [
        ("date", ("2015-06-01", "2015-06-15/.."))
    ]


def test_a_denial_contradicts_what_was_asserted_before_and_with_it() -> None:
    agreed, signed = said("agreed", "07-20"), said("signed", "08-01", "الحياة")
    assert found(agreed, signed, denied("signed", "08-01")) == [("denial", ("signed", "not signed"))]
    assert found(agreed, denied("refused", "08-01")) == [("denial", ("agreed", "not refused"))]
    assert found(said("discussed", "07-20"), denied("refused", "08-01")) == []


def test_what_happened_after_a_denial_is_development() -> None:
    denial = denied("signed", "08-01")
    assert found(denial, said("signed", "08-20")) == []
    assert found(denial, said("signed", "08-02")) != []
    assert found(denial, said("signed", "08-02", when=(time("08-02"),))) == []


def test_a_report_may_hold_the_claim_and_its_denial() -> None:
    claim = said("signed", report="r", by="مصدر", kind="anonymous")
    assert only(claim, denied("signed", outlet="الأخبار", report="r", provision="p2")).within_report
