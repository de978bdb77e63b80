"""NAT gateway: hours, addresses and data."""

from __future__ import annotations

from collections.abc import Iterator

from designer.domain.graph.model import Node
from simulator.engine.pricing.networks import nat_gb
from simulator.engine.pricing.usage import Metered, Usage

SERVICE = "nat"


def meter(usage: Usage, node: Node) -> Iterator[Metered]:
    """Each gateway costs by the hour, used or not; only public ones have addresses."""
    gateways = max(node.number("gateways", 1.0), 0.0)
    yield Metered(node.id, "nat.hours", gateways * usage.hours)
    if node.value("connectivity") == "public":
        yield Metered(node.id, "nat.addresses", gateways * node.number("elastic_ips", 1.0) * usage.hours)
    yield Metered(node.id, "nat.data", nat_gb(usage, node))
