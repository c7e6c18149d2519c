"""Weights: what they add up to, what they say of themselves, and what is refused."""

from __future__ import annotations

import pytest

from mithaq.errors import DataError
from mithaq.lexicon.weights import BIAS, model_text, parse_model, probability

TABLE = f"""# where it comes from
done\tplanned
{BIAS}\t0:250\t1:-100
stage=will\t1:1500
usual=done\t0:400\t1:-400
verb=went\t0:400
"""
MODEL = parse_model("stage", TABLE)


def test_scores_are_the_sums_of_what_holds() -> None:
    assert MODEL.labels == ("done", "planned")
    assert len(MODEL) == 4
    assert MODEL.scores([BIAS, "usual=done", "stage=will", "unheard of"]) == pytest.approx([0.65, 1.0])
    assert MODEL.scores([]) == [0, 0]


def test_one_label_has_one_score() -> None:
    model = parse_model("act", f"yes\n{BIAS}\t0:-500\nact\t0:1250\n")
    assert model.score([BIAS, "act"]) == 0.75
    assert model.score([BIAS]) == -0.5


def test_weights_by_value() -> None:
    model = parse_model("act", "yes\nin=a\t0:-500\nin=b\t0:1250\ninact=c\t0:7\n")
    assert model.weights_of("in=") == {"a": -500, "b": 1250}
    assert model.weights_of("out=") == {}


def test_reasons_are_what_speaks_for_a_label_strongest_first() -> None:
    features = [BIAS, "verb=went", "stage=will", "usual=done", "usual=done"]
    assert MODEL.reasons(features, 0) == ("usual=done", "verb=went")  # of equal weight, in order of the alphabet
    assert MODEL.reasons(features, 1) == ("stage=will",)  # neither what speaks against it nor the constant
    assert MODEL.reasons(features, 0, most=1) == ("usual=done",)


def test_probability() -> None:
    assert probability(0) == 0.5
    assert probability(2) == pytest.approx(1 - probability(-2))
    assert 0 < probability(-1e9) < 1e-9  # no overflow, and never nothing


def test_round_trip() -> None:
    text = model_text(MODEL)
    again = parse_model("stage", text)
    assert model_text(again) == text == TABLE.partition("\n")[2]
    assert again.labels == MODEL.labels


@pytest.mark.parametrize("line", ["act\t0:x", "act\t0", "act\t0:1:2", "act\t2:10", "act\t-1:10", "act\t\t0:10"])
def test_a_bad_line_is_refused_with_file_and_line(line: str) -> None:
    with pytest.raises(DataError, match=r"^models/stage\.tsv:7: '.*' is no row of weights \(make it anew: "):
        parse_model("stage", f"{TABLE}{line}\n")
