"""Loading of acts, stages, topics and known agreements: what is wrong is named with its file and the nearest key."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from mithaq.errors import DataError
from mithaq.lexicon import provisions, tables

_TALKS = '[talks]\narea = "visit"\nstatus = "done"\nheads = ["لقاء"]\n'

WRONG: list[Any] = [
    pytest.param(
        "acts", _TALKS + 'haeds = ["قمة"]\n', provisions.acts, ("'talks'", "'haeds'", "'heads'"), id="key of an act"
    ),
    pytest.param(
        "acts", _TALKS.replace("visit", "vist"), provisions.acts, ("'talks'", "'vist'", "'visit'"), id="area of an act"
    ),
    pytest.param(
        "acts", _TALKS.replace("done", "dnoe"), provisions.acts, ("'talks'", "'dnoe'", "'done'"), id="status of an act"
    ),
    pytest.param(
        "acts", _TALKS + 'once = "yes"\n', provisions.acts, ("'talks'", "'once'", "bool"), id="type of a field"
    ),
    pytest.param(
        "status", '[sign]\nstatus = "singed"\n', provisions.markers, ("'sign'", "'singed'", "'signed'"), id="status"
    ),
    pytest.param(
        "status",
        '[sign]\nstatus = "signed"\ncoming = "planed"\n',
        provisions.markers,
        ("'sign'", "'coming'", "'planed'", "'planned'"),
        id="coming status",
    ),
    pytest.param(
        "instruments",
        '[oslo]\narea = "paece"\nnames = ["اتفاق"]\nparties = ["ISR"]\n',
        provisions.instruments,
        ("'oslo'", "'paece'", "'peace'"),
        id="area of an instrument",
    ),
    pytest.param(
        "topics", '[enrgy]\nwords = ["نفط"]\n', provisions.topics, ("'enrgy'", "'energy'"), id="area of topics"
    ),
    pytest.param(
        "topics", '[energy]\nword = ["نفط"]\n', provisions.topics, ("'energy'", "'word'", "'words'"), id="key"
    ),
]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder read in place of the packaged one."""
    monkeypatch.setattr(tables, "data_file", lambda name: tmp_path / Path(name).name)
    return tmp_path


@pytest.mark.parametrize(("file", "text", "load", "named"), WRONG)
def test_wrong_entry_is_named(
    folder: Path, file: str, text: str, load: Callable[[], object], named: tuple[str, ...]
) -> None:
    (folder / f"{file}.toml").write_text(text, encoding="utf-8")
    with pytest.raises(DataError) as raised:
        load.__wrapped__()  # type: ignore[attr-defined]
    message = str(raised.value)
    assert [part for part in (f"{file}.toml", *named) if part not in message] == []


def test_phrases_are_found_longest_first() -> None:
    for table in (provisions.act_heads(), provisions.instrument_names(), provisions.topics()):
        for entries in table.values():
            lengths = [len(phrase) for phrase, _ in entries]
            assert lengths == sorted(lengths, reverse=True)


def test_a_verb_marks_one_stage_only() -> None:
    verbs = [verb for marker in provisions.markers() for verb in marker.verbs]
    assert sorted(verbs) == sorted(set(verbs))


def test_a_head_names_one_area_where_nothing_else_tells_them_apart() -> None:
    plain = [a for a in provisions.acts() if not a.needs and not a.needs_topic and not a.only]
    seen: dict[tuple[str, ...], str] = {}
    for act in plain:
        for head in act.heads:
            assert seen.setdefault(head, act.area) == act.area, head
