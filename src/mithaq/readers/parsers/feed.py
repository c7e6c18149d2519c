"""RSS 2.0, RSS 1.0 and Atom → their entries: the full content where a feed has it, else the summary."""

from __future__ import annotations

import html as entities
import re
from typing import Any
from urllib.parse import urljoin

from lxml import etree
from lxml import html as lxml_html

from mithaq.errors import InputError
from mithaq.readers.cleanup import clean, one_line
from mithaq.readers.encodings import decode_markup
from mithaq.readers.items import Made, Unmade
from mithaq.readers.parsers.dates import first_date

_DECLARED = re.compile(rb"""<\?xml[^>]{0,200}encoding\s*=\s*["']([\w.:-]{1,40})""")
_PROLOGUE = re.compile(r"^\s*(<\?xml[^>]*>)?", re.DOTALL)
_DOCTYPE = re.compile(r"<!DOCTYPE[^\[>]*", re.IGNORECASE)
_END_OF_DOCTYPE = re.compile(r"\]\s*>")
_ENTITY = re.compile(r"&([A-Za-z][A-Za-z0-9]{1,30});")
_AMPERSAND = re.compile(r"&(?!#?[A-Za-z0-9]{1,30};)")
_OF_XML = {"amp": "&#38;", "lt": "&#60;", "gt": "&#62;", "quot": "&#34;", "apos": "&#39;"}
_BLOCKS = frozenset(
    ("p", "div", "br", "li", "tr", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "section", "article", "table",
     "ul", "ol", "figure", "hr")
)  # fmt: skip
_HIDDEN = (
    "//script | //style | //iframe | //noscript | //figcaption | //form | //button | //svg | //comment() | "
    "//processing-instruction()"
)
_MARKUP = re.compile(r"<[a-zA-Z/!]|&(?:#\d+|#x[\da-fA-F]+|[a-zA-Z]+);")
_GLOBAL_ID = re.compile(r"(?:https?|tag|urn|oai):\S+$")
_CONTENT = ("encoded", "content", "description", "summary", "subtitle")
_CONTENT_WHOLE = ("encoded", "content")
_LONG = 700
"""A description with more characters than this is taken for the whole text; a summary is a sentence or three."""
_CUT = re.compile(r"(?:…|\.{3,}|[\[(](?:…|\.{3})[\])])\W*$")
_DATES = ("pubDate", "published", "issued", "date", "created", "updated", "modified")
_BASE = "{http://www.w3.org/XML/1998/namespace}base"


def parse(data: bytes, charset: str | None = None, url: str | None = None) -> list[Made | Unmade]:
    """The entries of a feed in its order; *charset* and *url* are what the server said."""
    return [_with_text(made) for made in entries(data, charset, url)]


def entries(data: bytes, charset: str | None = None, url: str | None = None) -> list[Made]:
    """The same, entries without a text too; raises :class:`~mithaq.errors.InputError` for a feed without entries."""
    declared = _DECLARED.search(data[:400])
    text = decode_markup(data, [charset, declared[1].decode("ascii") if declared else None])
    root = _root(text)
    outlet = one_line(_first(_channel(root), ("title",)))
    found = [e for e in root.iter() if _name(e) in ("item", "entry")]
    if not found:
        raise InputError("the feed has no entries", "give the address of the feed itself")
    return [_entry(entry, number, outlet, url) for number, entry in enumerate(found, 1)]


def _with_text(made: Made) -> Made | Unmade:
    if made.text:
        return made
    return Unmade(made.part, "the entry has no text", "its page may have: give that")


def _entry(entry: Any, number: int, outlet: str | None, url: str | None) -> Made:
    fields = _fields(entry)
    title = one_line(_plain(_first(entry, ("title",)) or ""))
    bodies = [(clean(_plain(_content(e)), title), name) for name in _CONTENT for e in fields.get(name, ())]
    body, kind = max(bodies, key=lambda found: len(found[0]), default=("", ""))
    own = (_first(entry, ("guid", "id")) or "").strip()
    own = own if _GLOBAL_ID.match(own) else ""
    link = _link(entry, fields, url) or (own if own.startswith("http") else None)
    days = (first_date((e.text or "").strip()) for name in _DATES for e in fields.get(name, ()))
    published = next(filter(None, days), None)
    source = one_line(_first(entry, ("source",)))
    whole = bool(body) and (kind in _CONTENT_WHOLE or len(body) > _LONG) and not _CUT.search(body[-40:])
    return Made(
        body, own or None, title, source or outlet, link, published.isoformat() if published else None,
        f"entry {number}", whole=whole,
    )  # fmt: skip


def _root(text: str) -> Any:
    """The tree of a feed that need not be well-formed. Its own entities are not expanded, so none can multiply.

    Those of HTML are replaced here, and those of XML by numbers: behind a first error the parser would drop them.
    """
    text = _without_doctype(_PROLOGUE.sub("", text.replace("\0", ""), count=1))
    text = _ENTITY.sub(lambda e: _OF_XML.get(e[1]) or entities.unescape(e[0]), _AMPERSAND.sub("&#38;", text))
    parser = etree.XMLParser(recover=True, resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(text.encode("utf-8", "replace"), parser)
    except etree.XMLSyntaxError as error:
        raise InputError(f"no feed can be made of it: {error}"[:160], "fetch it again") from error
    if root is None:
        raise InputError("no feed can be made of it", "fetch it again")
    return root


def _without_doctype(text: str) -> str:
    found = _DOCTYPE.search(text)
    if not found:
        return text
    end = _END_OF_DOCTYPE.search(text, found.end()) if text[found.end() : found.end() + 1] == "[" else None
    return text[: found.start()] + text[end.end() if end else found.end() + 1 :]


def _channel(root: Any) -> Any:
    return next((e for e in root if _name(e) == "channel"), root)


def _name(element: Any) -> str:
    """The name without its namespace; empty for comments."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _fields(entry: Any) -> dict[str, list[Any]]:
    fields: dict[str, list[Any]] = {}
    for element in entry:
        if _name(element):
            fields.setdefault(_name(element), []).append(element)
    return fields


def _first(parent: Any, names: tuple[str, ...]) -> str | None:
    for element in parent:
        if _name(element) in names:
            own = next((e for e in element if _name(e) == "title"), element)  # Atom's <source> holds a feed
            return "".join(own.itertext())
    return None


def _content(element: Any) -> str:
    """What an element holds; XHTML inside it as markup."""
    if len(element):
        return str(etree.tostring(element, encoding="unicode", with_tail=False))
    return str(element.text or "")


def _link(entry: Any, fields: dict[str, list[Any]], url: str | None) -> str | None:
    """The address of an entry's page; one that is relative counts from ``xml:base``, or from the feed's own *url*."""
    for element in fields.get("link", ()):
        if element.get("rel", "alternate") != "alternate":
            continue
        address = (element.get("href") or element.text or "").strip()
        if address and not address.startswith(("http://", "https://")):
            bases = [e.get(_BASE) for e in (element, *element.iterancestors())]
            for base in (*filter(None, bases), url or ""):
                address = _joined(base, address)
        if address.startswith(("http://", "https://")):
            return address
    return None


def _joined(base: str, address: str) -> str:
    try:
        return urljoin(base, address)
    except ValueError:
        return address


def _plain(markup: str) -> str:
    """The text of a piece of HTML, one paragraph a line."""
    if not _MARKUP.search(markup):
        return markup
    try:
        root = lxml_html.fragment_fromstring(markup.replace("\0", ""), create_parent="div")
    except (etree.ParserError, ValueError, AssertionError):
        return ""
    for hidden in root.xpath(_HIDDEN):
        hidden.drop_tree()
    pieces: list[str] = []
    for event, element in etree.iterwalk(root, events=("start", "end")):
        pieces.append("\n" if element.tag in _BLOCKS else "")
        inside = element.text if event == "start" else element.tail
        pieces.append((inside or "").replace("\n", " "))
    return "".join(pieces)
