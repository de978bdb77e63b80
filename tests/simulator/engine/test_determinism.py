"""The same seed gives the same bytes, however the run is sliced."""

from __future__ import annotations

import json

import pytest

from designer.domain.graph.model import Design
from designer.domain.graph.scenario import CircuitBreaker, Fault, FaultKind, Pattern, Scenario, Traffic
from simulator.engine import simulation as simulation_module
from simulator.engine.results import Window
from simulator.engine.simulation import Simulation
from tests.simulator.engine.designs import Arrow, Made, draw_design


@pytest.fixture
def pipeline() -> Design:
    return draw_design(
        {
            "users": ("client", {"rate_per_s": 200, "timeout_s": 0.2}),
            "api": "api_gateway_rest",
            "front": ("lambda", {"error_percent": 2, "reserved_concurrency": 30}),
            "queue": ("sqs_standard", {"visibility_timeout_s": 4}),
            "dead": "sqs_standard",
            "worker": ("lambda", {"error_percent": 5, "timeout_s": 2}),
            "table": "dynamodb",
        },
        [
            ("users", "api", "https"),
            ("api", "front", "proxy"),
            ("front", "queue", "send_message"),
            ("queue", "worker", "event_source_mapping", {"batch_window_s": 1}),
            ("queue", "dead", "redrive", {"max_receive_count": 2}),
            ("worker", "table", "api"),
        ],
    )


def output(design: Design, scenario: Scenario, wall_ms: float) -> str:
    simulation = Simulation(design, scenario)
    windows: list[Window] = []
    while not simulation.finished:
        windows += simulation.advance(wall_ms=wall_ms)
    return json.dumps([windows, simulation.summary()])


def test_slices_make_no_difference(pipeline: Design, monkeypatch: pytest.MonkeyPatch) -> None:
    scenario = Scenario(duration_s=40.0, window_s=2.5, seed=11)
    whole = output(pipeline, scenario, 10_000.0)
    monkeypatch.setattr(simulation_module, "_EVENTS_AT_ONCE", 97)
    assert output(pipeline, scenario, 0.0) == whole


def test_another_seed_gives_another_run(pipeline: Design) -> None:
    first = output(pipeline, Scenario(duration_s=10.0, seed=1), 10_000.0)
    assert output(pipeline, Scenario(duration_s=10.0, seed=2), 10_000.0) != first


def test_window_length_makes_no_difference_to_the_summary(pipeline: Design) -> None:
    def counts(window_s: float) -> list[object]:
        simulation = Simulation(pipeline, Scenario(duration_s=20.0, window_s=window_s, seed=4))
        while not simulation.finished:
            simulation.advance()
        summary = simulation.summary()
        return [(n["arrivals"], n["errors"], n["latency_ms"]["p99"]) for n in summary["nodes"].values()]

    assert counts(0.5) == counts(20.0)


def test_a_node_that_is_added_elsewhere_leaves_the_others_random_numbers_alone() -> None:
    nodes: Made = {"users": ("client", {"rate_per_s": 50}), "table": "dynamodb"}
    arrows: list[Arrow] = [("users", "table", "api")]
    extended = nodes | {"other-users": ("client", {"rate_per_s": 20}), "other": "dynamodb"}
    small = Simulation(draw_design(nodes, arrows), Scenario(duration_s=30.0))
    large = Simulation(draw_design(extended, [*arrows, ("other-users", "other", "api")]), Scenario(duration_s=30.0))
    for simulation in (small, large):
        while not simulation.finished:
            simulation.advance()
    assert small.summary()["nodes"]["table"] == large.summary()["nodes"]["table"]


def test_slices_make_no_difference_to_users_keys_faults_breakers_and_traces(
    pipeline: Design, monkeypatch: pytest.MonkeyPatch
) -> None:
    scenario = Scenario(
        traffic=(
            Traffic("users", Pattern.BURSTY, users=20, peak_users=300, burst_s=4, calm_s=4, keys=1000, zipf=0.9),
            Traffic("users", Pattern.DIURNAL, rate_per_s=20, peak_rate_per_s=200, period_s=60),
        ),
        faults=(
            Fault(FaultKind.ERRORS, "table", 5.3, 10.0, 20.0),
            Fault(FaultKind.QUOTA_CUT, "front", 10.1, 10.0, 60.0),
            Fault(FaultKind.POISON, "queue", 7.7, None, 2.0),
            Fault(FaultKind.COLD, "worker", 20.2),
        ),
        breakers=(CircuitBreaker("worker-table-api", failures=3, open_s=2.0),),
        duration_s=40.0,
        window_s=2.5,
        warm_up_s=4.0,
        seed=11,
    )
    whole = output(pipeline, scenario, 10_000.0)
    assert '"circuit_open"' in whole or '"dependency_error"' in whole
    monkeypatch.setattr(simulation_module, "_EVENTS_AT_ONCE", 97)
    assert output(pipeline, scenario, 0.0) == whole
