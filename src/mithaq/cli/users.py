"""``mithaq user``: the accounts of the reading room."""

from __future__ import annotations

import sys
from enum import StrEnum
from typing import Annotated

import typer

from mithaq.cli.output import complain
from mithaq.cli.rows import View
from mithaq.cli.store_options import DbOption, RowFormatOption, opened
from mithaq.errors import AccountError, MithaqError
from mithaq.export.rows import Rows, Words
from mithaq.store import accounts

user_app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


class RoleName(StrEnum):
    """What an account may do: each role what those before it may."""

    READER = "reader"
    REVIEWER = "reviewer"
    ADMIN = "admin"


NameArgument = Annotated[str, typer.Argument(metavar="NAME", help="The account.", show_default=False)]
PasswordFile = Annotated[
    str | None,
    typer.Option(
        "--password-file",
        metavar="FILE|-",
        help="Take the password from the first line of a file, or of standard input.",
        show_default="asked for, without showing it",
    ),
]


@user_app.callback()
def _root() -> None:
    """Manage who may enter the reading room: readers look, reviewers judge, admins add reports too."""


@user_app.command("add")
def user_add_command(
    name: NameArgument,
    role: Annotated[
        RoleName, typer.Option("--role", metavar="reader|reviewer|admin", help="What it may do.")
    ] = RoleName.READER,
    password_file: PasswordFile = None,
    db: DbOption = None,
) -> None:
    """Make an account.

    mithaq user add maha --role reviewer
    """
    database = opened(db, create=True)
    hashed = _hashed(_password(password_file))
    with database.write() as connection:
        accounts.add_user(connection, name, role.value, hashed)
    complain(f"{name} may enter the reading room as {role.value}")


@user_app.command("password")
def user_password_command(name: NameArgument, password_file: PasswordFile = None, db: DbOption = None) -> None:
    """Give an account another password; it is logged out everywhere."""
    database = opened(db)
    hashed = _hashed(_password(password_file))
    with database.write() as connection:
        accounts.change_user(connection, name, hashed)
    complain(f"the password of {name} is changed")


@user_app.command("role")
def user_role_command(
    name: NameArgument,
    role: Annotated[
        RoleName, typer.Argument(metavar="reader|reviewer|admin", help="What it may do.", show_default=False)
    ],
    db: DbOption = None,
) -> None:
    """Give an account another role; it is logged out everywhere."""
    with opened(db).write() as connection:
        accounts.change_user(connection, name, role=role.value)
    complain(f"{name} is {role.value}")


@user_app.command("logout")
def user_logout_command(name: NameArgument, db: DbOption = None) -> None:
    """End all sessions of an account, as when a machine is lost."""
    with opened(db).write() as connection:
        if accounts.password_of(connection, name) is None:
            raise AccountError(f"there is no account {name!r}", "mithaq user list shows them")
        ended = accounts.end_sessions(connection, name)
    complain(f"{ended} sessions of {name} ended")


@user_app.command("remove")
def user_remove_command(name: NameArgument, db: DbOption = None) -> None:
    """Take an account away; what it judged stays, under its name."""
    with opened(db).write() as connection:
        accounts.remove_user(connection, name)
    complain(f"{name} is removed")


@user_app.command("list")
def user_list_command(db: DbOption = None, format: RowFormatOption = None) -> None:
    """List the accounts, and in how many browsers each is logged in."""
    with opened(db).read() as connection:
        found = accounts.users(connection)
    rows = Rows("users", ("user", "role", "made", "sessions"), _cells, _object, "no_user")
    View(rows).print(found, format, "en")


def _cells(account: accounts.Account, words: Words) -> tuple[object, ...]:
    return (account.name, words.word(account.role), f"{account.made:%Y-%m-%d}", account.sessions)


def _object(account: accounts.Account) -> dict[str, object]:
    return {**account._asdict(), "made": account.made.isoformat()}


def _hashed(password: str) -> str:
    try:
        from mithaq.web.passwords import hash_password
    except ImportError as error:
        raise MithaqError(f"accounts need {error.name}", "pip install 'mithaq[web]'") from error
    return hash_password(password)


def _password(file: str | None) -> str:
    """Asked for twice at a terminal; else the first line of what is named, without its end."""
    if file is None and sys.stdin.isatty():
        password: str = typer.prompt("Password", hide_input=True, confirmation_prompt=True, err=True)
        return password
    if file is None:
        raise AccountError("there is no terminal to ask for the password", "give --password-file FILE, or - for a pipe")
    try:
        if file == "-":
            return sys.stdin.readline().rstrip("\r\n")
        with open(file, encoding="utf-8") as opened_file:
            return opened_file.readline().rstrip("\r\n")
    except (OSError, UnicodeDecodeError) as error:
        raise AccountError(f"the password cannot be read from {file}: {error}", "check the file") from error
