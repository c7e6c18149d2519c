"""Names that the report itself teaches: whoever it gives with a title may stand later by the last name alone."""

from __future__ import annotations

from mithaq.stages.document import Actor, Document

_ATTACHED = "ولبف"


def known_name(doc: Document, first: int, limit: int) -> Actor | None:
    """The actor at *first* if the words there are a name, or the end of one, that the report has given with a title."""
    reading = doc.words[first]
    if not doc.known_names:
        return None
    for key in (reading.key, reading.key[1:]) if reading.key[:1] in _ATTACHED else (reading.key,):
        for rest in doc.known_names.get(key, ()):
            last = first + len(rest)
            if last <= limit and all(doc.words[first + 1 + k].key == r for k, r in enumerate(rest)):
                return Actor(first, last, "person", first, last, definite=True)
    return None


def remember(doc: Document, actor: Actor, sure: bool = False) -> None:
    """Every ending of a person's name may stand for it later («جان إيف لودريان», «لودريان»), if it surely is a name.

    It is if it has a title or begins with a first name, or if somebody else is *sure*.
    """
    if actor.kind != "person" or actor.name_first < 0:
        return
    whole = actor.name_last > actor.name_first and doc.words[actor.name_first].given
    if not (sure or actor.titles or actor.coreferent or whole):
        return
    keys = [doc.words[k].key for k in range(actor.name_first, actor.name_last + 1)]
    for k in range(len(keys)):
        rests = doc.known_names.setdefault(keys[k], [])
        rest = tuple(keys[k + 1 :])
        if rest not in rests:
            rests.append(rest)
            rests.sort(key=len, reverse=True)


def find_known_names(doc: Document) -> None:
    """Surnames that stand alone, anywhere in the text, of persons whom the report gives with a title somewhere."""
    known = doc.known_names
    if not known:
        return
    spelled = {*known, *(letter + key for letter in _ATTACHED for key in known)}
    found = [i for i, word in enumerate(doc.words) if word.key in spelled]
    if not found:
        return
    covered = {k for a in doc.actors.values() for k in range(a.first, a.last + 1)}
    for i in found:
        if i in covered:
            continue
        actor = known_name(doc, i, doc.sentences[doc.sentence_of[i]][1])
        if actor is not None and (actor.last > i or not doc.words[i].function):
            doc.actors[i] = actor
            covered.update(range(actor.first, actor.last + 1))
