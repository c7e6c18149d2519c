"""``mithaq digest``: what is new since a day; and how digests are written, which ``mithaq watch`` does too."""

from __future__ import annotations

import io
import json
import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stdout
from datetime import datetime, time
from enum import StrEnum
from importlib.util import find_spec
from pathlib import Path
from typing import Annotated

import typer

from mithaq.cli import store_options as options
from mithaq.cli.options import Lang, LangOption
from mithaq.errors import ExportError
from mithaq.export.digest import digest_object
from mithaq.query.digest import Digest, build_digest
from mithaq.query.ledger import pending


class DigestFormat(StrEnum):
    """How digests are written."""

    TEXT = "text"
    HTML = "html"
    JSON = "json"


DigestFormatOption = Annotated[
    DigestFormat,
    typer.Option("--format", "-f", metavar="text|html|json", help="How the digest is written: HTML is one whole file."),
]
OutOption = Annotated[
    Path | None,
    typer.Option("--out", metavar="FILE", help="Write the digest there, each in the place of the one before."),
]


def digest_command(
    since: Annotated[
        str, typer.Option("--since", metavar="DATE", help="What was added on or after this day, month or year (UTC).")
    ],
    db: options.DbOption = None,
    on: options.TodayOption = None,
    format: DigestFormatOption = DigestFormat.TEXT,
    lang: LangOption = Lang.EN,
    out: OutOption = None,
) -> None:
    """Show what is new: reports, commitments, stages that moved, contradictions, and what became due.

        mithaq digest --since 2026-11-01

        mithaq digest --since 2026-11-01 --format html --lang ar --out digest.html

    What counts is when a report was added to the database, not its date.
    """
    needs(format)
    begin = options.day(since, "--since", "first")
    with options.opened(db) as database, database.read() as connection:
        options.say_pending(pending(connection))
        moment = datetime.combine(begin, time())
        found = build_digest(connection, moment, begin, options.today(on))
    write(found, format, lang, out)


def write(digest: Digest, format: DigestFormat, lang: Lang, out: Path | None) -> None:
    """Write a digest to a file, at once and whole, or to standard output.

    Raises :class:`~mithaq.errors.ExportError` if it cannot be written.
    """
    if out is None:
        _print(digest, format, lang)
        sys.stdout.flush()
        return
    try:
        with _replaced(out) as file, redirect_stdout(file):
            _print(digest, format, lang)
    except OSError as error:
        raise ExportError(f"{out} cannot be written: {error.strerror or error}", "name another file") from error


def needs(format: DigestFormat) -> None:
    """Raise :class:`~mithaq.errors.ExportError` if a package for this format is missing."""
    if format is DigestFormat.HTML and find_spec("jinja2") is None:
        raise ExportError("a digest as HTML needs the package 'jinja2'", "pip install 'mithaq[watch]'")


@contextmanager
def _replaced(path: Path) -> Iterator[io.TextIOBase]:
    """A file that takes the place of *path* when it is whole."""
    handle, name = tempfile.mkstemp(prefix=f".{path.name}-", dir=path.parent)
    try:
        with open(handle, "w", encoding="utf-8") as file:
            yield file
        Path(name).chmod(0o644)
        os.replace(name, path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _print(digest: Digest, format: DigestFormat, lang: Lang) -> None:
    match format:
        case DigestFormat.JSON:
            sys.stdout.write(json.dumps(digest_object(digest), ensure_ascii=False) + "\n")
        case DigestFormat.HTML:
            from mithaq.web.digest import render_digest

            sys.stdout.write(render_digest(digest, lang.value) + "\n")
        case DigestFormat.TEXT:
            from mithaq.cli.digest_text import DigestText

            DigestText(lang.value).show(digest)
