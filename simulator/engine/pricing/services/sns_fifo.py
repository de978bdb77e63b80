"""SNS FIFO: messages and data, published and delivered."""

from __future__ import annotations

from collections.abc import Iterator

from designer.domain.connections.spec import Mode
from designer.domain.graph.model import Node
from simulator.engine import stations as st
from simulator.engine.lowering.fifo import DUPLICATES
from simulator.engine.pricing.queues import key_requests
from simulator.engine.pricing.usage import GB_IN_KB, Metered, Usage

SERVICE = "sns_fifo"
LEAST_KB = 1.0


def meter(usage: Usage, node: Node) -> Iterator[Metered]:
    """Accepted messages and dropped repetitions; a delivery for each queue that got one."""
    gigabytes = max(usage.payload_kb[node.id], LEAST_KB) / GB_IN_KB
    published = usage.arrivals(node) - usage.errors(node, st.THROTTLED) + usage.own(node, DUPLICATES)
    delivered = sum(usage.calls(edge) for edge in usage.plan.design.outgoing(node.id) if edge.mode is Mode.SUBSCRIPTION)
    yield Metered(node.id, "sns_fifo.publish", published)
    yield Metered(node.id, "sns_fifo.publish_data", published * gigabytes)
    yield Metered(node.id, "sns_fifo.deliveries", float(delivered))
    yield Metered(node.id, "sns_fifo.delivery_data", delivered * gigabytes)
    yield from key_requests(usage, node)
