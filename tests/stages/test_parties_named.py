"""Who is named where, and whether as someone who can act or as a mere location; on invented sentences."""

from __future__ import annotations

import pytest

from mithaq.model import Report
from mithaq.pipeline import annotate
from mithaq.stages.places import Place, expand, find_places


def named(*codes: str) -> frozenset[str]:
    return frozenset(codes)


def places(text: str, outlet: str | None = None) -> list[Place]:
    return find_places(annotate(Report(text, outlet=outlet), before="find_provisions"))


def test_persons_and_states_can_act() -> None:
    found = places("زارت وزيرة الصحة الكينية الهند أمس")
    assert [(p.codes, p.weak, p.city, p.subject) for p in found] == [
        (named("KEN"), False, False, True),
        (named("IND"), False, False, True),
    ]


def test_who_is_governed_by_a_preposition_is_no_subject() -> None:
    (place,) = places("اشترت المدرسة مقاعد للهند")
    assert (place.codes, place.subject) == (named("IND"), False)


def test_a_location_is_weak_and_so_is_the_rest_of_its_list() -> None:
    found = places("تنمو الأشجار في الهند وكينيا")
    assert [(p.codes, p.weak) for p in found] == [(named("IND"), True), (named("KEN"), True)]


def test_a_capital_is_a_city() -> None:
    (place,) = places("وصل الوفد إلى نيروبي")
    assert (place.codes, place.city) == (named("KEN"), True)


@pytest.mark.parametrize("text", ["ناقش الوفدان الأزمة السورية", "بحث الطرفان الملف النووي الإيراني"])
def test_a_matter_is_no_party(text: str) -> None:
    assert places(text) == []


def test_a_group_without_a_code_is_its_members() -> None:
    assert expand("p5plus1") == {"CHN", "DEU", "FRA", "GBR", "RUS", "USA"}
    assert expand("KEN") == {"KEN"}
    assert [p.codes for p in places("وقعت مجموعة 5+1 اتفاقا مع إيران")] == [expand("p5plus1"), {"IRN"}]


def test_the_kingdom_is_the_outlets_own() -> None:
    text = "أكدت المملكة حرصها على التعاون مع كينيا"
    assert [p.codes for p in places(text, "عكاظ")] == [{"SAU"}, {"KEN"}]
    assert [p.codes for p in places(text)] == [{"KEN"}]


def test_places_are_in_order() -> None:
    found = places("أكدت الهند أن المملكة وكينيا والهند تتعاون", "عكاظ")
    assert [p.first for p in found] == sorted(p.first for p in found)
    assert len(found) == 4
