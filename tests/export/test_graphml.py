"""The network, read back with networkx and checked by the rules of GraphML's schema that Gephi relies on."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import networkx
from export_builder import agreement, commitment, full, hostile, stage

from mithaq.export import export
from mithaq.ledger.items import Agreement

NAMESPACE = "{http://graphml.graphdrawing.org/xmlns}"
TYPES = {
    "boolean": "true|false",
    "long": r"-?\d+",
    "double": r"-?\d+(\.\d+)?",
    "string": r"(?s).*",
}  # of those Gephi reads


def read(path: Path, *agreements: Agreement) -> Any:
    """The graph by networkx, after a check of the schema's rules: ids, references, declared keys, types."""
    export("graphml", agreements, path)
    root = ElementTree.parse(path).getroot()
    assert root.tag == f"{NAMESPACE}graphml"
    keys = {k.get("id"): k for k in root.iter(f"{NAMESPACE}key")}
    assert len(keys) == len(list(root.iter(f"{NAMESPACE}key")))
    (graph,) = root.iter(f"{NAMESPACE}graph")
    assert graph.get("edgedefault") == "undirected"
    nodes = [n.get("id") for n in graph.iter(f"{NAMESPACE}node")]
    edges = [e.get("id") for e in graph.iter(f"{NAMESPACE}edge")]
    for ids in (nodes, edges):
        assert len(set(ids)) == len(ids)
        assert all(i and re.fullmatch(r"[-.\w:]+", i) for i in ids)
    for edge in graph.iter(f"{NAMESPACE}edge"):
        assert edge.get("source") in nodes
        assert edge.get("target") in nodes
    for kind in ("node", "edge"):
        for element in graph.iter(f"{NAMESPACE}{kind}"):
            for data in element:
                key = keys[data.get("key")]
                assert key.get("for") == kind
                assert re.fullmatch(TYPES[key.get("attr.type") or ""], data.text or "")
    return networkx.read_graphml(path, force_multigraph=True)


def test_nodes_have_labels_in_both_languages(tmp_path: Path) -> None:
    graph = read(tmp_path / "x.graphml", full())
    assert not graph.is_directed()
    assert graph.nodes["JOR"]["label_ar"] == "الأردن"
    assert (graph.nodes["UNO"]["label"], graph.nodes["UNO"]["kind"]) == ("United Nations", "organisation")
    assert graph.nodes["JPN"]["commitments"] == 2


def test_an_edge_a_pair_and_area_with_typed_attributes(tmp_path: Path) -> None:
    again = agreement("a2", commitment("c3", stage("r9", status="signed"), agreement="a2"))
    graph = read(tmp_path / "x.graphml", full(), again)
    assert sorted(graph["JOR"]["JPN"]) == ["JOR.JPN.arms_transfer", "JOR.JPN.exercise"]
    edge = graph["JOR"]["JPN"]["JOR.JPN.exercise"]
    assert edge == {
        "weight": 2.0,
        "label": "exercise",
        "area": "exercise",
        "area_en": "exercise",
        "area_ar": "مناورات",
        "commitments": 2,
        "stages": 5,
        "outlets": 2,
        "contradictions": 1,
        "first": "2026-03-10",
        "last": "2026-04-09",
        "statuses": "signed done",
    }
    assert isinstance(edge["weight"], float)
    assert isinstance(edge["stages"], int)


def test_three_parties_are_three_pairs_whatever_their_order(tmp_path: Path) -> None:
    held = [
        commitment("c1", stage(parties=("JPN", "JOR", "UNO"))),
        commitment("c2", stage(parties=("UNO", "JOR", "JPN"))),
    ]
    graph = read(tmp_path / "x.graphml", agreement("a1", *held))
    assert graph.number_of_edges() == 3
    assert {d["weight"] for *_, d in graph.edges(data=True)} == {2.0}


def test_hostile_and_empty_ledgers_are_valid(tmp_path: Path) -> None:
    assert read(tmp_path / "x.graphml").number_of_nodes() == 0
    assert read(tmp_path / "x.graphml", *hostile()).number_of_edges() == 1
    odd = agreement("a1", commitment("c1", stage(parties=("A&B <c>", "\x00"), area="x y")))
    assert read(tmp_path / "x.graphml", odd).number_of_edges() == 1
