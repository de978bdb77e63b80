"""Definitions and runs of workflows for the tests of the engine."""

from __future__ import annotations

import json
from typing import Any

import pytest

from designer.domain.catalog.latencies import LATENCIES
from simulator.engine.lowering import plan as plan_module
from simulator.engine.results import Summary
from tests.simulator.engine.designs import Arrow, Made, Parameters, Run

STD, EXP = "step_functions_standard", "step_functions_express"
EXACT: Parameters = {"duration_variation": 0, "wait_ms": 100, "cpu_ms": 0, "init_ms": 0, "timeout_s": 30}


def without_overheads(monkeypatch: pytest.MonkeyPatch) -> None:
    """AWS's own share of the time is nothing, so that a figure is what the states add up to."""
    zero = {
        key: type(found)(0.0, 0.0, 0.0, found.source)
        for key, found in LATENCIES.items()
        if key.startswith(("step_functions", "lambda."))
    }
    monkeypatch.setattr(plan_module, "LATENCIES", {**LATENCIES, **zero})
    monkeypatch.setattr(plan_module.Plan, "remaining_latency", lambda plan, *_: plan.tables.constant(0.0))


def machine(**states: dict[str, Any]) -> dict[str, Any]:
    named = {key.replace("_", " "): state for key, state in states.items()}
    return {"StartAt": next(iter(named)), "States": named}


def call(function: str = "fn", **fields: Any) -> dict[str, Any]:
    return {
        "Type": "Task",
        "Resource": "arn:aws:states:::lambda:invoke",
        "Parameters": {"FunctionName": f"${{{function}}}", "Payload.$": "$"},
        **({} if "Next" in fields else {"End": True}),
        **fields,
    }


def wait(seconds: int, **fields: Any) -> dict[str, Any]:
    return {"Type": "Wait", "Seconds": seconds, **({} if "Next" in fields else {"End": True}), **fields}


def execute(
    run: Run,
    definition: dict[str, Any] | None,
    *,
    kind: str = EXP,
    rate: float = 0.1,
    function: Parameters = EXACT,
    duration_s: float = 600.0,
    **parameters: Any,
) -> Summary:
    """A run of a workflow that is started every ten seconds and whose caller waits when it is an Express one."""
    text = {} if definition is None else {"definition": json.dumps(definition)}
    nodes: Made = {
        "users": ("client", {"rate_per_s": rate, "pattern": "constant", "timeout_ms": 900_000}),
        "flow": (kind, {**text, **parameters}),
        "fn": ("lambda", function),
    }
    arrows: list[Arrow] = [
        ("users", "flow", "start_sync" if kind == EXP else "start_execution"),
        ("flow", "fn", "invoke"),
    ]
    return run(nodes, arrows, duration_s=duration_s, window_s=60.0)


def seconds(summary: Summary, node: str = "flow") -> float:
    """Mean time of the executions that worked; where none did, by Little's law, of those that came."""
    found = summary["nodes"][node]
    if found["latency_ms"]["count"]:
        return found["latency_ms"]["mean"] / 1000.0
    return found["concurrency"] * summary["duration_s"] / found["arrivals"]
