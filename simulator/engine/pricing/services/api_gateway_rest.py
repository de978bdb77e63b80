"""REST API: requests, cache hours, data out."""

from __future__ import annotations

from collections.abc import Iterator

from designer.domain.graph.model import Node
from simulator.engine.pricing.apis import answered_outside_gb, billed_requests
from simulator.engine.pricing.rates import price_list
from simulator.engine.pricing.usage import Metered, Usage

SERVICE = "api_gateway_rest"


def meter(usage: Usage, node: Node) -> Iterator[Metered]:
    """Throttled and unauthorized requests are free; a cache costs while it is enabled."""
    yield Metered(node.id, "api_gateway_rest.requests", billed_requests(usage, node))
    if node.value("cache_enabled") is True:
        sized = f"api_gateway_rest.cache_{node.value('cache_size_gb')}"
        smallest = "api_gateway_rest.cache_0.5"
        yield Metered(node.id, sized if sized in price_list().rates else smallest, usage.hours)
    if node.value("endpoint_type") != "private":
        yield Metered(node.id, "data_transfer.out", answered_outside_gb(usage, node))
