"""SQS standard queue: delay, visibility, redrive, retention, and the mappings that read it."""

from __future__ import annotations

from designer.domain.connections.spec import Flow, Mode
from designer.domain.graph.model import Edge, Node
from simulator.engine import instructions as op
from simulator.engine import stations as st
from simulator.engine.lowering.declaration import EVENT, HAND_OVER
from simulator.engine.lowering.event_source_mapping import Mapping, filter_share, map_queue
from simulator.engine.lowering.plan import RECEIVE, Plan
from simulator.engine.lowering.tables import Label

SERVICE = "sqs_standard"
ENTRIES = (HAND_OVER, EVENT, RECEIVE)


def entry_for(edge: Edge) -> str | None:
    """Code that receives by itself asks for messages instead of sending one."""
    return RECEIVE if edge.connection.endswith(".receive_message") else None


def lower(plan: Plan, node: Node) -> None:
    """Sending makes a message; a message waits for the pollers of the queue's mappings."""
    tables, number = plan.tables, plan.number(node)
    queue = _queue(plan, node)
    plan.has_queue(node, queue)
    api = plan.latency("sqs.api")
    refused = Label("refused")
    plan.place(node, HAND_OVER)
    tables.emit(op.GATE, node=number, flags=st.GATE_ALL, otherwise=refused)
    tables.emit(op.SEND, node=number, target=plan.entry(node.id, EVENT), x=1.0)
    plan.place(node, RECEIVE)
    tables.emit(op.DELAY, resource=api, stream=plan.stream(node, "api"))
    tables.place(refused)
    tables.emit(op.END)
    plan.place(node, EVENT)
    tables.emit(op.ARRIVE, node=number, flags=2)
    if node.number("delay_s") > 0:
        tables.emit(op.DELAY, resource=tables.constant(node.number("delay_s")))
    tables.emit(op.ENQUEUE, resource=queue)
    poll = plan.remaining_latency("sqs.to_lambda", "lambda.invoke_overhead")
    for edge in plan.design.outgoing(node.id):
        if edge.flow is Flow.POLL and plan.design.nodes[edge.target].service == "lambda":
            mapping = Mapping(edge, poll, filter_share(edge))
            map_queue(plan, mapping, queue, node.number("visibility_timeout_s", 30.0))


def _queue(plan: Plan, node: Node) -> int:
    redrive: dict[str, float | Label] = {}
    for edge in plan.design.outgoing(node.id):
        if edge.mode is Mode.FAILURE:
            redrive = {
                "redrive": plan.delivered(edge),
                "redrive_edge": plan.edge_number(edge),
                "maximum_receives": max(int(edge.number("max_receive_count", 10.0)), 1),
            }
            break
    return plan.tables.queue(
        node=plan.number(node),
        in_flight_limit=int(plan.limit("sqs_standard", "in_flight")),
        retention=max(node.number("message_retention_s", 345_600.0), 60.0),
        **redrive,
    )
