"""HTTP endpoint: answers after its latency, as many at once as it can."""

from __future__ import annotations

from designer.domain.graph.model import Node
from simulator.engine.lowering.plan import Plan
from simulator.engine.lowering.sinks import ENTRIES, lower_sink

SERVICE = "http_endpoint"
__all__ = ["ENTRIES", "SERVICE", "lower"]


def lower(plan: Plan, node: Node) -> None:
    """A sink with a latency and an error rate of its own."""
    lower_sink(plan, node)
