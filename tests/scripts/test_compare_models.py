"""The comparison of rules and models: nothing is scored by what has seen it, and the counts are right by hand."""

from __future__ import annotations

from datetime import date, timedelta
from math import inf

import pytest
from compare_models import Item, cells, folds, read, same_act, statuses, table

from mithaq.lexicon.weights import BIAS, Model, parse_model
from mithaq.model import Provision, Record, Report, Span
from mithaq.ontology import areas
from mithaq.ontology import statuses as known_statuses
from mithaq.pipeline import annotate

SIGNED = "وقعت الهند والبرازيل اتفاقية لتدريب الضباط."
EVIDENCE = "اتفاقية لتدريب الضباط"


def item(status: str = "signed", number: int = 0) -> Item:
    report = Report(SIGNED, f"r{number}", published=date(2031, 1, 1) + timedelta(days=number))
    start = SIGNED.index(EVIDENCE)
    span = Span.of(SIGNED, start, start + len(EVIDENCE))
    gold = Provision("p1", span, "training", status, ("BRA", "IND"), "provision", None)
    return Item(annotate(report, before="find_provisions"), Record(report.id, (), (gold,)), {})


def refusing() -> dict[str, Model]:
    """Models that take every phrase for an act that is refused."""
    n = list(known_statuses()).index("refused")
    return {
        "act": parse_model("act", f"yes\n{BIAS}\t0:9000\n"),
        "area": parse_model("area", "\t".join(areas()) + f"\n{BIAS}\t0:-9000\n"),
        "status": parse_model("status", "\t".join(known_statuses()) + f"\n{BIAS}\t{n}:9000\n"),
        "party": parse_model("party", f"yes\n{BIAS}\t0:-9000\n"),
    }


def test_a_days_reports_are_in_one_fold() -> None:
    of = [item(number=n // 3) for n in range(30)]
    found = folds(of, 5)
    assert {found.count(n) for n in range(5)} == {6}
    assert all(len(set(found[n : n + 3])) == 1 for n in range(0, 30, 3))
    assert folds(of[::-1], 5) == found[::-1], "whatever the order of the file"


def test_settings() -> None:
    one = item()
    assert [p.area for p in read(one, use=False).provisions] == ["training"]
    assert read(one, rules=False, use=False).provisions == ()
    assert cells([one], [read(one, use=False)]) == ["1.000"] * 5
    assert cells([one], [read(one, rules=False, use=False)]) == ["0.000"] * 5
    by_model = read(one, refusing().__getitem__, sure=0)
    assert [p.status for p in by_model.provisions if p.area == "training"] == ["refused"]
    assert [p.status for p in read(one, refusing().__getitem__, sure=inf).provisions] == ["signed"]


@pytest.mark.parametrize(
    ("gold", "counts"),
    [("signed", [1, 1, 0, 0, 1, 1, 0]), ("refused", [1, 0, 1, 1, 1, 0, 1]), ("done", [1, 0, 0, 0, 1, 0, 0])],
)
def test_whose_status_is_right(gold: str, counts: list[int], monkeypatch: pytest.MonkeyPatch) -> None:
    models = refusing()
    monkeypatch.setattr("compare_models.read", lambda one, sure: read(one, models.__getitem__, sure=sure))
    assert statuses([item(gold)]) == counts


def test_statuses_do_not_decide_what_is_the_same_act() -> None:
    a, b = item("signed").gold.provisions[0], item("refused").gold.provisions[0]
    assert same_act(a, b) == same_act(a, a) > 1
    assert same_act(a, Provision("p", a.evidence, "visit", a.status, a.parties, a.role, None)) == 0


def test_table() -> None:
    assert table(("a", "b"), [(1, "x")]) == "| a | b |\n| --- | --- |\n| 1 | x |"
