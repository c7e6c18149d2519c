"""Filters of the templates: values as markup that reads right in either direction."""

from __future__ import annotations

import re
from datetime import date

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape
from markupsafe import Markup, escape

_ARABIC = re.compile("[\u0621-\u064a]")


def exact(text: str) -> Markup:
    """*text* escaped so that a browser keeps its every character, and offsets with it: a bare CR would become LF."""
    return Markup(str(escape(text)).replace("\r", "&#13;"))


def day(value: date | None, otherwise: str = "") -> Markup:
    """A day in ISO 8601, isolated: beside Arabic words its numbers would be turned round."""
    if value is None:
        return escape(otherwise)
    return Markup('<time class="date" dir="ltr" datetime="{0}">{0}</time>').format(value.isoformat())


def percent(share: float) -> Markup:
    """A share (0 to 1) in percent, isolated as :func:`day` is."""
    return Markup('<bdi class="number" dir="ltr">{}%</bdi>').format(round(share * 100))


def name(words: str | None) -> Markup:
    """A name of an outlet, a person, an account: isolated, and said to be Arabic where it is."""
    lang = ' lang="ar"' if _ARABIC.search(words or "") else ""
    return Markup("<bdi{}>{}</bdi>").format(Markup(lang), words or "")


def capital(words: str) -> str:
    """*words* with their first letter large, as headings and labels begin; Arabic has no such letters."""
    return words[:1].upper() + words[1:]


def brief(words: str, most: int = 80) -> str:
    """*words* on one line, cut between two of them where there are more than *most* characters."""
    words = " ".join(words.split())
    return words if len(words) <= most else words[:most].rsplit(" ", 1)[0] + " …"


def environment() -> Environment:
    """What makes pages of templates, each value escaped, a missing one an error."""
    return Environment(
        loader=PackageLoader("mithaq.web"),
        autoescape=select_autoescape(default=True),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
