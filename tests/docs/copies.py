"""A copy of the repository in which documented commands may change files."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from pages import ROOT

PARTS = ("src", "scripts", "bench", "examples", "tests/lexicon", "tests/snapshots")
NEWS = 24
"""Reports of ``corpus/`` that the copy keeps: what is learned from them is worth nothing, but it is quick."""


def copy_repository(folder: Path) -> Path:
    """A copy of what commands work on in *folder*, which is returned.

    ``corpus/`` is small there, and ``restored/`` and ``news.jsonl`` are made of it.
    """
    for part in PARTS:
        shutil.copytree(ROOT / part, folder / part, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", folder)
    (folder / "docs").mkdir()
    for name in ("corpus", "restored"):
        (folder / name).mkdir()
    for name in ("gold", "reports"):
        lines = (ROOT / "corpus" / f"{name}.jsonl").read_text("utf-8").splitlines(keepends=True)[:NEWS]
        (folder / "corpus" / f"{name}.jsonl").write_text("".join(lines), "utf-8")
        for split in ("dev", "validation"):
            restored = f"{split}.jsonl" if name == "gold" else f"{split}_reports.jsonl"
            (folder / "restored" / restored).write_text("".join(lines), "utf-8")
            shutil.copy(folder / "restored" / restored, folder / "news.jsonl")
    return folder


def run_line(folder: Path, line: str) -> subprocess.CompletedProcess[str]:
    """Run a line as a shell does, in *folder*, with this Python in place of ``.venv/bin`` and of ``python``."""
    script = line.replace(".venv/bin/mithaq", '"$PYTHON" -m mithaq').replace(".venv/bin/pytest", '"$PYTHON" -m pytest')
    script = script.replace(".venv/bin/python ", '"$PYTHON" ')
    if script.startswith("python "):
        script = f'"$PYTHON" {script.removeprefix("python ")}'
    environment = os.environ | {
        "PYTHON": sys.executable,
        "PYTHONPATH": str(folder / "src"),
        "PYTHONDONTWRITEBYTECODE": "1",
        "MPLCONFIGDIR": str(folder / ".matplotlib"),
    }
    return subprocess.run(
        ["bash", "-c", script], cwd=folder, env=environment, capture_output=True, text=True, timeout=180
    )
