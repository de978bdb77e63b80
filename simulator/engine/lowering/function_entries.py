"""Ways into a function that differ from its plain one: through an alias, and with messages that lie in S3."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from designer.domain.connections.spec import Flow
from designer.domain.graph.model import Edge, Node
from simulator.engine.lowering.declaration import CALL
from simulator.engine.lowering.large_messages import message_bucket
from simulator.engine.lowering.plan import Plan
from simulator.engine.lowering.tables import Label

ALIAS: Final = "lambda_alias_version"
FUNCTIONS: Final = ("lambda", ALIAS)
VERSION: Final = "lambda_alias_version.lambda.version"


def version_edges(plan: Plan, alias_id: str) -> list[Edge]:
    """The edges from an alias to the versions that share its calls."""
    return [
        edge
        for edge in plan.design.outgoing(alias_id)
        if edge.connection == VERSION and plan.weight(edge) > 0 and plan.design.nodes[edge.target].service == "lambda"
    ]


def share_of(plan: Plan, edge: Edge) -> float:
    """The version's share of its alias's calls."""
    total = sum(plan.weight(other) for other in version_edges(plan, edge.source))
    return plan.weight(edge) / total if total > 0 else 0.0


def provisioned_for(plan: Plan, edge: Edge) -> int:
    """Environments that the alias keeps ready for this version."""
    return round(plan.design.nodes[edge.source].number("provisioned_concurrency") * share_of(plan, edge))


def aliases_of(plan: Plan, function: Node) -> Iterator[Edge]:
    """The edges by which aliases lead to the function."""
    for edge in plan.design.incoming(function.id):
        if edge.connection == VERSION and plan.design.nodes[edge.source].service == ALIAS and plan.weight(edge) > 0:
            yield edge


def large_message_mappings(plan: Plan, function: Node) -> Iterator[Edge]:
    """The mappings whose queues keep their messages in S3."""
    for edge in plan.design.incoming(function.id):
        if edge.flow is Flow.POLL and message_bucket(plan, edge.source) is not None:
            yield edge


def through(plan: Plan, edge: Edge, kind: str = CALL) -> Label:
    """The entry of the edge's function for what comes over this edge and no other."""
    return plan.entry(edge.target, f"{kind} over {edge.id}")


def invoked(plan: Plan, edge: Edge) -> Label:
    """Where a mapping's batch enters the edge's function."""
    if message_bucket(plan, edge.source) is not None:
        return through(plan, edge)
    return plan.entry(edge.target, CALL)
