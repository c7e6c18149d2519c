"""Passwords: hashed with Argon2id (RFC 9106, its second recommended setting), compared in constant time."""

from __future__ import annotations

from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from mithaq.errors import AccountError

SHORTEST = 10
LONGEST = 1000
"""Of a password, in characters."""


@cache
def _hasher() -> PasswordHasher:
    return PasswordHasher()


@cache
def _nobody() -> str:
    return _hasher().hash("nobody's")


def hash_password(password: str) -> str:
    """What the database keeps of a password; raises :class:`~mithaq.errors.AccountError` for one that is too short."""
    if len(password) < SHORTEST:
        raise AccountError(f"the password is too short: {len(password)} characters", f"use {SHORTEST} or more")
    if len(password) > LONGEST:
        raise AccountError("the password is too long", f"use at most {LONGEST:,} characters")
    return _hasher().hash(password)


def matches(kept: str | None, password: str) -> bool:
    """Whether *password* is the one that was *kept*; takes as long if there is no such account (``None``)."""
    try:
        return _hasher().verify(kept or _nobody(), password[:LONGEST]) and kept is not None
    except (VerificationError, InvalidHashError):
        return False
