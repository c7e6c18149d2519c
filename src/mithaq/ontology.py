"""The lists that everything shares: areas, statuses and the codes of organisations.

``data/ontology.toml`` holds them with what each covers; the guidelines fix the names.
"""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads((files("mithaq") / "data" / "ontology.toml").read_text("utf-8"))


def areas() -> dict[str, dict[str, str]]:
    """Area → its English and Arabic label and what it covers, in the guidelines' order."""
    return dict(_data()["area"])


def statuses() -> dict[str, dict[str, str]]:
    """Status → its English and Arabic label and what it means, from weakest to strongest assertion."""
    return dict(_data()["status"])


def organisations() -> frozenset[str]:
    """The codes of intergovernmental organisations that may be parties."""
    return frozenset(_data()["organisations"])
