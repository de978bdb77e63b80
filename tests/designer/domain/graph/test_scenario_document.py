"""Scenarios as JSON: what is read comes out again, and what is wrong is named."""

from __future__ import annotations

import math
from typing import Any

import jsonschema
import pytest

from designer.domain.graph.scenario import FaultKind, Pattern
from designer.domain.graph.scenario_document import ScenarioError, scenario_from_json, scenario_to_json
from designer.domain.graph.schema import scenario_schema
from designer.domain.graph.trace import TraceError, read_trace

FULL: dict[str, Any] = {
    "version": 1,
    "id": "bad day",
    "name": "Bad day",
    "duration_s": 86_400.0,
    "window_s": 300.0,
    "seed": 3,
    "account_concurrency": 500,
    "warm_up_s": 600.0,
    "traffic": [
        {"entry": "a", "pattern": "step", "rate_per_s": 5.0, "steps": [{"from_s": 60.0, "value": 9.0}]},
        {"entry": "a", "pattern": "diurnal", "rate_per_s": 5.0, "peak_rate_per_s": 50.0, "peak_at_s": 36_000.0},
        {"entry": "b", "pattern": "bursty", "rate_per_s": 1.0, "peak_rate_per_s": 9.0, "burst_s": 5.0, "calm_s": 60.0},
        {"entry": "b", "pattern": "schedule", "rate_per_s": 10.0, "schedule": "rate(5 minutes)", "requests": 40},
        {"entry": "c", "pattern": "trace", "rate_per_s": 10.0, "trace": "time,rate\n0,1\n60,5\n"},
        {"entry": "c", "pattern": "ramp", "rate_per_s": 10.0, "users": 5.0, "peak_users": 50.0, "think_time_s": 2.0},
        {"entry": "d", "pattern": "poisson", "rate_per_s": 1.0, "mix": {"d-e": 2.0}, "keys": 1000, "zipf": 0.9},
    ],
    "faults": [
        {"kind": "errors", "node": "a", "start_s": 60.0, "duration_s": 60.0, "amount": 20.0},
        {"kind": "cold", "node": "a", "start_s": 90.0},
    ],
    "breakers": [{"edge": "d-e", "failures": 3, "open_s": 10.0}],
}


def test_a_full_scenario_comes_out_as_it_went_in() -> None:
    jsonschema.validate(FULL, scenario_schema())
    assert scenario_to_json(scenario_from_json(FULL)) == FULL


TRAFFIC: dict[str, Any] = {"entry": "a"}


@pytest.mark.parametrize(
    ("scenario", "field"),
    [
        ({"duration_s": math.nan}, "duration_s"),
        ({"duration_s": 2_592_001}, "duration_s"),
        ({"warm_up_s": 300}, "warm_up_s"),
        ({"traffic": [TRAFFIC | {"rate_per_s": -1}]}, "traffic[0].rate_per_s"),
        ({"traffic": [TRAFFIC, TRAFFIC | {"rate_per_s": math.inf}]}, "traffic[1].rate_per_s"),
        ({"traffic": [TRAFFIC | {"pattern": "wild"}]}, "traffic[0].pattern"),
        ({"traffic": [TRAFFIC | {"pattern": "diurnal"}]}, "traffic[0].peak_rate_per_s"),
        ({"traffic": [TRAFFIC | {"pattern": "spike", "users": 5}]}, "traffic[0].peak_users"),
        ({"traffic": [TRAFFIC | {"pattern": "step"}]}, "traffic[0].steps"),
        ({"traffic": [TRAFFIC | {"pattern": "trace"}]}, "traffic[0].trace"),
        ({"traffic": [TRAFFIC | {"pattern": "schedule", "schedule": "rate(1 day)", "users": 1}]}, "traffic[0].users"),
        (
            {"traffic": [TRAFFIC | {"steps": [{"from_s": 5, "value": 1}, {"from_s": 5, "value": 2}]}]},
            "traffic[0].steps[1].from_s",
        ),
        ({"traffic": [TRAFFIC | {"steps": [{"from_s": 5, "value": math.nan}]}]}, "traffic[0].steps[0].value"),
        ({"traffic": [TRAFFIC | {"mix": {"e": -1}}]}, "traffic[0].mix.e"),
        ({"traffic": [TRAFFIC | {"keys": 0}]}, "traffic[0].keys"),
        ({"traffic": [TRAFFIC | {"zipf": math.nan}]}, "traffic[0].zipf"),
        ({"traffic": [TRAFFIC | {"think_time_s": True}]}, "traffic[0].think_time_s"),
        ({"faults": [{"node": "a"}]}, "faults[0].kind"),
        ({"faults": [{"kind": "errors"}]}, "faults[0].node"),
        ({"faults": [{"kind": "errors", "node": "a", "amount": 101}]}, "faults[0].amount"),
        ({"faults": [{"kind": "down", "node": "a", "start_s": -1}]}, "faults[0].start_s"),
        ({"faults": {}}, "faults"),
        ({"breakers": [{"edge": "e", "failures": 0}]}, "breakers[0].failures"),
        ({"breakers": [{"edge": "e", "open_s": math.inf}]}, "breakers[0].open_s"),
    ],
)
def test_what_is_wrong_is_named_with_its_field(scenario: dict[str, Any], field: str) -> None:
    with pytest.raises(ScenarioError) as caught:
        scenario_from_json(scenario)
    assert caught.value.path == field


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "line 1"),
        ("second,rate\n0,1\n1,1\n", "line 1"),
        ("time,rate\n0,1\nx,2\n", "line 3: 'x' is not a number"),
        ("time,rate\n0,1\n\n5\n", "line 4: has 1 fields"),
        ("time,count\n0,1\n5,nan\n", "line 3"),
        ("time,count\n0,1\n5,-2\n", "line 3"),
        ("time,count\n5,1\n5,2\n", "line 3: the time 5 does not come after 5"),
        ("time,rate\n0,1\n", "two lines"),
        ("time,rate\n" + "0,1\n" * 100_001, "100,000"),
    ],
)
def test_a_malformed_trace_names_the_line(text: str, words: str) -> None:
    with pytest.raises(TraceError, match=words):
        read_trace(text)


def test_counts_of_a_trace_are_spread_until_the_next_line() -> None:
    assert read_trace("time,count\n0,10\n5,20\n").rates() == ((0.0, 5.0, 2.0), (5.0, 10.0, 4.0))


@pytest.mark.parametrize("kind", FaultKind)
def test_every_fault_has_a_usual_amount(kind: FaultKind) -> None:
    data = {"faults": [{"kind": kind.value, "node": "a"}]}
    jsonschema.validate(data, scenario_schema())
    again = scenario_to_json(scenario_from_json(data))
    assert scenario_to_json(scenario_from_json(again)) == again


def test_the_schema_asks_for_what_each_pattern_needs() -> None:
    for pattern in Pattern:
        data = {"traffic": [{"entry": "a", "pattern": pattern.value}]}
        try:
            scenario_from_json(data)
            readable = True
        except ScenarioError:
            readable = False
        assert jsonschema.Draft202012Validator(scenario_schema()).is_valid(data) == readable, pattern
