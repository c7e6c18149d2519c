"""Independent voices: copies of one text count once, and reports of one outlet are not independent of each other."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from mithaq.errors import LedgerError
from mithaq.ledger.items import Stage
from mithaq.ledger.rules import Rules
from mithaq.lexicon.tables import nearest

Order = tuple[date, str, str, int, str]


def order(stage: Stage) -> Order:
    """The key that sorts stages by the day of their report, undated ones last, whatever order they came in."""
    return (stage.published or date.max, stage.report, stage.provision, stage.evidence.start, stage.status)


def voice(stage: Stage) -> str:
    """The id of the report that first had this text: one for all its copies."""
    return stage.copy_of or stage.report


def outlet(stage: Stage) -> str:
    """Whom to count: the outlet, or the voice where the outlet is not known."""
    return stage.outlet or voice(stage)


class Heard(tuple[Stage, ...]):
    """The stages of a commitment without copies, by date."""

    __slots__ = ()


def heard(stages: Iterable[Stage], rules: Rules) -> Heard:
    """The stages without copies, by date: of each voice and status those of the original report.

    What it returned once it returns again as it is: each question of the ledger may be asked by itself.

    Where the original does not have that status, or is not there, those of the earliest copy that has it. Raises
    :class:`~mithaq.errors.LedgerError` if there is no stage, or one whose status is unknown.
    """
    if isinstance(stages, Heard):
        return stages
    said: dict[tuple[str, str, bool], list[Stage]] = {}
    for stage in sorted(stages, key=order):
        if stage.status not in rules.rank:
            raise LedgerError(f"{stage.key}: status is {stage.status!r}", nearest(stage.status, rules.rank))
        said.setdefault((voice(stage), stage.status, stage.denied), []).append(stage)
    if not said:
        raise LedgerError("a commitment needs at least one stage")
    kept: list[Stage] = []
    for (original, _, _), group in said.items():
        own = [s for s in group if s.report == original]
        kept += own or [s for s in group if s.report == group[0].report]
    return Heard(sorted(kept, key=order))
