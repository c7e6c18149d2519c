"""Words that a person types to narrow a list: names of parties, areas and statuses, ids, and words of the evidence."""

from __future__ import annotations

from functools import cache

from sqlalchemy import ColumnElement, Connection, Select, and_, or_, select

from mithaq.errors import QueryError
from mithaq.lexicon.keys import SHARED, fold
from mithaq.lexicon.tables import load_csv
from mithaq.ontology import areas, statuses
from mithaq.store import schema

_C, _A, _S, _P = schema.commitments.c, schema.agreements.c, schema.stages.c, schema.provisions.c
_PARTY = schema.commitment_parties.c
_WITHIN = 3
"""Words from this length on are looked for within names, shorter ones at the beginning of a word."""
_WORDS = 8
_LONGEST = 100


def party_code(given: str) -> str:
    """The code of a party given by its code or by a name in English or Arabic.

    Raises :class:`~mithaq.errors.QueryError` for a name that no list has.
    """
    code = given.strip().upper()
    names = _names()
    if code in names or (len(code) == 3 and code.isascii() and code.isalpha()):
        return code
    wanted = _key(given)
    found = [c for c, keys in names.items() if wanted in keys]
    found = found or [c for c, keys in names.items() if any(wanted in key.split() for key in keys)]
    if len(found) == 1:
        return found[0]
    hint = f"write the code: {', '.join(found[:6])}" if found else "write its code (EGY) or its whole name"
    raise QueryError(f"{given[:_LONGEST]!r} is {'several parties' if found else 'no state or organisation'}", hint)


def commitment_words(connection: Connection, words: str) -> ColumnElement[bool]:
    """The condition on a row of ``commitments`` that each of *words* fits it."""
    return and_(True, *(_fits(connection, word) for word in _split(words)))


def agreement_words(connection: Connection, words: str) -> ColumnElement[bool]:
    """The condition on a row of ``agreements`` that each of *words* fits its name or one of its commitments."""
    named = connection.execute(select(_A.id, _A.name).where(_A.name.is_not(None))).all() if words.strip() else []
    conditions: list[ColumnElement[bool]] = []
    for word in _split(words):
        by_name = [id for id, name in named if word in _key(name)]
        part: Select[tuple[str]] = select(_C.agreement).where(_fits(connection, word))
        conditions.append(or_(_A.id.in_(part), _A.id.in_(by_name), _A.id == word))
    return and_(True, *conditions)


def _fits(connection: Connection, word: str) -> ColumnElement[bool]:
    """The condition that one folded word is in a name of a party, area or status, begins the id, or is in the evidence.

    The evidence is compared as :func:`~mithaq.lexicon.keys.fold` writes it: the database gives candidates, letters
    that have several forms being left open, and the folded text decides.
    """
    parties = [code for code, keys in _names().items() if _in_any(word, keys)]
    conditions: list[ColumnElement[bool]] = [
        _C.id.in_(select(_PARTY.commitment).where(_PARTY.party.in_(parties))),
        _C.area.in_([key for key, labels in areas().items() if _in_any(word, _keys_of(key, labels))]),
        _C.status.in_([key for key, labels in statuses().items() if _in_any(word, _keys_of(key, labels))]),
        _C.id == word,
        _C.agreement == word,
    ]
    if len(word) >= _WITHIN:
        pattern = "".join("_" if c in SHARED or c in "%_\\" else c for c in word)
        candidates = (
            select(_S.commitment, _P.evidence)
            .join_from(schema.stages, schema.provisions, (_P.report == _S.report) & (_P.id == _S.provision))
            .where(_P.evidence.ilike(f"%{pattern}%"))
        )
        found = {id for id, evidence in connection.execute(candidates) if word in _key(evidence)}
        conditions.append(_C.id.in_(sorted(found)))
    return or_(*conditions)


def _split(words: str) -> list[str]:
    return [_key(word) for word in words.replace("\0", " ")[:_LONGEST].split()[:_WORDS] if _key(word)]


def _in_any(word: str, keys: frozenset[str]) -> bool:
    if len(word) >= _WITHIN:
        return any(word in key for key in keys)
    return any(part.startswith(word) for key in keys for part in key.split())


def _keys_of(key: str, labels: dict[str, str]) -> frozenset[str]:
    return frozenset({key, _key(labels["en"]), _key(labels["ar"])})


def _key(text: str) -> str:
    return " ".join(fold(word) for word in text.split())


@cache
def _names() -> dict[str, frozenset[str]]:
    """Code → the keys of its names in both languages, and of the code."""
    found: dict[str, set[str]] = {}
    for row in load_csv("export/names.csv", ("code", "name")):
        found.setdefault(row["code"], {row["code"].lower()}).add(_key(row["name"]))
    for file in ("states.csv", "organisations.csv"):
        for row in load_csv(file, ("code", "kind", "value", "note")):
            if row["kind"] == "name":
                found.setdefault(row["code"], {row["code"].lower()}).add(_key(row["value"]))
    return {code: frozenset(keys) for code, keys in found.items()}
