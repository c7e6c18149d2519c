"""Forms of the review page ⇄ the cells of a row. Spans come as words, and where scripts run as offsets too."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from starlette.datastructures import FormData

from mithaq.errors import ReviewError
from mithaq.lexicon.keys import fold
from mithaq.model import Attribution, Provision, Record
from mithaq.store.effective import Item, Kind, Place
from mithaq.store.review_cells import party_codes
from mithaq.web.labels import labels

Values = Mapping[str, Sequence[str]]
"""What a form holds: field → what was entered."""
_PLACE = re.compile(r"(attribution|provision|report)-(\d{1,9})-(\d{1,9})(?:-([a-z_]{1,40}))?")
_OFFSETS = re.compile(r"(\d{1,9})-(\d{1,9})")
_SPANS = {"provision": ("evidence",), "attribution": ("cue", "source")}
_CHOICES = {
    "provision": ("area", "status", "role"),
    "attribution": ("mode", "kind", "certainty", "polarity"),
}
_POINTS = {"provision": "attribution", "attribution": "parent"}
_SEVERAL = re.compile("[,،;؛\n]")


def parse_place(key: str) -> Place:
    """The place that a key (``Place.key``) names; raises :class:`~mithaq.errors.ReviewError`."""
    found = _PLACE.fullmatch(key)
    if not found:
        raise ReviewError(f"{key[:60]!r} names no row", "load the page again")
    kind: Any = found[1]
    return Place(kind, int(found[2]), int(found[3]), found[4] or "")


def values_of(row: Item | None, kind: Kind, record: Record) -> dict[str, list[str]]:
    """What the form of a row shows before anything is changed; of none: an empty form."""
    if row is None:
        empty: dict[str, list[str]] = {"role": ["provision"], "certainty": ["certain"], "polarity": ["+"]}
        return {**empty, "mode": ["indirect"], "kind": ["named"], "parties": []}
    by_id = {a.id: f"{a.cue.start}-{a.cue.end}" for a in record.attributions}
    if isinstance(row, Provision):
        return {
            "evidence": [row.evidence.text],
            "evidence_at": [f"{row.evidence.start}-{row.evidence.end}"],
            "area": [row.area],
            "status": [row.status],
            "role": [row.role],
            "parties": list(row.parties),
            "attribution": [by_id.get(row.attribution or "", "")],
        }
    return {
        "cue": [row.cue.text],
        "cue_at": [f"{row.cue.start}-{row.cue.end}"],
        "source": [row.source.text if row.source else ""],
        "source_at": [f"{row.source.start}-{row.source.end}" if row.source else ""],
        "content": [c.text for c in row.content],
        "content_at": [f"{c.start}-{c.end}" for c in row.content],
        "speaker": [row.speaker],
        "mode": [row.mode],
        "kind": [row.kind],
        "certainty": [row.certainty],
        "polarity": [row.polarity],
        "parent": [by_id.get(row.parent or "", "")],
    }


def entered(form: FormData) -> dict[str, list[str]]:
    """What somebody entered, to be shown again."""
    return {name: [v for v in form.getlist(name) if isinstance(v, str)] for name in form}


def cells_of(form: FormData, kind: Kind, text: str, row: Item | None, record: Record) -> dict[str, Any]:
    """The cells that a form gives, of a *row* only those that it changes.

    Raises :class:`~mithaq.errors.ReviewError`.
    """
    values = entered(form)
    near = _start(row)
    cells: dict[str, Any] = {}
    for name in _SPANS[kind]:
        if name in values:
            words, at = _first(values, name), _first(values, f"{name}_at")
            cells[name] = find_span(name, text, words, at, near) if words.strip() else None
    if cells.get("evidence", ()) is None or cells.get("cue", ()) is None:
        raise ReviewError("the words that it stands on are missing", "mark them in the text, or copy them exactly")
    if "content" in values:
        places = values.get("content_at", [])
        cells["content"] = [
            find_span("content", text, words, places[n] if n < len(places) else "", near)
            for n, words in enumerate(values["content"])
            if words.strip()
        ]
    for name in _CHOICES[kind]:
        if name in values:
            cells[name] = _first(values, name)
    if kind == "attribution" and "speaker" in values:
        cells["speaker"] = " ".join(_first(values, "speaker").split())
    if kind == "provision" and ("parties" in values or "more_parties" in values):
        more = [party_code(p) for p in _SEVERAL.split(_first(values, "more_parties")) if p.strip()]
        cells["parties"] = list(dict.fromkeys([*values.get("parties", []), *more]))
    point = _POINTS[kind]
    if point in values:
        chosen = _OFFSETS.fullmatch(_first(values, point))
        cells[point] = [int(chosen[1]), int(chosen[2])] if chosen else None
    if row is None:
        return cells
    before = _cells_of_row(row, record)
    return {name: value for name, value in cells.items() if value != before.get(name)}


def find_span(name: str, text: str, words: str, at: str, near: int) -> list[int]:
    """Where *words* stand: at the offsets *at* if they do, else at their place that is nearest to the offset *near*."""
    words = words.replace("\r\n", "\n").strip()
    if offsets := _OFFSETS.fullmatch(at):
        start, end = int(offsets[1]), int(offsets[2])
        if text[start:end].replace("\r\n", "\n") == words:
            return [start, end]
    pattern = re.escape(words).replace("\\\n", "(?:\r\n|\n)")
    found = [(abs(m.start() - near), m.start(), m.end()) for m in re.finditer(pattern, text)]
    if not found:
        raise ReviewError(
            f"{name}: these words do not stand in the text", "mark them in the text, or copy them exactly"
        )
    _, start, end = min(found)
    return [start, end]


def party_code(given: str) -> str:
    """The code of a party given by code or by name, in either language; raises :class:`~mithaq.errors.ReviewError`."""
    given = given.strip()
    # «Egypt (EGY)» is what the list of suggestions gives.
    in_brackets = re.fullmatch(r".*\(([A-Za-z]{2,8})\)", given)
    code = (in_brackets[1] if in_brackets else given).upper()
    if code in party_codes():
        return code
    if found := _party_names().get(_key(given)):
        return found
    raise ReviewError(f"there is no party {given[:60]!r}", "choose one of the list, or give its code (EGY, UNO)")


@cache
def party_choices(lang: str) -> tuple[tuple[str, str], ...]:
    """All parties as (code, name), by name."""
    words = labels("ar" if lang == "ar" else "en")
    return tuple(sorted(((code, words.party(code)) for code in party_codes()), key=lambda c: (c[1], c[0])))


@cache
def _party_names() -> dict[str, str]:
    return {_key(name): code for lang in ("ar", "en") for code, name in party_choices(lang)}


def _key(name: str) -> str:
    return " ".join(fold(word) for word in name.casefold().split())


def _cells_of_row(row: Item, record: Record) -> dict[str, Any]:
    """The row's own cells, in the form that reviews have."""
    spans = {a.id: [a.cue.start, a.cue.end] for a in record.attributions}
    if isinstance(row, Provision):
        return {
            "evidence": [row.evidence.start, row.evidence.end],
            "area": row.area,
            "status": row.status,
            "role": row.role,
            "parties": list(row.parties),
            "attribution": spans.get(row.attribution or ""),
        }
    return {
        "cue": [row.cue.start, row.cue.end],
        "source": [row.source.start, row.source.end] if row.source else None,
        "content": [[c.start, c.end] for c in row.content],
        "speaker": row.speaker,
        "mode": row.mode,
        "kind": row.kind,
        "certainty": row.certainty,
        "polarity": row.polarity,
        "parent": spans.get(row.parent or ""),
    }


def _start(row: Item | None) -> int:
    if row is None:
        return 0
    return row.cue.start if isinstance(row, Attribution) else row.evidence.start


def _first(values: Values, name: str) -> str:
    found = values.get(name) or [""]
    return found[0]
