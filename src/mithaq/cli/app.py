"""The ``mithaq`` command: its sub-commands, and the one place that turns errors into text and exit codes."""

from __future__ import annotations

from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from mithaq import __version__
from mithaq.cli.evaluate import evaluate_command
from mithaq.cli.explain import explain_command
from mithaq.cli.options import NOTHING_READ
from mithaq.cli.output import abandon_stdout, complain, use_utf8
from mithaq.cli.read import read_command
from mithaq.errors import MithaqError

INTERRUPTED = 130
BROKEN_PIPE = 141

_EPILOG = "Exit codes: 0 all read, 1 some reports set aside (listed on standard error), 2 nothing read or wrong usage."


class _Commands(TyperGroup):
    """The group of commands; whatever a command raises ends here."""

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


app = typer.Typer(
    cls=_Commands,
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
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


app.command("read", epilog=_EPILOG)(read_command)
app.command("explain", epilog=_EPILOG)(explain_command)
app.command("evaluate", epilog=_EPILOG)(evaluate_command)


def main() -> None:
    """Run the command line on the process's arguments; ends the process."""
    app(prog_name="mithaq")
