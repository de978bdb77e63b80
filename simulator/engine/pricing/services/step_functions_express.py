"""Step Functions Express: executions, and their time by the memory that they take."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Final

from designer.domain.graph.model import Node
from simulator.engine import stations as st
from simulator.engine.lowering.workflows import BILLED_S
from simulator.engine.pricing.usage import Metered, Usage

SERVICE = "step_functions_express"

BASE_MB: Final = 50.0
STEP_MB: Final = 64.0


def memory_gb(payload_bytes: float) -> float:
    """The billed memory of an execution: about 50 MB and its data, in steps of 64 MB."""
    needed = BASE_MB + payload_bytes / 1_048_576.0
    return max(math.ceil(needed / STEP_MB), 1) * STEP_MB / 1024.0


def meter(usage: Usage, node: Node) -> Iterator[Metered]:
    """Executions that ended, and the time of each in started steps of 100 ms."""
    executions = usage.meter(node, st.METER_INVOCATIONS)
    if executions > 0:
        yield Metered(node.id, "step_functions_express.requests", executions)
        hours = usage.own(node, BILLED_S) / 3600.0
        yield Metered(node.id, "step_functions_express.duration", hours * memory_gb(node.number("state_payload_bytes")))
