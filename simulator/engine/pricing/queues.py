"""What the bills of standard and FIFO queues have in common."""

from __future__ import annotations

import math
from typing import Final

from designer.domain.connections.spec import Flow
from designer.domain.graph.model import Node
from simulator.engine import stations as st
from simulator.engine.pricing.usage import CHUNK_KB, Usage

IDLE_POLLERS: Final = 5.0
LONG_POLL_S: Final = 20.0
"""A mapping's idle pollers ask again every 20 s each."""
_POINTER_KB: Final = 1.0
"""What is left in the queue of a message that lies in S3."""


def requests(usage: Usage, node: Node) -> float:
    """One request per action of up to 10 messages, more when the payload exceeds 64 KB."""
    size_kb = _message_kb(usage, node)
    chunks = max(math.ceil(size_kb / CHUNK_KB), 1)
    receives = usage.meter(node, st.METER_RECEIVES)
    messages = usage.completions(node) / receives if receives else 0.0
    receive_chunks = max(math.ceil(messages * size_kb / CHUNK_KB), 1)
    mappings = sum(edge.flow is Flow.POLL for edge in usage.plan.design.outgoing(node.id))
    idle = mappings * IDLE_POLLERS * usage.meter(node, st.METER_EMPTY_S) / LONG_POLL_S
    return usage.arrivals(node) * chunks + receives * receive_chunks + usage.meter(node, st.METER_DELETES) + idle


def _message_kb(usage: Usage, node: Node) -> float:
    size_kb = usage.payload_kb[node.id]
    if node.value("extended_client") is True and size_kb > node.number("extended_client_threshold_kb", 256.0):
        return _POINTER_KB
    return size_kb
