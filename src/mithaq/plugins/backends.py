"""The readers of a report, by name: what makes a record of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from mithaq.errors import InputError, PluginError
from mithaq.model import Record, Report
from mithaq.plugins.guards import at_work, guarded_backend
from mithaq.plugins.registry import Thing, registry

Read = Callable[[Report], Record | InputError]
Make = Callable[[Mapping[str, str]], Read]
DEFAULT = "rules"


def backends() -> dict[str, Thing[Make]]:
    """Name → what makes the reader, with the plug-in that gives it."""
    return {thing.name: thing for thing in registry().things("mithaq_backends", _unpack)}


def make_backend(name: str, options: Mapping[str, str]) -> Read:
    """The reader of that name; raises :class:`~mithaq.errors.PluginError` if there is none, or it refuses *options*."""
    known = backends()
    if name not in known:
        raise PluginError(f"there is no backend {name!r}", f"use one of {', '.join(known)}")
    plugin, make = known[name].plugin, known[name].item
    if plugin.builtin:
        return make(options)
    with at_work(plugin, PluginError):
        return guarded_backend(plugin, make(options))


def _unpack(given: Any) -> Iterator[tuple[str, Make]]:
    for name, make in dict(given).items():
        if not isinstance(name, str) or not callable(make):
            raise TypeError("give a dictionary: the backend's name → a function that makes it")
        yield name, make
