"""What tests of watching share: a clock that runs only when somebody waits, and feeds of invented reports."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from html import escape
from typing import Any, NamedTuple

from sites import Reply, Site
from sqlalchemy import select

from mithaq.fetch import Fetcher, Limits
from mithaq.store import schema
from mithaq.store.database import Database
from mithaq.watch import Clock, Manners, Polled, Watcher

KENYA = (
    "أعلن وزير الدفاع الكيني أن كينيا والهند اتفقتا على إجراء مناورات عسكرية مشتركة الأسبوع المقبل. "
    "وقال الوزير إن بلاده ستشتري من الهند زوارق دورية."
)
HELD = "أجرت كينيا والهند أمس مناورات عسكرية مشتركة، كما أكد وزير الدفاع الكيني للصحفيين."
PERU = "وقعت بيرو وتشيلي اتفاقية للتعاون في مجال الطاقة، وقال وزير الطاقة البيروفي إن بلاده ستبدأ التنفيذ."
START = datetime(2026, 3, 1, 12)


class Stopped(Clock):
    """Begins at ``START``, and goes on by what is slept."""

    def __init__(self) -> None:
        self.time = START
        self.slept: list[float] = []

    def now(self) -> datetime:
        return self.time

    def sleep(self, seconds: float) -> None:
        self.slept.append(round(max(0.0, seconds), 3))
        self.time += timedelta(seconds=max(0.0, seconds))


class Item(NamedTuple):
    """An entry: *content* is all of the report, *summary* a part of it."""

    title: str
    link: str = ""
    content: str = ""
    summary: str = ""
    guid: str = ""
    date: str = "Mon, 04 Mar 2019 21:30:00 +0300"


def rss(*items: Item, title: str = "النهر") -> bytes:
    found = []
    for item in items:
        parts = [f"<title>{escape(item.title)}</title>"]
        parts += [f"<link>{escape(item.link)}</link>"] if item.link else []
        parts += [f'<guid isPermaLink="false">{escape(item.guid)}</guid>'] if item.guid else []
        parts += [f"<pubDate>{item.date}</pubDate>"] if item.date else []
        parts += [f"<description>{escape(item.summary)}</description>"] if item.summary else []
        parts += [f"<content:encoded>{escape(f'<p>{item.content}</p>')}</content:encoded>"] if item.content else []
        found.append(f"<item>{''.join(parts)}</item>")
    space = 'xmlns:content="http://purl.org/rss/1.0/modules/content/"'
    head = f'<?xml version="1.0"?><rss version="2.0" {space}><channel><title>{title}</title>'
    return f"{head}{''.join(found)}</channel></rss>".encode()


def page(title: str, text: str) -> Reply:
    body = (
        f"<html lang='ar'><head><title>{title}</title></head><body><article><h1>{title}</h1>"
        f"<p>{text}</p></article></body></html>"
    )
    return Reply(body.encode(), headers={"Content-Type": "text/html; charset=utf-8"})


def feed(*items: Item, etag: str = "") -> Reply:
    return Reply(rss(*items), headers={"ETag": etag} if etag else {})


def conditional(etag: str, reply: Reply) -> Any:
    """A feed that is only sent to who does not have it."""
    reply.headers["ETag"] = etag

    def answer(handler: Any) -> Reply:
        return Reply(status=304) if handler.headers["If-None-Match"] == etag else reply

    return answer


def watcher(
    database: Database, feeds: Sequence[str], clock: Clock | None = None, manners: Manners | None = None
) -> tuple[Watcher, list[Polled]]:
    told: list[Polled] = []
    fetcher = Fetcher(private=True, limits=Limits(seconds=60))
    return Watcher(database, fetcher, feeds, manners, clock or Stopped(), told.append), told


def table(database: Database, name: str, *columns: str) -> list[tuple[Any, ...]]:
    """Rows of a table, in the order of their first column."""
    found = [schema.metadata.tables[name].c[column] for column in columns]
    with database.read() as connection:
        return [tuple(row) for row in connection.execute(select(*found).order_by(found[0]))]


def titles(database: Database) -> list[str]:
    return sorted(str(row[0]) for row in table(database, "reports", "title"))


def paths(site: Site) -> list[str]:
    """What was asked for since the last time, without robots.txt."""
    asked = [path for path in site.asked if path != "/robots.txt"]
    site.forget()
    return asked
