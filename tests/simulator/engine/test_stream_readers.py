"""Who reads the shards of streams and tables: polls, batches, failures and windows, against arithmetic by hand."""

from __future__ import annotations

import pytest

from tests.simulator.engine.designs import Arrow, Made, Parameters, Run
from tests.simulator.engine.streaming import EXACT, MAPPING, clients, streamed


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

    assert batches(2) == pytest.approx(4 * 60, rel=0.03), "an answer that comes late now and then costs a poll"
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
