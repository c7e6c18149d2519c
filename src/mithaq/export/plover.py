"""PLOVER-coded events, one for each stage that is an independent report, with the columns of the POLECAT data set.

A stage whose report repeats another's text is left out (one voice), and so is one that its speaker denies (PLOVER's
negation: "negated events can be excluded"). The ledger's own columns stand behind POLECAT's: with ``Commitment`` and
``Event Type`` one event reported by many is counted once.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

from mithaq.export.coding import Code, actor_code, code, sector, tables
from mithaq.export.columns import is_copy
from mithaq.export.csv_table import cell
from mithaq.export.files import whole_text
from mithaq.export.jsonl import json_line
from mithaq.export.names import is_organisation, party_name
from mithaq.export.options import Options
from mithaq.export.speakers import speaks_for
from mithaq.ledger.items import Agreement, Commitment, Stage

POLECAT = (
    "Event ID", "Event Date", "Event Type", "Event Mode", "Intensity", "Quad Code", "Contexts",
    "Actor Name", "Actor Country", "Actor COW", "Primary Actor Sector", "Actor Sectors", "Actor Title",
    "Actor Name Raw", "Wikipedia Actor ID",
    "Recipient Name", "Recipient Country", "Recipient COW", "Primary Recipient Sector", "Recipient Sectors",
    "Recipient Title", "Recipient Name Raw", "Wikipedia Recipient ID",
    "Placename", "City", "District", "Province", "Country", "Latitude", "Longitude", "GeoNames ID", "Raw Placename",
    "Feature Type", "Source", "Publication Date", "Story People", "Story Organizations", "Story Locations",
    "Language", "Version",
)  # fmt: skip
"""The header of POLECAT's files; what the ledger does not know (places, COW and Wikipedia numbers) stays empty."""

OWN = ("Direction", "Sure", "Reason", "Agreement", "Commitment", "Report", "URL", "Event Text", "Confidence")
"""The ledger's own columns, behind POLECAT's."""

_ONE_SIDED = ("demanded", "proposed", "refused", "suspended")
_HAPPENED = ("CONSULT", "SUPPORT", "COOPERATE", "AID", "RETREAT")


def event(agreement: Agreement, commitment: Commitment, stage: Stage) -> dict[str, Any]:
    """The event that *stage* is: every column of :data:`POLECAT` and :data:`OWN`, lists as lists, None where unknown.

    Who acts: where one side demands, proposes, refuses or suspends and the speaker nearest to the words speaks for a
    party, that party is the actor and the others are recipients (Direction ``speaker``). Otherwise all parties are
    actors, as PLOVER codes reciprocal events; types that require a recipient have all as recipients too (Direction
    ``mutual`` for COOPERATE; ``unknown`` for AID and SANCTION, where one side acts and the ledger does not know which).
    """
    multilateral = len(stage.parties) > 2 or any(map(is_organisation, stage.parties))
    coded = code(stage.area, stage.status, multilateral)
    offices = _offices(stage)
    actors, recipients, direction = _sides(stage, coded)
    filled = {
        "Event ID": f"{commitment.id}-{stage.key}_{coded.type}",
        "Event Date": _day(stage, coded),
        "Event Type": coded.type,
        "Event Mode": [coded.mode] if coded.mode else [],
        "Intensity": coded.score,
        "Quad Code": coded.quad,
        "Contexts": list(coded.contexts),
        **_entity("Actor", actors, offices),
        **_entity("Recipient", recipients, offices),
        "Source": stage.outlet,
        "Publication Date": stage.published,
        "Story People": [v.name for v in stage.chain if v.kind == "named"],
        "Story Organizations": [v.name for v in stage.chain if v.kind == "institution"],
        "Language": "ar",
        "Version": f"mithaq {tables()['version']}",
        "Direction": direction,
        "Sure": coded.sure,
        "Reason": coded.why,
        "Agreement": agreement.id,
        "Commitment": commitment.id,
        "Report": stage.report,
        "URL": stage.url,
        "Event Text": stage.evidence.text,
        "Confidence": stage.confidence,
    }
    return {name: filled.get(name) for name in (*POLECAT, *OWN)}


def _offices(stage: Stage) -> dict[str, str | None]:
    """Party → the office of the speaker nearest to the words who speaks for it."""
    spoken = (speaks_for(v.name) for v in stage.chain)
    return {state: office for state, office in spoken if state in stage.parties}


def _sides(stage: Stage, coded: Code) -> tuple[tuple[str, ...], tuple[str, ...], str]:
    if stage.status in _ONE_SIDED and stage.chain:
        speaker, _ = speaks_for(stage.chain[-1].name)
        if speaker in stage.parties:
            return (speaker,), tuple(p for p in stage.parties if p != speaker), "speaker"
    if not coded.recipient:
        return stage.parties, (), "mutual"
    return stage.parties, stage.parties, "mutual" if coded.type == "COOPERATE" else "unknown"


def _entity(side: str, parties: tuple[str, ...], offices: dict[str, str | None]) -> dict[str, Any]:
    """The columns of one side; a state whose speakers say nothing acts by its government."""
    sectors = [[] if is_organisation(p) else sector(offices.get(p)) for p in parties]
    return {
        f"{side} Name": [party_name(p, "en") for p in parties],
        f"{side} Country": [actor_code(p) for p in parties],
        f"Primary {side} Sector": [s[0] for s in sectors if s],
        f"{side} Sectors": list(dict.fromkeys(c for s in sectors for c in s)),
    }


def _day(stage: Stage, coded: Code) -> date | None:
    """The day the text gives to what has happened, if it is one day and not after the report; else the report's day."""
    when = next((w for w in stage.when if w.start and w.start == w.end), None)
    if when and when.start and coded.type in _HAPPENED and (stage.published is None or when.start <= stage.published):
        return when.start
    return stage.published


def events(agreements: Iterable[Agreement]) -> Iterator[dict[str, Any]]:
    """The events of all agreements, in order."""
    for agreement in agreements:
        for commitment in agreement.commitments:
            for stage in commitment.stages:
                if not is_copy(stage) and not stage.denied:
                    yield event(agreement, commitment, stage)


def write_plover(agreements: Iterable[Agreement], path: Path, options: Options) -> int:
    """Write the events to *path*, as CSV where its name ends in ``.csv``, else as JSON lines; returns how many."""
    number = 0
    table = path.suffix.lower() == ".csv"
    with whole_text(path, bom=options.bom and table, newline="" if table else "\n") as file:
        writer = csv.writer(file)
        if table:
            writer.writerow((*POLECAT, *OWN))
        for fields in events(agreements):
            number += 1
            if table:
                writer.writerow(map(cell, fields.values()))
            else:
                file.write(json_line({k: v.isoformat() if isinstance(v, date) else v for k, v in fields.items()}))
    return number
