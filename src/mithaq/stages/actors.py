"""Stage: noun phrases that name someone, with their titles, apposition, proper name and state."""

from __future__ import annotations

from mithaq.lexicon.function_words import name_words
from mithaq.lexicon.keys import fold
from mithaq.stages.bearers import named_after
from mithaq.stages.document import Actor, Document
from mithaq.stages.homographs import describes
from mithaq.stages.known_names import find_known_names, remember
from mithaq.stages.name_shape import governed, is_given, many_things, names_nobody
from mithaq.stages.scan import KINDS, scan_actor

_THIRD = 3
_NAME = 4  # tokens of a name before its title
_SHORTEST = 2
_OWNERS = name_words()["named_after"]
_LINKS = name_words()["paternal"]
_NISBA = fold("ي")
_ADJECTIVE = (_NISBA, fold("ية"))
_AL = fold("ال")
_SAME = name_words()["same"]


def find_actors(doc: Document) -> None:
    """Fill ``actors``: first token → the actor that starts there at a listed title, name or noun."""
    words, mentions = doc.words, doc.mentions
    given = [i for i, word in enumerate(words) if word.given]
    same = [i - 1 for i in mentions if i and words[i - 1].stem_key in _SAME]
    free = 0
    for i in sorted({*mentions, *given, *same}):
        if i < free:
            continue
        mention = mentions.get(i)
        if mention is not None and (body := named_after(doc, i)) >= 0:
            free = _named_body(doc, i, body) + 1  # «مدينة الملك فهد» is no king
            continue
        if mention is None and words[i].stem_key in _SAME:
            mention = mentions.get(i + 1)
        if mention is None:
            begins = _begins_name(doc, i)
        else:
            begins = mention.name.kind in KINDS and not describes(doc, mention.first)
        actor = scan_actor(doc, i, doc.sentences[doc.sentence_of[i]][1], governed=True) if begins else None
        if actor is not None:
            free = actor.last + 1
            _name_before(doc, actor)
            doc.actors[actor.first] = actor
            remember(doc, actor)
            _states_of_pair(doc, actor)
    find_known_names(doc)


def _named_body(doc: Document, name: int, last: int) -> int:
    """Enter «مدينة الملك ... الطبية» as a body, unless it ends one that was entered; returns its last token."""
    while last + 1 < len(doc.words) and doc.words[last + 1].article and doc.words[last + 1].key.endswith(_ADJECTIVE):
        last += 1
    first = name - 1
    covered = any(a.first <= first <= a.last for a in doc.actors.values())
    if not covered and first not in doc.mentions:
        titles = frozenset(doc.words[k].key.removeprefix(_AL) for k in range(first, last + 1))
        doc.actors[first] = Actor(first, last, "institution", titles=titles, feminine=True, definite=True)
    return last


def _name_before(doc: Document, actor: Actor) -> None:
    """«قال جون موانغي، المدير التنفيذي ...»: an unlisted name between a verb or أن and the comma before its title."""
    comma = actor.first - 1
    if actor.kind != "person" or actor.name_first >= 0 or actor.plural or not actor.titles or comma < 1:
        return
    construct = actor.last > actor.first and not doc.words[actor.first + 1].function
    if doc.tokens[comma].text not in "،,؛" or not (doc.words[actor.first].article or construct):
        return
    k = comma - 1
    while k > 0 and comma - k <= _NAME and doc.tokens[k].is_word and k not in doc.mentions and _can_be_name(doc, k):
        k -= 1
    opens = doc.words[k].that or doc.words[k].finite
    if opens and comma - 1 - k >= _SHORTEST and doc.sentence_of[k] == doc.sentence_of[comma]:
        actor.first, actor.name_first, actor.name_last = k + 1, k + 1, comma - 1


def _can_be_name(doc: Document, k: int) -> bool:
    word = doc.words[k]
    if names_nobody(doc, k) or governed(word) or many_things(word) or "adverb" in word.classes:
        return False
    return word.given or not (word.verbs or word.article)


def _begins_name(doc: Document, i: int) -> bool:
    """Whether a name without a title begins here: a first name, and behind it a father's, another, or a nisba."""
    if not is_given(doc, i) or i + 1 >= len(doc.words) or not _OWNERS.isdisjoint(doc.words[i - 1].stems if i else ()):
        return False
    after = doc.words[i + 1]
    if after.key in _LINKS or (is_given(doc, i + 1) and i + 1 not in doc.mentions):
        return True
    titled = doc.mentions.get(i + 2)
    if titled is not None and titled.name.kind == "role" and not titled.reading.prefix and _can_be_name(doc, i + 1):
        return i + 1 not in doc.mentions  # «عن بدر جاموس عضو الائتلاف»
    if not after.article or i + 1 in doc.mentions or "adverb" in after.classes:
        return False
    told = i > 0 and any(v.finite and v.form.person == _THIRD for v in doc.words[i - 1].verbs)
    return after.key.endswith(_NISBA) or (told and not after.masdar)


def _states_of_pair(doc: Document, pair: Actor) -> None:
    """The states of «الجانبان السعودي والأردني» count by themselves: each is a party."""
    for k in range(pair.first + 1, pair.last + 1) if pair.coreferent and pair.plural else ():
        mention = doc.mentions.get(k)
        if mention is not None and mention.name.how == "demonym":
            doc.actors[k] = Actor(k, k, "state", state=mention.name.code, definite=True)
