"""A real PostgreSQL for tests: a server of our own on loopback, in a temporary folder, gone when the tests end."""

from __future__ import annotations

import itertools
import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from pathlib import Path
from typing import Any

# Nothing here outlives the tests, so nothing has to reach the disk; few connections keep the shared memory small.
_SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "shared_buffers": "32MB",
    "max_connections": "60",
    "timezone": "UTC",
}
_OWNERS = ("postgres", "nobody")  # one of them runs the server when root runs the tests: it refuses to run as root
_PATIENCE = 60  # seconds that any one command may take
_TRIES = 3  # another process may take the free port before the server does


class UnavailableError(Exception):
    """No server can be had here, and why."""


def binaries() -> Path:
    """The folder that holds ``initdb`` and ``pg_ctl``: that of PATH, or Debian's newest; raises UnavailableError."""
    on_path = shutil.which("pg_ctl")
    # Debian's PATH leaves its server programs out.
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda p: float(p.parent.name), reverse=True)
    folders = [*([Path(on_path).resolve().parent] if on_path else []), *debian]
    for folder in folders:
        if all(os.access(folder / name, os.X_OK) for name in ("initdb", "pg_ctl", "postgres")):
            return folder
    raise UnavailableError("no PostgreSQL server programs (initdb, pg_ctl): install Debian's package postgresql")


def free_port() -> int:
    """A port of the loopback interface that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _owner() -> pwd.struct_passwd | None:
    """Who is to run the server if not the user of the tests, whom root may not be."""
    if os.geteuid() != 0:
        return None
    for user in pwd.getpwall():
        if user.pw_name in _OWNERS:
            return user
    raise UnavailableError(f"root cannot run PostgreSQL, and there is no user {' or '.join(_OWNERS)}")


class Server:
    """A PostgreSQL server in a folder of its own; :meth:`start` it, take databases from it, :meth:`stop` it."""

    def __init__(self) -> None:
        self.port = 0
        self._binaries = binaries()
        self._numbers = itertools.count(1)
        self._as: dict[str, Any] = {}
        owner = _owner()
        # Not pytest's own temporary folder: only the user of the tests may enter that.
        self.folder = Path(tempfile.mkdtemp(prefix="mithaq-postgresql-"))
        if owner is not None:
            os.chown(self.folder, owner.pw_uid, owner.pw_gid)
            self._as = {"user": owner.pw_uid, "group": owner.pw_gid, "extra_groups": []}

    def start(self) -> None:
        """Make the cluster and start the server on a free port; raises UnavailableError with what the server said."""
        data = str(self.folder / "data")
        arguments = ["-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"]
        self._run("initdb", *arguments)
        for attempt in range(_TRIES):
            self.port = free_port()
            settings = {**_SETTINGS, "port": str(self.port), "unix_socket_directories": str(self.folder)}
            options = " ".join(f"-c {name}={value}" for name, value in settings.items())
            try:
                self._run("pg_ctl", "-D", data, "-l", str(self.folder / "log"), "-o", options, "-w", "start")
                return
            except UnavailableError:
                if attempt + 1 == _TRIES:
                    raise

    def stop(self) -> None:
        """Stop the server at once and remove its folder; does nothing if it was never started."""
        try:
            if (self.folder / "data" / "postmaster.pid").exists():
                self._run("pg_ctl", "-D", str(self.folder / "data"), "-m", "immediate", "-w", "stop")
        finally:
            shutil.rmtree(self.folder, ignore_errors=True)

    def url(self, database: str = "postgres") -> str:
        """The SQLAlchemy URL of one of its databases."""
        return f"postgresql+psycopg://postgres@127.0.0.1:{self.port}/{database}"

    def create(self, template: str = "template1") -> str:
        """The name of a new database that is a copy of *template*, which nobody may be connected to."""
        name = f"test_{next(self._numbers)}"
        self._execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
        return name

    def drop(self, name: str) -> None:
        """Remove a database, with the connections that tests left open to it."""
        self._execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')

    def _execute(self, statement: str) -> None:
        import psycopg  # only here: a test run without the extra [postgresql] still collects

        with psycopg.connect(host="127.0.0.1", port=self.port, user="postgres", autocommit=True) as connection:
            connection.execute(statement.encode())

    def _run(self, program: str, *arguments: str) -> None:
        # The server keeps what it inherits open: with pipes the call would wait for as long as it runs.
        said = self.folder / "said"
        with said.open("w") as output:
            status = subprocess.run(
                [str(self._binaries / program), *arguments],
                stdout=output,
                stderr=subprocess.STDOUT,
                stdin=subprocess.DEVNULL,
                cwd=self.folder,
                timeout=_PATIENCE,
                check=False,
                env={**os.environ, "LC_ALL": "C.UTF-8"},
                **self._as,
            ).returncode
        if status:
            log = self.folder / "log"
            lines = said.read_text("utf-8") + (log.read_text("utf-8", "replace") if log.is_file() else "")
            raise UnavailableError(f"{program} failed ({status}): {lines.strip()[-600:]}")
