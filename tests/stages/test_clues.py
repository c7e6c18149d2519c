"""What the clues say of each word, on invented sentences."""

from __future__ import annotations

from datetime import date

from mithaq.model import Report
from mithaq.pipeline import annotate
from mithaq.stages.clues import Clues

DEAL = "قال وزير النقل الكيني إن بلاده ستشتري من الهند حافلات بقيمة 3 ملايين دولار غدا. وبحث البلدان التعاون العسكري."


def clues(text: str) -> Clues:
    return Clues(annotate(Report(text, published=date(2026, 3, 10)), before="find_provisions"))


def at(found: Clues, word: str) -> int:
    """The only token that is written so."""
    (index,) = [k for k, token in enumerate(found.doc.tokens) if token.text == word]
    return index


def test_acts_topics_and_areas() -> None:
    found = clues(DEAL)
    cooperation = at(found, "التعاون")
    assert (found.acts[cooperation], found.act_areas[cooperation]) == (("cooperation",), ("general",))
    assert found.topical[cooperation]
    assert found.topics[at(found, "العسكري")] == "defence_general"
    assert not any(found.acts[at(found, w)] for w in ("بلاده", "غدا", "بقيمة"))


def test_an_act_that_asks_for_words_says_whether_they_follow() -> None:
    assert clues("صفقة لبيع أسلحة").acts[0][0] == "arms_deals+"
    assert clues("صفقة لبيع أقمشة").acts[0][0] == "arms_deals-"


def test_parties_and_who_is_meant() -> None:
    found = clues(DEAL)
    assert found.codes[at(found, "الكيني")] == {"KEN"}
    assert found.codes[at(found, "الهند")] == {"IND"}
    assert found.all_codes == {"KEN", "IND"}
    assert found.sentence_codes == [{"KEN", "IND"}, frozenset()]
    assert [k for k, dual in enumerate(found.pair_at) if dual] == [at(found, "البلدان")]
    assert [k for k, own in enumerate(found.own_at) if own] == [at(found, "بلاده")]
    assert found.first_codes[at(found, "الهند")]


def test_verbs_with_their_tense() -> None:
    found = clues(DEAL)
    assert found.verbs[at(found, "ستشتري")][:2] == ("اشترى", "future")
    assert found.verbs[at(found, "وبحث")][:2] == ("بحث", "past")
    assert clues("لم تشتر الهند الحافلات").verbs[1][1] == "not present"
    assert clues("الهند لن تشتري الحافلات").verbs[2][1] == "not future"


def test_money_and_times() -> None:
    found = clues(DEAL)
    assert sorted(found.money) == [at(found, w) for w in ("3", "ملايين", "دولار")]
    assert found.when == {at(found, "غدا"): "coming"}
    assert clues("زارت الوزيرة كينيا أمس").when == {3: "past"}


def test_whose_words_they_are() -> None:
    found = clues(DEAL)
    assert found.statement[at(found, "الهند")] == 0
    assert found.statement[at(found, "البلدان")] == -1


def test_what_has_stood_before() -> None:
    found = clues("بدأت الزيارة أمس. وتنتهي الزيارة غدا. وهي زيارة أولى.")
    assert [found.again[k] for k, a in enumerate(found.acts) if a] == [0, 1, 2]
    assert [found.new[k] for k, a in enumerate(found.acts) if a] == [True, False, False]


def test_an_empty_sentence_has_no_clues() -> None:
    found = clues("؟")
    assert found.all_codes == frozenset()
    assert found.acts == [()]
