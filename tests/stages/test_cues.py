"""Cues, their sources and their contents, construction by construction; every sentence is invented."""

from __future__ import annotations

import pytest

import mithaq

Found = tuple[str, str | None, tuple[str, ...]]


def found(text: str) -> list[Found]:
    return [
        (a.cue.text, a.source.text if a.source else None, tuple(c.text for c in a.content))
        for a in mithaq.read(text).attributions
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "قال الوزير إن الصادرات ارتفعت وفق تقرير البنك المركزي.",
            ("وفق", "تقرير البنك المركزي", ("الصادرات ارتفعت",)),
            id="trailing cue without a comma stays inside",
        ),
        pytest.param(
            "وجزم السفير باستحالة الاتفاق، حسب قوله، في ظل القيود الحالية.",
            ("حسب قوله", None, ("استحالة الاتفاق", "في ظل القيود الحالية")),
            id="the words of whom has just spoken",
        ),
        pytest.param(
            "وبحسب تقرير لوكالة الأنباء الرسمية، قررت اللجنة تأجيل الجلسة.",
            ("بحسب", "تقرير", ("قررت اللجنة تأجيل الجلسة",)),
            id="source that goes on to the comma",
        ),
        pytest.param(
            "ورحبت السعودية بالاتفاق في العلن لكنها تعمل على تعديله.",
            ("رحبت", "السعودية", ("الاتفاق في العلن",)),
            id="a noun phrase ends at but",
        ),
        pytest.param(
            "وذكرت الوزيرة، خلال ندوة صحفية بمقر الهيئة، أن الاتفاقية جاهزة.",
            ("ذكرت", "الوزيرة", ("الاتفاقية جاهزة",)),
            id="place before the particle",
        ),
        pytest.param(
            "أضافت الوزيرة قائلة: «الموسم بدأ مبكرا هذا العام».",
            ("أضافت", "الوزيرة", ("الموسم بدأ مبكرا هذا العام",)),
            id="participle of saying apart from its cue",
        ),
        pytest.param(
            "وصرح الوزير، عضو اللجنة العليا، قائلا إن الموسم بدأ.",
            ("صرح", "الوزير، عضو اللجنة العليا", ("الموسم بدأ",)),
            id="participle of saying after an apposition",
        ),
        pytest.param(
            'قال "أبو سعد": "السوق هادئة منذ شهر كامل".',
            ("قال", "أبو سعد", ("السوق هادئة منذ شهر كامل",)),
            id="name in quotation marks before a colon",
        ),
        pytest.param(
            "وأكد «سالم» أن السوق هادئة.",
            ("أكد", "سالم", ("السوق هادئة",)),
            id="name in quotation marks before that",
        ),
        pytest.param(
            "وأكدت الوزارة في بيان صحفي، استمرار العمل في الميناء.",
            ("أكدت", "الوزارة", ("استمرار العمل في الميناء",)),
            id="object after a comma",
        ),
        pytest.param(
            "وأكدت لـ«الأفق»، مصادر مطلعة، استمرار العمل في الميناء.",
            ("أكدت", "مصادر مطلعة", ("استمرار العمل في الميناء",)),
            id="source between commas",
        ),
        pytest.param(
            "وأعلن النائب سمير حداد وهو من كبار المعارضين معارضته للقرار.",
            ("أعلن", "النائب سمير حداد", ("معارضته للقرار",)),
            id="object after an aside",
        ),
        pytest.param(
            "ونفى الوزير ما راج عن استقالته.", ("نفى", "الوزير", ("ما راج عن استقالته",)), id="object with what"
        ),
        pytest.param("ورفض المؤتمر توقيع الاتفاق.", ("رفض", "المؤتمر", ("توقيع الاتفاق",)), id="unlisted subject"),
        pytest.param(
            "وأوضح المدير التنفيذي لسوق الخضار الدكتور سامي نعيم، أن السوق هادئة.",
            ("أوضح", "المدير التنفيذي لسوق الخضار الدكتور سامي نعيم", ("السوق هادئة",)),
            id="long title before that",
        ),
        pytest.param(
            "ولفت السفير في حديث إلى «المنارة» إلى أن السوق هادئة.",
            ("لفت", "السفير", ("السوق هادئة",)),
            id="the preposition twice",
        ),
        pytest.param(
            "وقال مسؤول في الوزارة، طلب عدم ذكر اسمه، إن السوق هادئة.",
            ("قال", "مسؤول في الوزارة", ("السوق هادئة",)),
            id="speaker who is not named",
        ),
        pytest.param(
            "وأكد كل من الوزير والسفير أن السوق هادئة.", ("أكد", "الوزير والسفير", ("السوق هادئة",)), id="each of"
        ),
        pytest.param(
            "وقالت متحدثة باسم الشرطة إن الطريق مفتوح.",
            ("قالت", "متحدثة باسم الشرطة", ("الطريق مفتوح",)),
            id="participle as a noun",
        ),
        pytest.param(
            "وأشاد مدير الفريق الوطني بانضباط اللاعبين.",
            ("أشاد", "مدير الفريق الوطني", ("انضباط اللاعبين",)),
            id="name that ends before the preposition",
        ),
        pytest.param(
            "وأبان وزير الزراعة أن المحصول وفير.", ("أبان", "وزير الزراعة", ("المحصول وفير",)), id="homograph"
        ),
        pytest.param(
            "ورفضت رئيسة البلدية العرض.", ("رفضت", "رئيسة البلدية", ("العرض",)), id="definite object after a title"
        ),
        pytest.param(
            "غير أن نقابة العاملين في التمريض انتقدت الخطة.",
            ("انتقدت", "نقابة العاملين", ("الخطة",)),
            id="subject apart from its verb",
        ),
        pytest.param(
            "وذكر التقرير أن الوفد الياباني رفض الطلب.",
            ("رفض", "الوفد الياباني", ("الطلب",)),
            id="verb after a demonym",
        ),
        pytest.param(
            "دان الوزير الهجوم، وطالب بمعاقبة الجناة.",
            ("طالب", None, ("معاقبة الجناة",)),
            id="verb that is also a noun",
        ),
        pytest.param(
            "استقبل الوزير وفدا. كما بين أن الجسر سيفتح غدا.", ("بين", None, ("الجسر سيفتح غدا",)), id="بين led by كما"
        ),
    ],
)
def test_where_the_source_is_and_the_content_begins(text: str, expected: Found) -> None:
    assert expected in found(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "وأشار السفير إلى أن الطريق طويل، وأن السوق هادئة، خاصة في الجنوب.",
            ("الطريق طويل، وأن السوق هادئة، خاصة في الجنوب",),
            id="clause goes on after commas",
        ),
        pytest.param(
            "وأعلن الوزير خفض الرسوم، وقرر المجلس تأجيل الجلسة.", ("خفض الرسوم",), id="new clause in the past"
        ),
        pytest.param(
            "وأعلن الوزير أن السوق هادئة، في حين قال تجار إن الأسعار ارتفعت.", ("السوق هادئة",), id="another cue"
        ),
        pytest.param(
            "وقال الوزير: نحن نعمل بهدوء. ولن نتراجع عن الخطة.",
            ("نحن نعمل بهدوء. ولن نتراجع عن الخطة",),
            id="speech without marks over two sentences",
        ),
        pytest.param(
            "وتهدف الخطة، حسب وزير الزراعة، إلى دعم المزارعين.",
            ("تهدف الخطة", "إلى دعم المزارعين"),
            id="both sides of the cue",
        ),
        pytest.param(
            "وارتفعت الأسعار في الجنوب، وهو ما أكده وزير التجارة.",
            ("ارتفعت الأسعار في الجنوب",),
            id="the clause before",
        ),
        pytest.param(
            "أغلقت الطريق مساء أمس وفق ما أكده مصدر أمني لمراسل الإذاعة.",
            ("أغلقت الطريق مساء أمس",),
            id="trailing cue without a comma",
        ),
        pytest.param("وقال لقناة بي.بي.سي إن السوق هادئة بحسب الوزير.", ("السوق هادئة",), id="points in a name"),
    ],
)
def test_where_the_content_ends(text: str, expected: tuple[str, ...]) -> None:
    assert expected in [contents for _, _, contents in found(text)]


@pytest.mark.parametrize(
    ("text", "child", "parent"),
    [
        ("نقلت الصحف العراقية تأكيد الوزير على ضرورة الحوار.", "تأكيد", "نقلت"),
        ("وأوضحت الوزارة بحسب صحيفة «المنارة» أن السوق هادئة.", "أوضحت", "بحسب"),
        ("وقال الوزير إن الوفد الذي وصل أمس، أعرب عن أمله في الحل.", "أعرب", "قال"),
    ],
)
def test_parents(text: str, child: str, parent: str) -> None:
    attributions = mithaq.read(text).attributions
    ids = {a.id: a.cue.text for a in attributions}
    assert {a.cue.text: ids.get(a.parent or "") for a in attributions}[child] == parent


@pytest.mark.parametrize(
    "text",
    [
        "تم نقل الوزير إلى المستشفى.",
        "يذكر أن الميناء أغلق أمس.",
        "ما زال الوزير متحفظا على الخطة.",
        "سئل الوزير عن الخطة.",
        "رفض الوزير التعليق على الخبر.",
        "سارت الأعمال وفق الجدول الذي وضعه الوزير.",
        "حضر معلم، وطالب بجامعة الوزير.",
        "رفض وزير الخارجية الياباني.",
        "وافق الوزير على القرض.",
    ],
)
def test_what_is_no_cue(text: str) -> None:
    assert found(text) == []
