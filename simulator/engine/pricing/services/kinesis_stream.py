"""Kinesis Data Streams: shards or streams by the hour, records, retention and enhanced fan-out."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Final

from designer.domain.connections.spec import Flow
from designer.domain.graph.model import Edge, Node
from simulator.engine.lowering.services.kinesis_stream import RECORDS, shares_reading
from simulator.engine.pricing.rates import HOURS_PER_MONTH
from simulator.engine.pricing.usage import GB_IN_KB, Metered, Usage

SERVICE = "kinesis_stream"

_UNIT_KB: Final = 25.0
_DAY_H: Final = 24.0
_WEEK_H: Final = 168.0


def meter(usage: Usage, node: Node) -> Iterator[Metered]:
    """Provisioned shards are billed whether they are used or not; on demand by the gigabyte."""
    records = usage.own(node, RECORDS)
    readers = [edge for edge in usage.plan.design.outgoing(node.id) if edge.flow is Flow.POLL]
    fan_out = sum(not shares_reading(edge) for edge in readers)
    if node.value("stream_mode") == "ON_DEMAND":
        yield from _on_demand(usage, node, records, readers)
        return
    shard_hours = node.number("shard_count", 1.0) * usage.hours
    record_kb = node.number("record_kb", 1.0)
    yield Metered(node.id, "kinesis_stream.shard_hours", shard_hours)
    yield Metered(node.id, "kinesis_stream.put_units", records * max(math.ceil(record_kb / _UNIT_KB), 1))
    if node.number("retention_h", _DAY_H) > _DAY_H:
        yield Metered(node.id, "kinesis_stream.extended_retention", shard_hours)
    yield Metered(node.id, "kinesis_stream.long_retention", _stored_gb_months(usage, node, records, _WEEK_H))
    yield Metered(node.id, "kinesis_stream.fan_out_hours", fan_out * shard_hours)
    yield Metered(node.id, "kinesis_stream.fan_out_data", fan_out * records * record_kb / GB_IN_KB)


def _on_demand(usage: Usage, node: Node, records: float, readers: list[Edge]) -> Iterator[Metered]:
    taken_gb = records * math.ceil(node.number("record_kb", 1.0)) / GB_IN_KB
    shared = sum(shares_reading(edge) for edge in readers)
    yield Metered(node.id, "kinesis_stream.stream_hours", usage.hours)
    yield Metered(node.id, "kinesis_stream.data_in", taken_gb)
    yield Metered(node.id, "kinesis_stream.data_out", shared * taken_gb)
    yield Metered(node.id, "kinesis_stream.fan_out_data_on_demand", (len(readers) - shared) * taken_gb)
    beyond_day = _stored_gb_months(usage, node, records, _DAY_H)
    beyond_week = _stored_gb_months(usage, node, records, _WEEK_H)
    yield Metered(node.id, "kinesis_stream.extended_retention_on_demand", beyond_day - beyond_week)
    yield Metered(node.id, "kinesis_stream.long_retention_on_demand", beyond_week)


def _stored_gb_months(usage: Usage, node: Node, records: float, beyond_h: float) -> float:
    """What is kept for longer than these hours, once the retention is filled at the rate of the run."""
    kept_h = max(node.number("retention_h", _DAY_H) - beyond_h, 0.0)
    if usage.hours <= 0.0:
        return 0.0
    gb_per_hour = records * node.number("record_kb", 1.0) / GB_IN_KB / usage.hours
    return gb_per_hour * kept_h * usage.hours / HOURS_PER_MONTH
