"""What the tests of streams and deliveries share."""

from __future__ import annotations

from simulator.engine.results import Summary
from tests.simulator.engine.designs import Arrow, Made, Parameters, Run

MAPPING = "event_source_mapping"
EXACT: Parameters = {"duration_variation": 0, "memory_mb": 1769, "init_ms": 0, "cpu_ms": 0, "wait_ms": 1}


def clients(rate_per_s: float, pattern: str = "constant") -> tuple[str, Parameters]:
    return "client", {"pattern": pattern, "rate_per_s": rate_per_s}


def used(summary: Summary, node: str) -> dict[str, float]:
    """Quantities of the bill by the name of their rate."""
    return {line["item"]: line["quantity"] for line in summary["cost"]["lines"] if line["node"] == node}


def streamed(
    run: Run,
    rate_per_s: float,
    *,
    stream: Parameters | None = None,
    reader: Parameters | None = None,
    mapping: Parameters | None = None,
    mechanism: str = MAPPING,
    pattern: str = "constant",
    **scenario: float,
) -> Summary:
    """client -> stream -> function."""
    nodes: Made = {
        "users": clients(rate_per_s, pattern),
        "stream": ("kinesis_stream", stream or {}),
        "reader": ("lambda", {**EXACT, **(reader or {})}),
    }
    arrows: list[Arrow] = [("users", "stream", "put_record"), ("stream", "reader", mechanism, mapping or {})]
    return run(nodes, arrows, **scenario)
