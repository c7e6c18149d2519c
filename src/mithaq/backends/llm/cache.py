"""Answers on disk: a question that was answered is not asked, or paid for, again."""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from pathlib import Path
from typing import Any

from mithaq.errors import BackendError


class Cache:
    """A folder of answers, one file each, named by a hash of the model, the prompt's version and the piece.

    A file is written under a temporary name and renamed, so that nobody ever reads half of one; several processes may
    share a folder. Only answers that could be parsed are kept.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise BackendError(
                f"the cache {str(folder)!r} cannot be used: {error.strerror}", "give another --cache"
            ) from error

    @staticmethod
    def key(*parts: str) -> str:
        """The name of an answer: a hash of everything that it depends on."""
        return hashlib.sha256(json.dumps(parts).encode()).hexdigest()

    def get(self, key: str) -> dict[str, Any] | None:
        """The answer that is kept under *key*; ``None`` if there is none, or its file is damaged."""
        try:
            value = json.loads(self._path(key).read_bytes())
        except (OSError, ValueError):
            return None
        return value if isinstance(value, dict) else None

    def put(self, key: str, value: dict[str, Any]) -> None:
        """Keep an answer; raises :class:`~mithaq.errors.BackendError` where nothing can be written."""
        path = self._path(key)
        try:
            path.parent.mkdir(exist_ok=True)
            handle, name = tempfile.mkstemp(dir=path.parent, prefix=".new-")
            try:
                with os.fdopen(handle, "w", encoding="ascii") as file:
                    json.dump(value, file)  # escaped: a model may give half a surrogate pair
                os.replace(name, path)
            except BaseException:
                Path(name).unlink(missing_ok=True)
                raise
        except OSError as error:
            message = f"the cache {str(self._folder)!r} cannot be written: {error.strerror}"
            raise BackendError(message, "make room, or leave out --cache") from error

    def _path(self, key: str) -> Path:
        return self._folder / key[:2] / f"{key}.json"
