"""The baseline does what its description says, and no more."""

from __future__ import annotations

import json
from pathlib import Path

import baseline
import pytest

from mithaq.model import Report
from mithaq.ontology import areas, statuses


def test_attributions() -> None:
    text = "وأكد وزير النقل المصري أن الجسر سيفتح غدا. وأضاف أنه جاهز؛ وشدد سالم على أن العمل مستمر\nذهب سالم."
    found = baseline.read(Report(text)).attributions
    assert [(a.cue.text, a.source and a.source.text, a.speaker, a.content[0].text) for a in found] == [
        ("أكد", "وزير النقل المصري", "وزير النقل المصري", "الجسر سيفتح غدا"),
        ("أضاف", None, "وزير النقل المصري", "جاهز؛ وشدد سالم على أن العمل مستمر"),
    ]
    assert all(text[s.start : s.end] == s.text for a in found for s in (a.cue, *a.content))


def test_a_preposition_of_the_verb_is_no_source() -> None:
    found = baseline.read(Report("وأشار سالم إلى أن الطريق طويل. ولفت إلى أن الجو حار.")).attributions
    assert [(a.source and a.source.text, a.content[0].text) for a in found] == [
        ("سالم", "الطريق طويل"),
        (None, "الجو حار"),
    ]


@pytest.mark.parametrize("text", ["أكد سالم موقفه.", "قال سالم: نعم.", "المؤكد أن الجسر سيفتح."])
def test_what_it_does_not_see(text: str) -> None:
    assert baseline.read(Report(text)).attributions == ()


def test_provisions() -> None:
    text = "أعلن سالم أن الرئيس المصري سيقوم بزيارة إلى تونس. وكانت زيارة تونس لمصر قد أجلت."
    (visit,) = baseline.read(Report(text)).provisions
    assert (visit.area, visit.status, visit.parties, visit.evidence.text) == ("visit", "done", ("EGY", "TUN"), "زيارة")
    assert (visit.evidence.start, visit.attribution) == (text.index("زيارة"), "a1")


def test_the_two_nearest_states_are_the_parties() -> None:
    (act,) = baseline.read(Report("غادر العراق بعد أيام وحضر مناورات بين الأردن واليابان")).provisions
    assert act.parties == ("JOR", "JPN")
    assert baseline.read(Report("مناورات في الأردن الأردنية")).provisions == ()
    far = "الأردن " + "كلمة " * (baseline.REACH // 5) + "مناورات مع اليابان"
    assert baseline.read(Report(far)).provisions == ()


def test_the_data_use_the_areas_and_statuses_of_the_guidelines() -> None:
    entries = baseline._data()["area"]
    assert set(entries) == set(areas())
    assert {e["status"] for e in entries.values()} <= set(statuses())


def test_the_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "reports.jsonl"
    path.write_text(json.dumps({"id": "r", "text": "قال سالم إن الطريق طويل."}), "utf-8")
    assert baseline.main([str(path)]) == 0
    assert [a["speaker"] for a in json.loads(capsys.readouterr().out)["attributions"]] == ["سالم"]
    assert baseline.main([str(tmp_path / "no.jsonl")]) == 2
    assert "no.jsonl: no such file" in capsys.readouterr().err
