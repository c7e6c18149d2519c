"""Words that are spelled like a title or a noun of the lexicon and are something else where they stand."""

from __future__ import annotations

from mithaq.arabic.clitics import Reading
from mithaq.arabic.words import VerbReading, Word
from mithaq.lexicon.function_words import letter, name_words, particle, particles
from mithaq.lexicon.names import Name, courtesy_keys
from mithaq.stages.document import Document

_NOUNS = ("role", "rank", "honorific", "anonymous", "institution", "document", "media")
_LIKE_VERBS = ("document", "anonymous", "role")
_OF_PERSONS = ("role", "rank", "honorific")
_DESCRIBE = ("role", "anonymous", "institution", "coref")
_ACTS = ("role", "person", "state", "honorific", "rank", "coref")
_UNDERGOES = name_words()["happens"]
_PATERNAL = name_words()["paternal"]
_RESEARCH = name_words()["of_research"]
_NISBA = tuple(sorted(particles("nisba_accusative")))
_NOT = particle("not")
_CONSTRUCT = tuple(sorted(particles("construct")))
_FOR = particle("for")
_WORLD = "scholar"
_ONE_OF = "one_of"
_ALIF, _YA = letter("alif"), letter("ya")
_FORCE = "forces"
_FORCES = "forces_political"
_OTHER_NOUNS = frozenset((_WORLD, _ONE_OF, _FORCE, _FORCES))


def is_other_word(doc: Document, i: int, reading: Reading, name: Name) -> bool:
    """Whether the single word at *i*, which has the form of *name*, is a verb, a masdar or a first name."""
    if len(name.keys) != 1:
        return False
    if name.how == "demonym" and (is_first_name(doc, i, reading) or _is_turki(doc, i, reading)):
        return True
    if name.kind not in _NOUNS:
        return False
    if name.kind in _LIKE_VERBS and _is_verb(doc, i, reading, office=name.kind == "role"):
        return True
    if name.kind in ("role", "anonymous") and name.how == "f" and _is_masdar(doc, i, reading):
        return True
    if name.kind in _OF_PERSONS and is_first_name(doc, i, reading):
        return True
    if name.kind == "document" and _is_deed(doc, i, reading):
        return True
    if name.how == "dual" and reading.article and doc.words[i].key.endswith(_CONSTRUCT):
        return True  # «مركزي» of two centres takes no article
    if name.id == _ONE_OF and reading.conjunction:
        return doc.tokens[i].text[1:2] == _ALIF and not (i + 1 < len(doc.words) and doc.words[i + 1].article)  # واحد
    if name.id == _WORLD:
        return reading.article and not is_named(doc, i + 1)  # العالَم
    if name.id == _FORCE and name.how == "f":
        return not reading.article  # «قوة الاقتصاد»
    return name.id == _FORCES and not reading.article and doc.tokens[i].text.endswith(_YA)  # قويّ


def may_be_other_word(word: Word, reading: Reading, name: Name) -> bool:
    """Whether a word of this type, read so, can be something else than *name*: :func:`is_other_word` tells where."""
    if len(name.keys) != 1:
        return False
    bare = not (reading.article or reading.preposition or reading.conjunction)  # and so perhaps a first name
    if name.how == "demonym":
        return bare
    if name.kind not in _NOUNS:
        return False
    if name.how == "dual" or name.id in _OTHER_NOUNS or (bare and name.kind in _OF_PERSONS):
        return True
    return bool(word.verbs) and name.kind in _LIKE_VERBS


def is_named(doc: Document, k: int) -> bool:
    """Whether a first name or a listed person stands at *k*."""
    if k >= len(doc.words):
        return False
    word = doc.words[k]
    return word.given or any(n.kind == "person" and not r.prefix for r, ns in word.names for n in ns)


def _is_verb(doc: Document, i: int, reading: Reading, *, office: bool) -> bool:
    """«عقد الوزير ...», «بحث الرئيس ...»: a noun that is also a verb, before someone who acts; «ملك الأردن» is none."""
    if reading.article or reading.preposition:
        return False
    finite = [v for v in doc.words[i].verbs if v.finite and v.form.person == 3 and not v.form.passive]
    if not finite:
        return False
    before = doc.words[i - 1] if i else None
    if not office and before is not None and "relative" in before.classes:
        return True  # «الذي عقد أمس»
    if reading.pronoun:
        return not office and any(v.pronoun for v in finite)  # «مؤتمر عقده مع ...»
    if i + 1 >= len(doc.words):
        return False
    if office and doc.words[i + 1].article and (reading.conjunction or opens_clause(doc, i)) and _told(finite):
        return True  # «وطالب الاتحاد ...»
    return any(
        n.kind in _ACTS and not r.preposition and not r.conjunction
        for r, ns in doc.words[i + 1].names
        for n in ns
        if n.kind != "state" or (n.how != "demonym" and not office)
    )


def _told(finite: list[VerbReading]) -> bool:
    """Whether a verb is one that cites, and no rare one that is spelled like an office."""
    return any(v.cue is not None and v.form.kind == "past" for v in finite)


def _is_masdar(doc: Document, i: int, reading: Reading) -> bool:
    """«مشاركة الدول», «بمساعدة الجيش»: what is done, and no woman who does it."""
    masdar = any(v.form.kind == "masdar" and not v.pronoun for v in doc.words[i].verbs)
    if not masdar or is_named(doc, i + 1):
        return False
    if reading.prefix or reading.article or i == 0:
        return True
    told = any(v.finite and v.form.gender == "f" for v in doc.words[i - 1].verbs)
    return not told


def is_first_name(doc: Document, i: int, reading: Reading) -> bool:
    """«الدكتور رائد ...», «محمد أمين»: behind a courtesy or another first name, a rank or an office without article."""
    if reading.article or reading.prefix or i == 0:
        return False
    if not doc.words[i].given:  # «صالح شيخ يوسف»
        return (
            doc.words[i - 1].given and i - 1 not in doc.mentions and i + 1 < len(doc.words) and doc.words[i + 1].given
        )
    before = doc.mentions.get(i - 1)
    courteous = before is not None and before.name.keys in courtesy_keys() and before.reading.article
    after = doc.words[i + 1] if i + 1 < len(doc.words) else None
    if after is not None and after.key in _PATERNAL:
        return True
    national = before is not None and before.name.how == "demonym" and before.reading.article
    family = after is not None and after.article and not any(n.term for _, ns in after.names for n in ns)
    return courteous or (national and family) or (doc.words[i - 1].given and i - 1 not in doc.mentions)


def _is_turki(doc: Document, i: int, reading: Reading) -> bool:
    """«... الأسرية تركي الدخيل»: a first name spelled like a nisba, which would need the article of the word before."""
    if reading.article or reading.prefix or not doc.words[i].given or i == 0 or i + 1 >= len(doc.words):
        return False
    after = doc.words[i + 1]
    if after.key in _PATERNAL:
        return True  # «تركي بن ...»
    return doc.words[i - 1].article and after.article and not any(n.term for _, ns in after.names for n in ns)


def _is_deed(doc: Document, i: int, reading: Reading) -> bool:
    """«تم إعداد تقرير», «قيد الدراسة» stay; «سيتم دراسة الملفات», «جرى بحث العلاقات» are deeds and no documents."""
    if reading.article or reading.pronoun:
        return False
    if i + 1 < len(doc.words) and doc.words[i + 1].key in _RESEARCH:
        return False
    masdar = any(v.form.kind == "masdar" and not v.article for v in doc.words[i].verbs)
    if not masdar:
        return False
    before = doc.words[i - 1] if i else None
    happens = before is not None and before.stem_key in _UNDERGOES
    after = doc.words[i + 1] if i + 1 < len(doc.words) else None
    return happens or (reading.preposition == _FOR and after is not None and after.article)


def describes(doc: Document, i: int) -> bool:
    """Whether the nisba at *i*, which could name someone, is an adjective: «التعاون السياسي والثقافي», «مؤتمر صحفي»."""
    mention = doc.mentions[i]
    if mention.name.kind not in _DESCRIBE or mention.first != mention.last or mention.reading.preposition:
        return False
    if i == 0 or not doc.tokens[i - 1].is_word:
        return False
    before = doc.words[i - 1]
    if before.function or "adverb" in before.classes or before.article != mention.reading.article:
        return False
    if mention.name.kind == "coref":
        return "refers_latest" in mention.name.flags and before.article
    if mention.name.kind == "institution" and not before.article:
        return False
    feminine = mention.name.how == "f" and mention.name.kind in ("anonymous", "role") and not is_named(doc, i + 1)
    if not (feminine or doc.words[i].key.endswith(_NISBA)):
        return False
    if mention.reading.conjunction and not before.key.endswith(_NISBA):
        return False
    low = doc.sentences[doc.sentence_of[i - 1]][0]
    actors = (doc.actors.get(k) for k in range(i - 1, low - 1, -1))
    if any(a is not None and a.last == i - 1 and a.kind == "person" for a in actors):
        return False
    return before.article or not (before.finite or opens_clause(doc, i - 1))


def opens_clause(doc: Document, k: int) -> bool:
    """Whether the word at *k* stands where a verb does: at the head of a sentence, behind a mark or a particle."""
    if k == doc.sentences[doc.sentence_of[k]][0] or not doc.tokens[k - 1].is_word:
        return True
    before = doc.words[k - 1]
    negated = "negation" in before.classes and len(before.stem_key) == len(_NOT)
    return before.that or negated or not before.classes.isdisjoint(("turn", "relative", "auxiliary", "conjunction"))
