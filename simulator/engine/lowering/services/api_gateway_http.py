"""API Gateway HTTP API."""

from __future__ import annotations

from designer.domain.graph.model import Node
from simulator.engine.lowering.api_gateway import lower_gateway
from simulator.engine.lowering.declaration import CALL
from simulator.engine.lowering.plan import Plan

SERVICE = "api_gateway_http"
ENTRIES = (CALL,)
REFUSED = "its request rate limit and answered 429"


def lower(plan: Plan, node: Node) -> None:
    """As every API, with less overhead."""
    lower_gateway(plan, node, (plan.latency("api_gateway_http.overhead"),))
