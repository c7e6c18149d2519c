"""Inputs → reports: ``.txt`` is one report, ``.jsonl`` one a line; any other name is decided by its first character."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator

from mithaq.errors import InputError
from mithaq.model import Report
from mithaq.readers.encodings import decode
from mithaq.readers.files import name_of, open_input, stem_of
from mithaq.readers.items import MAX_BYTES, Defaults, Located, Place, SetAside
from mithaq.readers.jsonl import checked_text, parse_date, parse_object, to_report
from mithaq.readers.lines import lines

_NONE = Defaults()


def read_reports(paths: Iterable[str], defaults: Defaults = _NONE) -> Iterator[Located | SetAside]:
    """The reports of all *paths* in order (``-`` is standard input), and what had to be set aside.

    Raises :class:`~mithaq.errors.InputError` at once, and only, if ``defaults.published`` is no date.
    Reports with the same id are all kept. One line or text is in memory at a time.
    """
    parse_date(defaults.published)
    return _read_all(paths, defaults)


def _read_all(paths: Iterable[str], defaults: Defaults) -> Iterator[Located | SetAside]:
    for path in paths:
        place = Place(name_of(path))
        try:
            with open_input(path) as stream:
                if _is_jsonl(path, stream):
                    yield from _json_lines(stream, path, defaults)
                else:
                    yield Located(place, _plain_text(stream, path, defaults), own_id=defaults.id is not None)
        except InputError as error:
            yield SetAside(place, error)


def _is_jsonl(path: str, stream: io.BufferedReader) -> bool:
    name = path.lower().removesuffix(".gz")
    if name.endswith((".jsonl", ".ndjson")):
        return True
    if name.endswith(".txt"):
        return False
    start = stream.peek(4096)[:4096].lstrip(b"\xef\xbb\xbf\xff\xfe\x00 \t\r\n")
    return start.startswith(b"{")


def _json_lines(stream: io.BufferedReader, path: str, defaults: Defaults) -> Iterator[Located | SetAside]:
    number = 0
    try:
        for number, line in lines(stream):
            place = Place(name_of(path), number)
            try:
                if line is None:
                    raise InputError(f"the line is over {MAX_BYTES // 1_000_000} MB", "one report a line")
                fallback = f"{stem_of(path)}-{number}"
                report, notes = to_report(parse_object(line), fallback, defaults)
                yield Located(place, report, notes, report.id != fallback)
            except InputError as error:
                yield SetAside(place, error)
                if line in (b"{", b"["):  # the whole file is one JSON value: every line of it would fail
                    return
    except UnicodeDecodeError as error:
        raise InputError(f"not valid UTF-16 after line {number}", "save it as UTF-8") from error
    if not number:
        raise InputError("the file is empty", "give one JSON object a line")


def _plain_text(stream: io.BufferedReader, path: str, defaults: Defaults) -> Report:
    data = stream.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        raise InputError(f"the text is over {MAX_BYTES // 1_000_000} MB", "give one report a file, or JSON Lines")
    return Report(
        checked_text(decode(data)),
        defaults.id or stem_of(path),
        defaults.outlet,
        None,
        defaults.title,
        parse_date(defaults.published),
    )
