"""Builds the one-click fixes: operations that clear a finding."""

from __future__ import annotations

from collections.abc import Container, Iterable
from typing import Final

from designer.domain.catalog.registry import services
from designer.domain.catalog.spec import Value
from designer.domain.connections.registry import connections
from designer.domain.connections.spec import Bridge, Connection, End
from designer.domain.graph.model import Design, Edge, Node
from designer.domain.graph.operations import (
    AddEdge,
    AddNode,
    Operation,
    RemoveEdge,
    SetEdgeConnection,
    SetEdgeParameter,
    SetNodeParameter,
)
from designer.domain.rules.requirements import holds, node_value
from designer.domain.rules.rule import Fix

LONGEST_RETENTION_S: Final = 1_209_600
"""14 days, the longest that SQS keeps a message (its quota on message retention)."""

KEPT_CHARACTERS: Final = 60
"""How much of a node's id goes into the id of something new that a fix puts beside it."""

_ROW_HEIGHT_PX: Final = 96


def set_node(node: Node, label: str, /, **values: Value) -> Fix:
    """Give the node's parameters these values; None takes the node's own value away."""
    return Fix(label, tuple(SetNodeParameter(node.id, key, value) for key, value in values.items()))


def set_edge(edge: Edge, label: str, /, **values: Value) -> Fix:
    """Give the edge's parameters these values; None takes the edge's own value away."""
    return Fix(label, tuple(SetEdgeParameter(edge.id, key, value) for key, value in values.items()))


def remove_edge(edge: Edge, label: str = "Remove the connection") -> Fix:
    """Take the edge away."""
    return Fix(label, (RemoveEdge(edge.id),))


def remove_edges(edges: Iterable[Edge], label: str) -> Fix:
    """Take several edges away."""
    return Fix(label, tuple(RemoveEdge(edge.id) for edge in edges))


def switch_connection(design: Design, edge: Edge, row: Connection) -> Fix:
    """Give the edge another meaning, with the settings that this one needs at its ends."""
    known = {parameter.id for parameter in row.parameters}
    parameters = {key: value for key, value in edge.parameters.items() if key in known}
    switched = Edge(edge.id, edge.source, edge.target, row.id, row.mode, row.flow, parameters)
    return Fix(
        f"Make it: {row.label}",
        (SetEdgeConnection(switched), *needed_settings(design, switched, *_ends(design, switched))),
    )


def insert_bridge(design: Design, edge: Edge, bridge: Bridge) -> Fix:
    """Put the standard component between the two ends instead of the refused edge."""
    source, target = design.nodes[edge.source], design.nodes[edge.target]
    label = services()[bridge.service].label
    place = design.free_place((source.x + target.x) / 2, (source.y + target.y) / 2)
    middle = new_node(design, f"{source.id}-{label.replace(' ', '-')}", bridge.service, label, place=place)
    first = new_edge(design, source.id, middle.id, bridge.first)
    second = new_edge(design, middle.id, target.id, bridge.second, besides=(first.id,))
    return Fix(
        bridge.label,
        (
            RemoveEdge(edge.id),
            AddNode(middle),
            AddEdge(first),
            AddEdge(second),
            *needed_settings(design, first, source, middle),
            *needed_settings(design, second, middle, target),
        ),
    )


def add_failure_queue(design: Design, node: Node, connection: str, label: str) -> Fix:
    """Add a queue that keeps what failed for 14 days, of the kind that the connection to it asks for."""
    queue = new_node(
        design,
        f"{node.id}-dlq",
        connections()[connection].target,
        f"{node.label[:180]} failures",
        place=design.free_place(node.x, node.y + _ROW_HEIGHT_PX),
        parameters={"message_retention_s": LONGEST_RETENTION_S},
    )
    return Fix(label, (AddNode(queue), AddEdge(new_edge(design, node.id, queue.id, connection))))


def new_node(
    design: Design,
    wanted_id: str,
    service: str,
    label: str,
    *,
    place: tuple[float, float],
    parameters: dict[str, Value] | None = None,
) -> Node:
    """A node with an id that the design does not have yet."""
    return Node(_free_id(wanted_id, design.nodes), service, label, *place, parameters or {})


def new_edge(design: Design, source_id: str, target_id: str, connection: str, *, besides: Container[str] = ()) -> Edge:
    """An edge of a connection of the table, with an id that neither the design nor ``besides`` has yet."""
    row = connections()[connection]
    wanted_id = f"{source_id[:KEPT_CHARACTERS]}-{target_id[:KEPT_CHARACTERS]}"
    edge_id = _free_id(wanted_id, design.edges, besides)
    return Edge(edge_id, source_id, target_id, connection, row.mode, row.flow)


def place_beside(design: Design, node: Node) -> tuple[float, float]:
    """A place below the node where no card lies."""
    return design.free_place(node.x, node.y + _ROW_HEIGHT_PX)


def needed_settings(design: Design, edge: Edge, source: Node, target: Node) -> tuple[Operation, ...]:
    """The settings that the edge's connection requires of its ends and that they lack, where one value is known."""
    row = edge.row
    assert row is not None
    needed: list[Operation] = []
    for requirement in row.requirements:
        parameter, fix = requirement.parameter, requirement.fix
        if requirement.end is End.EDGE:
            if fix is not None and not holds(requirement, edge.value(parameter)):
                needed.append(SetEdgeParameter(edge.id, parameter, fix))
            continue
        node = source if requirement.end is End.SOURCE else target
        if fix is not None and not holds(requirement, node_value(design, node, parameter)):
            needed.append(SetNodeParameter(node.id, parameter, fix))
    return tuple(needed)


def _ends(design: Design, edge: Edge) -> tuple[Node, Node]:
    return design.nodes[edge.source], design.nodes[edge.target]


def _free_id(wanted: str, *taken: Container[str]) -> str:
    wanted = wanted[:120]
    found, number = wanted, 2
    while any(found in ids for ids in taken):
        found, number = f"{wanted}-{number}", number + 1
    return found
