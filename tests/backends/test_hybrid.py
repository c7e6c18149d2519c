"""The rules first, and the model where they are not sure."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from typing import Any

import pytest
from grounded import grounded
from stub_server import Answer, Stub, completion

import mithaq
from mithaq.backends import Options
from mithaq.backends.hybrid import HybridBackend
from mithaq.model import Attribution, Provision, Record, Report

TEXT = (
    "أكد وزير الدفاع الكيني جون كاماو أن البلدين وقعا اتفاقية تعاون عسكري مع النرويج. "
    "وأضاف أن كينيا والنرويج اتفقتا على إجراء مناورات عسكرية مشتركة."
)
REPORT = Report(TEXT, "r1")
RULES = mithaq.read_report(REPORT)
SHARES = [r.confidence for rows in (RULES.attributions, RULES.provisions) for r in rows]

Making = Callable[..., tuple[HybridBackend, Stub]]


@pytest.fixture
def make() -> Iterator[Making]:
    with ExitStack() as stack:

        def build(answer: Any, below: float, **options: Any) -> tuple[HybridBackend, Stub]:
            stub = stack.enter_context(Stub(completion(answer) if isinstance(answer, dict) else answer).running())
            backend = HybridBackend(Options(model="stub", base_url=stub.url, below=below, **options))
            stack.callback(backend.close)
            return backend, stub

        yield build


def read(backend: HybridBackend, report: Report = REPORT) -> Record:
    record = backend(report)
    assert isinstance(record, Record), record
    grounded(record, report.text)
    return record


def row(a: Attribution, **change: Any) -> Answer:
    """An attribution as the model would give it."""
    fields = a.to_dict()
    fields |= {"cue": a.cue.text, "source": a.source and a.source.text, "content": [c.text for c in a.content]}
    return {**fields, **change}


def act(p: Provision, **change: Any) -> Answer:
    return {**p.to_dict(), "evidence": p.evidence.text, **change}


AGREES: Answer = {
    "attributions": [row(a) for a in RULES.attributions],
    "provisions": [act(p) for p in RULES.provisions],
}


def test_the_example_has_what_the_tests_need() -> None:
    assert len(RULES.attributions) == 2
    assert len(RULES.provisions) >= 2
    assert all(0 < share < 1 for share in SHARES)


def test_where_the_rules_are_sure_nobody_is_asked(make: Making) -> None:
    backend, stub = make(AGREES, below=0.0)
    assert read(backend) == RULES
    assert stub.requests == []
    assert "asked about 0 of 1 pieces, which saves some " in backend.summary()[-2]


def test_what_the_model_confirms_stays_as_it_is(make: Making) -> None:
    backend, stub = make(AGREES, below=1.0)
    assert read(backend).to_dict() == RULES.to_dict()
    assert len(stub.requests) == 1
    count = len(RULES.attributions) + len(RULES.provisions)
    assert f"{count} confirmed, 0 replaced, 0 withdrawn, 0 added" in backend.summary()[-1]


def test_what_the_model_has_otherwise_takes_the_place_of_a_doubtful_row(make: Making) -> None:
    first, *others = RULES.provisions
    answer = {**AGREES, "provisions": [act(first, status="suspended"), *map(act, others)]}
    backend, _ = make(answer, below=1.0)
    changed = read(backend)
    assert [p.status for p in changed.provisions] == ["suspended", *(p.status for p in others)]
    assert [p.attribution for p in changed.provisions] == [p.attribution for p in RULES.provisions]
    assert ("backend", "llm: stub") in changed.provisions[0].why
    assert "1 replaced" in backend.summary()[-1]


def test_an_attribution_that_is_replaced_keeps_what_points_to_it(make: Making) -> None:
    first, second = RULES.attributions
    answer = {**AGREES, "attributions": [row(first, polarity="-"), row(second)], "provisions": AGREES["provisions"]}
    backend, _ = make(answer, below=1.0)
    changed = read(backend)
    assert [a.polarity for a in changed.attributions] == ["-", "+"]
    assert [p.attribution for p in changed.provisions] == [p.attribution for p in RULES.provisions]
    assert changed.attributions[0].entity == first.entity


def test_sure_rows_stay_and_doubtful_ones_that_the_model_lacks_go(make: Making) -> None:
    rows = sorted(set(SHARES))
    below = (rows[0] + rows[1]) / 2
    backend, _ = make({"attributions": [], "provisions": []}, below=below)
    left = read(backend)
    assert left.to_dict() == replace_ids(RULES.confident(below)).to_dict()
    assert "0 replaced" in backend.summary()[-1]


def replace_ids(record: Record) -> Record:
    """The ids that the rows of a record would have if there were no others."""
    ids: dict[str | None, str] = {a.id: f"a{n}" for n, a in enumerate(record.attributions, 1)}
    return replace(
        record,
        attributions=tuple(replace(a, id=ids[a.id], parent=ids.get(a.parent)) for a in record.attributions),
        provisions=tuple(
            replace(p, id=f"p{n}", attribution=ids.get(p.attribution)) for n, p in enumerate(record.provisions, 1)
        ),
    )


def test_what_the_rules_miss_is_added_and_a_sure_place_is_theirs(make: Making) -> None:
    lowest = min(SHARES)
    more = act(RULES.provisions[0], evidence="البلدين", area="general", parties=["KEN", "NOR"], attribution="a1")
    other = [row(a, polarity="-") for a in RULES.attributions]
    backend, _ = make({"attributions": other, "provisions": [more]}, below=lowest + 0.001)
    record = read(backend)
    assert "general" in [p.area for p in record.provisions]
    sure = [a for a in RULES.attributions if a.confidence > lowest]
    assert [a.polarity for a in record.attributions if a.cue in [s.cue for s in sure]] == [s.polarity for s in sure]
    assert "1 added" in backend.summary()[-1]


def test_a_report_in_which_the_rules_find_nothing_is_asked_about(make: Making) -> None:
    report = Report("اتفاق بين كينيا و النرويج؟ لا جديد في الموضوع", "r2")
    assert not mithaq.read_report(report).provisions
    assert not mithaq.read_report(report).attributions
    found = {**act(RULES.provisions[0]), "evidence": "اتفاق", "attribution": None, "parties": ["KEN", "NOR"]}
    backend, stub = make({"attributions": [], "provisions": [found]}, below=0.01)
    assert [p.evidence.text for p in read(backend, report).provisions] == ["اتفاق"]
    assert len(stub.requests) == 1


def test_only_doubtful_pieces_of_a_long_report_are_sent_and_the_saving_is_told(make: Making) -> None:
    quiet = "كان الطقس معتدلا في المدينة الساحلية وخرج الناس إلى الحدائق مع أطفالهم مساء.\n" * 30
    report = Report(quiet + TEXT, "long")
    backend, stub = make(lambda _: completion(AGREES), below=1.0, piece=500, price_in=1.0, price_out=1.0)
    record = read(backend, report)
    assert [a.cue.start - len(quiet) for a in record.attributions] == [a.cue.start for a in RULES.attributions]
    assert len(stub.requests) == 1
    saved = backend.summary()[-2]
    assert saved.startswith("asked about 1 of ")
    assert "a cost of" in saved
    assert int(saved.split("some ")[1].split(" ")[0].replace(",", "")) > 1000
