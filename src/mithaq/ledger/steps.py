"""The history of a commitment: what each independent report brings that is new."""

from __future__ import annotations

from mithaq.ledger.items import Stage, Step, StepKind
from mithaq.ledger.rules import Rules, ledger_rules
from mithaq.ledger.standing import Course, by_day
from mithaq.ledger.voices import heard, order, outlet, voice

_Group = tuple[str, str, bool]


def history(stages: tuple[Stage, ...]) -> tuple[Step, ...]:
    """One step for each independent report and status, by date; undated ones first, since they count as the earliest.

    Within a day the weaker assertion comes first. Copies hang on the step of their original. Raises
    :class:`~mithaq.errors.LedgerError` if there is no stage.
    """
    rules = ledger_rules()
    said = heard(stages, rules)
    copies: dict[_Group, list[Stage]] = {}
    for stage in sorted(stages, key=order):
        copies.setdefault(_group(stage), []).append(stage)
    course = Course(rules, recurs=rules.recurs(s for s in said if not s.denied))
    found: list[Step] = []
    seen: dict[str, set[str]] = {}
    for day, group in by_day(said):
        before = course.status
        course.go_on(day, [s for s in group if not s.denied])
        turned = _turned(before, course.status, group, rules)
        told: set[_Group] = set()
        for stage in sorted(group, key=lambda s: (rules.rank[s.status], order(s))):
            key = _group(stage)
            if key in told:
                continue
            told.add(key)
            what = _what(stage, before, turned, seen, rules)
            if not stage.denied:
                seen.setdefault(stage.status, set()).add(outlet(stage))
                # The first to tell of a turn brings it; the others of that day confirm it.
                turned = None if turned and turned[0] == stage.status else turned
            found.append(Step(stage.published, what, stage, tuple(s for s in copies[key] if s.report != stage.report)))
    return tuple(found)


def _group(stage: Stage) -> _Group:
    return voice(stage), stage.status, stage.denied


def _turned(before: str, after: str, group: list[Stage], rules: Rules) -> tuple[str, StepKind] | None:
    """The status that turned the course on a day, and which way."""
    if after == before or not after:
        return None
    if rules.is_stop(after):
        stood = before or any(not s.denied and not rules.is_stop(s.status) for s in group)
        return (after, "step_back") if stood else None
    return (after, "resumption") if before and rules.is_stop(before) else None


def _what(
    stage: Stage, before: str, turned: tuple[str, StepKind] | None, seen: dict[str, set[str]], rules: Rules
) -> StepKind:
    if stage.denied:
        return "denial"
    if turned and turned[0] == stage.status:
        return turned[1]
    if stage.status in seen:
        return "repetition" if outlet(stage) in seen[stage.status] else "confirmation"
    if before and not rules.is_stop(stage.status) and rules.rank[stage.status] < rules.rank[before]:
        return "background"
    return "first"
