"""CONTRIBUTING.md is followed to the letter: its cue is added to a copy of the data, and tests itself."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from copies import copy_repository, run_line
from pages import blocks

STEPS = {block.name: block for block in blocks("CONTRIBUTING.md") if block.name}


@pytest.fixture(scope="module")
def repository(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return copy_repository(tmp_path_factory.mktemp("newcomer"))


def explained(folder: Path, step: str) -> list[str]:
    """What gave the cells of the sentence's attributions."""
    done = run_line(folder, STEPS[step].text.strip() + " --format jsonl")
    assert done.returncode == 0, done.stderr
    return [json.dumps(json.loads(line), ensure_ascii=False) for line in done.stdout.splitlines()]


def test_a_cue_is_added_as_the_page_says(repository: Path) -> None:
    assert STEPS["before"].text == STEPS["after"].text
    assert "whisper" not in "".join(explained(repository, "before"))
    name, entry = next(
        (name.removeprefix("entry: "), b.text) for name, b in STEPS.items() if name.startswith("entry: ")
    )
    file = repository / name
    file.write_text(f"{file.read_text('utf-8')}\n{entry}", "utf-8")
    assert "cues/saying.toml: whisper" in "".join(explained(repository, "after"))
    tested = run_line(repository, STEPS["test"].text.strip() + " -p no:cacheprovider")
    assert tested.returncode == 0, tested.stdout[-3000:] + tested.stderr
    assert "..." in tested.stdout, "two examples and a counter-example"


def test_a_mistyped_key_is_named(repository: Path, tmp_path: Path) -> None:
    """As the page promises: the file, the entry and the nearest key."""
    file = repository / "src" / "mithaq" / "data" / "cues" / "saying.toml"
    kept = file.read_text("utf-8")
    file.write_text(kept.replace("[say]\nverb =", "[say]\nvreb =", 1), "utf-8")
    done = run_line(repository, STEPS["before"].text.strip())
    file.write_text(kept, "utf-8")
    assert done.returncode == 2
    assert all(part in done.stderr for part in ("cues/saying.toml", "'say'", "'vreb'", "'verb'")), done.stderr
