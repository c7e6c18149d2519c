"""What a word that no lexicon has can be: part of a person's name, an adjective of a title, or neither."""

from __future__ import annotations

import re

from mithaq.arabic.words import Word
from mithaq.lexicon.function_words import classes_of, function_words, letter, name_words, particle, particles
from mithaq.stages.document import Document

_NAMED_AFTER = name_words()["named_after"]
_NO_NAME = name_words()["no_name"]
_PATERNAL = name_words()["paternal"]
_TA_MARBUTA, _SEATED, _TANWIN, _BARE_ALIF, _YA = map(letter, ("feminine", "seated_hamza", "tanwin", "alif", "ya"))
_ILHAM = particle("ilham")
_NAME_LINKS = name_words()["name_link"]
_ATTACHED, _TO_NOUN = particles("attached"), particles("attached_to_noun")
_WITH_ARTICLE, _ARTICLE = particle("with_article"), particle("article")
_PLURAL = tuple(sorted(particles("plural_of_men")))
_MANY_OF = tuple(sorted(particles("plural_of_nisba")))
_MANY_THINGS = particle("plural")
_SHORT_PLURAL = 5  # letters; longer words in ات are plurals rather than names
_MAN_OF, _WOMAN_OF = particle("nisba_of_men"), particle("nisba_of_women")
_TO_DO = particle("to_do")
_TA = particle("feminine")
_INITIAL = 2  # letters; less is an initial or a preposition written apart
_LONG = 4  # letters; longer feminine nouns behind ب or ل are no names (بثينة and لطيفة are listed)
_SHORTEST = 3  # letters of a noun behind an attached preposition
# Present forms of the tenth stem, which the table of verbs may lack and no name has.
_TENTH = re.compile(rf"^[{''.join(sorted(particles('present_prefix')))}]{particle('tenth_stem')}\w{{3,}}$")


def governed(word: Word) -> bool:
    """Whether a word is a preposition and a known noun in one (بجهود، لشؤون، بمنطقة), and no name that begins so."""
    if word.given or word.key[:1] not in _ATTACHED or "own_letter" in word.classes:
        return False
    if word.key.startswith(_WITH_ARTICLE) or word.key[1:3] == _ARTICLE:
        return True
    rest = word.key[1:]
    if len(rest) < _SHORTEST:
        return False
    if word.key.startswith(_TO_DO) or rest in _NAMED_AFTER:
        return True  # لتخطي، بمهرجان
    if word.key[0] in _TO_NOUN and rest.endswith(_TA) and len(rest) > _LONG and rest[0] != _BARE_ALIF:
        return True  # لمقاومة، بمنطقة, but not باسلمة
    classes = classes_of(rest)
    if not classes.isdisjoint(("abstract", "place_noun", "speech_noun", "matter", "adverb", "preposition", "pronoun")):
        return True
    if any(v.preposition and v.form.kind == "masdar" for v in word.verbs):
        return True
    return any(r.preposition and not r.conjunction and len(r.stem) >= _SHORTEST for r, _ in word.names)


def is_given(doc: Document, j: int) -> bool:
    """Whether a first name stands at *j*: على is spelled like علي, and only the form of its last letter tells."""
    word = doc.words[j]
    if not word.given or doc.tokens[j].text.endswith(_SEATED):
        return False  # الهادي, but not الهادئ
    if j and word.key == _ILHAM and doc.tokens[j].text.startswith(_BARE_ALIF) and doc.words[j - 1].article:
        return False  # «الموعد الهام», but إلهام
    if "adverb" in word.classes:
        return not doc.tokens[j].text.startswith(_BARE_ALIF)  # آلان is spelled like الآن
    return "preposition" not in word.classes or doc.tokens[j].text.endswith(_YA)


def names_nobody(doc: Document, j: int) -> bool:
    """Whether the word at *j* is in no name: a particle, a number, a verb that the table lacks."""
    word = doc.words[j]
    if is_given(doc, j) or (j + 1 < len(doc.words) and doc.words[j + 1].key in _PATERNAL and not governed(word)):
        return False
    adverb = _TANWIN in doc.tokens[j].text
    return adverb or len(word.key) < _INITIAL or word.function or word.key in _NO_NAME or bool(_TENTH.match(word.key))


def many_things(word: Word) -> bool:
    """A sound feminine plural: تحيات، منافسات."""
    return word.key.endswith(_MANY_THINGS) and len(word.key) > _SHORT_PLURAL and not word.given


def names_many(doc: Document, first: int, last: int) -> bool:
    """«الانفصاليون»: a sound plural that no lexicon has, and no name."""
    word = doc.words[first]
    return first == last and word.article and not word.given and word.key.endswith(_MANY_OF)


def is_quality(doc: Document, j: int, *, woman: bool) -> bool:
    """«أكد وزير السكن جاهزية البلاد»: behind a man's title, a feminine noun that is no first name of the list."""
    token, word = doc.tokens[j], doc.words[j]
    after = doc.words[j + 1] if j + 1 < len(doc.words) else None
    owned = after is not None and doc.tokens[j + 1].is_word and not (after.function or after.given)
    noun = token.text.endswith(_TA_MARBUTA) and (not woman or word.key.endswith(_WOMAN_OF))
    return owned and noun and len(word.key) > _LONG


def goes_on(doc: Document, first: int, j: int) -> bool:
    """Whether the word at *j* can belong to the name that began at *first* and is whole up to *j*.

    A family name with an article ends a name, but for a second nisba («الشمري العنزي»).
    """
    word = doc.words[j]
    linked = word.key in _NAME_LINKS or doc.words[j - 1].key in _NAME_LINKS
    if linked or word.given:
        return True
    if many_things(word) or word.key in function_words()["title_adjective"]:
        return False
    if governed(word) and not (j == first + 1 and _nothing_follows(doc, j)):
        return False
    family = any(
        doc.words[k].article and not doc.words[k].given and doc.words[k - 1].key not in _NAME_LINKS
        for k in range(first + 1, j)
    )
    family = family or (doc.words[first].article and not doc.words[first].given and j == first + 1)
    if family:
        return word.article and word.key.endswith(_MAN_OF)
    if j - first > 1 and not word.article and j + 1 < len(doc.words) and doc.words[j + 1].article:
        return False  # «سليم خلبوس واقع التعليم»
    return not (word.article and word.masdar)


def _nothing_follows(doc: Document, j: int) -> bool:
    """Whether a phrase ends with the word at *j*: the last of «نبيل بفون، أن» is no preposition with its noun."""
    if doc.words[j].key[1:3] == _ARTICLE or doc.words[j].key.startswith(_WITH_ARTICLE):
        return False
    after = doc.words[j + 1] if j + 1 < len(doc.words) else None
    return after is None or not doc.tokens[j + 1].is_word or not after.classes.isdisjoint(("that", "relative"))


def can_describe(doc: Document, j: int, *, many: bool) -> bool:
    """Whether the definite word at *j* can be an adjective of the definite noun before it, and not a noun of its own.

    «الجامعة المكلف» is one phrase, «الشرطة التدخل» and «الرئيس المواطنين» are two.
    """
    word = doc.words[j]
    if any(v.form.kind == "masdar" and v.article for v in word.verbs) and not word.key.endswith((_MAN_OF, _WOMAN_OF)):
        return False
    return many or not word.key.endswith(_PLURAL)
