"""Data streams, the streams of tables, hot keys and prefixes, against arithmetic by hand."""

from __future__ import annotations

import pytest

from designer.domain.catalog.key_skew import largest_share
from simulator.engine.results import Summary
from tests.simulator.engine.designs import Arrow, Made, Parameters, Run
from tests.simulator.engine.streaming import EXACT, clients, used

MAPPING = "event_source_mapping"


def streamed(
    run: Run,
    rate_per_s: float,
    *,
    stream: Parameters | None = None,
    reader: Parameters | None = None,
    mapping: Parameters | None = None,
    mechanism: str = MAPPING,
    pattern: str = "constant",
    **scenario: float,
) -> Summary:
    """client -> stream -> function."""
    nodes: Made = {
        "users": clients(rate_per_s, pattern),
        "stream": ("kinesis_stream", stream or {}),
        "reader": ("lambda", {**EXACT, **(reader or {})}),
    }
    arrows: list[Arrow] = [("users", "stream", "put_record"), ("stream", "reader", mechanism, mapping or {})]
    return run(nodes, arrows, **scenario)


@pytest.mark.point("KDS-01")
def test_a_shard_takes_a_thousand_records_a_second_and_refuses_the_rest(run: Run) -> None:
    stream = streamed(run, 1500, stream={"record_kb": 0.5})["nodes"]["stream"]
    taken = 1000 * 60 + 1000
    assert stream["completions"] == pytest.approx(taken, rel=0.01)
    assert stream["errors"] == {"capacity_exceeded": pytest.approx(1500 * 60 - taken, rel=0.01)}


@pytest.mark.point("KDS-01")
def test_a_shard_takes_one_mebibyte_a_second(run: Run) -> None:
    stream = streamed(run, 200, stream={"record_kb": 10})["nodes"]["stream"]
    assert stream["completions"] == pytest.approx(102.4 * 61, rel=0.01)


@pytest.mark.point("KDS-01")
def test_two_shards_take_twice_as_much_when_the_keys_are_spread(run: Run) -> None:
    summary = streamed(run, 1900, stream={"shard_count": 2, "record_kb": 0.5}, mapping={"parallelization_factor": 10})
    assert summary["nodes"]["stream"]["completions"] == pytest.approx(1900 * 60, rel=0.01)


@pytest.mark.point("KDS-01")
def test_a_hot_key_fills_its_shard_while_the_others_are_idle(run: Run) -> None:
    keys: Parameters = {"shard_count": 10, "record_kb": 0.1, "key_spread": "zipf", "distinct_keys": 2}
    stream = streamed(run, 3000, stream=keys, mapping={"parallelization_factor": 10})["nodes"]["stream"]
    share = largest_share("zipf", 2, 1)
    assert share == pytest.approx(2 / 3)
    refused = 3000 * share * 60 - 1000 * 61
    assert stream["errors"]["capacity_exceeded"] == pytest.approx(refused, rel=0.05)


@pytest.mark.point("LAM-17")
def test_a_polling_reader_gets_what_has_come_between_two_polls_in_one_batch(run: Run) -> None:
    reader = streamed(run, 50, stream={"shard_count": 2})["nodes"]["reader"]
    assert reader["arrivals"] == pytest.approx(2 * 60, abs=2), "one batch for each shard and second"


@pytest.mark.point("LAM-17")
def test_what_a_poll_brings_is_worked_off_in_full_batches_and_a_rest(run: Run) -> None:
    reader = streamed(run, 530, mapping={"batch_size": 100})["nodes"]["reader"]
    assert reader["arrivals"] == pytest.approx(60 * 6, abs=6)


def test_more_than_five_polling_readers_take_turns(run: Run) -> None:
    names = [f"reader{number}" for number in range(10)]
    nodes: Made = {"users": clients(20), "stream": "kinesis_stream"}
    nodes |= dict.fromkeys(names, ("lambda", EXACT))
    arrows: list[Arrow] = [("users", "stream", "put_record"), *(("stream", name, MAPPING) for name in names)]
    summary = run(nodes, arrows)
    assert [summary["nodes"][name]["arrivals"] for name in names] == [pytest.approx(30, abs=1)] * 10


@pytest.mark.point("LAM-17")
def test_a_failing_batch_blocks_its_shard_and_the_iterator_age_grows(run: Run) -> None:
    summary = streamed(run, 10, reader={"error_percent": 100})
    stream = summary["nodes"]["stream"]
    assert stream["queue_depth"] > 500
    assert stream["oldest_age_s"] == pytest.approx(59, abs=3)


@pytest.mark.point("LAM-17")
def test_the_iterator_age_is_that_of_the_record_that_blocks_its_shard(run: Run) -> None:
    stream = streamed(run, 0.01, reader={"error_percent": 100}, duration_s=190.0)["nodes"]["stream"]
    assert (stream["arrivals"], stream["queue_depth"]) == (1, 0)
    assert stream["oldest_age_s"] == pytest.approx(90, abs=2), "it came after 100 s"


@pytest.mark.point("KDS-02")
def test_records_that_outlive_the_retention_are_lost(run: Run) -> None:
    failing: Parameters = {"error_percent": 100}
    summary = streamed(run, 0.01, reader=failing, stream={"retention_h": 24}, duration_s=200_000.0, window_s=2000.0)
    lost = summary["nodes"]["reader"]["lost"]
    assert sum(lost.values()) == pytest.approx((200_000 - 86_400) * 0.01, rel=0.1)


@pytest.mark.point("KDS-02")
def test_a_longer_retention_costs_more(run: Run) -> None:
    day, week, month = (
        used(streamed(run, 10, stream={"retention_h": hours}, duration_s=3600.0), "stream") for hours in (24, 168, 720)
    )
    assert "Retention beyond 24 hours" not in day
    assert week["Retention beyond 24 hours"] == pytest.approx(1.0)
    gb = 10 * 3600 / 1024**2
    assert month["Retention beyond 7 days, provisioned"] == pytest.approx(gb * (720 - 168) / 730, rel=0.01)
    assert day["Shards, provisioned"] == pytest.approx(1.0)
    assert day["PUT payload units"] == pytest.approx(0.036, rel=0.001)


@pytest.mark.point("KDS-01")
def test_polling_readers_share_the_reading_rate_and_enhanced_fan_out_has_its_own(run: Run) -> None:
    nodes: Made = {"users": clients(100), "stream": ("kinesis_stream", {"record_kb": 10})}
    arrows: list[Arrow] = [("users", "stream", "put_record")]
    for name in ("a", "b", "c"):
        nodes[name] = ("lambda", EXACT)
        arrows.append(("stream", name, MAPPING))
    shared = run(nodes, arrows)
    assert sum(shared["nodes"][name]["arrivals"] for name in "abc") * 1000 / 60 <= 2048 * 1.1
    assert shared["nodes"]["stream"]["queue_depth"] > 1000
    own = run(nodes, [*arrows[:2], arrows[2], ("stream", "c", "enhanced_fan_out")])
    assert own["nodes"]["stream"]["queue_depth"] < 500


def test_a_hot_item_is_throttled_at_what_a_partition_gives(run: Run) -> None:
    nodes: Made = {
        "users": clients(3000),
        "table": ("dynamodb", {"distinct_keys": 2, "key_spread": "zipf"}),
    }
    table = run(nodes, [("users", "table", "api", {"action": "PutItem"})])["nodes"]["table"]
    assert table["errors"]["capacity_exceeded"] == pytest.approx(2000 * 60 - 1000 * 61, rel=0.03)


def test_two_prefixes_take_twice_as_much_as_one(run: Run) -> None:
    def refused(prefixes: int) -> int:
        nodes: Made = {"users": clients(5000), "bucket": ("s3", {"prefixes": prefixes})}
        summary = run(nodes, [("users", "bucket", "api", {"action": "PutObject"})], duration_s=20.0)
        return summary["nodes"]["bucket"]["errors"].get("slow_down", 0)

    assert refused(1) == pytest.approx(5000 * 20 - 3500 * 21, rel=0.02)
    assert refused(2) == 0


@pytest.mark.point("KDS-01")
def test_an_on_demand_stream_takes_four_mebibytes_a_second_or_what_it_is_ready_for(run: Run) -> None:
    def taken(settings: Parameters) -> int:
        stream: Parameters = {"stream_mode": "ON_DEMAND", "record_kb": 100, **settings}
        return streamed(run, 100, stream=stream)["nodes"]["stream"]["completions"]

    assert taken({}) == pytest.approx(4 * 10.24 * 61, rel=0.05)
    assert taken({"warm_throughput_mib": 20}) == pytest.approx(100 * 60, rel=0.01)


@pytest.mark.point("KDS-01")
def test_an_on_demand_stream_is_ready_for_twice_its_peak_after_a_quarter_of_an_hour(run: Run) -> None:
    stream: Parameters = {"stream_mode": "ON_DEMAND", "record_kb": 100}
    grown = streamed(run, 60, stream=stream, duration_s=1800.0)["nodes"]["stream"]
    assert grown["errors"]["capacity_exceeded"] == pytest.approx(60 * 900 - 4 * 10.24 * 901, rel=0.03)
    assert grown["utilisation"] == pytest.approx((4 * 10.24 + 60) / ((4 + 8) * 10.24), rel=0.02)


@pytest.mark.point("KDS-01")
def test_a_hot_key_fills_one_shard_of_an_on_demand_stream_however_many_there_are(run: Run) -> None:
    keys: Parameters = {"stream_mode": "ON_DEMAND", "record_kb": 0.1, "distinct_keys": 1}
    stream = streamed(run, 1200, stream=keys, duration_s=1000.0, window_s=100.0)["nodes"]["stream"]
    assert stream["errors"]["capacity_exceeded"] == pytest.approx(1200 * 1000 - 1000 * 1001, rel=0.01)


@pytest.mark.point("LAM-17")
def test_what_lambda_refuses_to_run_uses_up_no_retry(run: Run) -> None:
    busy: Parameters = {"reserved_concurrency": 0}
    lost = streamed(run, 10, reader=busy, mapping={"maximum_retry_attempts": 0})["nodes"]["reader"]
    assert lost["throttles"] >= 5
    assert "lost" not in lost


@pytest.mark.point("LAM-17")
def test_reported_failures_are_read_again_from_the_first_on(run: Run) -> None:
    failing: Parameters = {"error_percent": 50}
    mapping: Parameters = {"report_batch_item_failures": True, "batch_size": 2, "maximum_retry_attempts": 0}
    reader = streamed(run, 40, reader=failing, mapping=mapping, stream={"shard_count": 2})["nodes"]["reader"]
    assert reader["lost"]["retries_exhausted"] / (40 * 60) == pytest.approx(0.5 * (0.5 + 0.75), rel=0.05)


@pytest.mark.point("LAM-17")
def test_a_batch_closes_at_six_megabytes(run: Run) -> None:
    stream: Parameters = {"record_kb": 100, "shard_count": 10}
    reader = streamed(run, 40, stream=stream, mapping={"batch_window_s": 20})["nodes"]["reader"]
    assert reader["arrivals"] == pytest.approx(10 * 3, abs=3), "80 records come in a window of 20 s, 61 are 6 MB"


@pytest.mark.point("LAM-17")
def test_a_tumbling_window_ends_with_one_more_call_for_each_shard(run: Run) -> None:
    mapping: Parameters = {"tumbling_window_s": 30}
    reader = streamed(run, 50, stream={"shard_count": 2}, mapping=mapping, duration_s=125.0)["nodes"]["reader"]
    assert reader["arrivals"] == pytest.approx(2 * (125 + 125 // 30), abs=2)


def test_a_third_reader_of_a_table_makes_all_of_them_slower(run: Run) -> None:
    def batches(readers: int) -> int:
        table: Parameters = {"billing_mode": "provisioned", "write_capacity_units": 100}
        nodes: Made = {"users": clients(50), "table": ("dynamodb", table)}
        arrows: list[Arrow] = [("users", "table", "api", {"action": "PutItem"})]
        for number in range(readers):
            nodes[f"reader{number}"] = ("lambda", EXACT)
            arrows.append(("table", f"reader{number}", MAPPING))
        return run(nodes, arrows)["nodes"]["reader0"]["arrivals"]

    assert batches(2) == pytest.approx(4 * 60, abs=3)
    assert batches(4) == pytest.approx(2 * 60, abs=2)


def test_a_pipe_reads_a_stream(run: Run) -> None:
    nodes: Made = {
        "users": clients(20),
        "stream": "kinesis_stream",
        "pipe": "eventbridge_pipe",
        "queue": "sqs_standard",
    }
    arrows: list[Arrow] = [
        ("users", "stream", "put_record"),
        ("stream", "pipe", "pipe_source"),
        ("pipe", "queue", "pipe_send"),
    ]
    assert run(nodes, arrows)["nodes"]["queue"]["arrivals"] == pytest.approx(20 * 58, rel=0.05)


def test_the_changes_of_a_table_reach_a_data_stream_and_a_pipe(run: Run) -> None:
    nodes: Made = {
        "users": clients(20),
        "table": ("dynamodb", {"stream_view_type": "NEW_IMAGE"}),
        "stream": "kinesis_stream",
        "pipe": "eventbridge_pipe",
        "queue": "sqs_standard",
    }
    arrows: list[Arrow] = [
        ("users", "table", "api", {"action": "PutItem"}),
        ("table", "stream", "streaming"),
        ("table", "pipe", "pipe_source"),
        ("pipe", "queue", "pipe_send"),
    ]
    summary = run(nodes, arrows)
    assert summary["nodes"]["stream"]["arrivals"] == pytest.approx(20 * 60, rel=0.03)
    assert summary["nodes"]["queue"]["arrivals"] == pytest.approx(20 * 60, rel=0.05)


@pytest.mark.parametrize(("mechanism", "median_ms", "p99_ms"), [(MAPPING, 627, 1580), ("enhanced_fan_out", 49.4, 109)])
def test_a_single_record_reaches_its_function_as_fast_as_measured(
    run: Run, mechanism: str, median_ms: float, p99_ms: float
) -> None:
    summary = streamed(run, 0.5, mechanism=mechanism, duration_s=4000.0, pattern="poisson")
    journey = summary["entry_points"]["users"]["journey_ms"]
    assert journey["p50"] == pytest.approx(median_ms, rel=0.05, abs=7)
    assert journey["p99"] == pytest.approx(p99_ms, rel=0.12)


def test_a_single_change_of_a_table_reaches_its_function_as_fast_as_measured(run: Run) -> None:
    nodes: Made = {"users": clients(0.5, "poisson"), "table": "dynamodb", "reader": ("lambda", EXACT)}
    arrows: list[Arrow] = [("users", "table", "api", {"action": "PutItem"}), ("table", "reader", MAPPING)]
    journey = run(nodes, arrows, duration_s=4000.0, window_s=100.0)["entry_points"]["users"]["journey_ms"]
    assert journey["p50"] == pytest.approx(213, rel=0.05)
    assert journey["p99"] == pytest.approx(552, rel=0.12)


@pytest.mark.point("LAM-17")
def test_a_batch_that_is_given_up_leaves_a_message_in_the_failure_queue(run: Run) -> None:
    nodes: Made = {
        "users": clients(10),
        "stream": "kinesis_stream",
        "reader": ("lambda", {**EXACT, "error_percent": 100}),
        "failures": "sqs_standard",
    }
    mapping: Parameters = {"maximum_retry_attempts": 1, "batch_size": 10}
    arrows: list[Arrow] = [
        ("users", "stream", "put_record"),
        ("stream", "reader", MAPPING, mapping),
        ("reader", "failures", "stream_on_failure"),
    ]
    summary = run(nodes, arrows, duration_s=120.0)
    attempts = summary["nodes"]["reader"]["arrivals"]
    assert summary["nodes"]["failures"]["arrivals"] == pytest.approx(attempts / 2, abs=1)


@pytest.mark.point("LAM-17")
def test_records_that_a_filter_stops_cost_no_invocation(run: Run) -> None:
    half = streamed(run, 200, mapping={"filter_pass_percent": 0})["nodes"]
    assert half["reader"]["arrivals"] == 0
    assert half["stream"]["queue_depth"] < 250


@pytest.mark.point("KDS-01")
def test_parallel_batches_of_a_shard_work_side_by_side(run: Run) -> None:
    slow: Parameters = {"wait_ms": 5}
    one = streamed(run, 500, reader=slow)["nodes"]["stream"]["queue_depth"]
    four = streamed(run, 500, reader=slow, mapping={"parallelization_factor": 4})["nodes"]["stream"]["queue_depth"]
    assert one > 15_000
    assert four < 1_000
