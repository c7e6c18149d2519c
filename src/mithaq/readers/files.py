"""A path, or standard input, → a stream of bytes with gzip undone."""

from __future__ import annotations

import gzip
import io
import os
import sys
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import PurePath
from typing import BinaryIO, cast

from mithaq.errors import InputError

STDIN = "-"
_GZIP = b"\x1f\x8b"
_PEEK = 4096


def name_of(path: str) -> str:
    """How messages name an input; always printable."""
    return "<stdin>" if path == STDIN else os.fsencode(path).decode("utf-8", "replace")


def stem_of(path: str) -> str:
    """The name of an input without folders and endings: ``"news"`` for ``"a/news.jsonl.gz"``."""
    return "stdin" if path == STDIN else PurePath(name_of(path).removesuffix(".gz")).stem


@contextmanager
def open_input(path: str) -> Iterator[io.BufferedReader]:
    """The bytes of an input; raises :class:`~mithaq.errors.InputError`, also for what goes wrong while it is read."""
    try:
        with _raw(path) as raw:
            buffered = raw if isinstance(raw, io.BufferedReader) else io.BufferedReader(cast(io.RawIOBase, raw))
            if buffered.peek(len(_GZIP)).startswith(_GZIP):
                with gzip.GzipFile(fileobj=buffered) as unpacked:
                    yield io.BufferedReader(cast(io.RawIOBase, unpacked), _PEEK * 64)
            else:
                yield buffered
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise InputError(f"its gzip data is damaged: {error}", "fetch or pack it again") from error
    except OSError as error:
        raise _unreadable(error) from error


@contextmanager
def _raw(path: str) -> Iterator[BinaryIO]:
    if path != STDIN:
        with open(path, "rb", buffering=_PEEK * 64) as file:
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
