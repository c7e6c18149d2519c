"""The documentation's pages: their blocks of code, links and headings."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[2]
PAGES = tuple(
    path.relative_to(ROOT).as_posix()
    for path in [*sorted(ROOT.glob("*.md")), ROOT / "corpus" / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
)
"""Every page, by its path in the repository."""

_FENCE = re.compile(r"^(?P<indent> *)```(?P<language>\w*)\n(?P<text>.*?)^(?P=indent)```$", re.MULTILINE | re.DOTALL)
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_HEADING = re.compile(r"^#{1,6} (.+)$", re.MULTILINE)
_LINK = re.compile(r"\]\(([^()\s]+)\)")
_INLINE = re.compile(r"`([^`\n]+)`")


class Block(NamedTuple):
    """A fenced block: its page, the line after the fence, its language, its text, and the comment right before it."""

    page: str
    line: int
    language: str
    text: str
    name: str


@cache
def text_of(page: str) -> str:
    """What a page says."""
    return (ROOT / page).read_text("utf-8")


def blocks(page: str) -> Iterator[Block]:
    """The fenced blocks of a page."""
    text = text_of(page)
    for found in _FENCE.finditer(text):
        before = text[: found.start()]
        named = re.search(r"<!-- ([^\n]*) -->\n$", before)
        yield Block(page, before.count("\n") + 2, found["language"], found["text"], named[1] if named else "")


def prose(page: str) -> str:
    """A page without its blocks and comments; lines keep their numbers."""
    return _COMMENT.sub(_blank, _FENCE.sub(_blank, text_of(page)))


def links(page: str) -> list[str]:
    """Where the links and pictures of a page lead."""
    return _LINK.findall(_INLINE.sub("", prose(page)))


def inline_code(page: str) -> list[str]:
    """The code inside the sentences of a page."""
    return _INLINE.findall(prose(page))


def anchors(page: str) -> set[str]:
    """The anchors of a page's headings, as forges make them."""
    found: set[str] = set()
    for heading in _HEADING.findall(prose(page)):
        words = re.sub(r"\]\([^)]*\)|[`*]", "", heading).replace("[", "").lower()
        slug = re.sub(r"[^\w\- ]", "", words).strip().replace(" ", "-")
        number = 0
        while (name := f"{slug}-{number}" if number else slug) in found:
            number += 1
        found.add(name)
    return found


def _blank(found: re.Match[str]) -> str:
    return "\n" * found[0].count("\n")
