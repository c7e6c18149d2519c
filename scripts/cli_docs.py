"""The command line's reference: ``cog -r docs/cli.md`` writes it there, ``cog --check docs/cli.md`` compares.

It is made of the commands' own help texts, not of the help screen, whose layout changes with typer's version.
"""

from __future__ import annotations

import inspect
import textwrap
from collections.abc import Iterator
from typing import Any

from typer.main import get_command

from mithaq.cli.app import app


def reference() -> str:
    """Every command in Markdown."""
    group: Any = get_command(app)
    return "\n".join(text for name in group.list_commands(None) for text in _texts(name, group.get_command(None, name)))


def _texts(name: str, command: Any) -> Iterator[str]:
    """A command, or the commands of a group, each."""
    if hasattr(command, "commands"):
        for part in command.commands.values():
            yield _command(f"{name} {part.name}", part)
    else:
        yield _command(name, command)


def _command(name: str, command: Any) -> str:
    arguments = [p for p in command.params if p.param_type_name == "argument"]
    options = [p for p in command.params if p.param_type_name == "option"]
    usage = " ".join(["mithaq", name, "[OPTIONS]", *(p.metavar for p in arguments)])
    rows = [f"| `{_cell(p.metavar)}` | {_cell(p.help)} |" for p in arguments]
    rows += [f"| `{_spelling(p)}` | {_cell(p.help)}{_default(p)} |" for p in options]
    return "\n".join(
        [f"## mithaq {name}", "", "```", usage, "```", "", _body(command.help), "", "| | |", "| --- | --- |", *rows, ""]
    )


def _body(text: str) -> str:
    """The help text; its indented paragraphs are code in Markdown too."""
    return textwrap.dedent(inspect.cleandoc(text)).strip()


def _spelling(option: Any) -> str:
    names = ", ".join(sorted(option.opts, key=len))
    return names if option.is_flag else f"{names} {option.metavar}".replace("|", "\\|")


def _default(option: Any) -> str:
    if isinstance(option.show_default, str):
        return f" Default: {option.show_default}."
    if option.is_flag or option.default is None:
        return ""
    return f" Default: {getattr(option.default, 'value', option.default)}."


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")
