"""Turns a queue or topic into one of the other kind, standard or FIFO, with everything that is connected to it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Final

from designer.domain.catalog.registry import find_parameter
from designer.domain.connections.registry import connections, find_edge_parameter
from designer.domain.graph.model import Design, Edge, Node
from designer.domain.graph.operations import AddEdge, AddNode, Operation, RemoveEdge, RemoveNode
from designer.domain.rules.rule import Fix

_OTHER_KIND: Final[Mapping[str, str]] = MappingProxyType(
    {"sqs_standard": "sqs_fifo", "sqs_fifo": "sqs_standard", "sns_standard": "sns_fifo", "sns_fifo": "sns_standard"}
)
_MENDED_AT_SOURCE: Final = ("sns_standard.sqs_fifo.subscription",)
_MENDED_AT_TARGET: Final = (
    "sqs_fifo.sqs_standard.redrive",
    "sqs_standard.sqs_fifo.redrive",
    "sns_standard.sqs_fifo.subscription_dlq",
)


def change_of_kind(design: Design, edge: Edge, connection: str) -> tuple[Fix, ...]:
    """Making one end of the refused edge a queue or topic of the other kind, where all of its edges allow it."""
    source, target = design.nodes[edge.source], design.nodes[edge.target]
    fix = None
    if connection.startswith(f"{source.service}.{target.service}."):
        if connection in _MENDED_AT_SOURCE:
            fix = in_other_kind(design, source)
        elif connection in _MENDED_AT_TARGET:
            fix = in_other_kind(design, target)
    return () if fix is None else (fix,)


def in_other_kind(design: Design, node: Node) -> Fix | None:
    """The node as the other kind of queue or topic, or None when one of its edges does not exist for that kind."""
    service = _OTHER_KIND.get(node.service)
    if service is None:
        return None
    around = {edge.id: edge for edge in (*design.outgoing(node.id), *design.incoming(node.id))}
    edges = [_rewired(edge, node, service) for edge in around.values()]
    operations: list[Operation] = [RemoveEdge(edge_id) for edge_id in around]
    operations += [RemoveNode(node.id), AddNode(_converted(node, service))]
    for edge in edges:
        if edge is None:
            return None
        operations.append(AddEdge(edge))
    kind = "FIFO" if service.endswith("_fifo") else "standard"
    what = "topic" if service.startswith("sns") else "queue"
    return Fix(f"Make {node.label} a {kind} {what}", tuple(operations))


def _converted(node: Node, service: str) -> Node:
    parameters = {key: value for key, value in node.parameters.items() if find_parameter(service, key) is not None}
    return replace(node, service=service, parameters=parameters)


def _rewired(edge: Edge, node: Node, service: str) -> Edge | None:
    if edge.source == edge.target or edge.connection.count(".") != 2:
        return None
    source, target, mechanism = edge.connection.split(".")
    wanted = f"{service if edge.source == node.id else source}.{service if edge.target == node.id else target}"
    row = connections().get(f"{wanted}.{mechanism}")
    if row is None or not row.usable:
        return None
    parameters = {key: value for key, value in edge.parameters.items() if find_edge_parameter(row.id, key) is not None}
    return replace(edge, connection=row.id, mode=row.mode, flow=row.flow, parameters=parameters)
