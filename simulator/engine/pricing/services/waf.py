"""WAF web ACL: the list, its rules, and every request that it looks at."""

from __future__ import annotations

from collections.abc import Iterator

from designer.domain.graph.model import Node
from simulator.engine.pricing.rates import HOURS_PER_MONTH
from simulator.engine.pricing.usage import Metered, Usage

SERVICE = "waf"


def meter(usage: Usage, node: Node) -> Iterator[Metered]:
    """List and rules cost by the hour, used or not; blocked requests cost like others."""
    months = usage.hours / HOURS_PER_MONTH
    yield Metered(node.id, "waf.acl", months)
    yield Metered(node.id, "waf.rule", months * node.number("rules"))
    yield Metered(node.id, "waf.requests", usage.arrivals(node))
