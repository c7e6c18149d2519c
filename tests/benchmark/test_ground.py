"""Quoted words become offsets, and what is wrong with a draft is said in one line a fault."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import ground
import pytest

TEXT = "قال سالم إن الوفد\nسيزور تونس غدا، وقال ناصر إن الوفد عاد."


@pytest.mark.parametrize(
    ("quoted", "start", "words"),
    [
        ("سالم", 4, "سالم"),
        ("الوفد سيزور", 12, "الوفد\nسيزور"),
        ("[[قال]] سالم", 0, "قال"),
        ("و[[قال]]", 35, "قال"),
        ("ناصر إن [[الوفد]]", 47, "الوفد"),
        ("[[سالم … تونس]]", 4, "سالم إن الوفد\nسيزور تونس"),
        ("[[سيزور … غدا]]، وقال", 18, "سيزور تونس غدا"),
    ],
)
def test_places(quoted: str, start: int, words: str) -> None:
    assert ground.locate(TEXT, quoted) == {"start": start, "end": start + len(words), "text": words}


@pytest.mark.parametrize(
    ("quoted", "message"),
    [
        ("قال", "is in the text 2 times: give more words"),
        ("القطار", "is in the text 0 times"),
        ("و [[قال]]", "is in the text 0 times"),
        ("[[قال سالم", "brackets do not match"),
        ("", "a span without words"),
        ("قال [[ ]] سالم", "a span without words"),
    ],
)
def test_places_that_are_none(quoted: str, message: str) -> None:
    with pytest.raises(ground.DraftError, match=message.replace("[", r"\[")):
        ground.locate(TEXT, quoted)


def draft() -> dict[str, Any]:
    return {
        "id": "r",
        "attributions": [
            {
                "id": "a1",
                "cue": "[[قال]] سالم",
                "source": "سالم",
                "speaker": "سالم",
                "content": ["[[الوفد … غدا]]، وقال"],
                "mode": "indirect",
                "kind": "named",
            }
        ],
        "provisions": [
            {
                "id": "p1",
                "evidence": "سيزور تونس",
                "area": "visit",
                "status": "planned",
                "parties": ["TUN", "EGY", "TUN"],
                "attribution": "a1",
            }
        ],
    }


def test_a_record() -> None:
    record, faults = ground.ground(TEXT, draft())
    assert faults == []
    (attribution,), (provision,) = record["attributions"], record["provisions"]
    assert attribution["content"] == [{"start": 12, "end": 32, "text": "الوفد\nسيزور تونس غدا"}]
    assert (attribution["parent"], provision["role"], provision["parties"]) == (None, "provision", ["EGY", "TUN"])


@pytest.mark.parametrize(
    ("field", "key", "value", "message"),
    [
        ("attributions", "speaker", "ناجي", "r a1: the speaker 'ناجي' is not in the text"),
        ("attributions", "parent", "a1", "r a1: the parent 'a1' is no other attribution"),
        ("attributions", "parent", "a7", "r a1: the parent 'a7' is no other attribution"),
        ("attributions", "content", [], "r a1: no content"),
        ("attributions", "mode", "told", "r a1: mode is 'told': it is one of direct, indirect, mixed"),
        ("provisions", "area", "tea", "r p1: area is 'tea': it is one of arms_control, "),
        ("provisions", "status", "over", "r p1: status is 'over': it is one of agreed, "),
        ("provisions", "parties", ["EGY"], "r p1: the parties are ['EGY']: give two or more codes"),
        ("provisions", "parties", ["EGY", "Tunis"], "r p1: the parties are ['EGY', 'Tunis']: give two or more codes"),
        ("provisions", "attribution", "a2", "r p1: there is no attribution 'a2'"),
    ],
)
def test_faults(field: str, key: str, value: object, message: str) -> None:
    wrong = draft()
    wrong[field][0][key] = value
    record, faults = ground.ground(TEXT, wrong)
    assert len(faults) == 1
    assert faults[0].startswith(message)
    assert record[field] == []


def test_a_missing_field_and_a_doubled_id() -> None:
    wrong = draft()
    wrong["attributions"].append({"id": "a1"})
    _, faults = ground.ground(TEXT, wrong)
    assert faults == ["r: two attributions with one id", "r a1: the field 'speaker' is missing"]


def run(folder: Path, *drafts: dict[str, Any]) -> int:
    (folder / "reports.jsonl").write_text(json.dumps({"id": "r", "text": TEXT}), "utf-8")
    (folder / "draft.json").write_text(json.dumps(drafts), "utf-8")
    return ground.main([str(folder / name) for name in ("reports.jsonl", "draft.json", "out.jsonl")])


def test_the_command(tmp_path: Path) -> None:
    assert run(tmp_path, draft()) == 0
    (line,) = (tmp_path / "out.jsonl").read_text("utf-8").splitlines()
    assert json.loads(line) == ground.ground(TEXT, draft())[0]


def test_nothing_is_written_with_faults(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(tmp_path, draft(), {**draft(), "id": "s"}) == 1
    assert not (tmp_path / "out.jsonl").exists()
    assert f"s: no such report in {tmp_path}" in capsys.readouterr().err


def test_a_draft_that_is_no_json(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "reports.jsonl").write_text(json.dumps({"id": "r", "text": TEXT}), "utf-8")
    (tmp_path / "draft.json").write_text("[", "utf-8")
    assert ground.main([str(tmp_path / n) for n in ("reports.jsonl", "draft.json", "out.jsonl")]) == 2
    assert "draft.json: not valid JSON" in capsys.readouterr().err
