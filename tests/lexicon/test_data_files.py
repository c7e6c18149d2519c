"""A data file's error names the file, the entry and the nearest valid key."""

from __future__ import annotations

from pathlib import Path

import pytest

from mithaq.errors import DataError
from mithaq.lexicon import provisions, tables


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(tables, "data_file", lambda name: tmp_path / Path(name).name)
    return tmp_path


def test_unknown_key(data: Path) -> None:
    (data / "x.toml").write_text('[entry]\nwrods = ["a"]\n', "utf-8")
    with pytest.raises(
        DataError, match=r"x\.toml: entry 'entry' has an unknown key 'wrods' \(did you mean 'words'\?\)"
    ):
        tables.load_toml("x.toml", {"words": list, "place": str})


def test_wrong_type_stray_key_and_syntax(data: Path) -> None:
    for content, message in (
        ("[entry]\nwords = 3\n", "must be list"),
        ("words = 3\n", "stands outside an entry"),
        ("[entry\n", "x.toml"),
    ):
        (data / "x.toml").write_text(content, "utf-8")
        with pytest.raises(DataError, match=message):
            tables.load_toml("x.toml", {"words": list})


def test_arrays_want_an_id_of_their_own(data: Path) -> None:
    for content in ('role = [{ m = ["a"] }]\n', 'role = [{ id = "a" }, { id = "a" }]\n'):
        (data / "x.toml").write_text(content, "utf-8")
        with pytest.raises(DataError, match="id"):
            tables.load_toml_arrays("x.toml", {"id": str, "m": list})


def test_csv_header_and_columns(data: Path) -> None:
    (data / "x.csv").write_text("a,b\n1,2\n", "utf-8")
    assert list(tables.load_csv("x.csv", ("a", "b"))) == [{"a": "1", "b": "2"}]
    with pytest.raises(DataError, match="header"):
        list(tables.load_csv("x.csv", ("a", "c")))
    (data / "x.csv").write_text("a,b\n1\n", "utf-8")
    with pytest.raises(DataError, match="needs 2 columns"):
        list(tables.load_csv("x.csv", ("a", "b")))


def test_wrong_area_names_the_nearest(data: Path) -> None:
    (data / "acts.toml").write_text('[talks]\narea = "vist"\nstatus = "done"\nheads = []\n', "utf-8")
    provisions.acts.cache_clear()
    try:
        with pytest.raises(DataError, match=r"entry 'talks': 'area' is 'vist' \(did you mean 'visit'\?\)"):
            provisions.acts()
    finally:
        provisions.acts.cache_clear()
