"""What errors say in Arabic: their English is matched against ``data/messages.toml``, and its blanks are filled.

So the code that raises an error says it once, in English, and knows of no page.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Any, NamedTuple

from mithaq.errors import DataError
from mithaq.lexicon.tables import load_toml_raw

HOLE = "{}"
_FILE = "messages.toml"
_HOLES = re.compile(r"\{(\d*)\}")
_QUOTED = re.compile(r"'(.*)'|\"(.*)\"", re.DOTALL)
_ISOLATE, _END = "\u2068", "\u2069"
"""What fills a blank keeps its own direction, whatever stands around it."""


class _Line(NamedTuple):
    pattern: re.Pattern[str]
    arabic: str


def in_arabic(message: str) -> str:
    """*message* in Arabic; as it is if no line fits it."""
    for line in _lines():
        if found := line.pattern.fullmatch(message):
            return fill(line.arabic, [_filled(value) for value in found.groups()])
    return message


def fill(template: str, values: list[str]) -> str:
    """*template* with *values* in its blanks: ``{}`` in their order, ``{0}`` by number."""
    rest = iter(values)
    return _HOLES.sub(lambda hole: values[int(hole[1])] if hole[1] else next(rest), template)


@cache
def templates() -> dict[str, str]:
    """English → Arabic, as the file has them; raises :class:`~mithaq.errors.DataError` where blanks do not agree."""
    found: dict[str, str] = _data()["messages"]
    for english, arabic in found.items():
        blanks = english.count(HOLE)
        named = [hole[1] for hole in _HOLES.finditer(arabic)]
        wanted = sorted(str(n) for n in range(blanks)) if any(named) else [""] * blanks
        if sorted(named) != wanted:
            raise DataError(f"{_FILE}: {english!r} has {blanks} blanks", f"its Arabic has {len(named)}")
    return found


@cache
def _lines() -> tuple[_Line, ...]:
    """Those that say most come first: a line that is nearly all blanks fits too much."""
    ordered = sorted(templates().items(), key=lambda pair: (-len(pair[0].replace(HOLE, "")), pair[0]))
    return tuple(
        _Line(re.compile("(.*?)".join(map(re.escape, english.split(HOLE))), re.DOTALL), arabic)
        for english, arabic in ordered
    )


@cache
def _data() -> dict[str, Any]:
    return load_toml_raw(_FILE)


def _filled(value: str) -> str:
    word = _data()["words"].get(value)
    if word is not None:
        return str(word)
    if quoted := _QUOTED.fullmatch(value):
        return f"«{_ISOLATE}{quoted[1] if quoted[1] is not None else quoted[2]}{_END}»"
    return f"{_ISOLATE}{value}{_END}"
