"""What states and organisations are called in English and Arabic."""

from __future__ import annotations

from functools import cache

from mithaq.lexicon.tables import load_csv
from mithaq.ontology import areas, organisations, statuses


@cache
def _english() -> dict[str, str]:
    return {row["code"]: row["name"] for row in load_csv("export/names.csv", ("code", "name"))}


@cache
def _arabic() -> dict[str, str]:
    found: dict[str, str] = {}
    for file in ("states.csv", "organisations.csv"):
        for row in load_csv(file, ("code", "kind", "value", "note")):
            if row["kind"] == "name":
                found.setdefault(row["code"], row["value"])
    return found


def party_name(code: str, lang: str) -> str:
    """The short name of a party in ``en`` or ``ar``; the code itself if it has none."""
    return (_arabic() if lang == "ar" else _english()).get(code, code)


def is_organisation(code: str) -> bool:
    """Whether a party is an intergovernmental organisation."""
    return code in organisations()


def area_name(area: str, lang: str) -> str:
    """The label of an area in ``en`` or ``ar``; the area's key if it has none."""
    return areas().get(area, {}).get(lang, area)


def status_name(status: str, lang: str) -> str:
    """The label of a status in ``en`` or ``ar``; the status's key if it has none."""
    return statuses().get(status, {}).get(lang, status)
