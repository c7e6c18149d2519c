"""Backends that plug-ins give."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from mithaq.backends.contract import Plain
from mithaq.plugins.backends import make_backend


class Plugged(Plain):
    """A plug-in's reader, found again by its name in processes that it is sent to."""

    def __init__(self, name: str, options: Mapping[str, str]) -> None:
        """Raises :class:`~mithaq.errors.PluginError` if there is none of that *name*, or it refuses *options*."""
        super().__init__(name, make_backend(name, options))
        self._options = dict(options)

    def __reduce__(self) -> tuple[Any, ...]:
        return Plugged, (self.name, self._options)
