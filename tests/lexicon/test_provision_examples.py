"""Every act and every marker of a stage is tested by its own examples and counter-examples."""

from __future__ import annotations

from typing import Any

import pytest

import mithaq
from mithaq.evaluation.examples import PROVISION_FILES, provision_counter_holds, provision_example_holds
from mithaq.lexicon.provisions import acts, instruments, markers, topics
from mithaq.lexicon.tables import load_toml_raw
from mithaq.ontology import areas, organisations

ENTRIES = [(f"{file}: {name}", fields) for file in PROVISION_FILES for name, fields in load_toml_raw(file).items()]
EXAMPLES = [pytest.param(e, id=f"{name}-{n}") for name, f in ENTRIES for n, e in enumerate(f.get("examples", []))]
COUNTERS = [
    pytest.param(f, text, id=f"{name}-{n}") for name, f in ENTRIES for n, text in enumerate(f.get("counters", []))
]


@pytest.mark.parametrize(("name", "fields"), ENTRIES, ids=[name for name, _ in ENTRIES])
def test_every_entry_has_examples_and_counters(name: str, fields: dict[str, Any]) -> None:
    assert fields.get("examples"), name
    assert fields.get("counters"), name


@pytest.mark.parametrize("example", EXAMPLES)
def test_example_gives_its_provision(example: dict[str, Any]) -> None:
    assert provision_example_holds(example), [
        (p.area, p.status, p.parties, p.evidence.text) for p in mithaq.read(example["text"]).provisions
    ]


@pytest.mark.parametrize(("fields", "text"), COUNTERS)
def test_counter_gives_none_of_the_area(fields: dict[str, Any], text: str) -> None:
    assert provision_counter_holds(fields, text)


def test_every_area_has_an_act_or_a_topic() -> None:
    covered = {a.area for a in acts()} | {area for entries in topics().values() for _, area in entries}
    assert covered == set(areas())


def test_instruments_name_parties() -> None:
    for instrument in instruments():
        assert instrument.parties, instrument.id
        assert all(p.isupper() or p in ("p5plus1",) or p in organisations() for p in instrument.parties)


def test_every_status_but_the_conditions_has_one_marker_that_gives_it() -> None:
    assert {m.status for m in markers()} == {
        "demanded", "proposed", "discussed", "agreed", "planned", "signed", "in_force", "done", "refused", "suspended",
    }  # fmt: skip
