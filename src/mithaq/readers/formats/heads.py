"""What the first bytes of an input say, whatever its encoding."""

from __future__ import annotations

import re

_BEFORE = b"\xef\xbb\xbf\xff\xfe\x00 \t\r\n\v\f"
_TAG = re.compile(rb"<\s*/?\s*(!doctype\s+html|[a-z][a-z0-9:]*)", re.IGNORECASE)
_SKIP = re.compile(rb"\s*(<!--.*?(-->|\Z)|<\?.*?(\?>|\Z)|<!doctype\s+(?!html)[^>\[]*(\[.*?\]\s*|)(>|\Z))", re.I | re.S)


def plain_start(head: bytes) -> bytes:
    """The first bytes without mark and white space; those of UTF-16 without their zero bytes."""
    return head.replace(b"\x00", b"").lstrip(_BEFORE)


def first_tag(head: bytes) -> str:
    """The name of the first element of markup in lower case (``"!doctype html"`` counts as one); empty if none."""
    start = plain_start(head)
    if not start.startswith(b"<"):
        return ""
    while skipped := _SKIP.match(start):
        if not skipped.end():
            break
        start = start[skipped.end() :]
    found = _TAG.match(start.lstrip())
    return re.sub(r"\s+", " ", found[1].decode("ascii").lower()) if found else ""
