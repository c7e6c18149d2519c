"""A shard → its files. This runs in the workers of every engine, and needs only the shard and the job."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import islice
from pathlib import Path

from mithaq.batch.cutting import cut_one
from mithaq.batch.journal import Journal
from mithaq.batch.rows import Row, aside_row, report_rows
from mithaq.batch.shards import Done, Files, Items, Job, Lines, Piece, Shard, Whole
from mithaq.batch.writing import WORK, ShardWriter, is_done, rows_of
from mithaq.errors import InputError, RunError
from mithaq.model import Report
from mithaq.pipeline import attempt
from mithaq.readers import Located, SetAside
from mithaq.readers.formats.lines import read_lines
from mithaq.readers.items import unprintable
from mithaq.readers.lines import lines_at
from mithaq.readers.reports import read_path, source_of
from mithaq.readers.streams import Budget

_SHOWN = 5
_KILLER = InputError("reading it ended the process", "please report it with this text")


def work(piece: Piece, job: Job) -> Iterator[Done]:
    """Write what *piece* holds, shard by shard, and say what is written; what was written before is left as it is.

    Raises :class:`~mithaq.errors.RunError` if the input changes meanwhile, :class:`OSError` when the disk refuses.
    """
    for shard in cut_one(piece.number, piece.path, job) if isinstance(piece, Whole) else (piece,):
        yield found_done(shard, job) or _write(shard, job)


def found_done(shard: Shard, job: Job) -> Done | None:
    """What a shard has, if it was written before."""
    folder = Path(job.folder)
    if not is_done(folder, shard.name):
        return None
    reports, provisions, aside = (rows_of(folder, table, shard.name) for table in ("reports", "provisions", "aside"))
    return Done(shard.name, shard.size, reports, provisions, aside, before=True)


def _write(shard: Shard, job: Job) -> Done:
    folder = Path(job.folder)
    journal = Journal(folder / WORK / f"{shard.name}.at", job.run)
    shown: list[str] = []
    done = False
    try:
        with ShardWriter(folder, shard.name) as writer:
            for number, item in enumerate(_items(shard, job)):
                rows = _rows(f"{shard.name}/{number}", number, item, journal, job.reader)
                writer.add(rows)
                if len(shown) < _SHOWN:
                    shown += [f"{item.place}: {row['reason']}" for row in rows.get("aside", ())]
            writer.commit()
            done = True
    finally:
        journal.close(done)
    counts = writer.counts
    return Done(shard.name, shard.size, counts["reports"], counts["provisions"], counts["aside"], shown=tuple(shown))


def _rows(
    key: str, number: int, item: Located | SetAside, journal: Journal, reader: str
) -> Mapping[str, Sequence[Row]]:
    """The rows of an item, of its record or of why it has none."""
    if isinstance(item, SetAside):
        return {"aside": [aside_row(key, item)]}
    fault = _KILLER if number in journal.killers else _unwritable(item.report)
    if fault is None:
        journal.at(number)
        record = attempt(item.report)
        journal.between()
        if not isinstance(record, InputError):
            return report_rows(key, item, record, reader)
        fault = record
    return {"aside": [aside_row(key, SetAside(item.place, fault), item.report.id)]}


def _unwritable(report: Report) -> InputError | None:
    """Why Parquet cannot hold what a report says of itself; the readers answer for its text."""
    for name in ("id", "outlet", "url", "title"):
        if unprintable(getattr(report, name) or "") >= 0:
            return InputError(
                f"its {name} holds half a character (a lone surrogate)", "export it again from its origin"
            )
    return None


def _items(shard: Shard, job: Job) -> Iterator[Located | SetAside]:
    match shard:
        case Items():
            yield from shard.items
        case Files():
            for path in shard.paths:
                yield from read_path(path, job.wishes, Budget())
        case Lines():
            yield from _lines(shard, job)


def _lines(shard: Lines, job: Job) -> Iterator[Located | SetAside]:
    if shard.held is not None:
        source = source_of(io.BufferedReader(io.BytesIO()), shard.path, job.wishes, Budget())
        yield from read_lines(replace(source, reader="jsonl"), shard.held)
    else:
        with open(shard.path, "rb") as file:
            file.seek(shard.offset)
            source = source_of(file, shard.path, job.wishes, Budget())
            yield from read_lines(replace(source, reader="jsonl"), _again(file, shard))
    if shard.fault:
        yield SetAside(source.place, InputError(*shard.fault))


def _again(file: io.BufferedReader, shard: Lines) -> Iterator[tuple[int, bytes | None]]:
    """The lines of a shard, from the place where they begin."""
    count = 0
    for number, _, line in islice(lines_at(file, shard.first - 1, shard.offset), shard.count):
        count += 1
        yield number, line
    if count < shard.count:
        raise RunError(f"{shard.path} became shorter while it was read", "start again with a new folder")
