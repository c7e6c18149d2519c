"""``mithaq watch``: feeds polled again and again, what is new added, and told as a digest."""

from __future__ import annotations

import signal
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from mithaq.cli import digest as digests
from mithaq.cli.digest import DigestFormat, DigestFormatOption, OutOption
from mithaq.cli.fetching import fetcher
from mithaq.cli.options import NOTHING_READ, SOME_SET_ASIDE, Lang, LangOption, PrivateOption
from mithaq.cli.output import complain
from mithaq.cli.store_options import DbOption, opened
from mithaq.errors import InputError
from mithaq.query.digest import build_digest, newest
from mithaq.store import feeds as store
from mithaq.store.database import Database
from mithaq.workers import collect_less

if TYPE_CHECKING:
    from mithaq.watch import Polled, Watcher

_NEEDED = ("httpcore", "idna", "lxml", "protego", "trafilatura")


def watch_command(
    feeds: Annotated[
        list[str] | None, typer.Argument(metavar="FEED...", help="Addresses of RSS or Atom feeds.", show_default=False)
    ] = None,
    feed_list: Annotated[
        Path | None,
        typer.Option("--feeds", metavar="FILE", help="A file of such addresses, one a line; # begins a note."),
    ] = None,
    db: DbOption = None,
    every: Annotated[
        float, typer.Option("--every", metavar="SECONDS", min=1.0, help="From the beginning of a round to the next.")
    ] = 900.0,
    once: Annotated[bool, typer.Option("--once", help="Poll each feed once, as from cron, and end.")] = False,
    delay: Annotated[
        float, typer.Option("--delay", metavar="SECONDS", min=0.0, help="Between two requests to one host, at least.")
    ] = 2.0,
    contact: Annotated[
        str | None,
        typer.Option("--contact", metavar="TEXT", help="An address or URL that servers are told, to reach you by."),
    ] = None,
    format: DigestFormatOption = DigestFormat.TEXT,
    lang: LangOption = Lang.EN,
    out: OutOption = None,
    allow_private: PrivateOption = False,
) -> None:
    """Watch feeds: read what is new in them, keep and merge it, and show what is new since the last time.

        mithaq watch https://news.example/rss https://other.example/atom.xml --contact desk@newsroom.example

        mithaq watch --feeds feeds.txt --once --format html --lang ar --out digest.html

    Feeds are asked politely: only for what changed, not against robots.txt, one request at a time, and those that fail
    less and less often. Of entries that are only a summary the page is read. Ctrl-C ends it; nothing is lost by that.
    """
    digests.needs(format)
    fetch = fetcher(allow_private, contact, _NEEDED)
    from mithaq.watch import Manners, Watcher  # only now it is known that the packages are there

    wanted = [*(feeds or ()), *(_listed(feed_list) if feed_list else ())]
    if not wanted:
        raise typer.BadParameter("name a feed, or a file of feeds with --feeds", param_hint="FEED")
    for url in wanted:
        fetch.address(url)
    collect_less()
    with opened(db, create=True) as database, _ending():
        _begin(database)
        watcher = Watcher(database, fetch, wanted, Manners(every, delay), tell=_tell)
        try:
            code = _watch(watcher, once, lambda: _digest(database, format, lang, out, always=once))
        except KeyboardInterrupt:
            complain("stopped; the next run goes on from here")
            code = 0
    raise typer.Exit(code)


def _watch(watcher: Watcher, once: bool, tell: Callable[[], None]) -> int:
    """Round after round; with *once* the exit code of the one round."""
    while True:
        done = watcher.round()
        tell()
        complain(_summary(done))
        if once:
            failed = [p for p in done if p.error]
            return (NOTHING_READ if len(failed) == len(done) else SOME_SET_ASIDE) if failed else 0
        watcher.rest()


def _begin(database: Database) -> None:
    """The first digest begins with the first run: what was in the database before is not new."""
    with database.write() as connection:
        if store.last_mark(connection) is None:
            store.save_mark(
                connection, store.Mark(newest(connection), date.today()), datetime.now(UTC).replace(tzinfo=None)
            )


def _digest(database: Database, format: DigestFormat, lang: Lang, out: Path | None, always: bool) -> None:
    """Tell what is new since the last digest, and then remember that it was told."""
    today = date.today()
    with database.read() as connection:
        mark = store.last_mark(connection) or store.Mark(None, today)
        found = build_digest(connection, mark.until, mark.day, today)
    if found or always:
        digests.write(found, format, lang, out)
    if found or today != mark.day:
        until = max(filter(None, (mark.until, found.until)), default=None)
        with database.write() as connection:
            store.save_mark(connection, store.Mark(until, today), datetime.now(UTC).replace(tzinfo=None))


def _listed(path: Path) -> list[str]:
    """The addresses in a file."""
    try:
        lines = path.read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{path} cannot be read: {error}", "one address a line, in UTF-8") from error
    return [address for line in lines if (address := line.partition(" #")[0].strip()) and not line.startswith("#")]


def _tell(polled: Polled) -> None:
    for message in polled.said:
        complain(message)
    if polled.left_alone:
        complain(f"{polled.url}: left alone until {polled.left_alone:%Y-%m-%d %H:%M} UTC: {polled.error}")
    elif polled.error:
        complain(f"{polled.url}: {polled.error}")
    elif polled.counts["new"] or polled.counts["version"]:
        complain(f"{polled.url}: {_counted(polled.counts)}")


def _summary(done: list[Polled]) -> str:
    counts: Counter[str] = sum((p.counts for p in done), Counter())
    failed = sum(1 for p in done if p.error)
    return f"{len(done):,} feeds, {failed:,} of them not read: {_counted(counts)}"


def _counted(counts: Counter[str]) -> str:
    parts = [f"{counts['new']:,} new", f"{counts['known']:,} known"]
    named = (("version", "with a new text"), ("failed", "set aside"), ("waiting", "waiting for their pages"))
    return ", ".join([*parts, *(f"{counts[key]:,} {name}" for key, name in named if counts[key])])


@contextmanager
def _ending() -> Iterator[None]:
    """SIGTERM ends the command as Ctrl-C does."""
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)
