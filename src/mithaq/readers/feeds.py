"""A feed that was fetched → its entries, with what is needed to know them again and to fetch their pages."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from mithaq.errors import InputError
from mithaq.model import Report
from mithaq.readers.confined import parse
from mithaq.readers.formats.feed import ROOTS
from mithaq.readers.formats.heads import first_tag
from mithaq.readers.hosts import same_site
from mithaq.readers.items import Located, Made, Origin, Place, SetAside
from mithaq.readers.jsonl import checked_text
from mithaq.readers.limits import PARSER_SECONDS
from mithaq.readers.media import media_type
from mithaq.readers.needs import check
from mithaq.readers.sources import HEAD

if TYPE_CHECKING:
    from mithaq.fetch import Answer


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a feed. *key* knows it again, *stamp* changes when what it says does.

    *whole* says that *text* is all of the report; otherwise it is a summary, or empty, and the page at *url* has more;
    or the page is another site's, and only that knows what it says.
    """

    key: str
    stamp: str
    text: str
    whole: bool
    url: str | None
    title: str | None
    outlet: str | None
    published: date | None
    id: str | None
    place: Place
    origin: Origin

    def located(self) -> Located | SetAside:
        """The report that its own text is. Without an address its id proves nothing: any feed can write any id."""
        try:
            text = checked_text(self.text)
        except InputError as error:
            return SetAside(self.place, error)
        id = self.id or f"entry-{self.key[:12]}"
        report = Report(text, id, self.outlet, self.url, self.title, self.published)
        return Located(self.place, report, (), bool(self.id and self.url), self.origin)


def feed_entries(answer: Answer) -> list[Entry]:
    """The entries of a feed in its order, each key once; raises :class:`~mithaq.errors.InputError` for what is none."""
    check("lxml", "feed")
    if first_tag(answer.body[:HEAD]) not in ROOTS:
        raise InputError("it is no feed", "give the address of an RSS or Atom feed; a page of news links to it")
    charset = media_type(answer.content_type or "")[1]
    digest = hashlib.sha256(answer.body).hexdigest()
    made = parse("feed_entries", answer.body, PARSER_SECONDS, charset=charset, url=answer.url)
    found = (_entry(m, answer.url, digest) for m in made if isinstance(m, Made))
    return list({e.key: e for e in reversed(list(found))}.values())[::-1]


def _entry(made: Made, url: str, digest: str) -> Entry:
    """An entry without id, address and date is known by its title and text, so it is never a new text of an old one."""
    stamp = _hash(made.title, made.text, made.url)
    return Entry(
        _hash(made.id or made.url) if made.id or made.url else stamp,
        stamp,
        made.text,
        made.whole and (made.url is None or same_site(made.url, url)),
        made.url,
        made.title,
        made.outlet,
        date.fromisoformat(made.published) if made.published else None,
        made.id,
        Place(url, part=made.part),
        Origin("feed", digest, f"{url} > {made.part}"),
    )


def _hash(*parts: str | None) -> str:
    return hashlib.sha256("\0".join(part or "" for part in parts).encode("utf-8", "replace")).hexdigest()
