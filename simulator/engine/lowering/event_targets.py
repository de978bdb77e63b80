"""How EventBridge, Scheduler and AWS IoT hand something to a target: quota, latency, retries, dead-letter queue."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from designer.domain.connections.spec import Flow, Mode
from designer.domain.graph.model import Edge, Node
from simulator.engine import instructions as op
from simulator.engine import stations as st
from simulator.engine.lowering.plan import Plan
from simulator.engine.lowering.tables import Label

RETRY_WAIT_S: Final = 1.0
RETRY_WAIT_MOST_S: Final = 600.0
"""Estimate: AWS says "exponential back-off with jitter" and no figures."""
QUOTA_WAIT_S: Final = 0.2
"""How often a delivery that the account's quota holds up asks again."""
API_DESTINATION_TIMEOUT_S: Final = 5.0

_ACCEPTING: Final = frozenset(
    {
        "eventbridge_bus",
        "iot_rule",
        "lambda",
        "lambda_alias_version",
        "sns_fifo",
        "sns_standard",
        "sqs_fifo",
        "sqs_standard",
    }
)
"""Targets that take what is delivered; others can refuse it, which is tried again."""


@dataclass(frozen=True, slots=True)
class Delivering:
    """How a service delivers to its targets."""

    latency: int
    bucket: int = -1
    """The account's quota on target calls, or -1."""
    attempts: float = 185.0
    """Retries where the edge does not say how many."""
    maximum_age_s: float = 86_400.0
    answer_s: float = API_DESTINATION_TIMEOUT_S
    """How long an HTTP endpoint has for its answer."""


@dataclass(frozen=True, slots=True)
class Target:
    """One target: where its deliveries begin, and whether starting one counts as a call over its edge."""

    edge: Edge
    start: Label
    counts: bool


def targets_of(plan: Plan, node: Node) -> list[Edge]:
    """The edges over which the node delivers events."""
    return [edge for edge in plan.design.outgoing(node.id) if edge.flow is Flow.ASYNC and edge.mode is not Mode.FAILURE]


def lower_targets(plan: Plan, node: Node, how: Delivering) -> list[Target]:
    """A program for each target; it has to come before the entry that starts it."""
    found = []
    for edge in targets_of(plan, node):
        start = Label(f"delivery over {edge.id}")
        plan.tables.place(start)
        accepts = plan.design.nodes[edge.target].service in _ACCEPTING
        _wait_for_tokens(plan, how.bucket)
        plan.tables.emit(op.DELAY, resource=how.latency, stream=plan.stream(node, "delivery"))
        if accepts:
            plan.tables.emit(op.JUMP, target=plan.delivered(edge))
        else:
            _call_until_accepted(plan, node, edge, how)
        found.append(Target(edge, start, accepts))
    return found


def send_to_targets(plan: Plan, node: Node, targets: list[Target], times: float = 1.0) -> None:
    """Start a delivery to each target, ``times`` times, and go on."""
    for target in targets:
        counted = {"edge": plan.edge_number(target.edge)} if target.counts else {}
        flags = {} if times == 1.0 else {"flags": 1}
        plan.tables.emit(op.SEND, node=plan.number(node), target=target.start, x=times, **flags, **counted)


def _wait_for_tokens(plan: Plan, bucket: int) -> None:
    """Deliveries above a rate wait; none is lost."""
    if bucket < 0:
        return
    tables = plan.tables
    again, wait, free = Label("quota"), Label("wait"), Label("free")
    tables.place(again)
    tables.emit(op.BUCKET, resource=bucket, x=1.0, code=st.OK, otherwise=wait)
    tables.emit(op.JUMP, target=free)
    tables.place(wait)
    tables.emit(op.DELAY, resource=tables.constant(QUOTA_WAIT_S))
    tables.emit(op.JUMP, target=again)
    tables.place(free)


def _call_until_accepted(plan: Plan, node: Node, edge: Edge, how: Delivering) -> None:
    """A target that can fail: retried until attempts or age run out, then to the target's dead-letter queue."""
    tables, number = plan.tables, plan.number(node)
    attempt, again, given_up = Label("attempt"), Label("again"), Label("given up")
    attempts = int(edge.number("retry_attempts", how.attempts))
    policy = tables.policy(
        limit=attempts,
        wait=RETRY_WAIT_S,
        wait_most=RETRY_WAIT_MOST_S,
        throttle_limit=attempts,
        throttle_wait=RETRY_WAIT_S,
        throttle_wait_most=RETRY_WAIT_MOST_S,
        maximum_age=edge.number("maximum_event_age_s", how.maximum_age_s),
        jitter=1,
        give_up_counts=1,
    )
    is_destination = plan.design.nodes[edge.target].service == "http_endpoint"
    if is_destination:
        rate = edge.number("invocation_rate_per_s", 0.0)
        _wait_for_tokens(plan, tables.bucket(rate, max(rate, 1.0)) if rate > 0 else -1)
    tables.place(attempt)
    if is_destination:
        timer = tables.timer(how.answer_s, st.CLIENT_TIMEOUT, again)
        tables.emit(op.START_TIMER, resource=timer)
    tables.emit(
        op.CALL, node=number, target=plan.called(edge), edge=plan.edge_number(edge), x=1.0, otherwise=again, flags=1
    )
    if is_destination:
        tables.emit(op.STOP_TIMER)
    tables.emit(op.END)
    tables.place(again)
    if is_destination:
        tables.emit(op.STOP_TIMER)
    stream = plan.stream(node, "retry")
    tables.emit(op.RETRY, node=number, resource=policy, target=attempt, otherwise=given_up, stream=stream)
    tables.place(given_up)
    for failure in plan.design.outgoing(node.id):
        if failure.mode is Mode.FAILURE:
            target = plan.delivery(failure)
            tables.emit(op.SEND, node=number, target=target, edge=plan.edge_number(failure), x=1.0)
    tables.emit(op.END)
