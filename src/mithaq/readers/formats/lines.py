"""JSON Lines: one report a line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from mithaq.errors import InputError
from mithaq.readers.columns import renamed
from mithaq.readers.formats.heads import plain_start
from mithaq.readers.items import Located, SetAside
from mithaq.readers.jsonl import parse_object, to_report
from mithaq.readers.limits import MAX_BYTES
from mithaq.readers.lines import lines
from mithaq.readers.sources import Item, Source

ONE_VALUE = (b"{", b"[")
"""Lines that say that the whole file is one JSON value: every line of it would fail, so nothing behind it is read."""


def recognises(source: Source) -> bool:
    """By the first character; a name decides where it is told to be text or JSON Lines."""
    if source.ends(".jsonl", ".ndjson"):
        return True
    return not source.ends(".txt") and plain_start(source.head()).startswith(b"{")


def read(source: Source) -> Iterator[Item]:
    """The report of each line."""
    number = 0

    def counted() -> Iterator[tuple[int, bytes | None]]:
        nonlocal number
        for number, line in lines(source.stream):  # noqa: UP028  (the number is needed after an error)
            yield number, line

    try:
        yield from read_lines(source, counted())
    except UnicodeDecodeError as error:
        raise InputError(f"not valid UTF-16 after line {number}", "save it as UTF-8") from error
    if not number:
        raise InputError("the file is empty", "give one JSON object a line")


def read_lines(source: Source, numbered: Iterable[tuple[int, bytes | None]]) -> Iterator[Item]:
    """The report of each of some lines of *source*: their numbers and bytes as :func:`lines` gives them."""
    for number, line in numbered:
        place = source.place.at(number)
        try:
            if line is None:
                raise InputError(f"the line is over {MAX_BYTES // 1_000_000} MB", "one report a line")
            fallback = f"{source.stem}-{number}"
            fields = renamed(parse_object(line), source.wishes.columns)
            report, notes = to_report(fields, fallback, source.wishes.defaults)
            yield Located(place, report, notes, report.id != fallback, source.origin(line, place))
        except InputError as error:
            yield SetAside(place, error)
            if line in ONE_VALUE:
                return
