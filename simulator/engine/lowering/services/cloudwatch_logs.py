"""Log group: lines are written in the background, and subscriptions pass them on."""

from __future__ import annotations

from typing import Final

from designer.domain.connections.spec import Mode
from designer.domain.graph.model import Node
from simulator.engine import instructions as op
from simulator.engine.lowering.declaration import CALL, EVENT, HAND_OVER
from simulator.engine.lowering.matching import filter_share
from simulator.engine.lowering.plan import Plan

SERVICE = "cloudwatch_logs"
ENTRIES = (HAND_OVER, EVENT, CALL)

BATCHES: Final = "batches written"


def lower(plan: Plan, node: Node) -> None:
    """One batch of lines for each call or event; the share that passes a filter goes to its subscriber."""
    tables, number = plan.tables, plan.number(node)
    latency = plan.latency("logs.subscription")
    subscriptions = [edge for edge in plan.design.outgoing(node.id) if edge.mode is Mode.SUBSCRIPTION]
    for kind in ENTRIES:
        plan.place(node, kind)
    tables.emit(op.ARRIVE, node=number, flags=1)
    tables.emit(op.METER, node=number, resource=plan.meter(node, BATCHES), x=1.0)
    for edge in subscriptions:
        tables.emit(
            op.SEND,
            node=number,
            target=plan.delivery(edge, latency),
            edge=plan.edge_number(edge),
            x=filter_share(edge),
            stream=plan.stream(node, f"filter {edge.id}"),
        )
    tables.emit(op.END)
