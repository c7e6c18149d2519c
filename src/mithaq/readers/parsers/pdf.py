"""PDF → its text in reading order, from where its glyphs stand on the page.

The order in which a PDF draws its glyphs is no guide: some producers draw Arabic from left to right, some in the order
of reading, some word by word. What is seen is the same, so the text is read off the page: glyphs are put into lines,
lines into columns (``parsers/layout.py``), and each line from its visual into its logical order (``parsers/bidi.py``).
"""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

from pdfminer.converter import PDFPageAggregator
from pdfminer.layout import LTChar, LTContainer, LTImage, LTItem
from pdfminer.pdfdocument import PDFDocument, PDFPasswordIncorrect
from pdfminer.pdfexceptions import PDFException
from pdfminer.pdfinterp import PDFPageInterpreter, PDFResourceManager
from pdfminer.pdfpage import PDFPage
from pdfminer.pdfparser import PDFParser
from pdfminer.psexceptions import PSException
from pdfminer.utils import decode_text

from mithaq.errors import InputError
from mithaq.readers.cleanup import clean, one_line
from mithaq.readers.encodings import is_arabic_letter
from mithaq.readers.items import Made, Unmade
from mithaq.readers.limits import MAX_PAGES
from mithaq.readers.parsers.layout import Glyph, Paragraph, paragraphs

_UNMAPPED = re.compile(r"\(cid:\d+\)")
_OCR = "run OCR on it, e.g. ocrmypdf -l ara, and give the result"
_DIGITS = re.compile(r"[\d\s/\\|.-]+")
_REPEATED = 3
_LARGER = 1.2
_TITLE_WORDS = 40


def parse(data: bytes) -> list[Made | Unmade]:
    """The one report of a document, and its pages that have no text layer."""
    try:
        document = PDFDocument(PDFParser(io.BytesIO(data)), caching=False)
    except PDFPasswordIncorrect as error:
        raise InputError("it is encrypted", "save it without a password") from error
    except (PSException, PDFException) as error:
        raise InputError(f"its PDF data is damaged: {error!s:.160}", "save it again") from error
    pages: list[list[Paragraph]] = []
    scanned: list[int] = []
    for number, page in enumerate(PDFPage.create_pages(document), 1):
        if number > MAX_PAGES:
            raise InputError(f"over {MAX_PAGES} pages", "split it into its reports")
        glyphs, unread = _glyphs(page)
        pages.append(paragraphs(glyphs))
        if unread and not glyphs:
            scanned.append(number)
    if not pages:
        raise InputError("its PDF data is damaged: it has no pages", "save it again")
    if not any(pages):
        raise InputError("no page has a text layer", _OCR) if scanned else InputError("its pages are empty")
    kept = _without_running_heads(pages)
    title = _title(document, kept)
    found: list[Made | Unmade] = [Made(clean("\n".join(p.text for p in kept), title), title=title)]
    if scanned:
        numbers = ", ".join(map(str, scanned))
        found.append(Unmade(f"page{'s' * (len(scanned) > 1)} {numbers}", "no text layer", _OCR))
    return found


def _glyphs(page: Any) -> tuple[list[Glyph], bool]:
    """The glyphs of a page that have a meaning, and whether something else is on it that may be text."""
    manager = PDFResourceManager(caching=False)
    device = PDFPageAggregator(manager)
    PDFPageInterpreter(manager, device).process_page(page)
    glyphs: list[Glyph] = []
    unread = False
    for item in _items(device.get_result()):
        if isinstance(item, LTChar):
            text = item.get_text()
            if _UNMAPPED.fullmatch(text):
                unread = True
            elif item.upright and item.size > 0:
                glyphs.append(Glyph(text, item.x0, item.x1, item.matrix[5], item.size))
        elif isinstance(item, LTImage):
            unread = True
    if len(glyphs) < _REPEATED and unread:  # a stamp or a page number on a scan
        glyphs = []
    return glyphs, unread


def _items(container: LTContainer[Any]) -> Iterator[LTItem]:
    """What is on a page, figures opened."""
    stack = [iter(container)]
    while stack:
        item = next(stack[-1], None)
        if item is None:
            stack.pop()
        elif isinstance(item, LTContainer):
            stack.append(iter(item))
        else:
            yield item


def _without_running_heads(pages: list[list[Paragraph]]) -> list[Paragraph]:
    """The paragraphs of all pages without page numbers, and without what stands at the edge of several pages."""
    edges = Counter(_shape(p.text) for page in pages for p in {page[0], page[-1]} if page) if pages else Counter()
    kept: list[Paragraph] = []
    for page in pages:
        for i, paragraph in enumerate(page):
            edge = i in (0, len(page) - 1)
            shape = _shape(paragraph.text)
            if not edge or (shape and edges[shape] < _REPEATED):
                kept.append(paragraph)
    return kept


def _shape(text: str) -> str:
    return _DIGITS.sub("", text)


def _title(document: PDFDocument, found: list[Paragraph]) -> str | None:
    """The title of the document's properties if it is Arabic, else what stands at its head in larger type."""
    for about in document.info:
        value = about.get("Title")
        title = one_line(decode_text(value)) if isinstance(value, bytes) else None
        if title and any(map(is_arabic_letter, title)):
            return title
    sizes = Counter[float]()
    for paragraph in found:
        sizes[round(paragraph.size, 1)] += len(paragraph.text)
    body = sizes.most_common(1)[0][0] if sizes else 0.0
    head = [p for p in found[:_REPEATED] if p.size >= _LARGER * body and len(p.text.split()) <= _TITLE_WORDS]
    return one_line(max(head, key=lambda p: p.size).text) if head else None
