"""The codebook has every value, and the pages that are written by the program say what it says."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import codebook_docs
import pytest
from codebook_docs import codebook, values
from limits_docs import figures
from pages import ROOT, text_of

from mithaq.errors import DataError
from mithaq.lexicon import tables


@pytest.mark.parametrize("page", ["codebook", "limits", "tutorial", "guidelines"])
def test_a_page_is_up_to_date(page: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "cogapp", "--check", f"docs/{page}.md"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 0, f"run: cog -r docs/{page}.md\n{done.stdout}{done.stderr}"


def test_every_value_is_defined_in_its_order() -> None:
    assert {table: tuple(entries) for table, entries in codebook().items()} == values()


def test_every_area_and_status_has_an_example() -> None:
    found = list(codebook_docs.examples())
    for cell in ("area", "status"):
        assert set(values()[cell]) == {e[cell] for e in found}


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("[area.exercise]", "[area.exercice]", "did you mean 'exercise'"),
        ("[status.done]\ntest", "[status.done]\ntset", "did you mean 'test'"),
        ("[mode.direct]", "[moode.direct]", "did you mean 'mode'"),
    ],
)
def test_a_wrong_entry_is_said(
    old: str, new: str, message: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = tables.data_file("codebook.toml").read_text("utf-8")
    assert old in text
    (tmp_path / "codebook.toml").write_text(text.replace(old, new, 1), "utf-8")
    monkeypatch.setattr(tables, "data_file", lambda name: tmp_path / name)
    with pytest.raises(DataError, match=message):
        codebook()


@pytest.mark.parametrize("split", ["dev", "learn", "validation", "test"])
def test_the_figures_of_two_pages_agree(split: str) -> None:
    """quality.md's table holds what ``benchmark/run.py --write`` wrote into benchmark.md."""
    _, _, after = text_of("docs/benchmark.md").partition(f"\n**{split}**: ")
    rows = [line.split("|") for line in after.partition("\n**")[0].splitlines() if line.startswith("| ")][2:]
    written = {row[1].strip(): float(row[2].split()[0]) for row in rows}
    assert len(written) == 10
    assert {metric: columns[split] for metric, columns in figures().items()} == written
