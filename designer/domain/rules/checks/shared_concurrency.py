"""Functions that share the account's concurrency with others that nobody may keep waiting."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from designer.domain.catalog.sources import SQS_MAPPING_SCALING
from designer.domain.connections.spec import Flow
from designer.domain.graph.memo import once_per_wiring
from designer.domain.graph.model import Design, Edge
from designer.domain.graph.operations import SetEdgeParameter
from designer.domain.rules.meanings import QUEUE_MAPPINGS, QUEUES, names
from designer.domain.rules.problem import Problem, problem
from designer.domain.rules.registry import rule
from designer.domain.rules.rule import Fix, Scope, Severity

_ENOUGH: Final = 100


@rule(
    "P229",
    Severity.ADVICE,
    "A full queue can starve the API",
    scope=Scope.DESIGN,
    why="For a full queue Lambda starts up to 1,250 executions, more than a new account has altogether. Calls for "
    "which somebody waits are then throttled.",
    source=SQS_MAPPING_SCALING,
)
def queue_starves_api(design: Design) -> Iterator[Problem]:
    """Queues may scale without a bound beside functions that answer callers from the shared concurrency."""
    nodes = design.nodes
    unbound = [edge for edge in _unbound(design) if nodes[edge.target].value("reserved_concurrency") is None]
    if not unbound:
        return
    functions = (nodes[node_id] for node_id in _waited_for(design))
    waited_for = [function for function in functions if not function.number("reserved_concurrency") > 0]
    if waited_for:
        yield problem(
            design,
            f"{names([design.nodes[edge.source] for edge in unbound])} can take the concurrency that "
            f"{names(waited_for)} {'needs' if len(waited_for) == 1 else 'need'}.",
            Fix(
                f"At most {_ENOUGH} executions for each queue",
                tuple(SetEdgeParameter(edge.id, "maximum_concurrency", _ENOUGH) for edge in unbound),
            ),
            parameter="maximum_concurrency",
        )


@once_per_wiring
def _waited_for(design: Design) -> tuple[str, ...]:
    """The functions that somebody calls and waits for."""
    return tuple(
        function.id
        for function in design.nodes_of("lambda")
        if any(edge.flow is Flow.SYNC and edge.row is not None for edge in design.incoming(function.id))
    )


@once_per_wiring
def _unbound(design: Design) -> tuple[Edge, ...]:
    """The mappings of queues that have no bound of their own."""
    queues = (queue for service in QUEUES for queue in design.nodes_of(service))
    mappings = (e for queue in queues for e in design.outgoing(queue.id) if e.connection in QUEUE_MAPPINGS)
    return tuple(edge for edge in mappings if not _is_bound(edge))


def _is_bound(edge: Edge) -> bool:
    limits = (edge.value(key) for key in ("maximum_concurrency", "minimum_pollers", "maximum_pollers"))
    return any(limit is not None for limit in limits)
