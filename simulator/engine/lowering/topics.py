"""Deliveries of a topic: one for each subscription whose filter passes, retried at HTTP endpoints."""

from __future__ import annotations

import math
from typing import Final

from designer.domain.connections.spec import Mode
from designer.domain.graph.model import Edge, Node
from simulator.engine import instructions as op
from simulator.engine import stations as st
from simulator.engine.lowering.declaration import CALL
from simulator.engine.lowering.matching import filter_share
from simulator.engine.lowering.plan import Plan
from simulator.engine.lowering.tables import Label

HTTP_RETRY_TIME_S: Final = 3_600.0
"""All attempts at an HTTP endpoint together (AWS docs: delivery retries to HTTP endpoints)."""
_PEOPLE: Final = "client"
_ENDPOINT: Final = "http_endpoint"


def fan_out(plan: Plan, node: Node, to_queue: str) -> None:
    """Start the deliveries of a message. ``to_queue`` is the latency of a delivery to a queue or function."""
    waiting: list[tuple[Edge, Label]] = []
    for edge in plan.design.outgoing(node.id):
        if edge.mode is not Mode.SUBSCRIPTION:
            continue
        service = plan.design.nodes[edge.target].service
        counted = {"edge": plan.edge_number(edge)}
        if service == _ENDPOINT:
            target, counted = Label(f"post over {edge.id}"), {}
            waiting.append((edge, target))
        else:
            target = plan.delivery(edge, plan.latency("sns.to_client" if service == _PEOPLE else to_queue))
        plan.tables.emit(
            op.SEND,
            node=plan.number(node),
            target=target,
            x=filter_share(edge),
            stream=plan.stream(node, f"filter {edge.id}"),
            **counted,
        )
    plan.tables.emit(op.END)
    for edge, label in waiting:
        _post(plan, node, edge, label)


def _post(plan: Plan, node: Node, edge: Edge, label: Label) -> None:
    """Attempts at an HTTP endpoint with the pauses of its delivery policy, then the dead-letter queue."""
    tables, number = plan.tables, plan.number(node)
    attempt, again, given_up = Label("attempt"), Label("again"), Label("given up")
    pause_s = max(edge.number("http_retry_delay_s", 20.0), 1.0)
    retries = int(edge.number("http_retries", 3.0))
    policy = tables.policy(
        limit=retries,
        wait=pause_s,
        wait_most=pause_s,
        throttle_limit=retries,
        throttle_wait=pause_s,
        throttle_wait_most=pause_s,
        maximum_age=HTTP_RETRY_TIME_S,
        give_up_counts=1,
    )
    tables.place(label)
    tables.emit(op.DELAY, resource=plan.latency("sns.to_sqs"), stream=plan.stream(node, "delivery"))
    tables.place(attempt)
    _pace(plan, edge)
    tables.emit(
        op.CALL,
        node=number,
        target=plan.entry(edge.target, CALL),
        edge=plan.edge_number(edge),
        x=1.0,
        otherwise=again,
        flags=1,
    )
    tables.emit(op.END)
    tables.place(again)
    tables.emit(op.RETRY, node=number, resource=policy, target=attempt, otherwise=given_up)
    tables.place(given_up)
    for failure in plan.design.outgoing(node.id):
        if failure.mode is Mode.FAILURE:
            tables.emit(op.SEND, node=number, target=plan.delivery(failure), edge=plan.edge_number(failure), x=1.0)
            break
    tables.emit(op.END)


def _pace(plan: Plan, edge: Edge) -> None:
    """Wait until the endpoint may get one more, where the subscription limits its deliveries."""
    if edge.value("http_deliveries_per_s") is None:
        return
    tables = plan.tables
    rate = max(edge.number("http_deliveries_per_s"), 1.0)
    bucket = tables.bucket(rate, max(rate, 1.0))
    ask, wait, go_on = Label("ask"), Label("wait"), Label("go on")
    tables.place(ask)
    tables.emit(op.BUCKET, resource=bucket, x=1.0, code=st.OK, otherwise=wait)
    tables.emit(op.JUMP, target=go_on)
    tables.place(wait)
    tables.emit(op.DELAY, resource=tables.constant(1.0 / math.sqrt(rate)))
    tables.emit(op.JUMP, target=ask)
    tables.place(go_on)
