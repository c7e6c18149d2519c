"""What shares a search key, and what must not."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mithaq.arabic.search_keys import LONGEST, key_of, search_keys, search_tokens

_SAFE = re.compile(r"[^\s'\"\\():*^&|!<>,;-]+")


@pytest.mark.parametrize(
    ("word", "others"),
    [
        ("اتفاقية", "الاتفاقيات بالاتفاقية اتفاقيتين واتفاقيتهما للاتفاقيات فالاتفاقية اتفاقياتها اتفاقيتا"),
        ("القاهرة", "بالقاهرة والقاهرة للقاهرة القاهره"),
        ("وزير", "الوزيران الوزيرين وزراء للوزراء ووزير وزيرا وزراؤها لوزرائه كوزير"),
        ("عسكري", "العسكرية عسكريا العسكريين عسكريون عسكريتان والعسكري"),
        ("مسؤول", "مسئول المسؤولين مسئولون مسؤولي ومسؤولا"),
        ("مصر", "بمصر لمصر ومصر"),
        ("لبنان", "بلبنان ولبنان للبنان"),
        ("التزام", "الالتزام التزامات بالتزاماتها والتزام"),
        ("وقّع", "وقعت سيوقع يوقعان وسيوقعون"),
    ],
)
def test_inflections_and_clitics_share_a_key(word: str, others: str) -> None:
    assert {other: key_of(other) for other in others.split()} == dict.fromkeys(others.split(), key_of(word))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("أَكَّدَ", "اكد"),
        ("اتّفاقيّة", "اتفاقيه"),
        ("الــقــاهرة", "القاهرة"),
        ("إيران", "ايران"),
        ("مستشفى", "مستشفي"),
        ("کیش", "كيش"),
        ("چاد", "جاد"),
        ("آراء", "اراء"),
    ],
)
def test_marks_tatweel_hamza_seats_and_persian_letters_do_not_matter(one: str, other: str) -> None:
    assert key_of(one) == key_of(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("عقد", "اعتقد"),
        ("عقد", "عقدة"),
        ("مصر", "مصرف"),
        ("مصر", "مصري"),
        ("بنك", "بن"),
        ("وزير", "وزارة"),
        ("زيارة", "وزارة"),
        ("اتفاق", "اتفاقية"),
        ("قانون", "قان"),
        ("لبنان", "لبن"),
        ("بيان", "بي"),
        ("تعاون", "تعا"),
        ("منطقة", "منطق"),
        ("جامعة", "جامع"),
        ("كتاب", "تاب"),
        ("والد", "لد"),
        ("ألمانيا", "ألماني"),
    ],
)
def test_other_words_have_other_keys(one: str, other: str) -> None:
    assert key_of(one) != key_of(other)


@pytest.mark.parametrize("word", ["حديقة", "الحديقة", "حديقتها", "حديقتين", "والحديقة", "حديقات"])
def test_the_sure_endings_come_off_a_word_that_no_list_holds(word: str) -> None:
    assert key_of(word) in ("حديق", "حديقه")
    assert key_of("زرنوقة") == key_of("الزرنوقات") == key_of("زرنوقتها")


def test_latin_letters_and_digits() -> None:
    assert search_keys("F-16 f16 إف-16 NATO Nato ١٥٠٠ 1,500 ٣٫٥ 3.5") == [
        "f16",
        "f16",
        "اف16",
        "nato",
        "nato",
        "1500",
        "1500",
        "3.5",
        "3.5",
    ]
    assert search_keys("2014-2015 الروسي-الأمريكي") == ["2014", "2015", "روسي", "امريكي"]


def test_offsets_are_those_of_the_original() -> None:
    text = "وَقَّعَت «الاتفاقيّات»، واشترت مقاتلات F-16."
    assert [(text[s:e], key) for s, e, key in search_tokens(text)] == [
        ("وَقَّعَت", "وقع~"),
        ("الاتفاقيّات", "اتفاقيه"),
        ("واشترت", key_of("اشترى")),
        ("مقاتلات", key_of("مقاتلة")),
        ("F-16", "f16"),
    ]


_TEXTS = st.text(st.sampled_from("اأبتةهويلمنسقعف ًّـ F1٣-–.,،'\"\\~\u200f\ud800é字") | st.characters(), max_size=60)


@given(_TEXTS)
def test_both_passes_give_the_same_keys_and_nothing_that_a_database_reads_as_syntax(text: str) -> None:
    tokens = search_tokens(text)
    assert [key for _, _, key in tokens] == search_keys(text)
    assert all(_SAFE.fullmatch(key) and len(key) <= LONGEST for _, _, key in tokens)
    ends = [0, *(end for _, end, _ in tokens)]
    assert all(before <= start < end for before, (start, end, _) in zip(ends, tokens, strict=False))
