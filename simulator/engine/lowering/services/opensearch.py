"""OpenSearch: answers requests after its latency."""

from __future__ import annotations

from designer.domain.graph.model import Node
from simulator.engine.lowering.plan import Plan
from simulator.engine.lowering.sinks import ENTRIES, lower_sink

SERVICE = "opensearch"
__all__ = ["ENTRIES", "SERVICE", "lower"]


def lower(plan: Plan, node: Node) -> None:
    """A sink with a latency and an error rate of its own."""
    lower_sink(plan, node)
