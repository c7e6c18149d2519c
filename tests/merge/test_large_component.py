"""A component of many dealings in several agreements: whatever changes in it, the result is that of merging afresh."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from typing import Any, get_args

import pytest
from merge_builders import Row, read
from sqlalchemy import delete, func, select, text, update

from mithaq.merge import agreements
from mithaq.merge.features import features
from mithaq.merge.known_scores import load_scores
from mithaq.merge.score import dealing_score
from mithaq.merge.update import merge_pending
from mithaq.model import Record, Report
from mithaq.store import schema
from mithaq.store.database import Database, open_database
from mithaq.store.judgements import Anchor, Level, Verdict, judge, undo
from mithaq.store.known import Outcome, Place
from mithaq.store.reports import add, remove

_LETTERS = "بتثجدرزسشصطعفقكلمن"
_COUNT = 36


def chain() -> list[tuple[Report, Record]]:
    """Reports between the same two states, each with words of its neighbours: near ones are alike, far ones are not."""
    rng = random.Random(4)
    pool = ["".join(rng.choices(_LETTERS, k=6)) for _ in range(_COUNT + 10)]
    found = []
    for n in range(_COUNT):
        words = rng.sample(pool[n : n + 8], 7)
        evidence = " ".join(words[:3])
        told = f"اتفقت كينيا والنرويج على {evidence} في نيروبي.\nوقال الوزير إن {' '.join(words[3:])} يبدأ قريبا."
        area = rng.choice(["energy", "energy", "trade_investment"])
        found.append(
            read(f"r{n:02}", f"2031-03-{1 + n // 3:02}", told, [Row(evidence, area)], outlet=rng.choice("ابج"))
        )
    return found


REPORTS = chain()


def put(database: Database, pairs: list[tuple[Report, Record]], outcome: Outcome = Outcome.NEW) -> None:
    with database.write() as connection:
        for report, record in pairs:
            add(connection, Place(outcome, report.id), report, record, features(report, record).to_bytes(), "test")


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    with open_database(database_url, create=True) as opened:
        put(opened, REPORTS)
        merge_pending(opened)
        yield opened


def ledger(database: Database) -> dict[str, Any]:
    """All that merging says and remembers, without the numbers and times of the machine's judgements."""
    columns = {"judgements": "one_report, one_start, other_report, other_start, judgement, machine, score, agreement"}
    names = ("agreements", "agreement_reports", "commitments", "stages", "dealings", "merged_reports", "judgements")
    with database.read() as connection:
        found: dict[str, Any] = {
            name: sorted(map(str, connection.execute(text(f"SELECT {columns.get(name, '*')} FROM {name}"))))
            for name in names
        }
        places: dict[str, list[tuple[str, int]]] = defaultdict(list)
        for report, number, component in connection.execute(select(*list(schema.dealings.c)[:3])):
            places[component].append((report, number))
        index = {place: n for n, place in enumerate(sorted(p for own in places.values() for p in own))}
        return found | {"scores": load_scores(connection, places, index)}


def place(number: int) -> Anchor:
    report, record = REPORTS[number]
    p = record.provisions[0]
    return Anchor(report.id, p.evidence.start, p.evidence.end, p.area)


def scored(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """What is noted here: each pair of dealings that is compared from now on."""
    found: list[object] = []

    def note(one: Any, other: Any, days: tuple[int, int]) -> float:
        found.append((one, other))
        return dealing_score(one, other, days)

    monkeypatch.setattr(agreements, "dealing_score", note)
    return found


def test_the_chain_is_one_component_of_several_agreements(database: Database) -> None:
    columns = schema.dealings.c
    with database.read() as connection:
        query = select(func.count(), func.count(columns.agreement.distinct())).group_by(columns.component)
        dealings, parts = max(map(tuple, connection.execute(query)))
    assert dealings == _COUNT
    assert parts > 2


def as_afresh(database: Database) -> bool:
    """Whether merging all anew changes nothing."""
    found = ledger(database)
    merge_pending(database, afresh=True)
    return ledger(database) == found


def components(database: Database) -> int:
    with database.read() as connection:
        return connection.execute(select(func.count(schema.dealings.c.component.distinct()))).scalar_one()


def test_judgements_of_every_kind_give_what_merging_afresh_gives(database: Database) -> None:
    rng = random.Random(7)
    for step in range(12):
        with database.write() as connection:
            stages = list(
                connection.execute(select(schema.stages.c.commitment, schema.stages.c.report).order_by(text("1, 2")))
            )
            together = [(a.report, b.report) for a, b in pairwise(stages) if a.commitment == b.commitment]
            one, other = (int(r[1:]) for r in rng.choice(together))
            if step % 4 == 3:
                undo(connection)
            elif step % 4 == 1:
                apart = rng.sample(range(_COUNT), 2)
                level = rng.choice(get_args(Level))
                judge(connection, place(apart[0]), place(apart[1]), rng.choice(get_args(Verdict)), "test", level)
            else:  # what the machine joined is taken apart within its agreement
                judge(connection, place(one), place(other), "different", "test")
        merge_pending(database)
        if step in (0, 5, 11):
            assert as_afresh(database)


def test_a_chain_that_was_broken_and_mended_is_what_it_was(database: Database) -> None:
    whole = ledger(database)
    broken = 0
    for first, width in ((9, 4), (20, 4)):
        with database.write() as connection:
            for n in range(first, first + width):
                remove(connection, f"r{n:02}")
        merge_pending(database)
        broken += components(database) > 1
        put(database, REPORTS[first : first + width])
        merge_pending(database)
        assert ledger(database) == whole
    assert broken


def test_a_report_with_another_text_leaves_nothing_of_the_old(database: Database) -> None:
    for one, other in ((5, 30), (20, 1), (33, 12)):
        report, _ = REPORTS[one]
        text = REPORTS[other][0].text
        changed = read(report.id, str(report.published), text, [], outlet="د")
        put(database, [(changed[0], replace(changed[1], provisions=REPORTS[other][1].provisions))], Outcome.KNOWN)
        merge_pending(database)
    assert as_afresh(database)


def test_a_judgement_compares_nothing_again(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    before = ledger(database)
    compared = scored(monkeypatch)
    with database.write() as connection:
        judge(connection, place(0), place(_COUNT - 1), "same", "test", "agreement")
    assert merge_pending(database) == 0
    assert ledger(database)["agreements"] != before["agreements"]
    assert not compared


def test_a_new_report_is_compared_and_no_other(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    with database.write() as connection:
        remove(connection, "r17")
    merge_pending(database)
    compared = scored(monkeypatch)
    put(database, [REPORTS[17]])
    assert merge_pending(database) == 1
    assert 0 < len(compared) < _COUNT


@pytest.mark.parametrize("data", [None, b"\0" * 8])
def test_scores_that_are_not_there_or_of_other_dealings_are_made_anew(database: Database, data: bytes | None) -> None:
    with database.write() as connection:
        judge(connection, place(3), place(30), "same", "test")
        if data is None:
            connection.execute(delete(schema.merge_scores))
        else:
            connection.execute(update(schema.merge_scores).values(data=data))
    merge_pending(database)
    assert as_afresh(database)
