"""Flink: processing units by the hour, one more than the program uses, and their storage."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Final

from designer.domain.graph.model import Node
from simulator.engine.pricing.rates import HOURS_PER_MONTH
from simulator.engine.pricing.usage import Metered, Usage

SERVICE = "managed_flink"

_STORAGE_GB: Final = 50.0


def meter(usage: Usage, node: Node) -> Iterator[Metered]:
    """Units run whether records come or not."""
    units = math.ceil(node.number("parallelism", 1.0) / max(node.number("parallelism_per_kpu", 1.0), 1.0))
    yield Metered(node.id, "managed_flink.kpu_hours", (units + 1) * usage.hours)
    yield Metered(node.id, "managed_flink.storage", units * _STORAGE_GB * usage.hours / HOURS_PER_MONTH)
