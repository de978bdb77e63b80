"""Schedules, pipes, IoT rules and API destinations in a run."""

from __future__ import annotations

import pytest

from designer.domain.graph.scenario import Pattern, Traffic
from tests.simulator.engine.designs import Arrow, Made, Parameters, Run

EXACT: Parameters = {"duration_variation": 0, "duration_ms": 100, "memory_mb": 1769, "init_ms": 0, "timeout_s": 30}
HOUR: dict[str, float] = {"duration_s": 3600.0, "window_s": 600.0}


def lines(summary: object, node: str) -> dict[str, float]:
    """Quantities of the bill's lines of a node, by item."""
    return {line["item"]: line["quantity"] for line in summary["cost"]["lines"] if line["node"] == node}  # type: ignore[index]


@pytest.mark.point("EVB-03")
def test_a_schedule_of_scheduler_fires_at_its_times_and_calls_its_target(run: Run) -> None:
    nodes: Made = {
        "tick": ("eventbridge_scheduler", {"schedule_expression": "rate(5 minutes)"}),
        "fn": ("lambda", EXACT),
    }
    summary = run(nodes, [("tick", "fn", "target")], **HOUR)
    after = summary["nodes"]
    assert after["tick"]["arrivals"] == 12
    assert after["fn"]["arrivals"] == 12


@pytest.mark.parametrize(
    ("parameters", "fires"),
    [
        ({"schedule_expression": "at(2026-01-05T09:30:00)", "time_zone": "Asia/Tokyo"}, 1),
        ({"schedule_expression": "at(2026-01-05T09:30:00)"}, 0),
        ({"schedule_expression": "cron(0/10 1 * * ? *)", "time_zone": "Europe/Zurich"}, 6),
        ({"schedule_expression": "rate(10 minutes)", "start_date": "2026-01-05T00:30:00Z"}, 3),
        ({"schedule_expression": "rate(10 minutes)", "start_date": "2020-01-05T00:03:00Z"}, 6),
        ({"schedule_expression": "rate(10 minutes)", "end_date": "2026-01-05T00:20:00Z"}, 3),
        ({"schedule_expression": "rate(10 minutes)", "enabled": False}, 0),
    ],
)
def test_time_zone_beginning_and_end_decide_when_a_schedule_fires(run: Run, parameters: Parameters, fires: int) -> None:
    nodes: Made = {
        "tick": ("eventbridge_scheduler", parameters),
        "queue": "sqs_standard",
        "fn": ("lambda", EXACT),
        "users": ("client", {"rate_per_s": 0.01, "pattern": "constant"}),
    }
    arrows: list[Arrow] = [("tick", "queue", "target"), ("users", "fn", "function_url")]
    assert run(nodes, arrows, **HOUR)["nodes"]["tick"]["arrivals"] == fires


def test_many_schedules_of_the_same_time_are_spread_by_a_flexible_window_and_billed(run: Run) -> None:
    def waiting(window: Parameters) -> tuple[float, dict[str, float]]:
        parameters: Parameters = {"schedule_expression": "at(2026-01-05T00:01:00)", "schedules": 6_000, **window}
        nodes: Made = {"tick": ("eventbridge_scheduler", parameters), "fn": ("lambda", EXACT)}
        summary = run(nodes, [("tick", "fn", "target")], duration_s=1_800.0, window_s=60.0)
        assert summary["nodes"]["fn"]["arrivals"] == 6_000
        return summary["nodes"]["fn"]["concurrency_max"], lines(summary, "tick")

    at_once, bill = waiting({})
    spread, _ = waiting({"flexible_window_min": 15})
    assert spread < at_once
    assert sum(bill.values()) * 1e6 == pytest.approx(6_000)


def test_target_calls_above_the_quota_of_scheduler_are_delayed_and_not_lost(run: Run) -> None:
    parameters: Parameters = {"schedule_expression": "at(2026-01-05T00:00:00)", "schedules": 90_000}
    nodes: Made = {"tick": ("eventbridge_scheduler", parameters), "queue": "sqs_standard"}
    early = run(nodes, [("tick", "queue", "target")], duration_s=60.0, window_s=10.0)
    late = run(nodes, [("tick", "queue", "target")], duration_s=160.0, window_s=10.0)
    assert early["nodes"]["queue"]["arrivals"] <= 61_500
    assert late["nodes"]["queue"]["arrivals"] == 90_000


def test_a_pipe_filters_enriches_and_hands_over_what_it_fetches(run: Run) -> None:
    nodes: Made = {
        "users": ("client", {"pattern": "constant", "rate_per_s": 20}),
        "api": "api_gateway_rest",
        "orders": "sqs_standard",
        "pipe": ("eventbridge_pipe", {"filter_pass_percent": 50}),
        "look-up": ("lambda", EXACT),
        "work": "sqs_standard",
    }
    arrows: list[Arrow] = [
        ("users", "api", "https"),
        ("api", "orders", "send_message"),
        ("orders", "pipe", "pipe_source"),
        ("pipe", "look-up", "enrichment"),
        ("pipe", "work", "pipe_send"),
    ]
    summary = run(nodes, arrows)
    after = summary["nodes"]
    passed = after["pipe"]["arrivals"]
    assert passed / after["orders"]["arrivals"] == pytest.approx(0.5, abs=0.05)
    assert after["look-up"]["arrivals"] == passed
    assert after["work"]["arrivals"] == pytest.approx(passed, abs=10)
    assert sum(lines(summary, "pipe").values()) * 1e6 == pytest.approx(passed)


def test_a_failing_target_sends_the_batch_back_to_the_queue_and_into_its_dead_letter_queue(run: Run) -> None:
    nodes: Made = {
        "users": ("client", {"pattern": "constant", "rate_per_s": 1}),
        "api": "api_gateway_rest",
        "orders": ("sqs_standard", {"visibility_timeout_s": 5}),
        "pipe": "eventbridge_pipe",
        "fn": ("lambda", {**EXACT, "error_percent": 100, "timeout_s": 3}),
        "dead": "sqs_standard",
    }
    arrows: list[Arrow] = [
        ("users", "api", "https"),
        ("api", "orders", "send_message"),
        ("orders", "pipe", "pipe_source"),
        ("pipe", "fn", "pipe_call"),
        ("orders", "dead", "redrive", {"max_receive_count": 2}),
    ]
    after = run(nodes, arrows, duration_s=120.0)["nodes"]
    assert after["dead"]["arrivals"] == pytest.approx(after["orders"]["arrivals"], abs=16)
    assert after["fn"]["arrivals"] == pytest.approx(2 * after["orders"]["arrivals"], abs=25)


def test_a_batch_is_one_call_of_a_function_and_one_request_on_the_bill(run: Run) -> None:
    nodes: Made = {
        "users": ("client", {"pattern": "constant", "rate_per_s": 50, "payload_kb": 8}),
        "api": "api_gateway_rest",
        "orders": "sqs_standard",
        "pipe": ("eventbridge_pipe", {"batch_size": 10, "batch_window_s": 1}),
        "fn": ("lambda", EXACT),
    }
    arrows: list[Arrow] = [
        ("users", "api", "https"),
        ("api", "orders", "send_message"),
        ("orders", "pipe", "pipe_source"),
        ("pipe", "fn", "pipe_call"),
    ]
    summary = run(nodes, arrows)
    calls = summary["nodes"]["fn"]["arrivals"]
    assert calls == pytest.approx(summary["nodes"]["orders"]["arrivals"] / 10, rel=0.05)
    assert sum(lines(summary, "pipe").values()) * 1e6 == pytest.approx(2 * calls, rel=0.02)


@pytest.mark.parametrize("source", ["sqs_standard", "sqs_fifo", "kinesis_stream", "msk", "mq"])
def test_a_pipe_reads_every_kind_of_source(run: Run, source: str) -> None:
    nodes: Made = {"source": source, "pipe": "eventbridge_pipe", "fn": ("lambda", EXACT)}
    arrows: list[Arrow] = [("source", "pipe", "pipe_source"), ("pipe", "fn", "pipe_call")]
    summary = run(nodes, arrows, traffic=(Traffic("source", Pattern.CONSTANT, rate_per_s=4),))
    after = summary["nodes"]
    assert after["source"]["arrivals"] == pytest.approx(240, abs=1)
    assert after["fn"]["arrivals"] == pytest.approx(240, abs=12)


def test_an_endpoint_that_is_too_slow_for_an_api_destination_is_given_up(run: Run) -> None:
    nodes: Made = {
        "users": ("client", {"pattern": "constant", "rate_per_s": 1}),
        "bus": "eventbridge_bus",
        "rule": "eventbridge_rule",
        "partner": ("http_endpoint", {"latency_ms": 8_000, "latency_p99_ms": 9_000}),
        "lost": "sqs_standard",
    }
    arrows: list[Arrow] = [
        ("users", "bus", "put_events"),
        ("bus", "rule", "rule"),
        ("rule", "partner", "target", {"retry_attempts": 1}),
        ("rule", "lost", "target_dlq"),
    ]
    after = run(nodes, arrows, duration_s=120.0)["nodes"]
    assert after["lost"]["arrivals"] == pytest.approx(after["rule"]["arrivals"], abs=15)


def test_only_the_records_that_the_target_names_are_tried_again(run: Run) -> None:
    def repeated(*, named: bool) -> float:
        pipe: Parameters = {"batch_size": 10, "batch_window_s": 1, "reports_failed_records": named}
        nodes: Made = {
            "orders": ("sqs_standard", {"visibility_timeout_s": 5}),
            "pipe": ("eventbridge_pipe", pipe),
            "fn": ("lambda", {**EXACT, "error_percent": 10, "timeout_s": 4}),
        }
        arrows: list[Arrow] = [("orders", "pipe", "pipe_source"), ("pipe", "fn", "pipe_call")]
        summary = run(nodes, arrows, traffic=(Traffic("orders", Pattern.CONSTANT, rate_per_s=50),))
        return summary["nodes"]["orders"]["retries"] / summary["nodes"]["orders"]["arrivals"]

    assert repeated(named=True) == pytest.approx(0.1, abs=0.02)
    assert repeated(named=False) > 0.5


def test_a_stopped_pipe_leaves_the_messages_in_the_queue(run: Run) -> None:
    nodes: Made = {
        "users": ("client", {"pattern": "constant", "rate_per_s": 5}),
        "api": "api_gateway_rest",
        "orders": "sqs_standard",
        "pipe": ("eventbridge_pipe", {"enabled": False}),
        "fn": ("lambda", EXACT),
    }
    arrows: list[Arrow] = [
        ("users", "api", "https"),
        ("api", "orders", "send_message"),
        ("orders", "pipe", "pipe_source"),
        ("pipe", "fn", "pipe_call"),
    ]
    assert run(nodes, arrows)["nodes"]["fn"]["arrivals"] == 0


def test_a_pipe_on_a_stream_gives_a_bad_batch_up_and_reports_it(run: Run) -> None:
    nodes: Made = {
        "users": ("client", {"pattern": "constant", "rate_per_s": 2}),
        "api": "api_gateway_rest",
        "orders": ("dynamodb", {"stream_view_type": "NEW_IMAGE"}),
        "pipe": ("eventbridge_pipe", {"maximum_retry_attempts": 1}),
        "fn": ("lambda", {**EXACT, "error_percent": 100}),
        "dead": "sqs_standard",
    }
    arrows: list[Arrow] = [
        ("users", "api", "https"),
        ("api", "orders", "action", {"action": "PutItem"}),
        ("orders", "pipe", "pipe_source"),
        ("pipe", "fn", "pipe_call"),
        ("pipe", "dead", "target_dlq"),
    ]
    after = run(nodes, arrows, duration_s=300.0)["nodes"]
    assert after["dead"]["arrivals"] > 10
    assert after["fn"]["arrivals"] == pytest.approx(2 * after["dead"]["arrivals"], abs=8)


def test_an_api_destination_is_called_no_faster_than_its_rate_and_each_call_is_billed(run: Run) -> None:
    nodes: Made = {
        "users": ("client", {"pattern": "constant", "rate_per_s": 30}),
        "bus": "eventbridge_bus",
        "rule": "eventbridge_rule",
        "partner": ("http_endpoint", {"latency_ms": 20, "latency_p99_ms": 30}),
    }
    arrows: list[Arrow] = [
        ("users", "bus", "put_events"),
        ("bus", "rule", "rule"),
        ("rule", "partner", "target", {"invocation_rate_per_s": 10}),
    ]
    summary = run(nodes, arrows)
    calls = summary["nodes"]["partner"]["arrivals"]
    assert calls == pytest.approx(10 * 60, rel=0.05)
    assert sum(lines(summary, "rule").values()) * 1e6 == pytest.approx(calls, abs=2)


def test_an_iot_rule_hands_its_share_of_the_messages_to_every_action(run: Run) -> None:
    nodes: Made = {
        "users": ("client", {"pattern": "constant", "rate_per_s": 20}),
        "fn": ("lambda", EXACT),
        "sensors": ("iot_rule", {"match_percent": 40}),
        "table": "dynamodb",
        "queue": "sqs_standard",
    }
    arrows: list[Arrow] = [
        ("users", "fn", "function_url"),
        ("fn", "sensors", "publish"),
        ("sensors", "table", "target"),
        ("sensors", "queue", "target"),
    ]
    after = run(nodes, arrows)["nodes"]
    assert after["queue"]["arrivals"] / after["sensors"]["arrivals"] == pytest.approx(0.4, abs=0.05)
    assert after["table"]["arrivals"] == pytest.approx(after["queue"]["arrivals"], abs=5)


def test_what_an_action_refuses_goes_to_the_error_action(run: Run) -> None:
    nodes: Made = {
        "users": ("client", {"pattern": "constant", "rate_per_s": 5}),
        "fn": ("lambda", EXACT),
        "sensors": "iot_rule",
        "partner": ("http_endpoint", {"error_percent": 100}),
        "failed": "sqs_standard",
    }
    arrows: list[Arrow] = [
        ("users", "fn", "function_url"),
        ("fn", "sensors", "publish"),
        ("sensors", "partner", "target"),
        ("sensors", "failed", "on_failure"),
    ]
    after = run(nodes, arrows, duration_s=120.0)["nodes"]
    assert after["failed"]["arrivals"] > 0.8 * after["sensors"]["arrivals"]
    assert after["partner"]["arrivals"] > 3.5 * after["failed"]["arrivals"]


@pytest.mark.parametrize(
    ("source", "stated", "passing"), [("shop", {}, 1.0), ("bank", {}, 0.0), ("bank", {"match_percent": 50}, 0.5)]
)
def test_a_sample_event_that_does_not_match_stops_a_rule_whose_share_nobody_stated(
    run: Run, source: str, stated: Parameters, passing: float
) -> None:
    rule: Parameters = {"event_pattern": '{"source": ["shop"]}', "sample_event": f'{{"source": "{source}"}}', **stated}
    nodes: Made = {
        "users": ("client", {"rate_per_s": 20, "pattern": "constant"}),
        "put": ("lambda", EXACT),
        "bus": "eventbridge_bus",
        "rule": ("eventbridge_rule", rule),
        "fn": ("lambda", EXACT),
    }
    arrows: list[Arrow] = [
        ("users", "put", "function_url"),
        ("put", "bus", "put_events"),
        ("bus", "rule", "rule"),
        ("rule", "fn", "target"),
    ]
    nodes_after = run(nodes, arrows, duration_s=30.0)["nodes"]
    assert nodes_after["fn"]["arrivals"] == pytest.approx(600 * passing, abs=60 if 0 < passing < 1 else 25 * passing)


@pytest.mark.parametrize(("kind", "passing"), [("order", 1.0), ("refund", 0.0)])
def test_a_sample_message_that_does_not_pass_a_mappings_filter_stops_it(run: Run, kind: str, passing: float) -> None:
    filtered: Parameters = {
        "filter_patterns": '[{"body": {"kind": ["order"]}}]',
        "sample_event": f'{{"body": {{"kind": "{kind}"}}}}',
    }
    nodes: Made = {"queue": "sqs_standard", "fn": ("lambda", EXACT)}
    arrows: list[Arrow] = [("queue", "fn", "event_source_mapping", {"batch_size": 1, **filtered})]
    traffic = (Traffic("queue", pattern=Pattern.CONSTANT, rate_per_s=10),)
    after = run(nodes, arrows, traffic=traffic, duration_s=20.0)["nodes"]["fn"]
    assert after["arrivals"] == pytest.approx(200 * passing, abs=10 * passing)
