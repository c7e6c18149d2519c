"""Plain text: one report, kept as it is."""

from __future__ import annotations

from collections.abc import Iterator

from mithaq.readers.encodings import decode
from mithaq.readers.items import Made
from mithaq.readers.limits import MAX_BYTES
from mithaq.readers.sources import Item, Source


def recognises(source: Source) -> bool:
    """Everything can be text: that it is binary is found when it is decoded."""
    return True


def read(source: Source) -> Iterator[Item]:
    """The one report."""
    data = source.whole(MAX_BYTES, "the text", "give one report a file, or JSON Lines")
    yield source.located(Made(decode(data)), data)
