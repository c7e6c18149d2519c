"""Bytes → text. UTF-8 unless a byte order mark or the bytes themselves say otherwise; what is declared comes last."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from mithaq.errors import InputError
from mithaq.lexicon.tables import load_toml_raw

UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
SINGLE_BYTE = ("cp1256", "iso8859_6", "mac_arabic")
"""The encodings of one byte a character that Arabic was written in, the most frequent first."""
_HINT = "save it as UTF-8"
_SAMPLE = 20_000
_MARKUP_SAMPLE = 1_000_000
_ASCII_LETTERS = re.compile(rb"[A-Za-z]+")
_CONTROL = bytes(set(range(32)) - set(b"\t\n\v\f\r"))
_LONG = 50
_WORD = re.compile(r"[^\W\d_]+")


def is_arabic_letter(character: str) -> bool:
    """Whether *character* is one of the letters of Arabic (hamza to yeh)."""
    return "\u0621" <= character <= "\u063a" or "\u0641" <= character <= "\u064a"


def decode_utf8(data: bytes) -> str:
    """The text of *data*; raises :class:`~mithaq.errors.InputError` naming line, column and byte of what is invalid."""
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        before = data[: error.start]
        line = before.count(b"\n") + 1
        column = len(before[before.rfind(b"\n") + 1 :].decode("utf-8", "replace")) + 1
        where = f"column {column}" if line == 1 else f"line {line}, column {column}"
        raise InputError(
            f"not valid UTF-8: byte 0x{data[error.start]:02x} at {where} (byte {error.start + 1})", _HINT
        ) from None


def decode(data: bytes) -> str:
    """The text of a whole file; raises :class:`~mithaq.errors.InputError`.

    A byte order mark decides; without one UTF-8 is tried, then UTF-16, then the single-byte encodings of Arabic, of
    which the one with the most Arabic words wins.
    """
    if data.startswith(codecs.BOM_UTF8):
        return decode_utf8(data[len(codecs.BOM_UTF8) :])
    if data.startswith(UTF_16):
        try:
            return data.decode("utf-16")
        except UnicodeDecodeError as error:
            raise InputError(f"not valid UTF-16 at byte {error.start + 1}, though its mark says so", _HINT) from None
    if encoding := _unmarked_utf16(data):
        return data.decode(encoding)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return _decode_other(data)


def decode_markup(data: bytes, declared: Iterable[str | None] = ()) -> str:
    """The text of HTML or XML, which may hold wrong bytes and *declare* the wrong encoding; never raises.

    A mark or valid UTF-8 goes before what is declared: pages that were moved to UTF-8 keep their old declarations.
    Next come the encodings of Arabic, if the result is Arabic, the declared ones first. The rest is read as UTF-8
    with U+FFFD for what is wrong, or as the first declaration says.
    """
    try:
        return decode(data)
    except InputError:
        pass
    known = [name for name in map(_codec_name, declared) if name]
    if _mostly_utf8(data):
        return data.decode("utf-8", "replace")
    if encoding := best_single_byte(_ASCII_LETTERS.sub(b" ", data[:_MARKUP_SAMPLE]), known):
        return data.decode(encoding, "replace")
    return data.decode(known[0] if known else "utf-8", "replace")


def sample_encoding(sample: bytes) -> str:
    """The encoding of a stream by its first bytes, for ``io.TextIOWrapper``; UTF-8 unless they say otherwise."""
    if sample.startswith(UTF_16):
        return "utf-16"
    if encoding := _unmarked_utf16(sample[: len(sample) // 2 * 2]):
        return encoding
    if _mostly_utf8(sample):
        return "utf-8-sig"
    return best_single_byte(sample) or "utf-8-sig"


def best_single_byte(data: bytes, first: Iterable[str] = ()) -> str | None:
    """The single-byte encoding in which *data* has the most Arabic words; ``None`` if it is not Arabic in any.

    Where two are equally good, those in *first* win, else the more frequent one.
    """
    order = [name for name in first if name in SINGLE_BYTE]
    order += [name for name in SINGLE_BYTE if name not in order]
    scores = {name: _arabic_share(data[:_SAMPLE].decode(name, "replace"), name == "cp1256") for name in order}
    best = max(order, key=lambda name: scores[name])
    return best if scores[best] > 0 else None


def _decode_other(data: bytes) -> str:
    if _mostly_utf8(data):
        return decode_utf8(data)  # UTF-8 with a few wrong bytes: windows-1256 would make letters, but nonsense, of it
    if len(data.translate(None, _CONTROL)) < len(data):
        raise InputError("binary, not text", "docs/inputs.md lists the formats that are read")
    encoding = best_single_byte(data)
    if encoding is None:
        raise InputError("neither UTF-8 nor Arabic in windows-1256, ISO-8859-6 or MacArabic", _HINT)
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        name = {"cp1256": "windows-1256", "iso8859_6": "ISO-8859-6", "mac_arabic": "MacArabic"}[encoding]
        raise InputError(f"looks like {name}, but byte {error.start + 1} is none of it", _HINT) from None


def _mostly_utf8(data: bytes) -> bool:
    # Not final: a sample may end within a character.
    mended = codecs.getincrementaldecoder("utf-8")("replace").decode(data)
    wrong = mended.count("\ufffd")
    return not wrong or sum(map(is_arabic_letter, mended)) > wrong


def _unmarked_utf16(data: bytes) -> str | None:
    """UTF-16 without a mark: every second byte is that of the Arabic or the Latin block."""
    if len(data) < 2 or len(data) % 2:
        return None
    sample = data[:_SAMPLE]
    for encoding, high in (("utf-16-le", sample[1::2]), ("utf-16-be", sample[::2])):
        known = sum(map(high.count, _HIGH_BYTES))
        if high.count(0x06) and known >= 0.9 * len(high):
            try:
                data.decode(encoding)
            except UnicodeDecodeError:
                return None
            return encoding
    return None


_HIGH_BYTES = (0x00, 0x06, 0x20, 0xFE, 0xFB)
"""Latin, Arabic, general punctuation, presentation forms."""


def _arabic_share(text: str, likely: bool) -> float:
    """How much of a text reads as Arabic: its frequent words and articles, less what no Arabic text holds; 0 to 1.

    A short text may hold no frequent word: in a *likely* encoding it is Arabic if most of its letters are.
    """
    letters = [c for c in text if c.isalpha()]
    if not letters or 2 * sum(map(is_arabic_letter, letters)) <= len(letters):
        return 0.0
    words = _WORD.findall(text)
    known, article = _frequent()
    good = sum(w in known or (len(w) > len(article) + 1 and w.startswith(article)) for w in words)
    if not good:
        return 0.001 if likely and len(words) < _LONG else 0.0
    mixed = sum(any(map(is_arabic_letter, w)) and not all(map(_of_arabic, w)) for w in words)
    wrong = text.count("\ufffd")
    unlikely = text.count("\xa0") > text.count(" ")  # MacArabic has two spaces; the other encodings read one as this
    share: float = (good - 2 * mixed - 2 * wrong - unlikely) / len(words)
    return max(0.001 * likely, share)


def _of_arabic(character: str) -> bool:
    return "\u0600" <= character <= "\u06ff"


def _codec_name(declared: str | None) -> str | None:
    """Python's name of an encoding that a page declares; ``None`` for what is none of the web's, e.g. ``utf-7``."""
    try:
        name = codecs.lookup(declared.strip()).name.replace("-", "_") if declared else ""
    except (LookupError, ValueError):
        return None
    return name if name.startswith(_OF_THE_WEB) and name != "utf_7" else None


_OF_THE_WEB = ("cp", "iso8859", "latin", "ascii", "mac", "utf", "koi8", "gb", "big5", "euc", "shift_jis")


@lru_cache
def _frequent() -> tuple[frozenset[str], str]:
    data: dict[str, Any] = load_toml_raw("encodings.toml")
    return frozenset(data["frequent"]), data["article"]
