"""What was announced and never heard of again, and what is due again."""

from __future__ import annotations

import pytest
from made_stages import day, denied, often, said, time

from mithaq.ledger import FollowUp, Stage, follow_up


def due(*stages: Stage, today: str = "10-01") -> FollowUp | None:
    return follow_up(stages, day(today))


AUGUST = said("planned", "08-01", when=(time("08-10", "08-12"),))


def test_overdue_after_the_grace_days() -> None:
    assert due(AUGUST, today="08-19") is None
    assert due(AUGUST, today="08-20") == FollowUp("overdue", AUGUST, day("08-12"), 8)


def test_next_month_is_due_at_its_end() -> None:
    found = due(said("agreed", "07-15", when=(time("08-01", "08-31", "الشهر المقبل"),)))
    assert found is not None
    assert (found.due, found.days) == (day("08-31"), 31)


@pytest.mark.parametrize("status", ["signed", "in_force", "done", "refused", "suspended"])
def test_what_became_of_it_closes_it(status: str) -> None:
    assert due(AUGUST, said(status, "08-13", "الوطن")) is None


@pytest.mark.parametrize("later", [said("discussed", "08-20"), said("planned", "08-20"), denied("signed", "08-20")])
def test_what_says_nothing_of_the_outcome_does_not(later: Stage) -> None:
    assert due(AUGUST, later) is not None


def test_only_the_latest_announcement_counts() -> None:
    later = said("planned", "08-05", "الوطن", when=(time("09-10"),))
    assert due(AUGUST, later, today="09-01") is None
    assert due(AUGUST, later, today="10-01") == FollowUp("overdue", later, day("09-10"), 21)


def test_of_several_announcements_of_one_day_the_latest_time_counts() -> None:
    later = said("planned", "08-01", report="a", when=(time("09-10"),))
    earlier = said("planned", "08-01", "الوطن", report="b", when=(time("08-10"),))
    assert due(later, earlier) == FollowUp("overdue", later, day("09-10"), 21)
    undated = said("planned", None, "الحياة", report="c", when=(time("07-10"),))
    assert due(later, undated) == FollowUp("overdue", later, day("09-10"), 21)


def test_what_was_done_before_the_announcement_does_not_close_it() -> None:
    assert due(said("done", "07-01", "الوطن"), AUGUST) is not None
    same_day = said("done", "08-01", "الوطن")
    assert due(same_day, AUGUST) is not None
    assert due(said("suspended", "08-01", "الوطن"), AUGUST) is None


def test_a_deal_that_was_signed_may_have_its_delivery_due() -> None:
    assert due(said("signed", "07-01", when=(time("09-01"),)), today="09-20") is not None


def test_the_day_on_which_it_was_agreed_or_signed_is_not_announced() -> None:
    assert due(said("agreed", "08-05", when=(time("08-05", text="اليوم"),))) is None
    assert due(said("signed", "08-05", when=(time("08-01", "08-31", "هذا الشهر"),))) is None


def test_a_plan_without_a_time_is_never_overdue() -> None:
    assert due(said("planned")) is None


def test_what_recurs_is_due_again_after_its_longest_interval() -> None:
    held = said("in_force", "2014-05-01", frequency=often(1, 2)), said("done", "2014-08-01", "الوطن")
    found = due(*held, today="2015-09-01")
    assert found == FollowUp("recurring", held[1], day("2015-08-01"), 31)
    assert due(*held, today="2015-08-05") is None


def test_what_was_stopped_is_not_due_again() -> None:
    assert due(said("in_force", "2013-01-01", frequency=often(1)), said("suspended", "2013-02-01")) is None


def test_an_announced_occasion_answers_when_it_is_due_again() -> None:
    yearly = said("done", "2014-01-01", frequency=often(1))
    planned = said("planned", "09-01", "الوطن", when=(time("12-01"),))
    assert due(yearly, planned) is None
    assert due(yearly) is not None


def test_an_offer_to_do_something_every_year_is_no_recurring_thing() -> None:
    assert due(said("proposed", "2013-01-01", frequency=often(1))) is None


def test_undated_reports() -> None:
    assert due(said("planned", None, when=(time("08-10"),))) is not None
    assert due(said("planned", None, when=(time("08-10"),)), said("done", "08-11", "الوطن")) is None
    assert due(said("in_force", None, frequency=often(1))) is None


def test_once_in_many_thousand_years() -> None:
    assert due(said("in_force", "2013-01-01", frequency=often(0.0001))) is None


def test_only_denied() -> None:
    assert due(denied("planned", when=(time("08-10"),))) is None
