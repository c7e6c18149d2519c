"""A model that knows the gold answers: what it says must come out as the gold record, span by span."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from stub_server import Answer, Response, Stub, completion

from mithaq.arabic.sentences import paragraph_ends, sentence_ends
from mithaq.arabic.tokens import tokenise
from mithaq.backends.contract import Options
from mithaq.backends.llm.backend import LlmBackend
from mithaq.evaluation import Score, evaluate
from mithaq.model import Record, Report
from mithaq.readers import Located, read_reports

CORPUS = Path(__file__).parents[2] / "corpus"


def answer(record: Record, text: str) -> Answer:
    """What a model says that has the record's rows: strings, and the numbers of sentences."""
    tokens = list(tokenise(text))
    ends = [tokens[end - 1].end for end in sentence_ends(tokens, paragraph_ends(text, tokens))]

    def sentence(offset: int) -> int:
        return next(n for n, end in enumerate(ends, 1) if offset < end)

    said = [
        {**a.to_dict(), "sentence": sentence(a.cue.start), "cue": a.cue.text, "source": a.source and a.source.text}
        | {"content": [c.text for c in a.content]}
        for a in record.attributions
    ]
    acts = [
        {**p.to_dict(), "sentence": sentence(p.evidence.start), "evidence": p.evidence.text} for p in record.provisions
    ]
    return {"attributions": said, "provisions": acts}


@pytest.mark.parametrize("careless", [False, True], ids=["letter for letter", "without marks and hamza"])
def test_gold_answers_give_gold_records(careless: bool) -> None:
    wanted: dict[str, Record] = {}
    for line in (CORPUS / "gold.jsonl").read_text("utf-8").splitlines()[::25]:
        record = Record.from_dict(json.loads(line))
        wanted[record.id] = record
    items = read_reports([str(CORPUS / "reports.jsonl")])
    reports = {i.report.id: i.report for i in items if isinstance(i, Located) and i.report.id in wanted}

    found: dict[str, Record] = {}

    def respond(_: Answer) -> Response:
        report = next(r for r in reports.values() if r.id not in found)
        text = json.dumps(answer(wanted[report.id], report.text), ensure_ascii=False)
        return completion(text.translate(str.maketrans("أإآ", "ااا", "ًٌٍَُِّْـ")) if careless else text)

    with Stub(respond).running() as stub:
        backend = LlmBackend(Options(model="perfect", base_url=stub.url, piece=100_000))
        for report in reports.values():
            record_or_error: Any = backend(replace(report, title=None))
            assert isinstance(record_or_error, Record), record_or_error
            found[report.id] = record_or_error
        backend.close()
    scores = evaluate(wanted, found)
    for name in ("attribution.cue", "attribution.full", "attribution.content", "provision.area"):
        score = scores[name]
        assert isinstance(score, Score)
        assert score.f1 >= 0.98, (name, score)


def test_a_report_is_read_in_pieces_as_it_is_in_one() -> None:
    """The rows of a long report do not hang on where it is cut."""
    text = "\n".join(
        f"أعلن وزير النقل الكيني أن بلاده ستبحث البند رقم {n} مع النرويج في اجتماع قريب." for n in range(30)
    )

    def respond(request: Answer) -> Response:
        lines = [x for x in request["messages"][-1]["content"].splitlines() if x.startswith("[")]
        rows = [
            {"sentence": n, "id": f"p{n}", "evidence": "اجتماع قريب", "area": "visit", "status": "planned"}
            | {"parties": ["KEN", "NOR"], "role": "provision", "attribution": None}
            for n, _ in enumerate(lines, 1)
        ]
        return completion({"attributions": [], "provisions": rows})

    with Stub(respond).running() as stub:
        records = []
        for size in (400, 1000, 100_000):
            backend = LlmBackend(Options(model="m", base_url=stub.url, piece=size))
            records.append(backend(Report(text)))
            backend.close()
    assert records[0] == records[1] == records[2]
    assert isinstance(records[0], Record)
    assert len(records[0].provisions) == 30
