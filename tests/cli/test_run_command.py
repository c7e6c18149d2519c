"""``mithaq run``, and ``mithaq add`` of what it wrote, as a user runs them."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from mithaq.cli.app import app
from mithaq.cli.progress import Progress, _span

ROOT = Path(__file__).parents[2]
DEAL = "وقعت بيرو وتشيلي اتفاقية للتعاون في مجال الطاقة."
LINES = [
    json.dumps({"id": "p1", "outlet": "النهر", "date": "2019-02-01", "text": DEAL}),
    "not JSON",
    json.dumps({"id": "p2", "outlet": "الساحل", "date": "2019-02-03", "text": f"{DEAL} وحضر الحفل سفيرا البلدين."}),
    json.dumps({"id": "p1", "outlet": "النهر", "date": "2019-02-01", "text": DEAL}),
]
Invoke = Callable[..., Result]


@pytest.fixture
def invoke() -> Invoke:
    def invoke(*arguments: str, code: int = 0) -> Result:
        result = CliRunner().invoke(app, [*arguments])
        assert result.exit_code == code, result.output
        return result

    return invoke


@pytest.fixture
def news(tmp_path: Path) -> str:
    path = tmp_path / "news.jsonl"
    path.write_text("\n".join(LINES), "utf-8")
    return str(path)


def asked(invoke: Invoke, db: str, question: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in invoke("sql", "--db", db, question).stdout.splitlines()]


def test_a_run_and_its_folder_kept_like_the_reports_themselves(invoke: Invoke, news: str, tmp_path: Path) -> None:
    out = str(tmp_path / "record")
    said = invoke("run", news, "--out", out, "--jobs", "1", code=1).stderr
    assert f"mithaq: {news}:2: not valid JSON" in said
    assert "3 reports read" in said
    assert "1 set aside; 1 shards in" in said
    run, add = str(tmp_path / "run.db"), str(tmp_path / "add.db")
    assert "2 new, 1 known, 0 set aside; 2 merged" in invoke("add", "--db", run, out).stderr
    assert "0 new, 3 known, 0 set aside; 0 merged" in invoke("add", "--db", run, out).stderr
    invoke("add", "--db", add, "--jobs", "1", news, code=1)
    for table in ("provisions", "attributions", "entities", "features", "commitments", "stages", "aliases"):
        question = f"SELECT * FROM {table}"
        if table == "features":
            question = "SELECT report, hex(data) AS data FROM features"
        assert asked(invoke, run, question) == asked(invoke, add, question), table
    columns = "id, version, outlet, published, text, hash, reader, format, sha256, file, place"
    both = [asked(invoke, db, f"SELECT {columns} FROM reports ORDER BY id") for db in (run, add)]
    assert both[0] == both[1]
    assert [(row["format"], row["file"], row["place"]) for row in both[0]] == [
        ("jsonl", news, "line 1"),
        ("jsonl", news, "line 3"),
    ]


def test_folders_and_files_together_and_runs_that_are_not_over(invoke: Invoke, news: str, tmp_path: Path) -> None:
    out = tmp_path / "record"
    invoke("run", news, "--out", str(out), "--jobs", "1", code=1)
    manifest = json.loads((out / "manifest.json").read_text("utf-8"))
    (out / "manifest.json").write_text(json.dumps({**manifest, "complete": False}), "utf-8")
    other = tmp_path / "other.txt"
    other.write_text(f"{DEAL} في ليما.", "utf-8")
    said = invoke("add", "--db", str(tmp_path / "a.db"), "--jobs", "1", str(other), str(out)).stderr
    assert "is of a run that is not over" in said
    assert "3 new, 1 known" in said
    said = invoke("add", "--db", str(tmp_path / "a.db"), str(tmp_path), code=2).stderr
    assert "is a directory" in said


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["-"], "a run cannot take up standard input again"),
        (["missing.jsonl"], "missing.jsonl: No such file"),
        (["NEWS", "--column", "body"], "'body' says no column"),
        (["NEWS", "--published", "soon"], "'soon' is not a date"),
        (["NEWS", "--master", "local[2]"], "only Spark has a master"),
        (["NEWS", "--engine", "ray"], "'ray' is not one of"),
        (["NEWS", "--shard", "0"], "--shard"),
    ],
)
def test_what_cannot_be_run_is_said(
    invoke: Invoke, news: str, tmp_path: Path, arguments: list[str], message: str
) -> None:
    given = [news if a == "NEWS" else a for a in arguments]
    result = invoke("run", *given, "--out", str(tmp_path / "record"), code=2)
    assert message in " ".join(result.stderr.replace("│", " ").split())
    assert "Traceback" not in result.output
    assert not (tmp_path / "record").exists()


def test_nothing_read(invoke: Invoke, tmp_path: Path) -> None:
    (tmp_path / "bad.jsonl").write_text("not JSON\n", "utf-8")
    said = invoke("run", str(tmp_path / "bad.jsonl"), "--out", str(tmp_path / "o"), "--jobs", "1", code=2).stderr
    assert "0 reports read, 0 provisions, 1 set aside" in said


def test_progress_says_what_is_left(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    now = iter([0.0, 10.0])
    monkeypatch.setattr("mithaq.cli.progress.time.monotonic", lambda: next(now))
    Progress().update(5_000, 3, left=754.0, before=1_003)
    assert capsys.readouterr().err.endswith("5,003 reports · 400 reports/s · 13 min left · 3 set aside")
    assert [_span(s) for s in (0.4, 99, 100, 3600, 36_061)] == ["0 s", "99 s", "2 min", "1 h 00 min", "10 h 01 min"]


def test_the_page_is_up_to_date() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "cogapp", "--check", "docs/running.md"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == 0, f"run: cog -r docs/running.md\n{done.stdout}{done.stderr}"
