"""EventBridge rules: calls of API destinations, events to other accounts and Regions. All else is free."""

from __future__ import annotations

from collections.abc import Iterator

from designer.domain.graph.model import Node
from simulator.engine.pricing.networks import frame_of
from simulator.engine.pricing.usage import Metered, Usage

SERVICE = "eventbridge_rule"


def meter(usage: Usage, node: Node) -> Iterator[Metered]:
    """What the rule called by API destinations, and what it forwarded to buses of other accounts or Regions."""
    yield from api_destination_calls(usage, node)
    design = usage.plan.design
    abroad = sum(
        usage.calls(edge)
        for edge in design.outgoing(node.id)
        if design.nodes[edge.target].service == "eventbridge_bus"
        and any(
            frame_of(design, node, kind) != frame_of(design, design.nodes[edge.target], kind)
            for kind in ("account", "region")
        )
    )
    yield Metered(node.id, "eventbridge_rule.cross_account", float(abroad * usage.chunks(node)))


def api_destination_calls(usage: Usage, node: Node) -> Iterator[Metered]:
    """Calls of HTTP endpoints from the node; each attempt counts."""
    design = usage.plan.design
    edges = [edge for edge in design.outgoing(node.id) if design.nodes[edge.target].service == "http_endpoint"]
    if edges:
        calls = sum(usage.calls(edge) for edge in edges)
        yield Metered(node.id, "eventbridge_rule.api_destination_calls", calls * usage.chunks(node))
