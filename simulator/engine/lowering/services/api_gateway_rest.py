"""API Gateway REST API."""

from __future__ import annotations

from designer.domain.graph.model import Node
from simulator.engine.lowering.api_gateway import lower_gateway
from simulator.engine.lowering.declaration import CALL
from simulator.engine.lowering.plan import Plan

SERVICE = "api_gateway_rest"
ENTRIES = (CALL,)
REFUSED = "its request rate limit and answered 429"


def lower(plan: Plan, node: Node) -> None:
    """As every API; an edge-optimized endpoint adds the way through CloudFront."""
    overhead = [plan.latency("api_gateway_rest.overhead")]
    if node.value("endpoint_type") == "edge":
        overhead.append(plan.latency("api_gateway_rest.edge"))
    lower_gateway(plan, node, overhead)
