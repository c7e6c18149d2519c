"""One JSON object → a report.

Only the text can set a report aside. What else is wrong with the object (a date that is none, an outlet that is a
number) is left out of the report, with a note.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from mithaq.errors import InputError
from mithaq.model import Report
from mithaq.readers.encodings import decode_utf8
from mithaq.readers.items import MAX_CHARACTERS, Defaults, unprintable

_NAMES_SHOWN = 6
_SHAPE = 'one object a line: {"id": "...", "text": "..."}'


def parse_object(line: bytes) -> dict[str, Any]:
    """The JSON object of one line; raises :class:`~mithaq.errors.InputError`."""
    text = decode_utf8(line)
    try:
        found = json.loads(text)
    except json.JSONDecodeError as error:
        if text in ("{", "["):
            raise InputError("JSON over several lines", "write one object a line: jq -c . FILE") from None
        raise InputError(f"not valid JSON: {error.msg} at column {error.colno}", "one JSON object a line") from None
    except RecursionError:
        raise InputError("not valid JSON: nested too deeply", "one JSON object a line") from None
    except ValueError:  # Python converts no integer of more than some thousand digits
        raise InputError("not valid JSON: a number of thousands of digits", "one JSON object a line") from None
    if not isinstance(found, dict):
        hint = "write one object a line: jq -c .[] FILE" if isinstance(found, list) else _SHAPE
        raise InputError(f"{_kind(found)}, not a JSON object", hint)
    return found


def to_report(fields: Mapping[str, Any], fallback_id: str, defaults: Defaults) -> tuple[Report, tuple[str, ...]]:
    """The report of a JSON object, and notes on what was left out; raises :class:`~mithaq.errors.InputError`."""
    text = checked_text(_text(fields))
    notes: list[str] = []
    values = {name: _string(fields, name, notes) for name in ("id", "outlet", "url", "title")}
    published = _published(fields, notes) or parse_date(defaults.published)
    report = Report(
        text,
        values["id"] or fallback_id,
        values["outlet"] or defaults.outlet,
        values["url"],
        values["title"],
        published,
    )
    return report, tuple(notes)


def checked_text(text: str) -> str:
    """*text* itself; raises :class:`~mithaq.errors.InputError` if it is empty, too long or not printable."""
    if not text.strip():
        raise InputError("the text is empty")
    if len(text) > MAX_CHARACTERS:
        raise InputError(f"the text has {len(text):,} characters, over {MAX_CHARACTERS:,}", "split it into its reports")
    if (at := unprintable(text)) >= 0:
        raise InputError(
            f"the text holds half a character (lone surrogate U+{ord(text[at]):04X}) at offset {at}",
            "export it again from its origin",
        )
    return text


def parse_date(value: str | None) -> date | None:
    """The day of a date or time in ISO 8601, ``None`` for none; raises :class:`~mithaq.errors.InputError`."""
    if not value or not value.strip():
        return None
    try:
        return date.fromisoformat(value.strip()[:10])
    except ValueError:
        raise InputError(f"{value.strip()[:40]!r} is not a date", "give it as YYYY-MM-DD") from None


def _text(fields: Mapping[str, Any]) -> str:
    if "text" not in fields:
        names = ", ".join(list(fields)[:_NAMES_SHOWN])
        raise InputError("no 'text' in the object", f"it has {names or 'nothing'}")
    text = fields["text"]
    if not isinstance(text, str):
        raise InputError(f"'text' is {_kind(text)}, not a string", _SHAPE)
    return text


def _string(fields: Mapping[str, Any], name: str, notes: list[str]) -> str | None:
    value = fields.get(name)
    if isinstance(value, int) and not isinstance(value, bool) and name == "id":
        value = str(value)
    if value is None or (isinstance(value, str) and unprintable(value) < 0):
        return value or None
    kind = "not printable" if isinstance(value, str) else _kind(value)
    notes.append(f"{name!r} is {kind}: left out")
    return None


def _published(fields: Mapping[str, Any], notes: list[str]) -> date | None:
    value = fields.get("published") or fields.get("date")
    if value is None:
        return None
    try:
        if isinstance(value, str):
            return parse_date(value)
    except InputError:
        pass
    notes.append(f"date {value!r:.40} is not YYYY-MM-DD: left out")
    return None


def _kind(value: object) -> str:
    names = {str: "a string", dict: "an object", list: "an array", bool: "true or false", type(None): "null"}
    return names.get(type(value), "a number")
