"""SQS: sends, receives, deletions and the empty receives of idle pollers."""

from __future__ import annotations

from collections.abc import Iterator

from designer.domain.graph.model import Node
from simulator.engine.pricing.queues import key_requests, requests
from simulator.engine.pricing.usage import Metered, Usage

SERVICE = "sqs_standard"


def meter(usage: Usage, node: Node) -> Iterator[Metered]:
    """Every action that the queue was asked for."""
    yield Metered(node.id, "sqs_standard.requests", requests(usage, node))
    yield from key_requests(usage, node)
