"""The commands that the documentation names, and a folder in which they can run."""

from __future__ import annotations

import csv
import gzip
import json
import re
import shlex
import shutil
from collections.abc import Iterator
from contextlib import chdir
from pathlib import Path
from typing import NamedTuple

from pages import PAGES, ROOT, blocks, prose
from typer.testing import CliRunner

from mithaq.cli.app import app
from mithaq.merge.reviewed import accept_all
from mithaq.store.database import open_database

SHELLS = ("bash", "sh", "console", "cron")
_PROSE = re.compile(r"^(?: {4})?(mithaq [a-z].*)$")
STAND_INS = {
    "ID": "c356364710957",
    "a3f0c2": "a2cfa60a7ef7c",
    "c1f2a9": "c356364710957",
    "c77b03": "c75f3509ffc48",
    "news-17/p2": "barid-0310/p2",
    "news-31/p1": "shuruq-0311/p1",
}
"""Ids that stand in the documentation → those of the examples in the folder."""


class Command(NamedTuple):
    """A line that the documentation tells to type."""

    page: str
    line: int
    text: str


def commands(page: str) -> Iterator[Command]:
    """The lines of a page's shell blocks, and its lines of prose that begin with ``mithaq`` (help texts)."""
    for block in blocks(page):
        if block.language in SHELLS:
            for number, line in enumerate(block.text.replace("\\\n", " ").splitlines()):
                text = line.strip().removeprefix("$ ")
                if text and not text.startswith("#"):
                    yield Command(page, block.line + number, text)
    for number, line in enumerate(prose(page).splitlines(), 1):
        if (found := _PROSE.match(line)) and "[OPTIONS]" not in line:
            yield Command(page, number, found[1])


def all_commands() -> list[Command]:
    """The commands of all pages."""
    return [command for page in PAGES for command in commands(page)]


def is_ours(command: Command) -> bool:
    """Whether the line is one call of mithaq, perhaps with its output sent elsewhere."""
    return _words(command.text)[0].removeprefix(".venv/bin/") == "mithaq"


def make_folder(folder: Path) -> Path:
    """A folder with files that stand in for all that the documentation names, made from ``examples/``; returns it."""
    here = folder / "work"
    shutil.copytree(ROOT / "examples", here / "examples")
    lines = (here / "examples" / "reports.jsonl").read_text("utf-8")
    reports = [json.loads(line) for line in lines.splitlines()]
    shutil.copy(here / "examples" / "report.txt", here)
    (here / "news.jsonl").write_text(lines, "utf-8")
    with gzip.open(here / "news.jsonl.gz", "wt", encoding="utf-8") as packed:
        packed.write(lines)
    (here / "news").mkdir()
    for name in ("one", "two"):
        shutil.copy(here / "news.jsonl.gz", here / "news" / f"{name}.jsonl.gz")
    with (here / "export.csv").open("w", encoding="utf-8", newline="") as table:
        rows = csv.writer(table)
        rows.writerow(["body", "headline", "day"])
        rows.writerows([f"{r['text']} {n}", r["title"], r["published"]] for n, r in enumerate(reports[:2]))
    paragraphs = "".join(f"<p>{line}</p>" for line in reports[0]["text"].splitlines())
    head = f"<title>{reports[0]['title']}</title>"
    (here / "page.html").write_text(f"<html><head>{head}</head><body><article>{paragraphs}</article></body></html>")
    item = f"<item><title>{reports[1]['title']}</title><description>{reports[1]['text']}</description></item>"
    (here / "feed.xml").write_text(f"<rss version='2.0'><channel><title>المدار</title>{item}</channel></rss>", "utf-8")
    _databases(here)
    (folder / "shared" / "gold").mkdir(parents=True)
    (folder / "shared" / "reports").mkdir()
    gold = run(here, "mithaq reviewed --db mithaq.db")
    for name in ("gold.jsonl", "GOLD", "../shared/gold/dev.jsonl", "../shared/gold/seed.jsonl"):
        (here / name).write_text(gold, "utf-8")
    for name in ("REPORTS", "../shared/gold/dev_reports.jsonl", "../shared/reports/seed.jsonl"):
        (here / name).write_text(lines, "utf-8")
    return here


def _databases(here: Path) -> None:
    """``mithaq.db`` with the examples, two of them reviewed and complete; the other names are copies."""
    run(here, "mithaq add --db mithaq.db --jobs 1 examples/reports.jsonl")
    with open_database(str(here / "mithaq.db")) as database, database.write() as connection:
        for report in ("barid-0310", "shuruq-0311"):
            accept_all(connection, report, "مها", "0-0")
    run(here, "mithaq merge --db mithaq.db")
    for name in ("news.db", "watch.db", "study.db"):
        shutil.copy(here / "mithaq.db", here / name)


def run(folder: Path, text: str) -> str:
    """Run one line in *folder*, with its output where it is sent; what it printed.

    What is piped into another program is run without that. Raises AssertionError with what was said if it fails.
    """
    words = _words(text)
    stdin = "a long password\n" if words[1:3] in (["user", "add"], ["user", "password"]) else ""
    more = ["--password-file", "-"] if stdin else []
    if "|" in words:
        words = words[: words.index("|")]
    target = words[words.index(">") + 1] if ">" in words else None
    typed = (words[: words.index(">")] if target else words)[1:]
    arguments = [argument for word in typed for argument in _expanded(folder, STAND_INS.get(word, word))]
    with chdir(folder):
        done = CliRunner(env={"MITHAQ_DB": None}).invoke(app, [*arguments, *more], input=stdin)
    assert done.exit_code == 0, f"{text}: exit code {done.exit_code}: {done.stderr or done.exception!r}"
    if target:
        (folder / target).write_text(done.stdout, "utf-8")
    return done.stdout


def _expanded(folder: Path, word: str) -> list[str]:
    """The files that a word with an asterisk stands for; other words, and those that match nothing, stay."""
    found = sorted(path.relative_to(folder).as_posix() for path in folder.glob(word)) if "*" in word[:-1] else []
    return found or [word]


def _words(text: str) -> list[str]:
    lexer = shlex.shlex(text, posix=True, punctuation_chars="|>&;")
    lexer.whitespace_split = True
    return list(lexer)
