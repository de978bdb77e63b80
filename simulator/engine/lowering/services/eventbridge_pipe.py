"""EventBridge pipe: a batch that passed the filter is enriched and handed over; errors send it back to the source."""

from __future__ import annotations

from typing import Final

from designer.domain.connections.spec import Flow, Mode
from designer.domain.graph.model import Edge, Node
from simulator.engine import instructions as op
from simulator.engine import stations as st
from simulator.engine.lowering.declaration import CALL
from simulator.engine.lowering.event_targets import API_DESTINATION_TIMEOUT_S
from simulator.engine.lowering.plan import Plan
from simulator.engine.lowering.tables import Label

SERVICE = "eventbridge_pipe"
ENTRIES = (CALL,)
EXECUTIONS: Final = "executions"
RECORDS: Final = "records"
"""Meters of the batches behind the filter and of the records in them."""

_IN_BATCHES: Final = frozenset({"lambda", "step_functions_express"})
"""Get the whole batch in one call."""
_LATENCIES: Final = {
    "sqs_standard": "sqs.api",
    "sqs_fifo": "sqs.api",
    "sns_standard": "sns.publish",
    "eventbridge_bus": "eventbridge.put_events",
}
"""What the pipe waits for while these take the batch; they take each record."""


def lower(plan: Plan, node: Node) -> None:
    """One execution: enrichment and target one after the other, within five minutes."""
    tables, number = plan.tables, plan.number(node)
    failed, ended = Label("failed"), Label("ended")
    edges = [edge for edge in plan.design.outgoing(node.id) if edge.mode is not Mode.FAILURE]
    items = {edge.id: _record_program(plan, node, edge) for edge in edges if _is_refusing(plan, edge)}
    timer = tables.timer(plan.limit(SERVICE, "execution_s"), st.EXECUTION_TIMEOUT, failed)
    plan.place(node, CALL)
    tables.emit(op.ARRIVE, node=number, flags=1, otherwise=ended)
    tables.emit(op.METER, node=number, resource=plan.meter(node, EXECUTIONS), x=1.0, flags=1)
    tables.emit(op.METER, node=number, resource=plan.meter(node, RECORDS), x=1.0)
    tables.emit(op.START_TIMER, resource=timer)
    for edge in sorted(edges, key=_is_target):
        if edge.id in items:
            tables.emit(op.FORK, node=number, otherwise=failed)
            stream = plan.stream(node, f"records {edge.id}")
            tables.emit(op.BRANCHES, target=items[edge.id], x=1.0, stream=stream)
        elif edge.flow is Flow.SYNC:
            _call(plan, node, edge, failed)
        else:
            _hand_over(plan, node, edge)
    tables.place(failed)
    tables.emit(op.STOP_TIMER)
    tables.place(ended)
    tables.emit(op.END)


def _is_target(edge: Edge) -> bool:
    return not edge.connection.endswith(".enrichment")


def _is_refusing(plan: Plan, edge: Edge) -> bool:
    """Targets that can refuse records, so that the batch has to wait for their answers."""
    service = plan.design.nodes[edge.target].service
    return edge.flow is Flow.ASYNC and service not in _LATENCIES and service not in _IN_BATCHES


def _record_program(plan: Plan, node: Node, edge: Edge) -> Label:
    """Hand one record over and answer whether it was taken."""
    start, end = Label(f"record over {edge.id}"), Label("end")
    tables = plan.tables
    tables.place(start)
    target = plan.called(edge)
    tables.emit(
        op.CALL, node=plan.number(node), target=target, edge=plan.edge_number(edge), x=1.0, flags=3, otherwise=end
    )
    tables.place(end)
    tables.emit(op.END)
    return start


def _call(plan: Plan, node: Node, edge: Edge, failed: Label) -> None:
    """Functions and workflows get the batch at once; endpoints and APIs a call for each record."""
    tables, number = plan.tables, plan.number(node)
    service = plan.design.nodes[edge.target].service
    flags = {"flags": 2} if service in _IN_BATCHES else {}
    operands = {"node": number, "edge": plan.edge_number(edge), "x": 1.0, **flags}
    if service != "http_endpoint":
        tables.emit(op.CALL, target=plan.called(edge), otherwise=failed, **operands)
        return
    late, answered = Label("late"), Label("answered")
    start = Label(f"call over {edge.id}")
    tables.emit(op.JUMP, target=answered)
    tables.place(start)
    timer = tables.timer(API_DESTINATION_TIMEOUT_S, st.CLIENT_TIMEOUT, late)
    tables.emit(op.START_TIMER, resource=timer)
    tables.emit(op.CALL, target=plan.called(edge), otherwise=late, **(operands | {"flags": 3}))
    tables.place(late)
    tables.emit(op.STOP_TIMER)
    tables.emit(op.END)
    tables.place(answered)
    tables.emit(op.CALL, node=number, target=start, x=1.0, otherwise=failed)


def _hand_over(plan: Plan, node: Node, edge: Edge) -> None:
    """The target takes everything: each record, or, a function and a workflow, the batch as one event."""
    tables, number = plan.tables, plan.number(node)
    service = plan.design.nodes[edge.target].service
    flags = {"flags": 1} if service in _IN_BATCHES else {}
    latency = plan.latency(_LATENCIES[service]) if service in _LATENCIES else tables.constant(0.0)
    tables.emit(op.DELAY, resource=latency, stream=plan.stream(node, f"hand over {edge.id}"))
    target = plan.delivered(edge) if service != "step_functions_express" else plan.called(edge)
    tables.emit(op.SEND, node=number, target=target, edge=plan.edge_number(edge), x=1.0, **flags)
