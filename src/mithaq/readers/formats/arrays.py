"""A JSON array of objects, one report each, however its lines are broken; one object is in memory at a time."""

from __future__ import annotations

import codecs
import io
import re
from collections.abc import Iterator

from mithaq.errors import InputError
from mithaq.readers.columns import renamed
from mithaq.readers.encodings import UTF_16
from mithaq.readers.formats.heads import plain_start
from mithaq.readers.items import Located, SetAside
from mithaq.readers.jsonl import parse_object, to_report
from mithaq.readers.limits import MAX_BYTES
from mithaq.readers.sources import Item, Source
from mithaq.readers.streams import CHUNK

_BEGINS = re.compile(rb"\[\s*(?:[{\[]|\]\s*$)")
_IN_VALUE = re.compile(rb'["{}\[\]]')
_IN_STRING = re.compile(rb'[\\"]')
_BETWEEN = b", \t\r\n"


def recognises(source: Source) -> bool:
    """By the first two characters, since a text may begin with «[»; not if the name says that it is text."""
    return not source.ends(".txt") and bool(_BEGINS.match(plain_start(source.head())))


def read(source: Source) -> Iterator[Item]:
    """The report of each item."""
    number = 0
    for number, data in enumerate(_items(source.stream), 1):
        place = source.place.within(f"item {number}")
        try:
            fallback = f"{source.stem}-{number}"
            fields = renamed(parse_object(data), source.wishes.columns)
            report, notes = to_report(fields, fallback, source.wishes.defaults)
            yield Located(place, report, notes, report.id != fallback, source.origin(data, place))
        except InputError as error:
            yield SetAside(place, error)
    if not number:
        raise InputError("the array is empty", 'give objects: [{"id": "...", "text": "..."}]')


def _items(stream: io.BufferedReader) -> Iterator[bytes]:
    """The bytes of each item, in UTF-8; raises :class:`~mithaq.errors.InputError` where the array breaks off."""
    scan = _Scan(stream)
    scan.skip_to(b"[")
    while True:
        scan.skip_between()
        if scan.ahead() == b"]":
            return
        yield scan.value()


class _Scan:
    """A window over the stream: what is before ``at`` is forgotten when more is read."""

    def __init__(self, stream: io.BufferedReader) -> None:
        self._read = stream.read1
        if stream.peek(2).startswith(UTF_16):
            text = codecs.getincrementaldecoder("utf-16")("replace")
            self._read = lambda size=CHUNK: text.decode(stream.read(size)).encode()
        self._data = b""
        self._at = 0

    def ahead(self) -> bytes:
        return self._data[self._at : self._at + 1]

    def skip_to(self, mark: bytes) -> None:
        while (found := self._data.find(mark, self._at)) < 0:
            self._more()
        self._at = found + 1

    def skip_between(self) -> None:
        while True:
            rest = self._data[self._at :].lstrip(_BETWEEN)
            self._data, self._at = rest, 0
            if rest:
                return
            self._more()

    def value(self) -> bytes:
        """One item: up to the bracket that closes it, or to the comma behind a value without brackets."""
        depth = 0
        inside = False
        at = self._at
        while True:
            found = (_IN_STRING if inside else _IN_VALUE).search(self._data, at)
            if not depth and not inside:
                comma = self._data.find(b",", at, found.start() if found else len(self._data))
                if comma >= 0 or (found and found[0] == b"]"):
                    return self._cut(comma if comma >= 0 else found.start() if found else at)
            if found is None:
                at = len(self._data)
                self._more()
                continue
            at = found.end()
            mark = found[0]
            if mark == b"\\":
                if at == len(self._data):
                    self._more()
                at += 1
            elif mark == b'"':
                inside = not inside
            else:
                depth += 1 if mark in b"{[" else -1
                if not depth:
                    return self._cut(at)

    def _cut(self, end: int) -> bytes:
        data = self._data[self._at : end].strip()
        self._data, self._at = self._data[end:], 0
        return data

    def _more(self) -> None:
        if len(self._data) - self._at > MAX_BYTES:
            raise InputError(f"an item is over {MAX_BYTES // 1_000_000} MB", "one report an item")
        data = self._read(CHUNK)
        if not data:
            raise InputError("the array breaks off before its end", "fetch or write it again")
        self._data += data
