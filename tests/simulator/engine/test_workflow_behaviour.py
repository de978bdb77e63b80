"""Executions of state machines take the time that the definition says, worked out by hand.

A Lambda function of 100 ms without variation takes exactly that.
"""

from __future__ import annotations

import json

import pytest

from tests.simulator.engine.designs import Arrow, Made, Parameters, Run
from tests.simulator.engine.workflow_designs import (
    EXACT,
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
    full = [{"ErrorEquals": ["States.ALL"], "IntervalSeconds": 8, "MaxAttempts": 1, "JitterStrategy": "FULL"}]
    drawn = execute(run, machine(Work=call(Retry=full)), function=failing)
    assert 2 < seconds(drawn) < 6
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


@pytest.mark.parametrize(
    ("limits", "answer_s", "expected"),
    [({}, 12.0, 12.0), ({}, 90.0, 60.0), ({"HeartbeatSeconds": 20}, 30.0, 20.0)],
)
def test_a_callback_takes_as_long_as_the_answer(
    run: Run, limits: dict[str, int], answer_s: float, expected: float
) -> None:
    ask = {
        "Type": "Task",
        "Resource": "arn:aws:states:::sqs:sendMessage.waitForTaskToken",
        "Parameters": {"QueueUrl": "${queue}", "MessageBody": {"token.$": "$$.Task.Token"}},
        "TimeoutSeconds": 60,
        "End": True,
        **limits,
    }
    nodes: Made = {
        "users": ("client", {"rate_per_s": 0.1, "pattern": "constant"}),
        "flow": (STD, {"definition": json.dumps(machine(Ask=ask))}),
        "queue": "sqs_standard",
    }
    arrows: list[Arrow] = [
        ("users", "flow", "start_execution"),
        ("flow", "queue", "send_message_callback", {"answer_after_s": answer_s}),
    ]
    summary = run(nodes, arrows, duration_s=3_000.0, window_s=300.0)
    assert seconds(summary) == pytest.approx(expected, rel=0.04)
    assert bool(summary["nodes"]["flow"]["errors"]) == (answer_s > expected)
