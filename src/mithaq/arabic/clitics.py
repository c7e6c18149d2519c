"""Clitics: the readings of one written word as conjunction + preposition + article + stem + pronoun."""

from __future__ import annotations

from typing import NamedTuple

from mithaq.lexicon.keys import fold

PRONOUNS = tuple(fold(p) for p in ("هما", "كما", "هم", "هن", "ها", "كم", "نا", "ه", "ك"))
"""The keys of the pronouns that a word may end in, the longest first."""
_SHORTEST = 2  # letters that must be left as a stem


class Reading(NamedTuple):
    """One way to take a written word apart; *stem* is a look-up key (see :func:`mithaq.lexicon.keys.fold`)."""

    stem: str
    conjunction: str = ""
    preposition: str = ""
    article: bool = False
    pronoun: str = ""

    @property
    def name(self) -> str:
        """The stem with its article, as names are listed (السعودية), or "" where a pronoun rules a name out."""
        return "" if self.pronoun else ("ال" if self.article else "") + self.stem

    @property
    def prefix(self) -> int:
        """How many letters of the key stand before the stem's article: the conjunction and the preposition."""
        return len(self.conjunction) + len(self.preposition)


def _proclitics(key: str) -> list[tuple[str, str, str, bool]]:
    """(rest, conjunction, preposition, article) for every split of the front, least stripped first."""
    fronts = [(key, "")]
    if key[:1] in ("و", "ف") and len(key) > _SHORTEST:
        fronts.append((key[1:], key[0]))
    found: list[tuple[str, str, str, bool]] = []
    for rest, conjunction in fronts:
        found.append((rest, conjunction, "", False))
        if rest.startswith("ال") and len(rest) > _SHORTEST + 1:
            found.append((rest[2:], conjunction, "", True))
        if rest[:1] in ("ب", "ل", "ك") and len(rest) > _SHORTEST:
            found.append((rest[1:], conjunction, rest[0], False))
            if rest[1:3] == "ال" and len(rest) > _SHORTEST + 2:
                found.append((rest[3:], conjunction, rest[0], True))
            if rest.startswith("لل") and len(rest) > _SHORTEST + 1:
                found.append((rest[2:], conjunction, "ل", True))
                found.append(("ل" + rest[2:], conjunction, "ل", True))
    return found


def readings(key: str) -> tuple[Reading, ...]:
    """Every reading of *key*, least stripped first; the lexicon decides which of them are words.

    A stem before a pronoun is given both as written (كتاب+ه) and with its ة restored (زيارت+ه → زياره).
    """
    fronts = _proclitics(key)
    found = [Reading(*front) for front in fronts]
    for rest, conjunction, preposition, article in fronts if key.endswith(PRONOUNS) else ():
        if article:
            continue
        for pronoun in PRONOUNS:
            if rest.endswith(pronoun) and len(rest) - len(pronoun) >= _SHORTEST:
                stem = rest[: -len(pronoun)]
                if stem.endswith("ت") and len(stem) > _SHORTEST:
                    found.append(Reading(stem[:-1] + "ه", conjunction, preposition, False, pronoun))
                found.append(Reading(stem, conjunction, preposition, False, pronoun))
    return tuple(found)
