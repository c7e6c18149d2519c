"""Stage: noun phrases that name someone, with their titles, apposition, proper name and state."""

from __future__ import annotations

from mithaq.stages.document import Document
from mithaq.stages.known_names import find_known_names, remember
from mithaq.stages.scan import KINDS, scan_actor


def find_actors(doc: Document) -> None:
    """Fill ``actors``: first token → the actor that starts there at a listed title, name or noun."""
    i = 0
    while i < len(doc.tokens):
        mention = doc.mentions.get(i)
        step = 1
        if mention is not None and mention.name.kind in KINDS:
            actor = scan_actor(doc, i, doc.sentences[doc.sentence_of[i]][1])
            if actor is not None:
                doc.actors[i] = actor
                remember(doc, actor)
                step = actor.last - i + 1
        i += max(step, 1)
    find_known_names(doc)
