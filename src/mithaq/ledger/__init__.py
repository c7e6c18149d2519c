"""What is known of each commitment across reports: its history, and what follows from it.

Pure functions over the stages of one commitment. ``docs/ledger.md`` explains them; their rules are in
``data/ledger.toml``.
"""

from mithaq.ledger.commitments import build
from mithaq.ledger.disputes import contradictions
from mithaq.ledger.expectations import follow_up
from mithaq.ledger.items import (
    Agreement,
    Commitment,
    Contradiction,
    Corroboration,
    FollowUp,
    Stage,
    Step,
    Support,
    Voice,
)
from mithaq.ledger.rules import ledger_rules
from mithaq.ledger.standing import current
from mithaq.ledger.steps import history
from mithaq.ledger.support import corroborate

__all__ = [
    "Agreement",
    "Commitment",
    "Contradiction",
    "Corroboration",
    "FollowUp",
    "Stage",
    "Step",
    "Support",
    "Voice",
    "build",
    "contradictions",
    "corroborate",
    "current",
    "follow_up",
    "history",
    "ledger_rules",
]
