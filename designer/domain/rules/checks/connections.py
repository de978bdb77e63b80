"""Whether each edge means something that AWS offers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from designer.domain.catalog.registry import services
from designer.domain.catalog.sources import WINDTUNNEL
from designer.domain.connections.registry import UNKNOWN_CONNECTION, refusal, usable_rows
from designer.domain.connections.spec import Connection, Mode
from designer.domain.graph.model import Design, Edge
from designer.domain.graph.operations import SetEdgeConnection
from designer.domain.rules.fixes import insert_bridge, remove_edge, switch_connection
from designer.domain.rules.kinds import change_of_kind
from designer.domain.rules.problem import Problem, problem
from designer.domain.rules.registry import rule
from designer.domain.rules.rule import Fix, Scope, Severity

_NOT_PARAMETERS_OF_MEANING: Final = frozenset({"weight", "calls_per_request"})
"""Two edges that differ only in how often they are used mean the same."""


@rule(
    "C001",
    Severity.ERROR,
    "AWS has no such connection",
    scope=Scope.EDGE,
    why="AWS offers no mechanism for it, so nothing would ever arrive.",
    source=WINDTUNNEL,
)
def refused_connection(design: Design, edge: Edge) -> Iterator[Problem]:
    """The table's row refuses the edge, or every row of its pair does."""
    row = _refusing_row(design, edge)
    if row is None:
        return
    message = f"{_ends(design, edge)}: {row.conditions}"
    if row.alternative:
        message += f" {row.alternative}"
    fixes = [] if row.bridge is None else [insert_bridge(design, edge, row.bridge)]
    fixes += _switches(design, edge)
    fixes += change_of_kind(design, edge, row.id)
    yield problem(edge, message, *fixes, remove_edge(edge), why=row.explanation, source=row.authority)


@rule(
    "C002",
    Severity.WARNING,
    "Connection that Windtunnel does not know",
    scope=Scope.EDGE,
    why="It is neither known to work nor known to fail. It takes no part in checks and carries nothing in a run.",
    source=WINDTUNNEL,
)
def unknown_connection(design: Design, edge: Edge) -> Iterator[Problem]:
    """The edge has no row of the table, and its pair is not refused."""
    if edge.row is not None or _refusing_row(design, edge) is not None:
        return
    switches = _switches(design, edge)
    if switches:
        said = "has no meaning yet" if edge.connection == UNKNOWN_CONNECTION else f"says {edge.connection}"
        yield problem(edge, f"{_ends(design, edge)} {said}. Choose what it does.", *switches)
    else:
        yield problem(edge, f"{_ends(design, edge)}: the connection table has no entry for this pair of services.")


@rule(
    "C003",
    Severity.ERROR,
    "Connection of other services",
    scope=Scope.EDGE,
    why="The edge claims a mechanism that its two ends do not have, so it means nothing.",
    source=WINDTUNNEL,
)
def connection_of_other_services(design: Design, edge: Edge) -> Iterator[Problem]:
    """The edge's row belongs to another pair of services."""
    row = edge.row
    if row is None or _fits(design, edge, row) or _refusing_row(design, edge) is not None:
        return
    yield problem(
        edge,
        f"{_ends(design, edge)} is said to be {row.id}, which leads from {_service(row.source)} to "
        f"{_service(row.target)}.",
        *_switches(design, edge),
        remove_edge(edge),
    )


@rule(
    "C004",
    Severity.ERROR,
    "Kind of call differs from the connection",
    scope=Scope.EDGE,
    why="The mechanism decides who waits and who fetches. Drawn otherwise, the edge misleads its readers and the run.",
    source=WINDTUNNEL,
)
def mode_or_flow_differs(design: Design, edge: Edge) -> Iterator[Problem]:
    """The edge's mode or flow is not the one of its row."""
    row = edge.row
    if row is None or (edge.mode, edge.flow) == (row.mode, row.flow) or not _fits(design, edge, row):
        return
    corrected = Edge(edge.id, edge.source, edge.target, edge.connection, row.mode, row.flow, edge.parameters)
    yield problem(
        edge,
        f"{_ends(design, edge)} ({row.label}) is {row.mode.value} with flow {row.flow.value}; the design says "
        f"{edge.mode.value} with flow {edge.flow.value}.",
        Fix("Draw it as it works", (SetEdgeConnection(corrected),)),
        source=row.authority,
    )


@rule(
    "C008",
    Severity.WARNING,
    "The same connection twice",
    scope=Scope.EDGE,
    why="Deliveries and calls would be counted twice, and AWS refuses or ignores the second one.",
    source=WINDTUNNEL,
)
def duplicate_connection(design: Design, edge: Edge) -> Iterator[Problem]:
    """An earlier edge has the same ends, the same connection and the same settings."""
    if edge.row is None:
        return
    siblings = min(design.outgoing(edge.source), design.incoming(edge.target), key=len)
    for other in siblings:
        if other.id >= edge.id:
            return
        same = (other.source, other.target, other.connection) == (edge.source, edge.target, edge.connection)
        if same and _meaning(other) == _meaning(edge):
            yield problem(
                edge,
                f"{_ends(design, edge)}: {edge.row.label} is there twice.",
                remove_edge(edge, "Remove this one"),
            )
            return


@rule(
    "C009",
    Severity.ERROR,
    "Connected to itself",
    scope=Scope.EDGE,
    why="A resource cannot be its own dead-letter queue, replica, event bus target or backend.",
    source=WINDTUNNEL,
)
def connected_to_itself(design: Design, edge: Edge) -> Iterator[Problem]:
    """A self loop of a resource that is not a function (a function may call itself)."""
    if edge.source != edge.target or edge.row is None or not edge.row.usable:
        return
    node = design.nodes[edge.source]
    if node.service != "lambda":
        yield problem(edge, f"{node.label} is connected to itself by {edge.row.label}.", remove_edge(edge))


def _refusing_row(design: Design, edge: Edge) -> Connection | None:
    row = edge.row
    if row is not None and _fits(design, edge, row):
        return None if row.usable else row
    return refusal(design.nodes[edge.source].service, design.nodes[edge.target].service)


def _fits(design: Design, edge: Edge, row: Connection) -> bool:
    return (row.source, row.target) == (design.nodes[edge.source].service, design.nodes[edge.target].service)


def _switches(design: Design, edge: Edge) -> list[Fix]:
    """One fix for each meaning that the pair can have; no second failure path where the source has one already."""
    pair = design.nodes[edge.source].service, design.nodes[edge.target].service
    others = (other for other in design.outgoing(edge.source) if other.id != edge.id)
    has_failure_path = any(other.mode is Mode.FAILURE for other in others)
    return [
        switch_connection(design, edge, row)
        for row in usable_rows(*pair)
        if row.drawable and not (has_failure_path and row.mode is Mode.FAILURE)
    ]


def _meaning(edge: Edge) -> dict[str, object]:
    row = edge.row
    assert row is not None
    return {p.id: edge.value(p.id) for p in row.parameters if p.id not in _NOT_PARAMETERS_OF_MEANING}


def _ends(design: Design, edge: Edge) -> str:
    return f"{design.nodes[edge.source].label} → {design.nodes[edge.target].label}"


def _service(service_id: str) -> str:
    service = services().get(service_id)
    return service_id if service is None else service.name
