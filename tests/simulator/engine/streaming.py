"""What the tests of streams and deliveries share."""

from __future__ import annotations

from simulator.engine.results import Summary
from tests.simulator.engine.designs import Parameters

EXACT: Parameters = {"duration_variation": 0, "memory_mb": 1769, "init_ms": 0, "cpu_ms": 0, "wait_ms": 1}


def clients(rate_per_s: float, pattern: str = "constant") -> tuple[str, Parameters]:
    return "client", {"pattern": pattern, "rate_per_s": rate_per_s}


def used(summary: Summary, node: str) -> dict[str, float]:
    """Quantities of the bill by the name of their rate."""
    return {line["item"]: line["quantity"] for line in summary["cost"]["lines"] if line["node"] == node}
