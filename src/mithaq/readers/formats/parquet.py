"""Parquet: one report a row; only the columns that a report has are read, some rows at a time."""

from __future__ import annotations

import json
from collections.abc import Iterator

from mithaq.errors import InputError
from mithaq.readers.confined import parse
from mithaq.readers.limits import PARSER_SECONDS
from mithaq.readers.sources import Item, Source
from mithaq.readers.streams import hashed, seekable

_MAGIC = b"PAR1"


def recognises(source: Source) -> bool:
    """By the first bytes."""
    return source.head().startswith(_MAGIC)


def read(source: Source) -> Iterator[Item]:
    """The report of each row. The hash of a report's origin is that of the whole file: rows have no bytes."""
    # The parser is a process of its own: the library ends its process over some damaged files.
    columns = json.dumps(dict(source.wishes.columns))
    with seekable(source.stream) as file:
        digest = hashed(file)
        row = 0
        while rows := parse("parquet", b"", PARSER_SECONDS, path=file.name, columns=columns, row=str(row)):
            for made in rows:
                row += 1
                yield source.located(made, digest, row)
    if not row:
        raise InputError("the table has no rows")
