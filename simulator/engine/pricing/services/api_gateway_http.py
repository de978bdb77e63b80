"""HTTP API: requests in steps of 512 KB, data out."""

from __future__ import annotations

import math
from collections.abc import Iterator

from designer.domain.graph.model import Node
from simulator.engine import stations as st
from simulator.engine.pricing.usage import GB_IN_KB, Metered, Usage

SERVICE = "api_gateway_http"
STEP_KB = 512.0


def meter(usage: Usage, node: Node) -> Iterator[Metered]:
    """A request counts once per 512 KB of its payload or answer, whichever is larger."""
    requests = usage.arrivals(node) - usage.errors(node, st.THROTTLED, st.AUTHORIZER_ERROR)
    response_kb = node.number("response_kb")
    steps = max(math.ceil(max(usage.payload_kb[node.id], response_kb) / STEP_KB), 1)
    yield Metered(node.id, "api_gateway_http.requests", requests * steps)
    yield Metered(node.id, "data_transfer.out", usage.completions(node) * response_kb / GB_IN_KB)
