"""Redshift Serverless: processing units while it works, a minute at least each time."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from designer.domain.graph.model import Node
from simulator.engine.pricing.usage import Metered, Usage

SERVICE = "redshift"

_LEAST_S: Final = 60.0


def meter(usage: Usage, node: Node) -> Iterator[Metered]:
    """A cluster's nodes are not billed: which there are is not part of a design."""
    if node.value("deployment") != "serverless":
        return
    each_s = max(node.number("latency_ms") / 1000.0, _LEAST_S)
    busy_s = min(usage.arrivals(node) * each_s, usage.seconds)
    yield Metered(node.id, "redshift.rpu_hours", node.number("base_capacity_rpu", 128.0) * busy_s / 3600.0)
