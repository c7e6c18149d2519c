"""The current stage of a commitment: its reports are replayed day by day, and a rule says why the result stands."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from mithaq.ledger.items import Stage
from mithaq.ledger.rules import Rules, ledger_rules
from mithaq.ledger.voices import heard, outlet, voice


def current(stages: tuple[Stage, ...]) -> tuple[str, str]:
    """The current status of a commitment, and the rule (a key of ``rule`` in ``data/ledger.toml``) that gave it.

    Neither the order of *stages* nor copies matter. Raises :class:`~mithaq.errors.LedgerError` if there is none.
    """
    rules = ledger_rules()
    said = [s for s in heard(stages, rules) if not s.denied]
    if not said:
        return "refused", "only_denied"
    course = Course(rules, recurs=rules.recurs(said))
    for day, group in by_day(said):
        course.go_on(day, group)
    if len({voice(s) for s in said}) == 1:
        return course.status, "single"
    if len({s.status for s in said}) == 1:
        return course.status, "unanimous"
    return course.status, course.rule()


def by_day(stages: Iterable[Stage]) -> list[tuple[date, list[Stage]]]:
    """The stages of each day. Undated reports count as the earliest, so that they undo nothing that has a date."""
    days: dict[date, list[Stage]] = {}
    for stage in stages:
        days.setdefault(stage.published or date.min, []).append(stage)
    return sorted(days.items())


class Course:
    """What stands after the days so far: ``status`` ("" before the first), and ``since`` when."""

    def __init__(self, rules: Rules, *, recurs: bool) -> None:
        self.rules = rules
        self.recurs = recurs
        self.status = ""
        self.since = date.min
        self._reached = "advanced"
        self._weaker_since = False
        self._set_aside = False
        # status → outlet → its highest confidence, of the side (asserted or stopped) that the course is on or may go to
        self._said: dict[str, dict[str, float]] = {}

    def go_on(self, day: date, group: list[Stage]) -> None:
        """One day's stages."""
        before = self.status
        fresh = [s for s in group if not (self._on_other_side(s.status) and self._recalls(s))]
        for stage in fresh:
            outlets = self._said.setdefault(stage.status, {})
            outlets[outlet(stage)] = max(stage.confidence, outlets.get(outlet(stage), 0.0))
        stopping = {voice(s) for s in fresh if self.rules.is_stop(s.status)}
        if self.status and self.rules.is_stop(self.status):
            # A report that tells of the stop and of what was stopped does not revive it.
            news = {s.status for s in fresh if self.rules.is_stop(s.status) or voice(s) not in stopping}
            self._resume(day, news)
        else:
            new = self._advance(day, {s.status for s in fresh})
            rivals = {outlet(s) for s in fresh if s.status == new and voice(s) not in stopping}
            self._stop(day, {s.status for s in fresh if self.rules.is_stop(s.status)}, len(rivals))
        if before == self.status and day > self.since and any(s.status != self.status for s in group):
            self._weaker_since = True

    def rule(self) -> str:
        """Why the status stands."""
        if self._set_aside:
            return "outweighed"
        if self.recurs and self.status == "in_force":
            return "recurring"
        if self._reached != "advanced":
            return self._reached
        if self.since == date.min:
            return "undated"
        return "kept" if self._weaker_since else "advanced"

    def _on_other_side(self, status: str) -> bool:
        return bool(self.status) and self.rules.is_stop(status) != self.rules.is_stop(self.status)

    def _recalls(self, stage: Stage) -> bool:
        """Whether the stage's own time lies before what stands: it tells what was, not what is new."""
        ends = [w.end for w in stage.when if w.end is not None]
        return bool(ends) and (self.since - max(ends)).days > self.rules.limits["same_time_days"]

    def _advance(self, day: date, statuses: Iterable[str]) -> str:
        """Take the strongest assertion that goes beyond what stands; the status that was taken, or ""."""
        for status in sorted(statuses, key=self._strength, reverse=True):
            if self.rules.is_stop(status) or not self._goes_beyond(status):
                continue
            if self._doubtful(status):
                self._set_aside = True
                continue
            again = self.recurs and self.status == "done"
            self._take(day, status, "next_round" if again else "advanced")
            return status
        return ""

    def _goes_beyond(self, status: str) -> bool:
        if not self.status:
            return True
        if self.recurs and self.status == "done":
            return status in self.rules.sets["follow.next_round"]
        return self._strength(status) > self._strength(self.status)

    def _strength(self, status: str) -> float:
        """The rank; of a thing that recurs, being in force is more than one occasion that was held."""
        if self.recurs and status == "in_force":
            return self.rules.rank["done"] + 0.5
        return self.rules.rank[status]

    def _stop(self, day: date, stops: Iterable[str], rivals: int) -> None:
        """Take a refusal or suspension if enough outlets say so: no fewer than assert something new that day."""
        standing = "in_force" if self.recurs and self.status == "done" else self.status
        for stop in sorted(stops, key=self._strength, reverse=True):
            needed = self.rules.undone_by[standing].get(stop, 0) if standing else 1
            if not needed:
                continue
            if len(self._said[stop]) < max(needed, rivals) or self._doubtful(stop):
                self._set_aside = True
                continue
            alone = not self.status
            self._take(day, stop, "advanced" if alone else "stepped_back")
            self._forget(stopped=False)
            return

    def _resume(self, day: date, statuses: set[str]) -> None:
        """Take up again what was refused or suspended, or turn a suspension into a refusal."""
        for status in sorted(statuses, key=self._strength, reverse=True):
            if status not in self.rules.sets["follow.reopen"]:
                continue
            if self._doubtful(status):
                self._set_aside = True
                continue
            self._take(day, status, "resumed")
            self._forget(stopped=True)
            return
        for stop in self.rules.undone_by[self.status]:
            if stop in statuses and not self._doubtful(stop):
                self._take(day, stop, "stepped_back")
                return

    def _doubtful(self, status: str) -> bool:
        """Whether a single voice of low confidence asserts it, against several outlets that it would override.

        Those are, for a refusal, all who assert the thing; after a refusal, all who report it; else all who assert
        less.
        """
        outlets = self._said[status]
        if len(outlets) > 1 or max(outlets.values()) >= self.rules.limits["low_confidence"]:
            return False
        stopped = bool(self.status) and self.rules.is_stop(self.status)
        others = {
            name
            for other, names in self._said.items()
            if self.rules.is_stop(other) == stopped
            and (self.rules.is_stop(status) != stopped or self._strength(other) < self._strength(status))
            for name in names
        }
        return len(others - outlets.keys()) >= self.rules.limits["several"]

    def _take(self, day: date, status: str, reached: str) -> None:
        self.status, self.since, self._reached = status, day, reached
        self._weaker_since = self._set_aside = False

    def _forget(self, *, stopped: bool) -> None:
        """The side that is left does not count any more: it would have to be asserted anew."""
        self._said = {n: outlets for n, outlets in self._said.items() if self.rules.is_stop(n) != stopped}
