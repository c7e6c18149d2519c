"""The rules of ``data/ledger.toml``, checked when loaded: what may follow what, what cannot both hold, limits."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Any

from mithaq.errors import DataError
from mithaq.ledger.items import Stage
from mithaq.lexicon.tables import check_entry, check_value, load_toml_raw
from mithaq.ontology import areas, statuses

FILE = "ledger.toml"
LINES = ("wish", "promise", "deed", "stop")
RULES = (
    "single", "unanimous", "advanced", "kept", "stepped_back", "resumed", "recurring", "next_round", "outweighed",
    "undated", "only_denied",
)  # fmt: skip
STEPS = ("first", "confirmation", "repetition", "background", "step_back", "resumption", "denial")
CONTRADICTIONS = ("status", "amount", "date", "denial")
FOLLOW_UPS = ("overdue", "recurring")
LIMITS = (
    "low_confidence", "several", "same_time_days", "denial_days", "still_to_come_days", "same_event_days",
    "amount_share", "exact_up_to", "worded_day_slack", "pairwise_up_to", "grace_days",
)  # fmt: skip
_NAMES = {"rule": RULES, "step": STEPS, "contradiction": CONTRADICTIONS, "follow_up": FOLLOW_UPS}
_LISTS = {
    "follow": ("reopen", "next_round"),
    "compare": ("no_amounts", "sized", "in_parts", "asked", "announced", "dated", "once", "by_the_hour"),
    "expect": ("by",),
    "recur": ("last",),
}
_UNITS = ("day", "week", "month", "year")


@dataclass(frozen=True, slots=True)
class Rules:
    """``data/ledger.toml`` as the ledger uses it; the file says what each table means."""

    rank: MappingProxyType[str, int]
    line: MappingProxyType[str, str]
    undone_by: MappingProxyType[str, dict[str, int]]
    denies: MappingProxyType[str, frozenset[str]]
    limits: MappingProxyType[str, float]
    sets: MappingProxyType[str, frozenset[str]]
    """The lists of ``follow``, ``compare``, ``expect`` and ``recur`` as ``TABLE.KEY``."""
    incompatible: tuple[tuple[str, str], ...]
    closed_by: MappingProxyType[str, frozenset[str]]
    days: MappingProxyType[str, float]
    named: frozenset[str]
    names: MappingProxyType[str, dict[str, dict[str, str]]]
    """``rule``, ``step``, ``contradiction`` and ``follow_up`` → key → ``en``, ``ar``, ``means``."""

    def is_stop(self, status: str) -> bool:
        """Whether the status says that the thing does not happen."""
        return self.line[status] == "stop"

    def recurs(self, stages: Iterable[Stage]) -> bool:
        """Whether any of them gives a frequency."""
        return any(s.frequency is not None for s in stages)


@cache
def ledger_rules() -> Rules:
    """The rules of the packaged file; raises :class:`~mithaq.errors.DataError` where it is wrong."""
    return parse(load_toml_raw(FILE))


def parse(data: dict[str, Any]) -> Rules:
    """The rules of a parsed file; raises :class:`~mithaq.errors.DataError` with what is missing or not valid."""
    known = list(statuses())
    tables = ("status", "denies", "limits", *_LISTS, "incompatible", "sources", *_NAMES)
    _exactly("the file", data, tables)
    _exactly("status", data["status"], known)
    for name, fields in data["status"].items():
        check_entry(FILE, f"status.{name}", fields, {"line": str, "undone_by": dict})
        _exactly(f"status.{name}", fields, ("line", "undone_by"))
        check_value(FILE, f"status.{name}", "line", fields["line"], LINES)
        stops = [n for n in known if data["status"][n].get("line") == "stop"]
        for stop in fields["undone_by"]:
            check_value(FILE, f"status.{name}", "undone_by", stop, stops)
    _exactly("denies", data["denies"], known)
    for name, values in data["denies"].items():
        _all_known(f"denies.{name}", values, known)
    _exactly("limits", data["limits"], LIMITS)
    for name, fields in data["limits"].items():
        _exactly(f"limits.{name}", fields, ("value", "means"))
        value = fields["value"]
        if isinstance(value, bool) or not isinstance(value, int | float) or value < 0:
            raise DataError(f"{FILE}: entry 'limits.{name}': value is {value!r}", "give a number that is not negative")
    sets: dict[str, frozenset[str]] = {}
    for table, keys in _LISTS.items():
        _exactly(table, data[table], (*keys, *{"expect": ("closed_by",), "recur": ("days",)}.get(table, ())))
        for key in keys:
            values = data[table][key]
            if table == "compare":
                _exactly(f"compare.{key}", values, ("list", "means"))
                values = values["list"]
            if key != "no_amounts":
                _all_known(f"{table}.{key}", values, areas() if key == "by_the_hour" else known)
            sets[f"{table}.{key}"] = frozenset(values)
    _exactly("expect.closed_by", data["expect"]["closed_by"], data["expect"]["by"])
    for name, values in data["expect"]["closed_by"].items():
        _all_known(f"expect.closed_by.{name}", values, known)
    _exactly("recur.days", data["recur"]["days"], _UNITS)
    pairs = []
    for entry in data["incompatible"]:
        _exactly("incompatible", entry, ("one", "with"))
        _all_known("incompatible", [entry["one"], *entry["with"]], known)
        pairs += [(entry["one"], other) for other in entry["with"]]
    _exactly("sources", data["sources"], ("named",))
    for table, keys in _NAMES.items():
        _exactly(table, data[table], keys)
        for key, fields in data[table].items():
            check_entry(FILE, f"{table}.{key}", fields, {"en": str, "ar": str, "means": str})
            _exactly(f"{table}.{key}", fields, ("en", "ar", "means"))
    return Rules(
        rank=MappingProxyType({name: n for n, name in enumerate(known)}),
        line=MappingProxyType({name: data["status"][name]["line"] for name in known}),
        undone_by=MappingProxyType({name: data["status"][name]["undone_by"] for name in known}),
        denies=MappingProxyType({name: frozenset(data["denies"][name]) for name in known}),
        limits=MappingProxyType({name: fields["value"] for name, fields in data["limits"].items()}),
        sets=MappingProxyType(sets),
        incompatible=tuple(pairs),
        closed_by=MappingProxyType({n: frozenset(v) for n, v in data["expect"]["closed_by"].items()}),
        days=MappingProxyType(data["recur"]["days"]),
        named=frozenset(data["sources"]["named"]),
        names=MappingProxyType({table: data[table] for table in _NAMES}),
    )


def _exactly(entry: str, table: dict[str, Any], keys: Iterable[str]) -> None:
    """All of the keys, and no other."""
    keys = list(keys)
    for name in table:
        check_value(FILE, entry, "a key", name, keys)
    for name in keys:
        if name not in table:
            raise DataError(f"{FILE}: entry {entry!r} has no {name!r}", f"it needs {', '.join(keys)}")


def _all_known(entry: str, values: Iterable[str], known: Iterable[str]) -> None:
    for value in values:
        check_value(FILE, entry, "a value", value, known)
