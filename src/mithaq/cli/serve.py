"""``mithaq serve``: the reading room."""

from __future__ import annotations

import ipaddress
import socket
from contextlib import closing
from typing import Annotated

import typer

from mithaq.cli.output import complain
from mithaq.cli.store_options import DbOption, opened
from mithaq.errors import AccountError, MithaqError
from mithaq.store.accounts import any_users

_ANY = ("0.0.0.0", "::", "")
_MEGABYTE = 1_000_000


def serve_command(
    db: DbOption = None,
    host: Annotated[
        str, typer.Option("--host", metavar="ADDRESS", help="Where to listen; others than loopback need accounts.")
    ] = "127.0.0.1",
    port: Annotated[
        int, typer.Option("--port", metavar="PORT", min=0, max=65535, help="Where to listen; 0 for any free port.")
    ] = 8700,
    allow_host: Annotated[
        list[str] | None,
        typer.Option(
            "--allow-host",
            metavar="NAME",
            help="A name under which it is reached, as behind a reverse proxy; several: each. Needs accounts.",
        ),
    ] = None,
    https: Annotated[
        bool,
        typer.Option("--https", help="It is reached by HTTPS (a reverse proxy's): cookies are sent over no other."),
    ] = False,
    max_upload: Annotated[
        int, typer.Option("--max-upload", metavar="MB", min=1, max=2000, help="The largest upload, in megabytes.")
    ] = 50,
) -> None:
    """Open the reading room: web pages on the database, for reading, checking and correcting.

        mithaq serve --db news.db

        mithaq serve --host 0.0.0.0 --allow-host desk.example.org

    It listens on this machine only, unless --host says otherwise; then, and behind a reverse proxy, people have to log
    in ("mithaq user add"). docs/reading-room.md has the rest.
    """
    try:
        import uvicorn

        from mithaq.web.app import create_app
        from mithaq.web.settings import LOOPBACK, Settings
    except ImportError as error:
        raise MithaqError(f"the reading room needs {error.name}", "pip install 'mithaq[web]'") from error
    names = [name.strip().rstrip(".").lower() for name in allow_host or ()]
    public = not _is_loopback(host) or not all(map(_is_loopback, names))
    database = opened(db, create=True)
    with database.read() as connection:
        accounts = any_users(connection)
    if public and not accounts:
        raise AccountError(
            "others could read and change everything: there is no account yet", "mithaq user add NAME --role admin"
        )
    listening = _listen(host, port)
    with closing(listening):
        bound = listening.getsockname()[1]
        hosts = tuple(dict.fromkeys([*LOOPBACK, *([] if host in _ANY else [host.lower()]), *names]))
        settings = Settings(hosts, accounts, https, max_upload * _MEGABYTE)
        shown = f"[{host}]" if ":" in host else host
        complain(f"reading room: http://{shown}:{bound}/ (Ctrl-C ends it)")
        if host in _ANY and not names:
            complain("it answers to no name but localhost: name those under which it is reached with --allow-host")
        server = uvicorn.Server(
            uvicorn.Config(create_app(database, settings), log_level="warning", server_header=False)
        )
        server.run(sockets=[listening])


def _listen(host: str, port: int) -> socket.socket:
    try:
        family, *_, address = socket.getaddrinfo(host or "0.0.0.0", port, type=socket.SOCK_STREAM)[0]
        listening = socket.socket(family, socket.SOCK_STREAM)
    except OSError as error:
        raise MithaqError(f"{host} is no address of this machine: {error.strerror}", "give another --host") from error
    try:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind(address)
        listening.listen(128)
    except OSError as error:
        listening.close()
        raise MithaqError(
            f"cannot listen on {host}, port {port}: {error.strerror}", "give another --port, or 0 for any that is free"
        ) from error
    return listening


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False
