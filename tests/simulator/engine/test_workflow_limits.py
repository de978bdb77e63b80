"""What limits executions of state machines, what they cost, and whom they tell."""

from __future__ import annotations

import json
from typing import Any

import pytest

from designer.domain.graph.scenario import Scenario
from simulator.engine.overrides import overrides_from_json
from simulator.engine.results import Summary
from simulator.engine.simulation import Simulation
from tests.simulator.engine.designs import Arrow, Made, Run, draw_design
from tests.simulator.engine.workflow_designs import (
    EXACT,
    EXP,
    STD,
    call,
    execute,
    machine,
    seconds,
    wait,
    without_overheads,
)


@pytest.fixture(autouse=True)
def no_overheads(monkeypatch: pytest.MonkeyPatch) -> None:
    """AWS's own share of the time is nothing."""
    without_overheads(monkeypatch)


def test_data_beyond_the_limit_fails_the_execution_whatever_is_caught(run: Run) -> None:
    catch = [{"ErrorEquals": ["States.ALL"], "Next": "Undo"}]
    definition = machine(Work=call(Catch=catch), Undo={"Type": "Pass", "End": True})
    summary = execute(run, definition, state_payload_bytes=300_000)
    assert set(summary["nodes"]["flow"]["errors"]) == {"payload_too_large"}
    assert summary["nodes"]["fn"]["arrivals"] == 0


def limited(definition: dict[str, Any], rate: float, quotas: dict[str, int]) -> Summary:
    """Five minutes of a Standard workflow under quotas of the account's own."""
    nodes: Made = {
        "users": ("client", {"rate_per_s": rate, "pattern": "constant"}),
        "flow": (STD, {"definition": json.dumps(definition)}),
    }
    drawn = draw_design(nodes, [("users", "flow", "start_execution")])
    overrides = overrides_from_json({"quotas": {f"{STD}.{name}": value for name, value in quotas.items()}})
    simulation = Simulation(drawn, Scenario(duration_s=300.0, window_s=60.0), overrides)
    while not simulation.finished:
        simulation.advance()
    return simulation.summary()


@pytest.mark.point("SFN-01")
def test_starts_beyond_the_quota_are_refused() -> None:
    only = machine(Only={"Type": "Pass", "End": True})
    flow = limited(only, 30.0, {"start_rate": 10, "start_bucket": 10})["nodes"]["flow"]
    assert flow["completions"] == pytest.approx(10 * 300 + 10, rel=0.01)
    assert flow["throttles"] == pytest.approx(20 * 300 - 10, rel=0.01)


@pytest.mark.point("SFN-01")
def test_transitions_beyond_the_quota_wait_and_fail_nothing() -> None:
    only = machine(Only={"Type": "Pass", "End": True})
    flow = limited(only, 10.0, {"transition_rate": 5, "transition_bucket": 5})["nodes"]["flow"]
    assert flow["errors"] == {}
    assert flow["completions"] == pytest.approx(300 * 5 + 5, rel=0.02)
    assert flow["concurrency_max"] == pytest.approx(300 * (10 - 5), rel=0.02)


@pytest.mark.point("SFN-01")
def test_transitions_are_billed_for_standard_workflows_and_requests_and_time_for_express_ones(run: Run) -> None:
    retry = [{"ErrorEquals": ["States.ALL"], "IntervalSeconds": 1, "MaxAttempts": 1}]
    definition = machine(Work=call(Retry=retry, Next="Pause"), Pause=wait(2))
    standard = execute(run, definition, kind=STD)
    started = standard["nodes"]["flow"]["arrivals"]
    lines = {line["item"]: line["quantity"] for line in standard["cost"]["lines"] if line["node"] == "flow"}
    assert lines == {"State transitions": pytest.approx(3 * started / 1_000, abs=0.003)}
    express = execute(run, definition)
    lines = {line["item"]: line["quantity"] for line in express["cost"]["lines"] if line["node"] == "flow"}
    runs = express["nodes"]["flow"]["completions"]
    assert lines["Requests"] == pytest.approx(runs / 1e6, rel=0.02)
    assert lines["Duration"] == pytest.approx(runs * 2.15 * 64 / 1024 / 3600, rel=0.03)


def test_a_workflow_without_a_definition_takes_its_connections_in_turn_and_says_so(run: Run) -> None:
    nodes: Made = {
        "users": ("client", {"rate_per_s": 0.1, "pattern": "constant"}),
        "flow": EXP,
        "fn": ("lambda", EXACT),
        "other": ("lambda", EXACT),
    }
    arrows: list[Arrow] = [("users", "flow", "start_sync"), ("flow", "fn", "invoke"), ("flow", "other", "invoke")]
    summary = run(nodes, arrows, duration_s=600.0, window_s=60.0)
    assert seconds(summary) == pytest.approx(0.2, rel=0.01)
    assert "flow has no definition: the run takes its connections one after the other." in [
        remark["text"] for remark in summary["remarks"]
    ]


def test_a_rule_hears_of_the_status_changes_that_its_pattern_names(run: Run) -> None:
    failed = json.dumps({"source": ["aws.states"], "detail": {"status": ["FAILED", "TIMED_OUT"]}})
    nodes: Made = {
        "users": ("client", {"rate_per_s": 0.1, "pattern": "constant"}),
        "flow": (STD, {"definition": json.dumps(machine(Stop={"Type": "Fail"}))}),
        "failures": ("eventbridge_rule", {"event_pattern": failed}),
        "all": "eventbridge_rule",
        "alarm": "sqs_standard",
    }
    arrows: list[Arrow] = [
        ("users", "flow", "start_execution"),
        ("flow", "failures", "status_change"),
        ("flow", "all", "status_change"),
        ("failures", "alarm", "target"),
    ]
    after = run(nodes, arrows, duration_s=600.0, window_s=60.0)["nodes"]
    executions = after["flow"]["arrivals"]
    assert after["failures"]["arrivals"] == pytest.approx(executions, abs=1)
    assert after["all"]["arrivals"] == pytest.approx(2 * executions, abs=2)
    assert after["alarm"]["arrivals"] == pytest.approx(executions, abs=1)


def test_the_log_group_gets_what_the_log_level_says(run: Run) -> None:
    for level, share in (("ALL", 1.0), ("ERROR", 0.0)):
        nodes: Made = {
            "users": ("client", {"rate_per_s": 0.1, "pattern": "constant"}),
            "flow": (EXP, {"definition": json.dumps(machine(P={"Type": "Pass", "End": True})), "log_level": level}),
            "log": "cloudwatch_logs",
        }
        arrows: list[Arrow] = [("users", "flow", "start_sync"), ("flow", "log", "logging")]
        after = run(nodes, arrows, duration_s=600.0, window_s=60.0)["nodes"]
        assert after["log"]["arrivals"] == pytest.approx(share * after["flow"]["arrivals"], abs=1)
