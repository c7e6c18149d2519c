"""The names of parties for people to read: code → the first name that the lexicon lists, in Arabic."""

from __future__ import annotations

from functools import cache

from mithaq.lexicon.tables import load_csv


@cache
def arabic_names() -> dict[str, str]:
    """State's or organisation's code → its Arabic name."""
    names: dict[str, str] = {}
    for file in ("states.csv", "organisations.csv"):
        for row in load_csv(file, ("code", "kind", "value", "note")):
            if row["kind"] == "name":
                names.setdefault(row["code"], row["value"])
    return names
