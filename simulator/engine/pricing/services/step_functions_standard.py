"""Step Functions Standard: state transitions, and requests of Express children of a distributed Map."""

from __future__ import annotations

from collections.abc import Iterator

from designer.domain.graph.model import Node
from simulator.engine.lowering.workflow_states import CHILDREN, TRANSITIONS
from simulator.engine.pricing.usage import Metered, Usage

SERVICE = "step_functions_standard"


def meter(usage: Usage, node: Node) -> Iterator[Metered]:
    """What executions entered, retries and starts included."""
    yield Metered(node.id, "step_functions_standard.transitions", usage.own(node, TRANSITIONS))
    children = usage.own(node, CHILDREN)
    if children:
        yield Metered(node.id, "step_functions_express.requests", children)
