"""Functions that share the account's concurrency with others that nobody may keep waiting."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from designer.domain.catalog.sources import SQS_MAPPING_SCALING
from designer.domain.connections.spec import Flow
from designer.domain.graph.model import Design, Edge, Node
from designer.domain.graph.operations import SetEdgeParameter
from designer.domain.rules.meanings import QUEUE_MAPPINGS, names
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
    waited_for = [function for function in design.nodes_of("lambda") if _answers(design, function)]
    if not waited_for:
        return
    unbound = [edge for function in design.nodes_of("lambda") for edge in _unbound(design, function)]
    if unbound:
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


def _answers(design: Design, function: Node) -> bool:
    if function.number("reserved_concurrency") > 0:
        return False
    return any(edge.flow is Flow.SYNC and edge.row is not None for edge in design.incoming(function.id))


def _unbound(design: Design, function: Node) -> Iterator[Edge]:
    if function.value("reserved_concurrency") is not None:
        return
    for edge in design.incoming(function.id):
        is_bound = edge.number("maximum_concurrency") or edge.value("maximum_pollers") is not None
        if edge.connection in QUEUE_MAPPINGS and not is_bound and edge.value("minimum_pollers") is None:
            yield edge
