"""Topics, buses, rules, buckets and tables in a run."""

from __future__ import annotations

import pytest

from tests.simulator.engine.designs import Arrow, Made, Parameters, Run

EXACT: Parameters = {"duration_variation": 0, "memory_mb": 1769, "init_ms": 0}
STEADY: Parameters = {"pattern": "constant", "rate_per_s": 50}


def test_a_topic_delivers_to_every_subscription_that_lets_the_message_pass(run: Run) -> None:
    nodes: Made = {
        "users": ("client", STEADY),
        "topic": "sns_standard",
        "everything": "sqs_standard",
        "third": "sqs_standard",
        "fn": ("lambda", EXACT),
        "inbox": ("client", {"rate_per_s": 0}),
    }
    arrows: list[Arrow] = [
        ("users", "topic", "publish"),
        ("topic", "everything", "subscription"),
        ("topic", "third", "subscription", {"filter_pass_percent": 30}),
        ("topic", "fn", "subscription"),
        ("topic", "inbox", "notification"),
    ]
    summary = run(nodes, arrows)
    after = summary["nodes"]
    published = after["topic"]["completions"]
    assert after["everything"]["arrivals"] == pytest.approx(published, abs=10)
    assert after["fn"]["arrivals"] == pytest.approx(published, abs=15)
    assert after["third"]["arrivals"] / published == pytest.approx(0.3, abs=0.03)
    assert summary["edges"]["topic-inbox-notification"]["calls"] == published
    assert summary["entry_points"]["users"]["caller_latency_ms"]["p50"] == pytest.approx(12, rel=0.1)


def test_publishing_faster_than_the_quota_is_refused(run: Run) -> None:
    nodes: Made = {"users": ("client", {"pattern": "constant", "rate_per_s": 40_000}), "topic": "sns_standard"}
    summary = run(nodes, [("users", "topic", "publish")], duration_s=4.0, window_s=1.0)
    assert summary["nodes"]["topic"]["errors"] == {"quota_exceeded": pytest.approx(160_000 - 30_000 * 5, rel=0.02)}
    assert any(remark["kind"] == "bottleneck" for remark in summary["remarks"])


@pytest.mark.point("EVB-04")
def test_rules_take_their_share_of_the_events_to_all_their_targets(run: Run) -> None:
    nodes: Made = {
        "users": ("client", STEADY),
        "bus": ("eventbridge_bus", {"kind": "custom"}),
        "some": ("eventbridge_rule", {"match_percent": 20}),
        "off": ("eventbridge_rule", {"enabled": False}),
        "fn": ("lambda", EXACT),
        "queue": "sqs_standard",
        "never": "sqs_standard",
    }
    arrows: list[Arrow] = [
        ("users", "bus", "put_events"),
        ("bus", "some", "rule"),
        ("bus", "off", "rule"),
        ("some", "fn", "target"),
        ("some", "queue", "target"),
        ("off", "never", "target"),
    ]
    summary = run(nodes, arrows)
    after = summary["nodes"]
    assert after["some"]["arrivals"] / after["bus"]["arrivals"] == pytest.approx(0.2, abs=0.025)
    assert after["fn"]["arrivals"] == pytest.approx(after["some"]["arrivals"], abs=6)
    assert after["queue"]["arrivals"] == pytest.approx(after["some"]["arrivals"], abs=6)
    assert after["never"]["arrivals"] == 0
    [line] = [line for line in summary["cost"]["lines"] if line["node"] == "bus"]
    assert line["quantity"] * 1e6 == pytest.approx(after["bus"]["arrivals"])


def test_a_rule_retries_an_api_that_fails_and_dead_letters_the_event(run: Run) -> None:
    nodes: Made = {
        "users": ("client", {"pattern": "constant", "rate_per_s": 2}),
        "bus": "eventbridge_bus",
        "rule": "eventbridge_rule",
        "api": "api_gateway_rest",
        "fn": ("lambda", {**EXACT, "error_percent": 100}),
        "dead": "sqs_standard",
    }
    arrows: list[Arrow] = [
        ("users", "bus", "put_events"),
        ("bus", "rule", "rule"),
        ("rule", "api", "target", {"retry_attempts": 3}),
        ("api", "fn", "proxy"),
        ("rule", "dead", "target_dlq"),
    ]
    summary = run(nodes, arrows, duration_s=120.0)
    rule, dead = summary["nodes"]["rule"], summary["nodes"]["dead"]
    assert rule["lost"]["retries_exhausted"] == dead["arrivals"]
    assert dead["arrivals"] > 200
    assert summary["nodes"]["api"]["arrivals"] == pytest.approx(4 * 240, rel=0.05)


@pytest.mark.point("EVB-03")
@pytest.mark.parametrize(
    ("expression", "fires"), [("rate(5 minutes)", 12), ("cron(0/15 * * * ? *)", 4), ("cron(30 0 * * ? *)", 1)]
)
def test_a_schedule_fires_by_itself(run: Run, expression: str, fires: int) -> None:
    nodes: Made = {
        "rule": ("eventbridge_rule", {"kind": "schedule", "schedule_expression": expression}),
        "fn": ("lambda", EXACT),
    }
    summary = run(nodes, [("rule", "fn", "target")], duration_s=3600.0, window_s=60.0)
    assert summary["nodes"]["fn"]["completions"] == fires
    assert summary["entry_points"]["rule"]["requests"] == fires
    assert summary["entry_points"]["rule"]["journey_ms"]["count"] == fires


def test_a_bucket_notifies_of_new_objects_and_not_of_reads(run: Run) -> None:
    nodes: Made = {
        "writers": ("client", STEADY),
        "readers": ("client", STEADY),
        "bucket": ("s3", {"object_kb": 1024}),
        "fn": ("lambda", EXACT),
    }
    arrows: list[Arrow] = [
        ("writers", "bucket", "api"),
        ("readers", "bucket", "api", {"action": "GetObject"}),
        ("bucket", "fn", "event_notification", {"match_percent": 50}),
    ]
    summary = run(nodes, arrows)
    written = summary["entry_points"]["writers"]["completions"]
    assert summary["edges"]["bucket-fn-event_notification"]["calls"] / written == pytest.approx(0.5, abs=0.03)
    lines = {line["unit"]: line["quantity"] for line in summary["cost"]["lines"] if line["node"] == "bucket"}
    assert lines["GB"] == pytest.approx(3000 / 1024, rel=0.02)


def test_a_busy_prefix_is_slowed_down_while_the_others_are_idle(run: Run) -> None:
    """Half of 10,000 writes a second go to one of ten prefixes, which takes 3,500 of them."""
    nodes: Made = {"users": ("client", {"pattern": "constant", "rate_per_s": 10_000})}
    even = run({**nodes, "bucket": ("s3", {"prefixes": 10})}, [("users", "bucket", "api")], duration_s=5.0)
    assert not even["nodes"]["bucket"]["errors"]
    busy: Parameters = {"prefixes": 10, "busiest_prefix_percent": 50}
    summary = run({**nodes, "bucket": ("s3", busy)}, [("users", "bucket", "api")], duration_s=5.0)
    assert summary["nodes"]["bucket"]["errors"] == {"slow_down": pytest.approx(5 * 5000 - 6 * 3500, rel=0.1)}


def test_provisioned_capacity_throttles_after_its_burst(run: Run) -> None:
    nodes: Made = {
        "users": ("client", STEADY),
        "table": ("dynamodb", {"billing_mode": "provisioned", "write_capacity_units": 10, "item_kb": 1.5}),
    }
    summary = run(nodes, [("users", "table", "api")], duration_s=60.0)
    table = summary["nodes"]["table"]
    # two units an item; the bucket holds 300 s of 10 units and 60 s come on top
    assert table["completions"] == pytest.approx((3000 + 600) / 2, rel=0.02)
    assert set(table["errors"]) == {"capacity_exceeded"}
    assert summary["entry_points"]["users"]["errors"] == table["errors"]
    assert (table["utilisation"] or 0) > 1


def test_an_on_demand_table_takes_its_initial_throughput(run: Run) -> None:
    nodes: Made = {"users": ("client", {"pattern": "constant", "rate_per_s": 6000}), "table": "dynamodb"}
    summary = run(nodes, [("users", "table", "api")], duration_s=10.0, window_s=1.0)
    assert summary["nodes"]["table"]["errors"]["capacity_exceeded"] == pytest.approx(60_000 - 11 * 4000, rel=0.02)
    lines = {line["item"]: line["quantity"] for line in summary["cost"]["lines"]}
    assert sum(lines.values()) * 1e6 == pytest.approx(summary["nodes"]["table"]["arrivals"] - 16_000, rel=0.03)


def test_a_function_retries_a_throttled_table_twice(run: Run) -> None:
    nodes: Made = {
        "users": ("client", {"pattern": "constant", "rate_per_s": 5}),
        "fn": ("lambda", EXACT),
        "table": ("dynamodb", {"billing_mode": "provisioned", "write_capacity_units": 1, "item_kb": 400}),
    }
    summary = run(nodes, [("users", "fn", "invoke"), ("fn", "table", "api")])
    assert summary["nodes"]["table"]["arrivals"] == pytest.approx(3 * 300, rel=0.02)
    assert summary["nodes"]["fn"]["retries"] == pytest.approx(2 * 300, rel=0.02)
    assert set(summary["nodes"]["fn"]["errors"]) == {"dependency_error"}


def test_a_resource_that_is_not_modelled_is_a_sink_and_is_told(run: Run) -> None:
    nodes: Made = {
        "users": ("client", STEADY),
        "fn": ("lambda", EXACT),
        "odd": ("other", {"resource_type": "AWS::Foo::Bar"}),
    }
    summary = run(nodes, [("users", "fn", "invoke")])
    assert [r["node"] for r in summary["remarks"] if r["kind"] == "not_modelled"] == ["odd"]
    assert any("odd" in line for line in summary["cost"]["excluded"])
