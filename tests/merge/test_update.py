from __future__ import annotations

import random
from collections.abc import Iterator
from multiprocessing import get_context
from typing import Any

import pytest
from merge_builders import FISH, SIGNED, TALKS, TALKS_RETOLD, Row, read
from sqlalchemy import select, text

from mithaq.errors import RecordError
from mithaq.merge import update
from mithaq.merge.features import features
from mithaq.merge.items import ReportFeatures
from mithaq.merge.merging import merge
from mithaq.merge.update import merge_pending
from mithaq.model import Record, Report
from mithaq.store import schema
from mithaq.store.database import Database, open_database
from mithaq.store.judgements import Anchor, Verdict, judge, undo
from mithaq.store.known import Outcome, Place
from mithaq.store.reports import add, remove

DAM = Row("ترميم خزان توركانا", "energy")
REPORTS = [
    read("talks", "2031-03-02", TALKS, [DAM, Row("محادثات", "visit", "done")]),
    read("copy", "2031-03-03", "أوسلو: " + TALKS, [DAM], outlet="الجبل"),
    read("retold", "2031-03-03", TALKS_RETOLD, [DAM._replace(status="planned")], outlet="الجبل"),
    read("signed", "2031-03-09", SIGNED, [DAM._replace(status="signed")], outlet="السهل"),
    read("fish", "2031-03-04", FISH, [Row("قواعد صيد التونة", "trade_investment", "discussed")]),
    read("catch", "2031-03-05", FISH + "\nواتفقا على التونة.", [Row("قواعد صيد التونة", "trade_investment")]),
    read("bare", "2031-03-06", SIGNED + " وسيبدأ العمل قريبا.", [], outlet="الوادي"),
]


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    with open_database(database_url, create=True) as opened:
        yield opened


def put(database: Database, *pairs: tuple[Report, Record], outcome: Outcome = Outcome.NEW) -> None:
    with database.write() as connection:
        for report, record in pairs:
            add(connection, Place(outcome, report.id), report, record, features(report, record).to_bytes(), "test")


def ledger(database: Database) -> dict[str, Any]:
    """All that merging writes, without the numbers and times of the machine's judgements."""
    columns = {
        "judgements": "one_report, one_start, other_report, other_start, judgement, score, agreement, reasons",
        "reports": "id, merged, copy_of",
    }
    tables = ("agreements", "agreement_reports", "commitments", "commitment_parties", "stages", "dealings")
    names = (*tables, "merged_reports", "merge_keys", *columns)
    with database.read() as connection:
        return {
            name: sorted(map(str, connection.execute(text(f"SELECT {columns.get(name, '*')} FROM {name}"))))
            for name in names
        }


def stage(database: Database, report: str, provision: str = "p1") -> str:
    """The commitment of a provision."""
    s = schema.stages.c
    with database.read() as connection:
        query = select(s.commitment).where(s.report == report, s.provision == provision)
        found: str = connection.execute(query).scalar_one()
        return found


def place(report: str, provision: str = "p1") -> Anchor:
    record = next(record for r, record in REPORTS if r.id == report)
    p = next(p for p in record.provisions if p.id == provision)
    return Anchor(report, p.evidence.start, p.evidence.end, p.area)


def test_the_database_holds_what_merging_gives(database: Database) -> None:
    put(database, *REPORTS)
    assert merge_pending(database) == len(REPORTS)
    merged = merge([ReportFeatures.from_bytes(features(*r).to_bytes()) for r in REPORTS])
    with database.read() as connection:
        told = set(map(tuple, connection.execute(select(schema.agreement_reports))))
        stages = set(map(tuple, connection.execute(select(schema.stages))))
        row = (
            connection.execute(select(schema.commitments).where(schema.commitments.c.area == "energy")).mappings().one()
        )
        copies = select(schema.reports.c.id, schema.reports.c.copy_of).where(schema.reports.c.copy_of.is_not(None))
        assert dict(map(tuple, connection.execute(copies))) == merged.copies
    assert merged.copies == {"copy": "talks", "signed": "bare", "catch": "fish"}
    assert told == {(a.id, r) for a in merged.agreements for r in a.reports}
    assert stages == {
        (m.report, m.provision, c.id) for a in merged.agreements for c in a.commitments for m in c.members
    }
    assert (row["status"], row["reports"], row["outlets"], row["parties"]) == ("signed", 4, 3, "KEN NOR")
    assert str(row["first"]) == "2031-03-02"


def test_batches_in_any_order_give_what_merging_afresh_gives(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(database, *REPORTS)
    merge_pending(database)
    whole = ledger(database)
    monkeypatch.setattr(update, "BATCH", 2)
    for seed in range(3):
        with database.write() as connection:
            for report, _ in REPORTS:
                remove(connection, report.id)
        merge_pending(database)
        assert not any(ledger(database).values())
        shuffled = random.Random(seed).sample(REPORTS, len(REPORTS))
        for start in range(0, len(shuffled), 1 + seed):
            put(database, *shuffled[start : start + 1 + seed])
            merge_pending(database)
        assert ledger(database) == whole
    assert merge_pending(database, afresh=True) == len(REPORTS)
    assert ledger(database) == whole


def test_a_removed_report_leaves_what_the_others_make(database: Database) -> None:
    put(database, *REPORTS[1:])
    merge_pending(database)
    without = ledger(database)
    put(database, REPORTS[0])
    merge_pending(database)
    assert ledger(database) != without
    with database.write() as connection:
        remove(connection, "talks")
    merge_pending(database)
    assert ledger(database) == without


def test_a_report_read_again_is_merged_again(database: Database) -> None:
    put(database, *REPORTS)
    merge_pending(database)
    report, record = read("retold", "2031-03-03", TALKS_RETOLD, [], outlet="الجبل")
    put(database, (report, record), outcome=Outcome.KNOWN)
    merge_pending(database)
    again = ledger(database)
    assert not any("retold" in row for row in again["stages"])
    merge_pending(database, afresh=True)
    assert ledger(database) == again


def test_nothing_pending_changes_nothing(database: Database) -> None:
    assert merge_pending(database) == 0
    put(database, *REPORTS)
    seen: list[int] = []
    merge_pending(database, progress=seen.append)
    before = ledger(database)
    assert merge_pending(database) == 0
    assert ledger(database) == before
    assert seen == [len(REPORTS)]


def test_a_person_s_judgement_holds_and_can_be_undone(database: Database) -> None:
    put(database, *REPORTS)
    merge_pending(database)
    before = ledger(database)
    verdicts: list[tuple[Verdict, bool]] = [("same", True), ("different", False)]
    for verdict, together in verdicts:
        with database.write() as connection:
            judge(connection, place("talks"), place("fish"), verdict, "test")
        merge_pending(database)
        assert (stage(database, "talks") == stage(database, "fish")) is together
    with database.write() as connection:
        undo(connection)
        undo(connection)
    merge_pending(database)
    after = ledger(database)
    assert {k: v for k, v in after.items() if k != "judgements"} == {
        k: v for k, v in before.items() if k != "judgements"
    }


def test_a_judgement_reaches_what_was_merged_long_before(database: Database) -> None:
    put(database, *REPORTS[:4])
    merge_pending(database)
    with database.write() as connection:
        judge(connection, place("fish"), place("talks"), "same", "test")
    put(database, REPORTS[4])
    merge_pending(database)
    assert stage(database, "talks") == stage(database, "fish")


def test_features_of_another_version_are_made_anew(database: Database) -> None:
    put(database, *REPORTS)
    merge_pending(database)
    before = ledger(database)
    with database.write() as connection:
        connection.execute(schema.features.update().values(data=b"[0]"))
    with pytest.raises(RecordError):
        ReportFeatures.from_bytes(b"[0]")
    merge_pending(database, afresh=True)
    assert ledger(database) == before


def _work(url: str, numbers: list[int]) -> None:
    with open_database(url) as database:
        for n in numbers:
            put(database, REPORTS[n])
            merge_pending(database)


def test_processes_that_merge_at_once_give_the_same(database: Database, database_url: str) -> None:
    put(database, *REPORTS)
    merge_pending(database)
    whole = ledger(database)
    with database.write() as connection:
        for report, _ in REPORTS:
            remove(connection, report.id)
    merge_pending(database)
    context = get_context("spawn")
    workers = [context.Process(target=_work, args=(database_url, list(range(n, len(REPORTS), 3)))) for n in range(3)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(60)
    assert [w.exitcode for w in workers] == [0, 0, 0]
    assert ledger(database) == whole
