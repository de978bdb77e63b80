"""VPC endpoint: hours in each zone and data of an interface endpoint; a gateway endpoint is free."""

from __future__ import annotations

from collections.abc import Iterator

from designer.domain.graph.model import Node
from designer.domain.network.endpoints import is_interface
from simulator.engine.pricing.networks import endpoint_gb
from simulator.engine.pricing.usage import Metered, Usage

SERVICE = "vpc_endpoint"


def meter(usage: Usage, node: Node) -> Iterator[Metered]:
    """Nothing for a gateway endpoint."""
    if is_interface(usage.plan.design, node):
        yield Metered(node.id, "vpc_endpoint.hours", max(node.number("zones", 2.0), 1.0) * usage.hours)
        yield Metered(node.id, "vpc_endpoint.data", endpoint_gb(usage, node))
