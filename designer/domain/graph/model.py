"""The design as frozen values: nodes, edges, groups, notes and scenarios."""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

from designer.domain.catalog.registry import parameter_value
from designer.domain.catalog.spec import Value
from designer.domain.connections.registry import connections, edge_parameter_value
from designer.domain.connections.spec import Connection, Flow, Mode
from designer.domain.graph.scenario import Scenario

_CELL_WIDTH_PX: Final = 192
_CELL_HEIGHT_PX: Final = 96
"""A card is 168 x 64 px; a cell leaves a gap around it."""


@dataclass(frozen=True, slots=True)
class Node:
    """One resource. ``x``/``y`` are the top-left corner of its card in canvas pixels.

    ``resource`` keeps what an imported template said about the resource (type and
    properties), so that nothing of it is lost.
    """

    id: str
    service: str
    label: str
    x: float = 0.0
    y: float = 0.0
    parameters: Mapping[str, Value] = field(default_factory=dict)
    group: str | None = None
    resource: Mapping[str, object] | None = None

    def value(self, parameter_id: str) -> Value:
        """The parameter's value: the node's own, or the catalog's default."""
        return parameter_value(self.service, self.parameters, parameter_id)

    def number(self, parameter_id: str, otherwise: float = 0.0) -> float:
        """The parameter as a number; ``otherwise`` when it is unset or not a number."""
        value = self.value(parameter_id)
        if isinstance(value, bool) or not isinstance(value, int | float):
            return otherwise
        return float(value)


@dataclass(frozen=True, slots=True)
class Edge:
    """One connection between two nodes.

    ``connection`` is the id of a row of the connection table, or ``unknown``.
    """

    id: str
    source: str
    target: str
    connection: str
    mode: Mode
    flow: Flow
    parameters: Mapping[str, Value] = field(default_factory=dict)

    @property
    def row(self) -> Connection | None:
        """The table's row, or None when the connection is unknown."""
        return connections().get(self.connection)

    def value(self, parameter_id: str) -> Value:
        """The parameter's value: the edge's own, or the connection's default."""
        return edge_parameter_value(self.connection, self.parameters, parameter_id)

    def number(self, parameter_id: str, otherwise: float = 0.0) -> float:
        """The parameter as a number; ``otherwise`` when it is unset or not a number."""
        value = self.value(parameter_id)
        if isinstance(value, bool) or not isinstance(value, int | float):
            return otherwise
        return float(value)


@dataclass(frozen=True, slots=True)
class Group:
    """A titled frame around nodes (account, Region, VPC, subnet, or a plain one)."""

    id: str
    kind: str
    label: str
    x: float = 0.0
    y: float = 0.0
    width: float = 320.0
    height: float = 200.0
    parent: str | None = None


@dataclass(frozen=True, slots=True)
class Note:
    """A sticky text on the canvas."""

    id: str
    text: str
    x: float = 0.0
    y: float = 0.0
    width: float = 200.0
    height: float = 96.0


@dataclass(frozen=True)
class Design:
    """A whole architecture. Mappings are by id; treat every value as immutable."""

    name: str
    nodes: Mapping[str, Node] = field(default_factory=dict)
    edges: Mapping[str, Edge] = field(default_factory=dict)
    groups: Mapping[str, Group] = field(default_factory=dict)
    notes: Mapping[str, Note] = field(default_factory=dict)
    scenarios: Mapping[str, Scenario] = field(default_factory=dict)

    @cached_property
    def _around(self) -> tuple[Mapping[str, tuple[Edge, ...]], Mapping[str, tuple[Edge, ...]]]:
        """The edges that leave and that reach each node, by edge id; shared with designs of the same edges."""
        for edges, around in tuple(_LATEST_AROUND):
            if edges is self.edges:
                return around
        outgoing: dict[str, list[Edge]] = {}
        incoming: dict[str, list[Edge]] = {}
        for key in sorted(self.edges):
            edge = self.edges[key]
            outgoing.setdefault(edge.source, []).append(edge)
            incoming.setdefault(edge.target, []).append(edge)
        around = _frozen(outgoing), _frozen(incoming)
        _LATEST_AROUND.appendleft((self.edges, around))
        return around

    @cached_property
    def _by_service(self) -> Mapping[str, tuple[Node, ...]]:
        found: dict[str, list[Node]] = {}
        for key in sorted(self.nodes):
            found.setdefault(self.nodes[key].service, []).append(self.nodes[key])
        return {service: tuple(nodes) for service, nodes in found.items()}

    def nodes_of(self, service: str) -> tuple[Node, ...]:
        """The nodes of a service, by node id."""
        return self._by_service.get(service, ())

    def outgoing(self, node_id: str) -> tuple[Edge, ...]:
        """Edges that leave the node, by edge id."""
        return self._around[0].get(node_id, ())

    def incoming(self, node_id: str) -> tuple[Edge, ...]:
        """Edges that reach the node, by edge id."""
        return self._around[1].get(node_id, ())

    @cached_property
    def _cells(self) -> frozenset[tuple[int, int]]:
        return frozenset(_cell(node.x, node.y) for node in self.nodes.values())

    def free_place(self, x: float, y: float) -> tuple[float, float]:
        """The first place from ``(x, y)`` downwards where a new card hides no other one's corner, in canvas pixels."""
        while _cell(x, y) in self._cells:
            y += _CELL_HEIGHT_PX
        return x, y

    def scenario(self, scenario_id: str | None = None) -> Scenario:
        """The named scenario, or the first one, or the built-in default.

        Raises KeyError when a name is given that the design does not have.
        """
        if scenario_id is not None:
            return self.scenarios[scenario_id]
        for key in sorted(self.scenarios):
            return self.scenarios[key]
        return Scenario()


def _cell(x: float, y: float) -> tuple[int, int]:
    return math.floor(x / _CELL_WIDTH_PX), math.floor(y / _CELL_HEIGHT_PX)


def _frozen(lists: Mapping[str, list[Edge]]) -> dict[str, tuple[Edge, ...]]:
    return {node_id: tuple(edges) for node_id, edges in lists.items()}


_Around = tuple[Mapping[str, tuple[Edge, ...]], Mapping[str, tuple[Edge, ...]]]
_LATEST_AROUND: Final[deque[tuple[Mapping[str, Edge], _Around]]] = deque(maxlen=8)
"""Of the designs that are edited now: an edit of a node leaves the mapping of the edges as it is."""
