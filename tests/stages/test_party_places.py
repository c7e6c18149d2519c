"""Names that say where something happens, or what is talked about, are no parties by themselves."""

from __future__ import annotations

import pytest

from mithaq.model import Report
from mithaq.pipeline import annotate
from mithaq.stages.places import find_places, title_codes


@pytest.mark.parametrize(
    ("text", "strong"),
    [
        ("عقد الوزيران اجتماعا في العاصمة القطرية الدوحة.", set()),
        ("شارك الوزير في المنتدى المنعقد بأبوظبي.", set()),
        ("تبادل الوزيران الرأي حول ليبيا.", set()),
        ("وصل الوزير إلى الدوحة.", {"QAT"}),
        ("عقد اجتماع بين اليابان والأردن.", {"JPN", "JOR"}),
    ],
)
def test_which_names_may_be_parties(text: str, strong: set[str]) -> None:
    doc = annotate(Report(text, "x"), before="find_provisions")
    assert {code for p in find_places(doc) if not p.weak for code in p.codes} == strong


def test_the_parties_of_a_title() -> None:
    assert title_codes("وزير الخارجية الياباني يزور الأردن", "") == {"JPN", "JOR"}
    assert title_codes(None, "") == frozenset()
