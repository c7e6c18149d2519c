"""Confidence: between the measured points in a straight line, never beyond them, and never less for more."""

from __future__ import annotations

from itertools import pairwise

import pytest

import mithaq
from mithaq.stages import confidence
from mithaq.stages.confidence import calibrated

KINDS = ("attribution", "rule", "model")
TEXT = (
    "أعلن وزير الدفاع الأردني أن بلاده وقعت مع اليابان اتفاقية لتدريب الضباط. "
    "ووعدت تركيا بتزويد الصومال بمولدات كهربائية خلال العام المقبل."
)


@pytest.fixture
def measured(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(confidence, "_measured", lambda: {"rule": ([0.2, 0.4, 0.8], [0.1, 0.5, 0.7])})


@pytest.mark.usefixtures("measured")
@pytest.mark.parametrize(
    ("score", "share"), [(0.2, 0.1), (0.3, 0.3), (0.4, 0.5), (0.5, 0.55), (0.8, 0.7), (0.0, 0.1), (1.0, 0.7)]
)
def test_between_and_beyond_the_points(score: float, share: float) -> None:
    assert calibrated("rule", score) == pytest.approx(share)


@pytest.mark.parametrize("kind", KINDS)
def test_more_is_never_less(kind: str) -> None:
    shares = [calibrated(kind, n / 200) for n in range(201)]
    assert all(a <= b for a, b in pairwise(shares))
    assert 0 <= shares[0] < shares[-1] <= 1


@pytest.mark.parametrize("kind", KINDS)
def test_the_points_are_in_order(kind: str) -> None:
    scores, shares = confidence._measured()[kind]
    assert len(scores) == len(shares) > 1
    assert scores == sorted(set(scores))
    assert shares == sorted(shares)


def test_every_row_has_the_share_of_its_kind() -> None:
    record = mithaq.read(TEXT)
    assert len(record.provisions) == 2
    rule, model = record.provisions
    assert dict(model.why)["parties"] == "models/party.tsv"
    found = {"attribution": record.attributions[0].confidence, "rule": rule.confidence, "model": model.confidence}
    for kind, share in found.items():
        assert calibrated(kind, 0) <= share <= calibrated(kind, 1)
        assert round(share, 2) == share
