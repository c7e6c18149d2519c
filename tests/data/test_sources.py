"""The data of who speaks: shapes of roles.toml, outlets.csv and persons.csv."""

import csv
import re
import tomllib
from collections.abc import Iterator
from importlib import resources
from typing import Any

import pytest

from mithaq.lexicon.keys import fold_phrase

DATA = resources.files("mithaq") / "data"
NUMBERS = ("m", "f", "dual", "dual_f", "plural", "plural_f")
FLAGS = {
    "role": {"state_office", "note"},
    "rank": set(),
    "honorific": {"trailing", "note"},
    "anonymous": {"counts", "indefinite"},
    "anonymous_modifier": {"part"},
    "institution": {"body_of_state", "delegation", "state", "code"},
    "document": set(),
    "media": set(),
    "coref": {"forms", "number", "gender", "refers", "definite", "sides", "anyone"},
}
ORGANISATIONS = {"UNO", "EUU", "ARL", "GCC", "NAT", "AFU", "OIC", "IMF", "WBG", "OPC", "IAE"}
CODE = re.compile(r"[A-Z]{3}")


def roles() -> dict[str, list[dict[str, Any]]]:
    return tomllib.loads((DATA / "roles.toml").read_text(encoding="utf-8"))


def rows(name: str) -> list[dict[str, str]]:
    text = (DATA / name).read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


def forms(entry: dict[str, Any]) -> Iterator[tuple[str, str]]:
    for key in (*NUMBERS, "forms"):
        for form in entry.get(key, []):
            yield key, form


@pytest.mark.parametrize("kind", FLAGS)
def test_entries_have_the_keys_of_their_kind(kind: str) -> None:
    for entry in roles()[kind]:
        allowed = {"id", *FLAGS[kind], *(() if kind == "coref" else NUMBERS)}
        assert set(entry) <= allowed, entry["id"]
        assert re.fullmatch(r"[a-z][a-z0-9_]*", entry["id"])
        assert list(forms(entry)), entry["id"]
        for flag in (
            "state_office",
            "trailing",
            "body_of_state",
            "delegation",
            "counts",
            "indefinite",
            "sides",
            "anyone",
        ):
            assert entry.get(flag, True) is True, entry["id"]


def test_kinds_and_counts() -> None:
    table = roles()
    assert set(table) == set(FLAGS)
    assert sum(map(len, table.values())) >= 350


@pytest.mark.parametrize("kind", FLAGS)
def test_no_form_stands_in_two_entries_of_a_kind(kind: str) -> None:
    owner: dict[tuple[str, ...], str] = {}
    ids = [entry["id"] for entry in roles()[kind]]
    assert len(ids) == len(set(ids))
    for entry in roles()[kind]:
        seen: set[tuple[str, tuple[str, ...]]] = set()
        for key, form in forms(entry):
            folded = fold_phrase(form)
            assert owner.setdefault(folded, entry["id"]) == entry["id"], form
            assert (key, folded) not in seen, form
            seen.add((key, folded))


def test_forms_stand_without_the_article() -> None:
    for kind, entries in roles().items():
        for entry in entries:
            for _, form in forms(entry):
                assert not [w for w in form.split() if w.startswith("ال") and w != "الله"], (kind, form)


def test_features_take_their_listed_values() -> None:
    table = roles()
    assert {e["part"] for e in table["anonymous_modifier"]} == {"adjective", "verb", "negation", "noun", "reason"}
    assert {e["number"] for e in table["coref"]} == {"singular", "dual", "plural"}
    assert {e["gender"] for e in table["coref"]} == {"m", "f"}
    assert {e["refers"] for e in table["coref"]} == {"states", "persons", "latest"}
    assert all(isinstance(e["definite"], bool) for e in table["coref"])
    for entry in table["institution"]:
        assert CODE.fullmatch(entry.get("state", "AAA"))
        assert entry.get("code", "UNO") in ORGANISATIONS


def test_outlets() -> None:
    table = rows("outlets.csv")
    assert list(table[0]) == ["id", "country", "type", "kind", "value", "note"]
    assert len({r["id"] for r in table}) >= 250
    seen: set[tuple[str, tuple[str, ...]]] = set()
    home: dict[str, tuple[str, str]] = {}
    for row in table:
        assert CODE.fullmatch(row["country"])
        assert row["type"] in {"newspaper", "agency", "channel", "radio", "site", "magazine", "network"}
        assert row["kind"] in {"slug", "name"}
        assert row["note"] in {"", "ambiguous"}
        assert home.setdefault(row["id"], (row["country"], row["type"])) == (row["country"], row["type"])
        key = (row["kind"], fold_phrase(row["value"]))
        assert key[1]
        assert key not in seen, row
        seen.add(key)


def test_bodies() -> None:
    lines = (DATA / "bodies.csv").read_text(encoding="utf-8").splitlines()
    table = list(csv.DictReader(line for line in lines if not line.startswith("#")))
    assert list(table[0]) == ["state", "value", "note"]
    assert len(table) >= 200
    states = [r["state"] for r in table]
    assert states == sorted(states)
    assert len({fold_phrase(r["value"]) for r in table}) == len(table)
    assert {r["note"] for r in table} <= {"", "ambiguous"}


def test_persons() -> None:
    table = rows("persons.csv")
    assert list(table[0]) == ["state", "from", "to", "name", "variants"]
    assert len(table) >= 450
    assert [(r["state"], r["name"]) for r in table] == sorted((r["state"], r["name"]) for r in table)
    owner: dict[tuple[str, tuple[str, ...]], str] = {}
    for row in table:
        assert CODE.fullmatch(row["state"])
        assert 1950 <= int(row["from"]) <= 2026
        assert not row["to"] or int(row["from"]) <= int(row["to"]) <= 2026, row
        names = [row["name"], *filter(None, row["variants"].split("|"))]
        for name in names:
            key = (row["state"], fold_phrase(name))
            assert key not in owner, (name, owner[key])
            owner[key] = row["name"]
