"""What a run used, as the metering of each service reads it."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from designer.domain.graph.model import Edge, Node
from simulator.engine import stations as st
from simulator.engine.lowering.plan import Plan
from simulator.engine.metrics import Tallies

CHUNK_KB: Final = 64.0
"""SQS, SNS and EventBridge bill in steps of 64 KB."""
GB_IN_KB: Final = 1024.0 * 1024.0


@dataclass(frozen=True, slots=True)
class Metered:
    """So many things that a rate counts (single requests, GB-seconds, hours), used by a node."""

    node: str
    rate: str
    quantity: float


@dataclass(frozen=True)
class Usage:
    """Read access to a run's totals by node and edge."""

    plan: Plan
    totals: Tallies
    payload_kb: dict[str, float]

    @property
    def seconds(self) -> float:
        """Simulated seconds so far."""
        return self.totals.seconds

    @property
    def hours(self) -> float:
        """Simulated hours so far."""
        return self.totals.seconds / 3600.0

    def meter(self, node: Node, meter: int) -> float:
        """A meter of the kernel."""
        return float(self.totals.meters[self.plan.number(node), meter])

    def own(self, node: Node, name: str) -> float:
        """A meter that the service's lowering named (``Plan.meter``)."""
        return self.meter(node, self.plan.meter(node, name))

    def arrivals(self, node: Node) -> int:
        """Calls or messages that reached the node."""
        return int(self.totals.counts[self.plan.number(node), st.ARRIVALS])

    def errors(self, node: Node, *statuses: int) -> int:
        """Errors of these causes."""
        return int(sum(self.totals.errors[self.plan.number(node), status] for status in statuses))

    def completions(self, node: Node) -> int:
        """What the node handled well."""
        return int(self.totals.counts[self.plan.number(node), st.COMPLETIONS])

    def cold_starts(self, node: Node) -> int:
        """Environments that the node started for a call."""
        return int(self.totals.counts[self.plan.number(node), st.COLD_STARTS])

    def calls(self, edge: Edge) -> int:
        """Calls over an edge."""
        row = self.plan.edge_ids.index(edge.id)
        return int(self.totals.edges[row, 0])

    def chunks(self, node: Node) -> int:
        """Steps of 64 KB in one message to the node."""
        return max(math.ceil(self.payload_kb[node.id] / CHUNK_KB), 1)

    def incoming(self, node: Node) -> Iterator[Edge]:
        """Edges that reach the node."""
        return iter(self.plan.design.incoming(node.id))
