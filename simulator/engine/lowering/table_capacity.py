"""What a table and its indexes can take each second: provisioned, scaled to a target, or grown on demand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from designer.domain.graph.model import Node
from simulator.engine import stations as st
from simulator.engine.lowering.plan import Plan

SERVICE: Final = "dynamodb"
READ_CAPACITY: Final = "read capacity seconds"
WRITE_CAPACITY: Final = "write capacity seconds"
INDEX_CAPACITY: Final = "index capacity seconds"
"""Meters of a table: the units per second that it had, times how long."""
LOOK_EVERY_S: Final = 60.0
"""The consumed capacity is known by the minute (AWS docs: managing throughput with auto scaling)."""

GROWTH_REST_S: Final = 1_800.0
"""Traffic that more than doubles within 30 minutes may be throttled (AWS docs: on-demand capacity mode)."""
_WARM: Final = {"on_demand_read": "warm_read_units", "on_demand_write": "warm_write_units"}


@dataclass(frozen=True, slots=True)
class TableCapacity:
    """Token buckets of the units of reads and writes, and of the writes to the indexes where these have less."""

    read: int
    write: int
    indexes: tuple[int, ...] = ()


def scales(node: Node) -> bool:
    """Whether Application Auto Scaling looks after the table's provisioned capacity."""
    return node.value("billing_mode") == "provisioned" and node.value("auto_scaling_percent") is not None


def table_capacity(plan: Plan, node: Node) -> TableCapacity:
    """The buckets, with what fills them: as provisioned, with 300 s of burst, or as on-demand tables begin and grow."""
    if node.value("billing_mode") != "provisioned":
        return TableCapacity(
            _on_demand(plan, node, "on_demand_read", st.METER_READS, READ_CAPACITY),
            _on_demand(plan, node, "on_demand_write", st.METER_WRITES, WRITE_CAPACITY),
        )
    reads, writes = node.number("read_capacity_units", 5.0), node.number("write_capacity_units", 5.0)
    if not scales(node):
        plan.has_rate(node, st.METER_READS, max(reads, 1.0))
        plan.has_rate(node, st.METER_WRITES, max(writes, 1.0))
    indexes: tuple[int, ...] = ()
    if node.number("global_indexes") > 0.0 and node.value("index_write_capacity_units") is not None:
        own = node.number("index_write_capacity_units")
        indexes = (_provisioned(plan, node, own, st.METER_WRITES, INDEX_CAPACITY),)
    return TableCapacity(
        _provisioned(plan, node, reads, st.METER_READS, READ_CAPACITY),
        _provisioned(plan, node, writes, st.METER_WRITES, WRITE_CAPACITY),
        indexes,
    )


def _provisioned(plan: Plan, node: Node, units: float, meter: int, kept: str) -> int:
    burst_s = plan.limit(SERVICE, "burst")
    bucket = plan.tables.bucket(units, units * burst_s)
    if not scales(node):
        return bucket
    if kept != INDEX_CAPACITY:
        plan.has_kept_rate(node, meter, plan.meter(node, kept))
    most = max(node.number("auto_scaling_most", plan.limit(SERVICE, "table_throughput")), 1.0)
    plan.tables.scaler(
        plan.number(node),
        int(units),
        plan.latency("dynamodb.update_table"),
        kind=st.SCALES_CAPACITY,
        bucket=bucket,
        watched=meter,
        kept=plan.meter(node, kept),
        saved_s=burst_s,
        target=node.number("auto_scaling_percent", 70.0) / 100.0,
        least=int(min(max(node.number("auto_scaling_least", 1.0), 1.0), most)),
        most=int(most),
        period=LOOK_EVERY_S,
        patience=int(plan.limit(SERVICE, "scale_out_after")),
        cooldown=60.0 * plan.limit(SERVICE, "scale_in_after"),
        most_decreases=int(plan.limit(SERVICE, "capacity_decreases")),
        stream=plan.stream(node, kept),
    )
    return bucket


def begins_with(plan: Plan, node: Node, limit: str) -> float:
    """Units a second that a table on demand takes from the start: its warm throughput, or what new tables get."""
    return max(plan.limit(SERVICE, limit), node.number(_WARM[limit]))


def _on_demand(plan: Plan, node: Node, limit: str, meter: int, kept: str) -> int:
    """Ready for twice the peak of earlier minutes, and not again within 30 minutes, up to the table's quota."""
    begins = begins_with(plan, node, limit)
    bucket = plan.tables.bucket(begins, begins)
    plan.tables.scaler(
        plan.number(node),
        int(begins),
        plan.tables.constant(0.0),
        kind=st.SCALES_PEAK,
        bucket=bucket,
        watched=meter,
        kept=plan.meter(node, kept),
        saved_s=1.0,
        target=plan.limit(SERVICE, "on_demand_growth"),
        least=int(begins),
        most=int(max(plan.limit(SERVICE, "table_throughput"), begins)),
        period=LOOK_EVERY_S,
        cooldown=GROWTH_REST_S,
    )
    return bucket
