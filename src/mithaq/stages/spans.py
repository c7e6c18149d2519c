"""From tokens to characters."""

from __future__ import annotations

from bisect import bisect_left
from operator import attrgetter

from mithaq.model import Span
from mithaq.stages.document import Actor, Document

START = attrgetter("start")
"""The key by which tokens are looked for at a character."""
_RELATIVE = 8  # tokens from the beginning of a clause within which its relative clause begins


def tokens_between(doc: Document, start: int, end: int) -> range:
    """The tokens that begin between two characters."""
    return range(bisect_left(doc.tokens, start, key=START), bisect_left(doc.tokens, end, key=START))


def after_letters(doc: Document, p: int, letters: int) -> int:
    """The offset after so many base letters of token *p*; marks on them go with them."""
    token = doc.tokens[p]
    if not token.is_word:
        return token.start
    text, offset = token.text, 0
    while letters and offset < len(text):
        offset += 1
        if text[offset - 1].isalpha() and text[offset - 1] != "ـ":
            letters -= 1
    while offset < len(text) and (text[offset] == "ـ" or not text[offset].isalnum()):
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
    if mention is None:
        letters = conjunction_letters(doc, actor.first)
    else:
        reading = mention.reading
        fused = reading.article and reading.preposition == "ل"  # «للرئيس»: no letter of the article can be cut off
        letters = len(reading.conjunction) if fused else reading.prefix
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
