"""Contradictions: stages of one commitment that cannot both be right as they stand."""

from __future__ import annotations

from itertools import chain

from mithaq.ledger.amounts import amount_contradictions
from mithaq.ledger.clashes import clash, episodes, within
from mithaq.ledger.dates import date_contradictions, event_times, overlap
from mithaq.ledger.items import Contradiction, Stage
from mithaq.ledger.rules import Rules, ledger_rules
from mithaq.ledger.voices import heard, order, voice


def contradictions(stages: tuple[Stage, ...]) -> tuple[Contradiction, ...]:
    """What the reports of a commitment disagree about: status, amount, date, or a denial of what another asserts.

    Each gives the earliest two stages that are at odds and everyone on either side (``backing``). Copies count as one
    voice and never contradict each other; one report against itself is marked (``within_report``). Development in time
    (planned, later signed) and differences of degree (discussed, signed) are no contradictions. Raises
    :class:`~mithaq.errors.LedgerError` if there is no stage.
    """
    rules = ledger_rules()
    said = heard(stages, rules)
    asserted = [s for s in said if not s.denied]
    recurs = rules.recurs(asserted)
    found = chain(
        _statuses(asserted, rules),
        () if recurs else _still_to_come(asserted, rules),
        amount_contradictions(asserted, rules, recurs=recurs),
        () if recurs else date_contradictions(asserted, rules),
        _denials(asserted, [s for s in said if s.denied], rules),
    )
    return tuple(sorted(found, key=lambda c: (order(c.one), order(c.other), c.kind, c.what)))


def _statuses(asserted: list[Stage], rules: Rules) -> list[Contradiction]:
    """Statuses that cannot both hold, published at the same time and of no different times."""
    days = rules.limits["same_time_days"]
    near = within(days)

    def test(one: Stage, other: Stage) -> bool:
        if not near(one, other):
            return False
        times, others = event_times(one, rules), event_times(other, rules)
        return not times or not others or overlap(times, others, rules)

    found: list[Contradiction] = []
    for stop, status in rules.incompatible:
        stops = [s for s in asserted if s.status == stop]
        holds = [s for s in asserted if s.status == status]
        if not stops or not holds:
            continue
        # Who reports the stop too does not stand on the other side: there the status is what was stopped.
        telling = {voice(s) for s in stops}
        for ones, others in episodes([s for s in holds if voice(s) not in telling], stops, days):
            found += clash("status", ones, others, (status, stop), test)
        for report in sorted({s.report for s in stops} & {s.report for s in holds}):
            own = [s for s in holds if s.report == report]
            found += clash("status", own, [s for s in stops if s.report == report], (status, stop), test)
    return found


def _still_to_come(asserted: list[Stage], rules: Rules) -> list[Contradiction]:
    """«Done», and in a report of that day or the next ones «still to come», with no time of its own."""
    limit = rules.limits["still_to_come_days"]

    def test(one: Stage, other: Stage) -> bool:
        if one.published is None or other.published is None or one.report == other.report:
            return False
        first = 1 if other.area in rules.sets["compare.by_the_hour"] else 0
        return first <= (other.published - one.published).days <= limit

    done = [s for s in asserted if s.status == "done"]
    held = {voice(s) for s in done}
    coming = [s for s in asserted if s.status == "planned" and voice(s) not in held and not event_times(s, rules)]
    return clash("status", done, coming, ("done", "planned"), test)


def _denials(asserted: list[Stage], denied: list[Stage], rules: Rules) -> list[Contradiction]:
    """Someone denies what another asserts: before the denial, with it, or too soon after it for a change."""
    limit = rules.limits["denial_days"]

    def test(one: Stage, other: Stage) -> bool:
        if one.published is None or other.published is None or one.report == other.report:
            return True
        if (one.published - other.published).days > limit:
            return False
        starts = [w.start for w in one.when if w.start is not None]
        return (
            rules.line[one.status] == "wish"
            or not starts
            or one.status in rules.sets["compare.announced"]
            or (min(starts) <= other.published)
        )

    found: list[Contradiction] = []
    by_status: dict[str, list[Stage]] = {}
    for stage in asserted:
        by_status.setdefault(stage.status, []).append(stage)
    for status in sorted({s.status for s in denied}, key=rules.rank.__getitem__):
        denials = [s for s in denied if s.status == status]
        for other in sorted(rules.denies[status] & by_status.keys(), key=rules.rank.__getitem__):
            found += clash("denial", by_status[other], denials, (other, f"not {status}"), test)
    return found
