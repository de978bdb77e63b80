"""Data streams, hot keys and prefixes, against arithmetic by hand."""

from __future__ import annotations

import pytest

from designer.domain.catalog.key_skew import largest_share
from tests.simulator.engine.designs import Made, Parameters, Run
from tests.simulator.engine.streaming import clients, streamed, used


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
