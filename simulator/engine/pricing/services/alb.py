"""Application Load Balancer: hours, addresses, and capacity units by the data that went through."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from designer.domain.graph.model import Node
from simulator.engine.pricing.usage import GB_IN_KB, Metered, Usage

SERVICE = "alb"

_GB_IN_UNIT: Final = 1.0
_GB_IN_UNIT_TO_FUNCTIONS: Final = 0.4
"""One capacity unit-hour (AWS price list, Elastic Load Balancing)."""


def meter(usage: Usage, node: Node) -> Iterator[Metered]:
    """Connections and rules count too in AWS; with connections that are kept open, data is the largest measure."""
    yield Metered(node.id, "alb.hours", usage.hours)
    if node.value("scheme") == "internet-facing":
        yield Metered(node.id, "alb.addresses", max(node.number("zones", 2.0), 1.0) * usage.hours)
    design, units = usage.plan.design, 0.0
    for edge in design.outgoing(node.id):
        to_function = design.nodes[edge.target].service == "lambda"
        gb = usage.calls(edge) * usage.payload_kb[node.id] / GB_IN_KB
        units += gb / (_GB_IN_UNIT_TO_FUNCTIONS if to_function else _GB_IN_UNIT)
    yield Metered(node.id, "alb.capacity", units)
