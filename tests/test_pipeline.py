"""The table of stages, and reading as a whole: any string in, grounded spans out."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import mithaq
from mithaq.evaluation import Score, evaluate
from mithaq.model import Record
from mithaq.pipeline import STAGES, read_report
from mithaq.readers import Located, read_reports

ROOT = Path(__file__).parents[1]
NEWS = (
    "قال أكد وأضاف مشيرا إلى أن إن وزير الخارجية الروسي الياباني مصر والصين اتفاقية تعاون عسكري وقعت سيوقع زيارة "
    'بين البلدين مصدر مطلع حسب بيان نفى عن على « » “ ” " ، . : ( ) \n 3 مليارات دولار أمس المقبل بلاده نظيره '
    "الجانبان التي الذي"
)
WORDS = st.sampled_from(NEWS.split(" "))


def test_the_table_is_the_data_flow() -> None:
    given_so_far = {"report"}
    for stage in STAGES:
        assert set(stage.needs) <= given_so_far, stage.run.__name__
        given_so_far |= set(stage.gives)
    assert [s.run.__name__ for s in STAGES] == [
        "segment", "find_mentions", "find_actors", "find_cues", "find_contents", "find_people", "find_speakers",
        "make_attributions", "find_times", "find_provisions", "attach_details", "find_confidence",
    ]  # fmt: skip


def check_grounded(text: str, record: Record) -> None:
    ids = {a.id for a in record.attributions}
    for a in record.attributions:
        spans = [a.cue, *a.content, *([a.source] if a.source else [])]
        assert all(text[s.start : s.end] == s.text and s.text for s in spans)
        assert a.speaker in text
        assert a.parent is None or a.parent in ids
    for p in record.provisions:
        assert text[p.evidence.start : p.evidence.end] == p.evidence.text
        assert len(p.parties) >= 2
        assert p.attribution is None or p.attribution in ids
    for e in record.entities:
        assert all(text[m.start : m.end] == m.text for m in e.mentions)


@settings(max_examples=300, deadline=None)
@given(st.lists(WORDS, min_size=1, max_size=60).map(" ".join))
def test_any_order_of_words_is_read(text: str) -> None:
    text = "قال " + text
    check_grounded(text, mithaq.read(text, published=date(2026, 3, 10)))


@settings(max_examples=200, deadline=None)
@given(st.text(st.characters(min_codepoint=1, max_codepoint=0x6FF)))
def test_any_string_is_read(text: str) -> None:
    text += "ا"
    check_grounded(text, mithaq.read(text))


def test_a_time_word_in_the_name_of_a_newspaper_is_no_time() -> None:
    text = "قال وزير الدفاع الهندي لـ«اليوم» إن البلدين بحثا التعاون العسكري مع البرازيل أمس"
    record = mithaq.read(text, published=date(2026, 3, 10))
    assert [w.span.text for p in record.provisions for w in p.when] == ["أمس"]


def test_entities_speak_or_are_named() -> None:
    text = "أكد مسؤول كبير أن وزير الدفاع الهندي وصل إلى طوكيو لبحث العلاقات بين البلدين مع الضباط"
    record = mithaq.read(text, published=date(2026, 3, 10))
    names = [e.name for e in record.entities]
    assert names[0] == "مسؤول كبير"
    assert record.attributions[0].entity == record.entities[0].id
    assert not {"البلدين", "الضباط"} & set(names)
    assert any(e.state == "IND" for e in record.entities)


@pytest.mark.parametrize("text", ["", "  \n", "no Arabic here", "123"])
def test_what_holds_no_arabic_is_refused(text: str) -> None:
    with pytest.raises(mithaq.InputError, match=r"empty|no Arabic"):
        mithaq.read(text)


def test_a_wrong_date_is_refused() -> None:
    with pytest.raises(mithaq.InputError, match="YYYY-MM-DD"):
        mithaq.read("قال الوزير", published="10.3.2026")


def test_record_of_the_example_report() -> None:
    """The snapshot: after a change on purpose, write it anew with ``python scripts/snapshot.py``."""
    text = (ROOT / "examples" / "report.txt").read_text("utf-8")
    record = mithaq.read(text, published="2026-03-10", outlet="البريد اليومي", id="example")
    check_grounded(text, record)
    expected = json.loads((ROOT / "tests" / "snapshots" / "example.json").read_text("utf-8"))
    assert record.to_dict() == expected


FLOOR = {
    "attribution.cue": 0.93,
    "attribution.full": 0.85,
    "attribution.content": 0.92,
    "provision.area": 0.55,
    "report.dealings": 0.53,
}
SEED_FLOOR = {"attribution.full": 0.94, "provision.area": 0.72, "report.dealings": 0.91}


@pytest.mark.parametrize(("file", "floor"), [("dev.jsonl", FLOOR), ("seed.jsonl", SEED_FLOOR)])
def test_gold_floor(gold: Path, reports: dict[str, dict[str, Any]], file: str, floor: dict[str, float]) -> None:
    """Quality never drops in silence; ``docs/quality.md`` has the figures."""
    lines = (gold / file).read_text("utf-8").splitlines()
    wanted = {r.id: r for r in (Record.from_dict(json.loads(line)) for line in lines)}
    found = {}
    for id in wanted:
        r = reports[id]
        found[id] = mithaq.read(r["text"], outlet=r["outlet"], published=r["date"], id=id)
    scores = evaluate(wanted, found)
    for name, least in floor.items():
        score = scores[name]
        assert isinstance(score, Score)
        assert score.f1 >= least, name


OWN_FLOOR = {"attribution.cue": 0.88, "attribution.full": 0.68, "attribution.content": 0.85}


def test_own_floor() -> None:
    """The floor that holds wherever the repository is: attributions in ``corpus/``."""
    corpus = ROOT / "corpus"
    lines = (corpus / "gold.jsonl").read_text("utf-8").splitlines()
    wanted = {r.id: r for r in (Record.from_dict(json.loads(line)) for line in lines)}
    reports = [item.report for item in read_reports([str(corpus / "reports.jsonl")]) if isinstance(item, Located)]
    scores = evaluate(wanted, {r.id: read_report(r) for r in reports})
    for name, least in OWN_FLOOR.items():
        score = scores[name]
        assert isinstance(score, Score)
        assert score.f1 >= least, name


def test_reading_is_the_same_in_every_process() -> None:
    """Sets of codes must not decide by their order, which hangs on Python's hash seed."""
    lines = (ROOT / "corpus" / "reports.jsonl").read_text("utf-8").splitlines()
    some = "\n".join(line for line in lines if json.loads(line)["id"] in ("own-C-11", "own-F-11", "own-H-13"))
    command = [sys.executable, "-m", "mithaq", "read", "-"]
    found = set()
    for seed in "123":
        env = {**os.environ, "PYTHONHASHSEED": seed}
        found.add(subprocess.run(command, input=some.encode(), capture_output=True, env=env, check=True).stdout)
    assert len(found) == 1
