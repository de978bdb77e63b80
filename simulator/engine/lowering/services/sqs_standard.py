"""SQS standard queue: delay, visibility, redrive, retention, and the mappings that read it."""

from __future__ import annotations

from designer.domain.graph.model import Edge, Node
from simulator.engine import instructions as op
from simulator.engine.lowering.declaration import EVENT, HAND_OVER
from simulator.engine.lowering.plan import RECEIVE, Plan
from simulator.engine.lowering.queues import begin_sending, end_sending, keep_message, make_queue, map_functions
from simulator.engine.lowering.tables import Label

SERVICE = "sqs_standard"
ENTRIES = (HAND_OVER, EVENT, RECEIVE)


def entry_for(edge: Edge) -> str | None:
    """Code that receives by itself asks for messages instead of sending one."""
    return RECEIVE if edge.connection.endswith(".receive_message") else None


def lower(plan: Plan, node: Node) -> None:
    """Sending makes a message; a message waits for the pollers of the queue's mappings."""
    refused = Label("refused")
    queue = make_queue(plan, node)
    begin_sending(plan, node, refused)
    end_sending(plan, node, refused)
    plan.place(node, EVENT)
    plan.tables.emit(op.ARRIVE, node=plan.number(node), flags=2)
    keep_message(plan, node, queue)
    map_functions(plan, node, queue, "sqs.to_lambda")
