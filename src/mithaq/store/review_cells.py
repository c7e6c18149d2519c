"""What a person may write into a row: each cell checked against the text and the guidelines' lists."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any, get_args

from mithaq.errors import ReviewError
from mithaq.lexicon.tables import load_csv, nearest
from mithaq.model import Certainty, Mode, Polarity, Role, SourceKind
from mithaq.ontology import areas, statuses
from mithaq.store.effective import Kind

MAX_SPEAKER = 300
"""The longest name of a speaker, in code points."""
MAX_PARTIES = 40
MAX_CONTENTS = 40
_PAIR = 2
_NEEDED: dict[str, tuple[str, ...]] = {
    "attribution": ("cue", "speaker", "content", "mode", "kind"),
    "provision": ("evidence", "area", "status", "parties", "role"),
}
_Check = Callable[[str, str, Any], None]


@cache
def party_codes() -> frozenset[str]:
    """The codes of all states and organisations."""
    return frozenset(row["code"] for row in load_csv("export/names.csv", ("code", "name")))


def check_cells(kind: Kind, cells: Mapping[str, Any], text: str, whole: bool = False) -> None:
    """Raise :class:`~mithaq.errors.ReviewError` for a cell that the row cannot have; *whole* asks for all of them."""
    known = _CHECKS.get(kind, {})
    for name, value in cells.items():
        if name not in known:
            raise ReviewError(f"a row of this kind has no cell {name!r}", nearest(name, known))
        known[name](name, value, text)
    for name in _NEEDED.get(kind, ()) if whole else ():
        if name not in cells:
            raise ReviewError(f"{name} is missing", "a new row needs it")


def _span(name: str, value: Any, text: str) -> None:
    whole = isinstance(value, list | tuple) and len(value) == _PAIR and all(type(n) is int for n in value)
    if not whole or not 0 <= value[0] < value[1] <= len(text):
        raise ReviewError(f"{name} is no piece of the text", "mark it in the text, or copy its words exactly")
    words = text[value[0] : value[1]]
    if words != words.strip():
        raise ReviewError(f"{name} begins or ends with a blank", "mark the words only")


def _span_or_none(name: str, value: Any, text: str) -> None:
    if value is not None:
        _span(name, value, text)


def _spans(name: str, value: Any, text: str) -> None:
    if not isinstance(value, list | tuple) or not 0 < len(value) <= MAX_CONTENTS:
        raise ReviewError(f"{name} holds no piece of the text, or too many", "mark what was said")
    for pair in value:
        _span(name, pair, text)


def _parties(name: str, value: Any, _: str) -> None:
    if not isinstance(value, list | tuple) or not _PAIR <= len(set(map(str, value))) <= MAX_PARTIES:
        raise ReviewError("a provision has two parties or more", "choose the states and organisations that take part")
    for code in value:
        if code not in party_codes():
            raise ReviewError(f"there is no party {code!r}", "use the code of a state (EGY) or organisation (UNO)")


def _speaker(name: str, value: Any, _: str) -> None:
    if not isinstance(value, str) or not value.strip() or len(value) > MAX_SPEAKER or not value.isprintable():
        raise ReviewError("the speaker's name is missing or cannot be kept", "copy the fullest name from the report")


def _one_of(allowed: Callable[[], Any]) -> _Check:
    def check(name: str, value: Any, _: str) -> None:
        if value not in (known := tuple(allowed())):
            raise ReviewError(f"there is no {name} {str(value)[:40]!r}", f"use one of {', '.join(known)}")

    return check


_CHECKS: dict[str, dict[str, _Check]] = {
    "attribution": {
        "cue": _span,
        "source": _span_or_none,
        "content": _spans,
        "speaker": _speaker,
        "mode": _one_of(lambda: get_args(Mode)),
        "kind": _one_of(lambda: get_args(SourceKind)),
        "certainty": _one_of(lambda: get_args(Certainty)),
        "polarity": _one_of(lambda: get_args(Polarity)),
        "parent": _span_or_none,
    },
    "provision": {
        "evidence": _span,
        "area": _one_of(areas),
        "status": _one_of(statuses),
        "parties": _parties,
        "role": _one_of(lambda: get_args(Role)),
        "attribution": _span_or_none,
    },
}
