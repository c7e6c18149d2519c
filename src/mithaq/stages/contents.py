"""Stage: each content, its mode, and which statement holds which."""

from __future__ import annotations

from bisect import bisect_right
from itertools import accumulate, islice

from mithaq.arabic.tokens import COMMAS
from mithaq.lexicon.function_words import function_words, particle
from mithaq.stages.content_ends import (
    and_this,
    clause_around,
    last_before,
    mode_of,
    next_boundary,
    resumes,
    token_at,
    trim,
    within,
)
from mithaq.stages.document import Document, Statement
from mithaq.stages.spans import after_letters, conjunction_letters

_MA = particle("what")
_THAT = particle("that")
_SOURCE = 8  # tokens of a source that begins a sentence: «بحسب تقرير لوكالة الأنباء الرسمية»
_FIRST_PERSON = function_words()["first_person"]


def find_contents(doc: Document) -> None:
    """Fill in the ``content`` and ``mode`` of every statement, then drop those that have none."""
    starts = [s.cue_first for s in doc.statements]
    for number, s in enumerate(doc.statements):
        if s.construction == "around":
            _around(doc, s, number, starts)
        else:
            _after(doc, s, number, starts)
    doc.statements = [s for s in doc.statements if s.content and s.content[0][1] > s.content[0][0]]
    _find_parents(doc)


def _after(doc: Document, s: Statement, number: int, starts: list[int]) -> None:
    start = s.content[0][0]
    first = token_at(doc, start, s.cue_last)
    limit = doc.sentences[doc.sentence_of[first]][1]
    around_cue = doc.quote_of[s.cue_first]
    if around_cue >= 0:
        limit = min(max(limit, first), doc.quotes[around_cue].last)
    own = doc.quote_of[first]
    opened = own if own >= 0 and own != around_cue and doc.quotes[own].first >= s.cue_last else -1
    if own < 0 and around_cue < 0 and _goes_on(doc, s, first, limit):
        limit = _spoken_on(doc, number, limit)
    cut = next_boundary(doc, s, number, starts, first, limit)
    if opened >= 0 and _begins_in(doc, opened, first):
        last = _quoted_end(doc, s, opened, cut)
    else:
        last = cut
        inner = doc.quote_of[last]
        if inner >= 0 and inner != around_cue and doc.quotes[inner].first > first and last == limit:
            # The sentence ends inside a quotation that the content opened: the content goes on to its end.
            last = max(last, doc.quotes[inner].last)
            last = min(last, next_boundary(doc, s, number, starts, first, last))
    end = trim(doc, first, last)
    s.content = [(start, max(end, start))]
    s.mode = mode_of(doc, first, token_at(doc, max(end - 1, start), first), around_cue)
    _leave_out(doc, s, number, first, last)


def _goes_on(doc: Document, s: Statement, first: int, limit: int) -> bool:
    """Whether a content without quotation marks may go on behind its sentence: after a colon, or in one's own voice."""
    if s.construction != "that":
        return s.construction == "colon"
    return any(doc.words[k].stem_key in _FIRST_PERSON for k in range(first, limit + 1))


def _leave_out(doc: Document, s: Statement, number: int, first: int, last: int) -> None:
    """«باستحالة الأمر، حسب قوله، في ظل ...»: a trailing cue between commas is no part of what is said around it."""
    for o in islice(doc.statements, number + 1, None):
        if o.cue_first >= last:
            return
        if not first + 1 < o.cue_first < last or o.construction != "around" or o.conjunction or within(doc, s, o):
            continue
        rest = resumes(doc, o, last)[1]
        comma = doc.tokens[o.cue_first - 1].text in COMMAS and rest > 0 and not doc.tokens[rest - 1].is_word
        if comma and doc.quote_of[o.cue_first] == doc.quote_of[s.cue_first]:
            start, end = s.content[0]
            cut = doc.tokens[last_before(doc, first, o.cue_first)].end
            s.content = [(start, cut), (after_letters(doc, rest, 0), end)]
            return


def _spoken_on(doc: Document, number: int, limit: int) -> int:
    """«قال: ...» without quotation marks goes on to the end of the paragraph or to a sentence that has a cue."""
    n = doc.sentence_of[limit] + 1
    others = {o.sentence for o in doc.statements[number + 1 :]}
    while n < len(doc.sentences) and doc.sentences[n][0] not in doc.paragraph_starts and n not in others:
        limit = doc.sentences[n][1]
        n += 1
    return limit


def _begins_in(doc: Document, quote: int, first: int) -> bool:
    q = doc.quotes[quote]
    return first == q.first or (first == q.first + 1 and doc.words[q.first].that)


def _quoted_end(doc: Document, s: Statement, quote: int, cut: int) -> int:
    """The end of a content that begins with a quotation: the quotation, and the clause after it that goes on."""
    q = doc.quotes[quote]
    if not q.closed:
        return min(q.last, max(cut, q.first))
    after = q.closing + 1
    if s.construction == "colon" or after >= len(doc.tokens) or after > cut:
        return q.last
    if not doc.tokens[after].is_word and doc.tokens[after].text not in '«“"(':
        goes_on = s.construction == "that" and after + 1 <= cut and doc.tokens[after].text in COMMAS
        goes_on = goes_on and _and_that(doc, after + 1)
        return max(q.last, cut) if goes_on else q.last  # «إن «...»، وإن ...»
    word = doc.words[after]
    if and_this(doc, after):
        return q.last
    if s.construction == "quotation" and ("conjunction" in word.classes or conjunction_letters(doc, after)):
        return q.last
    if any(v.finite and v.conjunction for v in word.verbs) or "turn" in word.classes:
        return q.last
    if after in doc.actors and s.construction == "quotation":
        return q.last
    return max(q.last, cut)


def _past_source(doc: Document, after: int, high: int) -> int:
    """«وبحسب تقرير لوكالة الأنباء، قررت ...»: what still belongs to the source ends at the comma."""
    if after > high or not doc.tokens[after - 1].is_word or not _prepositional(doc, after):
        return after
    for k in range(after + 1, min(after + _SOURCE, high)):
        if doc.tokens[k].text in COMMAS:
            return k + 1
        if doc.words[k].finite and k not in doc.actors:
            break
    return after


def _prepositional(doc: Document, k: int) -> bool:
    mention = doc.mentions.get(k)
    return "preposition" in doc.words[k].classes or (mention is not None and bool(mention.reading.preposition))


def _and_that(doc: Document, k: int) -> bool:
    word = doc.words[k]
    return bool(word.conjunction) if word.that else _THAT in word.stems and word.key != _THAT


def _around(doc: Document, s: Statement, number: int, starts: list[int]) -> None:
    """The clause that the cue stands in: before it, after it, or both («تهدف الاتفاقية، حسب الوزير، إلى ...»)."""
    low, high = doc.sentences[s.sentence]
    quote = doc.quote_of[s.cue_first]
    if quote >= 0:
        low, high = max(low, doc.quotes[quote].first), min(high, doc.quotes[quote].last)
    after, rest = resumes(doc, s, high)
    before = next((k for k in range(s.cue_first - 1, low - 1, -1) if doc.tokens[k].is_word), -1)
    leading = before < 0 or bool(s.conjunction) or doc.words[before].that  # «، ووفقا للوزارة فإن ...»
    leading = leading or doc.tokens[s.cue_first - 1].text in ".…:"
    leading = leading or doc.text(max(s.cue_first - 2, 0), s.cue_first - 1) == ".)"  # «(...) حسب الاتفاق، ...»
    if leading:
        after = _past_source(doc, after, high)
        if after <= high and doc.words[after].that:
            after += 1
        if after > high:
            s.content = []
            return
        s.content = [(doc.tokens[after].start, trim(doc, after, high))]
        s.mode = mode_of(doc, after, high, quote)
        return
    first = clause_around(doc, s, low)
    holders = [
        o for o in doc.statements[:number] if within(doc, o, s) and o.content[0][1] >= doc.tokens[s.cue_first].end
    ]
    if holders:
        first = max(first, token_at(doc, holders[-1].content[0][0], low))
    edge = s.cue_first
    while edge - 1 > first and (doc.words[edge - 1].key == _MA or "pronoun" in doc.words[edge - 1].classes):
        edge -= 1  # «..., وهو ما أكده ...»
    last = last_before(doc, first, edge)
    end = doc.tokens[last].end
    closing = next((q for q in doc.quotes if q.closing == last + 1 and q.closed and q.opening >= first), None)
    if closing is not None:
        end = doc.tokens[closing.closing].end
    start = after_letters(doc, first, conjunction_letters(doc, first))
    begun = (o.content[0][0] for o in doc.statements[:number] if o.content)
    start = max((k for k in begun if start < k < doc.tokens[first].end), default=start)  # «باستحالة ...، حسب قوله»
    s.content = [(start, end)]
    s.mode = mode_of(doc, first, last, quote)
    if rest >= 0:
        until = next_boundary(doc, s, number, starts, rest, high)
        s.content.append((after_letters(doc, rest, 0), trim(doc, rest, until)))


def _find_parents(doc: Document) -> None:
    """The smallest content that holds a cue is its parent's; a trailing cue is the parent of what it trails."""
    spans = sorted((start, end, j) for j, o in enumerate(doc.statements) for start, end in o.content)
    reach = list(accumulate((end for _, end, _ in spans), max))  # how far those up to each one go
    for i, s in enumerate(doc.statements):
        at = doc.tokens[s.cue_first].end - 1  # its conjunction may be outside
        holding = []
        n = bisect_right(spans, at, key=lambda span: span[0]) - 1
        while n >= 0 and reach[n] > at:
            start, end, j = spans[n]
            if at < end and j != i and doc.statements[j].parent != i:
                holding.append((end - start, j))
            n -= 1
        s.parent = min(holding, default=(0, s.parent))[1]
