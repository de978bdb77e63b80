"""EventBridge bus: put quota, every rule sees every event."""

from __future__ import annotations

from designer.domain.connections.spec import Flow, Mode
from designer.domain.graph.model import Node
from simulator.engine import instructions as op
from simulator.engine import stations as st
from simulator.engine.lowering.declaration import EVENT, HAND_OVER
from simulator.engine.lowering.eventbridge import delivery_latency
from simulator.engine.lowering.matching import rule_share
from simulator.engine.lowering.plan import Plan
from simulator.engine.lowering.tables import Label

SERVICE = "eventbridge_bus"
ENTRIES = (HAND_OVER, EVENT)
REFUSED = "the account's PutEvents quota"


def lower(plan: Plan, node: Node) -> None:
    """PutEvents answers after the API's latency; matching costs no time of its own."""
    tables, number = plan.tables, plan.number(node)
    matching, refused = Label("matching"), Label("refused")
    rate = plan.limit("eventbridge_bus", "put_events_rate")
    plan.place(node, HAND_OVER)
    tables.emit(op.ARRIVE, node=number, flags=1)
    bucket = plan.account_bucket("events", rate, rate)
    tables.emit(op.BUCKET, resource=bucket, x=1.0, code=st.QUOTA_EXCEEDED, otherwise=refused)
    tables.emit(op.DELAY, resource=plan.latency("eventbridge.put_events"), stream=plan.stream(node, "put"))
    tables.emit(op.JUMP, target=matching)
    plan.place(node, EVENT)
    tables.emit(op.ARRIVE, node=number, flags=1)
    tables.place(matching)
    for edge in plan.design.outgoing(node.id):
        if edge.flow is Flow.ASYNC and edge.mode is not Mode.FAILURE:
            target = plan.design.nodes[edge.target]
            to_rule = target.service == "eventbridge_rule"
            tables.emit(
                op.SEND,
                node=number,
                target=plan.delivery(edge, None if to_rule else delivery_latency(plan)),
                edge=plan.edge_number(edge),
                x=rule_share(target) if to_rule else 1.0,
                stream=plan.stream(node, f"match {edge.id}"),
            )
    tables.place(refused)
    tables.emit(op.END)
