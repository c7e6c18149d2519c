"""A memory for functions of one argument, mostly a word: what was worked out lately is looked up."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import TypeVar

K = TypeVar("K", bound=Hashable)
T = TypeVar("T")

_KEPT = 1 << 16  # a month of a newspaper has about as many word types


class _Recent(dict[K, T]):
    """Argument → result. When it is full, what it holds is only set aside until it is full again.

    What is asked for meanwhile comes back, so that words in use stay, as with ``lru_cache``; but a look-up writes
    nothing and touches no neighbours, which counts where there are hundreds a report.
    """

    def __init__(self, function: Callable[[K], T]) -> None:
        self._function = function
        self._aside: dict[K, T] = {}

    def __missing__(self, key: K) -> T:
        if len(self) >= _KEPT:
            self._aside = dict(self)
            self.clear()
        aside = self._aside
        found = self[key] = aside[key] if key in aside else self._function(key)
        return found


def recent(function: Callable[[K], T]) -> Callable[[K], T]:
    """*function*, which must depend on its argument alone, with a memory of its last 65,536 results and some more."""
    return _Recent(function).__getitem__
