"""Stage: acts between two or more parties, with area, stage, role and the attribution they stand on."""

from __future__ import annotations

from mithaq.model import Provision, Role, Span
from mithaq.stages.acts import Found, find_acts, topics_in
from mithaq.stages.document import Document, Statement
from mithaq.stages.parties import Parties, expand
from mithaq.stages.spans import after_letters, conjunction_letters
from mithaq.stages.status import Stage, stage_of


def find_provisions(doc: Document) -> None:
    """Fill ``provisions``."""
    parties = Parties(doc)
    seen: set[tuple[object, ...]] = set()
    made: list[Provision] = []
    inherited: tuple[int, Stage] | None = None
    for found in find_acts(doc):
        number = _statement(doc, found)
        statement = doc.statements[number] if number >= 0 else None
        who, who_rule = _parties(doc, found, parties, statement)
        if len(who) < 2:
            continue
        sentence = doc.sentence_of[found.first]
        listed = inherited[1] if inherited is not None and _same_list(doc, inherited[0], sentence) else None
        stage = stage_of(doc, found, listed)
        inherited = (sentence, stage)
        for area, area_rule in _areas(doc, found):
            key = _key(doc, found, area, who, stage)
            if key in seen:
                continue
            seen.add(key)
            made.append(
                Provision(
                    id=f"p{len(made) + 1}",
                    evidence=_evidence(doc, found),
                    area=area,
                    status=stage.status,
                    parties=tuple(sorted(who)),
                    role=_role(stage),
                    attribution=doc.attribution_ids.get(number),
                    why=(("area", area_rule), ("status", stage.rule), ("parties", who_rule)),
                )
            )
    doc.provisions = tuple(made)


def _role(stage: Stage) -> Role:
    return "condition" if stage.condition else "provision"


def _evidence(doc: Document, found: Found) -> Span:
    text = doc.report.text
    letters = conjunction_letters(doc, found.start)
    return Span.of(text, after_letters(doc, found.start, letters), doc.tokens[found.end].end)


def _statement(doc: Document, found: Found) -> int:
    """The number of the innermost statement whose content holds the act, -1 for the reporter's own voice."""
    at = doc.tokens[found.first].start
    best, size = -1, 0
    for number, s in enumerate(doc.statements):
        for start, end in s.content:
            if start <= at < end and (best < 0 or end - start < size):
                best, size = number, end - start
    return best


def _parties(
    doc: Document, found: Found, parties: Parties, statement: Statement | None
) -> tuple[frozenset[str], str]:
    if found.instrument is not None:
        codes = frozenset(c for p in found.instrument.parties for c in expand(p))
        return codes, f"instruments.toml: {found.instrument.id}"
    visit = found.act is not None and found.act.area == "visit"
    return parties.of(found.start, found.first, found.end, statement, visit)


def _areas(doc: Document, found: Found) -> list[tuple[str, str]]:
    if found.instrument is not None:
        return [(found.instrument.area, f"instruments.toml: {found.instrument.id}")]
    act = found.act
    assert act is not None
    if act.topical:
        areas = topics_in(doc, found.start, found.end)
        if areas:
            return [(a, f"acts.toml: {act.id}, topics.toml: {a}") for a in areas]
    return [(act.area, f"acts.toml: {act.id}")]


def _key(doc: Document, found: Found, area: str, who: frozenset[str], stage: Stage) -> tuple[object, ...]:
    """What makes two mentions one act: its area, parties and stage, and, for acts that recur in lists, its words."""
    once = found.instrument is not None or (found.act is not None and (found.act.once or found.act.topical))
    words = () if once else tuple(doc.words[k].key for k in range(found.first, found.last + 1))
    return area, who, stage.status, stage.condition, words


def _same_list(doc: Document, before: int, sentence: int) -> bool:
    """Whether a sentence is the next item of the list that another one began («1 - ...»)."""
    if before == sentence:
        return True
    first = doc.sentences[sentence][0]
    token = doc.tokens[first]
    return sentence - before <= 1 and (token.text[0].isdigit() or token.text in "-–•*")
