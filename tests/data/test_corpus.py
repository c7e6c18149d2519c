"""The project's own reports: every span fits its text, and all that the models must learn is there."""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path
from typing import Any, get_args

import pytest

from mithaq.lexicon.tables import load_csv
from mithaq.model import Mode, Role, SourceKind
from mithaq.ontology import areas, organisations, statuses

CORPUS = Path(__file__).parents[2] / "corpus"
FEWEST = 20  # provisions of an area or a status, below which there is nothing to learn from


def lines(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (CORPUS / name).read_text("utf-8").splitlines()]


@pytest.fixture(scope="module")
def gold() -> list[dict[str, Any]]:
    return lines("gold.jsonl")


@pytest.fixture(scope="module")
def texts() -> dict[str, str]:
    return {r["id"]: r["text"] for r in lines("reports.jsonl")}


def test_every_report_has_one_record_and_ids_are_unique(gold: list[dict[str, Any]], texts: dict[str, str]) -> None:
    ids = [r["id"] for r in gold]
    assert len(set(ids)) == len(ids)
    assert len(lines("reports.jsonl")) == len(texts)
    assert set(ids) == set(texts)
    for record in gold:
        for field in ("attributions", "provisions"):
            inner = [item["id"] for item in record[field]]
            assert len(set(inner)) == len(inner), record["id"]


def test_every_report_has_a_date_an_outlet_and_a_title() -> None:
    for report in lines("reports.jsonl"):
        assert re.fullmatch(r"\d{4}-\d\d-\d\d", report["date"]), report["id"]
        assert report["outlet"], report["id"]
        assert report["title"], report["id"]


def test_every_span_fits_its_text(gold: list[dict[str, Any]], texts: dict[str, str]) -> None:
    for record in gold:
        text = texts[record["id"]]
        spans = [p["evidence"] for p in record["provisions"]]
        for a in record["attributions"]:
            spans += [a["cue"], *a["content"], *([a["source"]] if a["source"] else [])]
            assert a["speaker"] in text, (record["id"], a["id"])
        for span in spans:
            assert text[span["start"] : span["end"]] == span["text"] != "", (record["id"], span)


def test_every_value_is_allowed(gold: list[dict[str, Any]]) -> None:
    states = {row["code"] for row in load_csv("states.csv", ("code", "kind", "value", "note"))}
    parties = organisations() | states
    for record in gold:
        ids = {a["id"] for a in record["attributions"]}
        for a in record["attributions"]:
            where = (record["id"], a["id"])
            assert a["mode"] in get_args(Mode), where
            assert a["kind"] in get_args(SourceKind), where
            assert a["content"], where
            assert a["parent"] is None or a["parent"] in ids - {a["id"]}, where
        for p in record["provisions"]:
            where = (record["id"], p["id"])
            assert p["area"] in areas(), where
            assert p["status"] in statuses(), where
            assert p["role"] in get_args(Role), where
            assert p["attribution"] is None or p["attribution"] in ids, where
            assert len(p["parties"]) >= 2, where
            assert set(p["parties"]) <= parties, where
            assert p["parties"] == sorted(set(p["parties"])), where


def test_every_area_and_status_occurs_often_enough(gold: list[dict[str, Any]]) -> None:
    provisions = [p for record in gold for p in record["provisions"]]
    for field, known in (("area", areas()), ("status", statuses())):
        counts = Counter(p[field] for p in provisions)
        assert set(counts) == set(known)
        assert min(counts.values()) >= FEWEST, counts.most_common()[-1]


def test_some_reports_hold_no_provision(gold: list[dict[str, Any]]) -> None:
    """News mostly doesn't: without them the models would find acts everywhere."""
    assert sum(not r["provisions"] for r in gold) >= len(gold) / 10
