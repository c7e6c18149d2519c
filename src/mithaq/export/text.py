"""Words of reports made safe for forms that cannot hold every character."""

from __future__ import annotations

import re

# What XML 1.0 or iCalendar forbid: control characters except tab and line feed, and two non-characters.
_FORBIDDEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ufffe\uffff]")
_LONE = re.compile(r"[\ud800-\udfff]")
_FORMULA = tuple("=+-@\t＝＋－＠")


def printable(text: str) -> str:
    """*text* with each forbidden control character as a space and each half of a surrogate pair as U+FFFD.

    ``\\r\\n`` becomes one line feed; all else keeps its length. Marks and direction marks stay.
    """
    text = _LONE.sub("\ufffd", text.replace("\r\n", "\n"))
    return _FORBIDDEN.sub(" ", text)


def one_line(text: str) -> str:
    """:func:`printable` text with every run of white space as one space."""
    return " ".join(printable(text).split())


def no_formula(text: str) -> str:
    """*text* such that no spreadsheet takes it for a formula: an apostrophe goes before ``= + - @`` (OWASP).

    Full-width forms of the four count, as do a leading tab and the signs after leading white space.
    """
    return f"'{text}" if text.startswith("\t") or text.lstrip().startswith(_FORMULA) else text
