"""Options that several commands share."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from mithaq.fetch import Fetcher

SOME_SET_ASIDE = 1
NOTHING_READ = 2


class Format(StrEnum):
    """How records are printed."""

    TABLE = "table"
    JSONL = "jsonl"


class Lang(StrEnum):
    """The language of labels."""

    EN = "en"
    AR = "ar"


Files = Annotated[
    list[str],
    typer.Argument(
        metavar="FILE...",
        help="Reports: text, JSON Lines, HTML, feeds, WARC, PDF, DOCX, CSV, Parquet, compressed or in zip and tar, "
        "known by their content; - is standard input, what begins with http:// or https:// is fetched.",
        show_default=False,
    ),
]
FormatOption = Annotated[
    Format | None,
    typer.Option(
        "--format",
        "-f",
        metavar="table|jsonl",
        help="Tables for people, or JSON Lines.",
        show_default="table on a terminal, else jsonl",
    ),
]
LangOption = Annotated[Lang, typer.Option("--lang", metavar="en|ar", help="The language of the tables' labels.")]
OutletOption = Annotated[
    str | None,
    typer.Option("--outlet", metavar="NAME", help="Who published the reports, where the input does not say."),
]
PublishedOption = Annotated[
    str | None,
    typer.Option(
        "--published",
        metavar="YYYY-MM-DD",
        help="When they were published, where the input does not say; «أمس» is counted from it.",
    ),
]

ColumnOption = Annotated[
    list[str] | None,
    typer.Option(
        "--column",
        metavar="FIELD=NAME",
        help="Which column of a table, or field of a JSON object, holds the text, title, id, outlet, url or published; "
        "may be repeated.",
        show_default="the usual names",
    ),
]
PrivateOption = Annotated[
    bool,
    typer.Option(
        "--allow-private", help="Fetch from private networks and this machine too, and from any port: an intranet."
    ),
]
ConfidenceOption = Annotated[
    float,
    typer.Option(
        "--min-confidence",
        metavar="SHARE",
        min=0.0,
        max=1.0,
        help="Leave out attributions and provisions that are less likely than this to be right, 0 to 1.",
    ),
]


def fetcher(urls: Iterable[str], private: bool) -> Fetcher | None:
    """What fetches *urls*, if any is an address; raises :class:`~mithaq.errors.MithaqError` if a package is missing."""
    from mithaq.readers.files import is_url  # commands that read nothing start without the readers

    if not any(map(is_url, urls)):
        return None
    from mithaq.cli.fetching import fetcher as made  # files need neither it nor the packages that it needs

    return made(private)


def chosen_format(given: Format | None) -> Format:
    """The format asked for; without one, tables if standard output is a terminal."""
    return given or (Format.TABLE if sys.stdout.isatty() else Format.JSONL)
