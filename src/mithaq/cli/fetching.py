"""Fetching, as commands are told to do it."""

from __future__ import annotations

from importlib.util import find_spec
from typing import TYPE_CHECKING

from mithaq import __version__
from mithaq.errors import MithaqError

if TYPE_CHECKING:
    from mithaq.fetch import Fetcher


def fetcher(
    private: bool = False, contact: str | None = None, needed: tuple[str, ...] = ("httpcore", "idna")
) -> Fetcher:
    """What fetches addresses; raises :class:`~mithaq.errors.MithaqError` if one of the packages *needed* is missing."""
    for package in needed:
        if find_spec(package) is None:
            raise MithaqError(f"fetching addresses needs the package {package!r}", "pip install 'mithaq[watch]'")
    from mithaq.fetch import Fetcher, user_agent

    return Fetcher(private, agent=user_agent(__version__, contact))
