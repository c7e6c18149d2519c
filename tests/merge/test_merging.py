from __future__ import annotations

from itertools import permutations

from hypothesis import given, settings
from hypothesis import strategies as st
from merge_builders import (
    FISH,
    TALKS,
    Row,
    agreement_of,
    anchor,
    commitment_of,
    make,
    story,
)

from mithaq.merge.items import Judgement
from mithaq.merge.merging import merge


def test_stages_of_one_commitment_come_together_over_outlets_and_days() -> None:
    merged = merge(story())
    commitment = commitment_of(merged, "talks")
    assert [m.report for m in commitment.members] == ["talks", "retold", "signed"]
    assert (commitment.area, commitment.parties) == ("energy", ("KEN", "NOR"))


def test_another_matter_between_the_same_states_is_another_agreement() -> None:
    merged = merge(story())
    assert agreement_of(merged, "fish").reports == ("fish",)
    assert agreement_of(merged, "talks").reports == ("talks", "retold", "signed")


def test_the_same_words_months_later_are_another_agreement() -> None:
    late = make("late", "2031-07-30", TALKS, [Row("ترميم خزان توركانا", "energy")])
    merged = merge([*story(), late])
    assert agreement_of(merged, "late").reports == ("late",)


def test_the_same_story_between_other_states_is_another_agreement() -> None:
    text = TALKS.replace("الكيني", "البيروفي")
    other = make("other", "2031-03-02", text, [Row("ترميم خزان توركانا", "energy", parties="PER NOR")])
    assert agreement_of(merge([*story(), other]), "other").reports == ("other",)


def test_meetings_of_one_pair_on_days_apart_are_two_commitments() -> None:
    text = TALKS + "\nويلتقي الوزيران مجددا في أوسلو لمتابعة ترميم خزان توركانا."
    rows = [
        Row("محادثات", "visit", "done", when=("2031-03-01", "2031-03-01")),
        Row("يلتقي الوزيران مجددا", "visit", "planned", when=("2031-05-05", "2031-05-05")),
    ]
    merged = merge([make("a", "2031-03-02", text, rows), make("b", "2031-03-02", text + " انتهى.", rows)])
    assert commitment_of(merged, "a", "p1") is commitment_of(merged, "b", "p1")
    assert commitment_of(merged, "a", "p1") is not commitment_of(merged, "a", "p2")


def test_a_party_that_one_report_misses_is_mended_by_the_others() -> None:
    rows = [Row("ترميم خزان توركانا", "energy", parties="KEN NOR PER")]
    wrong = [Row("ترميم خزان توركانا", "energy", parties="KEN NOR")]
    reports = [make(f"r{n}", "2031-03-02", TALKS + f"\nالخبر {n}.", rows) for n in range(2)]
    merged = merge([*reports, make("wrong", "2031-03-02", TALKS, wrong)])
    assert commitment_of(merged, "wrong").parties == ("KEN", "NOR", "PER")


def test_an_area_that_one_copy_has_otherwise_is_mended_by_the_others() -> None:
    rows = [Row("ترميم خزان توركانا", "energy")]
    reports = [make(f"r{n}", "2031-03-02", TALKS, rows) for n in range(2)]
    merged = merge([*reports, make("wrong", "2031-03-02", TALKS, [Row("ترميم خزان توركانا", "transport")])])
    assert commitment_of(merged, "wrong").area == "energy"
    assert len(commitment_of(merged, "wrong").members) == 3


def test_one_phrase_with_two_areas_stays_two_commitments() -> None:
    rows = [Row("ترميم خزان توركانا", "energy"), Row("ترميم خزان توركانا", "finance_aid")]
    merged = merge([make("a", "2031-03-02", TALKS, rows), make("b", "2031-03-02", TALKS, rows)])
    (agreement,) = merged.agreements
    assert sorted((c.area, len(c.members)) for c in agreement.commitments) == [("energy", 2), ("finance_aid", 2)]


def test_a_report_without_provisions_tells_of_the_agreement_that_it_opens_with() -> None:
    merged = merge([*story(), make("bare", "2031-03-03", TALKS, [])])
    agreement = agreement_of(merged, "bare")
    assert "bare" in agreement.reports
    assert all(m.report != "bare" for c in agreement.commitments for m in c.members)


def test_reports_that_name_an_instrument_in_quotation_marks_come_together() -> None:
    first = "أصدرت كينيا والنرويج «وثيقة ليلهامر» بعد لقاء الرئيسين.\nوتنص على تبادل الغواصين."
    later = "نفذت النرويج مع كينيا ما جاء في «وثيقة ليلهامر»، فوصلت سفينة بحوث إلى مالندي."
    merged = merge(
        [
            make("a", "2031-03-02", first, [Row("تبادل الغواصين", "training")]),
            make("b", "2031-03-20", later, [Row("سفينة بحوث", "culture_science", "done")]),
        ]
    )
    assert agreement_of(merged, "a").reports == ("a", "b")
    assert agreement_of(merged, "a").name == "وثيقة ليلهامر"


def test_ids_stay_when_later_reports_come_and_say_what_they_are() -> None:
    reports = story()
    before, after = merge(reports[:2]), merge(reports)
    assert commitment_of(before, "talks").id == commitment_of(after, "talks").id
    assert agreement_of(before, "talks").id == agreement_of(after, "talks").id
    assert commitment_of(after, "talks").id[0] == "c"
    assert agreement_of(after, "talks").id[0] == "a"


def test_two_provisions_at_one_place_have_two_ids() -> None:
    rows = [Row("ترميم خزان توركانا", "energy"), Row("ترميم خزان توركانا", "energy")]
    report = make("a", "2031-03-02", TALKS, rows)
    merged = merge([report], [Judgement(anchor(report), anchor(report, "p2"), "different")])
    ids = [c.id for a in merged.agreements for c in a.commitments]
    assert len(ids) == len(set(ids))


def test_the_machine_says_what_it_joined_and_why() -> None:
    verdicts = merge(story()).verdicts
    joined = [v for v in verdicts if v.opinion == "same" and v.other.report == "retold"]
    assert joined
    assert all(0 < v.score <= 1 for v in verdicts)
    assert "area energy" in joined[0].reasons


@settings(max_examples=15, deadline=None)
@given(st.data())
def test_the_order_of_the_reports_does_not_matter(data: st.DataObject) -> None:
    reports = [*story(), make("copy", "2031-03-03", TALKS, [Row("محادثات", "visit", "done")])]
    judgement = Judgement(anchor(reports[0]), anchor(reports[3]), "same")
    assert merge(data.draw(st.permutations(reports)), [judgement]) == merge(reports, [judgement])


def test_the_order_of_judgements_does_not_matter() -> None:
    reports = story()
    judgements = [
        Judgement(anchor(reports[0]), anchor(reports[1]), "different"),
        Judgement(anchor(reports[1]), anchor(reports[2]), "same"),
        Judgement(anchor(reports[0]), anchor(reports[2]), "same"),
    ]
    found = [merge(reports, order) for order in permutations(judgements)]
    assert all(m == found[0] for m in found)


def test_nothing_makes_nothing() -> None:
    merged = merge([])
    assert (merged.agreements, dict(merged.copies), merged.verdicts) == ((), {}, ())


def test_a_report_of_one_state_makes_nothing() -> None:
    assert merge([make("a", "2031-03-02", FISH.replace("النرويج", "الجنوب"), [])]).agreements == ()
