"""The cues: verbs, phrases and prepositions that say that someone communicates something."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from typing import Any, get_args

from mithaq.errors import DataError
from mithaq.lexicon.function_words import particles
from mithaq.lexicon.keys import fold, fold_phrase
from mithaq.lexicon.tables import check_value, load_toml
from mithaq.model import Certainty, EntityKind, Polarity

FILES = ("cues/saying.toml", "cues/claims.toml", "cues/stance.toml", "cues/requests.toml", "cues/phrases.toml")

# How a cue takes its content:
#   that       a clause after أن / إن            quote      quotation marks or a colon
#   bare       a clause with nothing before it    object     a noun phrase that names what is said
#   addressee  someone told may stand before the content
#   from       «من ...» names whom something is asked of; the content follows
FRAMES = ("that", "quote", "bare", "object", "addressee", "from")
# Where a phrase has its content: after it, around it (the rest of the sentence), or after it with the source before it.
PLACES = ("after", "around", "before")
_PRONOUNS = tuple(sorted(particles("pronouns")))
_SCHEMA: dict[str, type] = {
    "verb": str,
    "words": list,
    "frames": list,
    "prepositions": list,
    "objects": list,
    "except": list,
    "place": str,
    "verb_follows": bool,
    "certainty": str,
    "polarity": str,
    "sources": list,
    "nouns": list,
    "first_person": bool,
    "examples": list,
    "counters": list,
}


@dataclass(frozen=True, slots=True)
class Cue:
    """One entry: a verb's lemma or fixed phrases, the frames it takes, and what it says about certainty.

    *prepositions*, *objects* (one must be there) and *exceptions* (none may) are look-up keys. *examples* carry their
    spans as ``[cue]``, ``{source}`` and ``<content>``; *counters* are texts in which this entry must give nothing.
    *sources*, if any, are the kinds of entity that alone may be its source; *first_person* is false where «نتحدث عن»
    or «أرى أن» performs nothing. *nouns* are look-up keys of nouns of the verb besides its masdar: تصريحات، دعوات.
    """

    id: str
    file: str
    verb: str
    phrases: tuple[tuple[str, ...], ...]
    frames: frozenset[str]
    prepositions: frozenset[str]
    objects: frozenset[str]
    exceptions: frozenset[str]
    place: str
    verb_follows: bool
    certainty: Certainty
    polarity: Polarity
    sources: frozenset[str]
    nouns: frozenset[str]
    first_person: bool
    examples: tuple[str, ...]
    counters: tuple[str, ...]


def _cue(file: str, name: str, fields: dict[str, Any]) -> Cue:
    if ("verb" in fields) == ("words" in fields):
        raise DataError(f"{file}: entry {name!r} needs either 'verb' or 'words'")
    for frame in fields.get("frames", []):
        check_value(file, name, "frames", frame, FRAMES)
    for kind in fields.get("sources", []):
        check_value(file, name, "sources", kind, get_args(EntityKind))
    check_value(file, name, "place", fields.get("place", "after"), PLACES)
    check_value(file, name, "polarity", fields.get("polarity", "+"), "+-")
    check_value(
        file,
        name,
        "certainty",
        fields.get("certainty", "certain"),
        ("certain", "probable", "possible", "underspecified"),
    )
    return Cue(
        id=name,
        file=file,
        verb=fields.get("verb", ""),
        phrases=tuple(fold_phrase(w) for w in fields.get("words", [])),
        frames=frozenset(fields.get("frames", [])),
        prepositions=frozenset(fold(p) for p in fields.get("prepositions", [])),
        objects=frozenset(fold(o) for o in fields.get("objects", [])),
        exceptions=frozenset(fold(o) for o in fields.get("except", [])),
        place=fields.get("place", "after"),
        verb_follows=fields.get("verb_follows", False),
        certainty=fields.get("certainty", "certain"),
        polarity=fields.get("polarity", "+"),
        sources=frozenset(fields.get("sources", [])),
        nouns=frozenset(fold(n) for n in fields.get("nouns", [])),
        first_person=fields.get("first_person", True),
        examples=tuple(fields.get("examples", [])),
        counters=tuple(fields.get("counters", [])),
    )


@cache
def cues() -> tuple[Cue, ...]:
    """Every cue, in the order of the files; raises :class:`~mithaq.errors.DataError` for a wrong or doubled entry."""
    found: dict[str, Cue] = {}
    verbs: dict[str, str] = {}
    for file in FILES:
        for name, fields in load_toml(file, _SCHEMA).items():
            cue = _cue(file, name, fields)
            if name in found:
                raise DataError(f"{file}: entry {name!r} is already in {found[name].file}", "rename or merge it")
            if cue.verb and cue.verb in verbs:
                raise DataError(
                    f"{file}: entry {name!r}: {cue.verb!r} is already entry {verbs[cue.verb]!r}", "merge them"
                )
            found[name] = cue
            verbs[cue.verb] = name
    return tuple(found.values())


@cache
def _phrases() -> dict[str, tuple[tuple[Cue, tuple[str, ...]], ...]]:
    """First word, perhaps with a pronoun attached (حسبه) → the phrases that it begins and their cues, longest first."""
    index: dict[str, list[tuple[Cue, tuple[str, ...]]]] = defaultdict(list)
    for cue in cues():
        for phrase in cue.phrases:
            index[phrase[0]].append((cue, phrase))
    listed = {k: sorted(v, key=lambda e: -len(e[1])) for k, v in index.items()}
    found = {k: list(v) for k, v in listed.items()}
    for p in _PRONOUNS:
        for first, begun in listed.items():
            found.setdefault(first + p, []).extend(e for e in begun if e[0].place == "after")
    return {k: tuple(v) for k, v in found.items() if v}


def cue_phrases(key: str) -> tuple[tuple[Cue, tuple[str, ...]], ...]:
    """The phrases that the word with this key may begin, perhaps with a conjunction and a pronoun, and their cues."""
    listed = _phrases()
    found = listed.get(key, ())
    return found + listed.get(key[1:], ()) if key[:1] in ("و", "ف") else found


@cache
def cue_of_noun() -> dict[str, Cue]:
    """Noun (a look-up key) → its cue."""
    return {n: c for c in cues() for n in c.nouns}


@cache
def cue_of_verb() -> dict[str, Cue]:
    """Lemma (as in ``verbs.csv``) → its cue."""
    return {c.verb: c for c in cues() if c.verb}
