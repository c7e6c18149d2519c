"""Stage: how likely each attribution and provision is to be right.

A raw score orders the rows: for attributions that of a linear model, for provisions the probability of the act, its
area and its parties together. ``data/confidence.toml`` says which share of the rows with a score was right in annotated
reports (``scripts/calibrate.py`` measures it), and that share is the row's confidence.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import replace
from functools import cache
from itertools import islice
from operator import attrgetter

from mithaq.lexicon.tables import load_toml
from mithaq.lexicon.weights import BIAS, load_model, probability
from mithaq.stages.document import Document, Statement

_start = attrgetter("start")
_LONG = (30, 100, 250)  # characters of a content


def find_confidence(doc: Document) -> None:
    """Set ``confidence`` of attributions and provisions."""
    numbers = {id: n for n, id in doc.attribution_ids.items()}
    model = load_model("attribution")
    doc.attributions = tuple(
        replace(a, confidence=calibrated("attribution", probability(model.score(features(doc, numbers[a.id])))))
        for a in doc.attributions
    )
    doc.provisions = tuple(
        replace(p, confidence=calibrated("rule" if p.id in doc.by_rule else "model", p.confidence))
        for p in doc.provisions
    )


def calibrated(kind: str, score: float) -> float:
    """The share of the rows with this score that was right, in a straight line between those measured; two decimals."""
    scores, shares = _measured()[kind]
    n = bisect_left(scores, score)
    if n == 0 or n == len(scores):
        return round(shares[min(n, len(scores) - 1)], 2)
    low, high = scores[n - 1], scores[n]
    return round(shares[n - 1] + (shares[n] - shares[n - 1]) * (score - low) / (high - low), 2)


@cache
def _measured() -> dict[str, tuple[list[float], list[float]]]:
    """What ``data/confidence.toml`` holds: kind of row → scores in order and the shares of right rows there."""
    data = load_toml("confidence.toml", {"scores": list, "shares": list})
    return {kind: (fields["scores"], fields["shares"]) for kind, fields in data.items()}


def features(doc: Document, number: int) -> list[str]:
    """What speaks for or against an attribution being right, as features of the model ``attribution``."""
    s = doc.statements[number]
    person = doc.people[s.speaker]
    length = sum([end - start for start, end in s.content])
    size = bisect_left(_LONG, length)
    source = "none" if s.source is None else "before" if s.source.first < s.cue_first else "behind"
    found = [
        BIAS,
        f"cue={s.cue.id}",
        f"content={s.construction}",
        f"speaker={s.speaker_rule}",
        f"kind={person.kind}",
        f"named={bool(person.keys)}/{source}",
        f"source={source}",
        f"length={size}",
        f"length={size}/{s.mode}",
        f"mode={s.mode}",
        f"pieces={min(3, len(s.content))}",
        f"nested={s.parent >= 0}",
        f"participle={s.participle}",
        f"mentions={min(3, len(person.mentions))}/{source}",
        f"people={sum(1 for _ in islice((p for p in doc.people if p.kind == 'person'), 4))}/{source}",
    ]
    found += _surroundings(doc, s, number)
    return found


def _surroundings(doc: Document, s: Statement, number: int) -> list[str]:
    low, high = doc.sentences[s.sentence]
    first = last = number  # of the statements in a row that stand in the sentence
    while first and doc.statements[first - 1].sentence == s.sentence:
        first -= 1
    while last + 1 < len(doc.statements) and doc.statements[last + 1].sentence == s.sentence:
        last += 1
    end = max([end for _, end in s.content])
    at = bisect_left(doc.tokens, end, low, high + 1, key=_start)
    then = "end" if at > high else "word" if doc.tokens[at].is_word else doc.tokens[at].text
    return [
        f"others={min(3, last - first)}",
        f"words={min(5, (high - low) // 15)}",
        f"then={then}",
        f"late={s.cue_first - low > 20}",
    ]
