"""Where a content ends: the next cue that takes the word, the end of its clause, the marks around it."""

from __future__ import annotations

from bisect import bisect_right
from operator import attrgetter

from mithaq.arabic.tokens import COMMAS
from mithaq.lexicon.function_words import function_words, particle, particles
from mithaq.model import Mode
from mithaq.stages.document import Document, Statement
from mithaq.stages.spans import conjunction_letters, subject_waits

_END = attrgetter("end")
_TRAILING = '،,.:؛;-–ـ "“”«»()'
_CLAUSE_STARTERS = function_words()["clause_starter"]
_RELATIVE = 15  # tokens of a relative clause after a source in the middle of a clause
_HAD = particles("had")
_SHORT_CLAUSE = 5  # tokens before a cue that stands within its clause without commas
_MA = particle("what")
_AND = particle("and")
_AND_THAT = particle("and_that")
_WITH = particle("with")
_BY = particle("by")
_FROM = particle("from")
_MEANWHILE = function_words()["meanwhile"]
_BUT = particle("but")
_TIME = particle("the_time")
_AND_THIS = function_words()["and_this"]
_LINKS = function_words()["link"]


def token_at(doc: Document, offset: int, low: int) -> int:
    """The token at a character offset, looked for from token *low*."""
    return min(bisect_right(doc.tokens, offset, low, key=_END), len(doc.tokens) - 1)


def next_boundary(doc: Document, s: Statement, number: int, starts: list[int], first: int, limit: int) -> int:
    """The last token before the next cue that takes the word from this one, at most *limit*."""
    own = doc.quote_of[first]
    for o in doc.statements[:number]:
        if s.participle and o.construction == "quotation" and o.content and doc.tokens[first].start < o.content[0][0]:
            limit = min(limit, last_before(doc, first, token_at(doc, o.content[0][0], first)))
    for other in range(number + 1, len(starts)):
        k = starts[other]
        if k > limit:
            break
        o = doc.statements[other]
        if k <= first or o.construction == "noun":
            continue
        inside = doc.quote_of[k]
        if inside >= 0 and inside != doc.quote_of[s.cue_first] and doc.quotes[inside].closed:
            continue
        if o.participle and not _in_relative(doc, first, k) and (o.cue.verb or _beside(doc, k)):
            return last_before(doc, first, k)
        if o.construction == "around":
            if within(doc, s, o):
                continue
            if k > first + 1 and resumes(doc, o, limit)[1] < 0:
                return last_before(doc, first, k)
            continue
        if o.cue.verb and not o.participle and not o.first_person and _takes_over(doc, s, o, first, k):
            return last_before(doc, first, _clause_start(doc, o, first, k))
    limit = _occasion(doc, first, limit)
    if s.construction in ("object", "preposition", "noun"):
        limit = _phrase_end(doc, first, limit, first_person=s.first_person)
    if s.source is not None and s.source.last < s.cue_first and "relative" in doc.words[s.cue_first - 1].classes:
        limit = _beside_relative(doc, first, limit)
    for k in range(first + 1, limit + 1):
        word = doc.words[k]
        if (
            word.stem_key in _MEANWHILE
            and (s.construction != "that" or word.conjunction)
            and doc.quote_of[k] == own
            and k + 1 <= limit
            and _is_past(doc, k + 1)
        ):
            return last_before(doc, first, k)
        if "turn" in word.classes and doc.quote_of[k] == own and _turns(doc, k - 1):
            return last_before(doc, first, k - 1)
    return limit


def within(doc: Document, s: Statement, o: Statement) -> bool:
    """Whether the trailing cue *o* belongs to what *s* says («أعلن أن الأموال تبلغ 29 مليارا كما أعلنت واشنطن»)."""
    if (
        o.source is None
        or o.source.kind == "media"
        or not doc.tokens[o.cue_first - 1].is_word
        or s.sentence != o.sentence
    ):
        return False
    if o.conjunction or s.construction not in ("that", "object", "preposition") or not s.content:
        return False
    return (
        s.content[0][0] < doc.tokens[o.cue_first - 1].start and doc.quote_of[s.cue_first] == doc.quote_of[o.cue_first]
    )


def _beside(doc: Document, k: int) -> bool:
    """Whether a phrase cue («مع التأكيد على», «بقولها») stands beside the content and not inside it."""
    before = doc.words[k - 1]
    return before.stem_key == _WITH or not doc.tokens[k - 1].is_word or doc.words[k].key.startswith(_BY)


def _is_past(doc: Document, k: int) -> bool:
    kinds = {v.form.kind for v in doc.words[k].verbs}
    return "past" in kinds and "present" not in kinds and "auxiliary" not in doc.words[k].classes


def _turns(doc: Document, k: int) -> bool:
    """«، من جهته» and «ومن جهته» give the word to another; «سيحاول من جانبه» does not."""
    return doc.words[k].stem_key == _FROM and (bool(doc.words[k].conjunction) or not doc.tokens[k - 1].is_word)


def _phrase_end(doc: Document, first: int, limit: int, *, first_person: bool) -> int:
    """A noun phrase ends at a comma that a clause in the past follows («، وقرر المضي»، «، وقد اتفق»)."""
    for k in range(first + 1, limit):
        if doc.tokens[k].text in COMMAS and doc.quote_of[k] == doc.quote_of[first] and is_clause(doc, k + 1):
            return k - 1
        if first_person and any(v.form.person == 1 and v.conjunction for v in doc.words[k].verbs if v.finite):
            return last_before(doc, first, k)  # «ندين النظام ونؤمن بأن ...»
        but = doc.words[k].key.startswith(_BUT) and "clause_starter" in doc.words[k].classes
        if but and doc.quote_of[k] == doc.quote_of[first]:
            return last_before(doc, first, k)  # «رحب بالاتفاق لكنها أبدت ...»
    return limit


def _occasion(doc: Document, first: int, limit: int) -> int:
    """«..., وذلك في حديث على قناة ...» tells where it was said."""
    words = doc.words
    for k in range(first + 1, limit - 1):
        if (
            words[k].key == _AND_THAT
            and "preposition" in words[k + 1].classes
            and "speech_noun" in words[k + 2].classes
        ):
            return last_before(doc, first, k)
    return limit


def _beside_relative(doc: Document, first: int, limit: int) -> int:
    """«واشنطن التي تتهم ... وموسكو التي تنفي ...»: another with a relative clause of its own ends this one."""
    for k in range(first + 1, limit - 1):
        actor = doc.actors.get(k)
        mention = doc.mentions.get(k)
        beside = actor is not None and mention is not None and mention.reading.conjunction
        if beside and actor is not None and actor.last < limit and "relative" in doc.words[actor.last + 1].classes:
            return last_before(doc, first, k)
    return limit


def is_clause(doc: Document, k: int) -> bool:
    """Whether a conjunction and a past verb, or وقد, begin at *k*."""
    word = doc.words[k]
    if word.classes & {"auxiliary", "light_verb"}:
        return bool(word.conjunction)
    kinds = {v.form.kind for v in word.verbs if v.conjunction and (v.form.kind != "present" or v.form.person == 3)}
    return "past" in kinds and kinds.isdisjoint(("present", "masdar"))


def _in_relative(doc: Document, first: int, k: int) -> bool:
    return k - 1 >= first and "relative" in doc.words[k - 1].classes


def _takes_over(doc: Document, s: Statement, o: Statement, first: int, k: int) -> bool:
    """Whether the finite cue at *k* begins a clause beside the content («، وأضاف»، «فيما أعلن») and not inside it."""
    word = doc.words[k]
    before = doc.words[k - 1]
    past = any(v.finite and v.cue is not None and v.form.kind == "past" and v.form.person == 3 for v in word.verbs)
    if k - 3 > first and doc.words[k - 2].key == _TIME and "relative" in before.classes:
        return o.source is not None  # «في الوقت الذي يؤكد فيه ...»
    if not past:
        return o.source is not None and k - 1 > first and before.stem_key in _MEANWHILE
    told_in = k + 1 < len(doc.words) and "prepositional_pronoun" in doc.words[k + 1].classes
    if s.construction == "that" and (doc.tokens[k - 1].text in COMMAS or told_in) and subject_waits(doc, first, k):
        return False
    after_that = s.cue_first > 1 and doc.words[s.cue_first - 1].that
    if (
        after_that
        and "before_that" in doc.words[s.cue_first - 2].classes
        and o.source is not None
        and o.source.first > k
    ):
        return not before.that  # «وبعد أن نوه بمشاركة ... دعا الوزير إلى ...»
    if o.conjunction or (k - 1 > first and before.key == _AND):
        return True
    if k - 1 <= first:
        return False
    if before.stem_key in _HAD and conjunction_letters(doc, k - 1):
        return True
    return before.stem_key in _CLAUSE_STARTERS or doc.tokens[k - 1].text in COMMAS


def _clause_start(doc: Document, o: Statement, first: int, k: int) -> int:
    if o.conjunction:
        return k
    if doc.words[k - 1].key == _AND:
        return k - 1
    if doc.words[k - 2].key == _TIME:
        return k - 3
    while k - 1 > first and (doc.words[k - 1].stem_key in _CLAUSE_STARTERS or doc.words[k - 1].key == _AND):
        k -= 1
    return k


def last_before(doc: Document, first: int, k: int) -> int:
    """The last token before *k* that is content: adverbials that lead to the next cue («في الوقت نفسه») are not."""
    j = k - 1
    while j > first and not doc.tokens[j].is_word and doc.tokens[j].text in _TRAILING:
        j -= 1
    return max(j, first)


def trim(doc: Document, first: int, last: int) -> int:
    """The end offset of a content, without closing marks and stops, but with marks that close what it opened."""
    while last > first and not doc.tokens[last].is_word and doc.tokens[last].text in _TRAILING + "!":
        closing = next((q for q in doc.quotes if q.closing == last and q.closed), None)
        if closing is not None and closing.opening > first:
            break
        if doc.tokens[last].text == ")" and any(doc.tokens[k].text == "(" for k in range(first, last)):
            break
        last -= 1
    return doc.tokens[last].end


def mode_of(doc: Document, first: int, last: int, around_cue: int) -> Mode:
    """Whether all of a content is inside quotation marks, some of it, or none."""
    quotes = enumerate(doc.quote_of[first : last + 1], first)
    marked = [k for k, quote in quotes if quote >= 0 and quote != around_cue]
    if around_cue >= 0 and not marked:
        return "direct"
    if not marked:
        return "indirect"
    if set(marked).issuperset(k for k in range(first, last + 1) if doc.tokens[k].is_word):
        return "direct"
    inside = (doc.quote_at.get(k - 1) for k in range(first, last + 1))  # by their first token, behind the mark
    longest = max((q.last - q.first + 1 for q in inside if q is not None), default=0)
    return "mixed" if longest > 1 or len(marked) > 1 else "indirect"


def and_this(doc: Document, k: int) -> bool:
    """Whether «وهذا» or its like begins a new clause at *k*."""
    return bool(doc.words[k].conjunction) and doc.words[k].stem_key in _AND_THIS


def resumes(doc: Document, s: Statement, limit: int) -> tuple[int, int]:
    """The first word after the source of a cue in the middle of a clause, and where the clause goes on, or -1."""
    source_end = (s.source.last if s.source is not None else s.cue_last) + 1
    while source_end <= limit and "adverb" in doc.words[source_end].classes:
        source_end += 1
    if source_end <= limit and _describes(doc, source_end):  # «وفق بيان أصدرته الرئاسة، إلى ...»
        commas = (k for k in range(source_end, min(source_end + _RELATIVE, limit)) if doc.tokens[k].text in COMMAS)
        comma = next(commas, source_end)
        if not any(source_end <= o.cue_first <= comma for o in doc.statements):
            source_end = comma
    after = source_end
    while after <= limit and not doc.tokens[after].is_word and doc.tokens[after].text in _TRAILING:
        after += 1
    return after, _goes_on(doc, s, source_end, after, limit) if after <= limit else -1


def _describes(doc: Document, k: int) -> bool:
    word = doc.words[k]
    return "relative" in word.classes or any(v.finite and v.pronoun and not v.conjunction for v in word.verbs)


def _goes_on(doc: Document, s: Statement, source_end: int, after: int, limit: int) -> int:
    word = doc.words[after]
    low = clause_around(doc, s, doc.sentences[s.sentence][0])
    resumed = s.cue_first > low and doc.words[s.cue_first - 1].key == _MA
    if after == source_end and not (word.that or resumed):
        begun = s.cue_first - low <= _SHORT_CLAUSE and doc.tokens[s.cue_first - 1].is_word
        if not begun or limit - after < _SHORT_CLAUSE:
            return -1  # with no commas, only a clause that has just begun goes on
    if any(doc.tokens[k].text in ".!؟?؛;" for k in range(source_end, after)):
        return -1
    if "adverb" in word.classes and limit - after < _SHORT_CLAUSE:
        return -1
    led = word.that or word.preposition or "preposition" in word.classes or doc.tokens[after].text[0].isdigit()
    if not led and s.cue_first - low > _SHORT_CLAUSE + 1 and not resumed:
        return -1  # after a clause that is complete, a noun is rather the name of the source
    turns = (
        set()
        if word.key == _MA
        else word.classes & {"relative", "conjunction", "clause_starter", "turn"} - {"preposition"}
    )
    if (turns and "preposition" not in word.classes) or word.conjunction or conjunction_letters(doc, after):
        return -1
    if any(o.cue_first == after or o.cue_first == after + 1 for o in doc.statements if o is not s and o.participle):
        return -1
    if any(v.finite and v.cue is not None and v.form.person == 3 for v in word.verbs) and not word.preposition:
        return -1
    return after + 1 if word.that and after < len(doc.words) - 1 else after


def clause_around(doc: Document, s: Statement, low: int) -> int:
    """The first token of the last clause before the cue, without what links it to the text before."""
    first = low
    for other in doc.statements:
        # A clause that another cue opened in this sentence is what this one is about, if it ends here.
        opens = other.conjunction and other.construction not in ("around", "noun") and not other.participle
        if low < other.cue_first < s.cue_first and opens:
            first = max(first, other.cue_first)
    if s.source is None:  # «على حد قوله»: the words of whom the sentence has just quoted
        own = [o.content[0][0] for o in doc.statements if first <= o.cue_first < s.cue_first and o.content]
        own = [k for k in own if k < doc.tokens[s.cue_first].start]
        if own:
            return token_at(doc, max(own), first)
    for k in range(s.cue_first - 2, first, -1):
        meanwhile = doc.words[k + 1].stem_key in _MEANWHILE and _is_past(doc, k + 2)
        if doc.tokens[k].text in COMMAS and (meanwhile or is_clause(doc, k + 1) or and_this(doc, k + 1)):
            first = k + 1
            break
    return _without_link(doc, first, s.cue_first)


def _without_link(doc: Document, first: int, limit: int) -> int:
    """Past «كما»، «كذلك فإن»، «من جهة أخرى،» at the beginning of a clause."""
    while first < limit - 1 and not doc.tokens[first].is_word:
        first += 1
    if doc.words[first].stem_key == _FROM and first + 1 < limit and "turn" in doc.words[first + 1].classes:
        comma = next((k for k in range(first + 2, min(first + 5, limit)) if doc.tokens[k].text in COMMAS), first - 1)
        first = comma + 1
    while first < limit - 1 and (doc.words[first].stem_key in _LINKS | _MEANWHILE or doc.words[first].that):
        first += 1
    return first
