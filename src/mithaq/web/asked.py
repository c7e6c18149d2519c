"""What the address of a list asks for, and addresses that ask for something else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from fastapi import Request

from mithaq.errors import QueryError
from mithaq.query.filters import Filters
from mithaq.query.given import filters_of
from mithaq.query.orders import DEFAULT

KEPT = ("q", "party", "area", "status", "since", "until", "outlet", "role", "confidence", "contradicted", "order", "on")
"""What stays in the address when a list is turned over, ordered otherwise or taken away."""
_LAST_PAGE = 100_000
_LONGEST = 200
Given = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """Filters, words, order and page of a list; *given* is what the address said of them."""

    path: str
    given: Given
    filters: Filters
    words: str
    order: str
    page: int

    def link(self, **changes: str | int | None) -> str:
        """The address of the same list with some parts changed, or left out where ``None``; from its first page on."""
        return self.elsewhere(self.path, **changes)

    def elsewhere(self, path: str, **changes: str | int | None) -> str:
        """As :meth:`link`, under another path: a download, a picture."""
        pairs = [(name, value) for name, value in self.given if name not in changes]
        pairs += [(name, str(value)) for name, value in changes.items() if value is not None]
        return f"{path}?{urlencode(pairs)}" if pairs else path

    def without(self, name: str, value: str) -> str:
        """The address without one of the filters."""
        pairs = [pair for pair in self.given if pair != (name, value)]
        return f"{self.path}?{urlencode(pairs)}" if pairs else self.path

    def sorted_by(self, column: str, falling: bool = True) -> str:
        """The address of the list by a column: first as is usual for it, then the other way round."""
        first, second = (f"-{column}", column) if falling else (column, f"-{column}")
        return self.link(order=second if self.order == first else first)

    def direction(self, column: str) -> str:
        """How the list is sorted by a column, in the words of ``aria-sort``."""
        return {f"-{column}": "descending", column: "ascending"}.get(self.order, "none")

    @property
    def narrowed(self) -> tuple[tuple[str, str], ...]:
        """The filters as the address gives them."""
        return tuple(pair for pair in self.given if pair[0] not in ("order", "on", "q"))

    def values(self, name: str) -> tuple[str, ...]:
        """All values that the address gives a name."""
        return tuple(value for given, value in self.given if given == name)

    def value(self, name: str) -> str:
        """The first of them, or nothing."""
        return next(iter(self.values(name)), "")


def asked(request: Request, fixed: Mapping[str, str] | None = None) -> Asked:
    """What a request asks of a list; raises :class:`~mithaq.errors.QueryError` for what cannot be asked.

    *fixed* are filters that the page has of itself, whatever the address says.
    """
    query = request.query_params
    given = tuple(
        (name, value[:_LONGEST])
        for name, value in query.multi_items()
        if name in KEPT and value.strip() and name not in (fixed or {})
    )
    both = (*given, *(fixed or {}).items())

    def all_of(name: str) -> list[str]:
        return [value for key, value in both if key == name]

    def one_of(name: str) -> str:
        return next(iter(all_of(name)), "").strip()

    filters = filters_of(
        all_of("party"),
        all_of("area"),
        all_of("status"),
        one_of("since"),
        one_of("until"),
        one_of("outlet"),
        one_of("role"),
        one_of("confidence"),
        one_of("contradicted") in ("1", "true", "on"),
    )
    path = request.url.path
    return Asked(path, given, filters, one_of("q"), one_of("order") or DEFAULT, _page(query.get("page", "")))


def _page(given: str) -> int:
    if not given:
        return 1
    if not (given.isdecimal() and given.isascii() and 0 < int(given[:9]) <= _LAST_PAGE):
        raise QueryError(f"{given[:40]!r} is no page", "pages count from 1")
    return int(given[:9])
