"""The scripts that the documentation tells to run, run to the end in a small copy of the repository."""

from __future__ import annotations

from pathlib import Path

import pytest
from commands import all_commands
from copies import copy_repository, run_line

LINES = {
    ".venv/bin/python scripts/train_models.py": "src/mithaq/data/models/act.tsv",
    "python scripts/calibrate.py restored/validation.jsonl --check restored/dev.jsonl --picture docs/reliability.svg": (
        "docs/reliability.svg"
    ),
    ".venv/bin/python scripts/snapshot.py": "tests/snapshots/example.json",
}
"""Lines of the documentation, without what they say after #, and a file that each writes."""

BENCH = "python bench/search.py ../shared/corpus/saudinewsnet.jsonl.gz"


def documented() -> set[str]:
    return {command.text.partition("#")[0].strip() for command in all_commands()}


@pytest.fixture(scope="module")
def repository(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return copy_repository(tmp_path_factory.mktemp("scripts"))


@pytest.mark.parametrize("line", LINES)
def test_a_script_writes_what_it_should(line: str, repository: Path) -> None:
    assert line in documented(), "no page has it any more"
    target = repository / LINES[line]
    target.unlink(missing_ok=True)
    done = run_line(repository, line)
    assert done.returncode == 0, done.stderr
    assert target.stat().st_size > 500


def test_the_measurement_of_searching_runs(repository: Path) -> None:
    assert BENCH in documented()
    done = run_line(repository, BENCH.replace("../shared/corpus/saudinewsnet.jsonl.gz", "news.jsonl"))
    assert done.returncode == 0, done.stderr
    assert "all" in done.stdout
