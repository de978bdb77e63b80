"""Builds small designs for tests in one line each."""

from __future__ import annotations

from designer.domain.catalog.spec import Value
from designer.domain.connections.registry import connections
from designer.domain.graph.model import Design, Edge, Node


def node(node_id: str, service: str, **parameters: Value) -> Node:
    """A node whose label is its id."""
    return Node(node_id, service, node_id, parameters=parameters)


def edge(source: str, target: str, connection: str, **parameters: Value) -> Edge:
    """An edge of a row of the table, with the id ``source-target``."""
    row = connections()[connection]
    return Edge(f"{source}-{target}", source, target, connection, row.mode, row.flow, parameters)


def design(*parts: Node | Edge) -> Design:
    """The parts as a design."""
    nodes = {part.id: part for part in parts if isinstance(part, Node)}
    return Design("Case", nodes, {part.id: part for part in parts if isinstance(part, Edge)})
