"""DOCX (ECMA-376) → its text: paragraphs and the rows of its tables, one a line; the title of its properties."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from typing import Any

from lxml import etree

from mithaq.errors import InputError
from mithaq.readers.cleanup import clean, one_line
from mithaq.readers.items import Made, Unmade
from mithaq.readers.limits import FREE_EXPANSION

_MAIN = "word/document.xml"
_PROPERTIES = "docProps/core.xml"
_TITLE = "{http://purl.org/dc/elements/1.1/}title"
_TITLE_STYLES = ("Title", "Heading1", "1")
_BETWEEN_CELLS = "\t"
# What was deleted, notes, the other form of a drawing, codes of fields.
_HIDDEN = frozenset(("del", "moveFrom", "Fallback", "instrText", "delText", "footnoteReference", "pict", "drawing"))


def parse(data: bytes) -> list[Made | Unmade]:
    """The one report of a document."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = archive.namelist()
            if _MAIN not in names:
                kind = "a table" if any(n.startswith("xl/") for n in names) else "a package"
                raise InputError(f"{kind} of Office, not a Word document", "save it as DOCX or CSV")
            body = _tree(archive, _MAIN)
            about = _tree(archive, _PROPERTIES) if _PROPERTIES in names else None
    except InputError:
        raise
    except Exception as error:  # zipfile raises nearly everything over bytes that it did not expect
        raise InputError(f"its DOCX data is damaged: {error!s:.200}", "save it again") from error
    title = one_line(about.findtext(_TITLE)) if about is not None else None
    first = next((p for p in body.iter() if _name(p) == "p" and _text(p).strip()), None)
    if title is None and first is not None and _style(first) in _TITLE_STYLES:
        title = one_line(_text(first))
    text = clean("\n".join(_lines(body)), title)
    if not text:
        raise InputError("the document holds no text", "if it holds pictures of text, run OCR on them")
    return [Made(text, title=title)]


def _tree(archive: zipfile.ZipFile, name: str) -> Any:
    with archive.open(name) as part:
        data = part.read(FREE_EXPANSION + 1)
    if len(data) > FREE_EXPANSION:
        raise InputError(f"its {name} unpacks to over {FREE_EXPANSION // 1_000_000} MB", "a decompression bomb?")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise InputError(f"its {name} is not valid XML: {error!s:.160}", "save it again") from error
    if root.getroottree().docinfo.doctype:
        raise InputError(f"its {name} declares a document type, which no DOCX has", "who made this document?")
    return root


def _lines(parent: Any) -> Iterator[str]:
    """The paragraphs in their order, and one line for each row of a table."""
    stack = [iter(parent)]
    while stack:
        element = next(stack[-1], None)
        if element is None:
            stack.pop()
        elif _name(element) == "p":
            yield _text(element)
        elif _name(element) == "tr":
            cells = (" ".join(_text(cell).split()) for cell in element if _name(cell) == "tc")
            yield _BETWEEN_CELLS.join(filter(None, cells))
        elif _name(element) not in _HIDDEN:
            stack.append(iter(element))


def _text(element: Any) -> str:
    """What is shown of a paragraph or cell; its own text is only in ``w:t``."""
    pieces: list[str] = []
    stack = [iter((element,))]
    while stack:
        child = next(stack[-1], None)
        if child is None:
            stack.pop()
            continue
        name = _name(child)
        if name in _HIDDEN:
            continue
        if name == "t":
            pieces.append(child.text or "")
        elif name in ("tab", "br", "cr", "noBreakHyphen"):
            pieces.append({"tab": "\t", "noBreakHyphen": "-"}.get(name, "\n"))
        elif name == "p" and pieces:
            pieces.append("\n")
        stack.append(iter(child))
    return "".join(pieces)


def _style(paragraph: Any) -> str | None:
    for element in paragraph.iter():
        if _name(element) == "pStyle":
            return next((value for key, value in element.items() if key.endswith("}val")), None)
    return None


def _name(element: Any) -> str:
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""
