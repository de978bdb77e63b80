"""Firehose: data taken, in steps of 5 KB a record, and what is done to it."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Final

from designer.domain.graph.model import Node
from designer.domain.network.placement import in_vpc
from simulator.engine.lowering.services.firehose import DELIVERED, DELIVERIES, RECORDS
from simulator.engine.pricing.usage import GB_IN_KB, Metered, Usage

SERVICE = "firehose"

_STEP_KB: Final = 5.0


def meter(usage: Usage, node: Node) -> Iterator[Metered]:
    """Each record counts as a multiple of 5 KB, but for those of an MSK topic."""
    record_kb = node.number("record_kb", 1.0)
    taken_gb = usage.own(node, RECORDS) * max(math.ceil(record_kb / _STEP_KB), 1) * _STEP_KB / GB_IN_KB
    if node.value("source_type") == "MSKAsSource":
        taken_gb = usage.own(node, RECORDS) * record_kb / GB_IN_KB
        yield Metered(node.id, "firehose.ingestion_msk", taken_gb)
    else:
        yield Metered(node.id, "firehose.ingestion", taken_gb)
    if node.value("format_conversion") != "none":
        yield Metered(node.id, "firehose.format_conversion", taken_gb)
    if node.value("dynamic_partitioning") is True:
        yield Metered(node.id, "firehose.partitioned_data", usage.own(node, DELIVERED) * record_kb / GB_IN_KB)
        yield Metered(node.id, "firehose.partitioned_objects", usage.own(node, DELIVERIES))
    yield from _into_vpc(usage, node, record_kb)
    unpacked = sum(usage.calls(edge) for edge in usage.incoming(node) if edge.value("decompress") is True)
    yield Metered(node.id, "firehose.log_decompression", unpacked * record_kb / GB_IN_KB)


def _into_vpc(usage: Usage, node: Node, record_kb: float) -> Iterator[Metered]:
    """Firehose's own network interfaces, one in each zone of the destination, and what goes through them."""
    design = usage.plan.design
    for edge in design.outgoing(node.id):
        target = design.nodes[edge.target]
        if target.service == "opensearch" and in_vpc(design, target):
            zones = 2.0 if target.value("zone_awareness") is True else 1.0
            yield Metered(node.id, "firehose.vpc_hours", zones * usage.hours)
            yield Metered(node.id, "firehose.vpc_data", usage.own(node, DELIVERED) * record_kb / GB_IN_KB)
