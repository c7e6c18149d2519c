"""A digest as one HTML file that needs nothing else: to be mailed, or opened where there is no network."""

from __future__ import annotations

from functools import cache

from jinja2 import Template

from mithaq.query.digest import Digest
from mithaq.web.labels import Lang, labels
from mithaq.web.markup import environment

SHOWN = 200
"""Rows of each kind; the JSON has them all."""


@cache
def _template() -> Template:
    made = environment()
    made.filters["link"] = _link
    return made.get_template("digest.html")


def render_digest(digest: Digest, lang: Lang) -> str:
    """The page, in the direction of its language; the words of reports are right to left in either."""
    return _template().render(digest=digest, t=labels(lang), shown=SHOWN)


def _link(url: str | None) -> str | None:
    """An address that may be followed from a page; what a report gave as its own may be anything."""
    return url if url and url.startswith(("http://", "https://")) else None
