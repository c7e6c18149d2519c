"""Dates: days, months and years in every form that Arabic news gives them, resolved against the day of publication."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from operator import attrgetter

from mithaq.arabic.calendar import Open, part_of, weekday_near
from mithaq.arabic.days import date_at, month_phrase
from mithaq.arabic.looks import Look
from mithaq.arabic.periods import JOINTS, Found, distance_phrase, unit_phrase, year_number
from mithaq.arabic.terms import Match, Scan
from mithaq.arabic.tokens import Token
from mithaq.lexicon.times import neighbours
from mithaq.model import When

_THIRDS = 3
_WEEKS = 4
_YEARS = range(1900, 2100)
_DECADE = 10
_DAY_FORMS = ("one", "both", "many")
_OF_DAYS = frozenset(("weekday", "unit", "deictic", "part", "ordinal", "opening", "cardinal"))  # these begin a day
_UNKNOWN: Open = (None, None)
_LAST = attrgetter("last")


def find_dates(text: str, tokens: Sequence[Token], published: date | None) -> list[When]:
    """The times that *text* gives, in order; of those that overlap, the one that begins first and is longest.

    Both ends of a :class:`~mithaq.model.When` are None if *published* is needed and None, or if the time depends on
    something else that is told («بعد عام من التوقيع»); one is None if it is open («الأشهر القادمة»).
    """
    return dates_of(text, Scan.of(tokens), published)


def dates_of(text: str, scan: Scan, published: date | None) -> list[When]:
    """As :func:`find_dates`, for a text that has been scanned."""
    found: list[When] = []
    free = 0
    for i, here in scan.starts:
        if i < free or not _opens(scan, i, here):
            continue
        best = _longest(scan, i, published, here)
        if best is None:
            continue
        start, end = best.days
        if start is not None and end is not None and start > end:
            start = end = None
        found.append(When(scan.span(text, i, best.last), start, end))
        free = best.last + 1
    return found


def _opens(scan: Scan, i: int, found: Look) -> bool:
    """Whether a time can begin at *i*."""
    if found.dates or scan.goes_on(i, found):
        return True
    after = scan.looks.get(i + 1)  # «هذا العام»
    return after is not None and "unit" in after.kinds and scan.match(i, "link", "this", bare=False) is not None


def _longest(scan: Scan, i: int, published: date | None, here: Look) -> Found | None:
    kinds = here.kinds
    candidates: list[Found | None] = []
    if here.numeral is not None or not _OF_DAYS.isdisjoint(kinds):
        candidates.append(_day(scan, i, published, kinds))
    if "month" in kinds or "unit" in kinds:
        candidates.append(month_phrase(scan, i, published))
    if "unit" in kinds or "link" in kinds:
        candidates.append(unit_phrase(scan, i, published))
    if not kinds.isdisjoint(("edge", "share", "unit")):
        candidates.append(_part(scan, i, published))
    if "distance" in kinds:
        candidates.append(distance_phrase(scan, i, published))
    if "decade" in kinds:
        candidates.append(_decade(scan, i, published))
    if here.numeral is not None and "cardinal" not in kinds:
        candidates.append(_bare_year(scan, i))
    given = [c for c in candidates if c is not None]
    return max(given, key=_LAST) if given else None


def _day(scan: Scan, i: int, published: date | None, kinds: frozenset[str]) -> Found | None:
    """[part of the day] [يوم] [أمس] [weekday] [direction] [date], in which something must name the day."""
    if not kinds:  # digits alone
        return date_at(scan, i, published, -1, strong=False, bare=False)
    at, last = i, -1
    if "part" in kinds and (part := scan.match(at, "part", bare=False)) is not None:
        at = part.last + 1
    title = scan.match(at, "unit", "day", forms=_DAY_FORMS, bare=at > i, article=False)
    if title is not None:
        at = title.last + 1
    deictic = scan.match(at, "deictic", bare=at > i)
    if deictic is not None and _blocked(scan, deictic, at, "today" if deictic.term.id == "today" else ""):
        deictic = None
    if deictic is not None:
        last, at = deictic.last, deictic.last + 1
    weekday, direction = _weekday(scan, at, at > i), ""
    if weekday is not None:
        last, at = weekday[1], weekday[1] + 1
        if (towards := scan.match(at, "direction")) is not None:
            direction, last, at = towards.term.id, towards.last, towards.last + 1
    number = -1 if weekday is None else weekday[0]
    anchored = last >= 0
    exact = _dated(scan, at, published, number, anchored) or date_at(
        scan, at, published, number, strong=anchored or title is not None, bare=at > i
    )
    if exact is not None:
        return exact
    if weekday is not None and (week := scan.match(at, "link", "of")) is not None:
        inside = unit_phrase(scan, week.last + 1, published, only="week", bare=True)
        if inside is not None:
            day = None if inside.start is None else inside.start + timedelta((number - inside.start.weekday()) % 7)
            return Found(inside.last, day, day)
    return Found(last, *_near(published, deictic, number, direction)) if anchored else None


def _near(published: date | None, deictic: Match | None, weekday: int, direction: str) -> Open:
    if published is None or direction == "told":
        return _UNKNOWN
    try:
        day = published if deictic is None else published + timedelta(deictic.term.number)
    except OverflowError:
        return _UNKNOWN
    if weekday < 0:
        return day, day
    return weekday_near(day, weekday, direction) or _UNKNOWN


def _weekday(scan: Scan, i: int, bare: bool) -> tuple[int, int] | None:
    """A weekday at *i*, perhaps in brackets: its number and last index."""
    if scan.key(i) == "(":
        inside = scan.match(i + 1, "weekday")
        return (inside.term.number, i + 2) if inside is not None and scan.key(i + 2) == ")" else None
    found = scan.match(i, "weekday", bare=bare)
    if found is None or _blocked(scan, found, i, "weekday"):
        return None
    return found.term.number, found.last


def _blocked(scan: Scan, found: Match, i: int, rule: str) -> bool:
    if not rule:
        return False
    after, before = neighbours(rule)
    return scan.key(i - 1) in after or scan.key(found.last + 1) in before


def _dated(scan: Scan, i: int, published: date | None, weekday: int, anchored: bool) -> Found | None:
    """A date that is set off from the weekday before it: by a comma, الموافق, or brackets."""
    if not anchored:
        return None
    if scan.key(i) == "(":
        inside = date_at(scan, i + 1, published, weekday, strong=True, bare=True)
        return inside._replace(last=inside.last + 1) if inside and scan.key(inside.last + 1) == ")" else None
    link = scan.match(i, "link", "corresponding")
    if link is not None:
        return date_at(scan, link.last + 1, published, weekday, strong=True, bare=False)
    return date_at(scan, i + 1, published, weekday, strong=False, bare=True) if scan.key(i) in ("،", ",") else None


def _part(scan: Scan, i: int, published: date | None) -> Found | None:
    """A third or share of a month, week or year: «نهاية الشهر الجاري»، «الربع الأول من عام 2015»."""
    edge, parts, number = scan.match(i, "edge", bare=False), _THIRDS, 0
    if edge is not None:
        at, number = edge.last + 1, edge.term.number
    elif (week := _week_of(scan, i, published)) is not None:
        return week
    else:
        share = scan.match(i, "share", bare=False, article=True)
        ordinal = scan.match(share.last + 1, "ordinal", article=True) if share is not None else None
        if share is None or ordinal is None:
            return None
        at, parts, number = ordinal.last + 1, share.term.number, ordinal.term.number - 1
        if (of := scan.match(at, "link", "of")) is not None:
            at = of.last + 1
    whole = (
        month_phrase(scan, at, published, led=True, bare=edge is not None)
        or unit_phrase(scan, at, published, edge=True, bare=edge is not None)
        or year_number(scan, at)
    )
    if whole is None or scan.match(at, "unit", "day", bare=False) is not None:
        return None
    return Found(whole.last, *part_of(whole.days, parts, number))


def _week_of(scan: Scan, i: int, published: date | None) -> Found | None:
    """«الأسبوع الثاني من أكتوبر»: days 8 to 14."""
    week = scan.match(i, "unit", "week", forms=("one",), bare=False, article=True)
    ordinal = scan.match(week.last + 1, "ordinal", article=True) if week is not None else None
    of = scan.match(ordinal.last + 1, "link", "of") if ordinal is not None else None
    month = month_phrase(scan, of.last + 1, published, led=True, bare=True) if of is not None else None
    if ordinal is None or month is None:
        return None
    if month.start is None or ordinal.term.number > _WEEKS:
        return Found(month.last, None, None)
    start = month.start + timedelta(7 * (ordinal.term.number - 1))
    return Found(month.last, start, start + timedelta(6))


def _decade(scan: Scan, i: int, published: date | None) -> Found | None:
    found = scan.match(i, "decade", bare=False)
    if found is None:
        return None
    last, first = found.last, found.term.number
    of = scan.match(last + 1, "link", "of")
    century = unit_phrase(scan, last + 1 + (of is not None), published, only="century", bare=True)
    if century is not None:
        last = century.last
        if century.start is not None:
            first = century.start.year - 1 + first % 100
    elif scan.key(last + 1) in neighbours("decade")[1]:
        return None
    return Found(last, date(first, 1, 1), date(first + _DECADE - 1, 12, 31))


def _bare_year(scan: Scan, i: int) -> Found | None:
    """Four digits after a word that a year follows, and before nothing that they could count."""
    found = scan.numeral(i, bare=False)
    if found is None or found.article or len(found.digits) != 4:
        return None
    year = year_number(scan, i, bare=False)
    if year is None:
        return None
    marked = year.last > i or bool(found.suffix)
    if marked:
        return year
    if found.whole not in _YEARS or found.whole % 100 == 0:
        return None
    bracketed = scan.key(i - 1) == "(" and scan.key(i + 1) == ")"
    led = scan.match(i - 1, "lead", bare=False) is not None
    listed = found.conjunction and (before := scan.numeral(i - 1, bare=False)) is not None and before.whole in _YEARS
    return year if _counts_nothing(scan, i + 1) and (bracketed or led or listed) else None


def _counts_nothing(scan: Scan, i: int) -> bool:
    """Whether what stands at *i* is nothing that a number counts: a particle, verb, definite noun, or further year."""
    if i >= len(scan.tokens):
        return True
    if not scan.tokens[i].is_word:
        signs = (scan.match(i, "measure"), scan.match(i, "currency"))
        return signs == (None, None) and scan.key(i) not in JOINTS
    digits = scan.numeral(i, bare=False)
    if digits is not None:
        return digits.conjunction and digits.whole in _YEARS
    following = scan.words[i]
    return following.function or following.article or following.finite
