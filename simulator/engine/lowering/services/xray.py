"""X-Ray: traces are written in the background and take no time of a request."""

from __future__ import annotations

from designer.domain.graph.model import Node
from simulator.engine import instructions as op
from simulator.engine.lowering.declaration import CALL, EVENT, HAND_OVER
from simulator.engine.lowering.plan import Plan

SERVICE = "xray"
ENTRIES = (HAND_OVER, EVENT, CALL)


def lower(plan: Plan, node: Node) -> None:
    """What is traced is counted at its source."""
    for edge in plan.design.incoming(node.id):
        plan.edge_number(edge)
    for kind in ENTRIES:
        plan.place(node, kind)
    plan.tables.emit(op.END)
