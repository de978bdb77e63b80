"""Streams, Firehose, log groups and alarms: what the rules advise beyond their examples."""

from __future__ import annotations

import pytest

from designer.domain.catalog.key_skew import largest_share
from designer.domain.catalog.registry import services
from designer.domain.connections.registry import connections, refusal
from designer.domain.graph.model import Design, Edge, Node
from designer.domain.graph.operations import apply
from designer.domain.rules.check import check
from designer.domain.rules.fixes import insert_bridge
from designer.domain.rules.rule import Finding
from designer.domain.rules.traffic import arriving_rate, expected_rates


def edge(source: str, target: str, connection: str, **parameters: str | float | bool) -> Edge:
    row = connections()[connection]
    return Edge(f"{source}-{target}", source, target, connection, row.mode, row.flow, parameters)


def design(nodes: list[Node], *edges: Edge) -> Design:
    return Design("test", {node.id: node for node in nodes}, {each.id: each for each in edges})


def found(of: Design, rule_id: str) -> list[Finding]:
    return [finding for finding in check(of) if finding.rule_id == rule_id]


def test_the_traffic_of_the_callers_is_followed_through_shares_calls_and_filters() -> None:
    nodes = [
        Node("client", "client", "client", parameters={"rate_per_s": 100, "payload_kb": 4}),
        Node("api", "api_gateway_rest", "api"),
        Node("orders", "lambda", "orders"),
        Node("other", "lambda", "other"),
        Node("stream", "kinesis_stream", "stream"),
        Node("reader", "lambda", "reader"),
        Node("table", "dynamodb", "table"),
    ]
    of = design(
        nodes,
        edge("client", "api", "client.api_gateway_rest.https"),
        edge("api", "orders", "api_gateway_rest.lambda.proxy", weight=3),
        edge("api", "other", "api_gateway_rest.lambda.proxy", weight=1),
        edge("orders", "stream", "lambda.kinesis_stream.put_record", calls_per_request=2),
        edge("stream", "reader", "kinesis_stream.lambda.event_source_mapping", filter_pass_percent=10),
        edge("reader", "table", "lambda.dynamodb.api", action="PutItem"),
    )
    rates = expected_rates(of)
    assert rates["api-orders"] == pytest.approx(75)
    assert rates["orders-stream"] == pytest.approx(150)
    assert arriving_rate(of, rates, of.nodes["table"]) == pytest.approx(15)


@pytest.mark.parametrize(
    ("spread", "keys", "exponent", "share"),
    [
        ("uniform", 100, 1, 0.01),
        ("zipf", 1, 1, 1),
        ("zipf", 2, 1, 1 / 1.5),
        ("zipf", 4, 1, 1 / (1 + 1 / 2 + 1 / 3 + 1 / 4)),
        ("zipf", 3, 2, 1 / (1 + 1 / 4 + 1 / 9)),
        ("zipf", 1_000_000, 1, 1 / 14.392726722865),
    ],
)
def test_the_share_of_the_most_frequent_key_is_that_of_zipfs_law(
    spread: str, keys: int, exponent: float, share: float
) -> None:
    assert largest_share(spread, keys, exponent) == pytest.approx(share, rel=1e-6)


def test_more_shards_do_not_help_a_hot_key() -> None:
    nodes = [
        Node("client", "client", "client", parameters={"rate_per_s": 2_000, "payload_kb": 0.1}),
        Node("stream", "kinesis_stream", "stream", parameters={"shard_count": 50, "distinct_keys": 1}),
    ]
    of = design(nodes, edge("client", "stream", "client.kinesis_stream.put_record"))
    assert [finding.subject.id for finding in found(of, "L161")] == ["stream"]
    assert not found(of, "L160")


@pytest.mark.point("KDA-01")
def test_the_sql_service_can_be_imported_and_drawn_and_is_always_called_retired() -> None:
    service = services()["kinesis_analytics_sql"]
    assert "retired" in service.name
    assert service.cfn_types == ("AWS::KinesisAnalytics::Application",)
    of = design(
        [
            Node("clicks", "kinesis_stream", "clicks"),
            Node("totals", "kinesis_analytics_sql", "totals"),
        ],
        edge("clicks", "totals", "kinesis_stream.kinesis_analytics_sql.input"),
    )
    (retired,) = found(of, "R162")
    replaced = apply(of, retired.fixes[0].operations).design
    assert {node.service for node in replaced.nodes.values()} == {"kinesis_stream", "managed_flink"}
    assert [each.connection for each in replaced.edges.values()] == ["kinesis_stream.managed_flink.source"]
    assert not found(replaced, "R162")


@pytest.mark.point("KDS-03")
def test_a_stream_that_only_one_function_reads_record_by_record_is_better_a_queue() -> None:
    nodes = [Node("clicks", "kinesis_stream", "clicks"), Node("reader", "lambda", "reader")]
    mapping = "kinesis_stream.lambda.event_source_mapping"
    alone = design(nodes, edge("clicks", "reader", mapping, report_batch_item_failures=True))
    assert "queue" in found(alone, "R161")[0].message
    window = design(nodes, edge("clicks", "reader", mapping, report_batch_item_failures=True, tumbling_window_s=60))
    assert not found(window, "R161")
    ordered = design(nodes, edge("clicks", "reader", mapping))
    assert not found(ordered, "R161")


def test_a_bucket_reaches_a_fifo_queue_through_a_rule_that_has_all_it_needs() -> None:
    refused = refusal("s3", "sqs_fifo")
    assert refused is not None
    assert refused.bridge is not None
    of = design([Node("uploads", "s3", "uploads"), Node("jobs", "sqs_fifo", "jobs")])
    drawn = edge("uploads", "jobs", refused.id)
    of = design(list(of.nodes.values()), drawn)
    bridged = apply(of, insert_bridge(of, drawn, refused.bridge).operations).design
    assert bridged.nodes["uploads"].value("eventbridge_enabled") is True
    assert [each.connection for each in sorted(bridged.edges.values(), key=lambda e: e.connection)] == [
        "eventbridge_rule.sqs_fifo.target",
        "s3.eventbridge_rule.events",
    ]
    assert not [finding for finding in check(bridged) if finding.rule_id in ("C001", "C017", "C018")]
    target = next(each for each in bridged.edges.values() if each.target == "jobs")
    assert target.value("message_group_id")


@pytest.mark.parametrize("target", ["s3", "redshift", "opensearch", "splunk", "http_endpoint"])
def test_firehose_reaches_all_its_destinations(target: str) -> None:
    assert connections()[f"firehose.{target}.delivery"].usable
