"""EventBridge Pipes: batches behind the filter in steps of 64 KB, and calls of API destinations."""

from __future__ import annotations

import math
from collections.abc import Iterator

from designer.domain.graph.model import Node
from simulator.engine.lowering.services.eventbridge_pipe import EXECUTIONS, RECORDS
from simulator.engine.pricing.services.eventbridge_rule import api_destination_calls
from simulator.engine.pricing.usage import CHUNK_KB, Metered, Usage

SERVICE = "eventbridge_pipe"


def meter(usage: Usage, node: Node) -> Iterator[Metered]:
    """A batch counts once for every 64 KB that its records have together."""
    executions, records = usage.own(node, EXECUTIONS), usage.own(node, RECORDS)
    if executions > 0:
        batch_kb = records / executions * usage.payload_kb[node.id]
        yield Metered(node.id, "eventbridge_pipe.requests", executions * max(math.ceil(batch_kb / CHUNK_KB), 1))
    yield from api_destination_calls(usage, node)
