"""Who bears a long title: the name that stands beyond the bodies, fields and places of an office.

«وكيل الجامعة للتطوير وخدمة المجتمع الدكتور ...», «مدير عام التعليم بمنطقة ... سالم بن ...»: the reader of a noun phrase
cannot know from one word to the next that the title goes on; a rank, a courtesy or a first name further on can.
"""

from __future__ import annotations

from mithaq.arabic.tokens import COMMAS
from mithaq.lexicon.function_words import name_words
from mithaq.lexicon.keys import fold
from mithaq.stages.document import Document, Mention
from mithaq.stages.name_shape import is_given

_REACH = 16  # tokens between a title and the name of its bearer
_QUOTED = 4  # tokens of a body's name in quotation marks
_BRACKETS = 7
_STOPS = frozenset(
    (
        "that",
        "that_not",
        "relative",
        "negation",
        "pronoun",
        "auxiliary",
        "conjunction",
        "future",
        "adverb",
        "turn",
        "prepositional_pronoun",
    )
)
_BRIDGES = name_words()["bridge"]
_FOR = fold("ل")
_TO = fold("إلى")
_SAKE = fold("أجل")
_TO_PLACES = name_words()["bridge_to_place"]
_SPEAKS_FOR = name_words()["speaks_for"]
_RELATIONS = name_words()["relation"]
_NAMED_AFTER = name_words()["named_after"]
_OWNERS = _NAMED_AFTER | name_words()["of_person"]
_NAME_LINKS = name_words()["name_link"]
_HOLDERS = ("role", "rank", "honorific")
_ANCHORS = ("person", *_HOLDERS)
_PLACES = ("state", "organisation", "group", "institution", "media", "outlet")


def bearer_ahead(doc: Document, j: int, limit: int) -> int:
    """The token at which the name (or the courtesy before it) of the bearer of a title begins, -1 if none follows."""
    p, end = j, min(limit, j + _REACH)
    while p <= end:
        if not doc.tokens[p].is_word:
            after = _past_mark(doc, p, end)
            if after == p + 1 and doc.tokens[p].text in COMMAS:
                return after if after <= end and _is_anchor(doc, after, end) else -1
            if after < 0:
                return -1
            p = after
            continue
        if _is_anchor(doc, p, end):
            if not _names_body(doc, p):
                return p
            p = _past_name(doc, p, end)
            continue
        mention = doc.mentions.get(p)
        if mention is not None and mention.name.kind == "role" and mention.reading.preposition == _FOR:
            p = _past_master(doc, mention, end)
            if p < 0:
                return -1
            continue
        if not _bridges(doc, p, end):
            return -1
        p = (mention.last if mention is not None else p) + 1
    return -1


def _past_master(doc: Document, master: Mention, end: int) -> int:
    """The token behind the office that another serves («المبعوث الخاص للرئيس ... إلى ...»), -1 if its name follows."""
    p = master.last + 1
    while p <= end and (m := doc.mentions.get(p)) is not None and m.name.how == "demonym":
        p = m.last + 1
    return p if p <= end and doc.tokens[p].is_word and not _is_anchor(doc, p, end) else -1


def _past_mark(doc: Document, p: int, end: int) -> int:
    """The token behind a comma, a dash, a bracket or a short quotation at *p*, -1 where the phrase ends there."""
    mark = doc.tokens[p].text
    if mark in "،,-/":
        return p + 1
    if mark == "(":
        return next((k + 1 for k in range(p + 1, min(p + _BRACKETS, end) + 1) if doc.tokens[k].text == ")"), -1)
    quote = doc.quote_at.get(p)
    if quote is None or not quote.closed or quote.last - quote.first >= _QUOTED:
        return -1
    return quote.closing + 1


def _is_anchor(doc: Document, p: int, end: int) -> bool:
    """Whether a name can begin at *p*: a courtesy, a rank, a listed person, or a first name with another behind it."""
    mention = doc.mentions.get(p)
    follows = p + 1 <= end and doc.tokens[p + 1].is_word and doc.words[p + 1].stem_key == doc.words[p + 1].key
    if "preposition" in doc.words[p - 1].classes and doc.tokens[p - 1].is_word:
        return False
    if mention is not None:
        if mention.reading.prefix or mention.name.kind not in _ANCHORS:
            return False
        behind = doc.words[mention.last + 1] if mention.last + 1 <= end else None
        if mention.name.kind == "person":
            return True
        named = behind is not None and is_given(doc, mention.last + 1)
        if behind is None or (behind.function and not named):
            return False
        if mention.name.kind == "role":  # «الأستاذ», «المستشار»: offices that are also courtesies
            return mention.reading.article and mention.first == mention.last and named
        return mention.reading.article or named
    return is_given(doc, p) and follows and (not doc.words[p + 1].function or doc.words[p + 1].key in _NAME_LINKS)


def _names_body(doc: Document, p: int) -> bool:
    """«جامعة الملك سعود», «مدينة محمد بن زايد»: the name is that of a body or place."""
    before = next((m for k in range(max(p - 4, 0), p) if (m := doc.mentions.get(k)) and m.last == p - 1), None)
    if before is not None:
        return before.name.kind == "institution" and not doc.words[p - 1].article
    owner = doc.words[p - 1]
    return not (owner.article or _OWNERS.isdisjoint({owner.key, *owner.stems}))  # «محافظ المدينة سالم ...»


def named_after(doc: Document, p: int) -> int:
    """The last token of the name of someone that a body or place is named after, -1 if none begins at *p*."""
    mention = doc.mentions.get(p)
    if mention is None or not mention.reading.article or mention.reading.preposition or p == 0:
        return -1
    if mention.name.kind not in _HOLDERS or mention.last + 1 >= len(doc.words):
        return -1
    before = doc.words[p - 1]
    body = not before.article and not _NAMED_AFTER.isdisjoint({before.key, *before.stems})
    return _past_name(doc, p, len(doc.words) - 1) - 1 if body and doc.words[mention.last + 1].given else -1


def _past_name(doc: Document, p: int, end: int) -> int:
    """The token behind the name of someone that a body is named after."""
    mention = doc.mentions.get(p)
    last = mention.last if mention is not None else p
    if mention is not None and mention.name.kind != "person" and last + 1 <= end:
        last += 1
    while last + 1 <= end and (doc.words[last + 1].key in _NAME_LINKS or doc.words[last].key in _NAME_LINKS):
        last += 1
    return last + 1


def _bridges(doc: Document, p: int, end: int) -> bool:
    """Whether the word at *p* can stand inside a title."""
    word = doc.words[p]
    mention = doc.mentions.get(p)
    if mention is not None:
        return _mention_bridges(mention)
    if not doc.tokens[p].text[0].isalpha() or not _RELATIONS.isdisjoint((word.key, word.key[1:])):
        return False
    if word.key == _SAKE:
        return True  # «الأمين العام للمؤتمر من أجل ...»
    if word.key in _BRIDGES:
        if p + 1 > end or not (doc.tokens[p + 1].is_word or len(word.key) == 1):
            return False
        following = doc.words[p + 1]
        if following.key == _SAKE:
            return True
        if not _SPEAKS_FOR.isdisjoint(doc.words[p - 1].stems):
            return True  # «النائب عن الجبل سالم ...»
        if word.key in _TO_PLACES and (m := doc.mentions.get(p + 1)) is not None:
            return m.name.kind in _PLACES
        if word.key in _TO_PLACES:
            return word.key == _TO and following.article  # «المبعوث إلى الشرق الأوسط»
        return following.classes.isdisjoint(("speech_noun", "adverb", "turn", "pronoun", "relative", "that"))
    if not word.classes.isdisjoint(_STOPS) or "preposition" in word.classes:
        return False
    if word.article or word.key.startswith(("وال", "لل", "بال")):
        return True
    noun = word.masdar
    verb = any(v.finite and v.form.person == 3 and not v.form.passive for v in word.verbs)
    spoken = any(v.circumstantial and v.cue is not None for v in word.verbs)
    return (noun or not verb) and not spoken


def _mention_bridges(m: Mention) -> bool:
    kind = m.name.kind
    if kind == "role":
        return not m.reading.preposition
    if kind in _PLACES:
        return m.name.how != "title"
    return kind in ("document", "anonymous_modifier") and (m.reading.article or kind != "document")
