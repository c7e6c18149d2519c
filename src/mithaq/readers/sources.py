"""One input on its way to a reader: its bytes, where they stand, and what is known of them."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from typing import Self

from mithaq.errors import InputError
from mithaq.model import Report
from mithaq.readers.items import Defaults, Located, Made, Origin, Place, SetAside, Unmade, Wishes
from mithaq.readers.jsonl import checked_text, parse_date
from mithaq.readers.packing import PACKED_ENDINGS
from mithaq.readers.streams import Budget

Item = Located | SetAside
HEAD = 4096


@dataclass(frozen=True)
class Source:
    """What a reader is given. *stem* begins the ids that are made up; *media* and *charset* are what a server said.

    *read* reads a source that lies in this one; *depth* counts the archives around it; *reader* names the format.
    """

    stream: io.BufferedReader
    place: Place
    name: str
    stem: str
    wishes: Wishes
    budget: Budget
    read: Callable[[Self], Iterator[Item]]
    media: str = ""
    charset: str | None = None
    url: str | None = None
    depth: int = 0
    reader: str = ""

    @property
    def defaults(self) -> Defaults:
        """What the caller knows of the reports; the title and the id only of what is no part of another input."""
        given = self.wishes.defaults
        return given._replace(title=None, id=None) if self.place.part else given

    def ends(self, *endings: str) -> bool:
        """Whether the name, without the ending of a compression, ends so."""
        return unpacked_name(self.name).lower().endswith(endings)

    def head(self) -> bytes:
        """The first bytes, at most ``HEAD``; they stay in the stream."""
        return self.stream.peek(HEAD)[:HEAD]

    def whole(self, limit: int, what: str, hint: str) -> bytes:
        """All bytes; raises :class:`~mithaq.errors.InputError` if they are over *limit*."""
        data = self.stream.read(limit + 1)
        if len(data) > limit:
            raise InputError(f"{what} is over {limit // 1_000_000} MB", hint)
        return data

    def origin(self, data: bytes | str, place: Place) -> Origin:
        """The origin of a report that was made of *data*, or of bytes of which *data* is the hash."""
        digest = data if isinstance(data, str) else hashlib.sha256(data).hexdigest()
        return Origin(self.reader, digest, place.inside)

    def inner(self, stream: io.BufferedReader, name: str, **known: str | None) -> Iterator[Item]:
        """What lies in this source under a *name* (``media``, ``charset``, ``url``: what is known of it)."""
        stem = f"{self.stem}/{stem_of(name)}"
        place = self.place.within(name)
        yield from self.read(
            replace(self, stream=stream, place=place, name=name, stem=stem, depth=self.depth + 1, **known)  # type: ignore[arg-type]
        )

    def aside(self, message: str, hint: str = "", part: str = "") -> SetAside:
        """This source, or a part of it, set aside."""
        return SetAside(self.place.within(part) if part else self.place, InputError(message, hint))

    def located(self, made: Made | Unmade, data: bytes | str, number: int | None = None) -> Item:
        """The report that a parser made of *data*, or of bytes of which it is the hash.

        The *number* is part of its made-up id if there may be several.
        """
        place = self.place.within(made.part) if made.part else self.place
        if isinstance(made, Unmade):
            return SetAside(place, InputError(made.message, made.hint))
        given = self.defaults
        own = made.id or (given.id if number is None else None)
        notes = list(made.notes)
        published = parse_date(given.published)
        if made.published:
            try:
                published = parse_date(made.published)
            except InputError:
                notes.append(f"date {made.published!r:.40} is not YYYY-MM-DD: left out")
        try:
            report = Report(
                checked_text(made.text),
                own or (self.stem if number is None else f"{self.stem}-{number}"),
                made.outlet or given.outlet,
                made.url or self.url,
                made.title or (given.title if number is None else None),
                published,
            )
        except InputError as error:
            return SetAside(place, error)
        return Located(place, report, tuple(notes), own is not None, self.origin(data, place))


def unpacked_name(name: str) -> str:
    """*name* without the ending of a compression."""
    return next((name[: -len(e)] for e in PACKED_ENDINGS if name.lower().endswith(e)), name)


def stem_of(name: str) -> str:
    """A member's name without its endings, folders kept: ``"2019/news"`` for ``"2019/news.jsonl.gz"``."""
    path = PurePosixPath(unpacked_name(name.replace("\\", "/")))
    return str(path.with_suffix("")) if path.name else name
