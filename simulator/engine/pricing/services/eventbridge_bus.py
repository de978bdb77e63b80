"""EventBridge: events that were put, in steps of 64 KB; events of AWS services are free."""

from __future__ import annotations

from collections.abc import Iterator

from designer.domain.graph.model import Node
from simulator.engine import stations as st
from simulator.engine.pricing.usage import Metered, Usage

SERVICE = "eventbridge_bus"
FREE_SOURCES = ("s3", "eventbridge_rule")
"""S3 sends its events free of charge; a rule forwards within the account."""


def meter(usage: Usage, node: Node) -> Iterator[Metered]:
    """What functions, APIs and clients put on the bus."""
    free = sum(
        usage.calls(edge)
        for edge in usage.incoming(node)
        if usage.plan.design.nodes[edge.source].service in FREE_SOURCES
    )
    events = max(usage.arrivals(node) - usage.errors(node, st.QUOTA_EXCEEDED) - free, 0)
    yield Metered(node.id, "eventbridge_bus.custom_events", events * usage.chunks(node))
