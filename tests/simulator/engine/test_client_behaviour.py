"""Clients in a run: retries with growing pauses, and people who wait and think."""

from __future__ import annotations

import pytest

from designer.domain.catalog.spec import Value
from simulator.engine.results import Summary
from tests.simulator.engine.designs import Made, Parameters, Run

EXACT: Parameters = {"duration_variation": 0, "memory_mb": 1769, "init_ms": 0, "cpu_ms": 0}


def calling(run: Run, client: dict[str, Value], fn: dict[str, Value], **scenario: float) -> Summary:
    nodes: Made = {"people": ("client", client), "fn": ("lambda", {**EXACT, **fn})}
    return run(nodes, [("people", "fn", "function_url")], **scenario)


@pytest.mark.parametrize("retries", [0, 1, 3])
def test_a_request_that_keeps_failing_is_sent_once_more_for_each_retry(run: Run, retries: int) -> None:
    client: dict[str, Value] = {"pattern": "constant", "rate_per_s": 10, "retries": retries, "retry_wait_s": 0.01}
    summary = calling(run, client, {"wait_ms": 1, "error_percent": 100})
    assert summary["nodes"]["fn"]["arrivals"] == pytest.approx(600 * (1 + retries), abs=12)
    assert summary["entry_points"]["people"]["errors"] == {"function_error": pytest.approx(600, abs=6)}


def test_retries_make_most_failures_good(run: Run) -> None:
    client: dict[str, Value] = {"rate_per_s": 100, "retries": 2, "retry_wait_s": 0.01}
    summary = calling(run, client, {"wait_ms": 1, "error_percent": 20})
    entry = summary["entry_points"]["people"]
    assert entry["errors"]["function_error"] / entry["requests"] == pytest.approx(0.2**3, rel=0.5)


def test_pauses_double_up_to_the_longest_when_they_are_not_random(run: Run) -> None:
    client: dict[str, Value] = {
        "pattern": "constant",
        "rate_per_s": 1,
        "retries": 4,
        "retry_wait_s": 1,
        "retry_wait_most_s": 3,
        "retry_jitter": False,
    }
    entry = calling(run, client, {"wait_ms": 0, "error_percent": 100}, duration_s=120.0)["entry_points"]["people"]
    assert entry["caller_latency_ms"]["p50"] == pytest.approx(1_000 * (1 + 2 + 3 + 3), rel=0.03)


def test_random_pauses_are_half_as_long_on_average(run: Run) -> None:
    client: dict[str, Value] = {"rate_per_s": 20, "retries": 1, "retry_wait_s": 4}
    entry = calling(run, client, {"wait_ms": 0, "error_percent": 100}, duration_s=300.0)["entry_points"]["people"]
    assert entry["caller_latency_ms"]["mean"] == pytest.approx(2_000, rel=0.06)


@pytest.mark.parametrize(("users", "think_s", "answer_ms"), [(10, 1, 0), (50, 2, 500), (100, 0.5, 1_500)])
def test_people_send_as_many_requests_as_answers_and_thinking_allow(
    run: Run, users: int, think_s: float, answer_ms: int
) -> None:
    """Little: users = rate x (answer + thinking)."""
    client: dict[str, Value] = {"users": users, "think_time_s": think_s}
    summary = calling(run, client, {"wait_ms": answer_ms}, duration_s=600.0, account_concurrency=1_000)
    answered_s = summary["entry_points"]["people"]["caller_latency_ms"]["mean"] / 1_000
    rate_per_s = summary["entry_points"]["people"]["requests"] / 600
    assert rate_per_s * (answered_s + think_s) == pytest.approx(users, rel=0.03)


@pytest.mark.parametrize(
    ("api", "cause", "sends"),
    [
        ({"request_validation": "all", "malformed_percent": 100}, "bad_request", 1),
        ({"authorization": "iam", "unauthenticated_percent": 100}, "forbidden", 1),
        ({"throttle_rate_per_s": 0.001, "throttle_burst": 0}, "throttled", 3),
    ],
)
def test_what_the_request_itself_is_refused_for_is_not_sent_again(
    run: Run, api: Parameters, cause: str, sends: int
) -> None:
    client: Parameters = {"pattern": "constant", "rate_per_s": 10, "retries": 2, "retry_wait_s": 0.01}
    nodes: Made = {"people": ("client", client), "api": ("api_gateway_rest", api), "fn": ("lambda", EXACT)}
    summary = run(nodes, [("people", "api", "https"), ("api", "fn", "proxy")], duration_s=20.0)
    assert summary["edges"]["people-api-https"]["calls"] == pytest.approx(200 * sends, abs=8)
    assert summary["entry_points"]["people"]["errors"] == {cause: pytest.approx(200, abs=4)}
