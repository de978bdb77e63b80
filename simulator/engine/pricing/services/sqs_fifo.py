"""SQS FIFO: as a standard queue, and the messages that are sent twice."""

from __future__ import annotations

from collections.abc import Iterator

from designer.domain.graph.model import Node
from simulator.engine.lowering.fifo import DUPLICATES
from simulator.engine.pricing.queues import key_requests, requests
from simulator.engine.pricing.usage import Metered, Usage

SERVICE = "sqs_fifo"


def meter(usage: Usage, node: Node) -> Iterator[Metered]:
    """Every action that the queue was asked for, dropped repetitions included."""
    dropped = usage.own(node, DUPLICATES) * usage.chunks(node)
    yield Metered(node.id, "sqs_fifo.requests", requests(usage, node) + dropped)
    yield from key_requests(usage, node)
