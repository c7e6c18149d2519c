"""From tokens to characters."""

from __future__ import annotations

from bisect import bisect_left

from mithaq.model import Span
from mithaq.stages.document import Actor, Document

_RELATIVE = 8  # tokens from the beginning of a clause within which its relative clause begins


def tokens_between(doc: Document, start: int, end: int) -> range:
    """The tokens that begin between two characters."""
    return range(
        bisect_left(doc.tokens, start, key=lambda t: t.start), bisect_left(doc.tokens, end, key=lambda t: t.start)
    )


def after_letters(doc: Document, p: int, letters: int) -> int:
    """The offset after so many base letters of token *p*; marks on them go with them."""
    token = doc.tokens[p]
    if not token.is_word:
        return token.start
    offset = 0
    while letters and offset < len(token.text):
        offset += 1
        if token.text[offset - 1].isalpha() and token.text[offset - 1] != "ـ":
            letters -= 1
    while offset < len(token.text) and (token.text[offset] == "ـ" or not token.text[offset].isalnum()):
        offset += 1
    return token.start + offset


def conjunction_letters(doc: Document, p: int) -> int:
    """1 if the word at *p* begins with a conjunction (و، ف) that is not its own first letter."""
    word = doc.words[p]
    mention = doc.mentions.get(p)
    if mention is not None:
        return len(mention.reading.conjunction)
    if word.conjunction:
        return 1
    if word.key[:1] not in ("و", "ف") or len(word.key) < 3:
        return 0
    attached = [bool(v.conjunction) for v in word.verbs]
    if attached:
        return int(all(attached))
    return int(word.key[1:3] == "ال")


def actor_span(doc: Document, actor: Actor) -> Span:
    """The characters of an actor, without a conjunction or preposition attached to its first word."""
    start, end = actor_start(doc, actor), doc.tokens[actor.last].end
    return Span.of(doc.report.text, min(start, end), end)


def actor_start(doc: Document, actor: Actor) -> int:
    """The offset of an actor behind the conjunction or preposition that is attached to its first word."""
    mention = doc.mentions.get(actor.first)
    letters = mention.reading.prefix if mention is not None else conjunction_letters(doc, actor.first)
    if mention is not None and mention.reading.preposition == "ل" and mention.reading.article:
        letters = len(mention.reading.conjunction)
    return after_letters(doc, actor.first, letters)


def subject_waits(doc: Document, first: int, k: int) -> bool:
    """Whether the clause from *first* to before *k* is a noun with its relative clause, and its verb still to come."""
    relative = next((j for j in range(first, min(k, first + _RELATIVE)) if "relative" in doc.words[j].classes), -1)
    if relative <= first or any(v.finite for j in range(first, relative) for v in doc.words[j].verbs):
        return False
    return not any(
        doc.words[j].finite and "relative" not in doc.words[j - 1].classes
        for j in range(relative + 1, k)
        if doc.tokens[j].is_word and not (doc.words[j].article or "adverb" in doc.words[j].classes or j in doc.actors)
    )
