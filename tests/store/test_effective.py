"""The record that counts: reviews applied to what the reader found."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from records import TEXT, record, report, span

from mithaq.model import Attribution, Provision, Record
from mithaq.store.effective import WHOLE, Place, Review, Verdict, apply, effective, place_of

RECORD = record(report())
SAID, EXERCISE = RECORD.attributions[0], RECORD.provisions[0]
SAID_AT, EXERCISE_AT = place_of(SAID), place_of(EXERCISE)
NOW = datetime(2026, 1, 2)


def said(id: int, place: Place, verdict: Verdict, undone: bool = False, **cells: Any) -> Review:
    words = TEXT[place.start : place.end]
    return Review(id, "r1", place, words, verdict, cells, "مها", NOW, NOW if undone else None)


def at(words: str) -> tuple[int, int]:
    found = span(words)
    return found.start, found.end


def test_without_reviews_nothing_changes() -> None:
    assert apply(RECORD, TEXT, []) == RECORD


def test_an_accepted_row_is_sure() -> None:
    (row,) = apply(RECORD, TEXT, [said(1, EXERCISE_AT, "accept")]).provisions
    assert row == replace(EXERCISE, confidence=1.0)


def test_a_rejected_provision_is_gone_and_the_rest_stays() -> None:
    made = effective(RECORD, TEXT, [said(1, EXERCISE_AT, "reject")])
    assert made.record == replace(RECORD, provisions=())
    assert [(r.place, r.state) for r in made.rows] == [(SAID_AT, ""), (EXERCISE_AT, "reject")]


def test_a_correction_changes_the_cells_that_it_names_only() -> None:
    change = said(1, EXERCISE_AT, "correct", evidence=at("مناورات مشتركة"), status="planned", parties=["IND", "KEN"])
    (row,) = apply(RECORD, TEXT, [change]).provisions
    assert row == replace(
        EXERCISE, evidence=span("مناورات مشتركة"), status="planned", parties=("IND", "KEN"), confidence=1.0
    )


def test_later_corrections_build_on_earlier_ones() -> None:
    changes = [said(1, EXERCISE_AT, "correct", status="planned"), said(2, EXERCISE_AT, "correct", area="training")]
    (row,) = apply(RECORD, TEXT, changes).provisions
    assert (row.status, row.area) == ("planned", "training")


def test_accepting_brings_back_what_was_rejected() -> None:
    changes = [said(1, EXERCISE_AT, "reject"), said(2, EXERCISE_AT, "accept")]
    assert apply(RECORD, TEXT, changes).provisions == (replace(EXERCISE, confidence=1.0),)


def test_what_stood_on_a_rejected_attribution_stands_on_the_one_that_holds_it() -> None:
    inner = replace(SAID, id="a2", cue=span("اتفقا"), parent="a1")
    nested = replace(RECORD, attributions=(SAID, inner), provisions=(replace(EXERCISE, attribution="a2"),))
    made = apply(nested, TEXT, [said(1, place_of(inner), "reject")])
    assert made.provisions[0].attribution == "a1"
    both = apply(nested, TEXT, [said(1, place_of(inner), "reject"), said(2, SAID_AT, "reject")])
    assert both.provisions[0].attribution is None


def test_an_added_provision_and_the_attribution_that_it_stands_on() -> None:
    place = Place("provision", *at("بكلفة 5 ملايين دولار"), "finance_aid")
    cells: dict[str, Any] = {
        "evidence": at("بكلفة 5 ملايين دولار"),
        "area": "finance_aid",
        "status": "agreed",
        "parties": ["KEN", "IND"],
    }
    made = apply(RECORD, TEXT, [said(7, place, "add", role="provision", attribution=at("أكد"), **cells)])
    added = made.provisions[-1]
    assert (added.id, added.evidence.text, added.attribution) == ("pr7", "بكلفة 5 ملايين دولار", "a1")


def test_an_added_attribution_finds_its_entity() -> None:
    cells: dict[str, Any] = {
        "cue": at("اتفقا"),
        "content": [at("إجراء مناورات مشتركة")],
        "speaker": "وزير الدفاع الكيني",
    }
    change = said(8, Place("attribution", *at("اتفقا")), "add", mode="indirect", kind="named", **cells)
    added = apply(RECORD, TEXT, [change]).attributions[-1]
    assert (added.id, added.source, added.entity) == ("ar8", None, "e1")


def test_an_added_row_that_was_rejected_leaves_no_trace() -> None:
    place = Place("attribution", *at("اتفقا"))
    cells: dict[str, Any] = {
        "cue": at("اتفقا"),
        "content": [at("إجراء مناورات مشتركة")],
        "speaker": "وزير",
        "mode": "indirect",
    }
    changes = [said(1, place, "add", kind="named", **cells), said(2, place, "reject")]
    assert apply(RECORD, TEXT, changes) == RECORD


def test_two_parents_that_two_reviewers_gave_make_no_ring() -> None:
    other = replace(SAID, id="a2", cue=span("اتفقا"))
    two = replace(RECORD, attributions=(SAID, other))
    changes = [said(1, SAID_AT, "correct", parent=at("اتفقا")), said(2, place_of(other), "correct", parent=at("أكد"))]
    made = apply(two, TEXT, changes)
    assert {(a.id, a.parent) for a in made.attributions} == {("a1", "a2"), ("a2", None)}


def test_a_row_read_with_other_bounds_is_found_again() -> None:
    wider = replace(RECORD, provisions=(replace(EXERCISE, id="p9", evidence=span("على إجراء مناورات مشتركة")),))
    made = effective(wider, TEXT, [said(1, EXERCISE_AT, "correct", status="signed")])
    assert (made.record.provisions[0].status, made.lost) == ("signed", ())
    assert made.rows[-1].place == EXERCISE_AT, "the next review has to be of the same row"


def test_a_rejected_area_does_not_take_another_one_with_it() -> None:
    """One phrase may name two areas; if the next reading drops the rejected one, the other stays."""
    other = replace(EXERCISE, area="training")
    made = effective(replace(RECORD, provisions=(other,)), TEXT, [said(1, EXERCISE_AT, "reject")])
    assert (made.record.provisions, [r.id for r in made.lost]) == ((other,), [1])


def test_a_row_that_comes_back_with_the_corrected_area_is_the_same_row() -> None:
    mended = replace(EXERCISE, area="training")
    changes = [said(1, EXERCISE_AT, "correct", area="training"), said(2, EXERCISE_AT, "correct", status="signed")]
    made = effective(replace(RECORD, provisions=(mended,)), TEXT, changes)
    assert (made.record.provisions[0].status, made.lost) == ("signed", ())


def test_what_the_reader_now_finds_itself_is_not_added_twice() -> None:
    cells: dict[str, Any] = {"evidence": [EXERCISE_AT.start, EXERCISE_AT.end], "area": "exercise", "status": "signed"}
    change = said(3, EXERCISE_AT, "add", parties=["KEN", "IND"], role="provision", **cells)
    (row,) = apply(RECORD, TEXT, [change]).provisions
    assert (row.id, row.status) == ("p1", "signed")


def test_reviews_of_words_that_are_not_there_any_more_are_listed() -> None:
    changed = "عاجل: " + TEXT
    made = effective(Record("r1"), changed, [said(1, EXERCISE_AT, "accept")])
    assert [r.id for r in made.lost] == [1]


def test_that_a_record_is_complete_is_no_row() -> None:
    made = effective(RECORD, TEXT, [said(1, WHOLE, "accept")])
    assert (made.record, made.complete and made.complete.id) == (RECORD, 1)


_PLACES = st.sampled_from([SAID_AT, EXERCISE_AT])
_VERDICTS = st.sampled_from(["accept", "reject", "correct"])


@given(st.lists(st.tuples(_PLACES, _VERDICTS), max_size=6), st.data())
def test_undone_reviews_are_as_if_they_had_never_been(made: list[tuple[Place, Verdict]], data: st.DataObject) -> None:
    reviews = []
    for number, (place, verdict) in enumerate(made, 1):
        cells: dict[str, Any] = {}
        if verdict == "correct":
            cells = {"status": "signed"} if place.kind == "provision" else {"speaker": "الوزير"}
        reviews.append(said(number, place, verdict, **cells))
    undone = data.draw(st.sets(st.sampled_from([r.id for r in reviews]))) if reviews else set()
    left = [r for r in reviews if r.id not in undone]
    both = [replace(r, undone=NOW) if r.id in undone else r for r in reviews]
    assert apply(RECORD, TEXT, both) == apply(RECORD, TEXT, left)


def test_spans_of_the_effective_record_hold_their_words() -> None:
    change = said(1, SAID_AT, "correct", cue=at("اتفقا"), source=None, content=[at("إجراء مناورات"), at("السنة")])
    (row,) = apply(RECORD, TEXT, [change]).attributions
    assert isinstance(row, Attribution)
    assert [s.text for s in (row.cue, *row.content)] == ["اتفقا", "إجراء مناورات", "السنة"]
    assert row.source is None


@pytest.mark.parametrize("row", [SAID, EXERCISE])
def test_the_key_of_a_place_is_one_word(row: Attribution | Provision) -> None:
    assert place_of(row).key.count("-") == (3 if isinstance(row, Provision) else 2)
