"""What tables write, in English and Arabic: from ``data/labels.toml``, the ontology and the lists of states."""

from __future__ import annotations

from functools import cache

from mithaq.lexicon.party_names import arabic_names
from mithaq.lexicon.tables import load_toml
from mithaq.ontology import areas, statuses


@cache
def _labels() -> dict[str, dict[str, str]]:
    return {**load_toml("labels.toml", {"en": str, "ar": str})}


def label(key: str, lang: str) -> str:
    """The label of a heading, column or value; *key* itself if it has none."""
    return _labels().get(key, {}).get(lang, key)


def area_label(area: str, lang: str) -> str:
    """The ontology's label of an area."""
    return areas().get(area, {}).get(lang, area)


def status_label(status: str, lang: str) -> str:
    """The ontology's label of a status."""
    return statuses().get(status, {}).get(lang, status)


def party_label(code: str, lang: str) -> str:
    """A party's code, in Arabic with its first listed name."""
    name = arabic_names().get(code) if lang == "ar" else None
    return f"{name} ({code})" if name else code
