"""Stage: statements → the record's attributions and entities, with ids and character spans."""

from __future__ import annotations

from bisect import bisect_left

from mithaq.lexicon.function_words import function_words
from mithaq.lexicon.keys import fold
from mithaq.model import Attribution, Certainty, Entity, Polarity, SourceKind, Span
from mithaq.stages.document import Document, Person, Statement
from mithaq.stages.spans import START, actor_span, after_letters

_KIND: dict[str, SourceKind] = {
    "person": "named",
    "anonymous": "anonymous",
    "institution": "institution",
    "state": "institution",
    "organisation": "institution",
    "group": "institution",
    "document": "document",
    "media": "media",
}
_NEAR = 60  # tokens from the cue within which the content begins
_WORDS = 4  # the first of the content, in which its modality and negation stand
_POSSIBLE = frozenset(fold(w) for w in ("قد", "ربما", "يمكن", "يحتمل", "لعل"))
_PROBABLE = frozenset(fold(w) for w in ("يرجح", "يتوقع", "المرجح", "المتوقع", "المحتمل", "غالبا"))


def make_attributions(doc: Document) -> None:
    """Fill ``entities`` and ``attributions``; statements with no speaker in the text are dropped."""
    kept = [n for n, s in enumerate(doc.statements) if s.speaker >= 0]
    doc.attribution_ids = ids = {n: f"a{k}" for k, n in enumerate(kept, 1)}
    text = doc.report.text
    speakers = {doc.statements[n].speaker for n in kept}
    named = [n for n, p in enumerate(doc.people) if n in speakers or _is_named(p)]
    entity_ids = {n: f"e{k}" for k, n in enumerate(named, 1)}
    doc.entities = tuple(
        Entity(
            entity_ids[n],
            p.kind,
            p.name,
            p.state or None,
            tuple(actor_span(doc, a) for a in p.mentions),
            _role(doc, p),
        )
        for n in named
        for p in (doc.people[n],)
    )
    doc.attributions = tuple(
        Attribution(
            id=ids[n],
            cue=_cue_span(doc, s),
            source=actor_span(doc, s.source) if s.source is not None else None,
            speaker=_speaker(doc, s),
            content=tuple(Span.of(text, start, end) for start, end in s.content),
            mode=s.mode,
            parent=ids.get(s.parent),
            kind=_KIND[doc.people[s.speaker].kind],
            certainty=_certainty(doc, s, opening),
            polarity=_polarity(doc, s, opening),
            entity=entity_ids[s.speaker],
            why=(
                ("cue", f"{s.cue.file}: {s.cue.id}"),
                ("content", s.construction),
                ("speaker", s.speaker_rule),
            ),
        )
        for n in kept
        for s in (doc.statements[n],)
        for opening in (_opening(doc, s),)
    )


def _is_named(person: Person) -> bool:
    """Whether one who says nothing is named: «البلدين», «الضباط», «المعلومات» only look like sources."""
    if person.kind == "person":
        return any(a.name_first >= 0 or (a.state and a.titles and not a.plural) for a in person.mentions)
    if person.kind == "state":
        return bool(person.state)  # «البلدين» and «بلاده» are no names
    if person.kind in ("institution", "group"):
        return bool(person.state) or any(a.name_first >= 0 or a.definite for a in person.mentions)
    return person.kind != "anonymous"


def _role(doc: Document, person: Person) -> str | None:
    """The office of a person as the report first gives it with the name: «وزير الدفاع الأردني»."""
    if person.kind != "person":
        return None
    for actor in person.mentions:
        if not actor.titles or actor.coreferent:
            continue
        if actor.name_first > actor.first:
            return Span.of(doc.report.text, actor_span(doc, actor).start, doc.tokens[actor.name_first - 1].end).text
        if 0 <= actor.name_last < actor.last:
            return doc.text(actor.name_last + 1, actor.last).lstrip("،, ")
    return None


def _speaker(doc: Document, s: Statement) -> str:
    """The speaker's fullest name; a state or organisation keeps the name that speaks here («البيت الأبيض»)."""
    person = doc.people[s.speaker]
    single = person.kind in ("state", "organisation") and not person.plural
    if single and s.source is not None and s.source.entity == s.speaker and s.source.kind == person.kind:
        return actor_span(doc, s.source).text
    return person.name


def _cue_span(doc: Document, s: Statement) -> Span:
    return Span.of(doc.report.text, after_letters(doc, s.cue_first, s.conjunction), doc.tokens[s.cue_last].end)


def _negated(doc: Document, s: Statement) -> bool:
    before = doc.words[s.cue_first - 1] if s.cue_first else None
    return before is not None and "negation" in before.classes


def _opening(doc: Document, s: Statement) -> list[str]:
    """The keys of the first words of the content, which say how certain it is and whether it is denied."""
    start, end = s.content[0]
    near = range(s.cue_last, min(s.cue_last + _NEAR, len(doc.tokens)))
    first = bisect_left(doc.tokens, start, near.start, near.stop, key=START)
    return [t.key for t in doc.tokens[first : min(first + _WORDS, near.stop)] if t.start < end]


def _polarity(doc: Document, s: Statement, opening: list[str]) -> Polarity:
    negative = s.cue.polarity == "-"
    if _negated(doc, s):
        negative = not negative
    if not function_words()["negation"].isdisjoint(opening[:2]):
        negative = not negative
    return "-" if negative else "+"


def _certainty(doc: Document, s: Statement, opening: list[str]) -> Certainty:
    if s.cue.certainty != "certain":
        return s.cue.certainty
    if not _POSSIBLE.isdisjoint(opening):
        return "possible"
    if not _PROBABLE.isdisjoint(opening):
        return "probable"
    return "underspecified" if _negated(doc, s) and s.cue.polarity == "+" else "certain"
