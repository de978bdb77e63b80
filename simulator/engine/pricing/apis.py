"""What the bills of REST and HTTP APIs have in common."""

from __future__ import annotations

from typing import Final

from designer.domain.graph.model import Node
from simulator.engine import stations as st
from simulator.engine.pricing.usage import GB_IN_KB, Usage

_UNBILLED: Final = (st.THROTTLED, st.AUTHORIZER_ERROR, st.UNAUTHORIZED, st.FORBIDDEN)
"""Amazon API Gateway pricing: throttled requests, and those that fail authorization, are not charged."""


def billed_requests(usage: Usage, node: Node) -> int:
    """Requests that are charged: cache hits and malformed ones included."""
    return usage.arrivals(node) - usage.errors(node, *_UNBILLED)


def answered_outside_gb(usage: Usage, node: Node) -> float:
    """GB of the answers that leave AWS; what goes to a CloudFront distribution is free."""
    design = usage.plan.design
    to_the_edge = sum(
        usage.calls(edge) for edge in usage.incoming(node) if design.nodes[edge.source].service == "cloudfront"
    )
    outside = 1.0 - to_the_edge / max(usage.arrivals(node), 1)
    return usage.completions(node) * outside * node.number("response_kb") / GB_IN_KB
