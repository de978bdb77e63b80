"""Queues and the mappings that read them."""

from __future__ import annotations

from typing import Any

import pytest

from simulator.engine.results import NodeStats, Summary
from tests.simulator.engine.designs import Arrow, Made, Parameters, Run

EXACT: Parameters = {"duration_variation": 0, "memory_mb": 1769, "init_ms": 0}
CLIENT: Parameters = {"pattern": "constant", "rate_per_s": 20}


def pipeline(
    run: Run,
    *,
    queue: Parameters | None = None,
    worker: Parameters | None = None,
    mapping: Parameters | None = None,
    client: Parameters | None = None,
    dead: int | None = None,
    **scenario: Any,
) -> Summary:
    """client -> function -> queue -> worker, with a dead-letter queue when a receive count is given."""
    nodes: Made = {
        "users": ("client", {**CLIENT, **(client or {})}),
        "front": ("lambda", EXACT),
        "queue": ("sqs_standard", queue or {}),
        "worker": ("lambda", {**EXACT, **(worker or {})}),
    }
    arrows: list[Arrow] = [
        ("users", "front", "invoke"),
        ("front", "queue", "send_message"),
        ("queue", "worker", "event_source_mapping", mapping or {}),
    ]
    if dead is not None:
        nodes["dead"] = "sqs_standard"
        arrows.append(("queue", "dead", "redrive", {"max_receive_count": dead}))
    return run(nodes, arrows, **scenario)


def balance(stats: NodeStats) -> int:
    return stats["arrivals"] - stats["completions"] - sum(stats["errors"].values())


@pytest.mark.point("SQS-03")
def test_a_message_that_worked_is_deleted(run: Run) -> None:
    queue = pipeline(run)["nodes"]["queue"]
    assert queue["completions"] == pytest.approx(1200, abs=10)
    assert queue["retries"] == 0
    assert balance(queue) == queue["queue_depth"] + queue["in_flight"]


@pytest.mark.point("SQS-03")
def test_a_failed_message_reappears_after_the_visibility_timeout(run: Run) -> None:
    summary = pipeline(
        run,
        queue={"visibility_timeout_s": 20},
        worker={"error_percent": 100},
        client={"rate_per_s": 1},
        mapping={"batch_size": 1},
        duration_s=205.0,
    )
    queue = summary["nodes"]["queue"]
    expected = sum(1 + int((204.9 - sent) // 20) for sent in range(1, 205))
    assert summary["nodes"]["worker"]["arrivals"] == pytest.approx(expected, rel=0.03)
    assert queue["completions"] == 0
    assert queue["in_flight"] + queue["queue_depth"] == queue["arrivals"]


@pytest.mark.point("SQS-03")
def test_work_that_outlasts_the_visibility_timeout_is_done_twice(run: Run) -> None:
    summary = pipeline(
        run,
        queue={"visibility_timeout_s": 2},
        worker={"cpu_ms": 0, "wait_ms": 3000, "timeout_s": 10},
        client={"rate_per_s": 1},
    )
    assert summary["nodes"]["queue"]["duplicates"] > 40
    assert summary["nodes"]["worker"]["arrivals"] > 1.5 * summary["nodes"]["queue"]["completions"]
    assert any(remark["kind"] == "duplicates" for remark in summary["remarks"])


@pytest.mark.point("SQS-04")
@pytest.mark.parametrize("receives", [1, 3])
def test_a_message_is_moved_to_the_dead_letter_queue_after_its_receives(run: Run, receives: int) -> None:
    summary = pipeline(
        run,
        queue={"visibility_timeout_s": 10},
        worker={"error_percent": 100},
        client={"rate_per_s": 2},
        dead=receives,
        duration_s=200.0,
    )
    queue, dead = summary["nodes"]["queue"], summary["nodes"]["dead"]
    assert set(queue["errors"]) == {"dead_lettered"}
    assert queue["errors"]["dead_lettered"] == pytest.approx(2 * (200 - 10 * receives), rel=0.03)
    assert dead["arrivals"] == dead["queue_depth"] == queue["errors"]["dead_lettered"]
    assert dead["oldest_age_s"] == pytest.approx(200, rel=0.03), "a dead letter keeps its age"
    assert summary["edges"]["queue-dead-redrive"]["calls"] == dead["arrivals"]


def test_a_delay_keeps_messages_out_of_sight(run: Run) -> None:
    summary = pipeline(run, queue={"delay_s": 15})
    assert summary["nodes"]["queue"]["latency_ms"]["p50"] == pytest.approx(15_000, rel=0.02)


def test_messages_expire_after_the_retention_period_when_nobody_keeps_up(run: Run) -> None:
    summary = pipeline(
        run,
        queue={"message_retention_s": 60, "visibility_timeout_s": 30},
        worker={"reserved_concurrency": 0},
        duration_s=300.0,
    )
    assert summary["nodes"]["queue"]["errors"]["expired"] == pytest.approx(20 * 230, rel=0.1)


def test_messages_expire_in_a_queue_that_nobody_reads(run: Run) -> None:
    nodes: Made = {
        "users": ("client", CLIENT),
        "fn": ("lambda", EXACT),
        "queue": ("sqs_standard", {"message_retention_s": 60}),
    }
    arrows: list[Arrow] = [("users", "fn", "invoke"), ("fn", "queue", "send_message")]
    summary = run(nodes, arrows, duration_s=300.0)
    queue = summary["nodes"]["queue"]
    assert queue["errors"]["expired"] == pytest.approx(20 * 240, rel=0.02)
    assert queue["queue_depth"] == pytest.approx(20 * 60, rel=0.03)
    assert queue["oldest_age_s"] == pytest.approx(60, abs=2)
    assert summary["entry_points"]["users"]["journey_ms"]["count"] > 5900, "a stored message ends the journey"


@pytest.mark.point("LAM-17")
def test_pollers_start_with_five_and_grow_by_three_hundred_a_minute(run: Run) -> None:
    busy: dict[str, Any] = {
        "worker": {"cpu_ms": 0, "wait_ms": 30_000, "timeout_s": 60},
        "queue": {"visibility_timeout_s": 360},
    }
    summary = pipeline(
        run, **busy, mapping={"batch_size": 1}, client={"rate_per_s": 200}, duration_s=24.0, window_s=1.0
    )
    assert summary["nodes"]["worker"]["concurrency_max"] == pytest.approx(5 + 24 * 5, rel=0.05)


@pytest.mark.point("LAM-17")
def test_maximum_concurrency_holds_the_pollers_back(run: Run) -> None:
    busy: dict[str, Any] = {"worker": {"cpu_ms": 0, "wait_ms": 1000}, "queue": {"visibility_timeout_s": 18}}
    summary = pipeline(run, **busy, mapping={"batch_size": 1, "maximum_concurrency": 7})
    assert summary["nodes"]["worker"]["concurrency_max"] == 7
    assert summary["nodes"]["worker"]["throttles"] == 0
    assert summary["nodes"]["queue"]["queue_depth"] > 500


@pytest.mark.point("LAM-17")
def test_a_batching_window_fills_batches(run: Run) -> None:
    alone = pipeline(run, client={"rate_per_s": 5}, mapping={"batch_size": 10})
    gathered = pipeline(run, client={"rate_per_s": 5}, mapping={"batch_size": 10, "batch_window_s": 10})
    assert alone["nodes"]["worker"]["arrivals"] == pytest.approx(300, abs=5)
    assert gathered["nodes"]["worker"]["arrivals"] == pytest.approx(30, abs=2)
    assert gathered["nodes"]["queue"]["latency_ms"]["p50"] > 800


@pytest.mark.point("LAM-17")
def test_a_failed_batch_returns_whole_unless_failed_items_are_reported(run: Run) -> None:
    settings: dict[str, Any] = {
        "queue": {"visibility_timeout_s": 18},
        "worker": {"error_percent": 10, "timeout_s": 3},
        "client": {"rate_per_s": 50},
        "duration_s": 300.0,
    }
    batch = {"batch_size": 10, "batch_window_s": 5}
    whole = pipeline(run, mapping=batch, **settings)["nodes"]
    partial = pipeline(run, mapping=batch | {"report_batch_item_failures": True}, **settings)["nodes"]
    assert partial["worker"]["errors"] == {}
    assert partial["queue"]["retries"] / partial["queue"]["arrivals"] == pytest.approx(0.1 / 0.9, rel=0.15)
    # a batch of ten fails with probability 1 - 0.9 ** 10 = 0.65
    failures = whole["worker"]["errors"]["function_error"] / whole["worker"]["arrivals"]
    assert failures == pytest.approx(1 - 0.9**10, rel=0.06)
    assert whole["queue"]["retries"] > 5 * partial["queue"]["retries"]


@pytest.mark.point("SQS-04")
def test_a_message_of_a_batch_fails_twice_as_often_as_chance_says(run: Run) -> None:
    """Each record fails with 10 % on its own, so 1 % of the messages fail both times and are moved away."""
    nodes = pipeline(
        run,
        queue={"visibility_timeout_s": 6},
        worker={"error_percent": 10, "timeout_s": 1},
        mapping={"batch_size": 10, "batch_window_s": 1, "report_batch_item_failures": True},
        client={"rate_per_s": 100},
        dead=2,
        duration_s=400.0,
    )["nodes"]
    assert nodes["dead"]["arrivals"] / nodes["queue"]["arrivals"] == pytest.approx(0.01, rel=0.15)


@pytest.mark.point("LAM-17")
def test_messages_that_a_filter_rejects_are_deleted_without_an_invocation(run: Run) -> None:
    summary = pipeline(run, mapping={"filter_pass_percent": 25, "batch_size": 1}, client={"rate_per_s": 100})
    queue = summary["nodes"]["queue"]
    assert queue["filtered"] / queue["arrivals"] == pytest.approx(0.75, abs=0.02)
    assert summary["nodes"]["worker"]["arrivals"] == pytest.approx(0.25 * queue["arrivals"], rel=0.05)


@pytest.mark.point("LAM-17")
def test_a_throttled_batch_returns_after_the_visibility_timeout(run: Run) -> None:
    summary = pipeline(
        run,
        queue={"visibility_timeout_s": 10},
        worker={"reserved_concurrency": 0},
        client={"rate_per_s": 2},
        mapping={"batch_size": 1},
        dead=3,
        duration_s=100.0,
    )
    assert summary["nodes"]["worker"]["errors"] == {"throttled": summary["nodes"]["worker"]["arrivals"]}
    assert summary["nodes"]["dead"]["arrivals"] == pytest.approx(2 * (100 - 30), rel=0.1)


def test_a_batch_takes_as_long_as_its_records(run: Run) -> None:
    summary = pipeline(
        run,
        worker={"cpu_ms": 0, "wait_ms": 100, "timeout_s": 60},
        mapping={"batch_size": 10, "batch_window_s": 20},
        client={"rate_per_s": 10},
    )
    assert summary["nodes"]["worker"]["latency_ms"]["p50"] == pytest.approx(1000, rel=0.02)


def test_no_more_messages_are_in_flight_than_the_quota_allows(run: Run) -> None:
    busy: dict[str, Any] = {"worker": {"cpu_ms": 0, "wait_ms": 0.5, "timeout_s": 900, "error_percent": 100}}
    summary = pipeline(
        run,
        **busy,
        queue={"visibility_timeout_s": 43_200},
        mapping={"batch_size": 1000, "batch_window_s": 1},
        client={"rate_per_s": 3000},
        duration_s=60.0,
    )
    queue = summary["nodes"]["queue"]
    assert 119_000 <= queue["in_flight"] <= 121_000
    assert queue["queue_depth"] == pytest.approx(queue["arrivals"] - queue["in_flight"], abs=10)


@pytest.mark.point("SQS-07")
def test_requests_are_billed_by_action_and_idle_pollers_cost_too(run: Run) -> None:
    idle = pipeline(run, client={"rate_per_s": 0.001}, duration_s=20_000.0, window_s=1000.0)
    [line] = [line for line in idle["cost"]["lines"] if line["node"] == "queue"]
    assert line["quantity"] * 1e6 == pytest.approx(5 * 20_000 / 20, rel=0.02)
    assert line["monthly_quantity"] == pytest.approx(0.657, rel=0.02)


@pytest.mark.point("LAM-17")
def test_a_stream_batch_that_fails_blocks_its_shard_until_it_is_given_up(run: Run) -> None:
    nodes: Made = {
        "users": ("client", CLIENT),
        "table": ("dynamodb", {"billing_mode": "provisioned", "write_capacity_units": 100}),
        "reader": ("lambda", {**EXACT, "error_percent": 100, "cpu_ms": 0}),
        "failed": "sqs_standard",
    }
    arrows: list[Arrow] = [
        ("users", "table", "api"),
        ("table", "reader", "event_source_mapping", {"maximum_retry_attempts": 2}),
        ("reader", "failed", "stream_on_failure"),
    ]
    summary = run(nodes, arrows)
    reader = summary["nodes"]["reader"]
    assert reader["concurrency_max"] == 1
    # one batch at a time, three attempts each, with waits of 1 s and 2 s between, and 0.2 s to the next
    assert reader["arrivals"] == pytest.approx(3 * 60 / 3.2, rel=0.1)
    assert summary["nodes"]["failed"]["arrivals"] == pytest.approx(reader["arrivals"] / 3, abs=1)
    assert reader["lost"]["retries_exhausted"] > 500


@pytest.mark.point("LAM-17")
def test_stream_records_are_read_in_batches_per_shard_and_the_parallelization_factor_widens_them(run: Run) -> None:
    nodes: Made = {
        "users": ("client", {"pattern": "poisson", "rate_per_s": 300}),
        "table": ("dynamodb", {"billing_mode": "provisioned", "write_capacity_units": 1500}),
        "reader": ("lambda", {**EXACT, "cpu_ms": 0, "wait_ms": 50, "timeout_s": 60}),
    }

    def most(factor: int) -> dict[str, NodeStats]:
        mapping = {"parallelization_factor": factor, "batch_size": 10}
        return run(nodes, [("users", "table", "api"), ("table", "reader", "event_source_mapping", mapping)])["nodes"]

    assert most(1)["reader"]["concurrency_max"] == 2, "two shards for 1,500 write units"
    assert most(5)["reader"]["concurrency_max"] == 10
    assert most(1)["table"]["queue_depth"] > 1000
    assert most(1)["table"]["oldest_age_s"] > 5
