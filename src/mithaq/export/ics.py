"""iCalendar (RFC 5545) of what is planned and what recurs; needs the icalendar library.

One all-day entry a commitment that a report gives a coming day or a frequency. Entries don't block time (TRANSP), keep
their UID from export to export, and carry evidence, source and link. The same ledger gives the same calendar: DTSTAMP
is the day of the last report.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from mithaq.export.files import whole_file
from mithaq.export.names import area_name, party_name, status_name
from mithaq.export.options import Options, package
from mithaq.export.text import one_line, printable
from mithaq.ledger.items import Agreement, Commitment, Stage
from mithaq.lexicon.tables import load_toml_raw
from mithaq.model import Frequency, When

_PRODID = "-//mithaq//mithaq ledger//EN"
_DAYS = {"day": 1, "week": 7, "month": 30, "year": 365}
_RULES = {"day": ("DAILY", 1), "week": ("WEEKLY", 7), "month": ("MONTHLY", 1), "year": ("YEARLY", 12)}
_SMALLER = {"week": "DAILY", "year": "MONTHLY"}  # the units that divide evenly into others: 7 days, 12 months


@cache
def _data() -> dict[str, dict[str, dict[str, str]]]:
    return load_toml_raw("export/calendar.toml")


def _label(key: str, lang: str) -> str:
    return _data()["label"][key][lang]


def recurrence(frequency: Frequency, first: date) -> dict[str, Any] | None:
    """The RRULE of a frequency from the day *first* on, or None where RFC 5545 has none that is true.

    So many times a unit, without days, is spread evenly where whole months or days allow it (twice a year: every six
    months); «once or twice» and three times a month are not expressible. Once in two years is YEARLY with INTERVAL 2.
    A month that lacks the day has the last that it has: without BYMONTHDAY, calendars leave it out.
    """
    if frequency.minimum != frequency.maximum or frequency.unit not in _RULES or frequency.minimum <= 0:
        return None
    times = frequency.minimum
    whole, parts = _RULES[frequency.unit]
    every = 1 / times
    if times <= 1 and abs(every - round(every)) < 1e-6:
        return {"freq": whole, "interval": round(every), **_late_day(whole, first)}
    if frequency.unit in _SMALLER and times == int(times) and parts % int(times) == 0:
        part = _SMALLER[frequency.unit]
        return {"freq": part, "interval": parts // int(times), **_late_day(part, first)}
    return None


def _late_day(freq: str, first: date) -> dict[str, Any]:
    """What keeps a rule from the months that have no such day."""
    if freq == "MONTHLY" and first.day > 28:
        return {"bymonthday": list(range(28, first.day + 1)), "bysetpos": -1}
    if freq == "YEARLY" and (first.month, first.day) == (2, 29):
        return {"bymonth": 2, "bymonthday": -1}
    return {}


def _plan(commitment: Commitment) -> tuple[Stage, When | None] | None:
    """The last stage that gives a coming day or a frequency, with that day; no stage that is denied."""
    for stage in reversed(commitment.stages):
        when = next((w for w in stage.when if _is_to_come(w, stage.published)), None)
        if not stage.denied and (when or (stage.frequency and stage.published)):
            return stage, when
    return None


def _is_to_come(when: When, published: date | None) -> bool:
    """Whether the time was not over on the day of the report: a plan, and no memory of other days."""
    last = when.end or when.start
    return last is not None and (published is None or last >= published)


def _days(stage: Stage, when: When | None) -> tuple[date, date, str | None]:
    """First and last day, inclusive, and the key of the note that says what was not given."""
    if when is None:
        if stage.published is None or stage.frequency is None:
            raise ValueError("a plan has a day or a frequency")
        day = stage.published + timedelta(days=_DAYS.get(stage.frequency.unit, 1))
        return day, day, "from_report"
    if when.start is None or when.end is None:
        day = when.start or when.end or date.min
        return day, day, "open_end" if when.start else "open_start"
    return when.start, max(when.start, when.end), None


def calendar_event(agreement: Agreement, commitment: Commitment, lang: str) -> Any | None:
    """The ``icalendar.Event`` of a commitment, or None where no report gives a day or a frequency."""
    plan = _plan(commitment)
    if plan is None:
        return None
    stage, when = plan
    first, last, note = _days(stage, when)
    rule = recurrence(stage.frequency, first) if stage.frequency else None
    notes = [note] if note else []
    if stage.frequency:
        notes.append("no_rule" if rule is None else "even")
    stamp = datetime.combine(commitment.last or first, datetime.min.time(), UTC)
    made = package("icalendar").Event()
    made.add("uid", f"{_token(commitment.id)}@mithaq")
    made.add("dtstamp", stamp)
    made.add("last-modified", stamp)
    # How often the announced day changed: by it, a calendar knows the newer of two versions.
    made.add("sequence", len({w.start or w.end for s in commitment.stages for w in s.when}) - 1 if when else 0)
    made.add("dtstart", first)
    made.add("dtend", last + timedelta(days=1) if last < date.max else last)
    if rule:
        made.add("rrule", rule)
    made.add("summary", _summary(agreement, commitment, lang))
    made.add("description", _description(commitment, stage, notes, lang))
    made.add("categories", [area_name(commitment.area, lang)])
    made.add("status", _data()["status"].get(commitment.status, {"ics": "TENTATIVE"})["ics"])
    made.add("transp", "TRANSPARENT")
    made.add("class", "PUBLIC")
    if stage.url and (url := one_line(stage.url)):
        made.add("url", url)
    return made


def _token(text: str) -> str:
    return "-".join(printable(text).split())


def _summary(agreement: Agreement, commitment: Commitment, lang: str) -> str:
    parties = " – ".join(party_name(p, lang) for p in commitment.parties)
    return one_line(
        f"{area_name(commitment.area, lang)}: {parties}" + (f" ({agreement.name})" if agreement.name else "")
    )


def _description(commitment: Commitment, stage: Stage, notes: list[str], lang: str) -> str:
    given = "; ".join(one_line(w.span.text) for w in stage.when)
    lines = [
        ("status", status_name(commitment.status, lang)),
        ("times", given),
        ("frequency", one_line(stage.frequency.span.text) if stage.frequency else ""),
        ("evidence", printable(stage.evidence.text)),
        ("word", " ← ".join(one_line(v.name) for v in stage.chain)),
        ("report", one_line(f"{stage.outlet or ''} {stage.report}")),
    ]
    return "\n".join([f"{_label(key, lang)}: {text}" for key, text in lines if text] + [_label(n, lang) for n in notes])


def write_ics(agreements: Iterable[Agreement], path: Path, options: Options) -> int:
    """Write the calendar to *path*, labels in ``options.lang``; returns how many entries."""
    icalendar = package("icalendar")
    head = icalendar.Calendar()
    head.add("prodid", _PRODID)
    head.add("version", "2.0")
    head.add("calscale", "GREGORIAN")
    head.add("x-wr-calname", _label("calendar", options.lang))
    end = b"END:VCALENDAR\r\n"
    number = 0
    with whole_file(path) as temporary, temporary.open("wb") as file:
        file.write(head.to_ical().removesuffix(end))
        for agreement in agreements:
            for commitment in agreement.commitments:
                made = calendar_event(agreement, commitment, options.lang)
                if made is not None:
                    file.write(made.to_ical())
                    number += 1
        if not number:  # RFC 5545 wants at least one component in a calendar
            file.write(_utc(icalendar).to_ical())
        file.write(end)
    return number


def _utc(icalendar: Any) -> Any:
    """A time zone that nothing uses."""
    zone, standard = icalendar.Timezone(), icalendar.TimezoneStandard()
    zone.add("tzid", "Etc/UTC")
    standard.add("dtstart", datetime(1970, 1, 1))
    standard.add("tzoffsetfrom", timedelta(0))
    standard.add("tzoffsetto", timedelta(0))
    zone.add_component(standard)
    return zone
