"""Alarm: every change of state that a scenario sends to it starts all its actions."""

from __future__ import annotations

from designer.domain.connections.spec import Flow
from designer.domain.graph.model import Node
from simulator.engine import instructions as op
from simulator.engine.lowering.declaration import EVENT
from simulator.engine.lowering.plan import Plan

SERVICE = "cloudwatch_alarm"
ENTRIES = (EVENT,)


def lower(plan: Plan, node: Node) -> None:
    """Metrics are not watched: the changes of state are the traffic that begins at the alarm."""
    tables, number = plan.tables, plan.number(node)
    plan.place(node, EVENT)
    tables.emit(op.ARRIVE, node=number, flags=1)
    if node.value("actions_enabled") is not False:
        for edge in plan.design.outgoing(node.id):
            if edge.flow is Flow.ASYNC:
                target, edge_number = plan.delivery(edge), plan.edge_number(edge)
                tables.emit(op.SEND, node=number, target=target, edge=edge_number, x=1.0)
    tables.emit(op.END)
