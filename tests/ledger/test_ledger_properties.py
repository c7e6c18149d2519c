"""What holds of any stages: their order and copies do not matter, and nothing is made up."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st
from made_stages import amount, often, said, time

from mithaq.ledger import Stage, build, contradictions, corroborate, current, follow_up, history
from mithaq.ontology import statuses

TODAY = date(2015, 10, 1)
DAYS = [None, "07-30", "08-01", "08-02", "08-05", "08-20"]


@st.composite
def stage(draw: st.DrawFn, number: int) -> Stage:
    """One provision of one of a few reports; the report decides day, outlet and whose text it is."""
    source = draw(st.integers(0, 5))
    return said(
        draw(st.sampled_from(list(statuses()))),
        DAYS[source],
        f"o{source % 4}",
        report=f"r{source}",
        provision=f"p{number}",
        # r5 is a later copy of r1
        copy_of="r1" if source == 5 else f"r{source}",
        denied=draw(st.integers(0, 5)) == 0,
        confidence=draw(st.sampled_from([0.2, 0.4, 0.9])),
        frequency=draw(st.sampled_from([None, None, None, often(1, 2)])),
        quantities=tuple(amount(v) for v in draw(st.lists(st.sampled_from([1.0, 1.05, 2.0, 50.0]), max_size=2))),
        when=tuple(
            time(start, text=text)
            for start, text in draw(
                st.lists(
                    st.tuples(st.sampled_from(["07-25", "08-02", "09-01"]), st.sampled_from(["اليوم", "2/8"])),
                    max_size=2,
                )
            )
        ),
        by=draw(st.sampled_from([None, "الوزير", "الرئيس"])),
    )


@st.composite
def commitment(draw: st.DrawFn) -> tuple[Stage, ...]:
    return tuple(draw(stage(n)) for n in range(draw(st.integers(1, 8))))


@given(commitment(), st.randoms(use_true_random=False))
def test_the_order_of_the_stages_does_not_matter(stages: tuple[Stage, ...], random: object) -> None:
    shuffled = list(stages)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    again = tuple(shuffled)
    assert build("c", "g", "visit", ("EGY", "RUS"), stages, TODAY) == build(
        "c", "g", "visit", ("EGY", "RUS"), again, TODAY
    )
    assert history(stages) == history(again)
    assert corroborate(stages) == corroborate(again)


@given(commitment(), st.integers(0, 7), st.integers(0, 30))
def test_a_copy_changes_nothing_but_the_list_of_stages(stages: tuple[Stage, ...], number: int, days: int) -> None:
    original = stages[number % len(stages)]
    # One whole report is copied, later, by another outlet.
    copies = tuple(
        replace(
            s,
            report="z",
            outlet="another",
            published=s.published and s.published + timedelta(days=days),
            copy_of=s.copy_of,
            confidence=1.0,
            quantities=(amount(7.0),),
        )
        for s in stages
        if s.report == original.report
    )
    more = stages + copies
    assert current(more) == current(stages)
    assert contradictions(more) == contradictions(stages)
    assert corroborate(more) == corroborate(stages)
    assert follow_up(more, TODAY) == follow_up(stages, TODAY)
    assert [(s.stage, s.what) for s in history(more)] == [(s.stage, s.what) for s in history(stages)]
    made = build("c", "g", "visit", ("EGY", "RUS"), more, TODAY)
    before = build("c", "g", "visit", ("EGY", "RUS"), stages, TODAY)
    assert replace(made, stages=()) == replace(before, stages=())
    assert len(made.stages) == len(more)


@given(commitment())
def test_the_current_status_is_one_that_some_stage_asserts(stages: tuple[Stage, ...]) -> None:
    status, rule = current(stages)
    asserted = {s.status for s in stages if not s.denied}
    assert status in asserted or (not asserted and (status, rule) == ("refused", "only_denied"))


@given(commitment())
def test_a_contradiction_is_between_two_voices_or_within_one_report(stages: tuple[Stage, ...]) -> None:
    for found in contradictions(stages):
        assert found.one in found.backing[0]
        assert found.other in found.backing[1]
        assert found.within_report or found.one.copy_of != found.other.copy_of
        assert found.what[0] != found.what[1]


@given(commitment())
def test_history_has_every_report_and_status_once(stages: tuple[Stage, ...]) -> None:
    steps = history(stages)
    listed = [(s.report, s.status, s.denied) for step in steps for s in (step.stage, *step.copies)]
    assert {(s.report, s.status, s.denied) for s in stages} == set(listed)
    days = [step.day or date.min for step in steps]
    assert days == sorted(days)
