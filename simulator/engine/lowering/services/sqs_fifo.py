"""SQS FIFO queue: rates of calls, message groups that wait for each other, and messages that are sent twice."""

from __future__ import annotations

from designer.domain.graph.model import Edge, Node
from simulator.engine import instructions as op
from simulator.engine import stations as st
from simulator.engine.lowering.declaration import EVENT, HAND_OVER
from simulator.engine.lowering.fifo import Rate, accept, emit_group, groups_of
from simulator.engine.lowering.plan import RECEIVE, Plan
from simulator.engine.lowering.queues import begin_sending, end_sending, keep_message, make_queue, map_functions
from simulator.engine.lowering.tables import Label

SERVICE = "sqs_fifo"
ENTRIES = (HAND_OVER, EVENT, RECEIVE)
REFUSED = "its rate of calls"
MOST_GROUPS = 1_000_000


def entry_for(edge: Edge) -> str | None:
    """Code that receives by itself asks for messages instead of sending one."""
    return RECEIVE if edge.connection.endswith(".receive_message") else None


def lower(plan: Plan, node: Node) -> None:
    """A message waits until no earlier one of its group is in flight."""
    refused = Label("refused")
    queue = make_queue(plan, node, min(groups_of(node), MOST_GROUPS))
    begin_sending(plan, node, refused)
    accept(plan, node, _rate(plan, node), refused)
    end_sending(plan, node, refused)
    plan.place(node, EVENT)
    plan.tables.emit(op.ARRIVE, node=plan.number(node), flags=2)
    emit_group(plan, node)
    keep_message(plan, node, queue)
    map_functions(plan, node, queue, "sqs.fifo_to_lambda")


def _rate(plan: Plan, node: Node) -> Rate:
    """Calls of SendMessage: per queue, or high throughput, where a group has no more than one partition's rate."""
    if node.value("throughput_limit") != "perMessageGroupId":
        rate = plan.limit(SERVICE, "call_rate")
        return Rate(plan.tables.bucket(rate, rate), 0.0, st.THROTTLED)
    rate = plan.limit(SERVICE, "high_throughput_call_rate")
    return Rate(plan.tables.bucket(rate, rate), plan.limit(SERVICE, "partition_call_rate"), st.THROTTLED)
