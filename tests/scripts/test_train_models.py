"""What the models learn from a report: which rows, and with which answers."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import train_models
from train_models import FEWEST, NAMES, Row, Rows, load, rows_of, train

from mithaq.lexicon.weights import BIAS, load_model, model_text, parse_model
from mithaq.model import Attribution, Provision, Record, Report, Role, Span
from mithaq.pipeline import annotate

TEXT = "قال وزير النقل الكيني إن بلاده ستوقع مع الهند اتفاقية للتعاون العسكري والثقافي. ونفى وزير الصحة تأجيل الحفل."
EVIDENCE = "اتفاقية للتعاون العسكري والثقافي"


def span(words: str) -> Span:
    start = TEXT.index(words)
    return Span.of(TEXT, start, start + len(words))


def act(id: str, area: str, role: Role = "provision") -> Provision:
    return Provision(id, span(EVIDENCE), area, "planned", ("IND", "KEN"), role, "a1")


def rows(*provisions: Provision, attributions: tuple[Attribution, ...] = ()) -> Rows:
    return rows_of(annotate(Report(TEXT), before="find_provisions"), Record("r", attributions, provisions))


def test_the_head_of_a_gold_act_is_one_and_the_words_elsewhere_are_none() -> None:
    found = rows(act("p1", "defence_general"), act("p2", "culture_science"))["act"]
    right = [row for row in found if row.answer]
    assert len(right) == 1
    assert any(f.startswith("act=instruments") for f in right[0].features)
    wrong = [row for row in found if not row.answer]
    assert wrong
    stems = {f for row in wrong for f in row.features if f.startswith("stem=")}
    assert "stem=تعاون:m" not in stems, "a later word of the act's own phrase is neither right nor wrong"
    assert "stem=تعاون:m" in {f for row in rows()["act"] for f in row.features}
    assert not any(row.answer for row in rows()["act"])


def test_one_row_of_areas_and_one_of_status_for_each_act() -> None:
    found = rows(act("p1", "defence_general"), act("p2", "culture_science", "condition"))
    assert [row.answer for row in found["area"]] == [{"defence_general", "culture_science"}]
    assert [row.answer for row in found["status"]] == ["planned", "planned condition"]
    assert ["area=culture_science" in row.features for row in found["status"]] == [False, True]
    nothing = rows()
    assert [nothing[name] for name in ("area", "status", "party")] == [[], [], []]


def test_who_is_party_and_who_is_not() -> None:
    text = f"{TEXT} وتراقب فرنسا ذلك."
    doc = annotate(Report(text), before="find_provisions")
    found = rows_of(doc, Record("r", (), (act("p1", "general"),)))["party"]
    assert len(found) == 3
    assert [row.answer for row in found].count(True) == 2
    (outsider,) = [row for row in found if not row.answer]
    assert not any(f.startswith("speaker0=True") for f in outsider.features)


@pytest.mark.parametrize(
    ("speaker", "content", "right"),
    [
        ("وزير النقل الكيني", "بلاده ستوقع مع الهند اتفاقية للتعاون العسكري والثقافي", True),
        ("وزير الصحة", "بلاده ستوقع مع الهند اتفاقية للتعاون العسكري والثقافي", False),
        ("وزير النقل الكيني", "الهند", False),
    ],
)
def test_an_attribution_is_right_with_its_speaker_and_content(speaker: str, content: str, right: bool) -> None:
    gold = Attribution("a1", span("قال"), None, speaker, (span(content),), "indirect", None, "named")
    found = rows(attributions=(gold,))["attribution"]
    assert "cue=say" in found[0].features
    assert [row.answer for row in found] == [right] + [False] * (len(found) - 1)


def test_reports_are_read_with_their_records(tmp_path: Path) -> None:
    record = Record("r", (), (act("p1", "general"),))
    (tmp_path / "gold.jsonl").write_text(json.dumps(record.to_dict()), "utf-8")
    reports = [json.dumps({"id": id, "text": TEXT, "date": "2031-01-01"}) for id in ("r", "without a record")]
    (tmp_path / "reports.jsonl").write_text("\n".join(reports), "utf-8")
    ((doc, found),) = load(tmp_path / "gold.jsonl", tmp_path / "reports.jsonl")
    assert doc.report.text == TEXT
    assert doc.statements
    assert found == record


def test_training_finds_what_tells_the_answers_apart() -> None:
    some = [Row([BIAS, "sunny", "monday"], True), Row([BIAS, "rainy", "monday"], False)] * 20
    model = train("act", [*some, Row([BIAS, "once"], True)])
    assert model.score([BIAS, "sunny"]) > 0.1 > -0.1 > model.score([BIAS, "rainy"])
    assert FEWEST > 1
    assert "once" not in model_text(model)
    assert model_text(parse_model("act", model_text(model))) == model_text(model)


def test_the_examples_of_the_lexicon_are_learned_from() -> None:
    one = next(train_models.example_rows())
    assert all(row.answer for row in one["act"]), "what else the text holds is not named"
    assert {row.weight for row in one["act"]} == {train_models.EXAMPLE}
    assert {row.weight for row in one["status"]} == {train_models.STATUS_EXAMPLE}
    assert not one["attribution"]


def test_every_model_that_is_trained_is_packaged() -> None:
    assert all(len(load_model(name)) for name in NAMES)
