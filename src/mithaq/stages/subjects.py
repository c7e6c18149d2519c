"""Which noun phrases act: subjects, and not what a preposition or another noun governs."""

from __future__ import annotations

from mithaq.stages.document import Actor, Document


def is_oblique(doc: Document, actor: Actor) -> bool:
    """Whether an actor is governed by a preposition or by a noun: «مع الوزير», «للوزير», «زيارة الوزير»."""
    mention = doc.mentions.get(actor.first)
    if mention is not None and mention.reading.preposition:
        return True
    if actor.first == 0 or not doc.tokens[actor.first - 1].is_word:
        return False
    if mention is not None and mention.reading.conjunction:
        return False
    before = doc.words[actor.first - 1]
    if "preposition" in before.classes:
        return True
    if before.classes or before.article or any(v.finite for v in before.verbs):
        return False
    return any(v.form.kind == "masdar" for v in before.verbs) or not before.verbs
