"""The ``mithaq`` command: its sub-commands, and the one place that turns errors into text and exit codes."""

from __future__ import annotations

from importlib import import_module
from typing import Annotated, Any

import typer
from typer.core import TyperGroup
from typer.main import get_command

from mithaq import __version__
from mithaq.cli.options import NOTHING_READ
from mithaq.cli.output import abandon_stdout, complain, use_utf8
from mithaq.errors import MithaqError

INTERRUPTED = 130
BROKEN_PIPE = 141

_EPILOG = "Exit codes: 0 all read, 1 some reports set aside (listed on standard error), 2 nothing read or wrong usage."

COMMANDS = {
    "read": "mithaq.cli.read:read_command",
    "explain": "mithaq.cli.explain:explain_command",
    "evaluate": "mithaq.cli.evaluate:evaluate_command",
    "add": "mithaq.cli.add:add_command",
    "agreements": "mithaq.cli.ledger:agreements_command",
    "commitments": "mithaq.cli.ledger:commitments_command",
    "show": "mithaq.cli.show:show_command",
    "who": "mithaq.cli.ask:who_command",
    "due": "mithaq.cli.ledger:due_command",
    "watch": "mithaq.cli.watch:watch_command",
    "digest": "mithaq.cli.digest:digest_command",
    "search": "mithaq.cli.ask:search_command",
    "sql": "mithaq.cli.ask:sql_command",
    "export": "mithaq.cli.export:export_command",
    "serve": "mithaq.cli.serve:serve_command",
    "user": "mithaq.cli.users:user_app",
    "reviewed": "mithaq.cli.reviewed:reviewed_command",
    "judge": "mithaq.cli.judging:judge_command",
    "undo": "mithaq.cli.judging:undo_command",
    "merge": "mithaq.cli.add:merge_command",
    "remove": "mithaq.cli.add:remove_command",
}
"""Command → module and function. A command is imported when it is asked for: reading needs no database library."""

_OF_REPORTS = ("read", "explain", "evaluate", "add")


class _Commands(TyperGroup):
    """The group of commands; whatever a command raises ends here."""

    def list_commands(self, ctx: Any) -> list[str]:
        return [*COMMANDS]

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        if cmd_name not in COMMANDS:
            return None
        module, function = COMMANDS[cmd_name].split(":")
        found = getattr(import_module(module), function)
        if isinstance(found, typer.Typer):  # a group of commands
            return get_command(found)
        alone = typer.Typer(add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False)
        epilog = _EPILOG if cmd_name in _OF_REPORTS else None
        alone.command(cmd_name, epilog=epilog, context_settings=_SETTINGS)(found)
        return get_command(alone)

    def invoke(self, ctx: Any) -> Any:
        use_utf8()
        try:
            return super().invoke(ctx)
        except MithaqError as error:
            complain(str(error))
            raise typer.Exit(NOTHING_READ) from error
        except KeyboardInterrupt as error:
            complain("interrupted; what is printed is complete")
            raise typer.Exit(INTERRUPTED) from error
        except BrokenPipeError as error:
            abandon_stdout()
            raise typer.Exit(BROKEN_PIPE) from error
        except OSError as error:
            abandon_stdout()
            complain(f"cannot write: {error.strerror or error}")
            raise typer.Exit(NOTHING_READ) from error


_SETTINGS = {"help_option_names": ["-h", "--help"]}
app = typer.Typer(
    cls=_Commands,
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings=_SETTINGS,
    epilog=_EPILOG,
)


def _print_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"mithaq {__version__}")
        raise typer.Exit


@app.callback()
def _root(
    version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version and exit.")
    ] = False,
) -> None:
    """Read Arabic news and keep the record of what states agree: who, what, on which conditions, on whose word."""


def main() -> None:
    """Run the command line on the process's arguments; ends the process."""
    app(prog_name="mithaq")
