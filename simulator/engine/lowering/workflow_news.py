"""What an execution tells others: status changes to EventBridge, and lines in its log group."""

from __future__ import annotations

import json
from typing import Final

from designer.domain.graph.model import Edge, Node
from simulator.engine import instructions as op
from simulator.engine.lowering.plan import Plan

RUNNING: Final = "RUNNING"
SUCCEEDED: Final = "SUCCEEDED"
FAILED: Final = "FAILED"
TIMED_OUT: Final = "TIMED_OUT"

_LOGGED: Final = {
    "ALL": frozenset({SUCCEEDED, FAILED, TIMED_OUT}),
    "ERROR": frozenset({FAILED, TIMED_OUT}),
    "FATAL": frozenset({FAILED, TIMED_OUT}),
}


def emit_news(plan: Plan, node: Node, status: str) -> None:
    """The event of a status change where a bus or a matching rule is drawn; at its end the batch of log lines."""
    for edge in plan.design.outgoing(node.id):
        kind = edge.connection.rpartition(".")[2]
        told = kind == "status_change" and _wanted(plan, edge, status)
        logged = kind == "logging" and status in _LOGGED.get(str(node.value("log_level")), frozenset())
        if told or logged:
            target, number = plan.delivered(edge), plan.edge_number(edge)
            plan.tables.emit(op.SEND, node=plan.number(node), target=target, edge=number, x=1.0, flags=1)


def _wanted(plan: Plan, edge: Edge, status: str) -> bool:
    """Whether the rule's pattern names the status, or none at all."""
    written = plan.design.nodes[edge.target].value("event_pattern") if edge.target in plan.design.nodes else None
    try:
        pattern = json.loads(written) if isinstance(written, str) else None
        named = pattern["detail"]["status"] if pattern is not None else None
    except (ValueError, KeyError, TypeError):
        return True
    return not isinstance(named, list) or status in named
