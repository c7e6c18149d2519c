"""Light keys of words, and how much it says when two reports share one."""

from __future__ import annotations

from functools import cache
from sys import intern
from typing import NamedTuple

from mithaq.arabic.recent import recent
from mithaq.arabic.words import word
from mithaq.errors import DataError
from mithaq.lexicon.keys import fold
from mithaq.lexicon.tables import data_file, load_toml

_TYPES = 1 << 16  # word types kept
_UNIT = 1000  # weights are kept in thousandths
_SHORTEST = 2  # letters of a word that is compared
_NUMBER = 0.3
_VERB = 0.3  # of a verb that the lexicon knows, which says little of what a report is about


class _Affixes(NamedTuple):
    affixes: tuple[str, ...]
    least: int


@cache
def _affixes() -> dict[str, _Affixes]:
    data = load_toml("merge/affixes.toml", {"affixes": list, "least": int})
    return {
        name: _Affixes(tuple(sorted(map(fold, fields["affixes"]), key=len, reverse=True)), fields["least"])
        for name, fields in data.items()
    }


def light_key(key: str) -> str:
    """The look-up key of a word without its clitics and endings, as far as they can be seen without a lexicon."""
    affixes = _affixes()
    for name in ("conjunction", "proclitic", "preposition"):
        cut, least = affixes[name]
        if not key.startswith(cut):  # of most words, asked of all at once
            continue
        if name == "conjunction" and key.startswith(affixes["own"].affixes):
            continue  # وزير begins with a letter of its own; والوزير does not.
        for affix in cut:
            if key.startswith(affix) and len(key) - len(affix) >= least:
                key = key[len(affix) :]
                break
        else:
            continue
        if name == "proclitic":  # what follows an article is no preposition
            break
    for name in ("pronoun", "ending"):
        cut, least = affixes[name]
        if not key.endswith(cut):
            continue
        for affix in cut:
            if key.endswith(affix) and len(key) - len(affix) >= least:
                key = key[: -len(affix)]
                break
    return key


@cache
def _weights() -> dict[str, float]:
    shared = [n / _UNIT for n in range(_UNIT + 1)]  # few numbers for many words: they stay at hand
    found: dict[str, float] = {}
    for number, line in enumerate(data_file("merge/words.tsv").read_text("utf-8").splitlines(), 1):
        if line.startswith("#"):
            continue
        key, _, weight = line.partition("\t")
        if not weight.isdecimal() or int(weight) > _UNIT:
            raise DataError(
                f"merge/words.tsv:{number}: {line!r} is no row", "make it anew: scripts/build_merge_words.py"
            )
        found[key] = shared[int(weight)]
    return found


class Weighed(NamedTuple):
    """How much a word says of what a report is about, 0 (nothing) to 1 (a rare word), and its light key."""

    salience: float
    key: str


@recent
def weighed(key: str) -> Weighed:
    """What the word with this look-up key is worth."""
    light = light_key(key)
    return Weighed(_salience(key, light), intern(light))


def _salience(key: str, light: str) -> float:
    if len(key) < _SHORTEST:
        return 0.0
    if key.isdecimal():
        return _NUMBER
    found = word(key)
    if found.classes:
        return 0.0
    weight = _weights().get(light, 1.0)
    return min(weight, _VERB) if found.verbs else weight


@cache
def instrument_heads() -> dict[str, str]:
    """Light key of a word that names an instrument → the entry it belongs to (``data/merge/instruments.toml``)."""
    data = load_toml("merge/instruments.toml", {"words": list})
    return {light_key(fold(w)): name for name, fields in data.items() for w in fields["words"]}
