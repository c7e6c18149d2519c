"""Which PLOVER event a stage is: the tables of ``data/export/plover.toml``, checked when they are read."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

from mithaq.errors import DataError
from mithaq.export.names import is_organisation
from mithaq.lexicon.tables import check_entry, check_value, load_toml_raw
from mithaq.ontology import areas, statuses

_FILE = "export/plover.toml"
_SCHEMAS: dict[str, dict[str, type]] = {
    "type": {"quad": int, "score": float, "recipient": bool, "modes": dict},
    "act": {"type": str, "mode": str, "why": str, "sure": bool},
    "area": {"act": str, "contexts": list, "unsure": list, "why": str},
}


@dataclass(frozen=True, slots=True)
class Code:
    """What an area at a status is in PLOVER; *why* says on which grounds, *sure* whether the area alone decides it."""

    type: str
    mode: str
    quad: int
    score: float | None
    recipient: bool
    contexts: tuple[str, ...]
    why: str
    sure: bool


@cache
def tables() -> dict[str, Any]:
    """The file as it is: ``type``, ``contexts``, ``act``, ``area``, ``actor``, ``sector``, ``version``."""
    data = load_toml_raw(_FILE)
    for name, fields in data["type"].items():
        check_entry(_FILE, f"type.{name}", fields, _SCHEMAS["type"])
    for act, entries in data["act"].items():
        if missing := statuses().keys() - entries.keys():
            raise DataError(f"{_FILE}: act.{act} does not say what {min(missing)!r} is", "give each status a type")
        for status, fields in entries.items():
            check_value(_FILE, f"act.{act}", "status", status, statuses())
            check_entry(_FILE, f"act.{act}.{status}", fields, _SCHEMAS["act"])
            check_value(_FILE, f"act.{act}.{status}", "type", fields["type"], data["type"])
            modes = data["type"][fields["type"]].get("modes", {})
            if "mode" in fields:
                check_value(_FILE, f"act.{act}.{status}", "mode", fields["mode"], modes)
    if missing := areas().keys() - data["area"].keys():
        raise DataError(f"{_FILE}: area {min(missing)!r} is missing", "give each area an act")
    for area, fields in data["area"].items():
        check_value(_FILE, "area", "area", area, areas())
        check_entry(_FILE, f"area.{area}", fields, _SCHEMAS["area"])
        check_value(_FILE, f"area.{area}", "act", fields["act"], data["act"])
        for status in fields.get("unsure", []):
            check_value(_FILE, f"area.{area}", "unsure", status, statuses())
        for context in fields["contexts"]:
            check_value(_FILE, f"area.{area}", "contexts", context, data["contexts"]["names"])
    return data


@cache
def code(area: str, status: str, multilateral: bool) -> Code:
    """The event that a provision of *area* at *status* is.

    A CONSULT among three or more, or with an organisation, has the mode multilateral. Raises
    :class:`~mithaq.errors.DataError` for an area or status that the ontology does not have.
    """
    data = tables()
    check_value(_FILE, "area", "area", area, data["area"])
    check_value(_FILE, "status", "status", status, statuses())
    kind = data["area"][area]
    act = data["act"][kind["act"]][status]
    type_ = data["type"][act["type"]]
    mode = act.get("mode", "multilateral" if act["type"] == "CONSULT" and multilateral else "")
    return Code(
        act["type"],
        mode,
        type_["quad"],
        type_.get("modes", {}).get(mode, type_.get("score")),
        type_.get("recipient", False),
        tuple(kind["contexts"]),
        f"{act['why']}; {kind['why']}",
        act.get("sure", True) and status not in kind.get("unsure", []),
    )


def actor_code(party: str) -> str:
    """PLOVER's code for a party: its ISO code, or UNO, EUR, KOS, IGO."""
    codes: dict[str, str] = tables()["actor"]
    return codes.get(party) or (codes["other_organisation"] if is_organisation(party) else party)


def sector(office: str | None) -> list[str]:
    """The sector codes of an office, primary first."""
    data = tables()["sector"]
    found: str = data["office"].get(office, data["default"])
    return found.split()
