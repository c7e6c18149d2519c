"""What the reader could have known: whether the lexicon has a cue, or an act, that a gold span uses."""

from __future__ import annotations

from functools import cache

from mithaq.arabic.tokens import tokenise
from mithaq.arabic.words import Word, word
from mithaq.lexicon.cues import cues
from mithaq.lexicon.keys import fold
from mithaq.lexicon.provisions import act_heads, act_verbs, instrument_names


def cue_is_known(cue: str) -> bool:
    """Whether any word of a cue is a form of a cue's verb, or a word of a cue's phrases.

    Particles say nothing unless the cue has no other word; a mark alone («:») is no question of the lexicon: known.
    """
    words = _words(cue)
    telling = [w for w in words if not w.function] or words
    if not telling:
        return True
    phrases = _phrase_words()
    return any(
        any(v.cue is not None for v in w.verbs) or w.key in phrases or w.stem_key in phrases or w.stems & phrases
        for w in telling
    )


def act_is_known(evidence: str) -> bool:
    """Whether an act begins somewhere in the words of an evidence: its head, its verb, or an agreement's name."""
    words = _words(evidence)
    heads, names, verbs = act_heads(), instrument_names(), act_verbs()
    for i, w in enumerate(words):
        if any(v.finite and v.form.lemma in verbs for v in w.verbs):
            return True
        for stem in {w.key, *w.stems}:
            phrases = [phrase for phrase, _ in (*heads.get(stem, ()), *names.get(stem, ()))]
            if any(_is_at(words, i, phrase) for phrase in phrases):
                return True
    return False


def _words(text: str) -> list[Word]:
    return [word(fold(t.text)) for t in tokenise(text) if t.is_word]


def _is_at(words: list[Word], i: int, phrase: tuple[str, ...]) -> bool:
    rest = words[i : i + len(phrase)]
    return len(rest) == len(phrase) and all(p == w.key or p in w.stems for p, w in zip(phrase, rest, strict=True))


@cache
def _phrase_words() -> frozenset[str]:
    return frozenset(key for cue in cues() for phrase in cue.phrases for key in phrase)
