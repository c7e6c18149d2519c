"""Words that name an act of states, and the phrase around them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any, NamedTuple

from mithaq.arabic.words import VerbReading, word
from mithaq.lexicon.function_words import function_words
from mithaq.lexicon.provisions import Act, Instrument, Phrase, act_heads, act_verbs, instrument_names, topics
from mithaq.stages.document import Document

_VERB_REACH = 18  # tokens from a verb to the object that makes it an act
_LONGEST = 16  # tokens behind the head
_STOPS = function_words()["phrase_stop"]


class Found(NamedTuple):
    """An act in the text: its head (token indexes inclusive) and the phrase that is its evidence."""

    act: Act | None
    instrument: Instrument | None
    first: int
    last: int
    start: int
    end: int
    verb: VerbReading | None


def matches(doc: Document, i: int, phrase: Phrase, limit: int) -> bool:
    """Whether the words from *i* on are this phrase of stems, with any clitics."""
    if i + len(phrase) - 1 > limit:
        return False
    return all(stem == doc.words[i + k].key or stem in doc.words[i + k].stems for k, stem in enumerate(phrase))


def longest(
    doc: Document, i: int, limit: int, table: Mapping[str, tuple[tuple[Phrase, Any], ...]]
) -> list[tuple[Phrase, Any]]:
    """Every entry of *table* whose phrase begins at *i*, longest first."""
    found = []
    for stem in _first_stems(doc.words[i].key):
        found += [(p, e) for p, e in table.get(stem, ()) if matches(doc, i, p, limit)]
    return sorted(found, key=lambda e: -len(e[0]))


@lru_cache(maxsize=1 << 15)
def _first_stems(key: str) -> tuple[str, ...]:
    return tuple(sorted({key, *word(key).stems}))


@lru_cache(maxsize=1 << 15)
def _interesting(key: str) -> bool:
    """Whether a word of this type can begin an act at all."""
    stems = _first_stems(key)
    heads, names, verbs = act_heads(), instrument_names(), act_verbs()
    return any(s in heads or s in names for s in stems) or any(
        v.finite and v.form.lemma in verbs for v in word(key).verbs
    )


def find_acts(doc: Document) -> list[Found]:
    """The acts of a text, in order; where several entries fit one head, the most telling."""
    found: list[Found] = []
    named = {
        k
        for a in doc.actors.values()
        if a.kind in ("organisation", "state", "group", "person", "institution")
        for k in range(a.first + (a.kind in ("person", "institution")), a.last + 1)
    }
    sport = function_words()["sport"]
    for low, high in doc.sentences:
        if any(w.key in sport for w in doc.words[low : high + 1]):
            continue
        i = low
        while i <= high:
            act = _at(doc, i, high) if i not in named and _interesting(doc.words[i].key) else None
            if act is not None:
                found.append(act)
                i = act.end if act.act is not None and act.act.topical else act.last
            i += 1
    return found


def _at(doc: Document, i: int, limit: int) -> Found | None:
    names = longest(doc, i, limit, instrument_names())
    if names:
        phrase, instrument = names[0]
        last = i + len(phrase) - 1
        return Found(None, instrument, i, last, _start(doc, i), phrase_end(doc, last, limit), None)
    for phrase, act in longest(doc, i, limit, act_heads()):
        last = i + len(phrase) - 1
        end = phrase_end(doc, last, limit)
        if act.yields and any(_heads_at(doc, k, end) for k in range(last + 1, end + 1)):
            continue
        if _fits(doc, act, i, end, len(phrase)):
            return Found(act, None, i, last, _start(doc, i), end, None)
    if i in doc.mentions and doc.mentions[i].name.kind not in ("document", "anonymous"):
        return None
    verb, act = _verb(doc, i, limit)
    if verb is None or act is None:
        return None
    return Found(act, None, i, i, i, phrase_end(doc, i, limit), verb)


def _verb(doc: Document, i: int, limit: int) -> tuple[VerbReading | None, Act | None]:
    for v in doc.words[i].verbs:
        if not v.finite or v.form.passive or v.form.person == 2:
            continue
        if v.pronoun and any(m.form.kind == "masdar" for m in doc.words[i].verbs):
            continue  # «استقباله», «خلال زيارتها» are nouns
        for act in act_verbs().get(v.form.lemma, ()):
            if not _has_subject(doc, i, meeting=act.area == "visit"):
                continue
            if _fits(doc, act, i, min(limit, i + _VERB_REACH), 1):
                return v, act
    return None, None


def _has_subject(doc: Document, i: int, *, meeting: bool) -> bool:
    """Whether someone who can act for a state stands next to a verb; only people and delegations meet."""
    near = [doc.actors.get(k) for k in (i + 1, i + 2)]
    near += [a for k in range(max(i - 12, 0), i) if (a := doc.actors.get(k)) is not None and i - 3 <= a.last < i]
    kinds = ("person",) if meeting else ("person", "institution", "state", "organisation")
    return any(a is not None and (a.kind in kinds or _is_delegation(doc, a.first)) for a in near)


def _is_delegation(doc: Document, i: int) -> bool:
    mention = doc.mentions.get(i)
    return mention is not None and "delegation" in mention.name.flags


def _fits(doc: Document, act: Act, first: int, end: int, length: int) -> bool:
    """Whether what the entry demands of the phrase is there; a head of several words says enough by itself."""
    if any(not act.without.isdisjoint(doc.words[k].stems) for k in range(first, end + 1)):
        return False
    if act.needs and (length == 1 or act.verbs):
        return any(matches(doc, k, need, end) for need in act.needs for k in range(first, end + 1))
    named = doc.words[first].article or not any(v.finite for v in doc.words[first].verbs)  # «عقد» may be the verb
    return not act.needs_topic or bool(topics_in(doc, first, end)) or (act.bare and named)


def _stands_for_state(doc: Document, i: int) -> bool:
    """Whether a body of state is named at *i*: the «الدفاع» of its name is no topic."""
    mention = doc.mentions.get(i)
    return mention is not None and "body_of_state" in mention.name.flags


def topics_in(doc: Document, first: int, end: int) -> list[str]:
    """The areas of the topics in a phrase, in order, without those that only belong to a person's or body's name."""
    found: list[str] = []
    titled = {
        k
        for a in doc.actors.values()
        if first < a.first <= end and (a.kind == "person" or _stands_for_state(doc, a.first))
        for k in range(a.first, a.last + 1)
    }
    table = topics()
    k = first
    while k <= end:
        topical = k not in titled and any(s in table for s in _first_stems(doc.words[k].key))
        for phrase, area in longest(doc, k, end, table)[:1] if topical else ():
            if area not in found:
                found.append(area)
            k += len(phrase) - 1  # «تدريب عسكري» is training, not defence as well
        k += 1
    return found


def _start(doc: Document, i: int) -> int:
    """The phrase begins with the masdars that govern its head («توقيع اتفاقية», «تطوير وتعزيز العلاقات»)."""
    low = doc.sentences[doc.sentence_of[i]][0]
    start = i
    while start > low:
        before = doc.words[start - 1]
        masdar = any(v.form.kind == "masdar" and not v.article for v in before.verbs) and not before.article
        masdar = masdar and not any(v.finite for v in before.verbs)
        if not masdar or before.function or start - 1 in doc.mentions:
            break
        start -= 1
        if any(v.conjunction or v.preposition for v in before.verbs) or i - start >= 3:
            break
    return start


def phrase_end(doc: Document, last: int, limit: int) -> int:
    """The last token of the phrase whose head ends at *last*, within its sentence."""
    end = last
    j = last + 1
    while j <= min(limit, last + _LONGEST):
        token, w = doc.tokens[j], doc.words[j]
        if not token.is_word:
            if token.text in '«»“”"()':
                j += 1
                continue
            break
        if _begins_another(doc, j, limit):
            break
        actor = doc.actors.get(j)
        if actor is not None and actor.last <= limit and actor.kind != "document":  # «بحث» is a paper or a talk
            end, j = actor.last, actor.last + 1
            continue
        if _breaks(doc, j):
            break
        if not w.function and "adverb" not in w.classes and j not in doc.timed:
            end = j
        j += 1
    return end


def _heads_at(doc: Document, j: int, limit: int) -> list[Act]:
    """The acts whose head begins at *j*."""
    heads = act_heads()
    return [e for s in _first_stems(doc.words[j].key) if s in heads for p, e in heads[s] if matches(doc, j, p, limit)]


def _begins_another(doc: Document, j: int, limit: int) -> bool:
    """Whether an act of its own begins at *j*: joined by و, a meeting, or with nothing that makes it an object."""
    heads = _heads_at(doc, j, min(j + 3, limit))
    if not heads:
        return False
    w, before = doc.words[j], doc.words[j - 1]
    if w.key.startswith("و") or any(e.area == "visit" for e in heads):
        return True
    masdar = any(v.form.kind == "masdar" for v in before.verbs)
    governed = "preposition" in before.classes or bool(w.preposition) or masdar
    return not governed and not w.article and not all(e.topical for e in heads)


def _breaks(doc: Document, j: int) -> bool:
    w = doc.words[j]
    if w.that or "relative" in w.classes or "conjunction" in w.classes or w.stem_key in _STOPS or "turn" in w.classes:
        return True
    noun = w.article or j in doc.mentions
    finite = not w.function and any(v.finite and v.form.person == 3 and not v.pronoun for v in w.verbs)
    masdar = any(v.form.kind == "masdar" for v in w.verbs)
    if finite and not masdar and not noun and not w.given and not any(s in topics() for s in w.stems):
        return True
    purpose = w.key[:1] == "ل" and any(v.form.kind == "masdar" and v.preposition == "ل" for v in w.verbs)
    if purpose and j not in doc.mentions and not any(s in topics() for s in w.stems):
        return True
    if masdar and not w.article and doc.words[j - 1].article and not w.preposition and j not in doc.mentions:
        return True  # a bare masdar behind a definite word begins another phrase («الاتفاق العسكري إرسال بعثات»)
    # A further masdar with و begins an act of its own; a further adjective («والثقافي») does not.
    joined = any(v.form.kind == "masdar" and v.conjunction for v in w.verbs)
    return w.key.startswith("و") and joined and not longest(doc, j, min(j + 3, len(doc.words) - 1), topics())
