"""EventBridge Scheduler: calls of targets, in steps of 64 KB."""

from __future__ import annotations

from collections.abc import Iterator

from designer.domain.graph.model import Node
from simulator.engine.lowering.services.eventbridge_scheduler import INVOCATIONS
from simulator.engine.pricing.usage import Metered, Usage

SERVICE = "eventbridge_scheduler"


def meter(usage: Usage, node: Node) -> Iterator[Metered]:
    """What the schedules fired."""
    fired = usage.own(node, INVOCATIONS)
    yield Metered(node.id, "eventbridge_scheduler.invocations", fired * usage.chunks(node))
