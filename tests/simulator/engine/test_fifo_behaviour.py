"""FIFO queues and topics, aliases, large messages and HTTP subscriptions in a run."""

from __future__ import annotations

import pytest

from designer.domain.graph.scenario import Fault, FaultKind, Pattern, Traffic
from tests.simulator.engine.designs import Arrow, Made, Parameters, Run

EXACT: Parameters = {"duration_variation": 0, "memory_mb": 1769, "init_ms": 0, "timeout_s": 5}
WORKER: Parameters = {**EXACT, "cpu_ms": 0, "wait_ms": 100}
QUEUE: Parameters = {"visibility_timeout_s": 30}


def _traffic(entry: str, rate_per_s: float) -> tuple[Traffic, ...]:
    return (Traffic(entry, pattern=Pattern.CONSTANT, rate_per_s=rate_per_s),)


def _fifo(queue: Parameters, mapping: Parameters, worker: Parameters = WORKER) -> tuple[Made, list[Arrow]]:
    nodes: Made = {"orders": ("sqs_fifo", {**QUEUE, **queue}), "worker": ("lambda", worker)}
    return nodes, [("orders", "worker", "event_source_mapping", mapping)]


@pytest.mark.point("SQS-01")
def test_a_message_group_is_worked_on_one_batch_at_a_time(run: Run) -> None:
    one = run(*_fifo({"message_groups": 1}, {"batch_size": 1}), traffic=_traffic("orders", 50))
    many = run(*_fifo({"message_groups": 10_000}, {"batch_size": 1}), traffic=_traffic("orders", 50))
    assert one["nodes"]["worker"]["concurrency_max"] == 1
    assert one["nodes"]["worker"]["completions"] < 60 * 10
    assert many["nodes"]["worker"]["completions"] == pytest.approx(60 * 50, rel=0.05)
    assert many["nodes"]["worker"]["concurrency_max"] > 4


@pytest.mark.point("SQS-06")
def test_a_fifo_queue_throttles_above_300_calls_a_second(run: Run) -> None:
    nodes, arrows = _fifo({}, {"batch_size": 10})
    standard = run(nodes, arrows, traffic=_traffic("orders", 500), duration_s=20.0)
    accepted = standard["nodes"]["orders"]["arrivals"]
    assert accepted == pytest.approx(300 * 21, rel=0.03)
    high: Parameters = {"throughput_limit": "perMessageGroupId", "deduplication_scope": "messageGroup"}
    nodes, arrows = _fifo(high, {"batch_size": 10})
    fast = run(nodes, arrows, traffic=_traffic("orders", 500), duration_s=20.0)
    assert fast["nodes"]["orders"]["arrivals"] == pytest.approx(500 * 20, rel=0.01)


@pytest.mark.point("SQS-06")
def test_high_throughput_does_not_help_a_single_message_group(run: Run) -> None:
    high: Parameters = {"throughput_limit": "perMessageGroupId", "message_groups": 1}
    nodes, arrows = _fifo(high, {"batch_size": 10})
    summary = run(nodes, arrows, traffic=_traffic("orders", 500), duration_s=20.0)
    assert summary["nodes"]["orders"]["arrivals"] == pytest.approx(300 * 21, rel=0.03)


@pytest.mark.point("SQS-01")
def test_what_is_sent_twice_is_dropped_but_billed(run: Run) -> None:
    quick: Parameters = {**EXACT, "cpu_ms": 0, "wait_ms": 1}
    nodes, arrows = _fifo({"duplicate_percent": 50}, {"batch_size": 10}, quick)
    summary = run(nodes, arrows, traffic=_traffic("orders", 100))
    once = run(*_fifo({}, {"batch_size": 10}, quick), traffic=_traffic("orders", 100))
    assert summary["nodes"]["orders"]["completions"] == pytest.approx(60 * 100, rel=0.03)
    [line] = [line for line in summary["cost"]["lines"] if line["node"] == "orders"]
    [plain] = [line for line in once["cost"]["lines"] if line["node"] == "orders"]
    assert (line["quantity"] - plain["quantity"]) * 1e6 == pytest.approx(3_000, rel=0.1)


def test_a_failing_message_holds_up_its_group_until_it_is_moved_away(run: Run) -> None:
    nodes: Made = {
        "orders": ("sqs_fifo", {"visibility_timeout_s": 5, "message_groups": 1}),
        "failed": "sqs_fifo",
        "worker": ("lambda", {**WORKER, "error_percent": 100, "timeout_s": 1}),
    }
    arrows: list[Arrow] = [
        ("orders", "worker", "event_source_mapping", {"batch_size": 1}),
        ("orders", "failed", "redrive", {"max_receive_count": 2}),
    ]
    summary = run(nodes, arrows, traffic=_traffic("orders", 1), duration_s=100.0)
    assert summary["nodes"]["failed"]["arrivals"] == pytest.approx(100 / 10, abs=2)
    assert summary["nodes"]["worker"]["concurrency_max"] == 1
    assert summary["nodes"]["orders"]["queue_depth"] > 70


def test_a_fifo_topic_fills_its_queues_and_refuses_above_3000_a_second(run: Run) -> None:
    nodes: Made = {"news": "sns_fifo", "one": "sqs_fifo", "two": "sqs_standard"}
    arrows: list[Arrow] = [("news", "one", "subscription"), ("news", "two", "subscription")]
    summary = run(nodes, arrows, traffic=_traffic("news", 4_000), duration_s=10.0)
    published = summary["nodes"]["news"]["completions"]
    assert published == pytest.approx(3_000 * 11, rel=0.03)
    for queue in ("one", "two"):
        assert summary["nodes"][queue]["arrivals"] == pytest.approx(published, rel=0.01)


@pytest.mark.point("LAM-18")
def test_an_alias_splits_its_calls_between_two_versions(run: Run) -> None:
    nodes: Made = {
        "users": ("client", {"pattern": "constant", "rate_per_s": 50}),
        "front": ("lambda", EXACT),
        "live": "lambda_alias_version",
        "v1": ("lambda", EXACT),
        "v2": ("lambda", EXACT),
    }
    arrows: list[Arrow] = [
        ("users", "front", "invoke"),
        ("front", "live", "invoke"),
        ("live", "v1", "version", {"weight": 9}),
        ("live", "v2", "version", {"weight": 1, "version": "2"}),
    ]
    after = run(nodes, arrows)["nodes"]
    assert after["live"]["arrivals"] == pytest.approx(3_000, abs=20)
    assert after["v2"]["arrivals"] / after["live"]["arrivals"] == pytest.approx(0.1, abs=0.02)
    assert after["v1"]["arrivals"] + after["v2"]["arrivals"] == pytest.approx(after["live"]["arrivals"], abs=2)


@pytest.mark.point("LAM-18")
def test_provisioned_concurrency_serves_only_what_comes_through_the_alias(run: Run) -> None:
    cold: Parameters = {**EXACT, "init_ms": 500, "cpu_ms": 0, "wait_ms": 10}
    nodes: Made = {
        "past": ("sqs_standard", QUEUE),
        "orders": ("sqs_standard", QUEUE),
        "live": ("lambda_alias_version", {"provisioned_concurrency": 20}),
        "worker": ("lambda", cold),
    }
    through_alias: list[Arrow] = [("orders", "live", "event_source_mapping"), ("live", "worker", "version")]
    warm = run({k: v for k, v in nodes.items() if k != "past"}, through_alias, traffic=_traffic("orders", 20))
    assert warm["nodes"]["worker"]["cold_starts"] == 0
    assert warm["nodes"]["worker"]["completions"] == pytest.approx(1_200, rel=0.02)
    beside: list[Arrow] = [*through_alias, ("past", "worker", "event_source_mapping")]
    both = run(nodes, beside, traffic=_traffic("past", 20))
    assert both["nodes"]["worker"]["cold_starts"] > 0
    lines = {line["node"] for line in warm["cost"]["lines"] if "rovisioned" in line["item"]}
    assert lines


@pytest.mark.point("SQS-12")
def test_large_messages_go_through_s3_and_are_deleted(run: Run) -> None:
    nodes: Made = {
        "users": ("client", {"pattern": "constant", "rate_per_s": 10}),
        "sell": ("lambda", EXACT),
        "orders": (
            "sqs_standard",
            {**QUEUE, "extended_client": True, "extended_client_bucket": "documents"},
        ),
        "worker": ("lambda", WORKER),
        "documents": "s3",
    }
    arrows: list[Arrow] = [
        ("users", "sell", "invoke"),
        ("sell", "orders", "send_message", {"message_kb": 5_000}),
        ("orders", "worker", "event_source_mapping", {"batch_size": 1}),
    ]
    summary = run(nodes, arrows)
    items = {line["item"]: line["quantity"] for line in summary["cost"]["lines"] if line["node"] == "documents"}
    assert len(items) == 2
    assert summary["nodes"]["documents"]["arrivals"] == pytest.approx(3 * 600, rel=0.02)
    small = run(nodes, [arrows[0], ("sell", "orders", "send_message", {"message_kb": 100}), arrows[2]])
    assert small["nodes"]["documents"]["arrivals"] == 0
    assert summary["nodes"]["worker"]["latency_ms"]["p50"] > small["nodes"]["worker"]["latency_ms"]["p50"]


@pytest.mark.point("SNS-03")
def test_an_http_endpoint_is_tried_as_often_as_its_policy_says(run: Run) -> None:
    nodes: Made = {
        "news": "sns_standard",
        "shop": ("http_endpoint", {"error_percent": 100}),
        "failed": "sqs_standard",
    }
    arrows: list[Arrow] = [
        ("news", "shop", "subscription", {"http_retries": 2, "http_retry_delay_s": 5}),
        ("news", "failed", "subscription_dlq"),
    ]
    summary = run(nodes, arrows, traffic=_traffic("news", 2), duration_s=60.0)
    published = summary["nodes"]["news"]["completions"]
    assert summary["edges"]["news-shop-subscription"]["calls"] == pytest.approx(3 * published, rel=0.1)
    assert summary["nodes"]["failed"]["arrivals"] == pytest.approx(published * 50 / 60, rel=0.1)
    [line] = [line for line in summary["cost"]["lines"] if "HTTP" in line["item"]]
    assert line["quantity"] * 1e6 == pytest.approx(summary["edges"]["news-shop-subscription"]["calls"])


@pytest.mark.point("SQS-08")
def test_short_polling_costs_more_and_long_polling_finds_messages_sooner(run: Run) -> None:
    def with_wait(settings: Parameters) -> tuple[float, float]:
        nodes: Made = {
            "jobs": ("sqs_standard", QUEUE),
            "workers": ("ecs_fargate", {"scaling": "none", "desired_count": 1, "concurrency": 1, "duration_ms": 1}),
        }
        summary = run(nodes, [("jobs", "workers", "poll", settings)], traffic=_traffic("jobs", 0.2), duration_s=600.0)
        [line] = [line for line in summary["cost"]["lines"] if line["node"] == "jobs"]
        return line["quantity"] * 1e6, summary["entry_points"]["jobs"]["journey_ms"]["p50"]

    long_requests, long_ms = with_wait({"poll_wait_s": 20})
    short_requests, short_ms = with_wait({"poll_wait_s": 0, "poll_pause_s": 5})
    busy_requests, busy_ms = with_wait({"poll_wait_s": 0})
    assert busy_requests > 10 * long_requests
    assert busy_requests == pytest.approx(600 / 0.008, rel=0.15)
    assert long_ms < 100 < busy_ms + 100
    assert short_ms == pytest.approx(2_500, rel=0.35)
    assert short_requests < busy_requests / 50


@pytest.mark.point("SQS-09")
def test_a_queue_with_a_kms_key_pays_for_requests_to_it(run: Run) -> None:
    nodes, arrows = _fifo({"encryption": "kms_customer_managed", "kms_data_key_reuse_s": 60}, {"batch_size": 10})
    summary = run(nodes, arrows, traffic=_traffic("orders", 10), duration_s=600.0)
    [line] = [line for line in summary["cost"]["lines"] if line["node"] == "orders" and "keys" in line["item"]]
    assert line["quantity"] * 10_000 == pytest.approx(600 / 60)
    plain = run(*_fifo({}, {"batch_size": 10}), traffic=_traffic("orders", 10))
    assert len([line for line in plain["cost"]["lines"] if line["node"] == "orders"]) == 1


@pytest.mark.point("SQS-01")
def test_a_poison_message_holds_up_its_group_alone_until_the_dead_letter_queue_takes_it(run: Run) -> None:
    nodes: Made = {
        "orders": ("sqs_fifo", {"visibility_timeout_s": 10, "message_groups": 10}),
        "failed": "sqs_fifo",
        "worker": ("lambda", {**EXACT, "cpu_ms": 0, "wait_ms": 5, "timeout_s": 1}),
    }
    arrows: list[Arrow] = [
        ("orders", "worker", "event_source_mapping", {"batch_size": 1}),
        ("orders", "failed", "redrive", {"max_receive_count": 3}),
    ]
    poison = Fault(FaultKind.POISON, "orders", start_s=20.0, amount=1.0)
    summary = run(nodes, arrows, traffic=_traffic("orders", 10), faults=(poison,), duration_s=120.0)
    after = summary["nodes"]
    assert after["failed"]["arrivals"] == 1
    assert after["worker"]["errors"] == {"function_error": 3}
    assert after["orders"]["queue_depth"] == 0
    assert after["orders"]["completions"] == pytest.approx(after["orders"]["arrivals"] - 1, abs=2)
    longest_ms = summary["entry_points"]["orders"]["journey_ms"]["max"]
    assert 20_000 < longest_ms < 35_000


@pytest.mark.point("LAM-18")
def test_events_through_an_alias_are_tried_three_times_and_then_sent_to_the_destination(run: Run) -> None:
    nodes: Made = {
        "photos": "s3",
        "live": "lambda_alias_version",
        "work": ("lambda", {**EXACT, "error_percent": 100}),
        "failed": "sqs_standard",
    }
    arrows: list[Arrow] = [
        ("photos", "live", "event_notification"),
        ("live", "work", "version"),
        ("work", "failed", "on_failure"),
    ]
    after = run(nodes, arrows, traffic=_traffic("photos", 1), duration_s=600.0)["nodes"]
    assert after["live"]["arrivals"] == pytest.approx(600, rel=0.15)
    assert after["failed"]["arrivals"] == pytest.approx(after["live"]["arrivals"] * 420 / 600, rel=0.12)
    assert after["work"]["arrivals"] > 2.2 * after["live"]["arrivals"]
