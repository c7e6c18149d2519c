"""The current stage of a commitment, and the rule that gave it."""

from __future__ import annotations

import pytest
from made_stages import denied, often, said, time

from mithaq.errors import LedgerError
from mithaq.ledger import Stage, current, ledger_rules


@pytest.mark.parametrize(
    ("stages", "status", "rule"),
    [
        ([said("planned")], "planned", "single"),
        ([said("agreed"), said("agreed", "08-02", "الوطن")], "agreed", "unanimous"),
        # announced → signed
        ([said("planned"), said("signed", "08-05")], "signed", "advanced"),
        # a later weaker report recalls what was
        ([said("signed"), said("discussed", "09-05", "الوطن")], "signed", "kept"),
        # announced → postponed → held
        ([said("planned"), said("suspended", "08-03")], "suspended", "stepped_back"),
        ([said("planned"), said("suspended", "08-03"), said("done", "08-20")], "done", "resumed"),
        ([said("planned"), said("suspended", "08-03"), said("planned", "08-20")], "planned", "resumed"),
        # agreed → refused, and talked about again: nothing is agreed
        ([said("agreed"), said("refused", "08-03"), said("discussed", "08-09")], "refused", "stepped_back"),
        # signed: one refusal is not enough, two outlets are; a suspension is
        ([said("signed"), said("refused", "08-09", "الوطن")], "signed", "outweighed"),
        (
            [said("signed"), said("refused", "08-09", "الوطن"), said("refused", "08-12", "الحياة")],
            "refused",
            "stepped_back",
        ),
        ([said("signed"), said("suspended", "08-09", "الوطن")], "suspended", "stepped_back"),
        # what was held cannot be cancelled
        ([said("done"), said("suspended", "08-09", "الوطن")], "done", "kept"),
        # delivered in part, more announced
        ([said("signed"), said("done", "08-02"), said("planned", "08-09", "الوطن")], "done", "kept"),
    ],
)
def test_cases_that_desks_meet(stages: list[Stage], status: str, rule: str) -> None:
    assert current(tuple(stages)) == (status, rule)


def test_agreed_and_refused_on_one_day_goes_to_the_majority_and_in_doubt_to_the_refusal() -> None:
    agreed, refused = said("agreed"), said("refused", outlet="الوطن")
    assert current((agreed, refused)) == ("refused", "stepped_back")
    assert current((agreed, refused, said("agreed", outlet="الحياة"))) == ("agreed", "outweighed")


def test_the_news_of_a_day_beats_what_others_recall_on_it() -> None:
    before = said("agreed", "07-01")
    recalled = [said("agreed", "08-01", name) for name in ("الوطن", "الحياة", "الشرق")]
    assert current((before, said("suspended"), *recalled)) == ("suspended", "stepped_back")


def test_a_report_that_tells_of_the_deal_and_its_end_tells_of_the_end() -> None:
    ended = said("suspended", report="r"), said("signed", report="r", provision="p2")
    assert current(ended) == ("suspended", "single")
    again = said("suspended", "08-04", "الوطن"), said("signed", "08-04", "الوطن", provision="p2")
    assert current((*ended, *again)) == ("suspended", "stepped_back")


def test_a_lone_doubtful_report_does_not_override_several_outlets() -> None:
    sure = said("planned"), said("planned", outlet="الوطن")
    doubtful = said("signed", "08-03", "الحياة", confidence=0.3)
    assert current((*sure, doubtful)) == ("planned", "outweighed")
    assert current((sure[0], doubtful)) == ("signed", "advanced")
    assert current((*sure, said("signed", "08-03", "الحياة", confidence=0.9))) == ("signed", "advanced")
    assert current((*sure, doubtful, said("signed", "08-09", "الشرق", confidence=0.3))) == ("signed", "advanced")
    refusal = said("refused", "08-03", "الحياة", confidence=0.3)
    assert current((*sure, refusal)) == ("planned", "outweighed")


def test_what_was_asserted_before_a_turn_does_not_count_after_it() -> None:
    agreed = said("agreed"), said("agreed", outlet="الوطن")
    refused = said("refused", "08-03", "الحياة"), said("refused", "08-03", "الشرق")
    doubtful = said("agreed", "08-09", "البيان", confidence=0.3)
    assert current((*agreed, *refused, doubtful)) == ("refused", "outweighed")
    taken_up = said("agreed"), said("refused", "08-03", "الوطن"), said("signed", "08-05")
    assert current((*taken_up, said("refused", "08-09", "الحياة"))) == ("signed", "outweighed")


def test_a_refusal_that_was_set_aside_does_not_come_back_after_a_suspension() -> None:
    before = said("signed"), said("refused", "08-03", "الوطن"), said("suspended", "08-05")
    assert current((*before, said("discussed", "08-09", "الحياة"))) == ("suspended", "stepped_back")
    assert current((*before, said("refused", "08-09", "الحياة"))) == ("refused", "stepped_back")


def test_doubtful_reports_of_one_day_still_give_a_status() -> None:
    names = {"signed": "الوطن", "planned": "الحياة", "agreed": "الشرق"}
    assert current(tuple(said(s, outlet=o, confidence=0.2) for s, o in names.items()))[0] == "planned"


def test_two_reports_of_one_outlet_are_one_voice_against_a_signature() -> None:
    refusals = said("refused", "08-09", "الوطن"), said("refused", "08-11", "الوطن")
    assert current((said("signed"), *refusals)) == ("signed", "outweighed")


def test_a_refusal_that_lies_before_what_stands_is_recalled_not_new() -> None:
    refused = said("refused", "08-20", "الوطن", when=(time("06-01"),))
    assert current((said("agreed", "08-10"), refused)) == ("agreed", "kept")
    agreed = said("agreed", "08-20", "الوطن", when=(time("06-01"),))
    assert current((said("refused", "08-10"), agreed))[0] == "refused"


def test_a_thing_that_recurs_stays_in_force_whatever_occasion_is_held_or_planned() -> None:
    yearly = said("in_force", frequency=often(1))
    assert current((yearly, said("done", "08-09"), said("planned", "09-01"))) == ("in_force", "recurring")
    assert current((yearly, said("done", "08-09"), said("suspended", "09-01")))[0] == "suspended"


def test_after_an_occasion_that_was_held_the_next_one_is_planned() -> None:
    held = said("planned", frequency=often(2)), said("done", "08-09")
    assert current(held) == ("done", "advanced")
    assert current((*held, said("planned", "09-01"))) == ("planned", "next_round")
    assert current((*held, said("suspended", "09-01"))) == ("suspended", "stepped_back")


def test_undated_reports_count_as_the_earliest() -> None:
    assert current((said("signed", None), said("planned", "08-01", "الوطن"))) == ("signed", "undated")
    assert current((said("refused", None), said("agreed", "08-01", "الوطن"))) == ("agreed", "resumed")
    assert current((said("signed", None), said("suspended", "08-01", "الوطن"))) == ("suspended", "stepped_back")


def test_a_denial_is_no_stage() -> None:
    assert current((said("agreed"), denied("refused", "08-02"))) == ("agreed", "single")
    assert current((denied("signed"),)) == ("refused", "only_denied")


def test_copies_count_as_one() -> None:
    refusal = said("refused", "08-09", "الوطن", report="r1", copy_of="r1")
    copy = said("refused", "08-10", "الحياة", report="r2", copy_of="r1")
    assert current((said("signed"), refusal, copy)) == ("signed", "outweighed")


def test_no_stage_and_no_such_status() -> None:
    with pytest.raises(LedgerError, match="at least one stage"):
        current(())
    with pytest.raises(LedgerError, match=r"الأخبار-08-01/p1: status is 'sined' \(did you mean 'signed'\?\)"):
        current((said("sined"),))


BY_RULE: dict[str, tuple[Stage, ...]] = {
    "single": (said("planned"), said("signed", report="الأخبار-08-01", provision="p2")),
    "unanimous": (said("done"), said("done", "08-03", "الوطن")),
    "advanced": (said("proposed"), said("discussed", "08-03")),
    "kept": (said("in_force"), said("planned", "08-03")),
    "stepped_back": (said("in_force"), said("suspended", "08-03")),
    "resumed": (said("suspended"), said("in_force", "08-03")),
    "recurring": (said("in_force", frequency=often(1)), said("done", "08-03")),
    "next_round": (said("done", frequency=often(1)), said("planned", "08-03")),
    "outweighed": (said("in_force"), said("refused", "08-03")),
    "undated": (said("done", None), said("planned", "08-03")),
    "only_denied": (denied("done"), denied("planned")),
}


@pytest.mark.parametrize("rule", sorted(ledger_rules().names["rule"]))
def test_every_rule_of_the_data_is_given(rule: str) -> None:
    assert current(BY_RULE[rule])[1] == rule
