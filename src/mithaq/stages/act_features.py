"""Features of a phrase that may name an act: whether it does, of which area, how far along it is.

A feature is a string ``name=value`` that holds or does not; the models of ``data/models`` weigh them.
"""

from __future__ import annotations

from functools import lru_cache

from mithaq.arabic.words import word
from mithaq.lexicon.provisions import marker_status
from mithaq.lexicon.weights import BIAS
from mithaq.stages.clues import Clues, stem_of
from mithaq.stages.phrases import without_acts

_SHORTEST = 3  # letters of a word that can head an act
_REACH = 25  # tokens to the left within which a verb still governs an act
_MARKERS = 12  # the same for a marker
_BEHIND = 4  # tokens behind the phrase that still say something about it
_TOGETHER = frozenset(("مع", "بين"))
_AREA_FEATURES = (
    "stem=",
    "form=",
    "next",
    "in=",
    "inact=",
    "act=",
    "two=",
    "verb0=",
    "prev0=",
    "cue=",
    "this=",
    "topic=",
)

_STATUS_FEATURES = (
    "verb", "tense", "stage", "marker", "this", "after=", "behind=", "cue=", "act=", "preposition=",
    "kind=", "relative", "prev0", "mode=",
)  # fmt: skip


def heads(clues: Clues) -> list[int]:
    """The tokens that may head an act: words that the lexicon knows for it, masdars and verbs."""
    doc = clues.doc
    passed_over = without_acts(doc)
    return [
        k
        for k, w in enumerate(doc.words)
        if doc.tokens[k].is_word
        and doc.sentence_of[k] not in passed_over
        and _may_head(w.key)
        and (clues.acts[k] or clues.instruments[k] or clues.verbs[k][0] or clues.hints[k] or _is_masdar(w.key))
        and ((actor := clues.actor[k]) is None or actor.kind == "document" or bool(clues.acts[k]))
    ]


@lru_cache(maxsize=1 << 16)
def _is_masdar(key: str) -> bool:
    return any(v.form.kind == "masdar" for v in word(key).verbs)


@lru_cache(maxsize=1 << 16)
def _may_head(key: str) -> bool:
    w = word(key)
    return len(key) >= _SHORTEST and not key.isdigit() and not w.function and "adverb" not in w.classes


def near(distance: int) -> str:
    """A distance in tokens, in steps."""
    return str(distance) if distance < 4 else "6" if distance < 7 else "12" if distance < 13 else "far"


@lru_cache(maxsize=1 << 16)
def _word_features(key: str) -> tuple[str, ...]:
    """What a word type says by itself."""
    w = word(key)
    found = [BIAS, f"stem={stem_of(key)}", f"article={w.article}", f"preposition={w.preposition}"]
    found += sorted({f"kind={v.form.kind}" for v in w.verbs})
    if key[:1] == "و":
        found.append("and")
    return tuple(found)


def head_features(clues: Clues, i: int, end: int) -> list[str]:
    """Whether the phrase from *i* to *end* names an act of its own."""
    doc = clues.doc
    low, high = doc.sentences[doc.sentence_of[i]]
    found = [*_word_features(doc.words[i].key), f"length={near(end - i)}"]
    found += _lexical(clues, i, "")
    _neighbours(clues, i, low, high, end, found)
    _phrase(clues, i, end, found)
    _governors(clues, i, low, found)
    _behind(clues, i, end, high, found)
    _setting(clues, i, low, high, found)
    return found


def _lexical(clues: Clues, k: int, prefix: str) -> list[str]:
    found = [f"{prefix}act={a}" for a in clues.acts[k]]
    if clues.instruments[k]:
        found.append(f"{prefix}instrument")
    if not prefix and clues.acts[k]:
        found += [f"act={a}/{clues.doc.words[k].article}" for a in clues.acts[k][:1]]
        stem, entry = clues.again[k]
        found.append(f"again={stem}/{clues.doc.words[k].article}")
        found.append(f"again={stem}/{clues.acts[k][0]}")
        found.append(f"againentry={entry}/{clues.doc.words[k].article}")
        found.append(f"againentry={entry}/{clues.acts[k][0]}")
    return found


def _neighbours(clues: Clues, i: int, low: int, high: int, end: int, found: list[str]) -> None:
    doc = clues.doc
    behind = [k for k in range(i + 1, min(high, i + 6) + 1) if doc.tokens[k].is_word][:3]
    for n, k in enumerate(behind):
        stem = stem_of(doc.words[k].key)
        found.append(f"next{n}={stem}")
        found += [f"next{n}act={a}" for a in clues.acts[k][:1]]
        if clues.codes[k]:
            found.append(f"next{n}party")
        if n == 0:
            found.append(f"two={stem_of(doc.words[i].key)} {stem}")
            found.append(f"next0in={k <= end}")
        found += [f"next{n}is={c}" for c in sorted(doc.words[k].classes)[:1]]
    if i == low:
        found.append("first")
    for n, k in enumerate(range(i - 1, max(low, i - 3) - 1, -1)):
        found.append(f"prev{n}={stem_of(doc.words[k].key) if doc.tokens[k].is_word else doc.tokens[k].text}")
        found += [f"prev{n}is={c}" for c in sorted(doc.words[k].classes)[:1]]
        found += [f"prev{n}act={a}" for a in clues.acts[k][:1]]


def _phrase(clues: Clues, i: int, end: int, found: list[str]) -> None:
    doc = clues.doc
    codes: frozenset[str] = clues.codes[i]
    for k in range(i + 1, end + 1):
        if not doc.tokens[k].is_word:
            continue
        codes |= clues.codes[k]
        found.append(f"in={stem_of(doc.words[k].key)}")
        found += [f"inact={a}" for a in clues.acts[k]]
        if doc.words[k].stem_key in _TOGETHER:
            found.append(f"with={doc.words[k].stem_key}")
    found += [f"topic={clues.topics[k]}" for k in range(i, end + 1) if clues.topics[k]]
    if any(k in clues.money for k in range(i, end + 1)):
        found.append("money")
    found.append(f"parties={min(3, len(codes))}")
    for a in clues.acts[i][:1]:
        found += [
            f"parties={min(2, len(codes))}/{a}",
            f"parties={min(2, len(codes))}/{doc.words[i].article}/{clues.again[i][0]}/{a}",
        ]
    content = [k for k in range(i, end + 1) if doc.tokens[k].is_word and not doc.words[k].function]
    fresh = sum(clues.new[k] for k in content)
    share = "none" if not fresh else "all" if fresh == len(content) else "half" if 2 * fresh >= len(content) else "few"
    article = doc.words[i].article
    found += [f"fresh={share}", f"fresh={share}/{article}", f"fresh={share}/{bool(clues.acts[i])}/{near(end - i)}"]
    if end > i:
        known = sum(not clues.new_pair[k] for k in range(i + 1, end + 1))
        found.append(f"knownpairs={min(3, known)}")
    found.append(f"againstem={clues.again[i][0]}/{article}")
    found.append(f"newparty={any(clues.first_codes[k] for k in range(i, end + 1))}/{min(2, len(codes))}")
    hinted = {a for k in range(i, end + 1) for a in clues.hints[k]}
    found.append(f"areas={min(3, len(hinted))}")
    found += [f"hint={a}" for a in sorted(hinted)]


def _governors(clues: Clues, i: int, low: int, found: list[str]) -> None:
    n = 0
    for k in range(i - 1, max(low, i - _REACH) - 1, -1):
        lemma, when, marker = clues.verbs[k]
        if not lemma:
            continue
        found += [f"verb{n}={lemma}", f"tense{n}={when}", f"verb{n}={lemma} {when}", f"verb{n}far={near(i - k)}"]
        if marker:
            found.append(f"stage{n}={marker} {when}")
        n += 1
        if n == 2:
            break
    if not n:
        found.append("verb0=none")
    for k in range(i - 1, max(low, i - _MARKERS) - 1, -1):
        if clues.before[k]:
            found += [f"marker={clues.before[k]}", f"marker={clues.before[k]} {near(i - k)}"]
            break
    lemma, when, marker = clues.verbs[i]
    if lemma:
        found += [f"this={lemma}", f"this={when}", f"this={lemma} {when}", f"thisstage={marker} {when}"]


def _behind(clues: Clues, i: int, end: int, high: int, found: list[str]) -> None:
    doc = clues.doc
    for k in range(i + 1, min(high, end + _BEHIND) + 1):
        if clues.after[k]:
            found.append(f"after={clues.after[k]}")
            break
    for k in range(end + 1, min(high, end + _BEHIND) + 1):
        lemma, when, _ = clues.verbs[k]
        if lemma:
            found += [f"behind={lemma}", f"behind={when}"]
            break
    if end < high:
        word_ = doc.words[end + 1]
        found.append(f"then={stem_of(word_.key) if doc.tokens[end + 1].is_word else doc.tokens[end + 1].text}")
        if "relative" in word_.classes:
            found.append("relative")


def _setting(clues: Clues, i: int, low: int, high: int, found: list[str]) -> None:
    doc = clues.doc
    sentence = doc.sentence_of[i]
    found.append(f"sentence={min(6, sentence)}")
    if sentence > len(doc.sentences) * 0.7:
        found.append("late")
    found.append(f"sentenceparties={min(4, len(clues.sentence_codes[sentence]))}")
    found.append(f"allparties={min(5, len(clues.all_codes))}")
    if clues.sentence_pair[sentence]:
        found.append("pair")
    found.append(f"sentencenew={clues.sentence_new[sentence]}")
    number = clues.statement[i]
    if number < 0:
        found.append("cue=none")
    else:
        s = doc.statements[number]
        found += [f"cue={s.cue.id}", f"mode={s.mode}"]
        if s.parent >= 0:
            found.append("nested")
        if s.content and doc.tokens[i].start - s.content[0][0] < _SHORTEST:
            found.append("begins content")
        if s.speaker >= 0:
            person = doc.people[s.speaker]
            found += [f"speaker={person.kind}", f"speakerstate={bool(person.state)}"]
    actor = clues.actor[i]
    if actor is not None:
        found.append(f"actor={actor.kind}/{actor.first == i}")


def area_features(
    clues: Clues, i: int, end: int, of_head: list[str], before: str, by_rule: tuple[str, str] | None = None
) -> list[str]:
    """Which area the act is of.

    *of_head* are its :func:`head_features`, *before* is the area of the act before it, *by_rule* the area that a rule
    has given it, and the rule.
    """
    doc = clues.doc
    low, high = doc.sentences[doc.sentence_of[i]]
    found = [BIAS, *(f for f in of_head if f.startswith(_AREA_FEATURES))]
    found += [f"actarea={a}" for a in clues.act_areas[i]]
    counts: dict[str, int] = {}
    for k in range(i, end + 1):
        for area in clues.hints[k]:
            counts[area] = counts.get(area, 0) + 1
            found.append(f"hint{min(2, k - i)}={area}")
    found += [f"hints={area} {min(3, n)}" for area, n in counts.items()]
    if counts:
        most = max(counts.values())
        found += [f"mosthints={area}" for area, n in counts.items() if n == most]
        if len(counts) == 1:
            found += [f"onlyhint={area}" for area in counts]
    else:
        found.append("nohint")
    found += [f"hintbehind={a}" for k in range(end + 1, min(high, end + 12) + 1) for a in clues.hints[k]]
    found += [f"hintbefore={a}" for k in range(max(low, i - 8), i) for a in clues.hints[k]]
    found += [f"topicbehind={clues.topics[k]}" for k in range(end + 1, min(high, end + 10) + 1) if clues.topics[k]]
    found += [f"actbefore={a}" for k in range(max(low, i - 10), i) for a in clues.acts[k][:1]]
    if any(k in clues.money for k in range(low, high + 1)):
        found.append("moneynear")
    found += _themes(clues, i, before, hinted=bool(counts))
    if by_rule is not None:
        area, rule = by_rule
        found += [f"ruled={area}", f"ruled={area} {rule}", f"ruled={area}/{before}"]
    return found


def _themes(clues: Clues, i: int, before: str, *, hinted: bool) -> list[str]:
    """What the report speaks of, and the act before: «الاتفاقية» in a report on farming is one on farming."""
    found = []
    entry = clues.acts[i][0] if clues.acts[i] else ""
    for n, area in enumerate(clues.theme):
        found += [f"theme{n}={area}", f"theme{n}={area}/{hinted}"]
    for area in clues.theme[:1]:
        found.append(f"theme={area}/{entry}")
    if before:
        found += [f"areabefore={before}", f"areabefore={before}/{hinted}", f"areabefore={before}/{entry}"]
    return found


def status_features(
    clues: Clues,
    i: int,
    end: int,
    of_head: list[str],
    area: str,
    before: tuple[int, str, str] | None,
    by_rule: tuple[str, str] | None = None,
) -> list[str]:
    """How far along the act is.

    *of_head* are its :func:`head_features`, *before* is the act before it: its last token, its status and its area;
    *by_rule* the status that a rule has given it, and the rule.
    """
    doc = clues.doc
    low, high = doc.sentences[doc.sentence_of[i]]
    found = [BIAS, f"area={area}", *(f for f in of_head if f.startswith(_STATUS_FEATURES))]
    if by_rule is not None:
        status, rule = by_rule  # «list: list: verb: agree» is learned as «verb: agree»
        found += [f"ruled={status}", f"ruled={status} {rule.rpartition('list: ')[2]}"]
    if before is not None and before[0] >= low:
        between = range(before[0] + 1, i)
        listed = not any(clues.verbs[k][0] or clues.before[k] for k in between)
        joined = doc.words[i].key.startswith("و") or any(doc.tokens[k].text in "،,؛" for k in between)
        found += [f"list={before[1]}/{listed}", f"list={before[1]}/{listed}/{joined}"]
    n = 0
    for k in range(i - 1, max(low, i - _REACH) - 1, -1):
        if clues.before[k]:
            found.append(f"marker{n}={clues.before[k]}")
            n += 1
            if n == 3:
                break
    for k in range(i, min(high, end + 8) + 1):
        if clues.after[k]:
            found.append(f"afternear={clues.after[k]}")
        if k > i and clues.verbs[k][0]:
            found.append(f"behindtense={clues.verbs[k][1]}")
            found.append(f"behindstage={clues.verbs[k][2]} {clues.verbs[k][1]}")
    if any("negation" in doc.words[k].classes for k in range(max(low, i - 5), i)):
        found.append("negated")
    found += _said_by_marker(clues, i, end, low, high)
    if before is not None:
        far = min(3, doc.sentence_of[i] - doc.sentence_of[before[0]])
        found += [
            f"statusbefore={before[1]}",
            f"statusbefore={before[1]}/{far}",
            f"statusbefore={before[1]}/{before[2] == area}/{min(1, far)}",
            f"statusbefore={before[1]}/{before[2] == 'visit'}/{area == 'visit'}",
        ]
    for k in range(low, high + 1):
        lemma, when, marker = clues.verbs[k]
        if lemma:  # the main verb of the sentence comes first
            found += [f"main={lemma}", f"main={when}", f"mainstage={marker} {when}"]
            break
    nearest = min((abs(k - i), side) for k, side in [*clues.when.items(), (len(doc.words) * 2, "none")])
    if low <= i - nearest[0] or i + nearest[0] <= high:
        found += [f"time={nearest[1]}", f"time={nearest[1]} {area == 'visit'}"]
        if area == "visit":
            found += [f"visit time={nearest[1]} {f}" for f in found if f.startswith("tense0")]
    if area == "visit":
        found += [f"visit {f}" for f in found if f.startswith(("tense0", "this=", "verb0far", "act=", "preposition"))]
    item = doc.tokens[low].text
    if item[0].isdigit() or item in "-–•*":
        found.append("item")
        found += _announced(clues, doc.sentence_of[i])
    return found


def _said_by_marker(clues: Clues, i: int, end: int, low: int, high: int) -> list[str]:
    """The statuses that ``status.toml`` gives to the nearest markers: few features, so that they are learned well."""
    found = []
    this = _status_of(clues, i)
    if this:
        found.append(f"thisgives={this}")
    nearest = ""
    for k in range(i - 1, max(low, i - _REACH) - 1, -1):
        given = _status_of(clues, k)
        if given:
            found.append(f"nearestgives={given}/{near(i - k)}")
            nearest = given
            break
    found.append(f"nearestgives={nearest}")
    behind = next((clues.after[k] for k in range(i + 1, min(high, end + 3) + 1) if clues.after[k]), "")
    if behind:
        found.append(f"aftergives={marker_status()[behind][0]}")
        found.append(f"gives={nearest}/{marker_status()[behind][0]}")
    verb = next((k for k in range(i - 1, max(low, i - _REACH) - 1, -1) if clues.verbs[k][0]), -1)
    if verb >= 0:
        found.append(f"verbgives={_status_of(clues, verb)}/{clues.verbs[verb][1]}")
    return found


def _status_of(clues: Clues, k: int) -> str:
    """What the marker at a token gives by its tense, with ``not`` where it is negated; "" if there is none."""
    if clues.before[k]:
        return marker_status()[clues.before[k]][0]
    _, when, marker = clues.verbs[k]
    if not marker:
        return "planned" if "future" in when else ""
    status, coming = marker_status()[marker]
    return ("not " if when.startswith("not ") else "") + (status if "past" in when else coming)


def _announced(clues: Clues, sentence: int) -> list[str]:
    """What the sentence says that ends in a colon before a list («اتفق الجانبان على ما يلي:»)."""
    doc = clues.doc
    for n in range(sentence - 1, max(-1, sentence - 20), -1):
        low, high = doc.sentences[n]
        if doc.tokens[high].text == ":":
            return [f"announced={clues.verbs[k][2]}" for k in range(low, high + 1) if clues.verbs[k][2]]
    return []
