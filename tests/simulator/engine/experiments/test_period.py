"""Long periods from samples: against an exact run of the same period, and within seconds for a month."""

from __future__ import annotations

from dataclasses import replace

import pytest

from designer.domain.graph.model import Design
from designer.domain.graph.scenario import Fault, FaultKind, Pattern, Scenario, Traffic
from simulator.engine.experiments import horizon
from simulator.engine.experiments.horizon import half_samples, sliced_scenario, slices_of
from simulator.engine.experiments.points import Point
from simulator.engine.experiments.question import Question
from simulator.engine.simulation import simulate
from tests.simulator.engine.designs import draw_design
from tests.simulator.engine.experiments.asking import ask

PERIOD = Question("period", replications=1)


def shop(**function: float) -> Design:
    settings = {"cpu_ms": 20, "wait_ms": 60, "memory_mb": 1769, **function}
    return draw_design(
        {"users": ("client", {"rate_per_s": 1}), "work": ("lambda", settings), "table": "dynamodb"},
        [("users", "work", "invoke"), ("work", "table", "api")],
    )


def diurnal(duration_s: float, low: float, high: float, period_s: float) -> Scenario:
    traffic = Traffic("users", Pattern.DIURNAL, rate_per_s=low, peak_rate_per_s=high, period_s=period_s)
    return Scenario(traffic=(traffic,), duration_s=duration_s, window_s=60.0, seed=3)


def estimated(design: Design, scenario: Scenario) -> Point:
    (point,) = ask([design], scenario, PERIOD)["points"]
    return point


@pytest.mark.parametrize("seed", range(1, 4))
def test_an_exact_run_of_the_period_agrees_within_the_stated_error(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Six periods of two hours with 5 to 40 requests/s, less than half of it simulated; the error is a 95 % one."""
    monkeypatch.setattr(horizon, "BUDGET_REQUESTS", 60_000.0)
    monkeypatch.setattr(horizon, "WARM_UP_REQUESTS", 2_000.0)
    scenario = replace(diurnal(43_200.0, 5.0, 40.0, 7_200.0), seed=seed)
    point = estimated(shop(), scenario)
    exact = simulate(shop(), scenario)
    users = point["entry_points"]["users"]
    real = exact["entry_points"]["users"]
    assert point["events"] < exact["events"] / 2
    assert users["requests"] == pytest.approx(real["requests"], rel=0.02)
    for metric in ("mean", "p50"):
        low, high = users["caller"][metric]["low"], users["caller"][metric]["high"]
        assert low is not None
        assert high is not None
        slack = 0.02 * real["caller_latency_ms"][metric]
        assert low - slack <= real["caller_latency_ms"][metric] <= high + slack
    cost = point["cost_usd"]
    assert cost is not None
    assert cost["low"] is not None
    assert cost["high"] is not None
    assert cost["low"] * 0.99 <= exact["cost"]["total_usd"] <= cost["high"] * 1.01


def test_a_month_at_a_thousand_requests_per_second_is_a_few_million_events() -> None:
    scenario = diurnal(30 * 86_400.0, 400.0, 1_600.0, 86_400.0)
    point = estimated(shop(), scenario)
    users = point["entry_points"]["users"]
    assert users["requests"] == pytest.approx(30 * 86_400 * 1_000, rel=0.02)
    assert point["events"] < 40_000_000
    assert point["seconds"] == pytest.approx(30 * 86_400)
    monthly = point["monthly_usd"]
    assert monthly is not None
    hand = users["requests"] * (730 / 720) / 1e6 * 0.20
    assert monthly["mean"] > hand


def test_slices_are_the_same_for_the_same_seed_and_stand_for_the_whole_period() -> None:
    scenario = diurnal(86_400.0, 1.0, 100.0, 86_400.0)
    slices = slices_of(shop(), scenario)
    assert slices == slices_of(shop(), scenario)
    assert slices != slices_of(shop(), replace(scenario, seed=4))
    assert sum(part.weight * part.length_s for part in slices) == pytest.approx(86_400.0)
    assert all(part.begin_s >= part.warm_up_s >= 0 for part in slices)


def test_busy_hours_are_sampled_more_densely_than_quiet_ones() -> None:
    slices = slices_of(shop(), diurnal(86_400.0, 0.0, 100.0, 86_400.0))
    assert slices[0].weight > 2 * slices[-1].weight


def test_half_samples_take_one_slice_of_each_stratum_and_the_other_in_turn() -> None:
    slices = slices_of(shop(), diurnal(86_400.0, 1.0, 100.0, 86_400.0))
    halves = half_samples(slices, seed=1)
    for row in halves:
        assert (row > 0).sum() == len(slices) / 2
        assert row.sum() == pytest.approx(sum(part.weight for part in slices))
    assert ((halves[0] > 0) != (halves[1] > 0)).all()


def test_a_rule_on_a_schedule_fires_as_often_in_the_samples_as_in_the_period() -> None:
    design = draw_design(
        {
            "clock": ("eventbridge_rule", {"kind": "schedule", "schedule_expression": "rate(1 minute)"}),
            "work": ("lambda", {"cpu_ms": 5, "wait_ms": 5, "memory_mb": 1769}),
        },
        [("clock", "work", "target")],
    )
    point = estimated(design, Scenario(duration_s=7 * 86_400.0, window_s=3_600.0, seed=2))
    assert point["nodes"]["work"]["arrivals"] == pytest.approx(7 * 24 * 60, rel=0.35)


def test_faults_move_with_the_slice() -> None:
    fault = Fault(FaultKind.DOWN, "table", start_s=40_000.0, duration_s=20_000.0)
    scenario = replace(diurnal(86_400.0, 1.0, 100.0, 86_400.0), faults=(fault,))
    for part in slices_of(shop(), scenario):
        moved = sliced_scenario(shop(), scenario, part).faults
        overlaps = part.begin_s - part.warm_up_s < 60_000.0 and part.begin_s + part.length_s > 40_000.0
        assert bool(moved) == overlaps


def test_a_share_of_errors_is_found_in_the_samples_too() -> None:
    point = estimated(shop(reserved_concurrency=1, wait_ms=2000), diurnal(86_400.0, 50.0, 100.0, 86_400.0))
    assert point["entry_points"]["users"]["error_share"]["mean"] > 0.9


def queued(capacity: int) -> Design:
    settings = {"cpu_ms": 0, "wait_ms": 1000, "memory_mb": 1769, "timeout_s": 10}
    return draw_design(
        {
            "users": ("client", {"rate_per_s": 1}),
            "api": "api_gateway_rest",
            "queue": "sqs_standard",
            "work": ("lambda", settings),
        },
        [
            ("users", "api", "https"),
            ("api", "queue", "send_message"),
            ("queue", "work", "event_source_mapping", {"batch_size": 1, "maximum_concurrency": capacity}),
        ],
    )


@pytest.mark.parametrize(
    ("capacity", "least", "most"),
    [(5, 0.99, 1.0), (25, 0.2, 0.7), (60, 0.0, 0.0)],
    ids=["always behind", "behind by day", "keeps up"],
)
def test_a_backlog_that_grows_is_called_unstable_and_not_extrapolated(
    capacity: int, least: float, most: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    """10 to 40 requests/s by a cosine, of 1 s each: what is above the capacity piles up for that share of the day."""
    monkeypatch.setattr(horizon, "BUDGET_REQUESTS", 60_000.0)
    point = estimated(queued(capacity), diurnal(30 * 86_400.0, 10.0, 40.0, 86_400.0))
    share = sum(found["share"] for found in point["behind"] if found["node"] == "queue")
    assert least <= share <= most
    if capacity == 5:
        assert point["behind"][0]["per_s"] == pytest.approx(20.0, rel=0.1)
        assert point["behind"][0]["total"] == pytest.approx(20.0 * 30 * 86_400, rel=0.1)
