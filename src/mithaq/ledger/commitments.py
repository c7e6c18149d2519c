"""A commitment, put together from what the ledger finds in its stages."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from mithaq.ledger.disputes import contradictions
from mithaq.ledger.expectations import follow_up
from mithaq.ledger.items import Commitment, Stage
from mithaq.ledger.rules import ledger_rules
from mithaq.ledger.standing import current
from mithaq.ledger.support import in_all
from mithaq.ledger.voices import heard, order
from mithaq.model import Role


def build(
    id: str, agreement: str, area: str, parties: tuple[str, ...], stages: tuple[Stage, ...], today: date
) -> Commitment:
    """The commitment of these stages, as it stands *today*; only the list of stages shows copies.

    Raises :class:`~mithaq.errors.LedgerError` if there is no stage, or one with an unknown status.
    """
    # Nothing but the list of stages is about copies: they are left out once, rather than by each question anew.
    said = heard(stages, ledger_rules())
    status, rule = current(said)
    whole = in_all(said)
    return Commitment(
        id=id,
        agreement=agreement,
        area=area,
        parties=parties,
        role=_role(said),
        status=status,
        rule=rule,
        stages=tuple(sorted(stages, key=order)),
        outlets=whole.outlets,
        speakers=tuple(v.name for v in whole.speakers),
        contradictions=contradictions(said),
        follow_up=follow_up(said, today, status),
    )


def _role(stages: Iterable[Stage]) -> Role:
    """A condition if more independent stages make it one than not."""
    roles = [s.role for s in stages]
    return "condition" if 2 * roles.count("condition") > len(roles) else "provision"
