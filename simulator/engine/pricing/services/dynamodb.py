"""DynamoDB: what is kept; request units when on demand, capacity hours when provisioned."""

from __future__ import annotations

from collections.abc import Iterator

from designer.domain.graph.model import Node
from simulator.engine import stations as st
from simulator.engine.pricing.rates import HOURS_PER_MONTH
from simulator.engine.pricing.usage import Metered, Usage

SERVICE = "dynamodb"


def meter(usage: Usage, node: Node) -> Iterator[Metered]:
    """Provisioned capacity is billed whether it is used or not; on demand each write counts again for each index."""
    stored = node.number("stored_gb") * usage.hours / HOURS_PER_MONTH
    yield Metered(node.id, "dynamodb.storage", stored)
    if node.value("point_in_time_recovery") is True:
        yield Metered(node.id, "dynamodb.point_in_time_recovery", stored)
    if node.value("billing_mode") == "provisioned":
        yield Metered(node.id, "dynamodb.write_capacity", node.number("write_capacity_units", 5.0) * usage.hours)
        yield Metered(node.id, "dynamodb.read_capacity", node.number("read_capacity_units", 5.0) * usage.hours)
        return
    copies = 1.0 + node.number("global_indexes")
    yield Metered(node.id, "dynamodb.write_units", usage.meter(node, st.METER_WRITES) * copies)
    yield Metered(node.id, "dynamodb.read_units", usage.meter(node, st.METER_READS))
