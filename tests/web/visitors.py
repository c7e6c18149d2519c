"""Somebody who visits the reading room without a browser, and what is in it."""

from __future__ import annotations

import re
from typing import Any

import httpx
from records import record, report

from mithaq.merge.features import features
from mithaq.merge.reviewed import read_again
from mithaq.merge.update import merge_pending
from mithaq.model import Record, Report
from mithaq.store.accounts import Role, add_user
from mithaq.store.database import Database
from mithaq.store.known import find_place
from mithaq.store.reports import add
from mithaq.web.passwords import hash_password
from mithaq.web.security import CSRF_COOKIE

PASSWORD = "صحيح حصان بطارية"


class Visitor(httpx.Client):
    """A client that keeps cookies, follows no redirect by itself, and sends forms as our pages do."""

    def __init__(self, site: str, **options: Any) -> None:
        super().__init__(base_url=site, timeout=30, **options)

    def form(self, path: str, fields: dict[str, Any] | None = None, **options: Any) -> httpx.Response:
        """A form of one of our pages."""
        if CSRF_COOKIE not in self.cookies:
            self.get("/login")
        return self.post(path, data={"csrf": self.cookies[CSRF_COOKIE], **(fields or {})}, **options)

    def log_in(self, name: str, password: str = PASSWORD, **fields: str) -> httpx.Response:
        """Log in by the form."""
        return self.form("/login", {"name": name, "password": password, **fields})


def keep(database: Database, what: Report, found: Record) -> None:
    """Store a report with its record, and merge it."""
    with database.write() as connection:
        place = find_place(connection, what)
        add(connection, place, what, found, features(what, found).to_bytes(), "1")
        read_again(connection, [place.id])
    merge_pending(database)


def keep_one(database: Database, id: str = "r1") -> Report:
    """Store the report of ``records``."""
    what = report(id)
    keep(database, what, record(what))
    return what


def make_users(database: Database) -> None:
    """One account of each role, each named after it, with the same password."""
    hashed = hash_password(PASSWORD)
    roles: tuple[Role, ...] = ("reader", "reviewer", "admin")
    with database.write() as connection:
        for role in roles:
            add_user(connection, role, role, hashed)


def text_of(answer: httpx.Response) -> str:
    """What a page says, without its tags, on one line."""
    return " ".join(re.sub(r"<[^>]+>", " ", answer.text).split())
