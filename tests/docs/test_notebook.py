"""The notebook of ``examples/`` runs on an export's tables, draws three figures, and is kept without output."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbclient import NotebookClient
from typer.testing import CliRunner

from mithaq.cli.app import app

ROOT = Path(__file__).parents[2]
NOTEBOOK = ROOT / "examples" / "figures.ipynb"


def notebook_as_kept() -> Any:
    read: Any = nbformat.read  # it has no types
    return read(NOTEBOOK, as_version=4)


def test_it_draws_three_figures(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PYTHONPATH", str(ROOT / "src"))
    monkeypatch.setenv("PYTHONWARNINGS", "ignore")
    for name in ("IPYTHONDIR", "MPLCONFIGDIR", "JUPYTER_RUNTIME_DIR"):
        monkeypatch.setenv(name, str(tmp_path / name.lower()))
    for command in (
        ["add", "--jobs", "1", "--db", "m.db", "examples/reports.jsonl"],
        ["export", "--db", "m.db", "--to", "parquet", "--out", "tables"],
    ):
        done = CliRunner().invoke(app, command)
        assert done.exit_code == 0, done.stderr
    notebook = notebook_as_kept()
    NotebookClient(notebook, timeout=90, resources={"metadata": {"path": str(tmp_path)}}).execute()
    pictures = [
        output.data["image/png"]
        for cell in notebook.cells
        if cell.cell_type == "code"
        for output in cell.outputs
        if "image/png" in output.get("data", {})
    ]
    assert len(pictures) == 3
    assert all(len(picture) > 5_000 for picture in pictures), "none is empty"


def test_it_is_kept_without_output() -> None:
    notebook = notebook_as_kept()
    nbformat.validate(notebook)
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    assert [cell.id for cell in code if cell.outputs or cell.execution_count] == []
