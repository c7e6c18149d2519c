"""Records and texts by the id of their report, on disk: files of any size are compared in bounded memory."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from types import TracebackType
from typing import Any, Literal, Self

from mithaq.errors import InputError
from mithaq.model import Record

Side = Literal["a", "b", "gold"]


class Shelf:
    """A temporary database that goes when it is closed, or with its process."""

    def __init__(self) -> None:
        self._db = sqlite3.connect("", isolation_level=None)
        self._db.execute("CREATE TABLE held (side TEXT, id TEXT, data TEXT, PRIMARY KEY (side, id))")
        self._db.execute("BEGIN")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._db.close()

    def put(self, side: Side, record: Record) -> bool:
        """Keep a record; a later one of the same id takes its place. Returns whether there was none before."""
        return self._put(side, record.id, record.to_dict())

    def get(self, side: Side, id: str) -> Record | None:
        """The record of that id, if there is one."""
        found = self._get(side, id)
        return None if found is None else Record.from_dict(found)

    def put_text(self, id: str, text: str) -> None:
        """Keep a report's text."""
        self._put("text", id, text)

    def text(self, id: str) -> str | None:
        """The text of the report of that id, if there is one."""
        found: str | None = self._get("text", id)
        return found

    def count(self, side: Side) -> int:
        """How many records there are."""
        (found,) = self._db.execute("SELECT count(*) FROM held WHERE side = ?", (side,)).fetchone()
        return int(found)

    def ids(self) -> Iterator[str]:
        """The ids of all records: those of ``a`` in their order, then what only ``b``, then what only gold has."""
        for side, before in (("a", "''"), ("b", "'a'"), ("gold", "'a', 'b'")):
            query = (
                "SELECT id FROM held AS h WHERE side = ? AND NOT EXISTS "
                f"(SELECT 1 FROM held WHERE id = h.id AND side IN ({before})) ORDER BY rowid"
            )
            for (key,) in self._db.execute(query, (side,)):
                yield json.loads(key)

    def _put(self, side: str, id: str, data: object) -> bool:
        line = json.dumps(data, ensure_ascii=True)  # half of a surrogate pair fits in no UTF-8
        key = json.dumps(id)
        try:
            if self._db.execute("UPDATE held SET data = ? WHERE side = ? AND id = ?", (line, side, key)).rowcount:
                return False
            self._db.execute("INSERT INTO held VALUES (?, ?, ?)", (side, key, line))
        except sqlite3.Error as error:
            raise InputError(
                f"no room for a temporary file: {error}", "set TMPDIR to a folder on a larger disk"
            ) from error
        return True

    def _get(self, side: str, id: str) -> Any:
        row = self._db.execute("SELECT data FROM held WHERE side = ? AND id = ?", (side, json.dumps(id))).fetchone()
        return None if row is None else json.loads(row[0])
