"""Bytes → text. UTF-8 unless a byte order mark or the bytes themselves say otherwise."""

from __future__ import annotations

import codecs

from mithaq.errors import InputError

UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_WHITE = frozenset("\t\n\v\f\r")
_HINT = "save it as UTF-8"


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

    A byte order mark decides; without one UTF-8 is tried, then windows-1256, which counts only if the result is Arabic.
    """
    if data.startswith(codecs.BOM_UTF8):
        return decode_utf8(data[len(codecs.BOM_UTF8) :])
    if data.startswith(UTF_16):
        try:
            return data.decode("utf-16")
        except UnicodeDecodeError as error:
            raise InputError(f"not valid UTF-16 at byte {error.start + 1}, though its mark says so", _HINT) from None
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return _decode_other(data)


def _decode_other(data: bytes) -> str:
    mended = data.decode("utf-8", "replace")
    if sum(map(is_arabic_letter, mended)) > mended.count("\ufffd"):
        return decode_utf8(data)  # UTF-8 with a few wrong bytes: windows-1256 would make letters, but nonsense, of it
    text = data.decode("cp1256")
    if any(c < " " and c not in _WHITE for c in text):
        raise InputError("binary, not text", "give plain text (.txt) or JSON Lines (.jsonl, .jsonl.gz)")
    letters = [c for c in text if c.isalpha()]
    if 2 * sum(map(is_arabic_letter, letters)) <= len(letters):
        raise InputError("neither UTF-8 nor Arabic in windows-1256", _HINT)
    return text
