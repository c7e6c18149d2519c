"""Follow-up: what was announced for a time that has passed and never heard of again, and what is due again."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from mithaq.ledger.dates import expected_times
from mithaq.ledger.items import FollowUp, Stage
from mithaq.ledger.rules import Rules, ledger_rules
from mithaq.ledger.standing import current
from mithaq.ledger.voices import heard, order


def follow_up(stages: tuple[Stage, ...], today: date, status: str | None = None) -> FollowUp | None:
    """What somebody should ask about *today*, or ``None``.

    *overdue*: the latest announcement gave a time that is over by more than ``limits.grace_days``, and no report since
    then says that it was signed, carried out, held, refused or suspended. *recurring*: it recurs, it was not refused or
    suspended, no announced occasion is open, and the last report of it is older than the interval (for «once or twice
    a year», a year). *status*: where they stand (:func:`current`), if that is known already.
    Raises :class:`~mithaq.errors.LedgerError` if there is no stage.
    """
    rules = ledger_rules()
    said = [s for s in heard(stages, rules) if not s.denied]
    if not said or rules.is_stop(status or current(stages)[0]):
        return None
    expectation = _expectation(said, rules)
    if expectation is not None and not _closed(expectation, said, rules):
        due = _due(expectation)
        # An announced occasion that is still to come answers the question of when it is due again, too.
        return _late("overdue", expectation, due, today, rules)
    last = _last_of_recurring(said, rules)
    if last is None:
        return None
    stage, day, interval = last
    try:
        due = day + timedelta(days=interval)
    except OverflowError:  # once in thousands of years
        return None
    return _late("recurring", stage, due, today, rules)


def _late(kind: str, stage: Stage, due: date, today: date, rules: Rules) -> FollowUp | None:
    days = (today - due).days
    if days <= rules.limits["grace_days"]:
        return None
    return FollowUp("overdue" if kind == "overdue" else "recurring", stage, due, days)


def _expectation(said: Iterable[Stage], rules: Rules) -> Stage | None:
    """The latest announcement with a time; of several on one day, that with the latest time."""
    return max(
        (s for s in said if s.status in rules.sets["expect.by"] and _bounded(s)),
        key=lambda s: (s.published or date.min, _due(s), order(s)),
        default=None,
    )


def _bounded(stage: Stage) -> bool:
    return any(t.end < date.max for t in expected_times(stage))


def _due(stage: Stage) -> date:
    """The last day of the latest time that it was announced for."""
    return max(t.end for t in expected_times(stage) if t.end < date.max)


def _closed(expectation: Stage, said: Iterable[Stage], rules: Rules) -> bool:
    """Whether a report since the announcement says what became of it."""
    announced = expectation.published or date.min
    starts = min(t.start for t in expected_times(expectation) if t.end < date.max)
    for stage in said:
        if stage.status not in rules.closed_by[expectation.status]:
            continue
        day = stage.published or date.min
        if day > announced or (stage.published is None and expectation.published is None):
            return True
        # On the day of the announcement, what has happened is not yet what is to come.
        if day == announced and (starts <= announced or rules.is_stop(stage.status)):
            return True
    return False


def _last_of_recurring(said: Iterable[Stage], rules: Rules) -> tuple[Stage, date, float] | None:
    """The last report of a thing that recurs, its day, and the longest interval that its frequency allows, in days."""
    heard_of = [s for s in said if s.status in rules.sets["recur.last"] and s.published is not None]
    latest_last = sorted(said, key=lambda s: (s.published or date.min, order(s)))
    rates = [s.frequency for s in latest_last if s.frequency is not None and s.status in rules.sets["recur.last"]]
    rates = [f for f in rates if f.minimum > 0 and f.unit in rules.days]
    if not heard_of or not rates:
        return None
    last = max(heard_of, key=order)
    assert last.published is not None
    return last, last.published, rules.days[rates[-1].unit] / rates[-1].minimum
