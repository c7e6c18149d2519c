"""A file of records, one JSON object a line → records."""

from __future__ import annotations

from collections.abc import Iterator

from mithaq.errors import InputError, RecordError
from mithaq.model import Record
from mithaq.readers.files import name_of, open_input
from mithaq.readers.items import MAX_BYTES, Place
from mithaq.readers.jsonl import parse_object
from mithaq.readers.lines import lines


def read_records(path: str) -> Iterator[tuple[Record, str | None]]:
    """Each record of a file, and the report's ``text`` if the object holds it.

    Raises :class:`~mithaq.errors.InputError` or :class:`~mithaq.errors.RecordError` that names file and line.
    """
    place = Place(name_of(path))
    try:
        with open_input(path) as stream:
            for number, line in lines(stream):
                place = Place(name_of(path), number)
                if line is None:
                    raise InputError(f"the line is over {MAX_BYTES // 1_000_000} MB", "one record a line")
                fields = parse_object(line)
                text = fields.get("text")
                yield Record.from_dict(fields), text if isinstance(text, str) else None
    except (InputError, RecordError) as error:
        raise type(error)(f"{place}: {error.message}", error.hint) from error
