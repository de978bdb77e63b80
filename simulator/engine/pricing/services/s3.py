"""S3: what is kept, requests, and data out when a client reads objects directly."""

from __future__ import annotations

from collections.abc import Iterator

from designer.domain.graph.model import Node
from simulator.engine import stations as st
from simulator.engine.pricing.rates import HOURS_PER_MONTH
from simulator.engine.pricing.usage import GB_IN_KB, Metered, Usage

SERVICE = "s3"


def meter(usage: Usage, node: Node) -> Iterator[Metered]:
    """Writes and reads that were answered; deletions are free."""
    yield Metered(node.id, "s3.storage", node.number("stored_gb") * usage.hours / HOURS_PER_MONTH)
    yield Metered(node.id, "s3.put_requests", usage.meter(node, st.METER_WRITES))
    reads = usage.meter(node, st.METER_READS)
    yield Metered(node.id, "s3.get_requests", reads)
    by_clients = sum(
        usage.calls(edge)
        for edge in usage.incoming(node)
        if usage.plan.design.nodes[edge.source].service == "client" and edge.value("action") == "GetObject"
    )
    out_kb = min(by_clients, reads) * node.number("object_kb")
    yield Metered(node.id, "data_transfer.out", out_kb / GB_IN_KB)
