"""What ends a function: too little memory, and an init phase that takes too long."""

from __future__ import annotations

import pytest

from simulator.engine.results import Summary
from tests.simulator.engine.designs import Made, Parameters, Run

EXACT: Parameters = {"duration_variation": 0, "cpu_ms": 0, "wait_ms": 100}


def invoked(run: Run, function: Parameters) -> Summary:
    users: Parameters = {"pattern": "constant", "rate_per_s": 1, "timeout_s": 120}
    nodes: Made = {"users": ("client", users), "fn": ("lambda", {**EXACT, **function})}
    return run(nodes, [("users", "fn", "invoke")])


@pytest.mark.point("LAM-02")
def test_code_that_needs_more_memory_than_there_is_fails_is_billed_and_leaves_no_environment(run: Run) -> None:
    killed = invoked(run, {"memory_mb": 256, "memory_needed_mb": 300, "init_ms": 200})
    fn = killed["nodes"]["fn"]
    assert fn["errors"] == {"function_error": fn["arrivals"] - fn["in_flight"]}
    assert fn["cold_starts"] == fn["arrivals"]
    lines = {line["item"]: line["quantity"] for line in killed["cost"]["lines"]}
    assert lines["Duration, x86"] == pytest.approx(fn["errors"]["function_error"] * 0.3 * 256 / 1024, rel=1e-6)
    assert not invoked(run, {"memory_mb": 320, "memory_needed_mb": 300})["nodes"]["fn"]["errors"]


def test_an_init_phase_beyond_ten_seconds_is_repeated_within_the_call(run: Run) -> None:
    fn = invoked(run, {"init_ms": 12_000, "timeout_s": 30})["nodes"]["fn"]
    assert not fn["errors"]
    assert fn["latency_ms"]["max"] == pytest.approx(10_000 + 12_000 + 100, rel=0.05)
    fn = invoked(run, {"init_ms": 12_000, "timeout_s": 3})["nodes"]["fn"]
    assert set(fn["errors"]) == {"function_timeout"}
    assert fn["completions"] == 0
    assert fn["cold_starts"] == fn["arrivals"]
