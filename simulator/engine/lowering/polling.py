"""How a program of one's own asks a queue for messages: long polling waits, short polling asks again and again."""

from __future__ import annotations

from designer.domain.catalog.latencies import LATENCIES
from designer.domain.graph.model import Edge
from simulator.engine import instructions as op
from simulator.engine.lowering.plan import Plan


def fetch_wait_s(plan: Plan, edge: Edge) -> float:
    """How long one fetch waits for a message: the program's own choice, else the queue's setting."""
    if edge.value("poll_wait_s") is not None:
        return edge.number("poll_wait_s")
    return plan.design.nodes[edge.source].number("receive_wait_s")


def empty_fetch_s(plan: Plan, edge: Edge) -> float:
    """How long a fetch that finds nothing takes, with the pause until the next one."""
    api_s = LATENCIES["sqs.api"].p50_ms / 1000.0
    return max(fetch_wait_s(plan, edge), api_s) + max(edge.number("poll_pause_s"), 0.0)


def wait_for_fetch(plan: Plan, edge: Edge) -> None:
    """A message is found at once by a fetch that waits; else by the next one, half the time between them on average."""
    pause_s = max(edge.number("poll_pause_s"), 0.0)
    longest_s = pause_s if fetch_wait_s(plan, edge) > 0.0 else empty_fetch_s(plan, edge)
    if longest_s > 0.0:
        plan.tables.emit(
            op.DELAY, resource=plan.tables.uniform(0.0, longest_s), stream=plan.stream(edge.target, f"ask {edge.id}")
        )
