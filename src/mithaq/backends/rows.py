"""Rows of several origins → one record: order, ids, references, entities, times and amounts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from mithaq.lexicon.keys import fold
from mithaq.model import Attribution, Entity, EntityKind, Provision, Record, SourceKind, Span
from mithaq.pipeline import record_of
from mithaq.stages.details import attach_details
from mithaq.stages.document import Document

_KINDS: dict[SourceKind, EntityKind] = {
    "named": "person",
    "anonymous": "anonymous",
    "institution": "institution",
    "document": "document",
    "media": "media",
}


def overlap(a: Span, b: Span) -> bool:
    """Whether two spans have a character in common."""
    return a.start < b.end and b.start < a.end


def same_act(a: Provision, b: Provision) -> bool:
    """Whether two rows are of one act: the same area, and evidence that overlaps."""
    return a.area == b.area and overlap(a.evidence, b.evidence)


def renamed(
    attributions: Iterable[Attribution], provisions: Iterable[Provision], prefix: str
) -> tuple[list[Attribution], list[Provision]]:
    """The same rows with *prefix* before every id, so that those of several origins can stand together."""

    def name(id: str | None) -> str | None:
        return None if id is None else prefix + id

    return (
        [replace(a, id=prefix + a.id, parent=name(a.parent)) for a in attributions],
        [replace(p, id=prefix + p.id, attribution=name(p.attribution)) for p in provisions],
    )


def without_circles(attributions: Sequence[Attribution]) -> tuple[list[Attribution], int]:
    """The same rows; one that would be its own ancestor has no parent. Also how many there were."""
    parents = {a.id: a.parent for a in attributions}
    cut = 0
    for attribution in attributions:
        above, seen = attribution.parent, {attribution.id}
        while above is not None and above not in seen:
            seen.add(above)
            above = parents.get(above)
        if above == attribution.id:
            parents[attribution.id] = None
            cut += 1
    return [replace(a, parent=parents[a.id]) for a in attributions], cut


def assemble(doc: Document, attributions: Sequence[Attribution], provisions: Sequence[Provision]) -> Record:
    """The record of these rows: in the order of the text, with ids ``a1`` ... and ``p1`` ...

    *doc* is the report as the rules read it: it gives the entities (speakers that it does not know are added) and the
    times, frequencies and quantities, which go to the provisions as they do to those of the rules. A reference to a row
    that is not among these is none.
    """
    said = sorted(without_circles(attributions)[0], key=lambda a: (a.cue, a.id))
    ids = {a.id: f"a{n}" for n, a in enumerate(said, 1)}
    entities = list(doc.entities)
    made = [
        replace(
            a,
            id=ids[a.id],
            parent=ids.get(a.parent or ""),
            entity=a.entity if a.entity is not None else _entity(entities, a),
        )
        for a in said
    ]
    acts = sorted(provisions, key=lambda p: (p.evidence, p.id))
    doc.provisions = tuple(
        replace(p, id=f"p{n}", attribution=ids.get(p.attribution or ""), when=(), frequency=None, quantities=())
        for n, p in enumerate(acts, 1)
    )
    attach_details(doc)
    doc.attributions, doc.entities = tuple(made), tuple(entities)
    return record_of(doc)


def _entity(entities: list[Entity], attribution: Attribution) -> str:
    """The id of the entity that speaks: by the place of its source, else by its name; a new one if there is none."""
    source, speaker = attribution.source, attribution.speaker
    key = fold(speaker)
    named = [e for e in entities if fold(e.name) == key or any(fold(m.text) == key for m in e.mentions)]
    placed = [e for e in entities if source is not None and any(overlap(m, source) for m in e.mentions)]
    found = next((e for e in named if e in placed), None) or next(iter(named), None)
    if found is None:
        found = next((e for e in placed if key in fold(e.name) or fold(e.name) in key), None)
    if found is None:
        mentions = (source,) if source is not None else ()
        found = Entity(f"e{len(entities) + 1}", _KINDS[attribution.kind], speaker, None, mentions)
        entities.append(found)
    return found.id
