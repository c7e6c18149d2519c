"""``mithaq plugins``: what is there, who gives it, and what is skipped."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Annotated, Any

import typer

from mithaq.cli.app import commands
from mithaq.cli.options import SOME_SET_ASIDE
from mithaq.cli.output import complain
from mithaq.cli.rows import View
from mithaq.cli.store_options import RowFormatOption
from mithaq.export.rows import Rows, Words
from mithaq.plugins.registry import Plugin, registry


@dataclass(frozen=True, slots=True)
class Row:
    """One thing that a plug-in gives, or a plug-in that is skipped (*what* says why)."""

    plugin: Plugin
    kind: str
    gives: str
    what: str = ""

    def to_dict(self) -> dict[str, Any]:
        """JSON-ready."""
        return {
            "plugin": self.plugin.name,
            "version": self.plugin.version,
            "distribution": self.plugin.distribution,
            "kind": self.kind,
            "gives": self.gives,
            "what": self.what,
        }


def _cells(row: Row, words: Words) -> list[object]:
    return [*row.to_dict().values()]


ROWS = Rows(
    "plugins",
    ("plugin+version", "distribution", "gives_kind", "gives", "gives_what~"),
    _cells,
    Row.to_dict,
    "no_row",
)


def plugins_command(
    format: RowFormatOption = None,
    check: Annotated[
        bool,
        typer.Option("--check", help="Run the examples of the plug-ins' lexicon packs; exit code 1 if one fails."),
    ] = False,
) -> None:
    """List what mithaq is made of: formats, stages, backends, exports, lexicon packs and commands, with who gives each.

    mithaq's own come first. A plug-in that is skipped is listed with the reason. docs/plugins.md says how to write one.
    """
    View(ROWS).print(_rows(), format)
    if check and (wrong := list(_wrong())):
        for message in wrong:
            complain(message)
        raise typer.Exit(SOME_SET_ASIDE)


def _rows() -> list[Row]:
    """What every hook gives, asked as reading, exporting and so on ask for it; then what fails."""
    found = [Row(plugin, kind, name, what) for kind, ask in _KINDS.items() for plugin, name, what in ask()]
    failed = registry().failures
    skipped = {plugin.name for plugin in failed}
    rows = [row for row in found if row.plugin.builtin or row.plugin.name not in skipped]
    rows.sort(key=lambda row: (not row.plugin.builtin, row.plugin.name))  # stable: kinds and tables keep their order
    return [*rows, *(Row(plugin, "skipped", "", plugin.failed) for plugin in failed)]


_Asked = Iterator[tuple[Plugin, str, str]]


def _formats() -> _Asked:
    from mithaq.readers.formats import given

    for thing in given():
        yield thing.plugin, thing.name, _summary(sys.modules[thing.item.read.__module__])


def _stages() -> _Asked:
    from mithaq.pipeline import given, stages

    stages()  # tells whether the layers that each needs are there
    for thing in given():
        yield thing.plugin, thing.name, f"{' '.join(thing.item.needs)} → {' '.join(thing.item.gives)}"


def _backends() -> _Asked:
    from mithaq.plugins.backends import backends

    for thing in backends().values():
        yield thing.plugin, thing.name, _summary(thing.item)


def _exporters() -> _Asked:
    from mithaq.export import given

    for thing in given():
        yield thing.plugin, thing.name, thing.item.what


def _lexicon() -> _Asked:
    from mithaq.lexicon.packs import LOADERS, given, packs

    packs()  # tells whether what they hold is right
    for thing in given():
        held = [] if thing.plugin.builtin else [name for name in LOADERS if thing.item.file(name)]
        yield thing.plugin, thing.name, " ".join(held)


def _commands() -> _Asked:
    for thing in commands().values():
        yield thing.plugin, thing.name, thing.item if isinstance(thing.item, str) else _summary(thing.item)


_KINDS: dict[str, Callable[[], _Asked]] = {
    "format": _formats,
    "stage": _stages,
    "backend": _backends,
    "exporter": _exporters,
    "lexicon": _lexicon,
    "command": _commands,
}


def _summary(described: object) -> str:
    """The first line of what a function or a module says of itself."""
    return (getattr(described, "__doc__", None) or "").strip().partition("\n")[0]


def _wrong() -> Iterator[str]:
    from mithaq.evaluation.examples import wrong_examples
    from mithaq.lexicon.packs import packs

    for pack in packs():
        for message in wrong_examples(pack.name):
            yield f"lexicon pack {pack.name!r}: {message}"
