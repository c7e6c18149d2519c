"""Every command that the documentation names is run: here, or by the test that ``ELSEWHERE`` names."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from commands import Command, all_commands, commands, is_ours, make_folder, run
from pages import PAGES, ROOT, inline_code
from typer.main import get_command

from mithaq.cli.app import COMMANDS, app


class Elsewhere(NamedTuple):
    """Commands that cannot run here: a pattern of the whole line, why, and who runs them (a file, and words in it)."""

    pattern: str
    why: str
    by: str
    words: str


ELSEWHERE = (
    Elsewhere(r"python3 -m venv .*pip install .*", "installs", ".ci/run", "readme install"),
    Elsewhere(r"python3 -m venv \.venv", "makes an environment", ".ci/run", "readme test"),
    Elsewhere(r"(\.venv/bin/)?pip install .*", "installs", "tests/docs/test_release.py", "optional-dependencies"),
    Elsewhere(r"mithaq serve.*", "runs until it is stopped", "tests/cli/test_serve.py", "interrupted"),
    Elsewhere(r"echo .* \| \.venv/bin/mithaq explain -", "see there", "tests/docs/test_contributing.py", '"before"'),
    Elsewhere(r"\.venv/bin/pytest tests/lexicon.*", "see there", "tests/docs/test_contributing.py", '"test"'),
    Elsewhere(r"\.venv/bin/pytest( .*)?", "these tests", ".ci/run", "pytest"),
    Elsewhere(r"\.venv/bin/ruff check .* lint-imports|\.venv/bin/ruff check .*", "lints", ".ci/run", "ruff format"),
    Elsewhere(r"\.venv/bin/cog -r docs/.*", "writes the pages", ".ci/run", "cog --check"),
    Elsewhere(r"\.venv/bin/mkdocs build --strict", "builds", "tests/docs/test_site.py", "mkdocs"),
    Elsewhere(
        r"\S*python scripts/(train_models|calibrate|snapshot)\.py.*", "writes", "tests/docs/test_scripts.py", "LINES"
    ),
    Elsewhere(r"\S*python scripts/compare_models\.py.*", "trains", "tests/scripts/test_compare_models.py", "compare"),
    Elsewhere(r"python benchmark/restore\.py .*", "needs corpora", "tests/benchmark/test_restore.py", "restore"),
    Elsewhere(r"python benchmark/run\.py .*", "needs the corpora", "tests/benchmark/test_run.py", "run"),
    Elsewhere(r"python bench/search\.py .*", "needs a corpus", "tests/docs/test_scripts.py", "bench/search.py"),
    Elsewhere(r"mithaq read --backend lead .*", "the sample", "tests/plugins/test_sample.py", "--backend lead"),
    Elsewhere(r"mithaq voices .*", "the sample's command", "tests/plugins/test_sample.py", "mithaq voices"),
    Elsewhere(r"mithaq export --to markdown .*", "the sample's form", "tests/plugins/test_sample.py", "ledger.md"),
    Elsewhere(r"MITHAQ_PLUGINS=off mithaq plugins", "a variable", "tests/plugins/test_sample.py", "MITHAQ_PLUGINS=off"),
    Elsewhere(r"mithaq run .* --engine spark .*", "needs a cluster", "tests/batch/test_spark.py", "local-cluster"),
    Elsewhere(r"cd .*pyspark.*|bin/spark-class .*", "starts a cluster", "tests/batch/test_spark.py", "local-cluster"),
    Elsewhere(
        r"mithaq (read|add) .*--backend (llm|hybrid|spacy|gliner|transformers).*",
        "needs a model",
        "tests/backends/test_backend_docs.py",
        "COMMANDS",
    ),
    Elsewhere(r"export OPENAI_API_KEY=.*", "a secret", "tests/backends/test_backend_docs.py", "OPENAI_API_KEY"),
    Elsewhere(r"mithaq watch .*", "needs feeds", "tests/watch/test_watch_command.py", '"watch"'),
    Elsewhere(r"mithaq (read|add|explain) .*https?://.*", "needs a site", "tests/watch/test_watch_command.py", "http"),
    Elsewhere(r"curl .*", "needs the server", "tests/web/test_api.py", "curl"),
    Elsewhere(r"cp \S+\.db \S+\.db", "copies a file", "tests/docs/test_commands.py", "shutil.copy"),
    Elsewhere(r"7 \* \* \* \* .*mithaq add .*", "a line for cron", "tests/cli/test_keep.py", '"add"'),
)
AHEAD: dict[str, str] = {}
"""Pages that are written before the command they wait for is there; a test fails as soon as it is."""


def elsewhere(command: Command) -> list[Elsewhere]:
    return [e for e in ELSEWHERE if re.fullmatch(e.pattern, command.text)]


RUN_HERE = {page: [c for c in commands(page) if not elsewhere(c)] for page in PAGES if page not in AHEAD}


@pytest.fixture(scope="module")
def stand_ins(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_folder(tmp_path_factory.mktemp("commands"))


@pytest.mark.parametrize("page", [page for page, found in RUN_HERE.items() if found])
def test_the_commands_of_a_page_run_one_after_the_other(page: str, stand_ins: Path, tmp_path: Path) -> None:
    shutil.copytree(stand_ins.parent, tmp_path / "all")
    folder = tmp_path / "all" / "work"
    for name in ("maha", "saad"):
        shutil.copy(folder / "news.db", folder / f"{name}.db")
    for command in RUN_HERE[page]:
        run(folder, command.text)


def test_every_command_is_run_by_some_test() -> None:
    unknown = [c for c in all_commands() if not elsewhere(c) and not is_ours(c)]
    assert unknown == [], "run it here, or name the test that does in ELSEWHERE"
    assert len([c for commands_ in RUN_HERE.values() for c in commands_]) > 60, "the collector finds them"


@pytest.mark.parametrize("entry", ELSEWHERE, ids=[e.pattern for e in ELSEWHERE])
def test_what_runs_elsewhere_is_documented_and_run_there(entry: Elsewhere) -> None:
    assert [c for c in all_commands() if entry in elsewhere(c)], "no page has it any more"
    assert entry.words in (ROOT / entry.by).read_text("utf-8"), f"{entry.by} does not run it"


def test_what_is_documented_ahead_is_not_there_yet() -> None:
    there = [page for page, name in AHEAD.items() if name in COMMANDS]
    assert there == [], "the command is there now: take the page out of AHEAD, so that its commands are run"


def test_every_command_has_its_chapter() -> None:
    page = (ROOT / "docs" / "cli.md").read_text("utf-8")
    assert [name for name in COMMANDS if not re.search(rf"^## mithaq {name}\b", page, re.MULTILINE)] == []


INLINE = [(page, code) for page in PAGES for code in inline_code(page) if re.match(r"mithaq (--)?[a-z]", code)]


@pytest.mark.parametrize(("page", "code"), INLINE)
def test_what_sentences_name_is_there(page: str, code: str) -> None:
    """Commands and options inside sentences exist."""
    _, name, *words = code.split()
    root: Any = get_command(app)
    if name.startswith("--"):
        assert name in [o for p in root.params for o in p.opts] + ["--help"]
        return
    if name in AHEAD.values():
        return
    assert name in COMMANDS, code
    command = root.get_command(None, name)
    if hasattr(command, "commands") and words:
        command = command.commands[words[0].strip(",")]
    known = (
        {option for parameter in command.params for option in parameter.opts} if hasattr(command, "params") else set()
    )
    assert [w for w in words if w.startswith("-") and len(w) > 1 and w.split("=")[0] not in known] == []
