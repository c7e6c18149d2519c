"""When two names, or two titles, can be those of one and the same."""

from __future__ import annotations

from functools import lru_cache

from mithaq.lexicon.function_words import name_words
from mithaq.lexicon.keys import fold
from mithaq.lexicon.names import given_names
from mithaq.stages.document import Actor, Document

_AL = fold("ال")
_FOREIGN_MINISTER = frozenset(fold(w) for w in ("رئيس", "دبلوماسية"))
_MINISTER_OF = frozenset(fold(w) for w in ("وزير", "خارجية"))
_FILLERS = name_words()["filler"]
_ATTACHED = tuple(fold(p) for p in "وفبل")
_VOWELS = dict.fromkeys(map(ord, fold("اوي")))
_SOFT = str.maketrans({fold("غ"): fold("ج"), fold("ق"): fold("ك"), fold("ط"): fold("ت"), fold("ث"): fold("ت")})
_LINEAGE = 3  # parts of a name that says whose son and grandson someone is
_SHORTEST_VARIANT = 5  # letters; shorter names differ by a vowel alone
_SHORTEST_FRAME = 3  # consonants
FULL, SURNAME, FIRST_NAME, NO_NAME = 3, 2, 1, 0


def name_keys(doc: Document, actor: Actor) -> tuple[str, ...]:
    """The keys of an actor's proper name, without articles and بن, and without a conjunction before it."""
    if actor.name_first < 0:
        return ()
    keys = [doc.words[k].key for k in range(actor.name_first, actor.name_last + 1) if doc.tokens[k].is_word]
    first = keys[0] if keys else ""
    if first[:1] in _ATTACHED and (
        first[1:3] == _AL or (first not in doc.known_names and first[1:] in doc.known_names)
    ):
        keys[0] = first[1:]
    return tuple(k.removeprefix(_AL) for k in keys if k not in _FILLERS)


@lru_cache(maxsize=1 << 12)
def titles_of(titles: frozenset[str]) -> frozenset[str]:
    """Title words as they are compared: without articles, and with paraphrases of an office replaced by its name."""
    bare = frozenset(t.removeprefix("وال").removeprefix("لل").removeprefix(_AL) for t in titles)
    return _MINISTER_OF if bare >= _FOREIGN_MINISTER else bare


def compatible(state: str, other: str) -> bool:
    """Whether two states do not contradict: one of them is unknown, or they are the same."""
    return not state or not other or state == other


def likeness(a: tuple[str, ...], b: tuple[str, ...]) -> int:
    """How far two names are one: in full, by the surname, by the first name, not at all."""
    short, long = (a, b) if len(a) <= len(b) else (b, a)
    if len(short) == len(long) and all(map(_same_word, short, long)):
        return FULL
    if len(short) == 1:
        if _same_word(short[0], long[-1]):
            return SURNAME
        return FIRST_NAME if short[0] == long[0] and len(short[0]) > 2 else NO_NAME
    ends = _same_word(short[-1], long[-1]) and short[0] in long
    if set(short) <= set(long) or (ends and len(short) < _LINEAGE):
        return FULL  # of two lineages («محمد بن علي بن خالد», «محمد بن سعد بن خالد») all of the shorter must be there
    return NO_NAME


def _same_word(a: str, b: str) -> bool:
    """Whether two words are one, or two ways to write one foreign name (جابرييل، غابريل)."""
    if a == b:
        return True
    if min(len(a), len(b)) < _SHORTEST_VARIANT or a in given_names() or b in given_names():
        return False
    frame, other = (w.translate(_SOFT).translate(_VOWELS) for w in (a, b))
    return frame == other and len(frame) >= _SHORTEST_FRAME and a[0] == b[0]
