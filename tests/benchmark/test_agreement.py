"""Two annotators: perfect with oneself, the same whoever comes first, and by hand."""

from __future__ import annotations

import json
from pathlib import Path

import agreement
import pytest

from mithaq.model import Attribution, Provision, Record, Span

TEXT = "قال سالم إن ناصرا أكد أن الوفد سيزور تونس"


def span(text: str) -> Span:
    start = TEXT.index(text)
    return Span.of(TEXT, start, start + len(text))


def says(id: str, cue: str, speaker: str, content: str, parent: str | None = None) -> Attribution:
    return Attribution(id, span(cue), None, speaker, (span(content),), "indirect", parent, "named")


OUTER = says("a1", "قال", "سالم", "ناصرا أكد أن الوفد سيزور تونس")
INNER = says("a2", "أكد", "ناصرا", "الوفد سيزور تونس", "a1")
VISIT = Provision("p1", span("سيزور تونس"), "visit", "planned", ("EGY", "TUN"), "provision", "a2")
RECORD = Record("r", (OUTER, INNER), (VISIT,))


def test_with_itself() -> None:
    values = agreement.agreement({"r": RECORD}, {"r": RECORD})
    assert len(values) == 10
    assert set(values.values()) == {1.0}


def test_both_directions_are_averaged() -> None:
    other = Record("r", (OUTER, says("a2", "أكد", "ناصرا", "الوفد")))
    values = agreement.agreement({"r": RECORD}, {"r": other})
    assert values == agreement.agreement({"r": other}, {"r": RECORD})
    assert values["attribution.cue"] == 1
    assert values["attribution.full"] == 0.5
    assert values["attribution.parent"] == 0  # nested for the first annotator only
    assert values["provision.area"] == 0
    assert values["provision.status"] is None  # nothing matched


def test_nesting_counts_for_whoever_sees_it() -> None:
    third = says("a3", "سيزور", "تونس", "الوفد", "a2")
    a = Record("r", (OUTER, INNER, third))
    b = Record("r", (OUTER, INNER, says("a3", "سيزور", "تونس", "الوفد")))
    assert agreement.agreement({"r": a}, {"r": b})["attribution.parent"] == pytest.approx((0.5 + 1) / 2)


def test_only_reports_of_both_count() -> None:
    alone = Record("s", (OUTER,))
    values = agreement.agreement({"r": RECORD, "s": alone}, {"r": RECORD, "t": alone})
    assert set(values.values()) == {1.0}


def write(path: Path, *records: Record) -> str:
    path.write_text("\n".join(json.dumps(r.to_dict()) for r in records), "utf-8")
    return str(path)


def test_the_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    first = write(tmp_path / "a.jsonl", Record("s"))
    more, second = write(tmp_path / "b.jsonl", RECORD), write(tmp_path / "c.jsonl", RECORD)
    assert agreement.main([first, more, second]) == 0
    shown = capsys.readouterr().out.splitlines()
    assert shown[:2] == ["1 reports", "attribution.cue        1.000"]
    assert len(shown) == 11


def test_nothing_in_common(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    first, second = write(tmp_path / "a.jsonl", Record("s")), write(tmp_path / "b.jsonl", RECORD)
    assert agreement.main([first, second]) == 2
    assert "no report in common" in capsys.readouterr().err
    assert agreement.main([first, str(tmp_path / "none.jsonl")]) == 2
    assert "none.jsonl: no such file" in capsys.readouterr().err
