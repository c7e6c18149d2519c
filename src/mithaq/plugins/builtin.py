"""mithaq's own tables, given through the hooks as those of any plug-in. Each is imported when it is asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING

from mithaq import __version__
from mithaq.plugins.hookspecs import hookimpl

if TYPE_CHECKING:
    import typer

    from mithaq.export import Export
    from mithaq.lexicon.packs import Pack
    from mithaq.pipeline import Stage
    from mithaq.plugins.backends import Make, Read
    from mithaq.readers.formats import Format

VERSION = __version__


@hookimpl
def mithaq_formats() -> Iterable[Format]:
    """The table of ``readers/formats``."""
    from mithaq.readers.formats import FORMATS

    return FORMATS


@hookimpl
def mithaq_stages() -> Iterable[Stage]:
    """The table of ``pipeline.py``."""
    from mithaq.pipeline import STAGES

    return STAGES


@hookimpl
def mithaq_backends() -> Mapping[str, Make]:
    """The table of ``backends/table.py``."""
    from mithaq.backends import BACKENDS, Options, make

    def maker(name: str) -> Make:
        def made(options: Mapping[str, str]) -> Read:
            return make(name, Options.parse(options))

        made.__doc__ = BACKENDS[name].what
        return made

    return {name: maker(name) for name in BACKENDS}


@hookimpl
def mithaq_exporters() -> Mapping[str, Export]:
    """The table of ``export``."""
    from mithaq.export import EXPORTS

    return EXPORTS


@hookimpl
def mithaq_lexicon() -> Iterable[Pack]:
    """The lexicon to which all others are added."""
    from mithaq.lexicon.packs import BUILT_IN

    return (BUILT_IN,)


@hookimpl
def mithaq_commands() -> Mapping[str, str | Callable[..., object] | typer.Typer]:
    """The table of ``cli/app.py``."""
    from mithaq.cli.app import COMMANDS

    return COMMANDS
