"""HTML → the text of its article, with title, outlet, address and date."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urljoin, urlsplit

import trafilatura
from lxml import html as lxml_html
from trafilatura.metadata import extract_metadata

from mithaq.errors import InputError
from mithaq.readers.cleanup import clean, one_line
from mithaq.readers.encodings import decode_markup
from mithaq.readers.items import Made, Unmade
from mithaq.readers.parsers.dates import first_date

_DECLARED = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([\w.:-]{1,40})""", re.IGNORECASE)
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*>")
_HEAD = 4096
_PAIRED = re.compile(r"\s*[|»«\-–—:]\s*")
_LONGEST = 100_000
"""The longest title, name or address that is looked at."""
_CELL = 300
"""A cell with more text than this lays out a page, as was usual before 2005; it is no cell of a table."""
_DATES = (
    "//meta[@property='article:published_time' or @name='article:published_time']/@content",
    "//meta[@itemprop='datePublished']/@content",
    "//*[@itemprop='datePublished']/@datetime",
    "//meta[@property='og:published_time' or @name='pubdate' or @name='publishdate' or @name='publish-date' or "
    "@name='date' or @name='DC.date.issued' or @name='dcterms.created' or @name='parsely-pub-date']/@content",
    "//article//time[@pubdate]/@datetime",
    "//article//time/@datetime",
    "//time/@datetime",
)
_SHOWN_DATES = "//time | //*[contains(@class, 'date') or contains(@class, 'time') or contains(@id, 'date')]"
_PUBLISHED = re.compile(r'"datePublished"\s*:\s*"([^"]{8,40})"')
_DROPPED = (
    "//*[self::script or self::style or self::noscript or self::template or self::svg or self::iframe or self::form or "
    "self::nav or self::aside or self::footer or self::button or self::select or self::figcaption]"
)


def parse(data: bytes, charset: str | None = None, url: str | None = None) -> list[Made | Unmade]:
    """The one report of a page; *charset* and *url* are what the server said."""
    declared = [charset, *(found.decode("ascii", "replace") for found in _DECLARED.findall(data[:_HEAD]))]
    text = _DECLARATION.sub("", decode_markup(data, declared).replace("\0", ""), count=1)
    tree = _tree(text)
    about = _metadata(tree, url)
    published = _published(tree, text)
    address = _address(tree, url) or _absolute(about.get("url"), url)
    title = _title(tree, about.get("title"), about.get("sitename"))
    raw = _body(tree)
    title, outlet = _parted(one_line(tree.findtext(".//title")), raw) or (title, None)
    body = clean(raw, title)
    if not body:
        raise InputError("no article is found in the page", "give the page of one article, or its text")
    outlet = one_line(about.get("sitename")) or outlet or _host(address)
    return [Made(body, None, title, outlet, address, published)]


def _tree(text: str) -> Any:
    try:
        tree = lxml_html.document_fromstring(text)
    except (ValueError, AssertionError) as error:
        raise InputError(f"no HTML can be made of it: {error}"[:120], "fetch it again") from error
    except Exception as error:
        if type(error).__name__ != "ParserError":
            raise
        raise InputError("the page is empty", "fetch it again") from error
    return tree


def _metadata(tree: Any, url: str | None) -> dict[str, str | None]:
    found = extract_metadata(tree, default_url=url, date_config={"extensive_search": False, "original_date": True})
    return {name: value[:_LONGEST] if isinstance(value := getattr(found, name, None), str) else None for name in _ABOUT}


_ABOUT = ("title", "sitename", "url")


def _body(tree: Any) -> str:
    for element in tree.xpath(_DROPPED):
        element.drop_tree()
    for element in tree.xpath("//font | //center[not(.//table)]"):
        element.drop_tag()
    for table in tree.xpath("//table"):
        if any(len(cell.text_content()) > _CELL for cell in table.xpath("./tr/td | ./tbody/tr/td")):
            for element in (table, *table.xpath("./tbody | ./tr | ./tbody/tr | ./tr/td | ./tbody/tr/td")):
                element.tag = "div"
    found = trafilatura.bare_extraction(
        tree, include_comments=False, include_tables=True, deduplicate=False, with_metadata=False, favor_recall=False
    )
    text = getattr(found, "text", None)
    return text if isinstance(text, str) else ""


def _title(tree: Any, found: str | None, outlet: str | None) -> str | None:
    """The page's own headline; of «headline | outlet» the headline."""
    given = one_line(found)
    for heading in tree.xpath("//h1"):
        text = one_line(heading.text_content()[:_LONGEST])
        if text and given and given.startswith(text) and len(text) > len(given) / 3:
            return text
    name = one_line(outlet)
    if given and name:
        for pair in _PAIRED.finditer(given):
            if given[pair.end() :] == name:
                return given[: pair.start()]
    return given


def _parted(title: str | None, body: str) -> tuple[str, str] | None:
    """The headline and the outlet of «outlet - headline», if the text begins with one of the two."""
    parts = _PAIRED.split(title[:_LONGEST]) if title else []
    first = one_line(body.lstrip().partition("\n")[0])
    if first and len(parts) == 2 and first in parts:
        return first, parts[1 - parts.index(first)]
    return None


def _address(tree: Any, url: str | None) -> str | None:
    for path in ("//link[@rel='canonical']/@href", "//meta[@property='og:url']/@content"):
        for value in tree.xpath(path):
            if address := _absolute(str(value), url):
                return address
    return url


def _absolute(value: str | None, base: str | None) -> str | None:
    """*value* as a full address of the web; ``None`` if it is none."""
    try:
        address = urljoin(base or "", (value or "").strip())
        parts = urlsplit(address)
    except ValueError:
        return None
    return address if parts.scheme in ("http", "https") and parts.hostname and len(address) <= 2_000 else None


def _host(address: str | None) -> str | None:
    host = urlsplit(address).hostname if address else None
    return host.removeprefix("www.") if host else None


def _published(tree: Any, text: str) -> str | None:
    """The day of publication in ISO 8601: as the page's data say, else as its address or its text does."""
    for path in _DATES:
        for value in tree.xpath(path)[:10]:
            if day := first_date(str(value)):
                return day.isoformat()
    for found in _PUBLISHED.finditer(text):
        if day := first_date(found[1]):
            return day.isoformat()
    for element in tree.xpath(_SHOWN_DATES)[:20]:
        shown = " ".join(element.text_content()[:200].split())
        if len(shown) <= 80 and (day := first_date(shown)):
            return day.isoformat()
    return None
