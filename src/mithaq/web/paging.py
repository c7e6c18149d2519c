"""Long lists, a page at a time."""

from __future__ import annotations

from dataclasses import dataclass

from fastapi import Request

FURTHEST = 1_000_000
"""The last page, or version, that can be asked for: databases take no offset without bounds."""
FORMS = (("CSV", "csv"), ("JSON Lines", "jsonl"))
"""What lists can be taken away as: the form's name, and the ending of its address."""


@dataclass(frozen=True, slots=True)
class Pages:
    """Which page of a list is shown: *number* counts from 1, *size* is the rows of a page, *total* all rows."""

    request: Request
    number: int
    size: int
    total: int

    @property
    def last(self) -> int:
        """The number of the last page."""
        return max(1, -(-self.total // self.size))

    @property
    def first_row(self) -> int:
        """The number of the first row shown, from 1."""
        return (self.number - 1) * self.size + 1

    @property
    def last_row(self) -> int:
        """The number of the last row shown."""
        return min(self.number * self.size, self.total)

    def address(self, number: int) -> str:
        """The address of another page of the same list."""
        return str(self.request.url.include_query_params(page=number).replace(scheme="", netloc=""))
