"""GraphML for Gephi: states and organisations, and what runs between them; needs networkx.

A node is a party. An edge is a pair of parties and an area, and its weight is the number of commitments: two parties
have as many parallel edges as areas. The network is small (pairs times areas), and is the one
form that is built in memory.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from itertools import combinations
from pathlib import Path
from typing import Any

from mithaq.export.files import whole_file
from mithaq.export.names import area_name, is_organisation, party_name
from mithaq.export.options import Options, package
from mithaq.export.text import one_line
from mithaq.ledger.items import Agreement, Commitment
from mithaq.ontology import statuses


@dataclass(slots=True)
class _Edge:
    """What all commitments between two parties in an area add up to."""

    weight: int = 0
    stages: int = 0
    first: date | None = None
    last: date | None = None
    statuses: set[str] = field(default_factory=set)
    outlets: set[str] = field(default_factory=set)
    contradictions: int = 0

    def add(self, commitment: Commitment) -> None:
        self.weight += 1
        self.stages += len(commitment.stages)
        self.first = min(filter(None, (self.first, commitment.first)), default=None)
        self.last = max(filter(None, (self.last, commitment.last)), default=None)
        self.statuses.add(commitment.status)
        self.outlets.update(commitment.outlets)
        self.contradictions += len(commitment.contradictions)


def network(agreements: Iterable[Agreement]) -> Any:
    """The ``networkx.MultiGraph``; each edge's key is its GraphML id."""
    edges: dict[tuple[str, str, str], _Edge] = {}
    parties: dict[str, int] = {}
    for agreement in agreements:
        for commitment in agreement.commitments:
            for party in commitment.parties:
                parties[party] = parties.get(party, 0) + 1
            for one, other in combinations(sorted(set(commitment.parties)), 2):
                edges.setdefault((one, other, commitment.area), _Edge()).add(commitment)
    graph = package("networkx").MultiGraph()
    for party, number in sorted(parties.items()):
        graph.add_node(
            _token(party),
            label=one_line(party_name(party, "en")),
            label_en=one_line(party_name(party, "en")),
            label_ar=one_line(party_name(party, "ar")),
            kind="organisation" if is_organisation(party) else "state",
            commitments=number,
        )
    order = list(statuses())
    for (one, other, area), edge in sorted(edges.items()):
        key = f"{_token(one)}.{_token(other)}.{_token(area)}"
        graph.add_edge(
            _token(one),
            _token(other),
            key=key,
            weight=float(edge.weight),
            label=area_name(area, "en"),
            area=_token(area),
            area_en=area_name(area, "en"),
            area_ar=area_name(area, "ar"),
            commitments=edge.weight,
            stages=edge.stages,
            outlets=len(edge.outlets),
            contradictions=edge.contradictions,
            first=edge.first.isoformat() if edge.first else "",
            last=edge.last.isoformat() if edge.last else "",
            statuses=" ".join(sorted(edge.statuses, key=lambda s: order.index(s) if s in order else len(order))),
        )
    return graph


def _token(text: str) -> str:
    """An id that XML takes (NMTOKEN): codes and keys as they are, any other character as an underscore."""
    return "".join(c if c.isascii() and (c.isalnum() or c in "-_") else "_" for c in text) or "_"


def write_graphml(agreements: Iterable[Agreement], path: Path, options: Options) -> int:
    """Write the network to *path*; returns how many edges."""
    networkx = package("networkx")
    with whole_file(path) as temporary:
        graph = network(agreements)
        networkx.write_graphml_xml(graph, temporary, named_key_ids=False)
    return int(graph.number_of_edges())
