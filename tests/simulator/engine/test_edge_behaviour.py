"""CloudFront in a run: what the edge answers, what reaches the origin, and what it costs."""

from __future__ import annotations

from typing import Any

import pytest

from designer.domain.catalog.spec import Value
from designer.domain.graph.scenario import Fault, FaultKind
from simulator.engine.results import Summary
from tests.simulator.engine.designs import Arrow, Made, Run
from tests.simulator.engine.test_api_fronts import EXACT, IN_FLIGHT, zipf_hits


def website(run: Run, *, rate_per_s: float = 20, more: list[Arrow] | None = None, **edge: Value) -> Summary:
    nodes: Made = {
        "people": ("client", {"pattern": "constant", "rate_per_s": rate_per_s}),
        "edge": ("cloudfront", edge),
        "site": "s3",
        "firewall": ("waf", {"scope": "CLOUDFRONT", "blocked_percent": 10}),
    }
    return run(nodes, [("people", "edge", "https"), ("edge", "site", "origin"), *(more or [])], duration_s=600.0)


@pytest.mark.parametrize(("ttl_s", "keys", "skew"), [(60, 1000, 1), (30, 200, 0), (60, 5000, 1.5)])
def test_the_edge_answers_what_it_has(run: Run, ttl_s: int, keys: int, skew: float) -> None:
    settings: Any = {"default_ttl_s": ttl_s, "cache_keys": keys, "key_skew": skew}
    nodes = website(run, cacheable_percent=100, **settings)["nodes"]
    missed = nodes["site"]["arrivals"] / nodes["edge"]["arrivals"]
    assert missed == pytest.approx(1 - zipf_hits(keys, skew, 20, ttl_s), rel=0.08)


def test_what_cannot_be_cached_goes_to_the_origin(run: Run) -> None:
    nodes = website(run, cacheable_percent=70, cache_keys=1)["nodes"]
    assert nodes["site"]["arrivals"] / nodes["edge"]["arrivals"] == pytest.approx(0.3, abs=0.02)
    nothing_kept = website(run, default_ttl_s=0)["nodes"]
    assert nothing_kept["site"]["arrivals"] == pytest.approx(nothing_kept["edge"]["arrivals"], abs=IN_FLIGHT)


def test_the_origin_is_read_and_its_failures_are_those_of_the_edge(run: Run) -> None:
    nodes: Made = {
        "people": ("client", {"pattern": "constant", "rate_per_s": 20, "timeout_s": 120}),
        "edge": ("cloudfront", {"default_ttl_s": 0, "origin_timeout_s": 10}),
        "fn": ("lambda", {**EXACT, "cpu_ms": 0, "wait_ms": 20_000, "timeout_s": 60}),
    }
    arrows: list[Arrow] = [("people", "edge", "https"), ("edge", "fn", "function_url")]
    slow = run(nodes, arrows)
    assert set(slow["entry_points"]["people"]["errors"]) == {"integration_timeout"}
    assert slow["entry_points"]["people"]["caller_latency_ms"]["p50"] == pytest.approx(10_000, rel=0.02)
    down = run(nodes, arrows, faults=(Fault(FaultKind.DOWN, "fn"),))
    assert set(down["entry_points"]["people"]["errors"]) == {"bad_gateway"}


@pytest.mark.point("APG-05")
def test_a_web_acl_at_the_edge_blocks_before_cache_and_origin(run: Run) -> None:
    summary = website(run, cache_keys=1, cacheable_percent=100, more=[("firewall", "edge", "protect")])
    assert summary["nodes"]["edge"]["errors"] == {"forbidden": pytest.approx(1_200, rel=0.12)}


def test_requests_and_traffic_are_billed_and_the_way_from_an_api_to_the_edge_is_free(run: Run) -> None:
    nodes: Made = {
        "people": ("client", {"pattern": "constant", "rate_per_s": 20, "payload_kb": 0}),
        "edge": ("cloudfront", {"response_kb": 100, "cache_keys": 1, "cacheable_percent": 100}),
        "api": ("api_gateway_rest", {"endpoint_type": "regional"}),
        "fn": ("lambda", EXACT),
    }
    arrows: list[Arrow] = [("people", "edge", "https"), ("edge", "api", "origin"), ("api", "fn", "proxy")]
    summary = run(nodes, arrows)
    cost = {line["item"]: line["monthly_usd"] for line in summary["cost"]["lines"] if line["node"] == "edge"}
    requests = 20 * 730 * 3600
    assert cost["HTTPS requests"] == pytest.approx(requests / 10_000 * 0.01, rel=0.01)
    gigabytes = requests * 100 / 1024**2
    assert cost["Traffic out to the internet, North America and Europe"] == pytest.approx(gigabytes * 0.085, rel=0.02)
    api = {line["item"]: line["monthly_usd"] for line in summary["cost"]["lines"] if line["node"] == "api"}
    assert list(api) == ["Requests"]


@pytest.mark.parametrize(
    ("event", "runs"),
    [("viewer-request", 1), ("viewer-response", 1), ("origin-request", 0.3), ("origin-response", 0.3)],
)
def test_a_function_at_the_edge_runs_with_each_request_or_with_each_miss(run: Run, event: str, runs: float) -> None:
    nodes: Made = {
        "people": ("client", {"pattern": "constant", "rate_per_s": 20}),
        "edge": ("cloudfront", {"cache_keys": 1, "cacheable_percent": 70}),
        "site": "s3",
        "code": "lambda_alias_version",
        "fn": ("lambda", {**EXACT, "cpu_ms": 0, "wait_ms": 1}),
    }
    arrows: list[Arrow] = [
        ("people", "edge", "https"),
        ("edge", "site", "origin"),
        ("edge", "code", "lambda_at_edge", {"edge_event": event}),
        ("code", "fn", "version"),
    ]
    after = run(nodes, arrows)["nodes"]
    assert after["code"]["arrivals"] / after["edge"]["arrivals"] == pytest.approx(runs, abs=0.03)
    assert after["edge"]["errors"] == {}


def test_a_function_at_the_edge_that_takes_too_long_gives_503(run: Run) -> None:
    nodes: Made = {
        "people": ("client", {"pattern": "constant", "rate_per_s": 2, "timeout_s": 60}),
        "edge": "cloudfront",
        "code": "lambda_alias_version",
        "fn": ("lambda", {**EXACT, "cpu_ms": 0, "wait_ms": 8_000, "timeout_s": 20}),
    }
    arrows: list[Arrow] = [("people", "edge", "https"), ("edge", "code", "lambda_at_edge"), ("code", "fn", "version")]
    entry = run(nodes, arrows)["entry_points"]["people"]
    assert set(entry["errors"]) == {"service_unavailable"}
    assert entry["caller_latency_ms"]["p50"] == pytest.approx(5_015, rel=0.03)
