"""Two readings, cell by cell: each way to agree and to differ, and by gold who is right."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from mithaq.evaluation import evaluate
from mithaq.evaluation.comparing import CELLS, Row, compare_records
from mithaq.evaluation.comparison import Compared, Totals, compare_all
from mithaq.evaluation.shelf import Shelf
from mithaq.model import Attribution, Provision, Record, Span

TEXT = "قال سالم إن الطريق سيفتح غدا وأضاف ناصر أن القطار تأخر"
CORPUS = Path(__file__).parents[2] / "corpus" / "gold.jsonl"


def span(text: str) -> Span:
    start = TEXT.index(text)
    return Span.of(TEXT, start, start + len(text))


def says(id: str, cue: str, speaker: str, content: str, parent: str | None = None) -> Attribution:
    return Attribution(id, span(cue), span(speaker), speaker, (span(content),), "indirect", parent, "named")


def does(id: str, evidence: str, area: str, status: str, *parties: str, word: str | None = None) -> Provision:
    return Provision(id, span(evidence), area, status, parties, "provision", word)


SALIM = says("a1", "قال", "سالم", "الطريق سيفتح غدا")
NASIR = says("a2", "أضاف", "ناصر", "القطار تأخر", "a1")
ROAD = does("p1", "الطريق", "transport", "done", "EGY", "SDN", word="a1")
RECORD = Record("r", (SALIM, NASIR), (ROAD,))


def cells(rows: Iterable[Row]) -> list[tuple[str, str, str]]:
    return [(row.kind, c.name, c.same) for row in rows for c in row.cells if c.same != "same"]


def test_the_same_is_the_same_in_every_cell_whatever_the_ids() -> None:
    ids = {"a1": "x7", "a2": "x1", None: None}
    other = Record(
        "r",
        tuple(replace(a, id=str(ids[a.id]), parent=ids[a.parent]) for a in (SALIM, NASIR)),
        (replace(ROAD, id="q", attribution="x7", parties=("SDN", "EGY")),),
    )
    rows = compare_records(RECORD, other)
    assert cells(rows) == []
    assert [(row.kind, row.at.text) for row in rows] == [
        ("attribution", "قال"),
        ("attribution", "أضاف"),
        ("provision", "الطريق"),
    ]
    assert {row.kind: tuple(c.name for c in row.cells) for row in rows} == CELLS


@pytest.mark.parametrize(
    ("changed", "cell", "same"),
    [
        ({"cue": Span.of(TEXT, 0, 2)}, "cue", "near"),
        ({"source": None}, "source", "other"),
        ({"source": span("سالم إن")}, "source", "near"),
        ({"source": span("ناصر")}, "source", "other"),
        ({"speaker": "السالم"}, "speaker", "near"),
        ({"speaker": "ناصر"}, "speaker", "other"),
        ({"content": (span("الطريق سيفتح"),)}, "content", "near"),
        ({"content": (span("غدا"),)}, "content", "other"),
        ({"mode": "direct"}, "mode", "other"),
        ({"kind": "anonymous"}, "kind", "other"),
        ({"certainty": "possible"}, "certainty", "other"),
        ({"polarity": "-"}, "polarity", "other"),
    ],
)
def test_each_cell_of_an_attribution(changed: dict[str, Any], cell: str, same: str) -> None:
    other = replace(RECORD, attributions=(replace(SALIM, **changed), NASIR))
    found = [entry for entry in cells(compare_records(RECORD, other)) if entry[:2] == ("attribution", cell)]
    assert found == [("attribution", cell, same)]


@pytest.mark.parametrize(
    ("changed", "cell", "same"),
    [
        ({"evidence": span("الطريق سيفتح")}, "evidence", "near"),
        ({"area": "energy"}, "area", "other"),
        ({"status": "planned"}, "status", "other"),
        ({"parties": ("EGY", "KEN")}, "parties", "other"),
        ({"role": "condition"}, "role", "other"),
        ({"attribution": "a2"}, "attribution", "other"),
        ({"attribution": None}, "attribution", "other"),
    ],
)
def test_each_cell_of_a_provision(changed: dict[str, Any], cell: str, same: str) -> None:
    other = replace(RECORD, provisions=(replace(ROAD, **changed),))
    assert cells(compare_records(RECORD, other)) == [("provision", cell, same)]
    assert cells(compare_records(other, RECORD)) == [("provision", cell, same)]


def test_a_parent_that_stands_for_another_differs() -> None:
    other = replace(RECORD, attributions=(SALIM, replace(NASIR, parent=None)))
    assert cells(compare_records(RECORD, other)) == [("attribution", "parent", "other")]


def test_what_one_has_alone_is_one_cell() -> None:
    rows = compare_records(RECORD, replace(RECORD, attributions=(SALIM,), provisions=()))
    assert cells(rows) == [("attribution", "attribution", "only_a"), ("provision", "provision", "only_a")]
    alone = rows[1].cells[0]
    assert (alone.a, alone.b) == ("ناصر | أضاف | القطار تأخر", "—")
    assert cells(compare_records(Record("r"), RECORD))[-1] == ("provision", "provision", "only_b")


def test_gold_says_which_of_both_is_right() -> None:
    gold = RECORD
    a = Record("r", (SALIM, replace(NASIR, speaker="سالم")), (replace(ROAD, status="planned"),))
    b = Record("r", (replace(SALIM, speaker="ناصر"),), (ROAD, does("p2", "القطار", "visit", "done", "EGY", "SDN")))
    rows = compare_records(a, b, gold)
    right = {(row.at.text, cell.name): (cell.right, cell.gold) for row in rows for cell in row.cells}
    assert right["قال", "speaker"] == ("a", "سالم")
    assert right["قال", "cue"] == ("both", "قال")
    assert right["أضاف", "attribution"] == ("a", "ناصر | أضاف | القطار تأخر")
    assert right["الطريق", "status"] == ("b", "done")
    assert right["القطار", "provision"] == ("a", "—")
    assert all(cell.right == "" for row in compare_records(a, b) for cell in row.cells)


def test_both_can_be_wrong_and_miss_things() -> None:
    none = Record("r")
    (lost, *_) = compare_records(none, none, RECORD)
    assert (lost.a, lost.b, lost.cells[0].same, lost.cells[0].right) == (None, None, "gold_only", "neither")
    assert len(compare_records(none, none, RECORD)) == 3
    wrong = replace(RECORD, provisions=(replace(ROAD, status="planned"),))
    (status,) = [c for row in compare_records(wrong, wrong, RECORD) for c in row.cells if c.name == "status"]
    assert (status.same, status.right) == ("same", "neither")
    spare = Record("r", (), (ROAD,))
    assert {c.right for row in compare_records(spare, spare, none) for c in row.cells} == {"neither"}


def records() -> list[Record]:
    lines = CORPUS.read_text("utf-8").splitlines()[:60]
    return [Record.from_dict(json.loads(line)) for line in lines]


def test_totals_are_those_of_evaluation() -> None:
    """On the project's own corpus, against a reading with every third row left out."""
    a = {r.id: r for r in records()}
    b = {
        id: replace(r, attributions=r.attributions[::3] + r.attributions[1::3], provisions=r.provisions[::2])
        for id, r in a.items()
    }
    gone = next(iter(a))
    totals = Totals()
    with Shelf() as shelf:
        assert all(shelf.put("a", r) for r in a.values())
        assert all(shelf.put("b", r) for r in b.values() if r.id != gone)
        assert all(shelf.put("gold", r) for r in a.values())
        for compared in compare_all(shelf):
            totals.add(compared)
    both = {id: r for id, r in a.items() if id != gone}
    assert totals.scores("agreement") == evaluate(both, b)
    assert totals.scores("a") == evaluate(a, a)
    assert totals.scores("b") == evaluate(a, {id: r for id, r in b.items() if id != gone})
    assert dict(totals.reports) == {"both": 59, "a": 1, "gold": 60, "differ": totals.reports["differ"]}
    found = {(t.kind, t.cell): t for t in totals.cells()}
    rows = found["attribution", "attribution"]
    assert rows.same["same"] == sum(len(b[id].attributions) for id in both)
    assert rows.same["only_a"] == sum(len(r.attributions) - len(b[r.id].attributions) for r in both.values())
    assert rows.right["a"] == rows.same["only_a"]
    assert found["provision", "status"].agreement == 1.0
    assert found["provision", "status"].right["neither"] == 0


def test_reports_come_in_the_order_of_the_first_file_and_the_last_of_an_id_counts() -> None:
    with Shelf() as shelf:
        for side, ids in (("a", "cba"), ("b", "axc"), ("gold", "gx")):
            for id in ids:
                assert shelf.put(side, Record(id))  # type: ignore[arg-type]
        assert not shelf.put("a", replace(RECORD, id="b"))
        found = list(compare_all(shelf))
        assert [c.id for c in found] == ["c", "b", "a", "x", "g"]
        assert [(bool(c.a), bool(c.b), bool(c.gold)) for c in found[3:]] == [(False, True, True), (False, False, True)]
        assert found[1].a == replace(RECORD, id="b")
        assert not Compared("b", found[1].a, None, None, ()).agrees
        shelf.put_text("c", "نص \ud800")
        assert shelf.text("c") == "نص \ud800"
        assert shelf.text("b") is None
