"""WebSocket API: messages both ways in steps of 32 KB, and minutes of connection."""

from __future__ import annotations

import math
from collections.abc import Iterator

from designer.domain.graph.model import Node
from simulator.engine.lowering.services.api_gateway_websocket import MESSAGES, MINUTES
from simulator.engine.pricing.usage import Metered, Usage

SERVICE = "api_gateway_websocket"
STEP_KB = 32.0


def meter(usage: Usage, node: Node) -> Iterator[Metered]:
    """What clients sent and got, and the started minutes of the connections that were made."""
    steps = max(math.ceil(usage.payload_kb[node.id] / STEP_KB), 1)
    yield Metered(node.id, "api_gateway_websocket.messages", usage.own(node, MESSAGES) * steps)
    yield Metered(node.id, "api_gateway_websocket.minutes", usage.own(node, MINUTES))
