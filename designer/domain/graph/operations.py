"""Changes to a design: each returns a new design and the operations that undo it.

The JSON form of an operation (``operation_to_json``) is what fixes carry, what
``POST /api/designs/{id}/operations/`` takes, and what the browser applies to the shared
document; ``tests/fixtures/operations.json`` keeps both sides equal.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import singledispatch
from typing import TYPE_CHECKING, TypeVar

from designer.domain.graph.model import Design, Edge, Group, Node, Note

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from designer.domain.catalog.spec import Value


class OperationError(ValueError):
    """The operation does not fit the design; the message names what is missing or in the way."""


@dataclass(frozen=True, slots=True)
class AddNode:
    node: Node


@dataclass(frozen=True, slots=True)
class RemoveNode:
    """Removes the node and every edge that touches it."""

    node_id: str


@dataclass(frozen=True, slots=True)
class MoveNode:
    node_id: str
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class RelabelNode:
    node_id: str
    label: str


@dataclass(frozen=True, slots=True)
class SetNodeParameter:
    """``value`` None removes the node's own value: the catalog's default holds again."""

    node_id: str
    parameter: str
    value: Value


@dataclass(frozen=True, slots=True)
class AddEdge:
    edge: Edge


@dataclass(frozen=True, slots=True)
class RemoveEdge:
    edge_id: str


@dataclass(frozen=True, slots=True)
class SetEdgeParameter:
    """``value`` None removes the edge's own value: the connection's default holds again."""

    edge_id: str
    parameter: str
    value: Value


@dataclass(frozen=True, slots=True)
class SetEdgeConnection:
    """Gives an edge another meaning; parameters that the new one lacks are dropped by the caller."""

    edge: Edge


@dataclass(frozen=True, slots=True)
class AddGroup:
    group: Group


@dataclass(frozen=True, slots=True)
class RemoveGroup:
    group_id: str


@dataclass(frozen=True, slots=True)
class AddNote:
    note: Note


@dataclass(frozen=True, slots=True)
class RemoveNote:
    note_id: str


Operation = (
    AddNode
    | RemoveNode
    | MoveNode
    | RelabelNode
    | SetNodeParameter
    | AddEdge
    | RemoveEdge
    | SetEdgeParameter
    | SetEdgeConnection
    | AddGroup
    | RemoveGroup
    | AddNote
    | RemoveNote
)


@dataclass(frozen=True, slots=True)
class Applied:
    """A new design, and what to apply to it (in this order) to get the old one back."""

    design: Design
    inverse: tuple[Operation, ...]


def apply(design: Design, operations: Iterable[Operation]) -> Applied:
    """Apply the operations in order. Raises :class:`OperationError` and changes nothing if one does not fit."""
    inverse: list[Operation] = []
    for operation in operations:
        design, undo = _apply_one(operation, design)
        inverse[:0] = undo
    return Applied(design, tuple(inverse))


_Step = tuple[Design, tuple[Operation, ...]]
T = TypeVar("T")


@singledispatch
def _apply_one(operation: object, design: Design) -> _Step:  # noqa: ARG001 the registered functions use it
    raise OperationError(f"unknown operation {type(operation).__name__}")


def _node(design: Design, node_id: str) -> Node:
    try:
        return design.nodes[node_id]
    except KeyError:
        raise OperationError(f"there is no node {node_id!r}") from None


def _edge(design: Design, edge_id: str) -> Edge:
    try:
        return design.edges[edge_id]
    except KeyError:
        raise OperationError(f"there is no edge {edge_id!r}") from None


def _with(items: Mapping[str, T], key: str, value: T) -> dict[str, T]:
    return {**items, key: value}


def _without(items: Mapping[str, T], *keys: str) -> dict[str, T]:
    return {key: value for key, value in items.items() if key not in keys}


def _set(parameters: Mapping[str, Value], parameter: str, value: Value) -> dict[str, Value]:
    if value is None:
        return _without(parameters, parameter)
    return _with(parameters, parameter, value)


@_apply_one.register
def _add_node(operation: AddNode, design: Design) -> _Step:
    node = operation.node
    if node.id in design.nodes:
        raise OperationError(f"a node {node.id!r} is there already")
    return replace(design, nodes=_with(design.nodes, node.id, node)), (RemoveNode(node.id),)


@_apply_one.register
def _remove_node(operation: RemoveNode, design: Design) -> _Step:
    node = _node(design, operation.node_id)
    touching = {edge.id: edge for edge in (*design.incoming(node.id), *design.outgoing(node.id))}
    smaller = replace(design, nodes=_without(design.nodes, node.id), edges=_without(design.edges, *touching))
    return smaller, (AddNode(node), *(AddEdge(touching[key]) for key in sorted(touching)))


@_apply_one.register
def _move_node(operation: MoveNode, design: Design) -> _Step:
    node = _node(design, operation.node_id)
    moved = replace(node, x=operation.x, y=operation.y)
    return replace(design, nodes=_with(design.nodes, node.id, moved)), (MoveNode(node.id, node.x, node.y),)


@_apply_one.register
def _relabel_node(operation: RelabelNode, design: Design) -> _Step:
    node = _node(design, operation.node_id)
    renamed = replace(node, label=operation.label)
    return replace(design, nodes=_with(design.nodes, node.id, renamed)), (RelabelNode(node.id, node.label),)


@_apply_one.register
def _set_node_parameter(operation: SetNodeParameter, design: Design) -> _Step:
    node = _node(design, operation.node_id)
    changed = replace(node, parameters=_set(node.parameters, operation.parameter, operation.value))
    undo = SetNodeParameter(node.id, operation.parameter, node.parameters.get(operation.parameter))
    return replace(design, nodes=_with(design.nodes, node.id, changed)), (undo,)


@_apply_one.register
def _add_edge(operation: AddEdge, design: Design) -> _Step:
    edge = operation.edge
    if edge.id in design.edges:
        raise OperationError(f"an edge {edge.id!r} is there already")
    for end in (edge.source, edge.target):
        _node(design, end)
    return replace(design, edges=_with(design.edges, edge.id, edge)), (RemoveEdge(edge.id),)


@_apply_one.register
def _remove_edge(operation: RemoveEdge, design: Design) -> _Step:
    edge = _edge(design, operation.edge_id)
    return replace(design, edges=_without(design.edges, edge.id)), (AddEdge(edge),)


@_apply_one.register
def _set_edge_parameter(operation: SetEdgeParameter, design: Design) -> _Step:
    edge = _edge(design, operation.edge_id)
    changed = replace(edge, parameters=_set(edge.parameters, operation.parameter, operation.value))
    undo = SetEdgeParameter(edge.id, operation.parameter, edge.parameters.get(operation.parameter))
    return replace(design, edges=_with(design.edges, edge.id, changed)), (undo,)


@_apply_one.register
def _set_edge_connection(operation: SetEdgeConnection, design: Design) -> _Step:
    old = _edge(design, operation.edge.id)
    for end in (operation.edge.source, operation.edge.target):
        _node(design, end)
    return replace(design, edges=_with(design.edges, old.id, operation.edge)), (SetEdgeConnection(old),)


@_apply_one.register
def _add_group(operation: AddGroup, design: Design) -> _Step:
    group = operation.group
    if group.id in design.groups:
        raise OperationError(f"a group {group.id!r} is there already")
    return replace(design, groups=_with(design.groups, group.id, group)), (RemoveGroup(group.id),)


@_apply_one.register
def _remove_group(operation: RemoveGroup, design: Design) -> _Step:
    group = design.groups.get(operation.group_id)
    if group is None:
        raise OperationError(f"there is no group {operation.group_id!r}")
    return replace(design, groups=_without(design.groups, group.id)), (AddGroup(group),)


@_apply_one.register
def _add_note(operation: AddNote, design: Design) -> _Step:
    note = operation.note
    if note.id in design.notes:
        raise OperationError(f"a note {note.id!r} is there already")
    return replace(design, notes=_with(design.notes, note.id, note)), (RemoveNote(note.id),)


@_apply_one.register
def _remove_note(operation: RemoveNote, design: Design) -> _Step:
    note = design.notes.get(operation.note_id)
    if note is None:
        raise OperationError(f"there is no note {operation.note_id!r}")
    return replace(design, notes=_without(design.notes, note.id)), (AddNote(note),)
