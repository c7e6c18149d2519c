"""Stage: cues, their sources, and where their contents begin."""

from __future__ import annotations

from mithaq.arabic.tokens import COMMAS
from mithaq.arabic.words import VerbReading, Word
from mithaq.lexicon.cues import Cue
from mithaq.lexicon.function_words import letter, particle, particles
from mithaq.stages.cue_places import (
    after_ma,
    certain,
    finite_place,
    is_circumstance,
    may_speak,
    opens_clause,
    speakable,
)
from mithaq.stages.document import Actor, Document, Statement
from mithaq.stages.frame_retry import retry
from mithaq.stages.frame_view import anonymity
from mithaq.stages.frames import Frame
from mithaq.stages.noun_cues import noun_cue
from mithaq.stages.phrase_cues import phrase_cue
from mithaq.stages.scan import scan_actor
from mithaq.stages.spans import conjunction_letters, subject_waits

_HAMZA, _ALIF = letter("hamza"), letter("alif")
_BARE = 5  # tokens of an unlisted subject
_MA = particle("what")
_LINK = particle("web_link")
_WHICH_IS = particles("which_is")
_BY = particle("by")
_SAME = particles("same_statement")
_WHO = particles("who")
_WITH_BA = particles("with_it")
_QAD = particles("between")


def _rank(v: VerbReading, quoted: bool) -> int:
    """How likely a reading is where spelling leaves several: third person past, present, participle, first person."""
    form = v.form
    if form.kind == "past" and form.person == 3:
        return 4 - form.passive
    if form.kind == "present" and form.person == 3:
        return 3 - form.passive
    if v.circumstantial:
        return 2
    if v.finite and form.person == 1 and quoted and not form.passive:
        return 1
    return 0


def _best_reading(word: Word, text: str, quoted: bool, after_ma: bool) -> VerbReading | None:
    best, rank = None, 0
    if not word.cued or "adverb" in word.classes:
        return None
    noun = word.masdar and any(
        v.form.kind == "masdar" and v.pronoun for v in word.verbs
    )  # رفضهم is rather «their refusal»
    for v in word.verbs:
        if v.cue is None or v.article or v.preposition:
            continue
        if v.form.kind == "past" and v.form.lemma.endswith(_HAMZA) and text.endswith(_ALIF) and not v.pronoun:
            continue  # «هنا» is not «هنأ»
        if v.pronoun and ((noun and not after_ma) or text.endswith("ة") or v.form.passive):
            continue
        r = _rank(v, quoted)
        if r > rank:
            best, rank = v, r
    return best


def _subject_before(doc: Document, i: int, feminine: bool) -> Actor | None:
    """The actor right before a verb («الوزارة أعلنت», «وكان المسؤول قال», «الرئيس الذي أكد»), or None."""
    k = i - 1
    low = doc.sentences[doc.sentence_of[i]][0]
    if k > low and any(q.opening == k for q in doc.quotes):
        k -= 1
    if k > low and doc.tokens[k].text in COMMAS and not doc.words[i].conjunction:
        return _waiting_subject(doc, i, low)
    while k >= low and (
        doc.words[k].stem_key in _QAD or "auxiliary" in doc.words[k].classes or "negation" in doc.words[k].classes
    ):
        k -= 1
    relative = k >= low and "relative" in doc.words[k].classes and doc.words[k].key != _MA
    if relative:
        following = doc.actors.get(i + 1)
        agrees = (
            following is None or following.kind != "institution" or following.plural or following.feminine == feminine
        )
        if following is not None and agrees:
            return None  # «المخاطر التي تقول إسرائيل»: the subject follows
        k -= 1
        if k >= low and doc.tokens[k].text in COMMAS:
            k -= 1
    for start in range(k, max(low, k - 30) - 1, -1):
        actor = doc.actors.get(start)
        if actor is not None:
            mention = doc.mentions.get(start)
            attached = mention is not None and bool(mention.reading.preposition)
            subject = relative or (not attached and _is_subject(doc, start, low))
            return actor if actor.last == k and subject else None
    return None


def _waiting_subject(doc: Document, i: int, low: int) -> Actor | None:
    """«أن الوزير الذي وصل أمس، عبر عن ...»: the subject of the clause that the verb after the comma completes."""
    for k in range(i - 2, low - 1, -1):
        if doc.words[k].that or (k == low and k in doc.actors):
            actor = doc.actors.get(k + 1 if doc.words[k].that else k)
            return actor if actor is not None and subject_waits(doc, actor.first, i) else None
    return None


def _bare_subject(doc: Document, i: int) -> Actor | None:
    """An unlisted noun phrase before the verb that fills the clause («ولكن العفو الدولية تقول إن»), or None."""
    k = i - 1
    low = doc.sentences[doc.sentence_of[i]][0]
    while (
        k >= low and i - k <= _BARE and doc.tokens[k].is_word and not doc.words[k].function and not doc.words[k].verbs
    ):
        k -= 1
    begins = k < low or not doc.tokens[k].is_word or doc.words[k].that
    begins = begins or bool(doc.words[k].classes & {"conjunction", "auxiliary"})
    if not begins or k + 1 >= i:
        return None
    if not doc.words[k + 1].article:
        named = scan_actor(doc, k + 1, i - 1)
        return named if named is not None and named.last == i - 1 else None
    return Actor(k + 1, i - 1, "institution", definite=True)


def _is_subject(doc: Document, start: int, low: int) -> bool:
    """Whether a clause begins with the actor at *start*: nothing before it could govern it."""
    if start == low:
        return True
    before = doc.words[start - 1]
    if not doc.tokens[start - 1].is_word or before.that or conjunction_letters(doc, start):
        return True
    return (
        bool(before.classes & {"conjunction", "auxiliary", "adverb", "relative"})
        and "preposition" not in before.classes
    )


def verb_cue(doc: Document, i: int) -> Statement | None:
    """The statement whose cue is the verb or participle at token *i*, if one of the cue's frames fits there."""
    word = doc.words[i]
    quoted = doc.quote_of[i] >= 0
    v = _best_reading(word, doc.tokens[i].text, quoted, after_ma(doc, i))
    if v is None or v.cue is None or (v.finite and v.form.passive):
        return None
    if v.finite and v.form.person == 1 and not v.cue.first_person:
        return None
    if anonymity(doc, i):
        return None
    if v.finite and v.pronoun and (back := _what_was_said(doc, i, v.cue)) is not None:
        return back
    if not (is_circumstance(doc, i) if v.circumstantial else finite_place(doc, i, v)):
        return None
    if v.pronoun and not (v.cue.frames & {"addressee", "object"} or after_ma(doc, i)):
        return None
    end = _limit(doc, i)
    s = Statement(v.cue, i, i, "", doc.sentence_of[i])
    s.feminine = v.form.gender == "f"
    s.plural = v.form.number in ("p", "d")
    s.first_person = v.finite and v.form.person == 1
    s.participle = v.circumstantial
    s.conjunction = len(v.conjunction)
    if not s.participle:
        s.source = _subject_before(doc, i, s.feminine)
    opens = s.participle or s.first_person or s.source is not None or opens_clause(doc, i, v.form.kind == "past")
    frame = Frame(doc, s, end, participle=s.participle, pronoun=bool(v.pronoun) and "addressee" in v.cue.frames)
    if not frame.find() and not retry(doc, s, end, v):
        return None
    comma = doc.tokens[i - 1].text in COMMAS if i else False
    if not opens and (s.source is None or (v.form.kind == "present" and not comma)):
        told_in = i + 1 < len(doc.words) and "prepositional_pronoun" in doc.words[i + 1].classes
        clear = s.construction in ("that", "colon", "quotation")
        called = bool(v.pronoun) and s.construction == "preposition" and _BY in s.cue.prepositions
        clear = clear or (called and after_ma(doc, i))  # «النظام الذي وصفه بالهجين»
        if not (told_in or clear):
            return None
        s.source = s.source or (_bare_subject(doc, i) if clear else None)
        if s.source is None and v.form.kind == "present":
            return None
        s.relative = s.source is None  # «بيان قال فيه إن»: its subject is still whoever acts in the sentence
    mention = doc.mentions.get(i)
    noun = mention is not None and mention.name.kind != "anonymous_modifier"
    if (noun or word.classes & {"preposition", "noun_like"}) and not certain(doc, s, i):
        return None
    if s.construction == "object" and not speakable(doc, s):
        return None
    with_ba = i + 1 < len(doc.words) and doc.words[i + 1].key in _WITH_BA
    told = s.construction in ("that", "preposition") and _BY in s.cue.prepositions
    if v.pronoun and "addressee" not in v.cue.frames and i and doc.words[i - 1].key in _WHO and not told:
        return None  # «الاتهامات التي وجهتها ...»: what is said stands before, but «التي وصفها بأنها ...»
    if with_ba and s.construction == "object":
        return None  # «الديون التي تدين بها»، «اتهمت بها»: another verb, or passive
    if s.first_person:
        s.source = None
    elif not may_speak(doc, s, v, i):
        return None
    return s


def _what_was_said(doc: Document, i: int, cue: Cue) -> Statement | None:
    """«..., وهو ما أكده الوزير»: the clause before is the content."""
    low, end = doc.sentences[doc.sentence_of[i]]
    if i - 2 <= low or i >= end or doc.words[i - 1].key != _MA or doc.words[i - 2].key not in _WHICH_IS:
        return None
    source = doc.actors.get(i + 1) or scan_actor(doc, i + 1, end)
    attached = doc.mentions.get(i + 1)
    if source is None or (attached is not None and attached.reading.preposition):
        return None
    return Statement(cue, i, i, "around", doc.sentence_of[i], source=source)


def _limit(doc: Document, i: int) -> int:
    """The last token a frame may reach: the end of the sentence, or of the quotation around the cue."""
    end = doc.sentences[doc.sentence_of[i]][1]
    number = doc.quote_of[i]
    if number >= 0:
        end = min(end, doc.quotes[number].last)
    return end


def find_cues(doc: Document) -> None:
    """Fill ``statements``, in the order of their cues; contents have only their first character yet."""
    words, actors = doc.words, doc.actors
    links = {p for p in doc.paragraph_starts if p < len(words) and words[p].key == _LINK}
    taken = completed = linked = -1
    for i in [i for i, w in enumerate(words) if w.cued or w.phrases or i + 1 in actors or i in links]:
        if i <= taken or i == completed or i <= linked:
            continue
        if i in links:
            linked = next((p for p in sorted(doc.paragraph_starts) if p > i), len(words)) - 1
            continue  # «رابط الخبر: ...»: a headline once more
        statement = (
            (phrase_cue(doc, i, verb_cue) if words[i].phrases else None)
            or (verb_cue(doc, i) if words[i].cued else None)
            or (noun_cue(doc, i) if i + 1 in actors else None)
        )
        if statement is not None:
            doc.statements.append(statement)
            taken, completed = statement.cue_last, statement.completed
            if statement.construction == "object":  # «جدد تأكيده أن ...» is one statement
                start = statement.content[0][0]
                first = next((k for k in range(taken + 1, len(doc.tokens)) if doc.tokens[k].start >= start), -1)
                completed = first if doc.words[first].stems & _SAME and first + 1 not in doc.actors else completed
