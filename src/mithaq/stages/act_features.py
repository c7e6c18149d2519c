"""Features of an act for two of the models: of which area it is, and how far along.

They build on those of its head (``head_features.py``).
"""

from __future__ import annotations

from bisect import bisect_left

from mithaq.lexicon.provisions import marker_status
from mithaq.lexicon.weights import BIAS
from mithaq.stages.clues import Clues
from mithaq.stages.head_features import REACH, near

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


def area_features(
    clues: Clues, i: int, end: int, of_head: list[str], before: str, by_rule: tuple[str, str] | None = None
) -> list[str]:
    """Which area the act is of.

    *of_head* are its features as a head, *before* is the area of the act before it, *by_rule* the area that a rule has
    given it, and the rule.
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

    *of_head* are its features as a head, *before* is the act before it: its last token, its status and its area;
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
    for k in range(i - 1, max(low, i - REACH) - 1, -1):
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
    nearest = _nearest_time(clues, i)
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


def _nearest_time(clues: Clues, i: int) -> tuple[int, str]:
    """How many tokens away the time nearest to a token is, and on which side of publication."""
    after = bisect_left(clues.when_at, i)
    near_by = [(abs(k - i), clues.when[k]) for k in clues.when_at[max(after - 1, 0) : after + 1]]
    return min(near_by, default=(len(clues.doc.words) * 2, "none"))


def _said_by_marker(clues: Clues, i: int, end: int, low: int, high: int) -> list[str]:
    """The statuses that ``status.toml`` gives to the nearest markers: few features, so that they are learned well."""
    found = []
    this = _status_of(clues, i)
    if this:
        found.append(f"thisgives={this}")
    nearest = ""
    for k in range(i - 1, max(low, i - REACH) - 1, -1):
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
    verb = next((k for k in range(i - 1, max(low, i - REACH) - 1, -1) if clues.verbs[k][0]), -1)
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
