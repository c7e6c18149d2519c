"""Stage: which provisions stand on a statement that both sides made."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from functools import cache
from importlib.resources import files

from mithaq.lexicon.keys import fold_phrase
from mithaq.stages.document import Document

LAYER = "joint_statements"


def find_joint_statements(doc: Document) -> None:
    """Add a reason to the provisions of a joint statement, and leave their ids as a layer for other stages."""
    joint = {a.id for a in doc.attributions if _is_joint(a.speaker)}
    doc.provisions = tuple(
        replace(p, why=(*p.why, ("basis", "joint statement"))) if p.attribution in joint else p for p in doc.provisions
    )
    doc.layers[LAYER] = frozenset(p.id for p in doc.provisions if p.attribution in joint)


def _is_joint(speaker: str) -> bool:
    keys = fold_phrase(speaker)
    return any(keys[i : i + len(phrase)] == phrase for phrase in _phrases() for i in range(len(keys)))


@cache
def _phrases() -> tuple[tuple[str, ...], ...]:
    data = tomllib.loads((files("mithaq_sample") / "joint_statements.toml").read_text("utf-8"))
    return tuple(fold_phrase(words) for words in data["words"])
