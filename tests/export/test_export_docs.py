"""``docs/exports.md`` says what the exports do, and the codebooks' tables hold together."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from mithaq.errors import DataError
from mithaq.export import EXPORTS
from mithaq.export.codebooks import codebooks, dca_area
from mithaq.export.columns import TABLES
from mithaq.export.ics import _data
from mithaq.lexicon import tables as lexicon_tables
from mithaq.ontology import areas, statuses

ROOT = Path(__file__).parents[2]


def test_the_page_is_up_to_date() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "cogapp", "--check", "docs/exports.md"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 0, f"run: cog -r docs/exports.md\n{done.stdout}{done.stderr}"


def test_every_form_has_a_chapter() -> None:
    chapters = re.findall(r"^## (\w+)$", (ROOT / "docs" / "exports.md").read_text("utf-8"), re.MULTILINE)
    assert [c for c in chapters if c in EXPORTS] == list(EXPORTS)


def test_the_seven_areas_of_defence_cooperation() -> None:
    assert len(codebooks()["dca"]) == 7
    assert {a: dca_area(a) for a in ("exercise", "training", "arms_transfer", "visit", "counterterrorism")} == {
        "exercise": "exercises_training",
        "training": "exercises_training",
        "arms_transfer": "procurement",
        "visit": None,
        "counterterrorism": None,
    }


def test_the_registers_cells_are_columns() -> None:
    columns = {c.name for table in ("commitments", "stages") for c in TABLES[table]}
    cells = {f["cell"].removeprefix("stages.") for f in codebooks()["register"].values() if f["cell"]}
    assert cells <= columns


def test_the_calendar_knows_every_status() -> None:
    assert set(_data()["status"]) == set(statuses())
    assert all({"en", "ar"} == set(labels) for labels in _data()["label"].values())


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('dca = "procurement"', 'dca = "procurment"', "did you mean 'procurement'"),
        ("\ntraining = {", "\ntrianing = {", "did you mean 'training'"),
        ("[register]", "[registre]", "did you mean 'register'"),
    ],
)
def test_a_wrong_codebook_is_said(
    old: str, new: str, message: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = lexicon_tables.data_file("export/codebooks.toml").read_text("utf-8")
    (tmp_path / "codebooks.toml").write_text(text.replace(old, new), "utf-8")
    monkeypatch.setattr(lexicon_tables, "data_file", lambda name: tmp_path / Path(name).name)
    with pytest.raises(DataError, match=message):
        codebooks.__wrapped__()


def test_areas_of_the_codebook_are_the_ontologys() -> None:
    assert set(codebooks()["area"]) <= set(areas())
