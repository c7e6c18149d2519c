"""The calendar: RFC 5545 by a real library and by the octets."""

from __future__ import annotations

import importlib
import re
from datetime import date, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from export_builder import HOSTILE, agreement, commitment, full, hostile, span, stage, when

from mithaq.export import Options, export
from mithaq.export.ics import recurrence
from mithaq.ledger.items import Agreement
from mithaq.model import Frequency

icalendar: Any = importlib.import_module("icalendar")  # its stubs know each kind of value, which tests compare freely
APRIL = (when("الشهر المقبل", date(2026, 4, 1), date(2026, 4, 30)),)


def read(path: Path, *agreements: Agreement, options: Options | None = None) -> list[Any]:
    """The entries, read back with the library; checks what RFC 5545 asks of every calendar."""
    export("ics", agreements, path, options)
    octets = path.read_bytes()
    lines = octets.split(b"\r\n")
    assert lines[0] == b"BEGIN:VCALENDAR"
    assert lines[-2:] == [b"END:VCALENDAR", b""]
    assert not any(b"\n" in line or b"\r" in line for line in lines)
    for line in lines:
        assert len(line) <= 75
        line.decode("utf-8")
        assert not re.search(rb"[\x00-\x08\x0a-\x1f\x7f]", line)
    calendar = icalendar.Calendar.from_ical(octets)
    assert (calendar["version"], calendar["prodid"]) == ("2.0", "-//mithaq//mithaq ledger//EN")
    assert calendar.subcomponents
    events = list(calendar.walk("VEVENT"))
    assert len({str(e["uid"]) for e in events}) == len(events)
    for event in events:
        assert not event.errors
        for name in ("uid", "dtstamp", "dtstart", "dtend", "summary"):
            assert len(event[name] if isinstance(event[name], list) else [event[name]]) == 1
        assert event["dtstart"].params["VALUE"] == event["dtend"].params["VALUE"] == "DATE"
        assert event["dtstart"].dt < event["dtend"].dt
    return events


def one(path: Path, options: Options | None = None, **fields: Any) -> Any:
    (event,) = read(path / "x.ics", agreement("a1", commitment("c1", stage(**fields))), options=options)
    return event


def test_a_month_is_an_all_day_entry_with_an_exclusive_end(tmp_path: Path) -> None:
    event = one(tmp_path, when=APRIL)
    assert (event["dtstart"].dt, event["dtend"].dt) == (date(2026, 4, 1), date(2026, 5, 1))
    assert (str(event["status"]), str(event["transp"]), str(event["uid"])) == ("CONFIRMED", "TRANSPARENT", "c1@mithaq")
    assert str(event["summary"]) == "exercise: Jordan – Japan"
    assert "rrule" not in event


def test_labels_in_arabic_and_text_escaped(tmp_path: Path) -> None:
    evidence = span("مناورات، أولا; ثانيا, ثالثا\\رابعا\nسطر")
    event = one(tmp_path, Options(lang="ar"), when=APRIL, evidence=evidence)
    assert str(event["summary"]) == "مناورات: الأردن – اليابان"
    assert f"الشاهد: {evidence.text}" in str(event["description"])
    assert "على ذمة: مصدر عسكري ← وزير الدفاع الأردني سالم ناصر" in str(event["description"])
    raw = (tmp_path / "x.ics").read_bytes().replace(b"\r\n ", b"").decode()
    assert "أولا\\; ثانيا\\, ثالثا\\\\رابعا\\nسطر" in raw


def test_open_times_say_which_day_is_missing(tmp_path: Path) -> None:
    by = one(tmp_path, when=(when("قبل نهاية نيسان", None, date(2026, 4, 30)),))
    assert by["dtstart"].dt == date(2026, 4, 30)
    assert "The first day is not given" in str(by["description"])
    since = one(tmp_path, when=(when("اعتبارا من أيار", date(2026, 5, 1), None),))
    assert (since["dtstart"].dt, since["dtend"].dt) == (date(2026, 5, 1), date(2026, 5, 2))
    assert "The last day is not given" in str(since["description"])


def test_what_has_no_coming_day_or_is_denied_is_no_entry(tmp_path: Path) -> None:
    past = (when("العام الماضي", date(2025, 1, 1), date(2025, 12, 31)),)
    held = [
        commitment("c1", stage()),
        commitment("c2", stage(when=past)),
        commitment("c3", stage(when=(when("قريبا", None, None),))),
        commitment("c4", stage(when=APRIL, denied=True)),
    ]
    assert read(tmp_path / "x.ics", agreement("a1", *held)) == []


@pytest.mark.parametrize(
    ("times", "unit", "rule"),
    [
        (1, "year", {"freq": "YEARLY", "interval": 1}),
        (2, "year", {"freq": "MONTHLY", "interval": 6}),
        (4, "year", {"freq": "MONTHLY", "interval": 3}),
        (0.5, "year", {"freq": "YEARLY", "interval": 2}),
        (1, "month", {"freq": "MONTHLY", "interval": 1}),
        (7, "week", {"freq": "DAILY", "interval": 1}),
        (1, "day", {"freq": "DAILY", "interval": 1}),
        (5, "year", None),
        (3, "month", None),
        (2, "week", None),
        (0, "year", None),
        (1, "century", None),
        (1.5, "year", None),
    ],
)
def test_frequencies_are_rules_only_where_a_rule_is_true(times: float, unit: str, rule: dict[str, Any] | None) -> None:
    assert recurrence(Frequency(span("x"), times, times, unit), date(2026, 4, 1)) == rule


def test_a_range_of_frequencies_is_no_rule_and_says_so(tmp_path: Path) -> None:
    assert recurrence(Frequency(span("x"), 1, 2, "year"), date(2026, 4, 1)) is None
    event = one(tmp_path, when=APRIL, frequency=Frequency(span("مرة أو مرتين في السنة"), 1, 2, "year"))
    assert "rrule" not in event
    assert "How often: مرة أو مرتين في السنة" in str(event["description"])
    assert "no calendar rule" in str(event["description"])


def test_a_late_day_leaves_out_no_month(tmp_path: Path) -> None:
    rrule: Any = importlib.import_module("dateutil.rrule")
    for start, times, unit in (
        (date(2026, 3, 31), 2, "year"),
        (date(2028, 2, 29), 1, "year"),
        (date(2026, 8, 30), 1, "month"),
    ):
        day = (when("يوم", start, start),)
        event = one(tmp_path, when=day, frequency=Frequency(span("x"), times, times, unit))
        assert event["dtstart"].dt == start
        found = rrule.rrulestr(event["rrule"].to_ical().decode(), dtstart=_at(start)).xafter(_at(start), 6, inc=True)
        days = [d.date() for d in found]
        gap = {("year", 2): 6, ("year", 1): 12, ("month", 1): 1}[unit, times]
        months = [12 * d.year + d.month for d in days]
        assert [b - a for a, b in pairwise(months)] == [gap] * 5
        assert all(d.day == start.day or (d + timedelta(days=1)).day == 1 for d in days)


def _at(day: date) -> datetime:
    return datetime(day.year, day.month, day.day)


def test_a_frequency_without_a_day_counts_from_the_report(tmp_path: Path) -> None:
    event = one(tmp_path, frequency=Frequency(span("سنويا"), 1, 1, "year"))
    assert event["dtstart"].dt == date(2027, 3, 10)
    assert "counted from the day of the report" in str(event["description"])


def test_a_later_day_takes_the_place_of_an_earlier_one_under_the_same_uid(tmp_path: Path) -> None:
    may = (when("أيار المقبل", date(2026, 5, 1), date(2026, 5, 31)),)
    first = stage("r1", when=APRIL)
    later = stage("r2", when=may, published=date(2026, 3, 20))
    (early,) = read(tmp_path / "x.ics", agreement("a1", commitment("c1", first)))
    (moved,) = read(tmp_path / "x.ics", agreement("a1", commitment("c1", first, later)))
    assert early["uid"] == moved["uid"]
    assert (early["sequence"], moved["sequence"]) == (0, 1)
    assert moved["dtstart"].dt == date(2026, 5, 1)
    assert moved["dtstamp"].dt > early["dtstamp"].dt


def test_what_is_called_off_is_cancelled(tmp_path: Path) -> None:
    held = commitment("c1", stage("r1", when=APRIL), stage("r2", status="suspended"))
    (event,) = read(tmp_path / "x.ics", agreement("a1", held))
    assert str(event["status"]) == "CANCELLED"


def test_whole_hostile_and_empty_ledgers_are_valid(tmp_path: Path) -> None:
    assert len(read(tmp_path / "x.ics", full())) == 1
    assert read(tmp_path / "x.ics") == []
    events = read(tmp_path / "x.ics", *hostile())
    assert len(events) == len(HOSTILE)
    assert all("\x00" not in str(e["description"]) for e in events)
    assert HOSTILE[10] in str(events[10]["description"])
