"""APIs in a run: every status from its own cause."""

from __future__ import annotations

import pytest

from simulator.engine.results import Summary
from tests.simulator.engine.designs import Arrow, Made, Parameters, Run

EXACT: Parameters = {"duration_variation": 0, "memory_mb": 1769, "init_ms": 0}
KINDS = ["api_gateway_rest", "api_gateway_http"]


def through(
    run: Run,
    kind: str,
    *,
    api: Parameters | None = None,
    fn: Parameters | None = None,
    client: Parameters | None = None,
    **scenario: float,
) -> Summary:
    nodes: Made = {
        "users": ("client", {"pattern": "constant", "rate_per_s": 50, **(client or {})}),
        "api": (kind, api or {}),
        "fn": ("lambda", {**EXACT, **(fn or {})}),
    }
    return run(nodes, [("users", "api", "https"), ("api", "fn", "proxy")], **scenario)


@pytest.mark.point("APG-06")
@pytest.mark.parametrize(("kind", "limit_s"), [("api_gateway_rest", 29), ("api_gateway_http", 30)])
def test_the_caller_gets_504_while_the_function_goes_on(run: Run, kind: str, limit_s: int) -> None:
    summary = through(
        run,
        kind,
        fn={"cpu_ms": 0, "wait_ms": 40_000, "timeout_s": 60},
        client={"rate_per_s": 2, "timeout_s": 60},
        duration_s=120.0,
    )
    entry, fn = summary["entry_points"]["users"], summary["nodes"]["fn"]
    assert set(entry["errors"]) == {"integration_timeout"}
    assert entry["caller_latency_ms"]["p50"] == pytest.approx(limit_s * 1000, rel=0.02)
    assert fn["completions"] == pytest.approx(2 * (120 - 40), abs=5)
    assert fn["errors"] == {}
    assert entry["journey_ms"]["p50"] == pytest.approx(40_000, rel=0.02)


@pytest.mark.point("APG-05")
@pytest.mark.parametrize(
    ("kind", "cause"), [("api_gateway_rest", "bad_gateway"), ("api_gateway_http", "internal_error")]
)
def test_a_failing_function_gives_502_from_a_rest_api_and_500_from_an_http_api(run: Run, kind: str, cause: str) -> None:
    entry = through(run, kind, fn={"error_percent": 100})["entry_points"]["users"]
    assert set(entry["errors"]) == {cause}


@pytest.mark.point("APG-05")
@pytest.mark.parametrize("kind", KINDS)
def test_a_throttled_function_gives_500(run: Run, kind: str) -> None:
    entry = through(run, kind, fn={"reserved_concurrency": 0})["entry_points"]["users"]
    assert set(entry["errors"]) == {"internal_error"}


@pytest.mark.point("APG-05")
@pytest.mark.parametrize("kind", KINDS)
def test_the_stage_throttle_gives_429(run: Run, kind: str) -> None:
    summary = through(run, kind, api={"throttle_rate_per_s": 10, "throttle_burst": 20})
    api = summary["nodes"]["api"]
    assert api["completions"] == pytest.approx(20 + 10 * 60, abs=5)
    assert api["errors"] == {"throttled": pytest.approx(3000 - 620, abs=6)}
    assert summary["entry_points"]["users"]["errors"] == api["errors"]
    lines = [line for line in summary["cost"]["lines"] if line["node"] == "api" and "requests" in line["unit"]]
    assert lines[0]["quantity"] * 1e6 == pytest.approx(620, abs=8), "throttled requests are not billed"


def test_all_apis_share_the_accounts_rate_and_burst(run: Run) -> None:
    nodes: Made = {
        "a-users": ("client", {"pattern": "constant", "rate_per_s": 8000}),
        "b-users": ("client", {"pattern": "constant", "rate_per_s": 8000}),
        "a": "api_gateway_rest",
        "b": "api_gateway_http",
        "table": "dynamodb",
        "fn": ("lambda", {**EXACT, "cpu_ms": 0, "wait_ms": 1}),
    }
    arrows: list[Arrow] = [
        ("a-users", "a", "https"),
        ("b-users", "b", "https"),
        ("a", "table", "action", {"action": "GetItem"}),
        ("b", "fn", "proxy"),
    ]
    summary = run(nodes, arrows, duration_s=5.0, window_s=1.0, account_concurrency=100_000)
    accepted = sum(
        summary["nodes"][name]["arrivals"] - summary["nodes"][name]["errors"].get("throttled", 0) for name in "ab"
    )
    assert accepted == pytest.approx(5000 + 5 * 10_000, rel=0.01)


@pytest.mark.point("APG-05")
def test_a_bucket_that_slows_down_gives_503(run: Run) -> None:
    nodes: Made = {
        "users": ("client", {"pattern": "constant", "rate_per_s": 5000}),
        "api": "api_gateway_rest",
        "bucket": "s3",
    }
    summary = run(nodes, [("users", "api", "https"), ("api", "bucket", "object_proxy")], duration_s=5.0, window_s=1.0)
    assert summary["nodes"]["bucket"]["errors"] == {"slow_down": pytest.approx(25_000 - 3500 * 6, rel=0.1)}
    assert set(summary["entry_points"]["users"]["errors"]) == {"service_unavailable"}


def test_a_request_goes_to_one_integration_by_weight(run: Run) -> None:
    nodes: Made = {
        "users": ("client", {"rate_per_s": 200}),
        "api": "api_gateway_rest",
        "often": ("lambda", EXACT),
        "rarely": ("lambda", EXACT),
    }
    arrows: list[Arrow] = [
        ("users", "api", "https"),
        ("api", "often", "proxy", {"weight": 3}),
        ("api", "rarely", "proxy", {"weight": 1}),
    ]
    nodes_after = run(nodes, arrows)["nodes"]
    total = nodes_after["often"]["arrivals"] + nodes_after["rarely"]["arrivals"]
    assert total == pytest.approx(nodes_after["api"]["arrivals"], abs=20)
    assert nodes_after["often"]["arrivals"] / total == pytest.approx(0.75, abs=0.02)


@pytest.mark.point("APG-02")
@pytest.mark.parametrize(("ttl_s", "callers"), [(0, 1000), (60, 1000), (60, 100), (300, 5000)])
def test_the_authorizer_is_called_unless_its_answer_is_remembered(run: Run, ttl_s: int, callers: int) -> None:
    """A caller's requests are Poisson: of the 1 + rate x TTL in a period, the first asks the function."""
    nodes: Made = {
        "users": ("client", {"rate_per_s": 100}),
        "api": ("api_gateway_rest", {"authorization": "lambda", "callers": callers}),
        "fn": ("lambda", EXACT),
        "gate": ("lambda", EXACT),
    }
    arrows: list[Arrow] = [
        ("users", "api", "https"),
        ("api", "fn", "proxy"),
        ("api", "gate", "authorizer", {"result_ttl_s": ttl_s}),
    ]
    after = run(nodes, arrows, duration_s=3000.0, window_s=100.0)["nodes"]
    asked = after["gate"]["arrivals"] / after["api"]["arrivals"]
    assert asked == pytest.approx(1 / (1 + 100 / callers * ttl_s), rel=0.06, abs=0.002)


def test_a_failing_authorizer_keeps_requests_from_the_integration(run: Run) -> None:
    nodes: Made = {
        "users": ("client", {"rate_per_s": 50}),
        "api": ("api_gateway_http", {"authorization": "lambda"}),
        "fn": ("lambda", EXACT),
        "gate": ("lambda", {**EXACT, "error_percent": 100}),
    }
    arrows: list[Arrow] = [
        ("users", "api", "https"),
        ("api", "fn", "proxy"),
        ("api", "gate", "authorizer", {"result_ttl_s": 0}),
    ]
    summary = run(nodes, arrows)
    assert summary["nodes"]["fn"]["arrivals"] == 0
    assert set(summary["nodes"]["api"]["errors"]) == {"authorizer_error"}


def test_a_client_gives_up_waiting_and_the_work_goes_on(run: Run) -> None:
    fn = {"cpu_ms": 0, "wait_ms": 2000}
    summary = through(run, "api_gateway_http", fn=fn, client={"timeout_s": 1, "rate_per_s": 5})
    entry = summary["entry_points"]["users"]
    assert set(entry["errors"]) == {"client_timeout"}
    assert entry["caller_latency_ms"]["max"] == pytest.approx(1000, abs=1)
    assert summary["nodes"]["api"]["errors"] == {}
    assert summary["nodes"]["fn"]["completions"] > 280


def test_sending_to_a_queue_answers_without_waiting_for_the_work(run: Run) -> None:
    nodes: Made = {
        "users": ("client", {"rate_per_s": 20}),
        "api": ("api_gateway_rest", {"endpoint_type": "regional"}),
        "queue": "sqs_standard",
        "worker": ("lambda", {**EXACT, "cpu_ms": 0, "wait_ms": 2000}),
    }
    arrows: list[Arrow] = [
        ("users", "api", "https"),
        ("api", "queue", "send_message"),
        ("queue", "worker", "event_source_mapping", {"batch_size": 1}),
    ]
    entry = run(nodes, arrows)["entry_points"]["users"]
    assert entry["caller_latency_ms"]["p50"] == pytest.approx(10 + 8, rel=0.15)
    assert entry["journey_ms"]["p50"] > 2000


@pytest.mark.point("APG-03")
def test_an_edge_optimized_endpoint_adds_its_hop(run: Run) -> None:
    def p50(endpoint: str) -> float:
        summary = through(run, "api_gateway_rest", api={"endpoint_type": endpoint})
        return summary["nodes"]["api"]["latency_ms"]["p50"]

    assert p50("edge") - p50("regional") == pytest.approx(20, abs=3)
