"""EventBridge rule: hands each matching event, or each tick of its schedule, to every target."""

from __future__ import annotations

from collections.abc import Iterable

from designer.domain.graph.model import Node
from simulator.engine import instructions as op
from simulator.engine.lowering.declaration import EVENT
from simulator.engine.lowering.event_targets import Delivering, lower_targets, send_to_targets
from simulator.engine.lowering.eventbridge import delivery_latency
from simulator.engine.lowering.plan import Plan
from simulator.engine.lowering.schedule import fire_times

SERVICE = "eventbridge_rule"
ENTRIES = (EVENT,)


def schedules(node: Node, duration_s: float) -> Iterable[float]:
    """When the rule's own schedule fires."""
    expression = node.value("schedule_expression")
    if node.value("kind") != "schedule" or node.value("enabled") is False:
        return ()
    return fire_times(expression, duration_s) if isinstance(expression, str) and expression else ()


def lower(plan: Plan, node: Node) -> None:
    """Events arrive after matching; delivery to a target takes its own time, within the account's quota."""
    tables, number = plan.tables, plan.number(node)
    rate = plan.limit("eventbridge_bus", "invocation_rate")
    quota = plan.account_bucket("eventbridge invocations", rate, rate)
    targets = lower_targets(plan, node, Delivering(delivery_latency(plan), quota))
    plan.place(node, EVENT)
    tables.emit(op.ARRIVE, node=number, flags=1)
    send_to_targets(plan, node, targets)
    tables.emit(op.END)
