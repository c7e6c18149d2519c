"""The entries of a feed for who wants to fetch their pages: also those that have no text, or only a summary."""

from __future__ import annotations

from mithaq.readers.items import Made, Unmade
from mithaq.readers.parsers.feed import entries


def parse(data: bytes, charset: str | None = None, url: str | None = None) -> list[Made | Unmade]:
    """The entries of a feed in its order; *charset* and *url* are what the server said."""
    return [*entries(data, charset, url)]
