"""DynamoDB: what is kept; request units when on demand, capacity hours when provisioned."""

from __future__ import annotations

from collections.abc import Iterator

from designer.domain.graph.model import Node
from simulator.engine import stations as st
from simulator.engine.lowering.table_capacity import INDEX_CAPACITY, READ_CAPACITY, WRITE_CAPACITY, scales
from simulator.engine.pricing.rates import HOURS_PER_MONTH
from simulator.engine.pricing.usage import Metered, Usage

SERVICE = "dynamodb"


def meter(usage: Usage, node: Node) -> Iterator[Metered]:
    """Provisioned capacity is billed whether it is used or not, of indexes too; on demand each write counts again.

    Where auto scaling changes the capacity, what there was is billed.
    """
    stored = node.number("stored_gb") * usage.hours / HOURS_PER_MONTH
    yield Metered(node.id, "dynamodb.storage", stored)
    if node.value("point_in_time_recovery") is True:
        yield Metered(node.id, "dynamodb.point_in_time_recovery", stored)
    indexes = node.number("global_indexes")
    if node.value("billing_mode") != "provisioned":
        yield Metered(node.id, "dynamodb.write_units", usage.meter(node, st.METER_WRITES) * (1.0 + indexes))
        yield Metered(node.id, "dynamodb.read_units", usage.meter(node, st.METER_READS))
        return
    writes = _capacity_hours(usage, node, "write_capacity_units", WRITE_CAPACITY)
    of_index = writes
    if node.value("index_write_capacity_units") is not None:
        of_index = _capacity_hours(usage, node, "index_write_capacity_units", INDEX_CAPACITY)
    yield Metered(node.id, "dynamodb.write_capacity", writes + indexes * of_index)
    yield Metered(node.id, "dynamodb.read_capacity", _capacity_hours(usage, node, "read_capacity_units", READ_CAPACITY))


def _capacity_hours(usage: Usage, node: Node, parameter: str, kept: str) -> float:
    if scales(node):
        return usage.own(node, kept) / 3600.0
    return node.number(parameter, 5.0) * usage.hours
