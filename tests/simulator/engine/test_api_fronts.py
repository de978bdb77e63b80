"""What stands in front of an API's integrations, in a run: refusals, cache, canary, throttles."""

from __future__ import annotations

import math

import pytest

from designer.domain.catalog.spec import Value
from designer.domain.graph.scenario import Fault, FaultKind
from simulator.engine.lowering.answer_cache import popular_share
from simulator.engine.results import Summary
from tests.simulator.engine.designs import Arrow, Made, Parameters, Run

IN_FLIGHT = 25
"""Requests that a run ends in the middle of."""
EXACT: Parameters = {"duration_variation": 0, "memory_mb": 1769, "init_ms": 0}
KINDS = ["api_gateway_rest", "api_gateway_http"]


def through(
    run: Run,
    kind: str,
    api: Parameters,
    *,
    rate_per_s: float = 50,
    route: dict[str, Value] | None = None,
    **more: object,
) -> Summary:
    nodes: Made = {
        "users": ("client", {"pattern": "constant", "rate_per_s": rate_per_s}),
        "api": (kind, api),
        "fn": ("lambda", {**EXACT, "cpu_ms": 0, "wait_ms": 1}),
    }
    return run(nodes, [("users", "api", "https"), ("api", "fn", "proxy", route or {})], **more)


@pytest.mark.point("APG-05")
def test_malformed_requests_get_400_from_the_api_when_it_validates_and_from_the_backend_otherwise(run: Run) -> None:
    malformed = {"malformed_percent": 20}
    checked = through(run, "api_gateway_rest", {**malformed, "request_validation": "body"}, rate_per_s=200)
    assert set(checked["nodes"]["api"]["errors"]) == {"bad_request"}
    assert checked["nodes"]["api"]["errors"]["bad_request"] == pytest.approx(0.2 * 12_000, rel=0.06)
    assert checked["nodes"]["fn"]["arrivals"] == pytest.approx(checked["nodes"]["api"]["completions"], abs=IN_FLIGHT)
    for kind in KINDS:
        passed_on = through(run, kind, malformed, rate_per_s=200)
        assert passed_on["nodes"]["fn"]["arrivals"] == pytest.approx(12_000, abs=IN_FLIGHT)
        assert passed_on["nodes"]["api"]["errors"] == {"bad_request": pytest.approx(0.2 * 12_000, rel=0.06)}


@pytest.mark.point("APG-02", "APG-05")
@pytest.mark.parametrize(("kind", "setting"), [("api_gateway_rest", "cognito"), ("api_gateway_http", "jwt")])
def test_without_a_token_401_and_without_the_right_403_both_before_the_backend_and_unbilled(
    run: Run, kind: str, setting: str
) -> None:
    refused: Parameters = {"authorization": setting, "unauthenticated_percent": 10, "forbidden_percent": 5}
    summary = through(run, kind, refused, rate_per_s=200)
    api = summary["nodes"]["api"]
    assert set(api["errors"]) == {"unauthorized", "forbidden"}
    assert api["errors"]["unauthorized"] == pytest.approx(0.1 * 12_000, rel=0.08)
    assert api["errors"]["forbidden"] == pytest.approx(0.9 * 0.05 * 12_000, rel=0.12)
    assert summary["nodes"]["fn"]["arrivals"] == pytest.approx(api["completions"], abs=IN_FLIGHT)
    requests = [line for line in summary["cost"]["lines"] if line["node"] == "api" and line["item"] == "Requests"]
    assert requests[0]["quantity"] * 1e6 == pytest.approx(api["completions"], abs=IN_FLIGHT)


@pytest.mark.point("APG-02")
def test_a_missing_api_key_or_signature_is_403_and_an_open_api_asks_nobody(run: Run) -> None:
    for setting in ("iam", "api_key"):
        summary = through(run, "api_gateway_rest", {"authorization": setting, "unauthenticated_percent": 100})
        assert set(summary["nodes"]["api"]["errors"]) == {"forbidden"}
    assert through(run, "api_gateway_rest", {"unauthenticated_percent": 100})["nodes"]["api"]["errors"] == {}


def zipf_hits(keys: int, skew: float, rate_per_s: float, ttl_s: float) -> float:
    """A key asked for at rate r is there for TTL after each miss: r TTL / (1 + r TTL) of its requests hit."""
    weights = [math.pow(k, -skew) for k in range(1, keys + 1)]
    total = math.fsum(weights)
    asked = [rate_per_s * weight / total * ttl_s for weight in weights]
    return sum(weight / total * load / (1 + load) for weight, load in zip(weights, asked, strict=True))


@pytest.mark.point("APG-07")
@pytest.mark.parametrize(
    ("ttl_s", "keys", "skew"), [(300, 1000, 1), (30, 1000, 1), (30, 1000, 0), (30, 20_000, 1), (3600, 500, 2)]
)
def test_the_hit_ratio_follows_lifetime_and_popularity_and_hits_ask_no_backend(
    run: Run, ttl_s: int, keys: int, skew: float
) -> None:
    api: Parameters = {"cache_enabled": True, "cache_ttl_s": ttl_s, "cache_keys": keys, "key_skew": skew}
    route: dict[str, Value] = {"http_method": "GET"}
    long = max(20.0 * ttl_s, 600.0)
    summary = through(run, "api_gateway_rest", api, rate_per_s=20, route=route, duration_s=long, window_s=long / 10)
    missed = summary["nodes"]["fn"]["arrivals"] / summary["nodes"]["api"]["arrivals"]
    assert missed == pytest.approx(1 - zipf_hits(keys, skew, 20, ttl_s), rel=0.07, abs=0.003)


@pytest.mark.point("APG-07")
def test_a_cache_that_is_too_small_holds_the_popular_answers_only(run: Run) -> None:
    api: Parameters = {
        "cache_enabled": True,
        "cache_ttl_s": 3600,
        "cache_keys": 10_000,
        "key_skew": 1,
        "response_kb": 1_000,
        "cache_size_gb": "0.5",
    }
    summary = through(
        run, "api_gateway_rest", api, rate_per_s=200, route={"http_method": "GET"}, duration_s=600.0, window_s=60.0
    )
    missed = summary["nodes"]["fn"]["arrivals"] / summary["nodes"]["api"]["arrivals"]
    room = int(0.5 * 1024 * 1024 / 1_000)
    assert missed == pytest.approx(1 - popular_share(room, 10_000, 1) + room / 120_000, abs=0.02)


@pytest.mark.point("APG-07")
def test_only_get_is_cached_unless_the_route_says_so_and_the_cache_costs_by_the_hour(run: Run) -> None:
    on: Parameters = {"cache_enabled": True, "cache_keys": 1}

    def asked(**route: Value) -> float:
        summary = through(run, "api_gateway_rest", on, route=route)
        hours = [line for line in summary["cost"]["lines"] if line["item"] == "Cache, 0.5 GB"]
        assert hours[0]["quantity"] == pytest.approx(1 / 60)
        return summary["nodes"]["fn"]["arrivals"] / summary["nodes"]["api"]["arrivals"]

    assert asked(http_method="GET") < 0.01
    assert asked(http_method="POST") == pytest.approx(1, abs=0.01)
    assert asked(http_method="POST", caching="on") < 0.01
    assert asked(http_method="GET", caching="off") == pytest.approx(1, abs=0.01)
    assert asked(http_method="ANY") == pytest.approx(0.2, abs=0.03), "80 % of the requests are GET"


@pytest.mark.point("APG-07")
def test_a_lifetime_of_0_and_answers_above_1_mb_are_not_cached(run: Run) -> None:
    for setting in ({"cache_ttl_s": 0}, {"response_kb": 2_000}):
        api: Parameters = {"cache_enabled": True, "cache_keys": 1, **setting}
        summary = through(run, "api_gateway_rest", api, route={"http_method": "GET"})
        assert summary["nodes"]["fn"]["arrivals"] == pytest.approx(summary["nodes"]["api"]["arrivals"], abs=IN_FLIGHT)


def canary(run: Run, percent: float, *, rate_per_s: float = 200, **api: Value) -> Summary:
    nodes: Made = {
        "users": ("client", {"pattern": "constant", "rate_per_s": rate_per_s}),
        "api": ("api_gateway_rest", {"canary_percent": percent, **api}),
        "old": ("lambda", EXACT),
        "new": ("lambda", EXACT),
    }
    arrows: list[Arrow] = [
        ("users", "api", "https"),
        ("api", "old", "proxy", {"deployment": "stable", "http_method": "GET"}),
        ("api", "new", "proxy", {"deployment": "canary", "http_method": "GET"}),
    ]
    return run(nodes, arrows)


@pytest.mark.point("APG-04")
@pytest.mark.parametrize("percent", [0, 10, 50, 100])
def test_a_canary_gets_its_share_of_the_requests(run: Run, percent: float) -> None:
    nodes = canary(run, percent)["nodes"]
    total = nodes["api"]["arrivals"]
    assert nodes["new"]["arrivals"] / total == pytest.approx(percent / 100, abs=0.02)
    assert nodes["old"]["arrivals"] + nodes["new"]["arrivals"] == pytest.approx(total, abs=IN_FLIGHT)


@pytest.mark.point("APG-04")
def test_a_canary_has_a_cache_of_its_own_unless_it_shares_the_stages(run: Run) -> None:
    one_answer: dict[str, Value] = {"cache_enabled": True, "cache_keys": 1}
    apart = canary(run, 50, rate_per_s=1, **one_answer)["nodes"]
    assert (apart["old"]["arrivals"], apart["new"]["arrivals"]) == (1, 1)
    shared = canary(run, 50, rate_per_s=1, canary_stage_cache=True, **one_answer)["nodes"]
    assert shared["old"]["arrivals"] + shared["new"]["arrivals"] == 1


@pytest.mark.point("APG-08")
def test_a_route_has_a_token_bucket_of_its_own(run: Run) -> None:
    nodes: Made = {
        "users": ("client", {"pattern": "constant", "rate_per_s": 100}),
        "api": "api_gateway_http",
        "slow": ("lambda", EXACT),
        "free": ("lambda", EXACT),
    }
    arrows: list[Arrow] = [
        ("users", "api", "https"),
        ("api", "slow", "proxy", {"route_rate_per_s": 10, "route_burst": 20}),
        ("api", "free", "proxy"),
    ]
    after = run(nodes, arrows)["nodes"]
    assert after["slow"]["arrivals"] == pytest.approx(20 + 10 * 60, abs=12)
    assert after["free"]["arrivals"] == pytest.approx(3000, rel=0.05)
    assert set(after["api"]["errors"]) == {"throttled"}


@pytest.mark.point("APG-08")
def test_a_usage_plan_limits_each_key(run: Run) -> None:
    plan: Parameters = {"api_key_required": True, "plan_rate_per_s": 1, "plan_burst": 5, "callers": 10}
    api = through(run, "api_gateway_rest", plan)["nodes"]["api"]
    assert api["completions"] == pytest.approx(10 * (5 + 60), rel=0.03)
    quota: Parameters = {"api_key_required": True, "plan_quota": 100, "callers": 10, "plan_period": "DAY"}
    assert through(run, "api_gateway_rest", quota)["nodes"]["api"]["completions"] == pytest.approx(1000, abs=15)


@pytest.mark.point("APG-05")
@pytest.mark.parametrize("kind", KINDS)
def test_a_backend_that_is_down_gives_503(run: Run, kind: str) -> None:
    faults = (Fault(FaultKind.DOWN, "fn"),)
    assert set(through(run, kind, {}, faults=faults)["nodes"]["api"]["errors"]) == {"service_unavailable"}


@pytest.mark.point("APG-05")
@pytest.mark.parametrize("direction", ["before", "behind"])
def test_a_web_acl_blocks_its_share_with_403_and_costs_by_list_rule_and_request(run: Run, direction: str) -> None:
    nodes: Made = {
        "users": ("client", {"pattern": "constant", "rate_per_s": 200}),
        "api": "api_gateway_rest",
        "fn": ("lambda", EXACT),
        "firewall": ("waf", {"blocked_percent": 5, "rules": 4}),
    }
    drawn: Arrow = ("firewall", "api", "protect") if direction == "before" else ("api", "firewall", "web_acl")
    summary = run(nodes, [("users", "api", "https"), ("api", "fn", "proxy"), drawn])
    assert summary["nodes"]["firewall"]["arrivals"] == summary["nodes"]["api"]["arrivals"]
    assert summary["nodes"]["api"]["errors"] == {"forbidden": pytest.approx(600, rel=0.15)}
    cost = {line["item"]: line["monthly_usd"] for line in summary["cost"]["lines"] if line["node"] == "firewall"}
    assert cost["Web ACL"] == pytest.approx(5.0)
    assert cost["Rules and rule groups"] == pytest.approx(4.0)
    assert cost["Requests, up to 1,500 capacity units"] == pytest.approx(200 * 730 * 3600 / 1e6 * 0.6, rel=0.01)


def test_a_rate_rule_blocks_each_address_above_its_limit(run: Run) -> None:
    rule: Parameters = {"rate_limit": 60, "rate_window_s": "60", "addresses": 5, "blocked_percent": 0}
    nodes: Made = {
        "users": ("client", {"pattern": "constant", "rate_per_s": 50}),
        "api": "api_gateway_rest",
        "fn": ("lambda", EXACT),
        "firewall": ("waf", rule),
    }
    arrows: list[Arrow] = [("users", "api", "https"), ("api", "fn", "proxy"), ("firewall", "api", "protect")]
    summary = run(nodes, arrows)
    assert summary["nodes"]["fn"]["arrivals"] == pytest.approx(5 * (60 + 60), rel=0.05)
    assert set(summary["nodes"]["api"]["errors"]) == {"forbidden"}
