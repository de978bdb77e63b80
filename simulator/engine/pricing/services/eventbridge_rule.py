"""EventBridge rules: calls of API destinations. Other deliveries within the account are free."""

from __future__ import annotations

from collections.abc import Iterator

from designer.domain.graph.model import Node
from simulator.engine.pricing.usage import Metered, Usage

SERVICE = "eventbridge_rule"


def meter(usage: Usage, node: Node) -> Iterator[Metered]:
    """What the rule called by API destinations."""
    yield from api_destination_calls(usage, node)


def api_destination_calls(usage: Usage, node: Node) -> Iterator[Metered]:
    """Calls of HTTP endpoints from the node; each attempt counts."""
    design = usage.plan.design
    edges = [edge for edge in design.outgoing(node.id) if design.nodes[edge.target].service == "http_endpoint"]
    if edges:
        calls = sum(usage.calls(edge) for edge in edges)
        yield Metered(node.id, "eventbridge_rule.api_destination_calls", calls * usage.chunks(node))
