"""Alarms: by the month, those that look more often than once a minute at three times the price."""

from __future__ import annotations

from collections.abc import Iterator

from designer.domain.graph.model import Node
from simulator.engine.pricing.rates import HOURS_PER_MONTH
from simulator.engine.pricing.usage import Metered, Usage

SERVICE = "cloudwatch_alarm"


def meter(usage: Usage, node: Node) -> Iterator[Metered]:
    """An alarm costs the same whether it rings or not."""
    rate = "high_resolution" if node.number("period_s", 60.0) < 60.0 else "standard"
    yield Metered(node.id, f"cloudwatch_alarm.{rate}", usage.hours / HOURS_PER_MONTH)
