"""``mithaq compare`` as a user meets it, and every command of its page in the docs."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

import mithaq
from mithaq.cli.app import app
from mithaq.evaluation.comparing import CELLS

ROOT = Path(__file__).parents[2]
TEXT = (
    "قال وزير النقل المصري سالم ناصر إن بلاده ترحب بالزيارة. وأكد الوزير أن مصر والهند اتفقتا على إجراء مناورات مشتركة."
)
PAGE = (ROOT / "docs" / "compare.md").read_text("utf-8")


def write(path: Path, *records: dict[str, Any]) -> str:
    path.write_text("".join(json.dumps(r, ensure_ascii=False) + "\n" for r in records), "utf-8")
    return str(path)


@pytest.fixture
def a() -> dict[str, Any]:
    return mithaq.read(TEXT, id="r1", published="2026-03-10").to_dict()


@pytest.fixture
def files(tmp_path: Path, a: dict[str, Any]) -> tuple[str, str]:
    """Two files that differ in one speaker and one row, and in the reports that they have."""
    b = json.loads(json.dumps(a))
    b["attributions"][0]["speaker"] = "مصدر"
    b["provisions"] = []
    return (
        write(tmp_path / "a.jsonl", a, {**a, "id": "r2"}, {**a, "id": "only a"}),
        write(tmp_path / "b.jsonl", {**a, "id": "r2"}, b, {**a, "id": "only b"}),
    )


def run(*arguments: str) -> Result:
    return CliRunner().invoke(app, ["compare", *arguments])


def test_only_what_differs_is_printed(files: tuple[str, str]) -> None:
    result = run(*files)
    assert result.exit_code == 0
    rows = [json.loads(line) for line in result.stdout.splitlines()]
    assert [(r["report"], r["cell"], r["same"]) for r in rows] == [
        ("r1", "speaker", "other"),
        ("r1", "provision", "only_a"),
    ]
    first = rows[0]
    assert TEXT[first["start"] : first["end"]] == first["text"] == "قال"
    assert (first["a"], first["b"], first["right"], first["gold"]) == ("سالم ناصر", "مصدر", None, None)
    assert result.stderr.splitlines() == [
        "mithaq: 2 reports in both, 1 of them differ",
        f"mithaq: 1 reports only in {files[0]}: they count as that, not as disagreement",
        f"mithaq: 1 reports only in {files[1]}: they count as that, not as disagreement",
    ]


def test_gold_and_everything_as_csv(files: tuple[str, str]) -> None:
    result = run(*files, "--gold", files[1], "--all", "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(result.stdout)))
    assert {r["report"] for r in rows} == {"r1", "r2"}
    assert {r["right"] for r in rows if r["cell"] == "speaker" and r["same"] == "other"} == {"b"}
    assert {r["right"] for r in rows if r["same"] == "same"} == {"both"}
    assert run(*files, "--format", "csv", "--limit", "1").stdout.count("\n") == 2


def test_totals(files: tuple[str, str]) -> None:
    rows = [json.loads(line) for line in run(*files, "--totals").stdout.splitlines()]
    assert [(r["row"], r["cell"]) for r in rows] == [
        (kind, cell) for kind, cells in CELLS.items() for cell in (kind, *cells)
    ]
    (speaker,) = (r for r in rows if r["cell"] == "speaker")
    assert (speaker["same"], speaker["other"], speaker["agreement"]) == (5, 1, 0.8333)
    assert "right_a" not in speaker
    with_gold = run(*files, "--totals", "--gold", files[0]).stdout.splitlines()
    assert [json.loads(line)["right_a"] for line in with_gold if '"speaker"' in line] == [1]


@pytest.mark.parametrize("lang", ["en", "ar"])
def test_tables(files: tuple[str, str], lang: str) -> None:
    out = run(*files, "--gold", files[0], "--format", "table", "--lang", lang, "--limit", "1").stdout
    assert {"en": "A is right", "ar": "الصواب في أ"}[lang] in out
    assert "attribution.full" in out
    assert "… 1: --limit 0" in out
    same = run(files[0], files[0], "--format", "table", "--lang", lang).stdout
    assert {"en": "No difference.", "ar": "لا اختلاف."}[lang] in same


@pytest.mark.parametrize(
    ("bad", "message"),
    [
        ("", "there is no record in it (give one record a line (mithaq read))"),
        ("{", ":1: JSON over several lines"),
        ('{"id": 3}', ":1: a record needs 'id' as str (see docs/data-model.md)"),
        ('{"id": "x", "attributions": [{}]}', ":1: a record needs"),
    ],
)
def test_a_bad_file_is_one_message(files: tuple[str, str], tmp_path: Path, bad: str, message: str) -> None:
    path = tmp_path / "bad.jsonl"
    path.write_text(bad)
    out = tmp_path / "out"
    for arguments in ((files[0], str(path)), (str(path), files[1]), (*files, "--gold", str(path))):
        result = run(*arguments, "--out", str(out))
        assert (result.exit_code, result.stdout) == (2, "")
        assert f"bad.jsonl{message}" in result.stderr.replace("bad.jsonl: there", "bad.jsonlthere")
        assert not out.exists()
    assert "no such file" in run(files[0], str(tmp_path / "gone.jsonl")).stderr


def test_a_doubled_id_is_said(files: tuple[str, str], tmp_path: Path, a: dict[str, Any]) -> None:
    twice = write(tmp_path / "twice.jsonl", {**a, "provisions": []}, a)
    result = run(twice, files[0])
    assert "'r1' stands there twice; the last one counts" in result.stderr
    assert result.stdout == ""


def test_the_page_has_no_totals_option(files: tuple[str, str]) -> None:
    result = run(*files, "--format", "html", "--totals")
    assert result.exit_code == 2


@pytest.mark.parametrize("limit", ["1", "0"])
def test_the_page_holds_as_many_reports_as_asked_for(tmp_path: Path, a: dict[str, Any], limit: str) -> None:
    one = write(tmp_path / "a.jsonl", *({**a, "id": f"r{n}"} for n in range(3)))
    other = write(tmp_path / "b.jsonl", *({**a, "id": f"r{n}", "provisions": []} for n in range(3)))
    page = run(one, other, "--format", "html", "--limit", limit).stdout
    assert page.count('<details class="report"') == {"1": 1, "0": 3}[limit]
    assert ("1 / 3" in page) == (limit == "1")
    assert page.count("--reports") == 2 * page.count('<details class="report"')  # the texts are not there


def test_every_command_of_the_page_runs(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "examples", tmp_path / "examples", ignore=shutil.ignore_patterns("plugin"))
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    env = {**os.environ, "PATH": path, "PYTHONPATH": str(ROOT / "src")}
    blocks = re.findall(r"```bash\n(.*?)```", PAGE, re.DOTALL)
    assert len(blocks) == 2
    done = subprocess.run(["bash", "-ec", "\n".join(blocks)], cwd=tmp_path, env=env, capture_output=True, timeout=120)
    assert done.returncode == 0, done.stderr.decode()
    assert b"Traceback" not in done.stderr
    assert (tmp_path / "cells.csv").read_text("utf-8").startswith("report,row,text,offsets,cell,same,a,b,right,gold\n")
    assert "data-side" in (tmp_path / "compared.html").read_text("utf-8")
