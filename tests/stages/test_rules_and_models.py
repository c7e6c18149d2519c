"""Rules first, then models: what a rule has found stays, and what only the models find is found."""

from __future__ import annotations

from math import inf

import pytest

from mithaq.lexicon.weights import BIAS, Model, parse_model
from mithaq.model import Provision, Report
from mithaq.ontology import areas, statuses
from mithaq.pipeline import annotate
from mithaq.stages.document import Document
from mithaq.stages.provisions import find_provisions

SIGNED = "وقعت الهند والبرازيل اتفاقية لتدريب الضباط."
PROMISED = "وعدت تركيا بتزويد الصومال بمولدات كهربائية خلال العام المقبل."


def document(text: str) -> Document:
    return annotate(Report(text), before="find_provisions")


def find(text: str, **how: object) -> tuple[Provision, ...]:
    doc = document(text)
    find_provisions(doc, **how)  # type: ignore[arg-type]
    return doc.provisions


def cells(provisions: tuple[Provision, ...]) -> list[tuple[str, str, str, tuple[str, ...]]]:
    return [(p.evidence.text, p.area, p.status, p.parties) for p in provisions]


def fixed(act: int = 9000, status: str = "done") -> dict[str, Model]:
    """Models that take every phrase for a visit between all that are there, at one stage."""
    n = list(statuses()).index(status)
    return {
        "act": parse_model("act", f"yes\n{BIAS}\t0:{act}\n"),
        "area": parse_model("area", "\t".join(areas()) + f"\n{BIAS}\t{list(areas()).index('visit')}:9000\n"),
        "status": parse_model("status", "\t".join(statuses()) + f"\n{BIAS}\t{n}:9000\n"),
        "party": parse_model("party", f"yes\n{BIAS}\t0:9000\n"),
    }


def test_an_act_of_a_rule_stays() -> None:
    by_rule = find(SIGNED, models=False)
    assert cells(by_rule) == [("اتفاقية لتدريب الضباط", "training", "signed", ("BRA", "IND"))]
    doc = document(SIGNED)
    find_provisions(doc)
    assert cells(doc.provisions) == cells(by_rule)
    assert doc.by_rule == {"p1"}


def test_a_phrase_that_only_the_models_find() -> None:
    assert find(PROMISED, models=False) == ()
    doc = document(PROMISED)
    find_provisions(doc)
    (found,) = doc.provisions
    assert found.evidence.text.startswith("تزويد الصومال")
    assert found.parties == ("SOM", "TUR")
    assert dict(found.why)["parties"] == "models/party.tsv"
    assert doc.by_rule == frozenset()
    assert find(PROMISED, rules=False) == doc.provisions


def test_ids_are_in_order_of_the_text() -> None:
    doc = document(f"{PROMISED} {SIGNED} وأعلنت اليابان تمويل بناء جسر في كمبوديا بقرض ميسر.")
    find_provisions(doc)
    starts = [p.evidence.start for p in doc.provisions]
    assert starts == sorted(starts)
    assert [p.id for p in doc.provisions] == ["p1", "p2", "p3"]
    assert doc.by_rule == {"p2"}


def test_no_act_in_a_text_with_one_state() -> None:
    text = "وقعت وزارة الدفاع الهندية اتفاقية لتدريب الضباط، ووعدت بتزويد المدارس بمولدات."
    assert find(text) == ()
    assert find(text, model=fixed().__getitem__) == ()


def test_what_the_models_say_is_taken() -> None:
    found = find("تهتم الهند بتزويد كينيا", model=fixed(status="refused").__getitem__)
    assert found
    assert {(p.area, p.status, p.parties, p.role) for p in found} == {("visit", "refused", ("IND", "KEN"), "provision")}


def test_a_rules_act_that_the_models_find_unlikely_is_dropped() -> None:
    assert find(SIGNED, model=fixed(act=-9000).__getitem__) == ()


@pytest.mark.parametrize(("sure", "status"), [(0.0, "refused"), (0.99, "refused"), (inf, "signed")])
def test_a_sure_status_overrules_that_of_the_rule(sure: float, status: str) -> None:
    doc = document(SIGNED)
    find_provisions(doc, sure=sure, model=fixed(status="refused").__getitem__)
    (found,) = [p for p in doc.provisions if p.id in doc.by_rule]
    assert (found.area, found.status) == ("training", status)
    assert (": sign" in dict(found.why)["status"]) == (status == "signed")


def test_without_rules_and_models_there_is_nothing() -> None:
    assert find(SIGNED, rules=False, models=False) == ()


def test_what_governs_a_verbal_noun_decides_the_stage() -> None:
    (found,) = find("أكد الوزير الكيني ضرورة مواصلة التعاون الزراعي بين كينيا ورواندا.", models=False)
    assert (found.status, dict(found.why)["status"]) == ("proposed", "over: importance")


def test_a_third_state_does_not_join_the_two_countries() -> None:
    text = (
        "بحث وزير التجارة الفيتنامي مع نظيره البيروفي الصادرات. "
        "ثم عقد رئيس الوزراء الكندي لقاء موسعا في كينغستون مع رئيس وزراء جامايكا لبحث العلاقات بين البلدين."
    )
    meeting = next(p for p in find(text, models=False) if p.evidence.text.startswith("لقاء"))
    assert meeting.parties == ("CAN", "JAM")
