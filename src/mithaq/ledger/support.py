"""Corroboration: which independent outlets and which named sources stand behind a commitment, and who denies it."""

from __future__ import annotations

from collections.abc import Iterable

from mithaq.ledger.items import Corroboration, Stage, Support, Voice
from mithaq.ledger.rules import Rules, ledger_rules
from mithaq.ledger.voices import heard
from mithaq.lexicon.keys import fold_phrase


def corroborate(stages: tuple[Stage, ...]) -> Corroboration:
    """Who confirms and who denies the commitment, and each status that someone asserts or denies.

    Copies are not counted. An outlet with several reports is one outlet; whether two outlets lean on one source
    shows in ``speakers``. Raises :class:`~mithaq.errors.LedgerError` if there is no stage.
    """
    rules = ledger_rules()
    said = heard(stages, rules)
    named = sorted({s.status for s in said}, key=rules.rank.__getitem__)
    return Corroboration(
        in_all(said),
        tuple(
            _support(
                status,
                [s for s in said if s.denied or s.status == status],
                [s for s in said if s.status == status or status in rules.denies[s.status]],
                rules,
            )
            for status in named
        ),
    )


def in_all(stages: tuple[Stage, ...]) -> Support:
    """Who confirms and who denies the commitment, whatever the status; raises as :func:`corroborate` does."""
    rules = ledger_rules()
    said = heard(stages, rules)
    return _support(None, said, said, rules)


def _support(status: str | None, asserting: Iterable[Stage], denying: Iterable[Stage], rules: Rules) -> Support:
    confirms = tuple(s for s in asserting if not s.denied)
    return Support(
        status=status,
        outlets=tuple(dict.fromkeys(s.outlet for s in confirms if s.outlet)),
        speakers=_speakers(confirms, rules),
        confirms=confirms,
        denies=tuple(s for s in denying if s.denied),
    )


def _speakers(stages: Iterable[Stage], rules: Rules) -> tuple[Voice, ...]:
    """Each source that can be called to account once, however its name is spelt, as it was spelt first."""
    found: dict[tuple[str, ...], Voice] = {}
    for stage in stages:
        for link in stage.chain:
            if link.kind in rules.named:
                found.setdefault(fold_phrase(link.name), link)
    return tuple(found.values())
