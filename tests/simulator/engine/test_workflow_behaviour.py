"""Executions of state machines take the time that the definition says, worked out by hand.

The service's own overheads are set to zero here, so that a figure is what the states add up to. A Lambda function of
100 ms without variation takes exactly that.
"""

from __future__ import annotations

import json
from typing import Any

import pytest

from designer.domain.graph.scenario import Scenario
from simulator.engine.lowering import plan as plan_module
from simulator.engine.overrides import overrides_from_json
from simulator.engine.results import Summary
from simulator.engine.simulation import Simulation
from tests.simulator.engine.designs import Arrow, Made, Parameters, Run, draw_design

STD, EXP = "step_functions_standard", "step_functions_express"
EXACT: Parameters = {"duration_variation": 0, "wait_ms": 100, "cpu_ms": 0, "init_ms": 0, "timeout_s": 30}


@pytest.fixture(autouse=True)
def no_overheads(monkeypatch: pytest.MonkeyPatch) -> None:
    """AWS's own share of the time is nothing."""
    zero = {
        key: type(found)(0.0, 0.0, 0.0, found.source)
        for key, found in plan_module.LATENCIES.items()
        if key.startswith(("step_functions", "lambda."))
    }
    monkeypatch.setattr(plan_module, "LATENCIES", {**plan_module.LATENCIES, **zero})
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


def test_states_in_a_row_take_the_sum_of_their_times(run: Run) -> None:
    summary = execute(run, machine(First=call(Next="Pause"), Pause=wait(2, Next="Second"), Second=call()))
    assert seconds(summary) == pytest.approx(0.1 + 2 + 0.1, rel=0.01)
    assert summary["nodes"]["fn"]["arrivals"] == pytest.approx(2 * summary["nodes"]["flow"]["arrivals"], abs=2)
    assert summary["nodes"]["flow"]["errors"] == {}


@pytest.mark.point("SFN-04")
def test_branches_side_by_side_take_as_long_as_the_longest(run: Run) -> None:
    branches = [machine(A=wait(3)), machine(B=call(Next="B2"), B2=wait(1)), machine(C={"Type": "Pass", "End": True})]
    summary = execute(run, machine(Both={"Type": "Parallel", "Branches": branches, "Next": "After"}, After=call()))
    assert seconds(summary) == pytest.approx(3 + 0.1, rel=0.01)
    assert summary["nodes"]["fn"]["arrivals"] == pytest.approx(2 * summary["nodes"]["flow"]["arrivals"], abs=2)


@pytest.mark.point("SFN-04")
@pytest.mark.parametrize(("at_once", "expected"), [(1, 20.0), (5, 4.0), (0, 2.0), (8, 6.0)])
def test_a_map_works_on_as_many_items_at_once_as_it_may(run: Run, at_once: int, expected: float) -> None:
    each = {"Type": "Map", "MaxConcurrency": at_once, "ItemProcessor": machine(Item=wait(2)), "End": True}
    summary = execute(run, machine(Each=each), map_items=json.dumps({"Each": 10}) if at_once != 8 else '{"Each": 20}')
    assert seconds(summary) == pytest.approx(expected, rel=0.02)


def test_an_inline_map_without_a_limit_works_on_forty_items_at_once(run: Run) -> None:
    each = {"Type": "Map", "ItemProcessor": machine(Item=wait(2)), "End": True}
    assert seconds(execute(run, machine(Each=each), items_per_map=80)) == pytest.approx(4, rel=0.02)


@pytest.mark.point("SFN-04")
def test_a_choice_takes_its_ways_as_often_as_is_said(run: Run) -> None:
    rule = {"Variable": "$.large", "BooleanEquals": True, "Next": "Slow"}
    definition = machine(Large={"Type": "Choice", "Choices": [rule], "Default": "Quick"}, Slow=wait(10), Quick=wait(1))
    shares = json.dumps({"Large": {"Slow": 0.2}})
    summary = execute(run, definition, rate=2.0, choice_probabilities=shares)
    assert seconds(summary) == pytest.approx(0.2 * 10 + 0.8 * 1, rel=0.12)
    even = execute(run, definition, rate=2.0)
    assert seconds(even) == pytest.approx(0.5 * 10 + 0.5 * 1, rel=0.08)


@pytest.mark.point("SFN-04")
def test_a_failing_task_is_tried_again_with_growing_pauses_and_then_caught(run: Run) -> None:
    retry = [{"ErrorEquals": ["States.ALL"], "IntervalSeconds": 1, "MaxAttempts": 3, "BackoffRate": 3}]
    catch = [{"ErrorEquals": ["States.ALL"], "Next": "Undo"}]
    definition = machine(Work=call(Retry=retry, Catch=catch, Next="Done"), Undo=wait(2), Done={"Type": "Succeed"})
    summary = execute(run, definition, function={**EXACT, "error_percent": 100})
    assert seconds(summary) == pytest.approx(4 * 0.1 + 1 + 3 + 9 + 2, rel=0.01)
    assert summary["nodes"]["fn"]["arrivals"] == pytest.approx(4 * summary["nodes"]["flow"]["arrivals"], abs=8)
    assert summary["nodes"]["flow"]["errors"] == {}
    assert summary["nodes"]["flow"]["retries"] == pytest.approx(3 * summary["nodes"]["flow"]["arrivals"], abs=6)


def test_the_longest_pause_and_what_a_retry_does_not_name(run: Run) -> None:
    capped = [{"ErrorEquals": ["States.TaskFailed"], "IntervalSeconds": 2, "MaxAttempts": 3, "MaxDelaySeconds": 3}]
    failing: Parameters = {**EXACT, "error_percent": 100}
    summary = execute(run, machine(Work=call(Retry=capped)), function=failing)
    assert seconds(summary) == pytest.approx(4 * 0.1 + 2 + 3 + 3, rel=0.02)
    busy = [{"ErrorEquals": ["Lambda.TooManyRequestsException"], "IntervalSeconds": 9}]
    unmatched = execute(run, machine(Work=call(Retry=busy)), function=failing)
    assert seconds(unmatched) == pytest.approx(0.1, rel=0.03)
    assert set(unmatched["nodes"]["flow"]["errors"]) == {"execution_failed"}


def test_a_throttled_function_is_only_tried_again_by_a_retry_that_names_that(run: Run) -> None:
    busy = [{"ErrorEquals": ["Lambda.TooManyRequestsException"], "IntervalSeconds": 2, "MaxAttempts": 1}]
    nothing: Parameters = {**EXACT, "reserved_concurrency": 0}
    summary = execute(run, machine(Work=call(Retry=busy)), function=nothing)
    assert seconds(summary) == pytest.approx(2, rel=0.03)
    assert summary["nodes"]["fn"]["throttles"] == pytest.approx(2 * summary["nodes"]["flow"]["arrivals"], abs=2)
    assert set(summary["nodes"]["flow"]["errors"]) == {"execution_failed"}


@pytest.mark.point("SFN-04")
def test_a_task_beyond_its_time_is_a_timeout_that_can_be_caught(run: Run) -> None:
    slow: Parameters = {**EXACT, "wait_ms": 20_000}
    catch = [{"ErrorEquals": ["States.Timeout"], "Next": "Late"}]
    definition = machine(Work=call(TimeoutSeconds=3, Catch=catch, Next="Done"), Late=wait(1), Done={"Type": "Succeed"})
    summary = execute(run, definition, function=slow)
    assert seconds(summary) == pytest.approx(3 + 1, rel=0.01)
    assert summary["nodes"]["flow"]["errors"] == {}


def test_the_first_branch_that_fails_ends_the_others(run: Run) -> None:
    branches = [
        machine(Bad=wait(1, Next="Stop"), Stop={"Type": "Fail"}),
        machine(Long=wait(9, Next="Late"), Late=call()),
    ]
    summary = execute(run, machine(Both={"Type": "Parallel", "Branches": branches, "End": True}))
    assert seconds(summary) == pytest.approx(1, rel=0.03)
    assert summary["nodes"]["fn"]["arrivals"] == 0
    assert set(summary["nodes"]["flow"]["errors"]) == {"execution_failed"}


@pytest.mark.point("SFN-01")
def test_an_express_execution_ends_after_five_minutes_and_does_nothing_more(run: Run) -> None:
    first, second = wait(200, Next="More"), wait(200, Next="Work")
    definition = machine(Begin=first, More=second, Work=call())
    summary = execute(run, definition, duration_s=1_200.0, rate=0.05)
    assert summary["nodes"]["fn"]["arrivals"] == 0
    assert set(summary["nodes"]["flow"]["errors"]) == {"execution_timeout"}
    standard = execute(run, definition, kind=STD, duration_s=1_200.0, rate=0.05)
    assert standard["nodes"]["fn"]["arrivals"] == pytest.approx(0.05 * (1_200 - 400), abs=2)


def test_the_definition_can_end_an_execution_earlier(run: Run) -> None:
    summary = execute(run, {**machine(Begin=wait(50)), "TimeoutSeconds": 20})
    assert seconds(summary) == pytest.approx(20, rel=0.05)
    assert set(summary["nodes"]["flow"]["errors"]) == {"execution_timeout"}


def test_a_callback_takes_as_long_as_the_answer(run: Run) -> None:
    ask = {
        "Type": "Task",
        "Resource": "arn:aws:states:::sqs:sendMessage.waitForTaskToken",
        "Parameters": {"QueueUrl": "${queue}", "MessageBody": {"token.$": "$$.Task.Token"}},
        "TimeoutSeconds": 60,
        "End": True,
    }
    nodes: Made = {
        "users": ("client", {"rate_per_s": 0.1, "pattern": "constant"}),
        "flow": (STD, {"definition": json.dumps(machine(Ask=ask))}),
        "queue": "sqs_standard",
    }
    for answer_s, expected in ((12.0, 12.0), (90.0, 60.0)):
        arrows: list[Arrow] = [
            ("users", "flow", "start_execution"),
            ("flow", "queue", "send_message_callback", {"answer_after_s": answer_s}),
        ]
        summary = run(nodes, arrows, duration_s=3_000.0, window_s=300.0)
        assert seconds(summary) == pytest.approx(expected, rel=0.04)
        assert bool(summary["nodes"]["flow"]["errors"]) == (answer_s > 60)


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
