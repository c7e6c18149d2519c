"""The metrics by hand, and number for number against the shared scorer where it is there."""

from __future__ import annotations

import importlib.util
import json
import random
from pathlib import Path
from typing import Any

import pytest

from mithaq.evaluation import Score, Share, evaluate
from mithaq.model import Attribution, Provision, Record, Span

GOLD = Path(__file__).parents[3] / "shared" / "gold"
TEXT = "قال سالم إن الطريق سيفتح غدا وأضاف ناصر أن القطار تأخر"


def span(text: str) -> Span:
    start = TEXT.index(text)
    return Span.of(TEXT, start, start + len(text))


def says(id: str, cue: str, speaker: str, content: str, parent: str | None = None) -> Attribution:
    return Attribution(id, span(cue), None, speaker, (span(content),), "indirect", parent, "named")


def does(evidence: str, area: str, status: str, *parties: str) -> Provision:
    return Provision("p1", span(evidence), area, status, parties, "provision", None)


def test_by_hand() -> None:
    gold = Record(
        "r",
        (says("a1", "قال", "سالم", "الطريق سيفتح غدا"), says("a2", "أضاف", "ناصر", "القطار تأخر", "a1")),
        (does("الطريق سيفتح", "transport", "planned", "EGY", "SDN"),),
    )
    found = Record(
        "r",
        (says("x", "قال", "وزير اسمه سالم", "الطريق"), says("y", "أضاف", "آخر", "القطار تأخر", "x")),
        (does("الطريق", "transport", "done", "SDN", "EGY"),),
    )
    scores = evaluate({"r": gold}, {"r": found})
    assert scores == {
        "attribution.cue": Score(2, 2, 2),
        "attribution.full": Score(0, 2, 2),
        "attribution.speaker": Share(1, 2),
        "attribution.content": Score(17, 17, 27),
        "attribution.parent": Share(1, 1),
        "provision.area": Score(1, 1, 1),
        "provision.full": Score(0, 1, 1),
        "provision.status": Share(0, 1),
        "provision.parties": Share(1, 1),
        "report.dealings": Score(1, 1, 1),
    }
    assert str(scores["attribution.cue"]) == "P 1.000  R 1.000  F1 1.000   (2 gold, 2 predicted)"
    assert str(scores["attribution.speaker"]) == "0.500   (of 2)"


def test_a_report_without_a_record_is_empty() -> None:
    gold = Record("r", (says("a1", "قال", "سالم", "الطريق"),))
    scores = evaluate({"r": gold}, {})
    assert scores["attribution.cue"] == Score(0, 0, 1)
    assert scores["attribution.cue"].to_dict() == {"p": 0.0, "r": 0.0, "f1": 0.0, "gold": 1, "predicted": 0}
    assert scores["attribution.parent"].to_dict() == {"share": 0.0, "of": 0}


def _scorer() -> Any:
    spec = importlib.util.spec_from_file_location("shared_scorer", GOLD / "score.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _disturbed(gold: dict[str, Any], rng: random.Random) -> dict[str, Any]:
    """A copy with things left out, moved, renamed and doubled: what a reader that makes every mistake would give."""
    record: dict[str, Any] = json.loads(json.dumps(gold))

    def cut(s: dict[str, Any]) -> dict[str, Any]:
        a, b = sorted(rng.sample(range(len(s["text"]) + 1), 2)) if len(s["text"]) > 1 else (0, len(s["text"]))
        return {"start": s["start"] + a, "end": s["start"] + b, "text": s["text"][a:b]}

    speakers = [a["speaker"] for a in record["attributions"]] or ["x"]
    for a in record["attributions"]:
        if rng.random() < 0.4:
            a["content"] = [cut(s) for s in a["content"]]
        if rng.random() < 0.3:
            a["speaker"] = rng.choice(speakers)
        if rng.random() < 0.2:
            a["parent"] = rng.choice(record["attributions"])["id"]
    for p in record["provisions"]:
        if rng.random() < 0.5:
            p["evidence"] = cut(p["evidence"])
        if rng.random() < 0.2:
            p["area"] = rng.choice(["visit", "general"])
        if rng.random() < 0.3:
            p["status"] = rng.choice(["signed", "done"])
        if rng.random() < 0.3:
            p["parties"] = p["parties"][1:]
    for name in ("attributions", "provisions"):
        kept = [x for x in record[name] if rng.random() < 0.9]
        record[name] = kept + [{**x, "id": f"{x['id']}b"} for x in kept if rng.random() < 0.1]
    return record


@pytest.mark.skipif(not (GOLD / "score.py").is_file(), reason="../shared/gold, the annotators' scorer, is not there")
@pytest.mark.parametrize("file", ["dev.jsonl", "seed.jsonl"])
@pytest.mark.parametrize("seed", range(5))
def test_same_numbers_as_the_shared_scorer(file: str, seed: int) -> None:
    rng = random.Random(seed)
    lines = (GOLD / file).read_text("utf-8").splitlines()
    gold = {g["id"]: g for g in map(json.loads, lines)}
    found = {id: _disturbed(g, rng) for id, g in gold.items() if seed == 0 or rng.random() < 0.95}
    expected, _ = _scorer().score(gold, found)
    scores = evaluate(
        {id: Record.from_dict(g) for id, g in gold.items()}, {id: Record.from_dict(f) for id, f in found.items()}
    )
    assert {name: s.to_dict() for name, s in scores.items()} == expected
