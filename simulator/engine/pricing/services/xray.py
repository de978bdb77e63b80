"""X-Ray: traces of the sampled requests."""

from __future__ import annotations

from collections.abc import Iterator

from designer.domain.graph.model import Node
from simulator.engine.pricing.usage import Metered, Usage

SERVICE = "xray"


def meter(usage: Usage, node: Node) -> Iterator[Metered]:
    """One trace for each sampled request, however many services it passes: the busiest one decides."""
    design = usage.plan.design
    requests = max((usage.arrivals(design.nodes[edge.source]) for edge in usage.incoming(node)), default=0)
    always = min(node.number("reservoir_per_s", 1.0) * usage.seconds, float(requests))
    yield Metered(node.id, "xray.traces", always + (requests - always) * node.number("fixed_rate", 0.05))
