"""What ``mithaq serve`` was told."""

from __future__ import annotations

from dataclasses import dataclass

LOOPBACK = ("127.0.0.1", "localhost", "[::1]", "::1")


@dataclass(frozen=True, slots=True)
class Settings:
    """How the reading room runs.

    *hosts* are the names under which it may be asked (a page of another site that resolves to this machine is not
    answered); *accounts* whether people have to log in: always, unless it listens on loopback only; *secure* whether
    it is reached by HTTPS, so that cookies are sent over nothing else.
    """

    hosts: tuple[str, ...] = LOOPBACK
    accounts: bool = False
    secure: bool = False
    upload_bytes: int = 50_000_000
    """The largest upload, in bytes."""
    unpacked_bytes: int = 500_000_000
    """The largest upload when its gzip is undone, in bytes."""
    form_bytes: int = 1_000_000
    """The largest form but that of an upload, in bytes."""
