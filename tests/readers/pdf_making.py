"""PDFs as different producers draw Arabic. No font is embedded: what a glyph means and how wide it is needs none."""

from __future__ import annotations

import re
import unicodedata
import zlib
from itertools import pairwise

_LIGATURES = ("لا", "لأ", "لإ", "لآ")
_RUN = re.compile(r"[A-Za-z](?:[A-Za-z0-9 .-]*[A-Za-z0-9])?|[0-9]+(?:[.,:/][0-9]+)*")
_MIRRORED = str.maketrans("()[]«»", ")(][»«")
_RIGHT = 550
WIDTH = 0.5


def glyphs_of(text: str, mirrored: bool = True) -> list[str]:
    """The glyphs of a line as they stand from left to right, each with what it means; lam-alef is one glyph."""
    seen: list[str] = []
    at = 0
    while at < len(text):
        run = _RUN.match(text, at)
        if run:
            seen[:0] = list(run[0])
            at = run.end()
        else:
            length = 2 if text[at : at + 2] in _LIGATURES else 1
            unit = text[at : at + length]
            seen.insert(0, unit.translate(_MIRRORED) if mirrored else unit)
            at += length
    return seen


def pdf(pages: list[list[str]], order: str = "visual", forms: bool = False, packed: bool = True) -> bytes:
    """A PDF with these lines on its pages.

    *order*: ``"visual"`` draws each line from left to right, ``"logical"`` glyph by glyph in the order of reading,
    ``"words"`` word by word from the right, ``"backwards"`` as programs that know no Arabic. *forms*: glyphs mean
    presentation forms. *packed*: the content is compressed.
    """
    drawn = [line for page in pages for line in page]
    meanings = sorted({g for line in drawn for g in glyphs_of(line)} | set("".join(drawn)))
    codes = {meaning: number for number, meaning in enumerate(meanings, 1)}
    contents = [_content(lines, codes, order) for lines in pages]
    objects: dict[int, bytes] = {
        1: b"<< /Type /Catalog /Pages 2 0 R >>",
        3: b"<< /Type /Font /Subtype /Type0 /BaseFont /Naskh /Encoding /Identity-H /DescendantFonts [4 0 R] "
        b"/ToUnicode 5 0 R >>",
        4: b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Naskh /DW %d /CIDSystemInfo << /Registry (Adobe) "
        b"/Ordering (Identity) /Supplement 0 >> /FontDescriptor 6 0 R >>" % (WIDTH * 1000),
        5: stream(_to_unicode(codes, forms).encode(), packed),
        6: b"<< /Type /FontDescriptor /FontName /Naskh /Flags 4 /FontBBox [0 -200 1000 800] /Ascent 800 "
        b"/Descent -200 >>",
        7: b"<< /Title " + _string("Microsoft Word - Document1") + b" >>",
    }
    kids = []
    for number, content in enumerate(contents):
        page = 10 + 2 * number
        kids.append(b"%d 0 R" % page)
        objects[page] = (
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents %d 0 R "
            b"/Resources << /Font << /F 3 0 R >> >> >>" % (page + 1)
        )
        objects[page + 1] = stream(content, packed)
    objects[2] = b"<< /Type /Pages /Kids [" + b" ".join(kids) + b"] /Count %d >>" % len(kids)
    return written(objects)


def scanned(pages: int = 1) -> bytes:
    """A PDF of pictures."""
    picture = (
        b"<< /Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8 /Length 1 >>"
    )
    objects = {1: b"<< /Type /Catalog /Pages 2 0 R >>", 3: picture + b"\nstream\n\x80\nendstream"}
    kids = b" ".join(b"%d 0 R" % (10 + 2 * n) for n in range(pages))
    objects[2] = b"<< /Type /Pages /Kids [" + kids + b"] /Count %d >>" % pages
    for n in range(pages):
        objects[10 + 2 * n] = (
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents %d 0 R "
            b"/Resources << /XObject << /I 3 0 R >> >> >>" % (11 + 2 * n)
        )
        objects[11 + 2 * n] = stream(b"q 500 0 0 700 20 20 cm /I Do Q")
    return written(objects)


def stream(data: bytes, packed: bool = True) -> bytes:
    """A stream object."""
    if packed:
        data = zlib.compress(data)
    filter = b" /Filter /FlateDecode" if packed else b""
    return b"<< /Length %d%s >>\nstream\n%s\nendstream" % (len(data), filter, data)


def written(objects: dict[int, bytes]) -> bytes:
    """A file of numbered objects with its table of their places."""
    out = bytearray(b"%PDF-1.5\n%\xe2\xe3\xcf\xd3\n")
    places = {}
    for number, body in sorted(objects.items()):
        places[number] = len(out)
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    last = max(objects)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (last + 1)
    for number in range(1, last + 1):
        out += b"%010d 00000 %c \n" % (places.get(number, 0), b"n" if number in places else b"f")
    info = b" /Info 7 0 R" if 7 in objects else b""
    out += b"trailer << /Size %d /Root 1 0 R%s >>\nstartxref\n%d\n%%%%EOF\n" % (last + 1, info, start)
    return bytes(out)


def _content(lines: list[str], codes: dict[str, int], order: str) -> bytes:
    out = [b"BT"]
    for number, line in enumerate(lines):
        size = 18 if line.startswith("#") else 12
        line = line.removeprefix("#")
        y = 800 - 20 * number
        seen = list(line) if order == "backwards" else glyphs_of(line)
        step = WIDTH * size
        left = _RIGHT - step * len(seen)
        placed = [(left + i * step, _hex([g], codes)) for i, g in enumerate(seen)]
        out.append(b"/F %d Tf" % size)
        if order == "logical":
            out += [b"1 0 0 1 %.2f %d Tm %s Tj" % (x, y, code) for x, code in reversed(placed)]
        elif order == "words":
            cuts = [0, *(i for i, g in enumerate(seen) if g == " "), len(seen)]
            for a, b in reversed(list(pairwise(cuts))):
                out.append(b"1 0 0 1 %.2f %d Tm %s Tj" % (left + a * step, y, _hex(seen[a:b], codes)))
        else:
            out.append(b"1 0 0 1 %.2f %d Tm %s Tj" % (left, y, _hex(seen, codes)))
    return b"\n".join([*out, b"ET"])


def _hex(glyphs: list[str], codes: dict[str, int]) -> bytes:
    return b"<" + b"".join(b"%04x" % codes[g] for g in glyphs) + b">"


def _to_unicode(codes: dict[str, int], forms: bool) -> str:
    pairs = "\n".join(f"<{code:04x}> <{_form(m, forms).encode('utf-16-be').hex()}>" for m, code in codes.items())
    return (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /A def /CMapType 2 def\n"
        f"1 begincodespacerange <0000> <ffff> endcodespacerange\n{len(codes)} beginbfchar\n{pairs}\nendbfchar\n"
        "endcmap end end"
    )


def _form(meaning: str, forms: bool) -> str:
    """The presentation form of a letter or ligature, as old producers name their glyphs."""
    if not forms:
        return meaning
    for code in (*range(0xFEFC, 0xFE7F, -1), *range(0xFBFF, 0xFB4F, -1)):
        if unicodedata.normalize("NFKC", chr(code)) == meaning:
            return chr(code)
    return meaning


def _string(text: str) -> bytes:
    return b"<" + (b"\xfe\xff" + text.encode("utf-16-be")).hex().encode() + b">"
