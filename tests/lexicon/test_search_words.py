"""The search's own examples and counter-examples, one by one, and what a wrong entry raises."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from mithaq.arabic.search_keys import key_of
from mithaq.errors import DataError
from mithaq.lexicon import search_words, tables
from mithaq.lexicon.keys import fold
from mithaq.lexicon.search_words import Plural, base_forms, kept_apart, plurals

_HEADER = "id,singular,plurals,finds,misses\n"


@pytest.mark.parametrize("entry", plurals(), ids=lambda entry: entry.id)
def test_an_entry_finds_its_examples_and_no_counter_example(entry: Plural) -> None:
    key = key_of(entry.singular)
    assert {word: key_of(word) for word in (*entry.plurals, *entry.finds)} == dict.fromkeys(
        (*entry.plurals, *entry.finds), key
    )
    assert entry.misses
    assert [word for word in entry.misses if key_of(word) == key] == []


def test_every_entry_has_an_example_beyond_its_own_forms() -> None:
    assert [e.id for e in plurals() if not set(e.finds) - {e.singular, *e.plurals}] == []


def test_words_are_listed_as_keys_and_once() -> None:
    words = [row["noun"] for row in tables.load_csv("search/nouns.csv", ("noun",))]
    assert [w for w in words if fold(w) != w] == []
    assert words == sorted(set(words))


def test_a_noun_kept_apart_is_no_feminine() -> None:
    known = base_forms()
    pairs = [(w, w[:-1]) for w in sorted(kept_apart()) if known.get(w[:-1]) == w[:-1] and w in known]
    assert pairs
    assert [pair for pair in pairs if key_of(pair[0]) == key_of(pair[1])] == []


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    # Read before the folder changes: a wrong entry is to be told apart from files that are not there.
    search_words.endings("feminine")
    monkeypatch.setattr(tables, "data_file", lambda name: tmp_path / Path(name).name)
    plurals.cache_clear()
    yield tmp_path
    plurals.cache_clear()


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ("a,سد,سدود,,\na,جسر,جسور,,\n", "the id 'a' stands twice"),
        ("a,سد,سدود,,\nb,سدة,سدود,,\n", "'b': سدود is the plural of 'a' too"),
        ("a,سد\n", "needs 5 columns"),
    ],
)
def test_a_wrong_entry_is_named(data: Path, rows: str, message: str) -> None:
    (data / "plurals.csv").write_text(_HEADER + rows, "utf-8")
    with pytest.raises(DataError, match=message):
        plurals()
