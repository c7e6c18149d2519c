"""Folders of entries that plug-ins add to the lexicon: files of the same names and shapes as those of ``data``.

An entry of a pack is called after it, ``sample.hint_at`` for ``[hint_at]`` of the pack ``sample``, so that it cannot
take the place of another, and every reason in a record says whose it is. A pack is tried file by file, together with
the lexicon and the packs before it; what is wrong in it skips its plug-in.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextvars import ContextVar
from functools import cache
from importlib import import_module
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any, NamedTuple

from mithaq.errors import DataError
from mithaq.plugins.registry import Thing, registry, told

_CUES = "mithaq.lexicon.cues:cues"
_NAMES = "mithaq.lexicon.names:names"
LOADERS = {
    "cues/saying.toml": _CUES,
    "cues/claims.toml": _CUES,
    "cues/stance.toml": _CUES,
    "cues/requests.toml": _CUES,
    "cues/phrases.toml": _CUES,
    "provisions/acts.toml": "mithaq.lexicon.provisions:acts",
    "provisions/status.toml": "mithaq.lexicon.provisions:markers",
    "provisions/instruments.toml": "mithaq.lexicon.provisions:instruments",
    "provisions/topics.toml": "mithaq.lexicon.provisions:topics",
    "provisions/hints.toml": "mithaq.lexicon.provisions:hints",
    "states.csv": _NAMES,
    "organisations.csv": _NAMES,
    "persons.csv": _NAMES,
    "bodies.csv": _NAMES,
    "outlets.csv": _NAMES,
    "roles.toml": _NAMES,
    "given_names.csv": "mithaq.lexicon.names:given_names",
}
"""The files that a pack may hold → what loads them. The ontology is none of them: all records share its lists."""
BY_AREA = ("provisions/topics.toml", "provisions/hints.toml")
"""Files whose entries are the areas: a pack's words join those of the lexicon."""


class Pack(NamedTuple):
    """A folder of entries, by the pack's name (one word)."""

    name: str
    folder: Traversable

    def file(self, name: str) -> Traversable | None:
        """Its file of that name (``"cues/saying.toml"``), if it has it."""
        file = self.folder.joinpath(*name.split("/"))
        return file if file.is_file() else None


BUILT_IN = Pack("mithaq", files("mithaq").joinpath("data"))
_TRIED: ContextVar[tuple[Pack, ...] | None] = ContextVar("packs that are being tried", default=None)


def packs_with(name: str) -> Iterator[tuple[Pack, Traversable]]:
    """The packs of plug-ins that add to the lexicon's file *name*, and their files."""
    if name not in LOADERS:
        return
    tried = _TRIED.get()
    for pack in packs() if tried is None else tried:
        if file := pack.file(name):
            yield pack, file


@cache
def packs() -> tuple[Pack, ...]:
    """The packs of all plug-ins that hold nothing wrong."""
    found: list[Pack] = []
    for thing in given():
        if thing.plugin.builtin:
            continue
        try:
            _try(thing.item, tuple(found))
        except Exception as error:
            registry().fail(thing.plugin, f"lexicon pack {thing.name!r}: {told(error)}")
            return packs.__wrapped__()  # without all that this plug-in gave
        found.append(thing.item)
    return tuple(found)


def given() -> list[Thing[Pack]]:
    """The lexicon itself and all packs, with who gives them; what is in them is not looked at."""
    return registry().things("mithaq_lexicon", _unpack)


def _try(pack: Pack, others: tuple[Pack, ...]) -> None:
    """Load the files that the pack holds as if it were accepted; raises what is wrong."""
    if not pack.name.isidentifier():
        raise DataError(f"{pack.name!r} is no name for a pack", "use one word of letters, digits and _")
    held = list(_files(pack.folder))
    if unknown := [name for name in held if name not in LOADERS]:
        raise DataError(f"it holds {unknown[0]!r}", f"a pack holds {', '.join(LOADERS)}")
    if not held:
        raise DataError(f"there is no file in {pack.folder}", "is the folder in the distribution?")
    before = _TRIED.set((*others, pack))
    try:
        for loader in dict.fromkeys(LOADERS[name] for name in held):
            module, function = loader.split(":")
            getattr(import_module(module), function).__wrapped__()  # past its cache
    finally:
        _TRIED.reset(before)


def _files(folder: Traversable, prefix: str = "") -> Iterator[str]:
    """The data files below a folder; what Python or a system keeps there is none."""
    if not folder.is_dir():
        return
    for entry in sorted(folder.iterdir(), key=lambda e: e.name):
        if entry.is_dir():
            yield from _files(entry, f"{prefix}{entry.name}/")
        elif entry.name.endswith((".toml", ".csv")):
            yield prefix + entry.name


def _unpack(given: Iterable[Any]) -> Iterator[tuple[str, Pack]]:
    for item in given:
        if not isinstance(item, Pack):
            raise TypeError(f"{type(item).__name__} is no mithaq.lexicon.packs.Pack")
        yield item.name, item
