"""Other dates of one event: times that do not overlap, so far as days in words can be trusted."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import NamedTuple

from mithaq.ledger.clashes import clash, pairs, within
from mithaq.ledger.items import Contradiction, Stage
from mithaq.ledger.rules import Rules


class Time(NamedTuple):
    """First and last day, and whether the text gives them in words, reckoned from the day of publication."""

    start: date
    end: date
    worded: bool

    def __str__(self) -> str:
        """As in ISO 8601, with ``..`` for an open end."""
        if self.start == self.end:
            return str(self.start)
        return f"{'..' if self.start == date.min else self.start}/{'..' if self.end == date.max else self.end}"


def times(stage: Stage) -> tuple[Time, ...]:
    """The times of a stage that could be resolved, in order; an open end is without bound."""
    if not stage.when:  # as most
        return ()
    return tuple(
        sorted(
            {
                Time(w.start or date.min, w.end or date.max, not any(c.isdigit() for c in w.span.text))
                for w in stage.when
                if w.start is not None or w.end is not None
            }
        )
    )


def expected_times(stage: Stage) -> tuple[Time, ...]:
    """The times that were still to come when the report was published.

    Of a plan, also those that had begun («today», «this week»). «Agreed today» is when it was agreed; «agreed to meet
    this month» may be over by the end of the month; what was signed is expected only at a time that had not begun.
    """
    day = stage.published
    if day is None or stage.status == "planned":
        return tuple(t for t in times(stage) if day is None or t.end >= day)
    if stage.status == "agreed":
        return tuple(t for t in times(stage) if t.end > day)
    return tuple(t for t in times(stage) if t.start > day)


def event_times(stage: Stage, rules: Rules) -> tuple[Time, ...]:
    """When it is to happen, of an announcement; when it happened, of anything else (no later than its report)."""
    if stage.status in rules.sets["compare.announced"]:
        return expected_times(stage)
    return tuple(t for t in times(stage) if stage.published is None or t.start <= stage.published)


def overlap(ones: Iterable[Time], others: Iterable[Time], rules: Rules) -> bool:
    """Whether any of the times could be the same; days in words may be off by ``limits.worded_day_slack``."""
    others = tuple(others)
    return any(_meet(a, b, int(rules.limits["worded_day_slack"])) for a in ones for b in others)


def date_contradictions(asserted: list[Stage], rules: Rules) -> list[Contradiction]:
    """Other dates for the same step of a thing that happens once."""
    near, event = within(rules.limits["same_time_days"]), within(rules.limits["same_event_days"])
    sides: dict[tuple[str, bool], dict[tuple[Time, ...], list[Stage]]] = {}
    for stage in asserted:
        if stage.status in rules.sets["compare.announced"] and (coming := expected_times(stage)):
            sides.setdefault((stage.status, True), {}).setdefault(coming, []).append(stage)
        elif stage.status in rules.sets["compare.dated"] and (
            past := tuple(t for t in times(stage) if stage.published is None or t.start <= stage.published)
        ):
            sides.setdefault((stage.status, False), {}).setdefault(past, []).append(stage)
    found: list[Contradiction] = []
    for (status, coming_too), groups in sides.items():
        once = status in rules.sets["compare.once"]
        test = near if coming_too else _always if once else event
        for (ones, left), (others, right) in pairs(sorted(groups.items()), rules.limits["pairwise_up_to"]):
            if not overlap(ones, others, rules):
                found += clash("date", left, right, (_text(ones), _text(others)), test)
    return found


def _always(_one: Stage, _other: Stage) -> bool:
    return True


def _meet(one: Time, other: Time, slack: int) -> bool:
    first, second = sorted((one, other))
    if second.start <= first.end:
        return True
    return second.start - first.end <= timedelta(days=slack if one.worded or other.worded else 0)


def _text(found: tuple[Time, ...]) -> str:
    return ", ".join(map(str, found))
