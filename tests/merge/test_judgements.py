from __future__ import annotations

import pytest
from merge_builders import TALKS, Row, agreement_of, anchor, commitment_of, make, story

from mithaq.merge.anchors import locate
from mithaq.merge.items import Anchor, Judgement
from mithaq.merge.merging import merge


def test_different_takes_apart_what_the_machine_joined_and_can_be_taken_back() -> None:
    reports = story()
    judgement = Judgement(anchor(reports[0]), anchor(reports[1]), "different")
    judged = merge(reports, [judgement])
    assert commitment_of(judged, "talks") is not commitment_of(judged, "retold")
    assert agreement_of(judged, "talks") is agreement_of(judged, "retold")
    assert merge(reports) == merge(reports, [])
    assert commitment_of(merge(reports), "talks").id == commitment_of(judged, "talks").id


def test_same_joins_what_the_machine_kept_apart() -> None:
    reports = story()
    merged = merge(reports, [Judgement(anchor(reports[0]), anchor(reports[3]), "same")])
    commitment = commitment_of(merged, "fish")
    assert ("talks", "p1") in commitment.members


def test_unsure_stops_the_machine_on_that_edge() -> None:
    reports = story()[:2]
    merged = merge(reports, [Judgement(anchor(reports[0]), anchor(reports[1]), "unsure")])
    assert commitment_of(merged, "talks") is not commitment_of(merged, "retold")


def test_agreements_can_be_judged_as_a_whole() -> None:
    reports = story()
    apart = merge(reports, [Judgement(anchor(reports[0]), anchor(reports[2]), "different", "agreement")])
    assert agreement_of(apart, "talks") is not agreement_of(apart, "signed")
    together = merge(reports, [Judgement(anchor(reports[0]), anchor(reports[3]), "same", "agreement")])
    assert agreement_of(together, "talks") is agreement_of(together, "fish")
    assert commitment_of(together, "talks") is not commitment_of(together, "fish")


def test_a_judgement_survives_re_reading() -> None:
    reports = story()
    judgement = Judgement(anchor(reports[0]), anchor(reports[3]), "same")
    again = make(
        "talks", "2031-03-02", TALKS, [Row("محادثات", "visit", "done"), Row("على ترميم خزان توركانا خلال", "energy")]
    )
    merged = merge([again, *reports[1:]], [judgement])
    assert ("talks", "p2") in commitment_of(merged, "fish").members


def test_a_judgement_on_what_is_not_there_waits() -> None:
    reports = story()
    judgement = Judgement(anchor(reports[0]), anchor(reports[3]), "same")
    assert merge(reports[1:], [judgement]) == merge(reports[1:])


@pytest.mark.parametrize(
    ("place", "found"),
    [
        ((8, 20, "energy"), "p1"),
        ((8, 20, "visit"), "p2"),
        ((8, 20, "labour_migration"), "p1"),
        ((0, 2, "energy"), None),
    ],
)
def test_an_anchor_prefers_the_same_area_then_the_most_overlap(place: tuple[int, int, str], found: str | None) -> None:
    text = "0123 اتفق على ترميم خزان توركانا في كينيا."
    report = make("a", "2031-03-02", text, [Row("على ترميم خزان", "energy"), Row("اتفق", "visit")])
    start, end, area = place
    provision = locate(report, Anchor("a", start, end, area))
    assert (provision and provision.id) == found
