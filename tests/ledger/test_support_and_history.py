"""Who stands behind a commitment, what each report brought, and the commitment that is made of it all."""

from __future__ import annotations

import pytest
from made_stages import amount, day, denied, often, said, time

from mithaq.errors import LedgerError
from mithaq.ledger import Stage, Voice, build, corroborate, history


def steps(*stages: Stage) -> list[tuple[str, str]]:
    return [(s.stage.status, s.what) for s in history(stages)]


def test_outlets_and_named_sources_are_counted_once_and_copies_not_at_all() -> None:
    minister = Voice("سيرغي شويغو", "named")
    first = said("agreed", report="r1", copy_of="r1", chain=(Voice("مصدر عسكري", "anonymous"), minister))
    copy = said("agreed", "08-02", "الوطن", report="r2", copy_of="r1", by="وكالة", kind="media")
    again = said("signed", "08-05", "الأخبار", by="سيرغى شويغو")
    other = said("signed", "08-06", "الحياة", by="وزارة الدفاع", kind="institution")
    denial = denied("signed", "08-07", "الشرق")
    found = corroborate((first, copy, again, other, denial))
    assert found.whole.outlets == ("الأخبار", "الحياة")
    assert found.whole.speakers == (minister, Voice("وزارة الدفاع", "institution"))
    assert found.whole.confirms == (first, again, other)
    assert found.whole.denies == (denial,)
    agreed, signed = found.by_status
    assert (agreed.status, agreed.outlets, agreed.denies) == ("agreed", ("الأخبار",), ())
    assert (signed.status, signed.outlets, signed.denies) == ("signed", ("الأخبار", "الحياة"), (denial,))


def test_an_unknown_outlet_is_not_named() -> None:
    assert corroborate((said("agreed", outlet=None),)).whole.outlets == ()


def test_history_says_what_each_report_brings() -> None:
    assert steps(
        said("planned", "08-01"),
        said("planned", "08-02", "الوطن"),
        said("planned", "08-03"),
        denied("planned", "08-04"),
        said("suspended", "08-05"),
        said("suspended", "08-06", "الوطن"),
        said("signed", "08-09"),
        said("discussed", "08-10"),
    ) == [
        ("planned", "first"),
        ("planned", "confirmation"),
        ("planned", "repetition"),
        ("planned", "denial"),
        ("suspended", "step_back"),
        ("suspended", "confirmation"),
        ("signed", "resumption"),
        ("discussed", "background"),
    ]


def test_within_a_day_the_weaker_comes_first_and_one_report_brings_a_turn() -> None:
    assert steps(
        said("refused", outlet="الوطن"), said("refused", outlet="الحياة"), said("discussed"), said("agreed", "07-01")
    ) == [("agreed", "first"), ("discussed", "background"), ("refused", "step_back"), ("refused", "confirmation")]


def test_a_refusal_that_changes_nothing_is_no_step_back() -> None:
    assert steps(said("signed"), said("refused", "08-05", "الوطن")) == [("signed", "first"), ("refused", "first")]


def test_undated_reports_come_first_and_copies_hang_on_their_original() -> None:
    first = said("agreed", report="r1", copy_of="r1")
    copy = said("agreed", "08-02", "الوطن", report="r2", copy_of="r1")
    undated, step = history((copy, first, said("discussed", None)))
    assert undated.day is None
    assert (step.stage, step.copies, step.what) == (first, (copy,), "first")


def test_a_commitment_is_put_together() -> None:
    asked = said("demanded", "07-01", role="condition", by="الرئيس")
    planned = said("planned", "08-01", "الوطن", when=(time("08-10"),), role="condition")
    made = build("c1", "g1", "arms_transfer", ("EGY", "RUS"), (planned, asked), day("10-01"))
    assert (made.status, made.rule, made.role) == ("planned", "advanced", "condition")
    assert made.stages == (asked, planned)
    assert (made.outlets, made.speakers) == (("الأخبار", "الوطن"), ("الرئيس",))
    assert made.follow_up is not None
    assert made.to_dict()["stages"][0]["status"] == "demanded"
    with pytest.raises(LedgerError):
        build("c1", "g1", "arms_transfer", ("EGY", "RUS"), (), day("10-01"))


@pytest.mark.parametrize(("outlets", "amounts"), [(200, 9), (12, 9), (200, 200)])
def test_a_commitment_of_200_stages(outlets: int, amounts: int) -> None:
    statuses = ("discussed", "agreed", "planned", "signed", "done", "refused", "suspended")
    stages = tuple(
        said(
            statuses[n % 7],
            f"08-{1 + n % 28:02}",
            f"o{n % outlets}",
            report=f"r{n}",
            quantities=(amount(1e6 * 1.2 ** (n % amounts)),),
            when=(time(f"08-{1 + n * 5 % 28:02}"),),
            denied=n % 11 == 0,
            by=f"وزير {n % 30}",
            frequency=often(1) if outlets == 12 and n == 0 else None,
        )
        for n in range(200)
    )
    made = build("c1", "g1", "arms_transfer", ("EGY", "RUS"), stages, day("12-01"))
    assert len(made.stages) == len(stages)
