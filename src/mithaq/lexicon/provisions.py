"""Acts, topics, stages and known agreements: the vocabulary of provisions (``data/provisions``)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from mithaq.lexicon.keys import fold_phrase
from mithaq.lexicon.tables import check_value, load_toml
from mithaq.ontology import areas, statuses

_AL = "ال"
_ACT_SCHEMA: dict[str, type] = {
    "area": str,
    "status": str,
    "heads": list,
    "verbs": list,
    "with": list,
    "topical": bool,
    "needs_topic": bool,
    "without": list,
    "only": str,
    "named": bool,
    "bare": bool,
    "yields": bool,
    "once": bool,
    "about": bool,
    "possible": bool,
    "examples": list,
    "counters": list,
}
_STATUS_SCHEMA: dict[str, type] = {
    "status": str,
    "coming": str,
    "verbs": list,
    "words": list,
    "after": list,
    "condition": bool,
    "examples": list,
    "counters": list,
}
_INSTRUMENT_SCHEMA: dict[str, type] = {"area": str, "names": list, "parties": list, "implied_by": str}

Phrase = tuple[str, ...]


def _phrases(values: Iterable[str]) -> tuple[Phrase, ...]:
    """Phrases as stems are compared: each word without its article."""
    return tuple(tuple(_bare(k) for k in fold_phrase(v)) for v in values)


def _bare(key: str) -> str:
    return key[2:] if key.startswith(_AL) and len(key) > 4 else key


@dataclass(frozen=True, slots=True)
class Act:
    """One entry of ``acts.toml``; *heads* and *needs* are phrases of stems, *verbs* are lemmas."""

    id: str
    area: str
    status: str
    heads: tuple[Phrase, ...]
    verbs: frozenset[str]
    needs: tuple[Phrase, ...]
    topical: bool
    needs_topic: bool
    once: bool
    without: frozenset[str]
    only: str
    named: bool
    bare: bool
    yields: bool
    about: bool
    possible: bool

    @property
    def need_starts(self) -> frozenset[str]:
        """The first stems of *needs*."""
        return _first_of(self.needs)


@cache
def _first_of(phrases: tuple[Phrase, ...]) -> frozenset[str]:
    return frozenset(p[0] for p in phrases)


@dataclass(frozen=True, slots=True)
class Marker:
    """One entry of ``status.toml``: what gives a status; *coming* is the status that its verbs give in the future."""

    id: str
    status: str
    coming: str
    verbs: frozenset[str]
    words: tuple[Phrase, ...]
    after: tuple[Phrase, ...]
    condition: bool


@dataclass(frozen=True, slots=True)
class Instrument:
    """An agreement known by name, with its area and its parties (states, organisations or groups)."""

    id: str
    area: str
    names: tuple[Phrase, ...]
    parties: tuple[str, ...]
    implied_by: str


@cache
def acts() -> tuple[Act, ...]:
    """Every act, in the order of the file."""
    found = []
    for name, fields in load_toml("provisions/acts.toml", _ACT_SCHEMA).items():
        check_value("provisions/acts.toml", name, "area", fields.get("area", ""), areas())
        check_value("provisions/acts.toml", name, "status", fields.get("status", ""), statuses())
        found.append(
            Act(
                name,
                fields["area"],
                fields["status"],
                _phrases(fields.get("heads", ())),
                frozenset(fields.get("verbs", ())),
                _phrases(fields.get("with", ())),
                fields.get("topical", False),
                fields.get("needs_topic", False),
                fields.get("once", False),
                frozenset(p[0] for p in _phrases(fields.get("without", ()))),
                fields.get("only", ""),
                fields.get("named", False),
                fields.get("bare", False),
                fields.get("yields", False),
                fields.get("about", False),
                fields.get("possible", False),
            )
        )
    return tuple(found)


@cache
def markers() -> tuple[Marker, ...]:
    """Every marker of a stage."""
    found = []
    for name, fields in load_toml("provisions/status.toml", _STATUS_SCHEMA).items():
        for key in ("status", "coming"):
            if key in fields:
                check_value("provisions/status.toml", name, key, fields[key], statuses())
        found.append(
            Marker(
                name,
                fields["status"],
                fields.get("coming", fields["status"]),
                frozenset(fields.get("verbs", ())),
                _phrases(fields.get("words", ())),
                _phrases(fields.get("after", ())),
                fields.get("condition", False),
            )
        )
    return tuple(found)


@cache
def instruments() -> tuple[Instrument, ...]:
    """Every agreement known by name."""
    found = []
    for name, fields in load_toml("provisions/instruments.toml", _INSTRUMENT_SCHEMA).items():
        check_value("provisions/instruments.toml", name, "area", fields.get("area", ""), areas())
        found.append(
            Instrument(
                name,
                fields["area"],
                _phrases(fields["names"]),
                tuple(fields["parties"]),
                fields.get("implied_by", ""),
            )
        )
    return tuple(found)


@cache
def topics() -> Mapping[str, tuple[tuple[Phrase, str], ...]]:
    """First stem → the topic phrases that begin with it and their areas, longest first."""
    return _by_area("provisions/topics.toml")


@cache
def hints() -> Mapping[str, tuple[tuple[Phrase, str], ...]]:
    """First stem → the hint phrases that begin with it and their areas, longest first."""
    return _by_area("provisions/hints.toml")


def _by_area(file: str) -> Mapping[str, tuple[tuple[Phrase, str], ...]]:
    data: dict[str, dict[str, Any]] = load_toml(file, {"words": list})
    found: dict[str, list[tuple[Phrase, str]]] = defaultdict(list)
    for area, fields in data.items():
        check_value(file, area, "entry", area, areas())
        for phrase in _phrases(fields["words"]):
            found[phrase[0]].append((phrase, area))
    return _longest_first(found)


@cache
def act_heads() -> Mapping[str, tuple[tuple[Phrase, Act], ...]]:
    """First stem → the heads that begin with it and their acts, longest first."""
    found: dict[str, list[tuple[Phrase, Act]]] = defaultdict(list)
    for act in acts():
        for head in act.heads:
            found[head[0]].append((head, act))
    return _longest_first(found)


@cache
def act_verbs() -> Mapping[str, tuple[Act, ...]]:
    """Lemma → the acts that it is."""
    found: dict[str, list[Act]] = defaultdict(list)
    for act in acts():
        for verb in act.verbs:
            found[verb].append(act)
    return {k: tuple(v) for k, v in found.items()}


@cache
def instrument_names() -> Mapping[str, tuple[tuple[Phrase, Instrument], ...]]:
    """First stem → the names of instruments that begin with it, longest first."""
    found: dict[str, list[tuple[Phrase, Instrument]]] = defaultdict(list)
    for instrument in instruments():
        for name in instrument.names:
            found[name[0]].append((name, instrument))
    return _longest_first(found)


@cache
def marker_words(*, after: bool) -> Mapping[str, tuple[tuple[Phrase, Marker], ...]]:
    """First stem → the marker phrases that begin with it (those behind the act where *after*), longest first."""
    found: dict[str, list[tuple[Phrase, Marker]]] = defaultdict(list)
    for marker in markers():
        for phrase in marker.after if after else marker.words:
            found[phrase[0]].append((phrase, marker))
    return _longest_first(found)


@cache
def marker_verbs() -> Mapping[str, Marker]:
    """Lemma → the marker that it is."""
    return {verb: marker for marker in markers() for verb in marker.verbs}


@cache
def marker_status() -> Mapping[str, tuple[str, str]]:
    """Marker → the status that it gives in the past, and in the present or future."""
    return {m.id: (m.status, m.coming) for m in markers()}


def _longest_first(found: Mapping[str, list[tuple[Phrase, Any]]]) -> dict[str, tuple[tuple[Phrase, Any], ...]]:
    return {k: tuple(sorted(v, key=lambda e: -len(e[0]))) for k, v in found.items()}
