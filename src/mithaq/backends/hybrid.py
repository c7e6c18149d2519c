"""The backend ``hybrid``: the rules read everything, and the model only the pieces in which they are not sure.

A row of the rules whose confidence is at least ``below`` stays as it is, and the model's rows at its place go. A row
below it that the model has too, with the same cells, stays; with other cells the model's takes its place; one that
the model does not have goes. Where the rules have nothing, the model's rows are added.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import zip_longest
from typing import Any

from mithaq.backends.contract import Options
from mithaq.backends.llm.backend import Model, read_pieces
from mithaq.backends.pieces import pieces
from mithaq.backends.rows import assemble, overlap, renamed, same_act
from mithaq.errors import InputError
from mithaq.lexicon.keys import fold
from mithaq.model import Attribution, Provision, Record, Report
from mithaq.pipeline import annotate, attempt, check_arabic, record_of
from mithaq.stages.document import Document

_ALIKE = 0.6  # the least share of the longer content that two have in common


class HybridBackend:
    """Reads by the rules, and by a model where they are not sure."""

    def __init__(self, options: Options, sleep: Callable[[float], Any] | None = None) -> None:
        self.model = Model(options, sleep)
        self.name = f"hybrid {options.model}"
        self.threads = options.concurrency
        self._below = options.below
        self._piece = options.piece
        self._spared: list[tuple[int, int]] = []

    def __call__(self, report: Report) -> Record | InputError:
        """The record of *report*, or why it has none."""
        return attempt(report, self._read)

    def summary(self) -> list[str]:
        """What the model took and gave, and what was saved by not asking it."""
        tally = self.model.tally
        estimates = [tally.estimate(*size) for size in tuple(self._spared)]
        tokens_in, tokens_out = sum(e[0] for e in estimates), sum(e[1] for e in estimates)
        cost = tally.price(tokens_in, tokens_out)
        asked = tally.counts["pieces"]
        saved = f"asked about {asked:,} of {asked + len(estimates):,} pieces, which saves some "
        saved += f"{tokens_in + tokens_out:,.0f} tokens"
        changes = ", ".join(
            f"{tally.counts[name]:,} {name}" for name in ("confirmed", "replaced", "withdrawn", "added")
        )
        return [
            *tally.lines(self.name),
            saved + (f", a cost of {cost:.4f}" if cost else ""),
            f"rows of the rules below {self._below:g}, and of the model: {changes}",
        ]

    def close(self) -> None:
        """End what waits for an answer."""
        self.model.close()

    def _read(self, report: Report) -> Record:
        check_arabic(report)
        doc = annotate(report)
        asked = []
        some = pieces(report.text, self._piece)
        for piece, behind in zip_longest(some, some[1:]):
            # What two pieces have in common counts for the second, which has what follows.
            if self._is_doubtful(piece.start, behind.start if behind else piece.end, doc):
                asked.append(piece)
            else:
                self._spared.append(self.model.size(piece))
        if not asked:
            return record_of(doc)
        self.model.tally.add("pieces", len(asked))
        said, acts = renamed(*read_pieces(self.model, doc, asked), "m")
        mine, my_acts = renamed(doc.attributions, doc.provisions, "r")
        merging = _Merging(self._below)
        attributions = merging.attributions(mine, said)
        provisions = merging.provisions(my_acts, acts)
        for name, number in merging.counts.items():
            self.model.tally.add(name, number)
        return assemble(doc, attributions, provisions)

    def _is_doubtful(self, start: int, end: int, doc: Document) -> bool:
        """Whether the rules are unsure of a row that begins between two offsets, or have found nothing at all."""
        if not doc.attributions and not doc.provisions:
            return True
        found = [a.confidence for a in doc.attributions if start <= a.cue.start < end]
        found += [p.confidence for p in doc.provisions if start <= p.evidence.start < end]
        return any(confidence < self._below for confidence in found)


class _Merging:
    """The rows of the rules and of the model → one list of each kind."""

    def __init__(self, below: float) -> None:
        self._below = below
        self._instead: dict[str, str] = {}  # of two attributions at one place: who goes → who stays
        self.counts: dict[str, int] = dict.fromkeys(("confirmed", "replaced", "withdrawn", "added"), 0)

    def attributions(self, rules: list[Attribution], model: list[Attribution]) -> list[Attribution]:
        kept: list[Attribution] = []
        used: set[str] = set()
        for a in rules:
            twins = [b for b in model if overlap(a.cue, b.cue)]
            used.update(b.id for b in twins)
            if a.confidence >= self._below or (twins and _same_statement(a, twins[0])):
                self._count("confirmed", a.confidence < self._below)
                kept.append(a)
                self._instead.update((b.id, a.id) for b in twins)
            elif twins:
                self._count("replaced")
                kept.append(twins[0])
                self._instead[a.id] = twins[0].id
            else:
                self._count("withdrawn")
        added = [b for b in model if b.id not in used]
        self._count("added", len(added))
        kept += added
        return [replace(a, parent=self._stays(a.parent, a.id)) for a in kept]

    def provisions(self, rules: list[Provision], model: list[Provision]) -> list[Provision]:
        kept: list[Provision] = []
        used: set[str] = set()
        for p in rules:
            twins = [q for q in model if same_act(p, q)]
            used.update(q.id for q in twins)
            if p.confidence >= self._below or any(_same_cells(p, q) for q in twins):
                self._count("confirmed", p.confidence < self._below)
                kept.append(p)
            elif twins:
                self._count("replaced")
                kept += [q for q in twins if q not in kept]
            else:
                self._count("withdrawn")
        added = [q for q in model if q.id not in used]
        self._count("added", len(added))
        return [replace(p, attribution=self._stays(p.attribution)) for p in [*kept, *added]]

    def _stays(self, id: str | None, own: str = "") -> str | None:
        found = self._instead.get(id or "", id)
        return None if found == own else found

    def _count(self, name: str, number: int = 1) -> None:
        self.counts[name] += number


def _same_statement(a: Attribution, b: Attribution) -> bool:
    """Whether two rows say the same: one speaker by name, the same denial, most of the content."""
    names = fold(a.speaker), fold(b.speaker)
    mine, other = ({k for s in x.content for k in range(s.start, s.end)} for x in (a, b))
    alike = len(mine & other) >= _ALIKE * max(len(mine), len(other))
    return alike and a.polarity == b.polarity and (names[0] in names[1] or names[1] in names[0])


def _same_cells(p: Provision, q: Provision) -> bool:
    return (p.status, set(p.parties), p.role) == (q.status, set(q.parties), q.role)


def make_hybrid(options: Options) -> HybridBackend:
    """The rules, with ``Options.model`` below ``Options.below``."""
    return HybridBackend(options)
