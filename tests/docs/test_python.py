"""The Python of the documentation runs."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from commands import make_folder
from pages import PAGES, Block, blocks

from mithaq.export import Options, export
from mithaq.query.ledger import find_agreements, load_agreements, load_commitments
from mithaq.store.database import open_database

ELSEWHERE = {
    "docs/api.md": "needs the server: tests/web/test_api.py",
    "docs/backends.md": "needs a server: tests/backends/test_backend_docs.py",
}
EXAMPLES = [
    pytest.param(block, id=f"{page}:{block.line}")
    for page in PAGES
    for block in blocks(page)
    if block.language == "python" and page not in ELSEWHERE
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_folder(tmp_path_factory.mktemp("python"))


@pytest.fixture
def given(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """What the examples take for granted: a text, agreements, the stages of a commitment; and files."""
    here = tmp_path / "work"
    shutil.copytree(folder, here)
    monkeypatch.chdir(here)
    with open_database("mithaq.db") as database, database.read() as connection:
        agreements = list(load_agreements(connection, find_agreements(connection), date(2026, 12, 31)))
        (commitment,) = load_commitments(connection, ["c356364710957"], date(2026, 12, 31))
    export("parquet", agreements, here / "ledger")
    return {
        "text": (here / "report.txt").read_text("utf-8"),
        "agreements": agreements,
        "stages": commitment.stages,
    }


@pytest.mark.parametrize("block", EXAMPLES)
def test_an_example_runs(block: Block, given: dict[str, Any]) -> None:
    exec(compile(block.text, f"{block.page}:{block.line}", "exec"), given)


def test_the_sample_export_writes_a_list(given: dict[str, Any]) -> None:
    (sample,) = (b for b in blocks("docs/how-to/extend.md") if b.name == "sample: an export")
    exec(compile(sample.text, sample.page, "exec"), given)
    written = given["write_list"](given["agreements"], Path("list.txt"), Options())
    lines = Path("list.txt").read_text("utf-8").splitlines()
    assert len(lines) == written == sum(len(a.commitments) for a in given["agreements"])
    assert "arms_transfer: ESP JOR: signed" in lines
