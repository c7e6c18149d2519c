"""The hooks: what a plug-in may give. Version 1 (``API`` of ``registry.py``); ``docs/plugins.md`` explains each.

A plug-in is a module that an entry point of the group ``mithaq`` names. Its functions that are called as one of these
hooks and marked with :data:`hookimpl` are asked once a process, when what they give is first needed; none needs to be
there. They take no argument. A hook that raises, or gives what has another type or a name that is taken, is named on
standard error, and its plug-in is skipped.

Within a version hooks may be added, and optional fields to what they give; nothing is renamed or taken away.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING

import pluggy

if TYPE_CHECKING:  # only types: the registry loads this module at the first question, whatever that is about
    import typer

    from mithaq.export import Export
    from mithaq.lexicon.packs import Pack
    from mithaq.pipeline import Stage
    from mithaq.plugins.backends import Make
    from mithaq.readers.formats import Format

hookspec = pluggy.HookspecMarker("mithaq")
hookimpl = pluggy.HookimplMarker("mithaq")
"""The marker for a plug-in's functions."""


@hookspec
def mithaq_formats() -> Iterable[Format]:  # type: ignore[empty-body]
    """Formats of files. They are tried before mithaq's own, by the plug-ins' names; the first that recognises reads."""


@hookspec
def mithaq_stages() -> Iterable[Stage]:  # type: ignore[empty-body]
    """Stages of reading. Each runs directly behind the last stage that gives a layer which it needs."""


@hookspec
def mithaq_backends() -> Mapping[str, Make]:  # type: ignore[empty-body]
    """Readers of a report by name: ``make(options)`` gives the function from a report to a record or an InputError."""


@hookspec
def mithaq_exporters() -> Mapping[str, Export]:  # type: ignore[empty-body]
    """Forms of export by name, for ``mithaq export --to NAME``."""


@hookspec
def mithaq_lexicon() -> Iterable[Pack]:  # type: ignore[empty-body]
    """Folders of entries that are added to the lexicon's files of the same names."""


@hookspec
def mithaq_commands() -> Mapping[str, str | Callable[..., object] | typer.Typer]:  # type: ignore[empty-body]
    """Commands by name: a function with Typer's annotations, a group of them, or ``"module:function"`` of one."""
