"""Stage: names and terms of the lexicon, the longest at each place."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import NamedTuple

from mithaq.arabic.clitics import Reading
from mithaq.arabic.recent import recent
from mithaq.arabic.words import Word, word
from mithaq.lexicon.function_words import function_words, letter
from mithaq.lexicon.keys import fold
from mithaq.lexicon.names import Name, needed_words
from mithaq.stages.document import Document, Mention
from mithaq.stages.frame_view import anonymity
from mithaq.stages.homographs import is_named, is_other_word, may_be_other_word

# Where two entries are equally long the more telling kind wins.
_PRIORITY = {
    kind: rank
    for rank, kind in enumerate(
        ("state", "organisation", "group", "person", "coref", "role", "rank", "anonymous", "institution", "document",
         "media", "outlet", "honorific", "anonymous_modifier")
    )
}  # fmt: skip


_HIS = fold("ه")
_NISBA = (fold("ي"), fold("ية"))
_TA = "ة"
_SHADDA = letter("shadda")
_SHORTEST = 2  # letters; a term this short is a name only as it stands (د.، م.)
_COMPARED = 2  # words of a name that are compared to find it


class _Candidate(NamedTuple):
    """A name that a word may begin; *sure*: nothing but the word behind has to be looked at."""

    reading: Reading
    name: Name
    sure: bool


def _matches(doc: Document, i: int, candidate: _Candidate) -> bool:
    """Whether a candidate that its word and the word behind allow is meant at *i*."""
    reading, name, _ = candidate
    tokens = doc.tokens
    if i + len(name.keys) > len(tokens):
        return False
    for offset in range(2, len(name.keys)):
        if tokens[i + offset].key not in _spellings(name, offset):
            return False
    if name.term and reading.pronoun == _HIS and tokens[i].text.endswith(_TA):
        return False  # متابعة is no «متابعه»
    if is_other_word(doc, i, reading, name):
        return False
    if name.kind == "anonymous_modifier" and not _modifies(doc, i):
        return False
    return not (name.ambiguous and not _supported(doc, i, reading, name))


def _modifies(doc: Document, i: int) -> bool:
    """Whether the mention before ends right here and can be described: «مصدر مطلع», «دبلوماسي غربي طلب ...»."""
    described = ("anonymous", "anonymous_modifier", "role")
    if any(v.finite and v.cue is not None for v in doc.words[i].verbs) and not anonymity(doc, i):
        return False  # «أن الوفد الأميركي رفض الطلب»: what it does is no part of its name
    last = i - 1
    if last > 0 and last not in doc.mentions and doc.words[last].key.endswith(_NISBA):
        last -= 1
    return any(
        (m := doc.mentions.get(k)) is not None
        and m.last == last
        and (m.name.kind in described or m.name.how == "demonym")
        for k in range(max(i - 6, 0), i)
    )


def _supported(doc: Document, i: int, reading: Reading, name: Name) -> bool:
    """Whether the neighbours speak for a name that is also an ordinary word."""
    before = doc.words[i - 1] if i else None
    if name.flags and (needed := needed_words(name)):
        return all(any(n in w.stems for w in doc.words) for n in needed)
    if name.kind in ("role", "honorific"):
        return is_named(doc, i + len(name.keys))
    if name.kind == "outlet":
        marked = i > 0 and doc.quote_of[i] >= 0 and doc.quotes[doc.quote_of[i]].first == i
        media = before is not None and any(n.kind == "media" for _, ns in before.names for n in ns)
        return marked or (media and "adverb" not in doc.words[i].classes)
    if name.kind == "person":
        return not reading.preposition
    if name.how == "demonym":  # «الرئيس المالي», and not «الدعم المالي»
        titled = doc.mentions.get(i - 1)
        return (
            reading.article and titled is not None and titled.name.kind in ("role", "institution", "rank", "anonymous")
        )
    if _beside_place(doc, i, i + len(name.keys), reading):
        return True
    if before is not None and not function_words()["place_noun"].isdisjoint({before.key, *before.stems}):
        return True
    return name.how in ("name", "capital") and (
        bool(reading.preposition) or (before is not None and "preposition" in before.classes)
    )


def _beside_place(doc: Document, i: int, end: int, reading: Reading) -> bool:
    """Whether a state stands right before or behind, joined by و: «قطر وعمان», «مالي والنيجر»."""
    if reading.conjunction and any(
        m.last == i - 1 and m.name.kind == "state"
        for k in range(max(i - 4, 0), i)
        if (m := doc.mentions.get(k)) is not None
    ):
        return True
    following = doc.words[end].names if end < len(doc.words) else ()
    return any(r.conjunction and n.kind == "state" and not n.ambiguous for r, ns in following for n in ns)


class _Candidates(NamedTuple):
    """The names that a word may begin, in the order in which they win: by the word behind, and those of one word."""

    by_next: Mapping[str, tuple[_Candidate, ...]]
    single: tuple[_Candidate, ...]


_NONE: Mapping[str, tuple[_Candidate, ...]] = MappingProxyType({})  # longer names: most words begin none


@recent
def _candidates(key: str) -> _Candidates:
    """What the word with this key may begin; the first that matches in the text is the mention."""
    return _ranked(key, spelled_out=False)


@lru_cache(maxsize=1 << 10)
def _spelled_out(key: str) -> _Candidates:
    """What the word with this key may begin where it is written with its vowels, which few words are."""
    return _ranked(key, spelled_out=True)


def _ranked(key: str, *, spelled_out: bool) -> _Candidates:
    """The candidates in the order in which they win.

    Of two places the state wins, unless the word is *spelled_out* with its vowels: «عُمان» and «عمّان».
    """

    def rank(candidate: _Candidate) -> tuple[int, int, int, bool]:
        reading, name, _ = candidate
        state = name.how == "name" and not spelled_out
        return len(name.keys), -_PRIORITY[name.kind], -len(reading.pronoun) - reading.prefix, state

    w = word(key)
    if "turn" in w.classes:
        return _Candidates(_NONE, ())
    possible = [_Candidate(r, n, _is_sure(w, r, n)) for r, names in w.names for n in names if _can_be(w, r, n)]
    if len(possible) > 1:
        possible.sort(key=rank, reverse=True)
    single = tuple(c for c in possible if len(c.name.keys) == 1)
    longer: dict[str, list[_Candidate]] = defaultdict(list)
    for candidate in possible[: len(possible) - len(single)]:
        for behind in _spellings(candidate.name, 1):
            longer[behind].append(candidate)
    return _Candidates({behind: (*found, *single) for behind, found in longer.items()} if longer else _NONE, single)


def _can_be(w: Word, reading: Reading, name: Name) -> bool:
    """Whether a word, read so, can begin a name wherever it stands."""
    if name.kind == "role" and not reading.article and "preposition" in w.classes:
        return False
    if name.term and reading.pronoun == _HIS and reading.stem.endswith("ي"):
        return False  # مسؤولية is no «مسؤوليه»
    if name.term and len(name.keys[0]) <= _SHORTEST and reading.stem != w.key:
        return False
    if "definite" in name.flags and not reading.article:
        return False
    return not ("indefinite" in name.flags and reading.article)  # الأحد is a day


def _is_sure(w: Word, reading: Reading, name: Name) -> bool:
    """Whether a word, read so, is the name wherever the word behind is the name's second."""
    his = name.term and reading.pronoun == _HIS  # or a feminine, which its last letter tells
    context = name.ambiguous or name.kind == "anonymous_modifier" or may_be_other_word(w, reading, name)
    return len(name.keys) <= _COMPARED and not (his or context)


def _spellings(name: Name, offset: int) -> tuple[str, ...]:
    """The keys under which a word of a name may stand: those of a term with or without an article."""
    key = name.keys[offset]
    return (key, f"ال{key}", f"لل{key}") if name.term else (key,)


def find_mentions(doc: Document) -> None:
    """Fill ``mentions``: first token → the mention that starts there; mentions do not overlap."""
    tokens, mentions = doc.tokens, doc.mentions
    free = 0
    for i, w in enumerate(doc.words):
        if not w.names or i < free:
            continue
        by_next, single = _spelled_out(w.key) if _SHADDA in tokens[i].text else _candidates(w.key)
        behind = tokens[i + 1].key if i + 1 < len(tokens) else ""
        for candidate in by_next.get(behind, single):
            if candidate.sure or _matches(doc, i, candidate):
                reading, name, _ = candidate
                free = i + len(name.keys)
                mentions[i] = Mention(i, free - 1, name, reading)
                break
