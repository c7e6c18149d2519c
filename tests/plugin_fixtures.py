"""Plug-ins in place of those that are installed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from importlib import import_module

import pytest

from mithaq import export, pipeline
from mithaq.lexicon import packs
from mithaq.plugins import registry as module
from mithaq.plugins.found import Found, built_in
from mithaq.plugins.registry import Registry
from mithaq.readers import formats

Use = Callable[..., Registry]
_CACHED = (formats.formats, pipeline.stages, export.exports, packs.packs)


@pytest.fixture
def said(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What is said of plug-ins that are skipped."""
    messages: list[str] = []
    monkeypatch.setattr(module, "_LISTENERS", [messages.append])
    return messages


@pytest.fixture
def use(monkeypatch: pytest.MonkeyPatch, said: list[str]) -> Iterator[Use]:
    """``use(plugin, ...)`` loads these plug-ins beside mithaq's own."""
    for loader in dict.fromkeys(packs.LOADERS.values()):  # what is kept of the lexicon must hold nothing of a pack
        name, function = loader.split(":")
        getattr(import_module(name), function)()

    def use(*found: Found) -> Registry:
        _forget()
        registry = Registry([built_in(), *found])
        monkeypatch.setattr(module, "_registry", lambda: registry)
        return registry

    yield use
    _forget()


def _forget() -> None:
    for cached in _CACHED:
        cached.cache_clear()
