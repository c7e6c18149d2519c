"""``mithaq evaluate``: where it finds reports, what it prints, and the exit code."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from mithaq import read
from mithaq.cli.app import app

TEXT = "قال وزير النقل المصري سالم ناصر إن بلاده ترحب بالزيارة."


def run(*arguments: object) -> Result:
    return CliRunner().invoke(app, ["evaluate", *map(str, arguments)])


def write(path: Path, *lines: dict[str, Any]) -> Path:
    path.write_text("\n".join(map(json.dumps, lines)), "utf-8")
    return path


@pytest.fixture
def record() -> dict[str, Any]:
    return read(TEXT, id="r").to_dict()


def test_reports_beside_the_gold_file(tmp_path: Path, record: dict[str, Any]) -> None:
    gold = write(tmp_path / "gold.jsonl", record)
    write(tmp_path / "gold_reports.jsonl", {"id": "other", "text": "نص"}, {"id": "r", "text": TEXT})
    result = run(gold)
    assert (result.exit_code, result.stderr) == (0, "")
    count = len(record["attributions"])
    assert (
        f"attribution.full       P 1.000  R 1.000  F1 1.000   ({count} gold, {count} predicted)"
        in result.stdout.splitlines()
    )
    assert len(result.stdout.splitlines()) == 10


def test_texts_in_the_gold_file(tmp_path: Path, record: dict[str, Any]) -> None:
    result = run(write(tmp_path / "gold.jsonl", {**record, "text": TEXT}), "--json")
    assert json.loads(result.stdout)["attribution.cue"]["f1"] == 1


def test_no_reports(tmp_path: Path, record: dict[str, Any]) -> None:
    gold = write(tmp_path / "gold.jsonl", record)
    result = run(gold)
    assert (result.exit_code, result.stdout) == (2, "")
    assert f"mithaq: {gold}: the gold records hold no text" in result.stderr
    assert "(pass their reports with --reports FILE)" in result.stderr
    result = run(gold, "--reports", tmp_path / "no.jsonl")
    assert result.exit_code == 2
    assert "no.jsonl: no such file (check the path)" in result.stderr


def test_wrong_reports_are_noticed(tmp_path: Path, record: dict[str, Any]) -> None:
    gold = write(tmp_path / "gold.jsonl", record)
    reports = write(tmp_path / "x.jsonl", {"id": "r", "text": f"ثم {TEXT}"})
    result = run(gold, "--reports", reports)
    assert result.exit_code == 0
    assert f"mithaq: {reports}:1: note: " in result.stderr
    assert "gold spans are not in the text of 'r'" in result.stderr


def test_reports_set_aside_count_as_empty(tmp_path: Path, record: dict[str, Any]) -> None:
    gold = write(tmp_path / "gold.jsonl", record, {**record, "id": "s"})
    reports = write(tmp_path / "x.jsonl", {"id": "r", "text": TEXT}, {"id": "s", "text": ""})
    result = run(gold, "--reports", reports)
    assert result.exit_code == 1
    assert "R 0.500" in result.stdout
    assert "x.jsonl:2: the text is empty" in result.stderr
    assert "note: 1 of 2 gold reports have no record and count as empty: s" in result.stderr


def test_a_predicted_file(tmp_path: Path, record: dict[str, Any]) -> None:
    gold = write(tmp_path / "gold.jsonl", record)
    predicted = write(tmp_path / "predicted.jsonl", {"id": "r", "attributions": [], "provisions": []})
    result = run(gold, "--predicted", predicted, "--misses")
    assert result.exit_code == 0
    assert f"attribution, missed: {len(record['attributions'])}" in result.stdout
    assert "ترحب" in result.stdout
    found = json.loads(run(gold, "--predicted", predicted, "--misses", "--json").stdout)
    assert {m["reason"] for m in found["misses"]} == {"missed"}
    assert found["attribution.cue"]["gold"] == len(record["attributions"])


def test_limit(tmp_path: Path, record: dict[str, Any]) -> None:
    attributions = [{**record["attributions"][0], "id": f"a{n}"} for n in range(12)]
    gold = write(tmp_path / "gold.jsonl", {**record, "attributions": attributions})
    predicted = write(tmp_path / "predicted.jsonl", {"id": "r"})
    arguments = (gold, "--predicted", predicted, "--misses")
    assert "attribution, missed: 12 (the first 10)" in run(*arguments).stdout
    assert "attribution, missed: 12 (the first 1)" in run(*arguments, "--limit", 1).stdout
    everything = run(*arguments, "--limit", 0).stdout
    assert "attribution, missed: 12\n" in "\n".join(line.rstrip() for line in everything.splitlines()) + "\n"


@pytest.mark.parametrize(
    ("line", "message"),
    [("{]", "gold.jsonl:2: not valid JSON"), ('{"id": 5}', "gold.jsonl:2: a record needs 'id' as str (see docs/")],
)
def test_a_wrong_gold_file(tmp_path: Path, record: dict[str, Any], line: str, message: str) -> None:
    gold = write(tmp_path / "gold.jsonl", record)
    with gold.open("a") as file:
        file.write(f"\n{line}")
    result = run(gold)
    assert result.exit_code == 2
    assert message in result.stderr


def test_an_empty_gold_file(tmp_path: Path) -> None:
    gold = write(tmp_path / "gold.jsonl")
    result = run(gold)
    assert (result.exit_code, result.stderr) == (
        2,
        f"mithaq: {gold}: the file is empty (give one gold record a line)\n",
    )


def test_errors_by_cause(tmp_path: Path, record: dict[str, Any]) -> None:
    gold = write(tmp_path / "gold.jsonl", {**record, "text": TEXT})
    predicted = write(tmp_path / "predicted.jsonl", {"id": "r"})
    result = run(gold, "--predicted", predicted, "--errors", "--limit", 1)
    assert result.exit_code == 0
    count = len(record["attributions"])
    assert count == 2
    assert f"attribution, cue not taken: {count} (the first 1)" in result.stdout
    assert "[[قال]] وزير النقل" in " ".join(result.stdout.replace("│", " ").split())
    errors = json.loads(run(gold, "--predicted", predicted, "--errors", "--json", "--limit", 1).stdout)["errors"]
    assert [(e["kind"], e["cause"], e["count"], e["alone"], len(e["examples"])) for e in errors] == [
        ("attribution", "cue not taken", count, count, 1),
    ]
    assert errors[0]["examples"][0]["after"].startswith("وزير النقل المصري")


def test_errors_take_their_context_from_the_reports_that_are_read(tmp_path: Path, record: dict[str, Any]) -> None:
    gold = write(tmp_path / "gold.jsonl", {**record, "attributions": []})
    reports = write(tmp_path / "x.jsonl", {"id": "r", "text": TEXT})
    errors = json.loads(run(gold, "--reports", reports, "--errors", "--json").stdout)["errors"]
    assert [e["cause"] for e in errors] == ["false cue"]
    assert errors[0]["examples"][0]["after"].startswith("وزير النقل المصري")


def test_errors_without_reports_have_no_context(tmp_path: Path, record: dict[str, Any]) -> None:
    gold = write(tmp_path / "gold.jsonl", record)
    predicted = write(tmp_path / "predicted.jsonl", {"id": "r"})
    result = run(gold, "--predicted", predicted, "--errors", "--json")
    assert (result.exit_code, result.stderr[:5]) == (0, "")
    assert json.loads(result.stdout)["errors"][0]["examples"][0]["before"] == ""


def test_errors_as_markdown(tmp_path: Path, record: dict[str, Any]) -> None:
    gold = write(tmp_path / "gold.jsonl", record)
    predicted = write(tmp_path / "predicted.jsonl", {"id": "r"})
    assert run(gold, "--predicted", predicted, "--errors", "--markdown").stdout.splitlines() == [
        "| what | cause | count | share | alone | meaning |",
        "| --- | --- | --: | --: | --: | --- |",
        "| attribution | cue not taken | 2 | 100% | 2 | the lexicon has the cue, but no attribution was made of it |",
    ]


@pytest.mark.parametrize("options", [(), ("--errors", "--json"), ("--errors", "--misses")])
def test_markdown_is_for_errors_only(tmp_path: Path, record: dict[str, Any], options: tuple[str, ...]) -> None:
    gold = write(tmp_path / "gold.jsonl", record)
    result = run(gold, "--markdown", *options)
    assert result.exit_code == 2
    assert "--markdown goes with --errors" in result.stderr
