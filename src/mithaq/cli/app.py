"""The ``mithaq`` command: its sub-commands, and the one place that turns errors into text and exit codes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from importlib import import_module
from typing import Annotated, Any

import typer
from typer.core import TyperGroup
from typer.main import get_command

from mithaq import __version__
from mithaq.cli.options import NOTHING_READ
from mithaq.cli.output import abandon_stdout, complain, use_utf8
from mithaq.errors import MithaqError, PluginError
from mithaq.plugins.found import turn_off
from mithaq.plugins.guards import at_work
from mithaq.plugins.registry import Plugin, Thing, listen, registry, told

INTERRUPTED = 130
BROKEN_PIPE = 141

_EPILOG = "Exit codes: 0 all read, 1 some reports set aside (listed on standard error), 2 nothing read or wrong usage."

COMMANDS = {
    "read": "mithaq.cli.read:read_command",
    "explain": "mithaq.cli.explain:explain_command",
    "evaluate": "mithaq.cli.evaluate:evaluate_command",
    "run": "mithaq.cli.batch:run_command",
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
    "compare": "mithaq.cli.compare:compare_command",
    "plugins": "mithaq.cli.plugins:plugins_command",
}
"""Command → module and function. A command is imported when it is asked for: reading needs no database library."""

_OF_REPORTS = ("read", "explain", "evaluate", "run", "add")
_Function = Callable[..., Any]
_Given = str | _Function | typer.Typer


def commands() -> dict[str, Thing[_Given]]:
    """Every command by name, ours first, with the plug-in that gives it."""
    return {thing.name: thing for thing in registry().things("mithaq_commands", _unpack)}


def _unpack(given: Any) -> Iterator[tuple[str, _Given]]:
    for name, command in dict(given).items():
        if not isinstance(name, str) or not (isinstance(command, str | typer.Typer) or callable(command)):
            raise TypeError("give a dictionary: the command's name → a function, a typer.Typer or 'module:function'")
        yield name, command


def _made(name: str, given: _Given) -> Any:
    """The command as click runs it."""
    found: _Function | typer.Typer
    if isinstance(given, str):
        module, function = given.split(":")
        found = getattr(import_module(module), function)
    else:
        found = given
    if isinstance(found, typer.Typer):  # a group of commands
        return get_command(found)
    alone = typer.Typer(add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False)
    epilog = _EPILOG if name in _OF_REPORTS else None
    alone.command(name, epilog=epilog, context_settings=_SETTINGS)(found)
    return get_command(alone)


def _guarded(plugin: Plugin, command: Any) -> Any:
    """A plug-in's command: what it raises, but for errors of ours and click's, is told in one line that names it."""
    inner = command.invoke

    def invoke(ctx: Any) -> Any:
        try:
            return inner(ctx)
        except _PASSED:
            raise
        except Exception:
            with at_work(plugin, PluginError):
                raise

    command.invoke = invoke
    return command


# Typer brings its own copy of click or the package, by its version, and gives this one of its errors no name.
_CLICK: type[Exception] = next(e for e in typer.BadParameter.__mro__ if e.__name__ == "ClickException")
_PASSED = (_CLICK, typer.Exit, typer.Abort, MithaqError, OSError)


class _Commands(TyperGroup):
    """The group of commands; whatever a command raises ends here."""

    def make_context(self, *args: Any, **kwargs: Any) -> Any:
        listen(complain)
        return super().make_context(*args, **kwargs)

    def list_commands(self, ctx: Any) -> list[str]:
        return [*commands()]

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        if cmd_name in COMMANDS:  # no plug-in can take its place, so none is asked
            return _made(cmd_name, COMMANDS[cmd_name])
        thing = commands().get(cmd_name)
        if thing is None:
            return None
        try:
            return _guarded(thing.plugin, _made(thing.name, thing.item))
        except (Exception, SystemExit) as error:
            registry().fail(thing.plugin, f"command {thing.name!r}: {told(error)}")
            return None

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


def _without_plugins(wanted: bool) -> None:
    if wanted:
        turn_off()


@app.callback()
def _root(
    version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version and exit.")
    ] = False,
    no_plugins: Annotated[
        bool,
        typer.Option(
            "--no-plugins",
            callback=_without_plugins,
            is_eager=True,
            help="Leave out what other packages add, as MITHAQ_PLUGINS=off does.",
        ),
    ] = False,
) -> None:
    """Read Arabic news and keep the record of what states agree: who, what, on which conditions, on whose word."""


def main() -> None:
    """Run the command line on the process's arguments; ends the process."""
    app(prog_name="mithaq")
