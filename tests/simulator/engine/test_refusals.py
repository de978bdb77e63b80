"""What is not run, and what is ended, with the reason."""

from __future__ import annotations

import pytest

from designer.domain.graph.model import Design
from designer.domain.graph.scenario import Pattern, Scenario, Traffic
from simulator.engine import machine
from simulator.engine.results import Window
from simulator.engine.simulation import Simulation, SimulationRefused, simulate
from tests.simulator.engine.designs import Made, Parameters, draw_design

FN = ("lambda", {"memory_mb": 1769})


def refused(design: Design, scenario: Scenario) -> str:
    with pytest.raises(SimulationRefused) as caught:
        Simulation(design, scenario)
    return str(caught.value)


def test_too_many_requests_are_refused_with_the_limit_and_what_would_do() -> None:
    design = draw_design({"users": ("client", {"rate_per_s": 100_000}), "fn": FN}, [("users", "fn", "invoke")])
    message = refused(design, Scenario(duration_s=2000.0))
    assert "100,000,000" in message
    assert "1,000 s" in message


def test_an_unknown_entry_is_named() -> None:
    message = refused(draw_design({"fn": FN}, []), Scenario(traffic=(Traffic("gone"),)))
    assert "'gone'" in message


def test_a_design_without_traffic_is_refused() -> None:
    design = draw_design({"users": ("client", {"rate_per_s": 0}), "fn": FN}, [("users", "fn", "invoke")])
    assert "Nothing sends requests" in refused(design, Scenario())


def test_an_empty_design_is_refused() -> None:
    assert "empty" in refused(Design("empty"), Scenario())


@pytest.mark.parametrize("rate", [float("nan"), -1.0, float("inf")])
def test_absurd_rates_are_refused_with_the_field(rate: float) -> None:
    design = draw_design({"users": ("client", {"rate_per_s": rate}), "fn": FN}, [("users", "fn", "invoke")])
    assert "rate_per_s" in refused(design, Scenario())


def test_a_schedule_that_cannot_be_read_is_named() -> None:
    rule = ("eventbridge_rule", {"kind": "schedule", "schedule_expression": "every morning"})
    message = refused(draw_design({"rule": rule, "fn": FN}, [("rule", "fn", "target")]), Scenario())
    assert "'rule'" in message
    assert "every morning" in message


def test_an_unstable_run_ends_at_the_bound_with_the_reason(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(machine, "MAXIMUM_IN_FLIGHT", 65_536)
    nodes: Made = {
        "users": ("client", {"rate_per_s": 4000, "timeout_s": 3600}),
        "fn": ("lambda", {"timeout_s": 900, "wait_ms": 800_000}),
    }
    design = draw_design(nodes, [("users", "fn", "invoke")])
    summary = simulate(design, Scenario(duration_s=3600.0, window_s=60.0, account_concurrency=1_000_000))
    assert summary["remarks"][0]["kind"] == "ended_early"
    assert summary["duration_s"] < 3600
    assert summary["nodes"]["fn"]["arrivals"] > 20_000


def test_memory_is_bounded_by_what_is_in_flight() -> None:
    design = draw_design({"users": ("client", {"rate_per_s": 2000}), "table": "dynamodb"}, [("users", "table", "api")])
    simulation = Simulation(design, Scenario(duration_s=300.0, window_s=100.0))
    while not simulation.finished:
        simulation.advance(wall_ms=1000)
    assert len(simulation._machine.state.frames) < 40_000


def test_traffic_of_the_scenario_replaces_that_of_the_clients() -> None:
    nodes: Made = {"users": ("client", {"rate_per_s": 100}), "api": "api_gateway_rest", "fn": FN}
    design = draw_design(nodes, [("users", "api", "https"), ("api", "fn", "proxy")])
    traffic = (Traffic("api", Pattern.CONSTANT, 10.0),)
    summary = simulate(design, Scenario(duration_s=60.0, window_s=10.0, traffic=traffic))
    assert summary["nodes"]["users"]["arrivals"] == 0
    assert summary["entry_points"]["api"]["requests"] == pytest.approx(600, abs=1)


def test_a_design_without_clients_gets_ten_requests_a_second_at_each_entry_point() -> None:
    design = draw_design({"api": "api_gateway_rest", "fn": FN}, [("api", "fn", "proxy")])
    summary = simulate(design, Scenario(duration_s=300.0))
    assert set(summary["entry_points"]) == {"api"}
    assert summary["entry_points"]["api"]["requests"] == pytest.approx(3000, rel=0.06)


def test_a_spike_has_its_own_rate_for_its_time() -> None:
    client: Parameters = {
        "pattern": "spike",
        "rate_per_s": 10,
        "peak_rate_per_s": 500,
        "spike_start_s": 20,
        "spike_duration_s": 10,
    }
    design = draw_design({"users": ("client", client), "table": "dynamodb"}, [("users", "table", "api")])
    windows: list[Window] = []
    simulate(design, Scenario(duration_s=60.0, window_s=10.0), windows.append)
    rates = [window["entry_points"]["users"]["requests"] / 10 for window in windows]
    assert rates[2] == pytest.approx(500, rel=0.05)
    assert max(rates[:2] + rates[3:]) < 20


def test_memory_does_not_grow_with_what_has_passed() -> None:
    design = draw_design(
        {"users": ("client", {"rate_per_s": 1000}), "fn": FN, "queue": "sqs_standard", "worker": FN},
        [("users", "fn", "invoke"), ("fn", "queue", "send_message"), ("queue", "worker", "event_source_mapping")],
    )
    simulation = Simulation(design, Scenario(duration_s=120.0, window_s=1.0))
    held = []
    for until_s in (40.0, 80.0, 120.0):
        while simulation.now_s < until_s:
            simulation.advance(until_s=until_s)
        held.append(sum(array.nbytes for array in simulation._machine.state))
    assert held[0] == held[1] == held[2]


@pytest.mark.parametrize("memory", [-128, 1e14, 1.5, "much"])
def test_an_absurd_setting_is_refused_by_name(memory: float | str) -> None:
    design = draw_design({"users": "client", "fn": ("lambda", {"memory_mb": memory})}, [("users", "fn", "invoke")])
    assert "fn: Memory (memory_mb)" in refused(design, Scenario())
