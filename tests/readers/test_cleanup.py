"""What is taken out of made texts, and what stays."""

from __future__ import annotations

import pytest

from mithaq.readers.cleanup import clean, tidy

BODY = "وقال الوزير إن البلدين اتفقا على التعاون."


@pytest.mark.parametrize(
    "line",
    [
        "رابط الخبر: https://almarsad.example/4711",
        "رابط الخبر بصحيفة المرصد: وزيرا دفاع كينيا والهند يتفقان",
        "إقرأ أيضاً: رئيس كينيا يستقبل السفير الهندي",
        "اقرا ايضا",
        "شارك الخبر على فيسبوك",
        "فيسبوك تويتر واتساب تيليغرام نسخ الرابط",
        "Facebook Twitter WhatsApp",
        "للتواصل: news@almarsad.example",
        "https://almarsad.example/4711",
        "(إعداد سالم ناصر للنشرة العربية - تحرير منى عادل)",
        "جميع الحقوق محفوظة © 2019",
        "الوسوم: كينيا، الهند",
        "* * *",
        "The post وزيرا دفاع appeared first on المرصد.",
    ],
)
def test_boilerplate_goes_wherever_it_stands(line: str) -> None:
    assert clean(f"{line}\n{BODY}\n{line}\n{BODY}\n{line}") == f"{BODY}\n{BODY}"


@pytest.mark.parametrize(
    "line",
    [
        "شارك الوزير في المؤتمر الذي عقد في نيروبي.",
        "اشترك في المحادثات وزيرا الخارجية والدفاع.",
        "وكالات الأنباء نقلت عن الوزير قوله إن البلدين اتفقا.",
        "5",
        "انتهى الاجتماع دون اتفاق.",
        "على فيسبوك كتب الوزير أن بلاده توافق.",
        "وأرسل بيانا إلى press@almarsad.example يقول فيه إن بلاده توافق على الاتفاق.",
    ],
)
def test_news_stays(line: str) -> None:
    assert clean(f"{BODY}\n{line}\n{BODY}") == f"{BODY}\n{line}\n{BODY}"
    assert clean(f"{BODY}\n{line}") == f"{BODY}\n{line}"


SIGNATURES = (
    *("\n(أ ف ب)", " (أ ف ب)", "\nرويترز", "\nأ.ف.ب", "/وكالات/", " - وكالات", "\nانتهى", " انتهى"),
    *("\n(رويترز، أ ف ب)", "\nرويترز و أ ب", "\nرويترز\nانتهى"),
)


@pytest.mark.parametrize("signature", SIGNATURES)
def test_agencies_sign_at_the_end(signature: str) -> None:
    assert clean(BODY + "\n" + BODY + signature) == f"{BODY}\n{BODY}"


def test_a_signature_elsewhere_stays() -> None:
    text = f"نيروبي (أ ف ب) - {BODY}\nونقلت عن رويترز."
    assert clean(text) == text


def test_the_headline_is_not_repeated() -> None:
    title = "وزيرا دفاع كينيا والهند يتفقان"
    assert clean(f"{title}\n\n«{title}».\n{BODY}\n{title}", title) == f"{BODY}\n{title}"


def test_characters_are_as_plain_text_has_them() -> None:
    assert tidy("قال&nbsp;&quot;نعم&quot;\u200f \ufefb\ufe8e\r\nثم\xa0\xadقال") == 'قال "نعم" لاا\nثم قال'


def test_paragraphs_stay_lines() -> None:
    assert clean(f"  {BODY}  \n\n\n\t{BODY}") == f"{BODY}\n{BODY}"
