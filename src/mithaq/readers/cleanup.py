"""Texts that a reader makes (pages, feeds, PDF, DOCX) without what is no part of the report.

A text that is given (plain text, JSON, tables) is never cleaned: its offsets are the user's. What comes out is in
``data/cleanup.toml``; paragraphs stay lines.
"""

from __future__ import annotations

import html
import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

from mithaq.lexicon.keys import fold
from mithaq.lexicon.tables import load_toml

_UNSEEN = dict.fromkeys(
    [0, 0xAD, 0x200B, *range(0x200D, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x206A), 0xFEFF]
)
_PRESENTATION = re.compile("[\ufb50-\ufdfb\ufdfd-\ufdff\ufe70-\ufefc]+")
_SPACES = re.compile(r"[^\S\n]+")
_NEWLINES = re.compile(r"\r\n?|[\v\f\x1c-\x1e\x85\u2028\u2029]")
_TOKEN = re.compile(r"[^\W_]+")
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+", re.ASCII | re.IGNORECASE)
_ADDRESS_WORDS = 4
_BEFORE_SIGNATURE = re.compile(r"(?<=[.!?؟»\"”])|(?=[(/\[#])|(?<= )(?=[-–—] )")
_SIGNATURE = 45
_LAST = 3


def clean(text: str, title: str | None = None) -> str:
    """*text* without boilerplate lines, repeated headline and agency signature; one paragraph a line.

    The result is empty if nothing else is in it.
    """
    lines = [line for line in map(str.strip, tidy(text).split("\n")) if line]
    lines = [line for line in lines if not _is_boilerplate(line)]
    if title:
        key = _key(tidy(title))
        for _ in range(2):  # as the page's heading, and as the first line of the text
            if lines and _key(lines[0]) == key:
                del lines[0]
    return "\n".join(_unsigned(lines))


def tidy(text: str) -> str:
    """*text* with its characters as plain text has them: entities that were encoded twice, presentation forms,
    invisible marks and the many kinds of spaces and line ends."""
    text = html.unescape(text).translate(_UNSEEN)
    text = _PRESENTATION.sub(lambda found: unicodedata.normalize("NFKC", found[0]), text)
    return _SPACES.sub(" ", _NEWLINES.sub("\n", text))


def one_line(text: str | None) -> str | None:
    """A title or name on one line; ``None`` if nothing is in it."""
    return " ".join(tidy(text).split()) or None if text else None


def _is_boilerplate(line: str) -> bool:
    rules = _rules()
    without = _ADDRESS.sub(" ", line)
    key = _key(without)
    if without != line and len(key) <= _ADDRESS_WORDS:
        return True
    if not key:
        return True
    if all(word in rules.only or word.isdecimal() for word in key):
        return not all(map(str.isdecimal, key))
    if len(key) <= rules.start_words and any(key[: len(start)] == start for start in rules.starts):
        return True
    return len(key) <= rules.phrase_words and any(_holds(key, phrase) for phrase in rules.phrases)


def _unsigned(lines: list[str]) -> list[str]:
    """*lines* without what agencies sign with at the end: lines of their own, or words behind the last full stop."""
    lines = list(lines)
    for _ in range(_LAST):
        if len(lines) > 1 and _is_signature(lines[-1]):
            del lines[-1]
    if lines:
        line = lines[-1]
        for found in _BEFORE_SIGNATURE.finditer(line, max(len(line) - _SIGNATURE, 1)):
            if _is_signature(line[found.start() :]):
                lines[-1] = line[: found.start()].rstrip()
                break
    return lines


def _is_signature(text: str) -> bool:
    """Whether a text is made of agencies' names and marks alone, e.g. ``"(أ ف ب، رويترز)"``."""
    rest = _key(text)
    if not rest:
        return False
    while rest:
        found = next((a for a in _rules().agencies if rest[: len(a)] == a), None)
        if found is None and not (rest[0] == "و" and len(rest) > 1):
            return False
        rest = rest[len(found) if found else 1 :]
    return True


def _key(text: str) -> tuple[str, ...]:
    return tuple(_TOKEN.findall(fold(text)))


def _holds(key: tuple[str, ...], phrase: tuple[str, ...]) -> bool:
    return any(key[i : i + len(phrase)] == phrase for i in range(len(key) - len(phrase) + 1))


class _Rules(NamedTuple):
    starts: tuple[tuple[str, ...], ...]
    start_words: int
    phrases: tuple[tuple[str, ...], ...]
    phrase_words: int
    only: frozenset[str]
    agencies: tuple[tuple[str, ...], ...]
    """The longest first."""


@lru_cache
def _rules() -> _Rules:
    data = load_toml("cleanup.toml", {"words": int, "values": list})
    agencies = sorted({_key(a) for a in data["agencies"]["values"]}, key=len, reverse=True)
    return _Rules(
        tuple({_key(v) for v in data["starts"]["values"]}),
        data["starts"]["words"],
        tuple({_key(v) for v in data["phrases"]["values"]}),
        data["phrases"]["words"],
        frozenset(word for v in data["only"]["values"] for word in _key(v)),
        tuple(agencies),
    )
