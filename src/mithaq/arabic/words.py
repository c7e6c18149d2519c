"""What the lexicon knows about a written word, worked out once a word type.

News repeats its words, so everything that does not depend on context is computed for the type and cached; the stages
then only look at neighbours.
"""

from __future__ import annotations

from typing import NamedTuple

from mithaq.arabic.clitics import Reading, Split, splits
from mithaq.arabic.looks import Look, look
from mithaq.arabic.recent import recent
from mithaq.lexicon.begun import entries
from mithaq.lexicon.cues import Cue, cue_of_verb, cue_phrases
from mithaq.lexicon.function_words import classes_of, function_words
from mithaq.lexicon.keys import fold
from mithaq.lexicon.names import Name, given_names, name_starts, name_stems
from mithaq.lexicon.provisions import act_verbs
from mithaq.lexicon.verbs import VerbForm, verb_forms

_THAT = fold("أن")
_ACCUSATIVE = fold("ا")
_FUTURE = fold("س")
_FINITE = ("past", "present")


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
        possible = splits(key)
        stems = _stems(key, possible)
        self.stems = stems
        self.classes = classes_of(key)
        self.conjunction = ""
        self.stem_key = key
        if key[:1] in ("و", "ف") and len(key) > 1 and not self.classes and (inner := classes_of(key[1:])):
            self.classes, self.conjunction, self.stem_key = inner, key[0], key[1:]
        self.that = "that" in self.classes
        self.function = not self.classes.isdisjoint(_CLOSED)
        self.first_class = min(self.classes) if self.classes else ""
        self.names: tuple[tuple[Reading, tuple[Name, ...]], ...] = ()
        if not stems.isdisjoint(name_stems()):
            self.names = tuple((r, n) for r in map(Reading._make, possible) if (n := name_starts(r.name, r.stem)))
        self.given = key in given_names()
        self.look: Look | None = look(key, possible, stems)
        self.phrases = cue_phrases(key)
        self.begun = entries(stems)
        self.act = bool(self.begun.acts.every or self.begun.instruments.every)
        article, preposition = False, ""
        for _, _, taken, definite, _ in possible:
            article = article or definite
            preposition = preposition or taken
        self.article = article
        self.preposition = preposition
        self.finite = self.masdar = self.cued = self.says = False
        self.verbs: tuple[VerbReading, ...] = () if verb_forms().keys().isdisjoint(stems) else _verbs(possible)
        if _FUTURE in key[:2]:
            self.verbs += _future_verbs(key)
        if self.verbs:
            self._judge_verbs()
        else:
            self.lemma = min(sorted(stems), key=len)
        home = function_words()["home"]
        self.home = key in home or (self.article and not home.isdisjoint([f"ال{s}" for s in stems]))

    def _judge_verbs(self) -> None:
        """Fill what depends on the readings as a verb, which most rare words have none of."""
        if "never_cue" in self.classes:
            self.verbs = tuple(v._replace(cue=None) for v in self.verbs)
        kinds = {v.form.kind for v in self.verbs}
        self.masdar = "masdar" in kinds
        self.finite = not kinds.isdisjoint(_FINITE)
        cued = [v for v in self.verbs if v.cue is not None]
        self.cued = any(not (v.article or v.preposition) for v in cued)
        self.says = any(v.finite or v.circumstantial for v in cued)
        self.act = self.act or any(v.finite and v.form.lemma in act_verbs() for v in self.verbs)
        # التزام and التماس begin with the letters of the article.
        own = kinds == {"masdar"} and not any(v.article for v in self.verbs)
        self.article = self.article and not own and not self.finite
        self.lemma = _lemma(self.verbs)


def _stems(key: str, possible: list[Split]) -> frozenset[str]:
    """The stems of all readings, and those without the ending of an indefinite accusative: اجتماعا → اجتماع."""
    stems = [split[0] for split in possible]
    if key.endswith(_ACCUSATIVE):
        bare = [stem for stem, _, _, article, pronoun in possible if not (article or pronoun)]
        stems += [stem[:-1] for stem in bare if len(stem) > 3 and stem.endswith(_ACCUSATIVE)]
    return frozenset(stems)


_CLOSED = frozenset(
    (
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
)


def _lemma(verbs: tuple[VerbReading, ...]) -> str:
    verb = min(verbs, key=lambda v: v.form.kind != "masdar")
    kind = "m" if verb.form.kind == "masdar" else "v" if verb.finite else "p"
    return f"{verb.form.lemma}:{kind}"


def _verbs(possible: list[Split]) -> tuple[VerbReading, ...]:
    forms_of = verb_forms().of
    return tuple(
        _verb(form, conjunction, preposition, article, pronoun)
        for stem, conjunction, preposition, article, pronoun in possible
        for form in forms_of(stem)
        if not ((article or preposition) and form.kind in _FINITE)
    )


def _future_verbs(key: str) -> tuple[VerbReading, ...]:
    """The readings as a present behind the letter of the future, which a conjunction may stand before: وسيقول."""
    conjunction = key[0] if key[0] in ("و", "ف") else ""
    rest = key[len(conjunction) :]
    if not rest.startswith(_FUTURE):
        return ()
    return tuple(
        _verb(form, conjunction, "", False, pronoun, future=True)
        for stem, joined, preposition, article, pronoun in splits(rest[1:])
        if not (joined or preposition or article)
        for form in verb_forms().of(stem)
        if form.kind == "present"
    )


def _verb(
    form: VerbForm, conjunction: str, preposition: str, article: bool, pronoun: str, *, future: bool = False
) -> VerbReading:
    return VerbReading(
        form,
        cue_of_verb().get(form.lemma),
        conjunction,
        preposition,
        article,
        pronoun,
        future,
        form.kind in _FINITE,
        form.kind == "active_participle_acc",
    )


word = recent(Word)
"""The word type of a look-up key."""
