"""What the lexicon knows about a written word, worked out once a word type.

News repeats its words, so everything that does not depend on context is computed for the type and cached; the stages
then only look at neighbours.
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from mithaq.arabic.clitics import Reading, readings
from mithaq.arabic.looks import look
from mithaq.lexicon.begun import entries
from mithaq.lexicon.cues import Cue, cue_of_verb, cue_phrases
from mithaq.lexicon.function_words import classes_of, function_words
from mithaq.lexicon.keys import fold
from mithaq.lexicon.names import Name, given_names, name_starts
from mithaq.lexicon.provisions import act_verbs
from mithaq.lexicon.verbs import VerbForm
from mithaq.lexicon.verbs import readings as verb_readings

_THAT = fold("أن")
_ACCUSATIVE = fold("ا")
_FUTURE = fold("س")
_FINITE = ("past", "present")
_TYPES = 1 << 16  # word types kept; a month of a newspaper has about this many


class VerbReading(NamedTuple):
    """A word as a form of a listed verb, with what is attached to it.

    *finite*: past or present; *circumstantial*: a participle in the accusative (قائلا، مؤكدا), which says how or while
    something is done.
    """

    form: VerbForm
    cue: Cue | None
    conjunction: str
    preposition: str
    article: bool
    pronoun: str
    future: bool
    finite: bool
    circumstantial: bool


class Word:
    """A word type: its readings as a verb, as the first word of names, as a particle.

    *phrases* are those of cues that it may begin, *begun* those of provisions; *look* is what it may be in an
    expression of time, number or measure, None for most. *lemma* is one stem for all its forms: letters, or the lemma
    of a verb with ``:m`` (masdar), ``:v``, ``:p`` (participle). *first_class* is the first of its classes. *finite* and
    *masdar* say whether any reading as a verb is one, *cued* whether any is of a cue, *says* whether any of a cue makes
    a clause; *function* whether it is a particle, preposition, relative, conjunction or pronoun; *home* whether it is
    «المملكة» or its like; *act* whether it may begin an act by rule.
    """

    __slots__ = (
        "act",
        "article",
        "begun",
        "classes",
        "conjunction",
        "cued",
        "finite",
        "first_class",
        "function",
        "given",
        "home",
        "key",
        "lemma",
        "look",
        "masdar",
        "names",
        "phrases",
        "preposition",
        "says",
        "stem_key",
        "stems",
        "that",
        "verbs",
    )

    def __init__(self, key: str) -> None:
        self.key = key
        possible = readings(key)
        self.verbs = _verbs(key, possible)
        self.finite = any(v.finite for v in self.verbs)
        self.masdar = any(v.form.kind == "masdar" for v in self.verbs)
        self.names: tuple[tuple[Reading, tuple[Name, ...]], ...] = tuple(
            (r, n) for r in possible if (n := name_starts(r.name, r.stem))
        )
        self.classes = classes_of(key)
        self.conjunction = ""
        self.stem_key = key
        if key[:1] in "وف" and len(key) > 1 and not self.classes and (inner := classes_of(key[1:])):
            self.classes, self.conjunction, self.stem_key = inner, key[0], key[1:]
        if "never_cue" in self.classes:
            self.verbs = tuple(v._replace(cue=None) for v in self.verbs)
        self.cued = any(v.cue is not None and not (v.article or v.preposition) for v in self.verbs)
        self.says = any(v.cue is not None and (v.finite or v.circumstantial) for v in self.verbs)
        self.look = look(key, possible)
        self.phrases = cue_phrases(key)
        self.that = "that" in self.classes
        self.function = not self.classes.isdisjoint(_CLOSED)
        self.given = key in given_names()
        # التزام and التماس begin with the letters of the article.
        own = bool(self.verbs) and all(v.form.kind == "masdar" and not v.article for v in self.verbs)
        self.article = any(r.article for r in possible) and not own and not self.finite
        self.preposition = next((r.preposition for r in possible if r.preposition), "")
        stems = {r.stem for r in possible}
        # The indefinite accusative: اجتماعا → اجتماع.
        stems |= {
            r.stem[:-1]
            for r in possible
            if len(r.stem) > 3 and r.stem[-1] == _ACCUSATIVE and not (r.article or r.pronoun)
        }
        self.stems = frozenset(stems)
        self.begun = entries(stems)
        self.act = bool(self.begun.acts.every or self.begun.instruments.every) or any(
            v.finite and v.form.lemma in act_verbs() for v in self.verbs
        )
        home = function_words()["home"]
        self.home = key in home or (self.article and not home.isdisjoint([f"ال{s}" for s in stems]))
        self.lemma = _lemma(self.verbs) if self.verbs else min(sorted(stems), key=len)
        self.first_class = min(self.classes, default="")


_CLOSED = (
    "that",
    "that_not",
    "preposition",
    "prepositional_pronoun",
    "relative",
    "conjunction",
    "negation",
    "future",
    "pronoun",
    "auxiliary",
)


def _lemma(verbs: tuple[VerbReading, ...]) -> str:
    verb = min(verbs, key=lambda v: v.form.kind != "masdar")
    kind = "m" if verb.form.kind == "masdar" else "v" if verb.finite else "p"
    return f"{verb.form.lemma}:{kind}"


def _verbs(key: str, possible: tuple[Reading, ...]) -> tuple[VerbReading, ...]:
    found: list[VerbReading] = []
    for reading in possible:
        for form in verb_readings(reading.stem):
            if form.kind in _FINITE and (reading.article or reading.preposition):
                continue
            found.append(_verb(form, reading, reading.conjunction))
    conjunction = key[0] if key[:1] in "وف" and key[1:2] == _FUTURE else ""
    rest = key[len(conjunction) :]
    if rest.startswith(_FUTURE):
        for reading in readings(rest[1:]):
            if reading.conjunction or reading.preposition or reading.article:
                continue
            for form in verb_readings(reading.stem):
                if form.kind == "present":
                    found.append(_verb(form, reading, conjunction, future=True))
    return tuple(found)


def _verb(form: VerbForm, taken: Reading, conjunction: str, *, future: bool = False) -> VerbReading:
    return VerbReading(
        form,
        cue_of_verb().get(form.lemma),
        conjunction,
        taken.preposition,
        taken.article,
        taken.pronoun,
        future,
        form.kind in _FINITE,
        form.kind == "active_participle_acc",
    )


@lru_cache(maxsize=_TYPES)
def word(key: str) -> Word:
    """The word type of a look-up key."""
    return Word(key)
