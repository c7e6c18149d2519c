"""What merging takes and gives: features of reports, judgements, and what is the same across reports.

Days are proleptic ordinals (``date.toordinal()``), 0 where a report has no date. Nothing here knows a database.
"""

from __future__ import annotations

import json
from array import array
from base64 import b64decode, b64encode
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from math import sqrt
from sys import intern
from typing import Any, Literal, NamedTuple, Self

from mithaq.errors import RecordError
from mithaq.merge.sketch import Sketch

FORMAT = 3
"""The shape of stored features: those of another shape are made anew from the report and its record."""

Opinion = Literal["same", "different", "unsure"]
Level = Literal["commitment", "agreement"]


class Member(NamedTuple):
    """A provision of a report, by their ids."""

    report: str
    provision: str


class Anchor(NamedTuple):
    """The place of a provision: it outlives re-reading, since offsets count code points of a text that stays."""

    report: str
    start: int
    end: int
    area: str


class Judgement(NamedTuple):
    """What a person says of two provisions, or of the agreements that they belong to."""

    one: Anchor
    other: Anchor
    opinion: Opinion
    level: Level = "commitment"


class Verdict(NamedTuple):
    """What the machine says of two provisions: *score* from 0 to 1, and what spoke for it."""

    one: Anchor
    other: Anchor
    opinion: Opinion
    score: float
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ProvisionFeatures:
    """What is compared of one provision; *dealing* is the index of the dealing of its report that it belongs to.

    *words* are light keys of the evidence, *context* those of its sentence; *when* the first and last day that the text
    gives for it (ordinals), *amounts* numbers with their unit.
    """

    id: str
    start: int
    end: int
    area: str
    status: str
    parties: tuple[str, ...]
    role: str
    confidence: float
    dealing: int
    words: frozenset[str]
    context: frozenset[str]
    when: tuple[int, int] | None = None
    amounts: tuple[tuple[float, str], ...] = ()


@dataclass(frozen=True)
class Dealing:
    """What one report tells of one group of parties: the unit from which agreements are put together.

    *parties* has the share of the dealing's provisions that each party stands in (0 to 1), *words* the weights of its
    light keys, *instruments* named instruments with the weight of their names, and *names* how the report writes
    them; *ahead* the first and last day (ordinals) that it announces something for. One without provisions is what the
    report opens with, though the reader found no provision there.
    """

    parties: Mapping[str, float]
    words: Mapping[str, float]
    instruments: Mapping[str, float]
    names: Mapping[str, str] = field(default_factory=dict)
    ahead: tuple[int, int] | None = None

    @cached_property
    def salient(self) -> tuple[str, ...]:
        """Its words, heaviest first."""
        return tuple(word for _, word in sorted([(-weight, word) for word, weight in self.words.items()]))

    @cached_property
    def core(self) -> tuple[str, ...]:
        """Its parties, those of most provisions first."""
        return tuple(sorted(self.parties, key=lambda p: (-self.parties[p], p)))

    @cached_property
    def norm(self) -> float:
        """The length of its vector of words."""
        return sqrt(sum(w * w for w in self.words.values()))


@dataclass(frozen=True)
class ReportFeatures:
    """All that merging compares of one report.

    *sketch* is what near-copies are found by.
    """

    id: str
    outlet: str
    published: int
    sketch: Sketch
    dealings: tuple[Dealing, ...] = ()
    provisions: tuple[ProvisionFeatures, ...] = ()

    @property
    def days(self) -> tuple[int, ...]:
        """The days under which it is looked for: its own (0 if it has none), and those that it announces."""
        return tuple(sorted({self.published, *(day for d in self.dealings for day in d.ahead or ())}))

    @property
    def order(self) -> tuple[int, str]:
        """Earlier reports first, those without a date last."""
        return (self.published or 1 << 30, self.id)

    def to_bytes(self) -> bytes:
        """Compact JSON in UTF-8."""
        data = [
            FORMAT,
            [self.id, self.outlet, self.published],
            [*self.sketch[:2], _packed(self.sketch.hashes), _packed(self.sketch.lead), _packed(self.sketch.bands)],
            [
                [_shares(d.parties), _shares(d.words), _shares(d.instruments), dict(sorted(d.names.items())), d.ahead]
                for d in self.dealings
            ],
            [
                [p.id, p.start, p.end, p.area, p.status, " ".join(p.parties), p.role, p.confidence, p.dealing,
                 " ".join(sorted(p.words)), " ".join(sorted(p.context)), p.when, p.amounts]
                for p in self.provisions
            ],
        ]  # fmt: skip
        return json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode()

    @classmethod
    def from_bytes(cls, data: bytes) -> Self:
        """The reverse of :meth:`to_bytes`; raises :class:`~mithaq.errors.RecordError` for another shape."""
        try:
            form, report, (length, level, hashes, lead, bands), dealings, provisions = json.loads(data)
            if form != FORMAT:
                raise ValueError(f"their shape is {form}, not {FORMAT}")
            id, outlet, published = report
            return cls(
                id,
                outlet,
                published,
                Sketch(length, level, _unpacked("I", hashes), _unpacked("I", lead), _unpacked("q", bands)),
                tuple(
                    Dealing(_weights(p), _weights(w), _weights(i), names, ahead and (ahead[0], ahead[1]))
                    for p, w, i, names, ahead in dealings
                ),
                tuple(
                    ProvisionFeatures(
                        id, start, end, intern(area), intern(status), tuple(map(intern, parties.split())), intern(role),
                        confidence, dealing, _words(words), _words(context), when and (when[0], when[1]),
                        tuple((value, unit) for value, unit in amounts),
                    )
                    for id, start, end, area, status, parties, role, confidence, dealing, words, context, when, amounts
                    in provisions
                ),
            )  # fmt: skip
        except (ValueError, TypeError, AttributeError) as error:
            raise RecordError(f"these are no features of a report: {error}", "read the report again") from error


@dataclass(frozen=True, slots=True)
class MergedCommitment:
    """The same provision across reports; *area* and *parties* are the ledger's, decided over all its stages."""

    id: str
    area: str
    parties: tuple[str, ...]
    role: str
    members: tuple[Member, ...]
    """By the reports' dates, then by place."""


@dataclass(frozen=True, slots=True)
class MergedAgreement:
    """The commitments of one instrument or one round of talks between the same parties.

    *reports* are those its commitments' stages stand in, and those that tell of it though they give no stage.
    """

    id: str
    parties: tuple[str, ...]
    reports: tuple[str, ...]
    commitments: tuple[MergedCommitment, ...]
    name: str | None = None
    """Of the instrument, where reports give one."""


@dataclass(frozen=True, slots=True)
class Merged:
    """What the reports make together: a function of the set of reports and judgements, whatever their order."""

    agreements: tuple[MergedAgreement, ...]
    copies: Mapping[str, str]
    """Report → the first report of its group of near-copies, for those that are not the first themselves."""
    verdicts: tuple[Verdict, ...]


def _packed(numbers: array[int]) -> str:
    return b64encode(numbers.tobytes()).decode("ascii")


def _unpacked(code: str, text: str) -> array[int]:
    found = array(code)
    found.frombytes(b64decode(text))
    return found


def _shares(weights: Mapping[str, float]) -> list[str | int]:
    """Keys and weights in thousandths, in turn."""
    return [cell for key, weight in sorted(weights.items()) for cell in (key, round(weight * 1000))]


def _weights(cells: list[Any]) -> dict[str, float]:
    return dict(zip(map(intern, cells[::2]), [weight / 1000 for weight in cells[1::2]], strict=True))


def _words(text: str) -> frozenset[str]:
    return frozenset(map(intern, text.split()))
