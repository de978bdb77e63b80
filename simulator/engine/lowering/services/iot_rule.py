"""AWS IoT rule: the matching share of the published messages goes to every action, failures to the error action."""

from __future__ import annotations

from typing import Final

from designer.domain.graph.model import Node
from simulator.engine import instructions as op
from simulator.engine.lowering.declaration import EVENT, HAND_OVER
from simulator.engine.lowering.event_targets import Delivering, lower_targets, send_to_targets
from simulator.engine.lowering.plan import Plan
from simulator.engine.lowering.tables import Label

SERVICE = "iot_rule"
ENTRIES = (HAND_OVER, EVENT)
RETRIES: Final = 3
"""Estimate: AWS IoT retries an action that fails and does not say how often."""

HTTP_ANSWER_S: Final = 3.0
"""An endpoint has 3 s for its answer to the HTTP action."""


def lower(plan: Plan, node: Node) -> None:
    """Publishing answers after the broker has the message; the rule matches it or not."""
    tables, number = plan.tables, plan.number(node)
    targets = lower_targets(
        plan, node, Delivering(plan.latency("iot.to_action"), attempts=RETRIES, answer_s=HTTP_ANSWER_S)
    )
    matched, ended = Label("matched"), Label("ended")
    plan.place(node, HAND_OVER)
    tables.emit(op.DELAY, resource=plan.latency("iot.publish"), stream=plan.stream(node, "publish"))
    plan.place(node, EVENT)
    tables.emit(op.ARRIVE, node=number, flags=1, otherwise=ended)
    share = 0.0 if node.value("enabled") is False else min(max(node.number("match_percent", 100.0) / 100.0, 0.0), 1.0)
    tables.emit(op.CHANCE, x=share, target=matched, stream=plan.stream(node, "match"))
    tables.emit(op.JUMP, target=ended)
    tables.place(matched)
    send_to_targets(plan, node, targets)
    tables.place(ended)
    tables.emit(op.END)
