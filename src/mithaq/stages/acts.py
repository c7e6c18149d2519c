"""Words that name an act of states, and the phrase around them."""

from __future__ import annotations

from typing import NamedTuple

from mithaq.arabic.words import VerbReading
from mithaq.lexicon.provisions import Act, Instrument, act_verbs
from mithaq.stages.document import Document
from mithaq.stages.phrases import has_needed, longest, phrase_end, without_acts

_VERB_REACH = 18  # tokens from a verb to the object that makes it an act


class Found(NamedTuple):
    """An act in the text: its head (token indexes inclusive) and the phrase that is its evidence."""

    act: Act | None
    instrument: Instrument | None
    first: int
    last: int
    start: int
    end: int
    verb: VerbReading | None


def find_acts(doc: Document) -> list[Found]:
    """The acts of a text, in order; where several entries fit one head, the most telling."""
    found: list[Found] = []
    named = {
        k
        for a in doc.actors.values()
        if a.kind in ("organisation", "state", "group", "person", "institution")
        for k in range(a.first + (a.kind in ("person", "institution")), a.last + 1)
    }
    passed_over = without_acts(doc)
    for n, (low, high) in enumerate(doc.sentences):
        if n in passed_over:
            continue
        i = low
        while i <= high:
            act = _at(doc, i, high) if doc.words[i].act and i not in named else None
            if act is not None:
                found.append(act)
                i = act.end if act.act is not None and act.act.topical else act.last
            i += 1
    return found


def _at(doc: Document, i: int, limit: int) -> Found | None:
    begun = doc.words[i].begun
    names = longest(doc, i, limit, begun.instruments)
    if names:
        phrase, instrument = names[0]
        last = i + len(phrase) - 1
        return Found(None, instrument, i, last, _start(doc, i), phrase_end(doc, last, limit), None)
    for phrase, act in longest(doc, i, limit, begun.acts):
        if act.possible:
            continue
        last = i + len(phrase) - 1
        end = phrase_end(doc, last, limit)
        if act.yields and any(_heads_at(doc, k, end) for k in range(last + 1, end + 1)):
            continue
        if _fits(doc, act, i, end, len(phrase)):
            return Found(act, None, i, last, _start(doc, i), end, None)
    if i in doc.mentions and doc.mentions[i].name.kind not in ("document", "anonymous"):
        return None
    verb, of_verb = _verb(doc, i, limit)
    if verb is None or of_verb is None:
        return None
    return Found(of_verb, None, i, i, i, phrase_end(doc, i, limit), verb)


def _verb(doc: Document, i: int, limit: int) -> tuple[VerbReading | None, Act | None]:
    for v in doc.words[i].verbs:
        if not v.finite or v.form.passive or v.form.person == 2:
            continue
        if v.pronoun and doc.words[i].masdar:
            continue  # «استقباله», «خلال زيارتها» are nouns
        for act in act_verbs().get(v.form.lemma, ()):
            if act.possible or not _has_subject(doc, i, meeting=act.area == "visit"):
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
        return has_needed(doc, act, first, end)
    named = doc.words[first].article or not doc.words[first].finite  # «عقد» may be the verb
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
        for at in range(first + 1, end + 1)
        if (a := doc.actors.get(at)) is not None and (a.kind == "person" or _stands_for_state(doc, at))
        for k in range(at, a.last + 1)
    }
    k = first
    while k <= end:
        for phrase, area in longest(doc, k, end, doc.words[k].begun.topics)[:1] if k not in titled else ():
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
        masdar = masdar and not before.finite
        if not masdar or before.function or start - 1 in doc.mentions:
            break
        start -= 1
        if any(v.conjunction or v.preposition for v in before.verbs) or i - start >= 3:
            break
    return start


def _heads_at(doc: Document, j: int, limit: int) -> list[Act]:
    """The acts whose head begins at *j*."""
    return [act for _, act in longest(doc, j, limit, doc.words[j].begun.acts) if not act.possible]
