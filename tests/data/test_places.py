"""The lexicon of states, organisations and groups is complete and unambiguous where it says so."""

import csv
import re
from collections import defaultdict
from importlib.resources import files

import pytest

from mithaq.lexicon.keys import fold_phrase

ISO_STATES = 249
ORGANISATIONS = {"UNO", "EUU", "ARL", "GCC", "NAT", "AFU", "OIC", "IMF", "WBG", "OPC", "IAE"}
PLACE_KINDS = {"name", "demonym", "demonym_plural", "capital", "seat", "title", "city"}
# The UN members without a capital in the data, as it bears the name of the state.
SAME_NAME = {"DJI", "DZA", "KWT", "LUX", "MCO", "SGP", "SMR", "STP", "TUN"}
FILES = {"states.csv": "code", "organisations.csv": "code", "groups.csv": "key"}
NEEDS = re.compile(r"with:[\w|]+")
MEMBER_NOTE = re.compile(r"((suspended )?(since|until) \d{4}|suspended \d{4}-\d{4})?")
Row = tuple[str, str, str, str]


def rows(name: str) -> list[Row]:
    """The rows of a data file as (code or key, kind, value, note)."""
    text = files("mithaq").joinpath("data", name).read_text(encoding="utf-8")
    head, *body = csv.reader(text.splitlines())
    assert head == [FILES[name], "kind", "value", "note"]
    return [(code, kind, value, note) for code, kind, value, note in body]


def codes(name: str) -> set[str]:
    return {row[0] for row in rows(name)}


def members(key: str) -> set[str]:
    return {v for name in FILES for code, kind, v, _ in rows(name) if code == key and kind == "member"}


@pytest.mark.parametrize("name", FILES)
def test_lines_are_tidy(name: str) -> None:
    body = rows(name)
    assert [r[:2] for r in body] == sorted(r[:2] for r in body)
    for code, kind, value, note in body:
        assert value == " ".join(value.split()), (code, value)
        if kind == "member":
            assert MEMBER_NOTE.fullmatch(note), (code, value, note)
        else:
            assert kind in PLACE_KINDS, (code, kind)
            assert note in {"", "ambiguous"} or NEEDS.fullmatch(note), (code, value, note)
            assert not re.search("[A-Za-z]", value), (code, value)


@pytest.mark.parametrize("name", FILES)
def test_no_value_stands_twice(name: str) -> None:
    seen: set[tuple[str, str, tuple[str, ...]]] = set()
    for code, kind, value, _ in rows(name):
        key = (code, kind, fold_phrase(value) if kind != "member" else (value,))
        assert key not in seen, (code, kind, value)
        seen.add(key)


def test_every_state_has_a_name() -> None:
    named = {code for code, kind, _, _ in rows("states.csv") if kind == "name"}
    assert named == codes("states.csv")
    assert len(named - {"XKX"}) == ISO_STATES
    assert {"PSE", "TWN", "XKX", "VAT", "ESH"} <= named
    assert all(re.fullmatch("[A-Z]{3}", code) for code in named)


@pytest.mark.parametrize("kind", ["capital", "demonym"])
def test_every_un_member_has_a_capital_and_a_demonym(kind: str) -> None:
    have = {code for code, k, _, _ in rows("states.csv") if k == kind}
    assert members("UNO") - have == (SAME_NAME if kind == "capital" else set())


def test_organisations_are_those_of_the_guidelines() -> None:
    assert codes("organisations.csv") == ORGANISATIONS
    assert {code for code, kind, _, _ in rows("organisations.csv") if kind == "name"} == ORGANISATIONS
    assert not ORGANISATIONS & codes("states.csv")


def test_members_are_known() -> None:
    states = codes("states.csv")
    for name in ("organisations.csv", "groups.csv"):
        valid = states if name == "organisations.csv" else states | ORGANISATIONS
        assert {v for _, kind, v, _ in rows(name) if kind == "member"} <= valid
    assert not [r for r in rows("states.csv") if r[1] == "member"]


@pytest.mark.parametrize(
    ("key", "size"),
    [
        *[("UNO", 193), ("EUU", 28), ("ARL", 22), ("GCC", 6), ("NAT", 32), ("AFU", 55), ("OIC", 57)],
        *[("IMF", 191), ("WBG", 189), ("IAE", 180), ("p5", 5), ("g7", 7), ("maghreb_union", 5)],
    ],
)
def test_member_counts(key: str, size: int) -> None:
    assert len(members(key)) == size


def test_p5plus1_is_the_list_of_the_guidelines() -> None:
    assert members("p5plus1") == {"CHN", "DEU", "FRA", "GBR", "RUS", "USA"}


def test_every_group_has_names_and_members() -> None:
    for key in codes("groups.csv"):
        kinds = {kind for code, kind, _, _ in rows("groups.csv") if code == key}
        assert {"name", "member"} <= kinds, key
        assert re.fullmatch("[a-z][a-z0-9_]*", key)


@pytest.mark.parametrize("kinds", [{"name", "capital", "seat", "title", "city"}, {"demonym", "demonym_plural"}])
def test_a_value_of_two_codes_is_marked_ambiguous(kinds: set[str]) -> None:
    owners: dict[tuple[str, ...], dict[str, str]] = defaultdict(dict)
    for name in FILES:
        for code, kind, value, note in rows(name):
            if kind in kinds:
                owners[fold_phrase(value)].setdefault(code, note)
    clashes = {key: who for key, who in owners.items() if len(who) > 1 and not all(who.values())}
    assert not clashes


def test_home_dependent_words_are_left_to_the_code() -> None:
    values = {fold_phrase(value) for name in FILES for _, _, value, _ in rows(name)}
    for word in ("المملكة", "الجمهورية", "الدولة", "البلاد"):
        assert fold_phrase(word) not in values


@pytest.mark.parametrize(
    ("code", "kind", "value"),
    [
        ("EGY", "name", "جمهورية مصر العربية"),
        ("USA", "name", "الولايات المتحدة الأميركية"),
        ("SAU", "title", "خادم الحرمين الشريفين"),
        ("RUS", "seat", "الكرملين"),
        ("ISR", "name", "الدولة العبرية"),
        ("MLI", "name", "مالي"),
        ("GBR", "demonym", "إنكليزي"),
        ("CHN", "capital", "بيجين"),
    ],
)
def test_samples(code: str, kind: str, value: str) -> None:
    assert (code, kind, value) in {row[:3] for row in rows("states.csv")}
