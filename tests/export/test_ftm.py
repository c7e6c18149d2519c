"""FollowTheMoney entities, by the library's own model and validator."""

from __future__ import annotations

import importlib
import json
from pathlib import Path
from typing import Any

from export_builder import agreement, commitment, full, hostile, stage

from mithaq.export import export
from mithaq.export.names import party_name
from mithaq.ledger.items import Agreement, Voice
from mithaq.lexicon.tables import load_csv
from mithaq.ontology import organisations

ftm: Any = importlib.import_module("followthemoney")  # its types ask for more than the tests


def written(path: Path, *agreements: Agreement) -> list[dict[str, Any]]:
    assert export("ftm", agreements, path) == len(path.read_text("utf-8").splitlines())
    return [json.loads(line) for line in path.read_text("utf-8").split("\n") if line]


def by_schema(entities: list[dict[str, Any]], schema: str) -> list[dict[str, Any]]:
    return [e["properties"] for e in entities if e["schema"] == schema]


def check(entities: list[dict[str, Any]]) -> None:
    """Every entity is valid by its schema, has what it requires, survives cleaning, and points to what there is."""
    schemas = {e["id"]: e["schema"] for e in entities}
    assert len(schemas) == len(entities)
    for data in entities:
        proxy = ftm.model.get_proxy(data)
        proxy.schema.validate(data)
        assert all(proxy.has(name) for name in proxy.schema.required), data
        for prop, value in proxy.itervalues():
            assert prop.type.validate(value), (prop.name, value)
            assert prop.type.clean(value, proxy=proxy) == value
            if prop.type.name == "entity":
                assert value in schemas, (prop.name, value)
                assert ftm.model.get(schemas[value]).is_a(prop.range)
        assert ftm.model.get_proxy(proxy.to_dict()).to_dict() == data


def test_a_whole_agreement_is_valid(tmp_path: Path) -> None:
    entities = written(tmp_path / "x.json", full())
    check(entities)
    counts = {e["schema"]: sum(x["schema"] == e["schema"] for x in entities) for e in entities}
    assert counts == {
        "PublicBody": 2,
        "Organization": 1,
        "Project": 1,
        "ProjectParticipant": 3,
        "Article": 4,
        "Person": 1,
        "Event": 2,
        "UnknownLink": 6,
        "Documentation": 5,
    }


def test_cells_stand_in_the_right_properties(tmp_path: Path) -> None:
    entities = written(tmp_path / "x.json", full())
    jordan = next(p for p in by_schema(entities, "PublicBody") if "Jordan" in p["name"])
    assert jordan == {"name": ["Jordan"], "alias": ["الأردن"], "country": ["jo"], "topics": ["gov.national"]}
    (nations,) = by_schema(entities, "Organization")
    assert (nations["country"], nations["topics"]) == (["un"], ["gov.igo"])
    assert by_schema(entities, "Person") == [{"name": ["وزير الدفاع الأردني سالم ناصر"], "country": ["jo"]}]
    article = by_schema(entities, "Article")[0]
    assert (article["publishedAt"], article["sourceUrl"]) == (["2026-03-10"], ["https://example.org/news/r1"])
    event = by_schema(entities, "Event")[0]
    assert (event["startDate"], event["endDate"], event["keywords"][0]) == (["2026-04-01"], ["2026-04-30"], "exercise")
    denied = by_schema(entities, "Documentation")[2]
    assert (denied["status"], denied["recordId"]) == (["denied"], ["r3/p1"])


def test_every_party_is_a_valid_entity_with_its_country(tmp_path: Path) -> None:
    codes = sorted({r["code"] for r in load_csv("states.csv", ("code", "kind", "value", "note"))} | organisations())
    entities = written(tmp_path / "x.json", agreement("a1", commitment("c1", stage(parties=tuple(codes)))))
    check(entities)
    states = by_schema(entities, "PublicBody")
    assert len(states) == len(codes) - len(organisations())
    assert all(s.get("country") for s in states)
    assert all(party_name(c, "en") != c and party_name(c, "ar") != c for c in codes)


def test_hostile_text_gives_valid_entities_or_none(tmp_path: Path) -> None:
    check(written(tmp_path / "x.json", *hostile()))


def test_an_anonymous_source_is_no_entity(tmp_path: Path) -> None:
    held = commitment("c1", stage(chain=(Voice("مصدر مسؤول", "anonymous"), Voice("رويترز", "media"))))
    entities = written(tmp_path / "x.json", agreement("a1", held))
    assert by_schema(entities, "Person") == []
    assert [p["name"] for p in by_schema(entities, "Organization")] == [["رويترز"]]
    assert by_schema(entities, "Documentation")[0]["description"] == ["مصدر مسؤول ← رويترز"]


def test_ids_are_the_same_in_another_export_and_shared_between_agreements(tmp_path: Path) -> None:
    first = written(tmp_path / "x.json", full())
    both = written(tmp_path / "y.json", agreement("a2"), full())
    assert {e["id"] for e in first} < {e["id"] for e in both}
    assert len([e for e in both if e["schema"] == "PublicBody"]) == 2
