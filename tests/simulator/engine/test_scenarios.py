"""Traffic patterns, mixes, keys, users and warm-up in whole runs."""

from __future__ import annotations

import math

import numpy as np
import pytest

from designer.domain.graph.model import Design
from designer.domain.graph.scenario import CircuitBreaker, Fault, FaultKind, Pattern, Scenario, Traffic
from simulator.engine.lowering.profiles import MOST_PIECES, profile
from simulator.engine.results import Window
from simulator.engine.simulation import Simulation, SimulationRefused, simulate
from tests.simulator.engine.designs import Made, draw_design

FN = ("lambda", {"memory_mb": 1769, "wait_ms": 0, "cpu_ms": 10})


@pytest.fixture
def design() -> Design:
    nodes: Made = {"users": "client", "api": "api_gateway_http", "fn": FN, "table": "dynamodb"}
    arrows = [("users", "api", "https"), ("users", "table", "api"), ("api", "fn", "proxy")]
    return draw_design(nodes, arrows)


def arrivals(design: Design, traffic: Traffic, duration_s: float, window_s: float = 10.0, seed: int = 1) -> list[int]:
    """Requests at the entry by window."""
    windows: list[Window] = []
    scenario = Scenario(traffic=(traffic,), duration_s=duration_s, window_s=window_s, seed=seed)
    simulate(design, scenario, windows.append)
    return [window["entry_points"][traffic.entry]["requests"] for window in windows]


def test_steps_change_the_rate_at_their_seconds(design: Design) -> None:
    traffic = Traffic("users", Pattern.STEP, rate_per_s=10, steps=((20.0, 100.0), (40.0, 0.0)))
    found = arrivals(design, traffic, 60.0)
    assert found[4:] == [0, 0]
    assert sum(found[:2]) == pytest.approx(200, abs=60)
    assert sum(found[2:4]) == pytest.approx(2000, abs=180)


def test_a_day_has_its_peak_where_it_was_put(design: Design) -> None:
    traffic = Traffic("users", Pattern.DIURNAL, rate_per_s=10, peak_rate_per_s=90, period_s=240.0, peak_at_s=60.0)
    found = arrivals(design, traffic, 480.0, 20.0)
    expected = [20 * (10 + 40 * (1 + math.cos(2 * math.pi * (20 * window + 10 - 60) / 240.0))) for window in range(24)]
    assert sum(found) == pytest.approx(480 * 50, rel=0.03)
    assert np.corrcoef(found, expected)[0, 1] > 0.98


def test_bursts_come_and_go_at_their_mean_lengths() -> None:
    traffic = Traffic("x", Pattern.BURSTY, rate_per_s=1, peak_rate_per_s=50, burst_s=20.0, calm_s=80.0)
    pieces = profile(traffic, 1_000_000.0, seed=4)
    lengths = {rate: [end - start for start, end, level, _ in pieces if level == rate] for rate in (1, 50)}
    assert np.mean(lengths[50]) == pytest.approx(20.0, rel=0.05)
    assert np.mean(lengths[1]) == pytest.approx(80.0, rel=0.05)
    assert pieces == profile(traffic, 1_000_000.0, seed=4)
    assert pieces != profile(traffic, 1_000_000.0, seed=5)


def test_bursty_traffic_is_more_variable_than_poisson_of_the_same_mean(design: Design) -> None:
    bursty = arrivals(
        design, Traffic("users", Pattern.BURSTY, rate_per_s=5, peak_rate_per_s=95, burst_s=10, calm_s=10), 2000.0
    )
    poisson = arrivals(design, Traffic("users", Pattern.POISSON, rate_per_s=float(np.mean(bursty)) / 10.0), 2000.0)
    assert np.var(bursty) > 10 * np.var(poisson)


def test_a_schedule_sends_so_many_requests_whenever_it_fires(design: Design) -> None:
    traffic = Traffic("users", Pattern.SCHEDULE, schedule="rate(1 minute)", requests=7)
    assert arrivals(design, traffic, 240.0, 50.0) == [7, 7, 7, 7, 0]


def test_a_trace_of_counts_is_replayed(design: Design) -> None:
    trace = "time,count\n0,100\n10,0\n20,300\n30,50\n"
    found = arrivals(design, Traffic("users", Pattern.TRACE, trace=trace), 60.0)
    assert found[1] == 0
    assert found[4:] == [0, 0]
    assert found[2] == pytest.approx(300, abs=60)


def test_a_trace_of_rates_holds_each_until_the_next(design: Design) -> None:
    trace = "time,rate\n0,20\n30,200\n"
    found = arrivals(design, Traffic("users", Pattern.TRACE, trace=trace), 60.0, 30.0)
    assert found[0] == pytest.approx(600, abs=90)
    assert found[1] == pytest.approx(6000, abs=280)


def test_the_mix_of_the_scenario_replaces_the_weights_of_the_edges(design: Design) -> None:
    mix = (("users-api-https", 1.0), ("users-table-api", 3.0))
    summary = simulate(design, Scenario(traffic=(Traffic("users", rate_per_s=200, mix=mix),), duration_s=60.0))
    share = summary["nodes"]["table"]["arrivals"] / summary["nodes"]["users"]["arrivals"]
    assert share == pytest.approx(0.75, abs=0.02)


def test_a_mix_that_names_a_foreign_edge_is_refused(design: Design) -> None:
    scenario = Scenario(traffic=(Traffic("users", mix=(("api-fn-proxy", 1.0),)),))
    with pytest.raises(SimulationRefused, match="api-fn-proxy"):
        Simulation(design, scenario)


def test_users_send_the_next_request_only_after_the_answer(design: Design) -> None:
    traffic = Traffic("users", users=50, think_time_s=1.0)
    summary = simulate(design, Scenario(traffic=(traffic,), duration_s=600.0))
    entry = summary["entry_points"]["users"]
    cycle_s = 1.0 + entry["caller_latency_ms"]["mean"] / 1000.0
    assert entry["requests"] == pytest.approx(50 * 600.0 / cycle_s, rel=0.02)


def test_users_come_and_go_with_the_profile(design: Design) -> None:
    traffic = Traffic("users", Pattern.SPIKE, users=5, peak_users=100, spike_start_s=100, spike_duration_s=100)
    found = arrivals(design, traffic, 300.0, 100.0)
    assert found[1] > 10 * found[0]
    assert found[2] < 2.5 * found[0]


def test_the_warm_up_is_left_out_of_the_summary(design: Design) -> None:
    traffic = (Traffic("users", Pattern.CONSTANT, rate_per_s=100),)
    summary = simulate(design, Scenario(traffic=traffic, duration_s=60.0, window_s=10.0, warm_up_s=25.0))
    assert summary["entry_points"]["users"]["requests"] == pytest.approx(3500, abs=1)
    assert summary["warm_up_s"] == 25.0
    assert summary["nodes"]["fn"]["cold_starts"] <= 2, "the first environments started before"
    cold = simulate(design, Scenario(traffic=traffic, duration_s=60.0, window_s=10.0))
    assert cold["nodes"]["fn"]["cold_starts"] > 2


def test_windows_go_on_through_the_warm_up(design: Design) -> None:
    windows: list[Window] = []
    simulate(design, Scenario(duration_s=60.0, window_s=10.0, warm_up_s=25.0), windows.append)
    assert [window["end_s"] for window in windows] == [10, 20, 25, 30, 40, 50, 60]
    assert [window["index"] for window in windows] == list(range(7))


def test_the_load_factor_multiplies_all_traffic(design: Design) -> None:
    scenario = Scenario(traffic=(Traffic("users", Pattern.CONSTANT, rate_per_s=10),), duration_s=60.0)
    simulation = Simulation(design, scenario, load_factor=3.0)
    while not simulation.finished:
        simulation.advance()
    assert simulation.summary()["entry_points"]["users"]["requests"] == pytest.approx(1800, abs=1)


@pytest.mark.parametrize("factor", [math.nan, -1.0, math.inf])
def test_absurd_load_factors_are_refused(design: Design, factor: float) -> None:
    with pytest.raises(SimulationRefused, match="load factor"):
        Simulation(design, Scenario(), load_factor=factor)


def test_thirty_days_of_little_traffic_run_through(design: Design) -> None:
    traffic = Traffic("users", Pattern.SCHEDULE, schedule="cron(0 12 * * ? *)")
    assert sum(arrivals(design, traffic, 2_592_000.0, 3600.0)) == 30


def test_traffic_that_changes_too_often_is_refused(design: Design) -> None:
    traffic = Traffic("users", Pattern.BURSTY, peak_rate_per_s=20, burst_s=0.1, calm_s=0.1)
    with pytest.raises(SimulationRefused, match=f"{MOST_PIECES:,}"):
        Simulation(design, Scenario(traffic=(traffic,), duration_s=2_592_000.0))


def test_a_circuit_breaker_spares_a_failing_service(design: Design) -> None:
    down = Fault(FaultKind.DOWN, "table")
    traffic = (Traffic("users", Pattern.CONSTANT, rate_per_s=100, mix=(("users-api-https", 0.0),)),)
    breakers = (CircuitBreaker("users-table-api", failures=5, open_s=10.0),)
    plain = simulate(design, Scenario(traffic=traffic, duration_s=60.0, faults=(down,)))
    guarded = simulate(design, Scenario(traffic=traffic, duration_s=60.0, faults=(down,), breakers=breakers))
    assert plain["nodes"]["table"]["errors"] == {"dependency_down": plain["nodes"]["table"]["arrivals"]}
    assert guarded["nodes"]["table"]["arrivals"] < 20
    assert guarded["entry_points"]["users"]["errors"]["circuit_open"] > 5900


def test_a_circuit_breaker_on_a_connection_without_own_calls_is_refused(design: Design) -> None:
    scenario = Scenario(breakers=(CircuitBreaker("api-fn-proxy"),))
    with pytest.raises(SimulationRefused, match="api-fn-proxy"):
        Simulation(design, scenario)
