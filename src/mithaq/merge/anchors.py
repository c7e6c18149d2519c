"""Judgements → the provisions and dealings that they speak of, found by place so that they survive re-reading."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from mithaq.merge.agreements import Node
from mithaq.merge.items import Anchor, Judgement, Member, ProvisionFeatures, ReportFeatures


class Found(NamedTuple):
    """A provision that an anchor leads to."""

    node: Node
    member: Member


class Ruling(NamedTuple):
    """What judgements say of pairs: of provisions *same*, *different*, *unsure*, of dealings *joined*, *parted*."""

    same: tuple[tuple[Member, Member], ...]
    different: tuple[tuple[Member, Member], ...]
    unsure: tuple[tuple[Member, Member], ...]
    joined: tuple[tuple[Node, Node], ...]
    parted: tuple[tuple[Node, Node], ...]


def locate(report: ReportFeatures, anchor: Anchor) -> ProvisionFeatures | None:
    """The provision whose evidence overlaps an anchor: of the same area if there is one, then the most overlapping."""
    ranked = [
        (p.area == anchor.area, min(p.end, anchor.end) - max(p.start, anchor.start), -p.start, p.id, p)
        for p in report.provisions
        if p.start < anchor.end and anchor.start < p.end
    ]
    return max(ranked, key=lambda r: r[:4])[4] if ranked else None


def rulings(reports: Sequence[ReportFeatures], judgements: Iterable[Judgement]) -> Ruling:
    """What *judgements* say of *reports*; one whose provision is not there is left out, and speaks again when it is."""
    index = {r.id: n for n, r in enumerate(reports)}
    pairs: dict[str, set[tuple[Member, Member]]] = {"same": set(), "different": set(), "unsure": set()}
    joined: set[tuple[Node, Node]] = set()
    parted: set[tuple[Node, Node]] = set()
    for judgement in judgements:
        one, other = (_find(reports, index, a) for a in (judgement.one, judgement.other))
        if one is None or other is None or one.member == other.member:
            continue
        nodes = (min(one.node, other.node), max(one.node, other.node))
        if judgement.level == "commitment":
            pairs[judgement.opinion].add((min(one.member, other.member), max(one.member, other.member)))
        if judgement.opinion == "same" and nodes[0] != nodes[1]:
            joined.add(nodes)
        if judgement.opinion == "different" and judgement.level == "agreement" and nodes[0] != nodes[1]:
            parted.add(nodes)
    same, different, unsure = (tuple(sorted(pairs[o])) for o in ("same", "different", "unsure"))
    return Ruling(same, different, unsure, tuple(sorted(joined)), tuple(sorted(parted)))


def _find(reports: Sequence[ReportFeatures], index: Mapping[str, int], anchor: Anchor) -> Found | None:
    place = index.get(anchor.report)
    if place is None:
        return None
    report = reports[place]
    provision = locate(report, anchor)
    if provision is None:
        return None
    return Found(Node(place, provision.dealing), Member(report.id, provision.id))
