"""What a model wrote → a JSON value, however it is wrapped."""

from __future__ import annotations

import json
from typing import Any

LONGEST = 1_000_000
"""Code points of an answer; more is no answer to a piece of a report."""
_TRIES = 50  # opening braces that are tried
_DEEPEST = 60  # brackets inside brackets
_ESCAPE = 6  # characters of an escaped one, in the middle of which a text may end


class NoAnswerError(ValueError):
    """The text holds no JSON object with rows; *cut* if it breaks off inside one."""

    def __init__(self, message: str, cut: bool = False) -> None:
        super().__init__(message)
        self.cut = cut


def parse_answer(text: str) -> dict[str, Any]:
    """The JSON object of an answer: the whole text, else the first object in it that has rows.

    Raises :class:`NoAnswerError`.
    """
    if len(text) > LONGEST:
        raise NoAnswerError(f"it is {len(text):,} characters long")
    if _depth(text) > _DEEPEST:
        raise NoAnswerError("its brackets are nested too deeply")
    decoder = json.JSONDecoder()
    start = text.find("{")
    cut = False
    for _ in range(_TRIES):
        if start < 0:
            break
        try:
            value, end = decoder.raw_decode(text, start)
        except json.JSONDecodeError as error:
            cut = error.pos >= len(text.rstrip()) - _ESCAPE or error.msg.startswith("Unterminated")
            start = text.find("{", start + 1)
            if cut:
                break
            continue
        except ValueError as error:  # a number of thousands of digits
            raise NoAnswerError(str(error)) from error
        if isinstance(value, dict) and ("attributions" in value or "provisions" in value):
            return value
        start = text.find("{", end)
    raise NoAnswerError("it breaks off" if cut else "it holds no JSON object with attributions and provisions", cut)


def _depth(text: str) -> int:
    depth = most = 0
    for character in text:
        if character in "[{":
            depth += 1
            most = max(most, depth)
        elif character in "]}":
            depth -= 1
    return most
