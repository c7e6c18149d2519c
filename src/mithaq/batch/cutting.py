"""Inputs → shards, in order and with bounded memory; the same inputs and shard size give the same shards each time.

Who cuts, and whether a shard holds its reports, changes no shard: small inputs are read together, JSON Lines are cut
by counting lines, and other large inputs by counting reports, which takes a reader.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator

from mithaq.batch.shards import Files, Items, Job, Lines, Piece, Shard, Whole
from mithaq.errors import InputError
from mithaq.readers import Located, SetAside
from mithaq.readers.formats import format_of
from mithaq.readers.formats.lines import ONE_VALUE
from mithaq.readers.lines import is_utf_16, lines_at
from mithaq.readers.reports import open_source, read_path
from mithaq.readers.streams import Budget

_SMALL = 1_000
"""Bytes on the disk for each report of a shard, up to which an input is small: no packed text has as many reports."""
_TOGETHER = 8_000
"""Bytes for each report of a shard that small inputs may have together."""
_HEAVY = 16_000_000
"""Characters, or bytes of JSON, at which a shard ends before it has all its reports: it may be in memory whole."""


def cut(inputs: Iterable[str], job: Job, hold: bool, whole: bool = False) -> Iterator[Piece]:
    """The shards of all inputs; with *hold* those hold their reports that cannot be found again cheaply.

    Without it, or with *whole*, such an input is one :class:`~mithaq.batch.shards.Whole`, to be cut by a worker.
    """
    small: list[str] = []
    began = size = 0
    for number, path in enumerate(inputs):
        found = size_of(path)
        fits = found <= _SMALL * job.shard
        if small and not (fits and len(small) < job.shard and size + found <= _TOGETHER * job.shard):
            yield Files(_name(began), size, tuple(small))
            small, size = [], 0
        if fits:
            began = began if small else number
            small.append(path)
            size += found
        elif by_offset(path, job):
            yield from cut_lines(number, path, job, hold=False)
        elif whole or not hold:
            yield Whole(number, found, path)
        else:
            yield from cut_one(number, path, job)
    if small:
        yield Files(_name(began), size, tuple(small))


def cut_one(number: int, path: str, job: Job) -> Iterator[Shard]:
    """The shards of one large input, each with its reports."""
    if _kind(path, job)[0]:
        yield from cut_lines(number, path, job, hold=True)
    else:
        yield from _cut_items(number, path, job)


def large(inputs: Iterable[str], job: Job) -> int:
    """How many of the inputs only one worker can cut."""
    return sum(1 for path in inputs if size_of(path) > _SMALL * job.shard and not by_offset(path, job))


def by_offset(path: str, job: Job) -> bool:
    """Whether an input is JSON Lines that is not packed: a worker can begin at any line."""
    lines, packed = _kind(path, job)
    return lines and not packed


def size_of(path: str) -> int:
    """The bytes of an input on the disk; 0 if that cannot be known, which the reader will say."""
    try:
        return os.stat(path).st_size
    except OSError:
        return 0


def cut_lines(number: int, path: str, job: Job, hold: bool) -> Iterator[Lines]:
    """JSON Lines in shards, by their lines alone; *hold* puts the lines into them."""
    budget = Budget()
    held: list[tuple[int, bytes | None]] = []
    first = offset = count = weight = part = taken = 0
    fault = None

    def shard() -> Lines:
        return Lines(
            _name(number, part), budget.taken - taken, path, first, offset, count, tuple(held) if hold else None, fault
        )

    try:
        with open_source(path, job.wishes, budget) as source:
            for line_number, start, line in lines_at(source.stream):
                if count and (count >= job.shard or weight + len(line or b"") > _HEAVY):
                    yield shard()
                    held, count, weight, part, taken = [], 0, 0, part + 1, budget.taken
                if not count:
                    first, offset = line_number, start
                count += 1
                weight += len(line or b"")
                if hold:
                    held.append((line_number, line))
                if line in ONE_VALUE:
                    break
    except InputError as error:
        fault = (error.message, error.hint)
    if count or fault:
        yield shard()


def _cut_items(number: int, path: str, job: Job) -> Iterator[Items]:
    budget = Budget()
    held: list[Located | SetAside] = []
    weight = part = taken = 0
    for item in read_path(path, job.wishes, budget):
        more = len(item.report.text) if isinstance(item, Located) else 0
        if held and (len(held) >= job.shard or weight + more > _HEAVY):
            yield Items(_name(number, part), budget.taken - taken, tuple(held))
            held, weight, part, taken = [], 0, part + 1, budget.taken
        held.append(item)
        weight += more
    if held:
        yield Items(_name(number, part), budget.taken - taken, tuple(held))


def _kind(path: str, job: Job) -> tuple[bool, bool]:
    """Whether an input is JSON Lines whose lines can be told by their bytes, and whether it is packed."""
    budget = Budget()
    try:
        with open_source(path, job.wishes, budget) as source:
            lines = format_of(source).name == "jsonl" and not is_utf_16(source.stream)
            return lines, budget.made > 0
    except InputError:
        return False, False  # the reader will say what is wrong


def _name(number: int, part: int = 0) -> str:
    return f"{number:06d}-{part:06d}"
