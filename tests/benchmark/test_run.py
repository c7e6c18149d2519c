"""The tables of the benchmark: systems side by side, a table a split, and into a page's marks."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import run
from restore import Restored, Split
from textfree import strip_record

from mithaq import read

ID = "snn-2031-01-01-1"
TEXT = "قال وزير النقل المصري سالم ناصر إن بلاده ستوقع اتفاقا مع تونس."


@pytest.fixture
def gold() -> dict[str, Any]:
    return read(TEXT, id=ID).to_dict()


@pytest.fixture
def arguments(tmp_path: Path, gold: dict[str, Any]) -> list[str]:
    (tmp_path / "corpus.jsonl").write_text(json.dumps({"id": ID, "text": TEXT}), "utf-8")
    annotations = [strip_record(gold, TEXT, "test"), strip_record(gold, TEXT, "agreement")]
    (tmp_path / "annotations.jsonl").write_text("\n".join(map(json.dumps, annotations)), "utf-8")
    return ["--corpus", str(tmp_path / "corpus.jsonl"), "--annotations", str(tmp_path / "annotations.jsonl")]


def test_tables(arguments: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "nothing.jsonl").write_text(json.dumps({"id": ID}), "utf-8")
    assert run.main([*arguments, "--predicted", f"other={tmp_path / 'nothing.jsonl'}"]) == 0
    first, second = capsys.readouterr().out.split("\n\n**")
    assert first.startswith("**test**: 1 reports, 1 attributions, ")
    rows = [line.strip("| ").split(" | ") for line in first.splitlines()[2:]]
    assert rows[0] == ["metric", "mithaq", "baseline", "other"]
    assert rows[2] == ["attribution.cue", "1.000 (1.00, 1.00)", "1.000 (1.00, 1.00)", "0.000 (0.00, 0.00)"]
    assert second.startswith("agreement**: ")
    assert "| metric | mithaq | baseline | other | first annotation |" in second
    assert second.rstrip().splitlines()[4].endswith("| 1.000 |")


def test_a_split_that_is_left_out_is_not_measured(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert run.main([*arguments, "--leave-out", "test"]) == 0
    assert capsys.readouterr().out.startswith("**agreement**: 1 reports")


def test_second_annotations_are_compared_with_the_first_ones(gold: dict[str, Any]) -> None:
    report = {"id": ID, "text": TEXT}
    splits = {"test": Split([report], [gold]), "agreement": Split([report], [{**gold, "attributions": []}])}
    table = run.tables(Restored(splits)).split("**agreement**")[1]
    assert "| attribution.cue | 0.000 (0.00, 0.00) | 0.000 (0.00, 0.00) | 0.000 |" in table


def test_into_a_page(arguments: list[str], tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text(f"before\n{run.BEGIN}\nold\n{run.END}\nafter\n", "utf-8")
    assert run.main([*arguments, "--write", str(page)]) == 0
    text = page.read_text("utf-8")
    assert text.startswith(f"before\n{run.BEGIN}\n**test**: 1 reports")
    assert text.endswith(f"|\n{run.END}\nafter\n")
    assert "old" not in text


def test_a_page_without_marks(arguments: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "page.md").write_text("text", "utf-8")
    assert run.main([*arguments, "--write", str(tmp_path / "page.md")]) == 2
    assert "page.md: no <!-- figures -->" in capsys.readouterr().err
    assert (tmp_path / "page.md").read_text("utf-8") == "text"


def test_absent_reports(
    arguments: list[str], tmp_path: Path, gold: dict[str, Any], capsys: pytest.CaptureFixture[str]
) -> None:
    other = strip_record({**gold, "id": "JA-1"}, TEXT, "dev") | {"sha256": "0" * 64}
    with (tmp_path / "annotations.jsonl").open("a") as file:
        file.write(f"\n{json.dumps(other)}")
    assert run.main(arguments) == 1
    output = capsys.readouterr()
    assert "**dev**" not in output.out
    assert "absent: JA-1 (ANT, dev) is in none of the files" in output.err


def test_the_page_of_the_repository_has_the_marks() -> None:
    page = (Path(__file__).parents[2] / "docs" / "benchmark.md").read_text("utf-8")
    assert page.index(run.BEGIN) < page.index("| metric | mithaq | baseline |") < page.index(run.END)
