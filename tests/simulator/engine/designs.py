"""Small designs for the tests of the engine."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from designer.domain.catalog.spec import Value
from designer.domain.connections.registry import connections
from designer.domain.graph.model import Design, Edge, Node
from simulator.engine.results import Summary

Parameters = Mapping[str, Value]
Arrow = tuple[str, str, str, Parameters] | tuple[str, str, str]
Nodes = Mapping[str, tuple[str, Parameters] | str]
Run = Callable[..., Summary]
"""Draws a design and simulates it; keywords are fields of the scenario."""
Made = dict[str, tuple[str, Parameters] | str]


def draw_design(nodes: Nodes, arrows: Sequence[Arrow]) -> Design:
    """A design from ``{id: service or (service, parameters)}`` and ``(source, target, mechanism[, parameters])``."""
    made = {}
    for node_id, what in nodes.items():
        service, parameters = (what, {}) if isinstance(what, str) else what
        made[node_id] = Node(node_id, service, node_id, parameters=parameters)
    edges = {}
    for source, target, mechanism, *rest in arrows:
        row = connections()[f"{made[source].service}.{made[target].service}.{mechanism}"]
        edge_id = f"{source}-{target}-{mechanism}"
        edges[edge_id] = Edge(edge_id, source, target, row.id, row.mode, row.flow, rest[0] if rest else {})
    return Design("test", made, edges)
