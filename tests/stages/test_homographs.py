"""Words that are spelled like titles or bodies and are none where they stand."""

from __future__ import annotations

import pytest

import mithaq

NOBODY = {
    "an adjective": ("أكد الوزير أن التعاون السياسي والثقافي مع كينيا مستمر.", "السياسي"),
    "a masdar": ("أكد الوزير أن مشاركة الدول في المعرض كبيرة.", "مشاركة"),
    "what is done": ("أكد الوزير أنه سيتم دراسة الملفات غدا.", "دراسة"),
    "talk": ("وصل الوزير الكيني لبحث العلاقات مع ماليزيا.", "بحث العلاقات"),
    "the world": ("أكد الوزير أن العالم تغير.", "العالم"),
    "a day": ("أكد الوزير أن الاجتماع يوم الأحد.", "الأحد"),
    "a city named after a king": ("زار الوزير الكيني مدينة الملك خالد الرياضية.", "خالد"),
    "an adjective of time": ("أكدت الوزيرة أن الفترة الأخيرة صعبة.", "الأخيرة"),
}


@pytest.mark.parametrize(("text", "word"), NOBODY.values(), ids=NOBODY)
def test_no_entity(text: str, word: str) -> None:
    mentions = [m.text for e in mithaq.read(text).entities for m in e.mentions]
    assert mentions
    assert not [m for m in mentions if m.split()[0] == word.split()[0]]


SOMEBODY = {
    "a scholar with a name": ("قال العالم سامر الطويل إن الكوكب بعيد.", "العالم سامر الطويل"),
    "a woman at work": ("قالت مساعدة الوزير إن الإقبال كبير.", "مساعدة الوزير"),
    "a paper": ("ذكرت دراسة جديدة أن الماء نظيف.", "دراسة جديدة"),
    "a central bank": ("قال رئيس البنك المركزي إن السعر ثابت.", "رئيس البنك المركزي"),
}


@pytest.mark.parametrize(("text", "source"), SOMEBODY.values(), ids=SOMEBODY)
def test_source(text: str, source: str) -> None:
    found = mithaq.read(text).attributions[0].source
    assert found is not None
    assert found.text == source


def test_groups_that_need_their_matter() -> None:
    text = "أكد الوزير أن الاتفاق مع الدول الست مهم."
    assert "p5plus1" not in str(mithaq.read(text).to_dict())
    nuclear = "أكد وزير الخارجية الإيراني أن الاتفاق النووي بين إيران والدول الست مهم."
    assert "الدول الست" in [e.name for e in mithaq.read(nuclear).entities]
