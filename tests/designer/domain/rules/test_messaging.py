"""What the checks say about queues, topics, aliases and two-way APIs, in designs as a person draws them."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from designer.domain.catalog.registry import services
from designer.domain.catalog.spec import Value
from designer.domain.connections.registry import connections, usable_rows
from designer.domain.connections.spec import Mode
from designer.domain.graph.model import Design, Edge, Node
from designer.domain.graph.operations import apply
from designer.domain.rules.check import check
from designer.domain.rules.rule import Finding, Severity

Settings = Mapping[str, Value]
NOTHING: Settings = {}


def design(nodes: Mapping[str, tuple[str, Settings]], *edges: tuple[str, str, str, Settings]) -> Design:
    """Nodes by label, and edges by source, target and mechanism."""
    made = {label: Node(label, service, label, 200.0 * n) for n, (label, (service, _)) in enumerate(nodes.items())}
    made = {key: Node(key, node.service, key, node.x, 0.0, nodes[key][1]) for key, node in made.items()}
    drawn = {}
    for source, target, mechanism, settings in edges:
        row = connections()[f"{made[source].service}.{made[target].service}.{mechanism}"]
        name = f"{source}-{target}-{mechanism}"
        drawn[name] = Edge(name, source, target, row.id, row.mode, row.flow, settings)
    return Design("Messages", made, drawn)


def found(drawn: Design, rule_id: str) -> list[Finding]:
    return [finding for finding in check(drawn) if finding.rule_id == rule_id]


def mended(drawn: Design, finding: Finding, fix: int = 0) -> Design:
    return apply(drawn, finding.fixes[fix].operations).design


@pytest.mark.point("SQS-11")
def test_a_message_of_a_fifo_queue_has_no_delay_of_its_own() -> None:
    nodes = {"sell": ("lambda", NOTHING), "orders": ("sqs_fifo", NOTHING), "mails": ("sqs_standard", NOTHING)}
    late: Settings = {"message_delay_s": 30}
    drawn = design(nodes, ("sell", "orders", "send_message", late), ("sell", "mails", "send_message", late))
    (finding,) = found(drawn, "C017")
    assert finding.subject.id == "sell-orders-send_message"
    assert found(mended(drawn, finding), "C017") == []


@pytest.mark.point("SQS-04")
@pytest.mark.parametrize(("source", "target"), [("sqs_fifo", "sqs_standard"), ("sqs_standard", "sqs_fifo")])
def test_a_dead_letter_queue_of_the_other_kind_is_refused_and_made_the_same_kind(source: str, target: str) -> None:
    drawn = design({"orders": (source, NOTHING), "failed": (target, NOTHING)}, ("orders", "failed", "redrive", NOTHING))
    (finding,) = found(drawn, "C001")
    labels = [fix.label for fix in finding.fixes]
    kind = "FIFO" if source == "sqs_fifo" else "standard"
    assert f"Make failed a {kind} queue" in labels
    after = mended(drawn, finding, labels.index(f"Make failed a {kind} queue"))
    assert after.nodes["failed"].service == source
    assert found(after, "C001") == []
    assert [edge.mode for edge in after.outgoing("orders")] == [Mode.FAILURE]


@pytest.mark.point("SQS-04")
def test_a_fifo_queue_gets_a_fifo_queue_for_what_fails() -> None:
    drawn = design({"orders": ("sqs_fifo", NOTHING)})
    (finding,) = found(drawn, "R002")
    after = mended(drawn, finding)
    assert {node.service for node in after.nodes.values()} == {"sqs_fifo"}
    assert not [other for other in check(after) if other.severity is Severity.ERROR]


@pytest.mark.point("SQS-03")
def test_a_fifo_queue_hides_messages_for_six_timeouts_as_well() -> None:
    nodes = {"orders": ("sqs_fifo", {"visibility_timeout_s": 30}), "sell": ("lambda", {"timeout_s": 20})}
    drawn = design(nodes, ("orders", "sell", "event_source_mapping", NOTHING))
    (finding,) = found(drawn, "R004")
    assert mended(drawn, finding).nodes["orders"].value("visibility_timeout_s") == 120


def test_a_fifo_mapping_takes_ten_messages_at_most() -> None:
    nodes = {"orders": ("sqs_fifo", NOTHING), "sell": ("lambda", NOTHING)}
    drawn = design(nodes, ("orders", "sell", "event_source_mapping", {"batch_size": 11}))
    (finding,) = found(drawn, "C017")
    assert mended(drawn, finding).edges["orders-sell-event_source_mapping"].value("batch_size") == 10


@pytest.mark.point("SQS-02")
@pytest.mark.point("SQS-12")
def test_a_message_that_no_queue_takes_can_be_kept_in_a_bucket() -> None:
    nodes = {"sell": ("lambda", NOTHING), "orders": ("sqs_standard", NOTHING)}
    drawn = design(nodes, ("sell", "orders", "send_message", {"message_kb": 5_000}))
    (finding,) = found(drawn, "R151")
    assert [fix.label for fix in finding.fixes] == ["Keep large messages in S3 (extended client)"]
    kept = mended(drawn, finding)
    assert found(kept, "R151") == []
    (without_bucket,) = found(kept, "R148")
    stored = mended(kept, without_bucket)
    assert found(stored, "R148") == []
    assert stored.nodes_of("s3")[0].label == stored.nodes["orders"].value("extended_client_bucket")


@pytest.mark.point("SQS-02")
def test_a_message_above_the_queue_s_own_maximum_raises_that_first() -> None:
    nodes = {"sell": ("lambda", NOTHING), "orders": ("sqs_standard", {"maximum_message_bytes": 262_144})}
    drawn = design(nodes, ("sell", "orders", "send_message", {"message_kb": 300}))
    (finding,) = found(drawn, "R151")
    assert mended(drawn, finding).nodes["orders"].value("maximum_message_bytes") == 1_048_576


@pytest.mark.point("SQS-09")
def test_a_key_that_shuts_services_out_is_found_for_fifo_queues_too() -> None:
    nodes = {"news": ("sns_fifo", NOTHING), "orders": ("sqs_fifo", {"encryption": "kms_aws_managed"})}
    drawn = design(nodes, ("news", "orders", "subscription", NOTHING))
    (finding,) = found(drawn, "S003")
    assert mended(drawn, finding).nodes["orders"].value("encryption") == "kms_customer_managed"


@pytest.mark.point("SNS-03")
def test_a_fifo_topic_reaches_a_function_over_a_fifo_queue() -> None:
    sell = Node("sell", "lambda", "sell", 400)
    row = connections()["sns_fifo.lambda.subscription"]
    edge = Edge("e", "news", "sell", row.id, row.mode, row.flow)
    drawn = Design("Messages", {"news": Node("news", "sns_fifo", "news"), "sell": sell}, {"e": edge})
    (finding,) = found(drawn, "C001")
    after = mended(drawn, finding)
    assert sorted(edge.connection for edge in after.edges.values()) == [
        "sns_fifo.sqs_fifo.subscription",
        "sqs_fifo.lambda.event_source_mapping",
    ]


def test_order_that_a_function_passes_on_without_is_found() -> None:
    nodes = {"orders": ("sqs_fifo", NOTHING), "sell": ("lambda", NOTHING), "mails": ("sqs_standard", NOTHING)}
    drawn = design(
        nodes, ("orders", "sell", "event_source_mapping", NOTHING), ("sell", "mails", "send_message", NOTHING)
    )
    (finding,) = found(drawn, "R140")
    assert found(mended(drawn, finding), "R140") == []


@pytest.mark.point("LAM-18")
def test_provisioned_concurrency_moves_to_an_alias_that_takes_all_callers() -> None:
    nodes = {"orders": ("sqs_standard", NOTHING), "sell": ("lambda", {"provisioned_concurrency": 5})}
    drawn = design(nodes, ("orders", "sell", "event_source_mapping", {"batch_size": 5}))
    (finding,) = found(drawn, "R142")
    after = mended(drawn, finding)
    (alias,) = after.nodes_of("lambda_alias_version")
    assert (alias.value("provisioned_concurrency"), after.nodes["sell"].value("provisioned_concurrency")) == (5, 0)
    assert [edge.source for edge in after.incoming("sell")] == [alias.id]
    assert [edge.value("batch_size") for edge in after.incoming(alias.id)] == [5]


@pytest.mark.point("LAM-18")
def test_only_published_versions_stand_behind_an_alias() -> None:
    nodes = {"live": ("lambda_alias_version", NOTHING), "sell": ("lambda", NOTHING)}
    drawn = design(nodes, ("live", "sell", "version", {"version": "$LATEST"}))
    (finding,) = found(drawn, "C017")
    assert found(mended(drawn, finding), "C017") == []


@pytest.mark.point("APG-01")
def test_the_three_kinds_of_api_differ_as_they_do_at_aws() -> None:
    known = services()
    timeouts = {
        api: known[api].parameter("integration_timeout_ms").maximum
        for api in ("api_gateway_http", "api_gateway_websocket")
    }
    assert timeouts == {"api_gateway_http": 30_000, "api_gateway_websocket": 29_000}
    assert known["api_gateway_rest"].limit("raised_integration_timeout").adjustable
    authorizations = {choice.value for choice in known["api_gateway_websocket"].parameter("authorization").choices}
    assert authorizations == {"none", "iam", "lambda"}
    assert "jwt" in {choice.value for choice in known["api_gateway_http"].parameter("authorization").choices}
    assert known["api_gateway_websocket"].limit("payload").value == 128
    assert usable_rows("api_gateway_websocket", "dynamodb")
    assert not usable_rows("api_gateway_http", "dynamodb")
    assert usable_rows("lambda", "api_gateway_websocket")
    assert not usable_rows("api_gateway_websocket", "cognito_user_pool")


def test_a_websocket_api_that_only_listens_is_advised_to_answer() -> None:
    nodes = {"chat": ("api_gateway_websocket", NOTHING), "talk": ("lambda", NOTHING)}
    drawn = design(nodes, ("chat", "talk", "proxy", NOTHING))
    (finding,) = found(drawn, "R149")
    after = mended(drawn, finding)
    assert [edge.connection for edge in after.incoming("chat")] == ["lambda.api_gateway_websocket.post_to_connection"]
    assert found(after, "R149") == []


@pytest.mark.point("KDS-03")
def test_a_fifo_queue_for_more_than_it_takes_is_advised_to_become_a_stream() -> None:
    busy = {"phone": ("client", {"rate_per_s": 5_000}), "orders": ("sqs_fifo", NOTHING)}
    made = design(busy)
    edge = Edge(
        "e", "phone", "orders", "unknown", Mode.ASYNCHRONOUS, next(iter(usable_rows("lambda", "sqs_fifo"))).flow
    )
    drawn = Design(made.name, made.nodes, {"e": edge})
    (finding,) = found(drawn, "R153")
    assert "Kinesis" in finding.message
    calm = {**drawn.nodes, "phone": Node("phone", "client", "phone", 0, 0, {"rate_per_s": 200})}
    assert found(Design(made.name, calm, drawn.edges), "R153") == []


@pytest.mark.point("LAM-16")
@pytest.mark.parametrize("outcome", ["on_success", "on_failure", "dead_letter"])
@pytest.mark.parametrize("target", ["sqs_fifo", "sns_fifo"])
def test_what_became_of_an_event_does_not_go_to_anything_fifo(target: str, outcome: str) -> None:
    drawn = design({"sell": ("lambda", NOTHING), "failed": (target, NOTHING)}, ("sell", "failed", outcome, NOTHING))
    (finding,) = found(drawn, "C001")
    assert "standard" in finding.message
    assert found(mended(drawn, finding), "C001") == []
