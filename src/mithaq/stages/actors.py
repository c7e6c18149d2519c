"""Stage: noun phrases that name someone, with their titles, apposition, proper name and state."""

from __future__ import annotations

from mithaq.lexicon.function_words import name_words
from mithaq.lexicon.keys import fold
from mithaq.stages.bearers import named_after
from mithaq.stages.document import Actor, Document
from mithaq.stages.homographs import describes
from mithaq.stages.known_names import find_known_names, remember
from mithaq.stages.name_shape import is_given
from mithaq.stages.scan import KINDS, scan_actor

_OWNERS = name_words()["named_after"]
_LINKS = name_words()["paternal"]
_NISBA = fold("ي")
_SAME = name_words()["same"]


def find_actors(doc: Document) -> None:
    """Fill ``actors``: first token → the actor that starts there at a listed title, name or noun."""
    i = 0
    while i < len(doc.tokens):
        mention = doc.mentions.get(i) or (doc.mentions.get(i + 1) if doc.words[i].stem_key in _SAME else None)
        step = 1
        if (body := named_after(doc, i)) >= 0:
            i = body + 1  # «مدينة الملك فهد» is no king
            continue
        named = mention is None and _begins_name(doc, i)
        if named or (mention is not None and mention.name.kind in KINDS and not describes(doc, mention.first)):
            actor = scan_actor(doc, i, doc.sentences[doc.sentence_of[i]][1], governed=True)
            if actor is not None:
                doc.actors[i] = actor
                remember(doc, actor)
                _states_of_pair(doc, actor)
                step = actor.last - i + 1
        i += max(step, 1)
    find_known_names(doc)


def _begins_name(doc: Document, i: int) -> bool:
    """Whether a name without a title begins here: a first name, and behind it a father's, another, or a nisba."""
    if not is_given(doc, i) or i + 1 >= len(doc.words) or not _OWNERS.isdisjoint(doc.words[i - 1].stems if i else ()):
        return False
    after = doc.words[i + 1]
    if after.key in _LINKS or (is_given(doc, i + 1) and i + 1 not in doc.mentions):
        return True
    return after.article and after.key.endswith(_NISBA) and i + 1 not in doc.mentions


def _states_of_pair(doc: Document, pair: Actor) -> None:
    """The states of «الجانبان السعودي والأردني» count by themselves: each is a party."""
    for k in range(pair.first + 1, pair.last + 1):
        mention = doc.mentions.get(k)
        if pair.coreferent and pair.plural and mention is not None and mention.name.how == "demonym":
            doc.actors[k] = Actor(k, k, "state", state=mention.name.code, definite=True)
