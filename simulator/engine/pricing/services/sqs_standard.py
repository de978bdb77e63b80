"""SQS: sends, receives, deletions and the empty receives of idle pollers."""

from __future__ import annotations

import math
from collections.abc import Iterator

from designer.domain.connections.spec import Flow
from designer.domain.graph.model import Node
from simulator.engine import stations as st
from simulator.engine.pricing.usage import CHUNK_KB, Metered, Usage

SERVICE = "sqs_standard"
IDLE_POLLERS = 5.0
LONG_POLL_S = 20.0
"""A mapping's idle pollers ask again every 20 s each."""


def meter(usage: Usage, node: Node) -> Iterator[Metered]:
    """One request per action of up to 10 messages, more when the payload exceeds 64 KB."""
    receives = usage.meter(node, st.METER_RECEIVES)
    messages = usage.completions(node) / receives if receives else 0.0
    receive_chunks = max(math.ceil(messages * usage.payload_kb[node.id] / CHUNK_KB), 1)
    requests = usage.arrivals(node) * usage.chunks(node) + receives * receive_chunks
    requests += usage.meter(node, st.METER_DELETES)
    mappings = sum(edge.flow is Flow.POLL for edge in usage.plan.design.outgoing(node.id))
    requests += mappings * IDLE_POLLERS * usage.meter(node, st.METER_EMPTY_S) / LONG_POLL_S
    yield Metered(node.id, "sqs_standard.requests", requests)
