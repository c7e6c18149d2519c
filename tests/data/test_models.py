"""The packaged models: what they decide between, how large they are, and where they come from."""

from __future__ import annotations

import pytest

from mithaq.lexicon.tables import data_file
from mithaq.lexicon.weights import load_model
from mithaq.ontology import areas, statuses
from mithaq.stages.provisions import CONDITION

NAMES = ("act", "area", "attribution", "party", "status")
MOST = 5_000_000  # bytes of all models together, so that the package stays small


def test_labels_are_known() -> None:
    assert set(load_model("area").labels) == set(areas())
    labels = [label.split() for label in load_model("status").labels]
    assert {first for first, *_ in labels} == set(statuses())
    assert all(rest in ([], [CONDITION]) for _, *rest in labels)
    assert all(load_model(name).labels == ("yes",) for name in ("act", "party", "attribution"))


@pytest.mark.parametrize("name", NAMES)
def test_every_model_has_weights_and_says_what_made_it(name: str) -> None:
    assert len(load_model(name)) > 100
    header = data_file(f"models/{name}.tsv").read_text("utf-8").partition("\n")[0]
    assert header.startswith("# ")
    assert "scripts/train_models.py" in header


def test_no_model_is_there_that_nothing_reads() -> None:
    assert sorted(f.name for f in data_file("models").iterdir()) == [f"{name}.tsv" for name in NAMES]


def test_the_models_are_small() -> None:
    assert sum(len(f.read_bytes()) for f in data_file("models").iterdir()) < MOST
