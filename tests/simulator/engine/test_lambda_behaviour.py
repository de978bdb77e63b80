"""A function in a run: limits, cold starts, time-outs, retries, destinations."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from designer.domain.catalog.lambda_init import init_duration
from designer.domain.catalog.spec import Value
from designer.domain.graph.scenario import Traffic
from simulator.engine.results import Summary
from tests.simulator.engine.designs import Arrow, Made, Nodes, Parameters, Run

STEADY: Parameters = {"pattern": "constant", "rate_per_s": 10}
EXACT: Parameters = {"duration_variation": 0, "memory_mb": 1769}


def single(run: Run, function: Parameters, client: Parameters | None = None, **scenario: float) -> Summary:
    nodes: Made = {"users": ("client", {**STEADY, **(client or {})}), "fn": ("lambda", {**EXACT, **function})}
    return run(nodes, [("users", "fn", "invoke")], **scenario)


@pytest.mark.point("LAM-02")
def test_memory_scales_the_cpu_share_of_the_duration_and_not_the_waiting(run: Run) -> None:
    def p50(memory_mb: int) -> float:
        summary = single(run, {"cpu_ms": 100, "wait_ms": 50, "memory_mb": memory_mb, "timeout_s": 30})
        return summary["nodes"]["fn"]["latency_ms"]["p50"]

    assert p50(1769) == pytest.approx(150, rel=0.02)
    assert p50(3538) == pytest.approx(150, rel=0.02)
    assert p50(442) == pytest.approx(50 + 100 * 1769 / 442, rel=0.02)


@pytest.mark.point("LAM-03")
def test_duration_is_billed_by_the_millisecond_with_the_initialisation(run: Run) -> None:
    summary = single(run, {"cpu_ms": 0, "wait_ms": 20.5, "init_ms": 300, "memory_mb": 1024}, duration_s=60.0)
    lines = {line["item"]: line for line in summary["cost"]["lines"]}
    done, cold = summary["nodes"]["fn"]["completions"], summary["nodes"]["fn"]["cold_starts"]
    assert cold >= 1
    assert lines["Duration, x86"]["quantity"] == pytest.approx((done * 21 + cold * 300) / 1000, abs=1e-3 * cold)
    assert lines["Requests"]["quantity"] == pytest.approx(done / 1e6)


@pytest.mark.point("LAM-03")
def test_a_time_out_is_billed_in_full_and_the_next_call_is_cold(run: Run) -> None:
    function = {"wait_ms": 5000, "timeout_s": 1, "init_ms": 100, "memory_mb": 1024}
    summary = single(run, function, {"rate_per_s": 0.5}, duration_s=100.0)
    fn = summary["nodes"]["fn"]
    assert fn["errors"] == {"function_timeout": pytest.approx(50, abs=1)}
    assert fn["cold_starts"] == fn["arrivals"]
    lines = {line["item"]: line["quantity"] for line in summary["cost"]["lines"]}
    assert lines["Duration, x86"] == pytest.approx(fn["errors"]["function_timeout"] * 1.1, rel=1e-6)


@pytest.mark.point("LAM-15")
def test_the_caller_waits_for_a_synchronous_call_and_gets_its_failure(run: Run) -> None:
    summary = single(run, {"cpu_ms": 0, "wait_ms": 200, "error_percent": 30}, {"rate_per_s": 100})
    entry = summary["entry_points"]["users"]
    assert entry["caller_latency_ms"]["p50"] == pytest.approx(200 + 8, rel=0.05)
    assert entry["errors"]["function_error"] / entry["requests"] == pytest.approx(0.3, abs=0.03)
    assert summary["nodes"]["fn"]["retries"] == 0
    assert summary["edges"]["users-fn-invoke"]["errors"] == entry["errors"]["function_error"]


def test_calls_to_other_services_make_the_function_take_longer_and_keep_its_environment_busy(run: Run) -> None:
    nodes: Made = {
        "users": ("client", STEADY),
        "outer": ("lambda", {**EXACT, "cpu_ms": 0, "wait_ms": 100}),
        "inner": ("lambda", {**EXACT, "cpu_ms": 0, "wait_ms": 300}),
    }
    arrows: list[Arrow] = [("users", "outer", "invoke"), ("outer", "inner", "invoke", {"calls_per_request": 2})]
    summary = run(nodes, arrows)
    assert summary["nodes"]["outer"]["latency_ms"]["p50"] == pytest.approx(100 + 2 * (300 + 8), rel=0.04)
    assert summary["nodes"]["outer"]["concurrency"] == pytest.approx(10 * 0.716, rel=0.1)
    assert summary["edges"]["outer-inner-invoke"]["calls"] == pytest.approx(
        2 * summary["nodes"]["outer"]["completions"], abs=20
    )


def test_a_dependency_that_fails_fails_the_function(run: Run) -> None:
    nodes: Made = {
        "users": ("client", STEADY),
        "outer": ("lambda", EXACT),
        "inner": ("lambda", {**EXACT, "error_percent": 100}),
    }
    summary = run(nodes, [("users", "outer", "invoke"), ("outer", "inner", "invoke")])
    assert set(summary["nodes"]["outer"]["errors"]) == {"dependency_error"}


def test_a_function_that_waits_for_another_too_long_times_out_and_the_other_goes_on(run: Run) -> None:
    nodes: Made = {
        "users": ("client", {**STEADY, "rate_per_s": 2}),
        "outer": ("lambda", {**EXACT, "timeout_s": 1}),
        "inner": ("lambda", {**EXACT, "cpu_ms": 0, "wait_ms": 4000, "timeout_s": 10}),
    }
    summary = run(nodes, [("users", "outer", "invoke"), ("outer", "inner", "invoke")])
    assert set(summary["nodes"]["outer"]["errors"]) == {"function_timeout"}
    assert summary["nodes"]["inner"]["completions"] > 90
    assert summary["entry_points"]["users"]["journey_ms"]["p50"] > 4000
    assert (
        summary["entry_points"]["users"]["caller_latency_ms"]["count"]
        == summary["edges"]["users-outer-invoke"]["errors"]
    )


def test_reserved_concurrency_throttles_as_erlang_b_says(run: Run) -> None:
    function = {"cpu_ms": 0, "wait_ms": 1000, "duration_variation": 1, "reserved_concurrency": 10, "init_ms": 0}
    function["timeout_s"] = 900
    summary = single(run, function, {"pattern": "poisson", "rate_per_s": 9}, duration_s=20_000.0, window_s=1000.0)
    blocking = 1.0
    for servers in range(1, 11):
        blocking = 9 * blocking / (servers + 9 * blocking)
    fn = summary["nodes"]["fn"]
    assert fn["errors"]["throttled"] / fn["arrivals"] == pytest.approx(blocking, rel=0.08)
    assert fn["concurrency_max"] == 10
    [remark] = [r["text"] for r in summary["remarks"] if r["kind"] == "bottleneck"]
    assert "reserved concurrency 10" in remark


def test_functions_without_a_reservation_share_the_accounts_concurrency(run: Run) -> None:
    slow = {**EXACT, "cpu_ms": 0, "wait_ms": 2500, "init_ms": 0}
    nodes: Made = {
        "users": ("client", {"rate_per_s": 60, "pattern": "constant"}),
        "a": ("lambda", slow),
        "b": ("lambda", slow),
        "reserved": ("lambda", slow | {"reserved_concurrency": 20}),
    }
    arrows: list[Arrow] = [("users", name, "invoke") for name in ("a", "b", "reserved")]
    summary = run(nodes, arrows, account_concurrency=100)
    shared = summary["nodes"]["a"]["concurrency"] + summary["nodes"]["b"]["concurrency"]
    assert shared == pytest.approx(80, rel=0.05)
    assert summary["nodes"]["reserved"]["concurrency_max"] == 20


def test_a_reservation_of_zero_refuses_every_call(run: Run) -> None:
    fn = single(run, {"reserved_concurrency": 0})["nodes"]["fn"]
    assert fn["errors"] == {"throttled": fn["arrivals"]}
    assert fn["utilisation"] is None


def test_new_environments_come_at_a_thousand_in_ten_seconds(run: Run) -> None:
    function = {"cpu_ms": 0, "wait_ms": 100_000, "timeout_s": 900, "init_ms": 0}
    summary = single(
        run,
        function,
        {"rate_per_s": 1000, "timeout_s": 3600},
        duration_s=10.0,
        window_s=1.0,
        account_concurrency=100_000,
    )
    fn = summary["nodes"]["fn"]
    assert fn["cold_starts"] == pytest.approx(1000 + 100 * 10, rel=0.01)
    assert fn["throttles"] == pytest.approx(fn["arrivals"] - fn["cold_starts"], abs=1)


def test_provisioned_environments_are_warm_and_the_rest_starts_cold(run: Run) -> None:
    function = {"cpu_ms": 0, "wait_ms": 1000, "provisioned_concurrency": 8, "init_ms": 100, "memory_mb": 1024}
    summary = single(run, function, {"rate_per_s": 10}, duration_s=60.0)
    fn = summary["nodes"]["fn"]
    assert 1 <= fn["cold_starts"] <= 6
    lines = {line["item"]: line["quantity"] for line in summary["cost"]["lines"]}
    assert lines["Provisioned concurrency, x86"] == pytest.approx(8 * 60)
    assert lines["Duration on provisioned concurrency, x86"] == pytest.approx(8 * 60, rel=0.1)
    assert lines["Duration, x86"] < 0.4 * lines["Duration on provisioned concurrency, x86"]


def test_an_idle_environment_expires(run: Run) -> None:
    function = {"cpu_ms": 0, "wait_ms": 10, "idle_expiry_s": 30}
    often = single(run, function, {"rate_per_s": 0.05}, duration_s=3000.0, window_s=100.0)["nodes"]["fn"]
    rarely = single(run, function, {"rate_per_s": 0.01}, duration_s=3000.0, window_s=100.0)["nodes"]["fn"]
    assert often["cold_starts"] == 1
    assert rarely["cold_starts"] == rarely["arrivals"]


def events(
    run: Run, function: Parameters, extra: Nodes | None = None, arrows: Sequence[Arrow] = (), **scenario: Any
) -> Summary:
    nodes: Made = {"users": ("client", STEADY), "fn": ("lambda", {**EXACT, **function}), **(extra or {})}
    return run(nodes, [("users", "fn", "invoke_event"), *arrows], **scenario)


@pytest.mark.point("LAM-16")
def test_a_failing_event_is_tried_three_times_after_one_and_two_minutes_and_then_dead_lettered(run: Run) -> None:
    summary = events(
        run,
        {"error_percent": 100},
        {"dead": "sqs_standard", "failed": "sns_standard"},
        [("fn", "dead", "dead_letter"), ("fn", "failed", "on_failure")],
        traffic=(),
        duration_s=400.0,
    )
    fn = summary["nodes"]["fn"]
    assert fn["lost"]["retries_exhausted"] == pytest.approx(10 * (400 - 180), abs=20)
    assert summary["nodes"]["dead"]["arrivals"] == fn["lost"]["retries_exhausted"]
    assert summary["nodes"]["failed"]["arrivals"] == fn["lost"]["retries_exhausted"]
    assert fn["retries"] == pytest.approx(10 * (400 + 340), rel=0.02)
    journey = summary["entry_points"]["users"]["journey_ms"]
    assert journey["p50"] == pytest.approx(180_000, rel=0.02)
    assert summary["entry_points"]["users"]["caller_latency_ms"]["p50"] < 50


@pytest.mark.point("LAM-16")
def test_an_event_without_retries_and_destination_is_dropped_and_told(run: Run) -> None:
    summary = events(run, {"error_percent": 100, "async_retries": 0})
    assert summary["nodes"]["fn"]["retries"] == 0
    assert summary["nodes"]["fn"]["lost"]["retries_exhausted"] == pytest.approx(600, abs=10)
    assert any(remark["kind"] == "loss" for remark in summary["remarks"])


@pytest.mark.point("LAM-16")
def test_a_throttled_event_backs_off_until_its_age_and_does_not_use_up_retries(run: Run) -> None:
    summary = events(run, {"reserved_concurrency": 0, "async_maximum_event_age_s": 60}, duration_s=200.0)
    fn = summary["nodes"]["fn"]
    assert set(fn["lost"]) == {"event_age_exceeded"}
    # tries at about 0, 1, 3, 7, 15, 31 s; the next one at 63 s would be too late
    assert fn["arrivals"] / (fn["lost"]["event_age_exceeded"] + fn["queue_depth"]) == pytest.approx(6, abs=0.4)


@pytest.mark.point("LAM-16")
def test_success_is_told_to_the_on_success_destination(run: Run) -> None:
    summary = events(run, {}, {"done": "sqs_standard"}, [("fn", "done", "on_success")])
    assert summary["nodes"]["done"]["arrivals"] == summary["nodes"]["fn"]["completions"]


def test_a_loop_without_an_end_is_cut_and_named(run: Run) -> None:
    nodes: Made = {
        "users": ("client", STEADY),
        "a": ("lambda", {**EXACT, "timeout_s": 60}),
        "b": ("lambda", {**EXACT, "timeout_s": 60}),
    }
    arrows: list[Arrow] = [("users", "a", "invoke_event"), ("a", "b", "invoke_event"), ("b", "a", "invoke_event")]
    summary = run(nodes, arrows)
    assert (
        summary["nodes"]["a"]["errors"].get("recursion_stopped", 0)
        + summary["nodes"]["b"]["errors"].get("recursion_stopped", 0)
        > 0
    )
    assert summary["nodes"]["a"]["completions"] == pytest.approx(8 * 600, rel=0.1)
    assert any(remark["kind"] == "loop" for remark in summary["remarks"])


def test_a_function_that_calls_itself_ends_in_throttles_not_in_a_hang(run: Run) -> None:
    nodes: Made = {"users": ("client", STEADY), "fn": ("lambda", {**EXACT, "timeout_s": 5})}
    summary = run(nodes, [("users", "fn", "invoke"), ("fn", "fn", "invoke")], duration_s=20.0)
    assert summary["nodes"]["fn"]["errors"]


@pytest.mark.point("LAM-13")
def test_the_first_set_up_in_a_vpc_delays_only_when_it_is_asked_for(run: Run) -> None:
    def answered(**settings: Value) -> int:
        nodes: Made = {
            "users": ("client", {"pattern": "constant", "rate_per_s": 10}),
            "fn": ("lambda", {"duration_variation": 0, "init_ms": 0, **settings}),
        }
        return run(nodes, [("users", "fn", "invoke")], duration_s=120.0)["nodes"]["fn"]["completions"]

    everything = answered(in_vpc=True)
    assert answered(in_vpc=True, vpc_setup_s=90) == pytest.approx(everything * 30 / 120, rel=0.05)
    assert answered(vpc_setup_s=90) == everything


@pytest.mark.point("LAM-01")
def test_a_cold_start_takes_as_long_as_was_measured_for_the_runtime(run: Run) -> None:
    def first_answer_ms(runtime: str) -> float:
        nodes: Made = {
            "users": ("client", {"pattern": "constant", "rate_per_s": 0.008}),
            "fn": ("lambda", {"duration_variation": 0, "runtime": runtime, "memory_mb": 1769, "idle_expiry_s": 1}),
        }
        summary = run(nodes, [("users", "fn", "invoke")], duration_s=14_400.0, window_s=600.0)
        assert summary["nodes"]["fn"]["cold_starts"] == summary["nodes"]["fn"]["arrivals"]
        return summary["nodes"]["fn"]["latency_ms"]["p50"]

    java, python = first_answer_ms("java21"), first_answer_ms("python3.13")
    measured = [init_duration(runtime, "zip", "x86_64").p50_ms for runtime in ("java21", "python3.13")]
    assert java - python == pytest.approx(measured[0] - measured[1], rel=0.25)


@pytest.mark.point("LAM-04")
def test_ephemeral_storage_beyond_512_mb_is_billed_with_the_duration(run: Run) -> None:
    def billed(storage_mb: int) -> dict[str, float]:
        nodes: Made = {
            "users": ("client", {"pattern": "constant", "rate_per_s": 10}),
            "fn": ("lambda", {"duration_variation": 0, "init_ms": 0, "ephemeral_storage_mb": storage_mb}),
        }
        lines = run(nodes, [("users", "fn", "invoke")])["cost"]["lines"]
        return {line["item"]: line["quantity"] for line in lines if line["node"] == "fn"}

    plain, large = billed(512), billed(1_536)
    [item] = large.keys() - plain.keys()
    assert "torage" in item
    duration = next(quantity for name, quantity in large.items() if "Duration" in name)
    assert large[item] == pytest.approx(duration / 0.125, rel=0.01)


@pytest.mark.point("LAM-17")
def test_provisioned_pollers_begin_with_ten_batches_each_and_are_billed_by_the_hour(run: Run) -> None:
    nodes: Made = {
        "jobs": ("sqs_standard", {"visibility_timeout_s": 60}),
        "fn": ("lambda", {"duration_variation": 0, "init_ms": 0, "cpu_ms": 0, "wait_ms": 2_000}),
    }
    mapping: Parameters = {"batch_size": 1, "minimum_pollers": 3, "maximum_pollers": 3}
    arrows: list[Arrow] = [("jobs", "fn", "event_source_mapping", mapping)]
    busy = (Traffic("jobs", rate_per_s=100.0),)
    summary = run(nodes, arrows, traffic=busy, duration_s=60.0)
    assert summary["nodes"]["fn"]["concurrency_max"] == 30
    [line] = [line for line in summary["cost"]["lines"] if "ollers" in line["item"]]
    assert line["quantity"] == pytest.approx(3 / 60)
