"""Flink: processing units by the hour, one more than the program uses, and their storage."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Final

from designer.domain.graph.model import Node
from simulator.engine import stations as st
from simulator.engine.pricing.rates import HOURS_PER_MONTH
from simulator.engine.pricing.usage import Metered, Usage

SERVICE = "managed_flink"

_STORAGE_GB: Final = 50.0


def meter(usage: Usage, node: Node) -> Iterator[Metered]:
    """Units run whether records come or not."""
    per_unit = max(node.number("parallelism_per_kpu", 1.0), 1.0)
    unit_hours = math.ceil(node.number("parallelism", 1.0) / per_unit) * usage.hours
    if node.id in usage.plan.scaled:
        unit_hours = max(usage.meter(node, st.METER_SERVER_S) / 3600.0 / per_unit, unit_hours)
    yield Metered(node.id, "managed_flink.kpu_hours", unit_hours + usage.hours)
    yield Metered(node.id, "managed_flink.storage", unit_hours * _STORAGE_GB / HOURS_PER_MONTH)
