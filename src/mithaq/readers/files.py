"""A path, or standard input, → a stream of bytes with its compression undone."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import PurePath
from typing import BinaryIO

from mithaq.errors import InputError
from mithaq.readers.packing import damage, unwrap
from mithaq.readers.sources import unpacked_name
from mithaq.readers.streams import CHUNK, Budget, outside

STDIN = "-"


def name_of(path: str) -> str:
    """How messages name an input; always printable."""
    return "<stdin>" if path == STDIN else os.fsencode(path).decode("utf-8", "replace")


def is_url(path: str) -> bool:
    """Whether an argument is an address to fetch rather than the name of a file."""
    return path[:8].lower().startswith(("http://", "https://"))


def stem_of(path: str) -> str:
    """The name of an input without folders and endings: ``"news"`` for ``"a/news.jsonl.gz"``."""
    return "stdin" if path == STDIN else PurePath(unpacked_name(name_of(path))).stem


@contextmanager
def open_input(path: str, budget: Budget | None = None) -> Iterator[io.BufferedReader]:
    """The bytes of an input; raises :class:`~mithaq.errors.InputError`, also for what goes wrong while it is read."""
    budget = budget or Budget()
    try:
        with _raw(path) as raw, damage():
            yield unwrap(outside(raw, budget), budget)
    except OSError as error:
        raise _unreadable(error) from error


@contextmanager
def _raw(path: str) -> Iterator[BinaryIO]:
    if path != STDIN:
        with open(path, "rb", buffering=CHUNK * 4) as file:
            yield file
    elif sys.stdin is None or sys.stdin.closed:
        raise InputError("standard input is closed", "give a file, or pipe a text into mithaq")
    else:
        yield sys.stdin.buffer


def _unreadable(error: OSError) -> InputError:
    if isinstance(error, FileNotFoundError):
        return InputError("no such file", "check the path")
    if isinstance(error, IsADirectoryError):
        return InputError("is a directory", "name the files in it")
    if isinstance(error, PermissionError):
        return InputError("no permission to read it", "check the file's permissions")
    return InputError(f"cannot be read: {error.strerror or error}")
