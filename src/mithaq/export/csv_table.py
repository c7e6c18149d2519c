"""CSV: one row a stage, the long table that researchers code by hand, with the cells of its commitment beside it."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

from mithaq.export.columns import AGREEMENTS, COMMITMENTS, STAGES, Column
from mithaq.export.files import whole_text
from mithaq.export.options import Options
from mithaq.export.text import no_formula, printable
from mithaq.ledger.items import Agreement

SEPARATOR = "; "
"""Between the items of a list in one cell."""

# The columns of the wide tables that the long one has too, and what they are called there.
_OF_AGREEMENT = {"id": "agreement", "name": "agreement_name"}
_OF_COMMITMENT = {
    "area": "commitment_area",
    "dca_area": "dca_area",
    "status": "current_status",
    "rule": "rule",
    "outlets": "independent_outlets",
    "contradictions": "contradictions",
    "follow_up": "follow_up",
    "due": "due",
}
_OUTER: tuple[Column[Agreement], ...] = tuple(c for c in AGREEMENTS if c.name in _OF_AGREEMENT)
_MIDDLE = tuple(c for c in COMMITMENTS if c.name in _OF_COMMITMENT)


def header() -> list[str]:
    """The names of the columns, in order."""
    return [
        *(_OF_AGREEMENT[c.name] for c in _OUTER),
        *(_OF_COMMITMENT[c.name] for c in _MIDDLE),
        *(c.name for c in STAGES),
    ]


def cell(value: Any) -> str:
    """A value as the text of a cell: dates in ISO 8601, lists joined, None empty; no formula, no control characters."""
    text = _plain(value)
    return text if isinstance(value, int | float | date) else no_formula(text)


def _plain(value: Any) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case int() | float():
            return f"{value:.15g}"
        case date():
            return value.isoformat()
        case dict():  # by its values, «name (kind)»; offsets stay in the other forms
            first, *rest = (_plain(v) for k, v in value.items() if k not in ("start", "end"))
            return f"{first} ({', '.join(filter(None, rest))})" if any(rest) else first
        case list() | tuple():
            return SEPARATOR.join(map(_plain, value))
        case _:
            return printable(str(value))


def write_csv(agreements: Iterable[Agreement], path: Path, options: Options) -> int:
    """Write one row a stage to *path*; returns how many. ``options.bom`` puts a byte-order mark first."""
    number = 0
    with whole_text(path, bom=options.bom, newline="") as file:
        writer = csv.writer(file)
        writer.writerow(header())
        for agreement in agreements:
            outer = [cell(c.take(agreement)) for c in _OUTER]
            for commitment in agreement.commitments:
                middle = [cell(c.take(commitment)) for c in _MIDDLE]
                for stage in commitment.stages:
                    writer.writerow([*outer, *middle, *(cell(c.take((commitment, stage))) for c in STAGES)])
                    number += 1
    return number
