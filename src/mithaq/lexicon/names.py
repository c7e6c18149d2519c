"""Names and titles: states, organisations, groups, persons, outlets, roles, and the nouns that sources are made of.

One index holds them all. A *name* is found with the article it is listed with (السعودية); a *term* (a role, a noun)
is found with or without article, preposition and pronoun.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from mithaq.lexicon.keys import fold, fold_phrase
from mithaq.lexicon.tables import check_value, load_csv, load_toml_arrays
from mithaq.ontology import organisations

ROLE_KINDS = (
    "role", "rank", "honorific", "anonymous", "anonymous_modifier", "institution", "document", "media", "coref",
)  # fmt: skip
_NEEDS = "with:"  # a name that is meant only in reports with these words: «الدول الست»
_FORMS = ("m", "f", "dual", "dual_f", "plural", "plural_f", "forms")
_DECLINED = ("role", "anonymous", "institution", "document", "media")
_FLAGS = (
    "state_office",
    "body_of_state",
    "delegation",
    "trailing",
    "definite",
    "indefinite",
    "counts",
    "sides",
    "anyone",
)
_ROLE_SCHEMA: dict[str, type] = {
    "id": str,
    **dict.fromkeys(_FORMS, list),
    **dict.fromkeys(_FLAGS, bool),
    "refers": str,
    "number": str,
    "gender": str,
    "code": str,
    "state": str,
    "note": str,
    "part": str,
}


@dataclass(frozen=True, slots=True)
class Name:
    """One way to write one thing: *keys* are look-up keys; *code* is a state, organisation or group, "" if none.

    *how* says what kind of writing it is (name, capital, seat, title, city, demonym ...) or, for terms, its gender and
    number (``m``, ``f``, ``dual``, ``plural``); *term* whether articles and clitics are free.
    """

    keys: tuple[str, ...]
    kind: str
    id: str
    code: str
    how: str
    term: bool = False
    ambiguous: bool = False
    flags: frozenset[str] = frozenset()


_NISBA = tuple(fold(s) for s in ("", "ة", "ون", "ين", "ان", "تان", "تين", "ات", "ا", "و"))


def _demonyms(code: str, kind: str, value: str, ambiguous: bool) -> Iterator[Name]:
    """The inflections of a nisba; of several words (كوري جنوبي) all inflect, or the last alone (جنوب أفريقي)."""
    keys = fold_phrase(value)
    for ending in _NISBA:
        last = (*keys[:-1], keys[-1] + ending)
        yield Name(last, kind, value, code, "demonym", True, ambiguous)
        if len(keys) > 1 and ending:
            yield Name(tuple(k + ending for k in keys), kind, value, code, "demonym", True, ambiguous)


def _places() -> Iterator[Name]:
    columns = ("code", "kind", "value", "note")
    known = {row["code"] for row in load_csv("export/names.csv", ("code", "name"))}
    for file, kind in (("states.csv", "state"), ("organisations.csv", "organisation")):
        for row in load_csv(file, columns):
            if kind == "organisation":
                check_value(file, row["value"], "code", row["code"], organisations())
            elif row["code"] not in known:
                check_value(file, row["value"], "code", row["code"], known)
            ambiguous = row["note"] == "ambiguous"
            if row["kind"] == "demonym":
                yield from _demonyms(row["code"], kind, row["value"], ambiguous)
            elif row["kind"] == "demonym_plural":
                yield Name(fold_phrase(row["value"]), kind, row["value"], row["code"], "demonym", True, ambiguous)
            elif row["kind"] != "member":
                yield Name(fold_phrase(row["value"]), kind, row["value"], row["code"], row["kind"], False, ambiguous)
    for row in load_csv("groups.csv", ("key", "kind", "value", "note")):
        if row["kind"] == "name":
            needs = row["note"].removeprefix(_NEEDS) if row["note"].startswith(_NEEDS) else ""
            flags = frozenset(f"{_NEEDS}{fold(word)}" for word in needs.split("|") if word)
            keys = fold_phrase(row["value"])
            yield Name(keys, "group", row["key"], row["key"], "name", False, bool(row["note"]), flags)


def _persons() -> Iterator[Name]:
    for row in load_csv("persons.csv", ("state", "from", "to", "name", "variants")):
        for value in (row["name"], *filter(None, row["variants"].split("|"))):
            keys = fold_phrase(value)
            yield Name(keys, "person", row["name"], row["state"], f"{row['from']}-{row['to']}", False, len(keys) == 1)


def _bodies() -> Iterator[Name]:
    for row in load_csv("bodies.csv", ("state", "value", "note")):
        keys = fold_phrase(row["value"])
        yield Name(keys, "institution", row["value"], row["state"], "name", False, row["note"] == "ambiguous")


def _outlets() -> Iterator[Name]:
    for row in load_csv("outlets.csv", ("id", "country", "type", "kind", "value", "note")):
        if row["kind"] == "name":
            yield Name(
                fold_phrase(row["value"]),
                "outlet",
                row["id"],
                row["country"],
                row["type"],
                False,
                row["note"] == "ambiguous",
            )


def _roles() -> Iterator[Name]:
    for kind, entries in load_toml_arrays("roles.toml", _ROLE_SCHEMA).items():
        check_value("roles.toml", kind, "kind", kind, ROLE_KINDS)
        for fields in entries:
            yield from _role_forms(kind, fields)


def _role_forms(kind: str, fields: dict[str, Any]) -> Iterator[Name]:
    flags = frozenset(f for f in _FLAGS if fields.get(f))
    if "refers" in fields:
        flags |= {f"refers_{fields['refers']}"}
    code = fields.get("code") or fields.get("state") or ""
    for how in _FORMS:
        for value in fields.get(how, []):
            gender_number = f"{fields['gender']}_{fields['number']}" if how == "forms" else how
            ambiguous = fields.get("note") == "ambiguous"
            keys = fold_phrase(value)
            if (
                how == "m" and kind in _DECLINED and len(keys) == 1 and len(keys[0]) > 2 and keys[0][-1] not in "اهي"
            ):  # the indefinite accusative: مصدرا
                yield Name((keys[0] + "ا",), kind, fields["id"], code, how, True, ambiguous, flags)
            yield Name(keys, kind, fields["id"], code, gender_number, True, ambiguous, flags)


def needed_words(name: Name) -> frozenset[str]:
    """The keys of the words that a report must hold for an ambiguous name to be meant, none for most."""
    return frozenset(f.removeprefix(_NEEDS) for f in name.flags if f.startswith(_NEEDS))


@cache
def names() -> tuple[Name, ...]:
    """Every name and term of the lexicon."""
    return (*_places(), *_persons(), *_bodies(), *_outlets(), *_roles())


@cache
def _index() -> tuple[dict[str, tuple[Name, ...]], dict[str, tuple[Name, ...]]]:
    listed: dict[str, list[Name]] = defaultdict(list)
    terms: dict[str, list[Name]] = defaultdict(list)
    for name in names():
        if name.keys:
            (terms if name.term else listed)[name.keys[0]].append(name)
    return ({k: tuple(v) for k, v in listed.items()}, {k: tuple(v) for k, v in terms.items()})


def name_starts(name: str, stem: str) -> tuple[Name, ...]:
    """The names that begin with the key *name* (article included) and the terms that begin with the key *stem*."""
    listed, terms = _index()
    return listed.get(name, ()) + terms.get(stem, ())


@cache
def name_stems() -> frozenset[str]:
    """The stems, articles off, with which names and terms begin: where none is met, name_starts need not be asked."""
    listed, terms = _index()
    return frozenset((*listed, *(key.removeprefix("ال") for key in listed), *terms))


@cache
def given_names() -> frozenset[str]:
    """The keys of first names: where one stands after a title, a person's name begins."""
    return frozenset(fold(row["name"]) for row in load_csv("given_names.csv", ("name",)))


@cache
def courtesy_keys() -> frozenset[tuple[str, ...]]:
    """The keys of ranks and courtesies, some of which are offices too (الأمير، الشيخ، المستشار)."""
    return frozenset(n.keys for n in names() if n.kind in ("rank", "honorific"))


@cache
def group_members() -> dict[str, frozenset[str]]:
    """Group → the ISO codes of its members."""
    members: dict[str, set[str]] = defaultdict(set)
    for row in load_csv("groups.csv", ("key", "kind", "value", "note")):
        if row["kind"] == "member":
            members[row["key"]].add(row["value"])
    return {k: frozenset(v) for k, v in members.items()}


@cache
def home_states() -> dict[str, str]:
    """Outlet, by its Latin id or the key of its name → its home state."""
    found: dict[str, str] = {}
    for row in load_csv("outlets.csv", ("id", "country", "type", "kind", "value", "note")):
        found.setdefault(fold(row["value"]), row["country"])
        found.setdefault(row["id"].lower(), row["country"])
    return found
