"""What merging remembers in the database, read in batches: features, keys, groups of copies, components."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from typing import Any, NamedTuple
from zlib import crc32

from sqlalchemy import Column, Connection, Select, select

from mithaq.errors import RecordError
from mithaq.merge.blocks import party_pairs
from mithaq.merge.features import features
from mithaq.merge.items import Anchor, Judgement, ReportFeatures
from mithaq.merge.settings import settings
from mithaq.store import schema
from mithaq.store.judgements import judgements as stored_judgements
from mithaq.store.rows import load_record

_BATCH = 500
_PAIRS = 1 << 62  # keys of pairs of parties stand above those of shingles


def pair_keys(report: ReportFeatures) -> list[int]:
    """The keys under which a report's dealings are found."""
    return sorted({_PAIRS | crc32(pair.encode()) for d in report.dealings for pair in party_pairs(d)})


def keys_of(report: ReportFeatures) -> list[int]:
    """All keys under which a report is found."""
    return sorted({*report.sketch.bands, *pair_keys(report)})


class Old(NamedTuple):
    """Where a dealing was put: its component, and its agreement if that has provisions."""

    component: str
    agreement: str | None


class Memory:
    """The features of reports, each loaded once."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._loaded: dict[str, ReportFeatures] = {}

    def load(self, ids: Iterable[str]) -> list[ReportFeatures]:
        """The features of these reports, of those that are there."""
        ids = list(dict.fromkeys(ids))
        columns = schema.features.c
        missing = [i for i in ids if i not in self._loaded]
        for id, data in rows_in(self._connection, select(columns.report, columns.data), columns.report, missing):
            self._loaded[id] = self._read(id, data)
        return [self._loaded[i] for i in ids if i in self._loaded]

    def _read(self, id: str, data: bytes) -> ReportFeatures:
        try:
            # The report may stand under another id than the one it came with.
            return replace(ReportFeatures.from_bytes(data), id=id)
        except RecordError:  # another version of mithaq made them
            found = load_record(self._connection, id)
            assert found, "features refer to a report"
            return features(*found)

    def sharing(self, keys: Iterable[int], days: Iterable[int] = ()) -> set[str]:
        """The reports that are found under any of *keys*; with *days* those not too far from them in time."""
        columns = schema.merge_keys.c
        query = select(columns.report).distinct()
        known = sorted(d for d in days if d)
        if known:
            span = settings().dealings.instrument_days
            query = query.where((columns.day == 0) | columns.day.between(known[0] - span, known[-1] + span))
        return {report for (report,) in rows_in(self._connection, query, columns.key, sorted(set(keys)))}

    def firsts(self, reports: Collection[str]) -> dict[str, str]:
        """Merged report → the first of its group of near-copies."""
        columns = schema.merged_reports.c
        return dict(self._pairs(select(columns.report, columns.first), columns.report, reports))

    def group(self, firsts: Collection[str]) -> set[str]:
        """The merged reports of these groups of near-copies."""
        columns = schema.merged_reports.c
        return {report for report, _ in self._pairs(select(columns.report, columns.first), columns.first, firsts)}

    def components(self, reports: Collection[str]) -> dict[tuple[str, int], str]:
        """The dealings of these reports, with their components."""
        columns = schema.dealings.c
        query = select(columns.report, columns.number, columns.component)
        return {(r, n): c for r, n, c in rows_in(self._connection, query, columns.report, reports)}

    def dealings(self, components: Collection[str]) -> dict[tuple[str, int], Old]:
        """The dealings of these components, and where they are."""
        columns = schema.dealings.c
        query = select(columns.report, columns.number, columns.component, columns.agreement)
        rows = rows_in(self._connection, query, columns.component, components)
        return {(r, n): Old(c, a) for r, n, c, a in rows}

    def removed(self) -> list[str]:
        """The merged reports that are no longer there."""
        merged, reports = schema.merged_reports.c, schema.reports.c
        query = select(merged.report).outerjoin(schema.reports, reports.id == merged.report).where(reports.id.is_(None))
        return list(self._connection.execute(query).scalars())

    def judged(self) -> list[str]:
        """The reports of which a person judged something since the last merge."""
        return list(self._connection.execute(select(schema.judged_reports.c.report)).scalars())

    def judgements(self) -> list[Judgement]:
        """What persons judged: of several judgements on one pair the newest."""
        newest: dict[tuple[Any, ...], Judgement] = {}
        for j in stored_judgements(self._connection, machine=False):
            one, other = sorted((j.one, j.other))
            newest[one, other, j.level] = Judgement(Anchor(*one), Anchor(*other), j.verdict, j.level)
        return list(newest.values())

    def _pairs(self, query: Select[Any], column: Column[Any], values: Collection[str]) -> Iterator[tuple[str, str]]:
        yield from rows_in(self._connection, query, column, values)


def rows_in(connection: Connection, query: Select[Any], column: Any, values: Collection[Any]) -> Iterator[Any]:
    """The rows of *query* where *column* is one of *values*, however many these are."""
    values = list(values)
    for start in range(0, len(values), _BATCH):
        yield from connection.execute(query.where(column.in_(values[start : start + _BATCH])))
