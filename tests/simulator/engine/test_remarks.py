"""What a run says of its limits: from its figures, with the time and the share, the worst first."""

from __future__ import annotations

import pytest

from designer.domain.graph.scenario import CircuitBreaker, Fault, FaultKind, Pattern, Traffic
from simulator.engine.results import Summary
from tests.simulator.engine.designs import Arrow, Made, Parameters, Run

QUICK = {"memory_mb": 1769, "cpu_ms": 0, "wait_ms": 100, "duration_variation": 0, "init_ms": 0}


def said(summary: Summary, kind: str = "bottleneck", node: str | None = None) -> list[str]:
    return [r["text"] for r in summary["remarks"] if r["kind"] == kind and node in {None, r.get("node")}]


@pytest.mark.point("LAM-09")
def test_a_reservation_is_named_with_its_time_and_the_share_that_was_throttled(run: Run) -> None:
    nodes: Made = {
        "users": ("client", {"rate_per_s": 10}),
        "orders": ("lambda", {**QUICK, "reserved_concurrency": 4}),
    }
    spike = Traffic("users", Pattern.STEP, rate_per_s=10.0, steps=((30.0, 39.0),))
    summary = run(nodes, [("users", "orders", "invoke")], traffic=(spike,))
    stats = summary["nodes"]["orders"]
    share = round(100 * stats["throttles"] / stats["arrivals"])
    assert said(summary)[0] == (
        f"orders is at its reserved concurrency 4 from 0:30; {share} % of its calls were throttled."
    )


def test_functions_that_fill_the_account_together_are_both_told_so(run: Run) -> None:
    slow = {**QUICK, "wait_ms": 2000, "timeout_s": 10}
    nodes: Made = {"users": ("client", {"rate_per_s": 40}), "a": ("lambda", slow), "b": ("lambda", slow)}
    summary = run(nodes, [("users", "a", "invoke"), ("users", "b", "invoke")], account_concurrency=50)
    texts = said(summary)
    assert len(texts) == 2
    assert all("the account's concurrency 50 from 0:0" in text for text in texts)


def test_the_worst_comes_first(run: Run) -> None:
    nodes: Made = {
        "few": ("client", {"rate_per_s": 20}),
        "many": ("client", {"rate_per_s": 200}),
        "a": ("lambda", {**QUICK, "reserved_concurrency": 1}),
        "b": ("lambda", {**QUICK, "reserved_concurrency": 1}),
    }
    summary = run(nodes, [("few", "a", "invoke"), ("many", "b", "invoke")])
    harms = [remark["harm"] for remark in summary["remarks"] if "harm" in remark]
    assert summary["remarks"][0]["node"] == "b"
    assert harms == sorted(harms, reverse=True)
    assert {remark.get("node") for remark in summary["remarks"]} >= {"a", "b"}


@pytest.mark.parametrize(("spread", "named"), [("zipf", "a hot shard"), ("uniform", "the write limit of a shard")])
def test_a_hot_shard_is_told_from_a_stream_that_is_too_small(run: Run, spread: str, named: str) -> None:
    keys: Parameters = {"key_spread": spread, "zipf_exponent": 2, "distinct_keys": 1000}
    rate = 2500 if spread == "zipf" else 6000
    nodes: Made = {"users": ("client", {"rate_per_s": rate}), "stream": ("kinesis_stream", {"shard_count": 4, **keys})}
    summary = run(nodes, [("users", "stream", "put_record")], duration_s=10.0, window_s=2.0)
    assert any(named in text for text in said(summary, node="stream"))


def test_provisioned_capacity_is_named_with_its_units(run: Run) -> None:
    table: Parameters = {"billing_mode": "provisioned", "read_capacity_units": 1, "write_capacity_units": 1}
    nodes: Made = {"users": ("client", {"rate_per_s": 40}), "table": ("dynamodb", table)}
    summary = run(nodes, [("users", "table", "api")], duration_s=60.0)
    assert any("its provisioned capacity of 1 read and 1 write units/s" in text for text in said(summary))


def test_a_queue_that_falls_behind_is_told_with_both_rates(run: Run) -> None:
    nodes: Made = {
        "users": ("client", {"rate_per_s": 30}),
        "api": "api_gateway_rest",
        "queue": "sqs_standard",
        "work": ("lambda", {**QUICK, "wait_ms": 1000, "reserved_concurrency": 10}),
    }
    arrows: list[Arrow] = [
        ("users", "api", "https"),
        ("api", "queue", "send_message"),
        ("queue", "work", "event_source_mapping", {"batch_size": 1}),
    ]
    [text] = said(run(nodes, arrows, duration_s=120.0), "backlog")
    assert text.startswith("queue falls behind from 0:")
    assert "/s come and" in text
    assert " are drained; " in text
    arrows[-1] = ("queue", "work", "event_source_mapping", {"batch_size": 1, "maximum_concurrency": 2})
    [held] = said(run(nodes, arrows), "backlog")
    assert held.endswith("work is held at the mapping's maximum concurrency 2.")


def test_servers_without_a_place_are_saturated(run: Run) -> None:
    fleet = {"desired_count": 1, "concurrency": 1, "duration_ms": 100, "queue_limit": 5}
    nodes: Made = {"users": ("client", {"rate_per_s": 30}), "balancer": "alb", "fleet": ("ecs_fargate", fleet)}
    summary = run(nodes, [("users", "balancer", "https"), ("balancer", "fleet", "target")])
    assert any(text.startswith("fleet is saturated from 0:00") for text in said(summary, node="fleet"))


def test_an_open_circuit_breaker_and_retries_are_told(run: Run) -> None:
    nodes: Made = {
        "users": ("client", {"rate_per_s": 20, "retries": 3, "retry_wait_s": 0.1}),
        "work": ("lambda", QUICK),
    }
    summary = run(
        nodes,
        [("users", "work", "invoke")],
        faults=(Fault(FaultKind.DOWN, "work", start_s=20.0, duration_s=20.0),),
        breakers=(CircuitBreaker("users-work-invoke", 5, 5.0),),
    )
    assert any(text.startswith("The circuit breaker from users to work opened at 0:20") for text in said(summary))
    assert any("multiply the load of users" in text for text in said(summary, "retries"))


def test_dead_letters_and_a_client_that_gets_no_answer_are_told(run: Run) -> None:
    nodes: Made = {
        "users": ("client", {"rate_per_s": 5}),
        "api": "api_gateway_rest",
        "queue": ("sqs_standard", {"visibility_timeout_s": 5}),
        "work": ("lambda", {**QUICK, "error_percent": 100}),
        "dead": "sqs_standard",
        "callers": ("client", {"rate_per_s": 5}),
    }
    arrows: list[Arrow] = [
        ("users", "api", "https"),
        ("api", "queue", "send_message"),
        ("queue", "work", "event_source_mapping"),
        ("queue", "dead", "redrive", {"max_receive_count": 2}),
        ("callers", "work", "invoke"),
    ]
    summary = run(nodes, arrows)
    assert any(text.startswith("dead fills: ") for text in said(summary, "dead_letters"))
    assert said(summary, "failing", "callers") == [
        "100 % of the requests of callers failed, most of them with: function error."
    ]


def test_records_that_get_near_their_retention_are_told(run: Run) -> None:
    nodes: Made = {
        "users": ("client", {"rate_per_s": 5}),
        "api": "api_gateway_rest",
        "queue": ("sqs_standard", {"message_retention_s": 60}),
        "work": ("lambda", {**QUICK, "wait_ms": 2500}),
    }
    arrows: list[Arrow] = [
        ("users", "api", "https"),
        ("api", "queue", "send_message"),
        ("queue", "work", "event_source_mapping", {"batch_size": 1, "maximum_concurrency": 2}),
    ]
    assert "of the retention of 1:00" in said(run(nodes, arrows, duration_s=100.0), "retention")[0]


def test_a_run_without_trouble_says_nothing_of_limits(run: Run) -> None:
    summary = run({"users": ("client", {"rate_per_s": 5}), "work": ("lambda", QUICK)}, [("users", "work", "invoke")])
    assert summary["remarks"] == []
