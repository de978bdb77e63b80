"""HTTP API: requests in steps of 512 KB, data out."""

from __future__ import annotations

import math
from collections.abc import Iterator

from designer.domain.graph.model import Node
from simulator.engine.pricing.apis import answered_outside_gb, billed_requests
from simulator.engine.pricing.usage import Metered, Usage

SERVICE = "api_gateway_http"
STEP_KB = 512.0


def meter(usage: Usage, node: Node) -> Iterator[Metered]:
    """A request counts once per 512 KB of its payload or answer, whichever is larger."""
    largest_kb = max(usage.payload_kb[node.id], node.number("response_kb"))
    steps = max(math.ceil(largest_kb / STEP_KB), 1)
    yield Metered(node.id, "api_gateway_http.requests", billed_requests(usage, node) * steps)
    yield Metered(node.id, "data_transfer.out", answered_outside_gb(usage, node))
