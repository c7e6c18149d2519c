"""The provisions of one agreement → its commitments, and the ledger's cells of each."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from hashlib import blake2b
from itertools import combinations
from typing import NamedTuple

from mithaq.merge.cluster import linkage
from mithaq.merge.items import Anchor, Member, MergedCommitment, ProvisionFeatures, ReportFeatures, Verdict
from mithaq.merge.score import overlap, provision_score
from mithaq.merge.settings import settings

_PAIR = 2  # parties of a commitment, at least


class Row(NamedTuple):
    """A provision with its report.

    *order* is the rank by which earlier ones stand first, *twins* how many earlier ones of the report are like it.
    """

    order: tuple[int, str, int, int, str, str]
    report: ReportFeatures
    provision: ProvisionFeatures
    twins: int = 0

    @property
    def anchor(self) -> Anchor:
        """Its place."""
        p = self.provision
        return Anchor(self.report.id, p.start, p.end, p.area)

    @property
    def member(self) -> Member:
        """Its ids."""
        return Member(self.report.id, self.provision.id)


def rows_of(report: ReportFeatures, dealing: int) -> list[Row]:
    """The rows of one of a report's dealings."""
    seen: Counter[tuple[object, ...]] = Counter()
    found = []
    for p in report.provisions:
        look = (p.start, p.end, p.area, p.parties, p.status)
        if p.dealing == dealing:
            found.append(Row((*report.order, p.start, p.end, p.area, p.id), report, p, seen[look]))
        seen[look] += 1
    return found


Pairs = Collection[tuple[Member, Member]]


def commitments(
    rows: Sequence[Row], copies: Mapping[str, str], same: Pairs = (), apart: Pairs = (), doubted: Pairs = ()
) -> tuple[list[MergedCommitment], list[Verdict]]:
    """The commitments of the provisions of one agreement, and what the machine judged to make them.

    *rows* stand in their order. *same*, *apart* and *doubted* (unsure) are what a person judged of pairs of them.
    """
    limits = settings().provisions
    index = {r.member: n for n, r in enumerate(rows)}
    ours = [[(index[a], index[b]) for a, b in pairs if a in index and b in index] for pairs in (same, apart, doubted)]
    doubt = {(min(a, b), max(a, b)) for a, b in ours[2]}
    scores = _scores(rows, copies)
    joinable = {pair: s for pair, s in scores.items() if s >= limits.edge and pair not in doubt}
    groups = linkage(len(rows), joinable, limits.join, same=ours[0], apart=ours[1])
    of = {n: g for g, members in enumerate(groups) for n in members}
    judged = {(min(pair), max(pair)) for pairs in ours[:2] for pair in pairs}
    verdicts = _verdicts(rows, groups, of, scores, judged)
    return [_commitment([rows[n] for n in members], copies) for members in groups], verdicts


def _scores(rows: Sequence[Row], copies: Mapping[str, str]) -> dict[tuple[int, int], float]:
    """The scores that count, of pairs of one area, and of pairs of two areas whose evidence a copy repeats."""
    least = settings().provisions.unsure
    by_area: dict[str, list[int]] = defaultdict(list)
    by_evidence: dict[tuple[str, frozenset[str]], list[int]] = defaultdict(list)
    for n, r in enumerate(rows):
        by_area[r.provision.area].append(n)
        by_evidence[copies.get(r.report.id, r.report.id), r.provision.words].append(n)
    found = {}
    for members in by_area.values():
        provisions = [(n, rows[n].provision) for n in members]
        for (a, one), (b, other) in combinations(provisions, 2):
            score = provision_score(one, other)
            if score >= least:
                found[a, b] = score
    for members in by_evidence.values():
        # One phrase may name two areas, and then a report has a row for each: these stay two.
        areas: dict[str, set[str]] = defaultdict(set)
        for n in members:
            areas[rows[n].report.id].add(rows[n].provision.area)
        if any(len(a) > 1 for a in areas.values()):
            continue
        for a, b in combinations(members, 2):
            if rows[a].provision.area != rows[b].provision.area:
                score = provision_score(rows[a].provision, rows[b].provision)
                if score >= least:
                    found[a, b] = score
    return found


def _commitment(rows: Sequence[Row], copies: Mapping[str, str]) -> MergedCommitment:
    """A commitment with the cells that most of its stages speak for, by confidence; copies count as one voice."""
    voices: dict[str, int] = defaultdict(int)
    for r in rows:
        voices[copies.get(r.report.id, r.report.id)] += 1
    areas: dict[str, float] = defaultdict(float)
    roles: dict[str, float] = defaultdict(float)
    parties: dict[str, float] = defaultdict(float)
    sets: dict[tuple[str, ...], float] = defaultdict(float)
    whole = 0.0
    for r in rows:
        p = r.provision
        weight = p.confidence * voices[copies.get(r.report.id, r.report.id)] ** -0.5
        whole += weight
        areas[p.area] += weight
        roles[p.role] += weight
        sets[p.parties] += weight
        for party in p.parties:
            parties[party] += weight
    kept = tuple(sorted(p for p, w in parties.items() if w >= settings().cells.party * whole))
    if len(kept) < _PAIR:
        kept = min(sets, key=lambda s: (-sets[s], s))
    return MergedCommitment(
        identifier("c", rows[0]),
        min(areas, key=lambda a: (-areas[a], a)),
        kept,
        min(roles, key=lambda a: (-roles[a], a)),
        tuple(r.member for r in rows),
    )


def identifier(kind: str, first: Row) -> str:
    """The id of a commitment (``c``) or agreement (``a``): of its earliest provision's place, and so of no later
    report.
    """
    p = first.provision
    cells = (first.report.published, first.report.id, p.start, p.end, p.area, *p.parties, p.status, first.twins)
    return kind + blake2b("|".join(map(str, cells)).encode(), digest_size=6).hexdigest()


def _verdicts(
    rows: Sequence[Row],
    groups: Sequence[Sequence[int]],
    of: Mapping[int, int],
    scores: Mapping[tuple[int, int], float],
    judged: Collection[tuple[int, int]],
) -> list[Verdict]:
    """The edge by which each provision came to an earlier one, and the best pair that could not quite be joined."""
    joined: dict[int, tuple[float, int]] = {}
    unsure: dict[tuple[int, int], tuple[float, int, int]] = {}
    for (a, b), score in scores.items():
        if (a, b) in judged:
            continue
        if of[a] == of[b]:
            joined[b] = max(joined.get(b, (0.0, 0)), (score, -a))
        else:
            pair = (min(of[a], of[b]), max(of[a], of[b]))
            unsure[pair] = max(unsure.get(pair, (0.0, 0, 0)), (score, -a, -b))
    found = [_verdict(rows[-a], rows[b], "same", score) for b, (score, a) in sorted(joined.items())]
    # Of each commitment the likeliest other one: a person is not asked about all of them.
    best: dict[int, tuple[float, int, int]] = {}
    for (g, _), cell in sorted(unsure.items()):
        best[g] = max(best.get(g, (0.0, 0, 0)), cell)
    found += [_verdict(rows[-a], rows[-b], "unsure", score) for _, (score, a, b) in sorted(best.items())]
    return found


def _verdict(one: Row, other: Row, opinion: str, score: float) -> Verdict:
    a, b = one.provision, other.provision
    reasons = [f"area {a.area}" if a.area == b.area else f"areas {a.area}, {b.area}"]
    reasons.append("parties " + " ".join(sorted(set(a.parties) & set(b.parties))))
    reasons.append(f"evidence {overlap(a.words, b.words):.2f}")
    reasons.append(f"sentence {overlap(a.context, b.context):.2f}")
    if a.when and b.when:
        reasons.append("days " + ("apart" if max(a.when[0], b.when[0]) > min(a.when[1], b.when[1]) else "alike"))
    return Verdict(one.anchor, other.anchor, "same" if opinion == "same" else "unsure", round(score, 3), tuple(reasons))
