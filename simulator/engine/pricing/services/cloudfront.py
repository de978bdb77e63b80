"""CloudFront: requests, data out to callers, bodies passed on to the origin."""

from __future__ import annotations

from collections.abc import Iterator

from designer.domain.graph.model import Node
from simulator.engine import stations as st
from simulator.engine.pricing.usage import GB_IN_KB, Metered, Usage

SERVICE = "cloudfront"


def meter(usage: Usage, node: Node) -> Iterator[Metered]:
    """Every request that was taken counts, cache hits included; data from AWS origins is free."""
    requests = usage.arrivals(node) - usage.errors(node, st.THROTTLED)
    yield Metered(node.id, "cloudfront.requests", requests)
    yield Metered(node.id, "cloudfront.data_out", usage.completions(node) * node.number("response_kb") / GB_IN_KB)
    passed_on = requests * (1.0 - node.number("cacheable_percent") / 100.0)
    yield Metered(node.id, "cloudfront.data_to_origin", passed_on * usage.payload_kb[node.id] / GB_IN_KB)
