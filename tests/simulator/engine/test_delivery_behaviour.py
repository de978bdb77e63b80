"""Firehose, Flink, log groups, alarms and traces, against arithmetic by hand."""

from __future__ import annotations

import pytest

from designer.domain.connections.registry import connections
from designer.domain.graph.scenario import Pattern, Traffic
from simulator.engine.results import Summary
from tests.simulator.engine.designs import Arrow, Made, Parameters, Run
from tests.simulator.engine.streaming import EXACT, clients, used


def delivered(run: Run, target: str, *, rate_per_s: float = 100, firehose: Parameters | None = None) -> Summary:
    """client -> Firehose -> destination, with a backup bucket."""
    nodes: Made = {
        "users": clients(rate_per_s),
        "firehose": ("firehose", {"buffer_interval_s": 10, **(firehose or {})}),
        "sink": (target, {"error_percent": 100} if target == "http_endpoint" else {}),
        "backup": "s3",
    }
    arrows: list[Arrow] = [("users", "firehose", "put_record"), ("firehose", "sink", "delivery")]
    if target != "s3":
        arrows.append(("firehose", "backup", "backup"))
    return run(nodes, arrows, duration_s=600.0)


@pytest.mark.point("KDF-01")
def test_firehose_writes_an_object_when_its_time_is_up(run: Run) -> None:
    assert delivered(run, "s3")["nodes"]["sink"]["arrivals"] == pytest.approx(59, abs=2)


@pytest.mark.point("KDF-01")
def test_firehose_writes_an_object_when_its_buffer_is_full(run: Run) -> None:
    settings: Parameters = {"buffer_interval_s": 900, "buffer_size_mb": 1, "record_kb": 10}
    per_object = int(1024 / 10)
    objects = delivered(run, "s3", firehose=settings)["nodes"]["sink"]["arrivals"]
    assert objects == pytest.approx(100 * 600 / per_object, rel=0.03)


@pytest.mark.point("KDF-02")
def test_what_an_endpoint_does_not_take_goes_to_the_backup_bucket(run: Run) -> None:
    summary = delivered(run, "http_endpoint", firehose={"retry_duration_s": 60})
    assert summary["nodes"]["sink"]["completions"] == 0
    assert summary["nodes"]["backup"]["arrivals"] == pytest.approx(52, abs=4)
    assert summary["nodes"]["firehose"]["retries"] > 100


@pytest.mark.point("KDF-02")
def test_records_for_redshift_go_through_the_bucket(run: Run) -> None:
    summary = delivered(run, "redshift")
    objects = summary["nodes"]["backup"]["arrivals"]
    assert objects == pytest.approx(59, abs=2)
    assert summary["nodes"]["sink"]["arrivals"] == pytest.approx(objects, abs=1)


@pytest.mark.point("KDF-02")
@pytest.mark.parametrize("target", ["s3", "redshift", "opensearch", "splunk", "http_endpoint"])
def test_firehose_can_deliver_to_every_destination(target: str) -> None:
    assert connections()[f"firehose.{target}.delivery"].usable


@pytest.mark.point("KDF-03")
def test_a_transformation_costs_time_and_invocations(run: Run) -> None:
    nodes: Made = {
        "users": clients(100),
        "firehose": ("firehose", {"buffer_interval_s": 10}),
        "bucket": "s3",
        "function": ("lambda", {**EXACT, "timeout_s": 60}),
    }
    arrows: list[Arrow] = [
        ("users", "firehose", "put_record"),
        ("firehose", "bucket", "delivery"),
        ("firehose", "function", "transform", {"transform_interval_s": 5}),
    ]
    summary = run(nodes, arrows, duration_s=100.0)
    assert summary["nodes"]["function"]["arrivals"] == pytest.approx(100 / 5, abs=2)
    billed_gb_s = used(summary, "function")["Duration, x86"]
    assert billed_gb_s == pytest.approx(100 * 95 * 0.001 * 1769 / 1024, rel=0.1)


def test_a_record_of_one_kilobyte_is_billed_as_five(run: Run) -> None:
    quantity = used(delivered(run, "s3"), "firehose")["Data taken"]
    assert quantity == pytest.approx(100 * 600 * 5 / 1024**2, rel=0.001)


@pytest.mark.point("KDA-01")
def test_a_flink_application_is_as_fast_as_its_tasks_and_billed_by_units(run: Run) -> None:
    nodes: Made = {
        "users": clients(900),
        "stream": ("kinesis_stream", {"record_kb": 0.5}),
        "flink": ("managed_flink", {"parallelism": 2, "record_ms": 4, "output_percent": 10}),
        "table": ("dynamodb", {}),
    }
    arrows: list[Arrow] = [
        ("users", "stream", "put_record"),
        ("stream", "flink", "source"),
        ("flink", "table", "sink"),
    ]
    summary = run(nodes, arrows, duration_s=120.0)
    assert summary["nodes"]["flink"]["completions"] == pytest.approx(2 / 0.004 * 119, rel=0.02)
    assert summary["nodes"]["table"]["arrivals"] == pytest.approx(2 / 0.004 * 119 * 0.1, rel=0.1)
    assert used(summary, "flink")["Processing units"] == pytest.approx((2 + 1) * 120 / 3600)


def test_each_dynamic_partition_has_a_buffer_and_objects_of_its_own(run: Run) -> None:
    settings: Parameters = {"dynamic_partitioning": True, "partitions": 20, "buffer_interval_s": 20}
    assert delivered(run, "s3", firehose=settings)["nodes"]["sink"]["arrivals"] == pytest.approx(
        20 * 600 / 20, rel=0.07
    )


def test_records_of_more_than_five_hundred_active_partitions_go_to_the_error_prefix(run: Run) -> None:
    settings: Parameters = {"dynamic_partitioning": True, "partitions": 2000, "record_kb": 1024}
    summary = delivered(run, "s3", firehose=settings, rate_per_s=2)
    data = used(summary, "firehose")["Dynamic partitioning, data"]
    assert data * 1024 == pytest.approx(2 * 600 * 500 / 2000, rel=0.15)
    assert summary["nodes"]["sink"]["arrivals"] == pytest.approx(data * 1024 + 2 * 600 * 0.75 / 5, rel=0.1)


def test_a_transforming_function_has_five_minutes_and_three_retries(run: Run) -> None:
    nodes: Made = {
        "users": clients(0.1),
        "firehose": "firehose",
        "function": ("lambda", {**EXACT, "wait_ms": 400_000, "timeout_s": 900}),
        "bucket": "s3",
        "backup": "s3",
    }
    arrows: list[Arrow] = [
        ("users", "firehose", "put_record"),
        ("firehose", "bucket", "delivery"),
        ("firehose", "backup", "backup"),
        ("firehose", "function", "transform", {"transform_interval_s": 900}),
    ]
    summary = run(nodes, arrows, duration_s=2500.0, window_s=500.0)
    attempts = summary["nodes"]["function"]["arrivals"]
    assert attempts == 4 + 3, "900 s, four times 300 s, and three times so far for the second batch"
    assert summary["nodes"]["backup"]["arrivals"] == 1
    assert summary["nodes"]["bucket"]["arrivals"] == 0


def analysed(run: Run, sink: str, rate_per_s: float, flink: Parameters, **scenario: float) -> Summary:
    """client -> stream -> Flink application -> sink."""
    nodes: Made = {
        "users": clients(rate_per_s),
        "stream": ("kinesis_stream", {"record_kb": 0.5}),
        "flink": ("managed_flink", flink),
        "sink": sink,
    }
    arrows: list[Arrow] = [
        ("users", "stream", "put_record"),
        ("stream", "flink", "source"),
        ("flink", "sink", "sink"),
    ]
    return run(nodes, arrows, **scenario)


@pytest.mark.point("KDA-01")
def test_a_tumbling_window_writes_its_results_when_it_ends(run: Run) -> None:
    summary = analysed(run, "dynamodb", 50, {"window_s": 20, "window_results": 3}, duration_s=125.0)
    assert summary["nodes"]["sink"]["arrivals"] == 6 * 3
    journey = summary["entry_points"]["users"]["journey_ms"]
    assert journey["mean"] == pytest.approx(10_600, rel=0.03), "half a window after half a second"


@pytest.mark.point("KDA-01")
def test_files_of_a_flink_application_appear_at_its_checkpoints(run: Run) -> None:
    summary = analysed(run, "s3", 50, {"parallelism": 2, "checkpoint_interval_ms": 30_000}, duration_s=130.0)
    assert summary["nodes"]["sink"]["arrivals"] == 4 * 2


@pytest.mark.point("KDA-01")
def test_a_flink_application_doubles_its_tasks_when_they_are_busy_and_is_billed_for_them(run: Run) -> None:
    busy: Parameters = {"record_ms": 150, "auto_scaling": True, "parallelism_per_kpu": 2}
    summary = analysed(run, "dynamodb", 20, busy, duration_s=3600.0, window_s=300.0)
    flink = summary["nodes"]["flink"]
    assert used(summary, "flink")["Processing units"] == pytest.approx(1 + (1 + 2 + 4 + 8) * 900 / 2 / 3600)
    assert flink["completions"] == pytest.approx(20 * 3600, rel=0.01), "what has waited is worked off"
    assert flink["utilisation"] == pytest.approx(20 * 3600 * 0.15 / ((1 + 2 + 4 + 8) * 900), rel=0.01)


def test_what_others_than_functions_log_is_billed_with_the_log_group(run: Run) -> None:
    nodes: Made = {
        "users": clients(100),
        "function": ("lambda", {**EXACT, "log_bytes": 2048}),
        "log": ("cloudwatch_logs", {"log_kb": 2}),
        "reader": ("lambda", EXACT),
    }
    arrows: list[Arrow] = [
        ("users", "function", "invoke"),
        ("function", "log", "logs"),
        ("log", "reader", "subscription", {"filter_pass_percent": 10}),
    ]
    summary = run(nodes, arrows)
    assert summary["nodes"]["log"]["arrivals"] == pytest.approx(100 * 60, rel=0.01)
    assert summary["nodes"]["reader"]["arrivals"] == pytest.approx(100 * 58 * 0.1, rel=0.1)
    assert used(summary, "log").get("Log lines taken", 0.0) == 0.0
    assert used(summary, "function")["Log ingestion"] == pytest.approx(100 * 60 * 2074 / 1024**3, rel=0.01)


@pytest.mark.point("LAM-10")
def test_sampled_traces_are_billed(run: Run) -> None:
    nodes: Made = {"users": clients(101), "function": ("lambda", EXACT), "traces": "xray"}
    summary = run(nodes, [("users", "function", "invoke"), ("function", "traces", "tracing")])
    assert used(summary, "traces")["Traces recorded"] == pytest.approx(60 * (1 + 100 * 0.05) / 1e6, rel=0.02)


def test_an_alarm_that_rings_starts_its_actions_and_costs_by_the_month(run: Run) -> None:
    nodes: Made = {"alarm": "cloudwatch_alarm", "topic": "sns_standard", "function": ("lambda", EXACT)}
    arrows: list[Arrow] = [("alarm", "topic", "action"), ("alarm", "function", "action")]
    ringing = Traffic("alarm", pattern=Pattern.CONSTANT, rate_per_s=1)
    summary = run(nodes, arrows, traffic=(ringing,))
    assert summary["nodes"]["topic"]["arrivals"] == pytest.approx(60, abs=1)
    assert summary["nodes"]["function"]["arrivals"] == pytest.approx(60, abs=1)
    assert used(summary, "alarm")["Alarms"] == pytest.approx(1 / 60 / 730)


def test_a_firehose_stream_without_a_destination_keeps_nothing(run: Run) -> None:
    nodes: Made = {"users": clients(10), "firehose": "firehose", "function": ("lambda", EXACT)}
    summary = run(nodes, [("users", "firehose", "put_record"), ("firehose", "function", "transform")])
    assert summary["nodes"]["firehose"]["arrivals"] == pytest.approx(600, abs=2)
    assert summary["nodes"]["function"]["arrivals"] == 0
