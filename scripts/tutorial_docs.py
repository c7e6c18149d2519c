"""The commands of ``docs/tutorial.md`` and what they print: ``cog -r docs/tutorial.md`` writes, ``--check`` compares.

They run in a folder of their own that holds ``examples/``, one after the other, as a reader would type them.
Tables are made from the cells of ``--format csv`` (of JSON Lines for ``read``), since a terminal's frames and
right-to-left text do not go together on a page.
"""

from __future__ import annotations

import csv
import io
import json
import shlex
import shutil
import tempfile
from collections.abc import Iterable
from contextlib import chdir
from pathlib import Path
from typing import Any

from typer.testing import CliRunner, Result

from mithaq.cli.app import app
from mithaq.model import Record

EXAMPLES = Path(__file__).parents[1] / "examples"


class Tutorial:
    """A folder with the examples in which the tutorial's commands run."""

    def __init__(self) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="mithaq-tutorial-")
        self.path = Path(self._folder.name)
        shutil.copytree(EXAMPLES, self.path / "examples", ignore=shutil.ignore_patterns("*.ipynb", ".*"))

    def run(self, command: str, *more: str) -> Result:
        """Run one ``mithaq ...`` line, with *more* arguments that are not shown; raises RuntimeError if it fails."""
        name, *arguments = shlex.split(command, comments=True)
        if name != "mithaq":
            raise RuntimeError(f"not a command of mithaq: {command}")
        with chdir(self.path):
            done = CliRunner(env={"MITHAQ_DB": None}).invoke(app, [*arguments, *more])
        if done.exit_code:
            raise RuntimeError(f"{command}: exit code {done.exit_code}: {done.stderr}")
        return done

    def says(self, command: str) -> str:
        """The command, and what it says on standard error."""
        return f"{_block('bash', command)}\n\n{_block('text', self.run(command).stderr)}"

    def reads(self, command: str) -> str:
        """A ``mithaq read`` of one report: the command, its attributions and its provisions."""
        record = Record.from_dict(json.loads(self.run(command, "--format", "jsonl").stdout))
        said = [
            [a.cue.text, a.speaker, a.mode, f"{a.certainty} {a.polarity}", f"{a.confidence:.0%}"]
            for a in record.attributions
        ]
        agreed = [
            [
                p.area, p.status, p.role, " ".join(p.parties), p.evidence.text,
                " ← ".join(a.speaker for a in record.chain(p.attribution)), f"{p.confidence:.0%}",
            ]
            for p in record.provisions
        ]  # fmt: skip
        return "\n\n".join(
            [
                _block("bash", command),
                _table(["cue", "who says it", "mode", "certainty", "confidence"], said),
                _table(["area", "status", "role", "parties", "evidence", "on whose word", "confidence"], agreed),
            ]
        )

    def lists(self, command: str, *columns: str) -> str:
        """A command that lists rows: the command, and these columns of what it lists."""
        rows = csv.DictReader(io.StringIO(self.run(command, "--format", "csv").stdout))
        return f"{_block('bash', command)}\n\n{_table(columns, ([row[c] for c in columns] for row in rows))}"


def _block(language: str, text: str) -> str:
    return f"```{language}\n{text.strip()}\n```"


def _table(names: Iterable[str], rows: Iterable[Iterable[Any]]) -> str:
    names = list(names)
    lines = [names, ["---"] * len(names), *rows]
    return "\n".join(f"| {' | '.join(str(c).replace('|', '&#124;') or ' ' for c in line)} |" for line in lines)
