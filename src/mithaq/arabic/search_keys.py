"""Search keys: the one form under which all spellings and inflections of a word are found.

A light stemmer with a word list (in the line of Larkey, Ballesteros & Connell 2002, who cut by rule alone): clitics and
endings come off only if a known word is left, or where hardly anything else can be meant (the article; a pronoun after
ت). What a word's key is depends on the word alone, so it is worked out once for each.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from mithaq.arabic.clitics import Reading, readings
from mithaq.arabic.tokens import places, written
from mithaq.lexicon.function_words import function_words
from mithaq.lexicon.keys import fold
from mithaq.lexicon.search_words import as_written, base_forms, endings, kept_apart, search_fold
from mithaq.lexicon.verbs import readings as verb_readings

LONGEST = 64
"""Code points of a key: what is longer is no word, and databases limit what they index."""

_TYPES = 1 << 18  # written words kept; a month of a newspaper has about half as many
_SHORTEST = 3  # letters that must be left when something comes off
_LONG = 4  # the same where no word list says that it may come off
_FINITE = ("past", "present")
_VERB = "~"  # sets a verb's forms off from a noun that is spelt like one of them
_ARABIC = re.compile("[\u0621-\u064a]+")
_GROUPS = re.compile(r"(?<=\d)[,\u066c\u060c](?=\d{3}(?!\d))")
_POINT = re.compile("[,\u066b\u060c]")
_HYPHENS = "[-\u2010-\u2013]"
_MAYBE = re.compile(rf"{_HYPHENS}\d")  # a designation's middle, found fast
_DESIGNATION = re.compile(rf"(?<!\w)[^\W\d_]+{_HYPHENS}\d\w*(?!\w)")
_CLOSED = ("that", "that_not", "prepositional_pronoun", "relative", "conjunction", "negation", "pronoun", "auxiliary")


SearchToken = tuple[int, int, str]
"""A word of a text: start and end (code points of the original), and its search key."""


def search_tokens(text: str) -> list[SearchToken]:
    """The words of *text* in order; letters and a number that a hyphen joins are one word (F-16)."""
    found = places(text)
    if _MAYBE.search(text):
        found = list(_joined(text, found))
    return [(start, end, key) for start, end, piece in found if (key := _KEYS[piece])]


def _joined(text: str, found: list[tuple[int, int, str]]) -> Iterator[tuple[int, int, str]]:
    ends = {m.start(): m.end() for m in _DESIGNATION.finditer(text)}
    until = 0
    for start, end, piece in found:
        if start < until:
            continue
        until = ends.get(start, end)
        yield start, until, re.sub(_HYPHENS, "", text[start:until]) if start in ends else piece


def search_keys(text: str) -> list[str]:
    """The keys of :func:`search_tokens`, without their offsets and several times as fast."""
    if _MAYBE.search(text):
        return [key for _, _, key in search_tokens(text)]
    return list(filter(None, map(_KEYS.__getitem__, written(text))))


def key_of(word: str) -> str:
    """The search key of one written word (a token of the text), "" for punctuation.

    ``key_of("بالاتفاقيتين") == key_of("الاتفاقيات") == key_of("اتفاقيه")``. Keys hold letters and digits, «~» and «.».
    """
    return _KEYS[word]


class _Keys(dict[str, str]):
    """Written word → key. A dictionary that fills itself: looking up is most of what indexing does."""

    def __missing__(self, word: str) -> str:
        if len(self) >= _TYPES:
            self.clear()
        key = self[word] = _key(word)
        return key


_KEYS = _Keys()


def _key(word: str) -> str:
    if not word[0].isalnum():
        return ""
    key = search_fold(word)
    if not _ARABIC.fullmatch(key):
        key = _POINT.sub(".", _GROUPS.sub("", key)) if key[:1].isdigit() else key
        return "".join(c for c in key if c.isalnum() or c == ".")[:LONGEST].rstrip(".")
    return _arabic_key(key, word)[:LONGEST]


def _arabic_key(key: str, word: str) -> str:
    if function := _function_word(key, _CLOSED):
        return function
    possible = _readings(key, word)
    known = _known_words()
    then = endings("conjunctions")[1]
    (accusative,) = endings("accusative")
    for reading in possible:
        if (reading.preposition or reading.conjunction == then) and _is_finite(key):
            break  # فتحت, كتبت: rather a verb's first letter
        stem = reading.stem
        if found := known.get(stem) or (stem.endswith(accusative) and _accusative(reading)):
            return found
    if function := _function_word(key, ("preposition",)):  # after the nouns, for those made of one: بسبب, برئاسة
        return function
    if verb := _verb(possible):
        return verb
    for reading in possible:
        if len(reading.stem) > _SHORTEST and (found := _inflected(reading)):
            return found
    return _by_rule(key, possible, word)


def _function_word(key: str, classes: tuple[str, ...]) -> str:
    """The key of a particle or the like, without the conjunction before it; "" if *key* is none."""
    closed = _words_of(classes)
    if key in closed:
        return key
    if not key.startswith(endings("conjunctions")) or key[1:] not in closed:
        return ""
    return "" if len(key) >= _LONG and _is_finite(key) else key[1:]


@cache
def _words_of(classes: tuple[str, ...]) -> frozenset[str]:
    return frozenset().union(*(function_words()[name] for name in classes))


def _readings(key: str, word: str) -> list[Reading]:
    """The readings in which enough is left, least stripped first, the full form of an article before ل first."""
    (feminine,) = as_written("feminine")
    pronouns = endings("pronouns")
    found: list[Reading] = []
    for reading in readings(key):
        if reading.pronoun and (reading.pronoun not in pronouns or word.endswith(feminine)):
            continue
        # Two letters are a word only where nothing or an article stands before them.
        if len(reading.stem) < _SHORTEST and (reading.pronoun or (reading.prefix and not reading.article)):
            continue
        found.append(reading)
    return found


@cache
def _known_words() -> dict[str, str]:
    """What is known as it is → its key; also the masculine of a nisba that is only listed as a feminine."""
    (feminine,) = endings("feminine")
    (nisba,) = endings("nisba")
    adjectives = (form for form in base_forms() if form.endswith(nisba + feminine) and form not in kept_apart())
    masculine = (form[: -len(feminine)] for form in adjectives)
    return {form: form for form in masculine} | {form: _masculine(known) for form, known in base_forms().items()}


def _masculine(known: str) -> str:
    """An adjective's masculine; nouns in ة stay."""
    (feminine,) = endings("feminine")
    if not known.endswith(feminine) or known in kept_apart():
        return known
    masculine = known[: -len(feminine)]
    (nisba,) = endings("nisba")
    return masculine if masculine.endswith(nisba) or masculine in base_forms() else known


def _inflected(reading: Reading) -> str:
    """The key of a known word with an ending, "" if there is none."""
    known = base_forms()
    stem = reading.stem
    if not stem.endswith(_inflections()):
        return _before_pronoun(reading)
    (feminine,) = endings("feminine")
    for ending in (*endings("feminine_plural"), *(() if reading.article else endings("feminine_construct"))):
        if stem.endswith(ending):
            base = stem[: -len(ending)]
            for form in (base + feminine, base):
                if len(base) >= _SHORTEST and form in known:
                    return _masculine(known[form])
    for ending in endings("plural"):
        if stem.endswith(ending) and len(base := stem[: -len(ending)]) >= _SHORTEST and base in _known_words():
            return _known_words()[base]
    for ending in endings("agent_plural"):
        base = stem[: -len(ending)]
        if stem.endswith(ending) and stem.startswith(endings("agent")) and base in known:
            return known[base]
    base = stem[: -len(feminine)]
    if stem.endswith(feminine) and len(base) >= _LONG and known.get(base) == base:
        return base
    return _before_pronoun(reading)


@cache
def _inflections() -> tuple[str, ...]:
    """All endings that :func:`_inflected` takes off: most words have none of them."""
    names = ("feminine_plural", "feminine_construct", "plural", "agent_plural", "feminine")
    return tuple(ending for name in names for ending in endings(name))


def _before_pronoun(reading: Reading) -> str:
    """The key of a known word whose hamza has another seat before a pronoun (وزراؤها, وزرائها), "" if it has none."""
    if not reading.pronoun or not reading.stem.endswith(endings("hamza_before_pronoun")):
        return ""
    (hamza,) = endings("hamza")
    return base_forms().get(reading.stem[:-1] + hamza, "")


def _accusative(reading: Reading) -> str:
    """The key of an indefinite noun in the accusative (عقدا), "" if the reading, which ends so, is none."""
    (ending,) = endings("accusative")
    (feminine,) = endings("feminine")
    bare = not (reading.article or reading.pronoun or reading.preposition)
    noun = reading.stem[: -len(ending)]
    if not bare or len(noun) < _SHORTEST or noun.endswith(feminine):
        return ""
    return _known_words().get(noun, "")


def _is_finite(stem: str) -> bool:
    return bool(forms := verb_readings(stem)) and any(form.kind in _FINITE for form in forms)


def _verb(possible: list[Reading]) -> str:
    """The key of a finite form of a listed verb: its past, set off from nouns; "" if it is none."""
    (future,) = endings("future")
    for reading in possible:
        if reading.article:
            continue
        forms = [f for f in verb_readings(reading.stem) if f.kind in _FINITE]
        if not forms and not reading.preposition and reading.stem.startswith(future):
            forms = [f for f in verb_readings(reading.stem[len(future) :]) if f.kind == "present"]
        if reading.preposition:
            forms = [f for f in forms if f.kind == "present"]
        if forms:
            return min((fold(f.lemma) for f in forms), key=lambda lemma: (len(lemma), lemma)) + _VERB
    return ""


def _by_rule(key: str, possible: list[Reading], word: str) -> str:
    """The key of a word that no list knows: what comes off is what hardly ever belongs to a word itself."""
    stem = key
    article = next((r for r in possible if r.article and len(r.stem) >= _SHORTEST), None)
    if article is not None:
        stem = article.stem
    elif key[0] == endings("conjunctions")[0] and len(key) > _LONG:
        stem = key[1:]
    rest = _without_ending(stem, article is not None, word)
    # A known word that is left by chance is another one: عقدة is not عقد.
    return stem if rest in base_forms() else rest


def _without_ending(stem: str, article: bool, word: str) -> str:
    if stem.endswith(_endings_by_rule()):
        (feminine,) = endings("feminine")
        (nisba,) = endings("nisba")
        agent = stem.startswith(endings("agent"))
        for possible, least, instead in (
            (() if article else endings("pronouns_after_t"), _SHORTEST, ""),
            (endings("nisba_plural"), _SHORTEST, nisba),
            (endings("sure_plural"), _SHORTEST, ""),
            ((feminine,), _SHORTEST, ""),
            (endings("agents_plural") if agent else (), _LONG, ""),
        ):
            for ending in possible:
                if stem.endswith(ending) and len(stem) - len(ending) >= least:
                    return stem[: -len(ending)] + instead
    return stem[:-1] if word.endswith(as_written("accusative")) and len(stem) > _SHORTEST else stem


@cache
def _endings_by_rule() -> tuple[str, ...]:
    """All endings that :func:`_without_ending` takes off: most words have none of them."""
    names = ("pronouns_after_t", "nisba_plural", "sure_plural", "feminine", "agents_plural")
    return tuple(ending for name in names for ending in endings(name))
