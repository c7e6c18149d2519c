"""Cues that are not verbs (``data/cues/phrases.toml``): حسب ...، وفقا لـ ...، على حد قوله، التأكيد على ..."""

from __future__ import annotations

from collections.abc import Callable

from mithaq.lexicon.cues import Cue
from mithaq.lexicon.function_words import function_words, particle, particles
from mithaq.stages.document import Actor, Document, Statement
from mithaq.stages.frames import Frame
from mithaq.stages.known_names import known_name
from mithaq.stages.scan import scan_actor

_HEADLINE = 10  # tokens of a name before the colon
_HEADLINE_CONTENT = 3
_FOR = particle("for")
_ALSO = particles("also")
_IN = particles("in")
_RECORDS = function_words()["record"]
_LATEST = function_words()["latest"]
_REACH = 3  # tokens that may stand between «حسب» and its source (ما، البيان ...)


def phrase_cue(doc: Document, i: int, verb_cue: Callable[[Document, int], Statement | None]) -> Statement | None:
    """The statement whose cue is the phrase that begins at token *i*, or None."""
    w = doc.words[i]
    behind = doc.words[i + 1].key if i + 1 < len(doc.words) else ""
    for cue, phrase in w.phrases:
        if len(phrase) > 1 and not behind.startswith(phrase[1]):
            continue  # most
        last = _match(doc, i, phrase)
        if last < 0:
            continue
        if cue.place == "around":
            statement = _around(doc, cue, i, last, verb_cue)
        elif cue.place == "after":
            statement = _after(doc, cue, i, last)
        else:
            statement = _headline(doc, cue, i)
        if statement is not None:
            statement.conjunction = int(w.key[:1] in ("و", "ف") and not w.key.startswith(phrase[0]))
            return statement
    return None


def _match(doc: Document, i: int, phrase: tuple[str, ...]) -> int:
    """The index of the phrase's last word, or -1. A final one-letter preposition may be attached to what follows."""
    n = len(phrase)
    if i + n > len(doc.words):
        return -1
    for k in range(1, n):
        key = doc.words[i + k].key
        if key == phrase[k]:
            continue
        if k == n - 1 and len(phrase[k]) == 1 and key.startswith(phrase[k]) and len(key) > 2:
            return i + k - 1
        if (
            k == n - 1
            and key.startswith(phrase[k])
            and len(key) - len(phrase[k]) <= 3
            and phrase[k] in doc.words[i + k].stems
        ):
            return i + k
        return -1
    return i + n - 1


def _after(doc: Document, cue: Cue, i: int, last: int) -> Statement | None:
    statement = Statement(cue, i, last, "", doc.sentence_of[i], participle=True)
    end = doc.sentences[doc.sentence_of[i]][1]
    if not Frame(doc, statement, end, participle=True, pronoun=False).find():
        return None
    if cue.id == "saying_noun":  # «نقلت الوكالة عن الوزير قوله إن»: whose saying it is stands right before
        statement.source = next((a for a in doc.actors.values() if a.last == i - 1), None)
    return statement


def _headline(doc: Document, cue: Cue, i: int) -> Statement | None:
    """«فلان: ...»: a line, or what follows an earlier colon, that begins with someone and a colon."""
    low, end = doc.sentences[doc.sentence_of[i]]
    near = range(i - 1, max(low, i - _HEADLINE - 1) - 1, -1)
    start = next((k + 1 for k in near if doc.tokens[k].text == ":"), low)
    if i - start > _HEADLINE or end - i < _HEADLINE_CONTENT or (start == low and low not in doc.paragraph_starts):
        return None
    actor = doc.actors.get(start) or known_name(doc, start, i - 1)
    if actor is None or actor.last != i - 1 or actor.kind not in ("person", "institution", "state", "organisation"):
        return None
    statement = Statement(cue, i, i, "headline", doc.sentence_of[i], source=actor)
    content = i + 1
    while content < end and not doc.tokens[content].is_word:
        content += 1
    statement.content = [(doc.tokens[content].start, doc.tokens[content].start)]
    return statement


def _around(
    doc: Document, cue: Cue, i: int, last: int, verb_cue: Callable[[Document, int], Statement | None]
) -> Statement | None:
    end = doc.sentences[doc.sentence_of[i]][1]
    statement = Statement(cue, i, last, "around", doc.sentence_of[i])
    p = last + 1
    if doc.words[last].key in _IN and doc.words[i].stem_key in _ALSO and i == doc.sentences[doc.sentence_of[i]][0]:
        return None  # «كما جاء في الوفد ...» begins something new
    if cue.verb_follows:
        verb = next((v for v in doc.words[p].verbs if v.finite and _says(v.cue)), None) if p <= end else None
        also = doc.words[i].stem_key in _ALSO
        if verb is None or (also and not verb.pronoun and verb_cue(doc, p) is not None):
            return None
        if also and i == doc.sentences[doc.sentence_of[i]][0] and not verb.pronoun:
            return None  # «كما طالب ...» begins something new
        after_word = i > doc.sentences[doc.sentence_of[i]][0] and doc.tokens[i - 1].is_word
        subject = doc.actors.get(p + 1)
        trailing = subject is not None and (subject.last >= end or not doc.tokens[subject.last + 1].is_word)
        if after_word and also and not trailing:
            return None  # «رد على ما نشرته ...» is an object, «، على ما ذكرت ...» a cue
        statement.cue_last = p
        statement.feminine, statement.plural = verb.form.gender == "f", verb.form.number != "s"
        p += 1
    with_pronoun = (
        doc.words[last].key not in (k for phrase in cue.phrases for k in phrase[-1:]) and not cue.verb_follows
    )
    if with_pronoun and len(cue.phrases[0]) > 1 and len(cue.phrases[0][-1]) > 1:
        return statement
    if p <= end and not cue.exceptions.isdisjoint(doc.words[p].stems):
        return None
    told = cue.verb_follows or doc.words[last].key in _IN  # «وفق ما جاء في ...»: anything may be named
    while told and p <= end and doc.words[p].classes & {"prepositional_pronoun", "adverb", "same"}:
        p += 1  # «وفق ما كشفت عنه الهيئة»
    attached = p <= end and doc.words[p].preposition and "own_letter" not in doc.words[p].classes
    told = told and p <= end and not attached  # «كما وصفهم بأنهم ...»
    statement.source = _source(doc, p, end) or (scan_actor(doc, p, end) if told else None)
    return statement if statement.source is not None else None


def _says(cue: Cue | None) -> bool:
    return cue is not None and ("that" in cue.frames or bool(cue.prepositions))


def _source(doc: Document, p: int, end: int) -> Actor | None:
    while p <= end and ((not doc.tokens[p].is_word and doc.tokens[p].text not in '«“"') or len(doc.words[p].key) == 1):
        p += 1
    while p <= end and p not in doc.actors and doc.words[p].classes & {"prepositional_pronoun", "adverb", "same"}:
        p += 1  # «حسب ذات المصدر»
    if p > end:
        return None
    if doc.tokens[p].text in '«“"':
        quote = doc.quote_at.get(p)
        if quote is None or quote.last - quote.first > _REACH:
            return None
        return Actor(quote.first, quote.last, "media", quote.first, quote.last)
    return doc.actors.get(p) or known_name(doc, p, end) or record(doc, p, end)


def record(doc: Document, p: int, end: int) -> Actor | None:
    """«آخر المعطيات الإحصائية»، «حصيلة جديدة للمرصد»: figures and recordings that tell something."""
    k = p + 1 if doc.words[p].key in _LATEST and p < end else p
    verb = any(v.finite and v.pronoun for v in doc.words[k].verbs)  # «وفق بيان نشرته أمس», but «نشرة»
    verb = verb and not doc.tokens[k].text.endswith("ة")
    if verb or doc.words[k].stems.isdisjoint(_RECORDS):
        return None
    last = k
    while last < end and doc.tokens[last + 1].is_word:
        word = doc.words[last + 1]
        named = doc.actors.get(last + 1)
        attached = named is not None and word.key.startswith(_FOR)
        if named is not None and (attached or last == k):
            return Actor(p, named.last, "document", definite=True)
        if word.function or word.verbs or "adverb" in word.classes or word.that:
            break
        last += 1
    return Actor(p, last, "document", definite=doc.words[k].article)
