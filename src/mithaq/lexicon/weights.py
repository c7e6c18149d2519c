"""The weights of the small linear models that decide what the lexicon only proposes.

A model is a table in ``data/models``: a line with its labels, then a feature a line with the weight of each label that
it speaks for or against. ``scripts/train_models.py`` makes them from ``corpus/``, texts that the project wrote itself.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from itertools import repeat
from math import copysign, exp
from struct import Struct

from mithaq.errors import DataError
from mithaq.lexicon.tables import data_file

UNIT = 1000  # weights are kept in thousandths
_FAR = 30.0  # what lies beyond is as sure, and exp would overflow
_BITS = 32  # of a field for one label's sum
_MIDDLE = 1 << _BITS - 1  # what stands for 0 in a field: sums may be negative


class Model:
    """A linear model over named features that hold or don't.

    The weights of a feature for all labels are packed into one integer, a field of bits for each: to add up those of a
    hundred features for two dozen labels is then a hundred additions.
    """

    def __init__(self, labels: tuple[str, ...], weights: dict[str, tuple[tuple[int, int], ...]]) -> None:
        self.labels = labels
        self._weights = weights
        self._packed = {f: sum([weight << label * _BITS for label, weight in cells]) for f, cells in weights.items()}
        self._fields = Struct(f"<{len(labels)}I")
        self._zero = sum([_MIDDLE << label * _BITS for label in range(len(labels))])
        self._values: dict[str, dict[str, int]] = {}

    def __len__(self) -> int:
        """How many features have a weight."""
        return len(self._weights)

    def scores(self, features: Iterable[str]) -> list[float]:
        """The score (log odds) of each label."""
        packed = self._zero + self.thousandths(features)
        return [(n - _MIDDLE) / UNIT for n in self._fields.unpack(packed.to_bytes(self._fields.size, "little"))]

    def score(self, features: Iterable[str]) -> float:
        """The score of a model with one label."""
        return self.thousandths(features) / UNIT

    def thousandths(self, features: Iterable[str]) -> int:
        """The same before it is divided by ``UNIT``: a score may be added up from those of some features at a time.

        Of a model with several labels, their sums as they are packed.
        """
        return sum(map(self._packed.get, features, repeat(0)))

    def weights_of(self, name: str) -> dict[str, int]:
        """The weights of all features ``name + value`` of a model with one label, in thousandths, by the value."""
        if (found := self._values.get(name)) is None:
            found = {f[len(name) :]: weight for f, weight in self._packed.items() if f.startswith(name)}
            self._values[name] = found
        return found

    def reasons(self, features: Iterable[str], label: int = 0, most: int = 3) -> tuple[str, ...]:
        """The features that speak most for a label, strongest first; the constant is none."""
        found = [
            (w, f) for f in set(features) for n, w in self._weights.get(f, ()) if n == label and w > 0 and f != BIAS
        ]
        return tuple(f for _, f in sorted(found, key=lambda e: (-e[0], e[1]))[:most])


BIAS = "always"
"""The feature that always holds."""


def probability(score: float) -> float:
    """The logistic function."""
    if not -_FAR < score < _FAR:
        score = copysign(_FAR, score)
    return 1 / (1 + exp(-score))


def parse_model(name: str, text: str) -> Model:
    """A model from its table; raises :class:`~mithaq.errors.DataError` with file and line for a line that is no row."""
    labels: tuple[str, ...] = ()
    weights: dict[str, tuple[tuple[int, int], ...]] = {}
    for number, line in enumerate(text.splitlines(), 1):
        if not line or line.startswith("#"):
            continue
        first, *cells = line.split("\t")
        if not labels:
            labels = (first, *cells)
            continue
        try:
            weights[first] = tuple((int(label), int(weight)) for label, weight in (c.split(":") for c in cells))
            known = all(0 <= label < len(labels) for label, _ in weights[first])
        except ValueError:
            known = False
        if not known:
            raise DataError(
                f"models/{name}.tsv:{number}: {line!r} is no row of weights", "make it anew: scripts/train_models.py"
            )
    return Model(labels, weights)


def model_text(model: Model) -> str:
    """The table of a model, as :func:`parse_model` reads it."""
    rows = ["\t".join(model.labels)]
    rows += ["\t".join((f, *(f"{n}:{w}" for n, w in ws))) for f, ws in sorted(model._weights.items())]
    return "\n".join(rows) + "\n"


@cache
def load_model(name: str) -> Model:
    """The packaged model of that name (``act``, ``area``, ``status``, ``party``, ``attribution``)."""
    return parse_model(name, data_file(f"models/{name}.tsv").read_text("utf-8"))
