"""Clitics: the readings of one written word as conjunction + preposition + article + stem + pronoun."""

from __future__ import annotations

from typing import NamedTuple

from mithaq.lexicon.keys import fold

PRONOUNS = tuple(fold(p) for p in ("هما", "كما", "هم", "هن", "ها", "كم", "نا", "ه", "ك"))
"""The keys of the pronouns that a word may end in, the longest first."""
_SHORTEST = 2  # letters that must be left as a stem
_MAY_STRIP = frozenset("ابلك")  # the first letters of the article and of attached prepositions
Split = tuple[str, str, str, bool, str]
"""The fields of a :class:`Reading`."""


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


def splits(key: str) -> list[Split]:
    """The fields of :func:`readings`: plain tuples, which cost half as much, since most of them are no words."""
    found: list[Split] = [(key, "", "", False, "")]
    if key[:1] in _MAY_STRIP:
        _strip(key, "", found)
    elif key[:1] in ("و", "ف") and len(key) > _SHORTEST:
        rest, conjunction = key[1:], key[0]
        found.append((rest, conjunction, "", False, ""))
        if rest[0] in _MAY_STRIP:
            _strip(rest, conjunction, found)
    if key.endswith(PRONOUNS):
        _cut_pronouns(key, found)
    return found


def _strip(rest: str, conjunction: str, found: list[Split]) -> None:
    """Add to *found* the ways to take an article or a preposition off what stands behind a conjunction."""
    if rest.startswith("ال"):
        if len(rest) > _SHORTEST + 1:
            found.append((rest[2:], conjunction, "", True, ""))
    elif rest[0] != "ا" and len(rest) > _SHORTEST:
        found.append((rest[1:], conjunction, rest[0], False, ""))
        if rest[1:3] == "ال" and len(rest) > _SHORTEST + 2:
            found.append((rest[3:], conjunction, rest[0], True, ""))
        if rest.startswith("لل") and len(rest) > _SHORTEST + 1:
            found.append((rest[2:], conjunction, "ل", True, ""))
            found.append(("ل" + rest[2:], conjunction, "ل", True, ""))


def _cut_pronouns(key: str, found: list[Split]) -> None:
    """Add to *found* the ways to take a pronoun off the stems in it that have no article."""
    pronouns = [p for p in PRONOUNS if key.endswith(p)]
    for rest, conjunction, preposition, article, _ in found[:]:
        if article:
            continue
        for pronoun in pronouns:
            if len(rest) - len(pronoun) >= _SHORTEST:
                stem = rest[: -len(pronoun)]
                if stem.endswith("ت") and len(stem) > _SHORTEST:
                    found.append((stem[:-1] + "ه", conjunction, preposition, False, pronoun))
                found.append((stem, conjunction, preposition, False, pronoun))


def readings(key: str) -> tuple[Reading, ...]:
    """Every reading of *key*, least stripped first; the lexicon decides which of them are words.

    A stem before a pronoun is given both as written (كتاب+ه) and with its ة restored (زيارت+ه → زياره).
    """
    return tuple(map(Reading._make, splits(key)))
