"""EventBridge rule: hands each matching event, or each tick of its schedule, to every target."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from designer.domain.connections.spec import Flow, Mode
from designer.domain.graph.model import Edge, Node
from simulator.engine import instructions as op
from simulator.engine.lowering.declaration import EVENT
from simulator.engine.lowering.eventbridge import delivery_latency
from simulator.engine.lowering.plan import Plan
from simulator.engine.lowering.schedule import fire_times
from simulator.engine.lowering.tables import Label

SERVICE = "eventbridge_rule"
ENTRIES = (EVENT,)

RETRY_WAIT_S: Final = 1.0
RETRY_WAIT_MOST_S: Final = 600.0
"""Estimate: AWS says "exponential back-off with jitter" and no figures."""


def schedules(node: Node, duration_s: float) -> Iterable[float]:
    """When the rule's own schedule fires."""
    expression = node.value("schedule_expression")
    if node.value("kind") != "schedule" or node.value("enabled") is False:
        return ()
    return fire_times(expression, duration_s) if isinstance(expression, str) and expression else ()


def lower(plan: Plan, node: Node) -> None:
    """Events arrive after matching; delivery to a target takes its own time."""
    tables, number = plan.tables, plan.number(node)
    targets = [e for e in plan.design.outgoing(node.id) if e.flow is Flow.ASYNC and e.mode is not Mode.FAILURE]
    starts = []
    for edge in targets:
        if plan.design.nodes[edge.target].service.startswith("api_gateway"):
            starts.append(_api_target(plan, node, edge))
        else:
            starts.append(plan.delivery(edge, delivery_latency(plan)))
    plan.place(node, EVENT)
    tables.emit(op.ARRIVE, node=number, flags=1)
    for edge, start in zip(targets, starts, strict=True):
        calls = {} if start.name.startswith("api target") else {"edge": plan.edge_number(edge)}
        tables.emit(op.SEND, node=number, target=start, x=1.0, **calls)
    tables.emit(op.END)


def _api_target(plan: Plan, node: Node, edge: Edge) -> Label:
    """A target that can fail: retried until attempts or age run out, then to the target's dead-letter queue."""
    tables, number = plan.tables, plan.number(node)
    start, attempt, again, given_up = (
        Label(f"api target {edge.id}"),
        Label("attempt"),
        Label("again"),
        Label("given up"),
    )
    attempts = int(edge.number("retry_attempts", 185.0))
    policy = tables.policy(
        limit=attempts,
        wait=RETRY_WAIT_S,
        wait_most=RETRY_WAIT_MOST_S,
        throttle_limit=attempts,
        throttle_wait=RETRY_WAIT_S,
        throttle_wait_most=RETRY_WAIT_MOST_S,
        maximum_age=edge.number("maximum_event_age_s", 86_400.0),
        jitter=1,
        give_up_counts=1,
    )
    tables.place(start)
    tables.emit(op.DELAY, resource=delivery_latency(plan), stream=plan.stream(node, "delivery"))
    tables.place(attempt)
    called, edge_number = plan.called(edge), plan.edge_number(edge)
    tables.emit(op.CALL, node=number, target=called, edge=edge_number, x=1.0, otherwise=again, flags=1)
    tables.emit(op.END)
    tables.place(again)
    stream = plan.stream(node, "retry")
    tables.emit(op.RETRY, node=number, resource=policy, target=attempt, otherwise=given_up, stream=stream)
    tables.place(given_up)
    for failure in plan.design.outgoing(node.id):
        if failure.mode is Mode.FAILURE:
            target = plan.delivery(failure)
            tables.emit(op.SEND, node=number, target=target, edge=plan.edge_number(failure), x=1.0)
    tables.emit(op.END)
    return start
