"""Which noun behind a verb of saying is not its subject but whom it addresses or speaks of: «ودعا الحكومة إلى ...».

Arabic writes both in the same place. Gender, number and case tell them apart, and verbs
that cannot do without an object.
"""

from __future__ import annotations

from mithaq.lexicon.function_words import name_words
from mithaq.lexicon.keys import fold
from mithaq.stages.document import Actor, Document, Statement

_HE_WHO = fold("الذي")
_FEMININE = "ة"
_AL = fold("ال")
_THEY = (fold("وا"), fold("ون"))
_ACCUSATIVE = fold("ين")
_THINGS = ("state", "organisation", "institution", "group")
_PLURAL_THINGS = name_words()["feminine_plural"]
_MASCULINE_STATES = name_words()["masculine_state"]
_TRANSITIVE = name_words()["transitive"]
_NAMED = ("name", "capital")


def is_object(doc: Document, s: Statement, source: Actor) -> bool:
    """Whether *source*, right behind the cue of *s*, is the object of a verb whose subject stands before or is dropped.

    A participle («متهما الحكومة»), a plural («طالبوا الحكومة») or a first person («طلبنا») has no subject behind it,
    a masculine verb no feminine one, and no subject is in the accusative («دعا الطرفين»).
    """
    if not s.cue.verb or source.first != s.cue_last + 1:
        return False
    word = doc.words[s.cue_first]
    finite = word.finite
    if s.participle and not finite:
        told = source.kind != "person" and s.cue_first == s.cue_last  # «مؤكدا وزير الدفاع أن»
        return told and any(v.circumstantial for v in word.verbs)
    if s.participle or not finite or word.masdar:
        return False  # «رفض الطرفين» is theirs
    if s.first_person or (s.plural and word.key.endswith(_THEY)):
        return True
    if source.plural and _in_accusative(doc, source):
        return True
    masculine = not s.plural and all(v.form.gender != "f" and not v.pronoun for v in word.verbs if v.finite)
    if masculine and _is_feminine(doc, s, source):
        return True
    return (
        fold(s.cue.verb) in _TRANSITIVE and source.kind in _THINGS and bool(s.conjunction) and _is_alone(doc, s, source)
    )


def after_relative(doc: Document, s: Statement) -> bool:
    """«المالكي الذي اتهم المملكة ...»: whether the cue begins a relative clause."""
    return s.cue_first > 0 and doc.words[s.cue_first - 1].key == _HE_WHO


def _in_accusative(doc: Document, source: Actor) -> bool:
    """«الطرفين», «المقاتلين»: a dual or a sound plural that is no subject."""
    word = doc.words[source.first]
    mention = doc.mentions.get(source.first)
    return word.article and word.key.endswith(_ACCUSATIVE) and (mention is None or mention.first == mention.last)


def _is_feminine(doc: Document, s: Statement, source: Actor) -> bool:
    """Whether a masculine verb cannot have *source* for its subject: a state, or a body whose name ends in ة."""
    if source.kind not in _THINGS:
        return after_relative(doc, s) and source.kind != "person" and doc.tokens[source.first].text.endswith(_FEMININE)
    mention = doc.mentions.get(source.first)
    head = doc.words[source.first].key.removeprefix(_AL)
    if source.kind == "state":
        named = mention is not None and mention.name.how in _NAMED and not mention.reading.prefix
        return named and head not in _MASCULINE_STATES
    return doc.tokens[source.first].text.endswith(_FEMININE) or head in _PLURAL_THINGS


def _is_alone(doc: Document, s: Statement, source: Actor) -> bool:
    """«واتهمت كييف بقصف ...»: the only noun before what the verb's own preposition brings."""
    if source.last + 1 >= len(doc.words):
        return False
    inside = (doc.mentions.get(k) for k in range(source.first + 1, source.last + 1))
    if any(m is not None and m.name.how != "demonym" for m in inside):
        return False  # «واتهمت المعارضة الحكومة بـ...»
    after = doc.words[source.last + 1]
    return after.key in s.cue.prepositions or (after.preposition != "" and source.last + 1 not in doc.actors)
