"""Numbers in digits and words: «4 مليارات», «خمسة وعشرون ألفا», «مليار ونصف المليار», «و200 ألف»."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from mithaq.arabic.looks import parse_digits
from mithaq.arabic.terms import Match, Scan
from mithaq.arabic.tokens import Token
from mithaq.arabic.words import word

_REACH = 1000  # a smaller part follows the larger one it belongs to by at most this factor: «200 مليون و50 شركة» is two
_BIGGEST = 1e18
_GROUP = 3  # digits between thousands separators
_SEPARATORS = frozenset(".,\u060c\u066b\u066c")


@dataclass(frozen=True, slots=True)
class Number:
    """A number: token indexes of its first and last token (inclusive), and its value."""

    first: int
    last: int
    value: float


class _Term:
    """One term of a number: a group below a thousand, or digits, times its scale (1 if it has none)."""

    __slots__ = ("digits", "last", "scale", "value")

    def __init__(self, last: int, value: float, scale: float, digits: bool) -> None:
        self.last, self.value, self.scale, self.digits = last, value, scale, digits


def _cardinal(scan: Scan, i: int, bare: bool) -> Match | None:
    found = scan.match(i, "cardinal", bare=bare)
    if found is None or (found.hit.article and (found.term.number in (2, 100) or found.term.form == "bound")):
        return None  # الاثنين is Monday, بالمئة is percent, الأحد is Sunday
    return found


def _next(scan: Scan, last: int) -> int:
    """The index of the word that a conjunction joins to the one at *last*, -1 if there is none."""
    found = scan.looks.get(last + 1)
    if found is None:
        return -1
    if scan.match(last + 1, "link", "and") is not None:
        return last + 2
    if found.numeral is not None:
        return last + 1 if found.numeral.conjunction else -1
    return last + 1 if any(h.conjunction for h in found.hits) else -1


def _group(scan: Scan, i: int, bare: bool) -> tuple[int, int] | None:
    """A number below a thousand in words: its last index and value."""
    total, ceiling, last = 0, 1000, -1
    while True:
        found = _cardinal(scan, i, bare)
        if found is None:
            break
        value, end = found.term.number, found.last
        after = _cardinal(scan, end + 1, True)
        joined = _next(scan, end)
        tens = _cardinal(scan, joined, False) if joined >= 0 else None
        compound = value < 10 and after is not None and after.term.number in (10, 100)
        if compound and after is not None:
            value, end = (value + 10 if after.term.number == 10 else value * 100), after.last
        elif found.term.form == "bound":
            larger = value < 10 and tens is not None and 20 <= tens.term.number < 100
            if not larger and not (value >= 100 and scan.match(end + 1, "scale", article=False)):
                break
        if value >= ceiling:
            # only a unit is joined to something larger than itself: خمسة وعشرون
            if not (0 < total % 100 < 10 and 20 <= value < 100):
                break
            ceiling = 0
        else:
            ceiling = 100 if value >= 100 else value if value < 10 else 0
        total, last = total + value, end
        i, bare = _next(scan, end), False
        if i < 0 or not ceiling:
            break
    return (last, total) if last >= 0 else None


def _digits(scan: Scan, i: int, bare: bool) -> tuple[int, float, float] | None:
    """Digits at *i*: last index, value, and the scale that is glued to them; thousands may be set off by a space."""
    found = scan.numeral(i, bare=bare)
    if found is None or found.value is None or _in_pieces(scan, i):
        return None
    if (cut := _cut_apart(scan, i, found.digits)) is not None:
        return cut
    if found.suffix:
        scale = _glued_scale(found.suffix)
        return (i, found.value, scale) if scale else None
    last, digits, tokens = i, found.digits, scan.tokens
    spaced = digits.isdecimal() and len(digits) <= _GROUP and digits[0] != "0"
    while spaced and (after := scan.numeral(last + 1)) is not None:
        if after.suffix or not after.digits.isdecimal() or len(after.digits) != _GROUP:
            break
        if tokens[last + 1].start - tokens[last].end != 1:
            break
        last, digits = last + 1, digits + after.digits
    return last, (found.value if last == i else float(digits)), 1.0


def _in_pieces(scan: Scan, i: int) -> bool:
    """Whether these are the last digits of a number that a mark or a missing space has broken (عند1085.70)."""
    at, start = i - 1, scan.tokens[i].start
    while at > 0 and not scan.key(at) and scan.tokens[at].end == start:
        start, at = scan.tokens[at].start, at - 1
    if at < 1 or scan.key(at) not in _SEPARATORS or scan.tokens[at].end != start:
        return False
    return scan.tokens[at - 1].end == scan.tokens[at].start and scan.key(at - 1)[-1:].isdigit()


def _cut_apart(scan: Scan, i: int, digits: str) -> tuple[int, float, float] | None:
    """Digits whose separator became a token of its own because a clitic stands before them (بـ3,5)."""
    tokens = scan.tokens
    after = scan.numeral(i + 2)
    if after is None or after.suffix or scan.key(i + 1) not in _SEPARATORS:
        return None
    if scan.numeral(i) is not None or not tokens[i].end == tokens[i + 1].start == tokens[i + 2].start - 1:
        return None
    value = parse_digits(digits + scan.key(i + 1) + after.digits)
    return None if value is None else (i + 2, value, 1.0)


def _glued_scale(suffix: str) -> float:
    found = word(suffix).look
    return next((float(h.term.number) for h in found.hits if h.term.kind == "scale"), 0.0) if found else 0.0


def _term(scan: Scan, i: int, bare: bool) -> _Term | None:
    digits = _digits(scan, i, bare)
    value: float
    if digits is not None:
        last, value, scale = digits
    elif (group := _group(scan, i, bare)) is not None:
        last, value, scale = *group, 1.0
    elif (scaled := scan.match(i, "scale", forms=("words", "two", "either"), bare=bare)) is not None:
        scale = float(scaled.term.number)
        last = scaled.last
        # A dual in its short form stands right before what it counts: «مليونا وثلاثمئة ألف» is one million.
        single = scaled.term.form == "words" or (scaled.term.form == "either" and _next(scan, last) >= 0)
        value = 1.0 if single else 2.0
    elif (part := scan.match(i, "fraction", bare=bare)) is not None:
        after = scan.match(part.last + 1, "scale", forms=("words",))
        if after is None:
            return None
        return _Term(after.last, after.term.number / part.term.number, after.term.number, False)
    else:
        return None
    start = last
    while (more := scan.match(last + 1, "scale", forms=("words", "many", "either"), article=False)) is not None:
        if scale * more.term.number * max(value, 1) > _BIGGEST:
            break
        scale, last = scale * more.term.number, more.last
    return _Term(last, value * scale, scale, digits is not None and start == last)


def number_at(scan: Scan, i: int, *, bare: bool = False) -> Number | None:
    """The number that begins at token *i*, with all that belongs to it; *bare*: with no clitic before it."""
    first = i
    if scan.key(i) == "(" and scan.key(i + 2) == ")":  # «(50) ألف دينار»
        inside = _digits(scan, i + 1, True)
        after = scan.match(i + 3, "scale", forms=("words", "many", "either"), article=False)
        if inside is None or after is None or inside[0] != i + 1:
            return None
        return Number(first, after.last, inside[1] * after.term.number)
    found = scan.looks.get(i)
    if found is None or not found.counts:
        return None
    term = _term(scan, i, bare)
    if term is None:
        return None
    total, last, scale = term.value, term.last, term.scale
    while scale > 1 and (joined := _next(scan, last)) >= 0:
        part = scan.match(joined, "fraction", bare=False)
        if part is not None:
            again = scan.match(part.last + 1, "scale", forms=("words",))
            if again is None or again.term.number == scale:
                total, last = total + scale / part.term.number, part.last if again is None else again.last
            break
        term = _term(scan, joined, False)
        if term is None or term.value >= scale or term.value * _REACH < scale:
            break
        total, last, scale = total + term.value, term.last, term.scale
    return Number(first, last, float(total))


def find_numbers(tokens: Sequence[Token]) -> list[Number]:
    """The numbers of a text, in order; none overlaps another."""
    return numbers_of(Scan.of(tokens))


def numbers_of(scan: Scan) -> list[Number]:
    """As :func:`find_numbers`, for a text that has been scanned."""
    found: list[Number] = []
    free = 0
    for i, _ in scan.starts:
        if i < free:
            continue
        begin = i - 1 if i > free and scan.key(i - 1) == "(" and i - 1 not in scan.looks else i
        number = (number_at(scan, begin) if begin < i else None) or number_at(scan, i)
        if number is not None:
            found.append(number)
            free = number.last + 1
    return found
