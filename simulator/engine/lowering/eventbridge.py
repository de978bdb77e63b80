"""What buses, rules and buckets share: which events a rule takes, and how long a delivery takes."""

from __future__ import annotations

from designer.domain.graph.model import Node
from simulator.engine.lowering.plan import Plan


def rule_share(rule: Node) -> float:
    """Share of the events that a rule lets through; none when it is disabled or runs by schedule."""
    if rule.value("enabled") is False or rule.value("kind") == "schedule":
        return 0.0
    return min(max(rule.number("match_percent", 100.0) / 100.0, 0.0), 1.0)


def delivery_latency(plan: Plan) -> int:
    """From the bus to a target: the measured time from PutEvents to a function, less what is modelled elsewhere."""
    return plan.remaining_latency(
        "eventbridge.to_target", "eventbridge.put_events", "lambda.async_queue", "lambda.invoke_overhead"
    )
