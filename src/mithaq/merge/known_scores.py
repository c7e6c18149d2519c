"""The scores of the pairs of a component, kept with it: what is not new need not be compared again."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Mapping, Sequence
from zlib import crc32

from sqlalchemy import Connection, delete, select

from mithaq.merge.memory import rows_in
from mithaq.store import schema

Place = tuple[str, int]
"""A dealing: its report, and its number there."""
_TABLE = schema.merge_scores
_BATCH = 500


def load_scores(
    connection: Connection, components: Mapping[str, Sequence[Place]], index: Mapping[Place, int]
) -> tuple[dict[tuple[int, int], float], set[str]]:
    """The kept scores of *components* (with all their dealings) by *index*, and the components that have them.

    Dealings that *index* lacks are left out. A component of one dealing has nothing to score.
    """
    found: dict[tuple[int, int], float] = {}
    known = {name for name, places in components.items() if len(places) == 1}
    query = select(_TABLE.c.component, _TABLE.c.data)
    for name, data in rows_in(connection, query, _TABLE.c.component, sorted(components.keys() - known)):
        places = sorted(components[name])
        unpacked = _unpack(data, places)
        if unpacked is None:
            continue
        known.add(name)
        at = [index.get(place, -1) for place in places]
        for i, j, score in zip(*unpacked, strict=True):
            a, b = at[i], at[j]
            if a >= 0 and b >= 0:
                found[(a, b) if a < b else (b, a)] = score
    return found, known


def keep_scores(
    connection: Connection,
    stale: Iterable[str],
    components: Iterable[tuple[str, Sequence[Place], Mapping[tuple[int, int], float]]],
) -> None:
    """Keep the scores of *components* (name, dealings, scores of these by index) in place of those of *stale* ones."""
    names = sorted(stale)
    for start in range(0, len(names), _BATCH):
        connection.execute(delete(_TABLE).where(_TABLE.c.component.in_(names[start : start + _BATCH])))
    rows = [{"component": name, "data": _pack(places, scores)} for name, places, scores in components]
    if rows:
        connection.execute(_TABLE.insert(), rows)


def _pack(places: Sequence[Place], scores: Mapping[tuple[int, int], float]) -> bytes:
    """A checksum of the dealings, the number of scores, and their columns: first and second by rank, score."""
    ranked = sorted(places)
    rank = {place: n for n, place in enumerate(ranked)}
    at = [rank[place] for place in places]
    head = array("I", [_checksum(ranked), len(scores)])
    columns = array("I", [at[a] for a, _ in scores]), array("I", [at[b] for _, b in scores])
    return b"".join(part.tobytes() for part in (head, *columns, array("d", scores.values())))


def _unpack(data: bytes, ranked: Sequence[Place]) -> tuple[array[int], array[int], array[float]] | None:
    """The columns; ``None`` if they are those of other dealings, or of a machine with another order of bytes."""
    numbers, scores = array("I"), array("d")
    size = numbers.itemsize
    if len(data) < 2 * size:
        return None
    numbers.frombytes(data[: 2 * size])
    checksum, count = numbers
    if checksum != _checksum(ranked) or len(data) != 2 * size + count * (2 * size + scores.itemsize):
        return None
    middle = 2 * size * (1 + count)
    numbers.frombytes(data[2 * size : middle])
    scores.frombytes(data[middle:])
    return numbers[2 : 2 + count], numbers[2 + count :], scores


def _checksum(ranked: Iterable[Place]) -> int:
    return crc32("\n".join(f"{report}#{number}" for report, number in ranked).encode())
