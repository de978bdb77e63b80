"""Lines that a function writes to the log groups that are drawn, so that their subscriptions see them."""

from __future__ import annotations

from designer.domain.graph.model import Node
from simulator.engine import instructions as op
from simulator.engine.lowering.plan import Plan

FUNCTION_LOGS = "lambda.cloudwatch_logs.logs"


def emit_logs(plan: Plan, node: Node) -> None:
    """One batch of lines to each log group of the function, for each invocation."""
    for edge in plan.design.outgoing(node.id):
        if edge.connection == FUNCTION_LOGS:
            target, number = plan.delivered(edge), plan.edge_number(edge)
            plan.tables.emit(op.SEND, node=plan.number(node), target=target, edge=number, x=1.0, flags=1)
