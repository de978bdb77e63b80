"""What holds for every row of the connection table, and for what the browser is told of it."""

from __future__ import annotations

import json
from collections import Counter

import pytest

from designer.domain.catalog.registry import services
from designer.domain.catalog.spec import Category, Parameter, Section
from designer.domain.connections.document import SEVERITIES, catalog_to_json
from designer.domain.connections.registry import connections, edge_parameter_value, rows_between
from designer.domain.connections.spec import Connection, Flow, Mode, PermissionSide, Verdict
from designer.domain.connections.styles import EDGE_STYLES, edge_style
from designer.domain.rules.rule import Severity
from tests.grouped import grouped

ROWS = list(connections().values())
USABLE = [row for row in ROWS if row.usable]
WITHOUT_BRIDGE = {
    "eventbridge_bus.eventbridge_pipe.pipe_source": "it takes two: a rule and a queue",
    "eventbridge_rule.alb.target": "an API destination holds the balancer's address; nothing leads on to the balancer",
    "iot_rule.api_gateway_rest.target": "the HTTP action holds the API's address; nothing leads on to the API",
    "api_gateway_websocket.waf.web_acl": "the firewall comes before the API, so that nothing can stand between them",
    "sns_fifo.firehose.subscription": "it takes a queue and a reader of the queue, and a bridge is one component",
    "sns_fifo.http_endpoint.subscription": "it takes a queue and a reader of the queue, and a bridge is one component",
    "client.nat.inbound": "whatever takes callers stands instead of the gateway, not before it",
    "api_gateway_http.waf.web_acl": "the firewall comes before the API, so that nothing can stand between them",
    "elasticache.lambda.keyspace_notification": "only a program of one's own can listen to a cache",
    "nat.nat.chain": "the gateway lies in the wrong subnet",
    "firehose.kinesis_stream.destination": "nothing leads out of Firehose but its one destination",
    "firehose.managed_flink.destination": "nothing leads out of Firehose but its one destination",
    "firehose.rds_aurora.destination": "two components would have to stand between: a bucket and a function",
    "firehose.step_functions_standard.destination": "two components would have to stand between: a bucket and a rule",
    "kinesis_stream.kinesis_analytics_sql.input": "AWS has closed the service that the arrow leads to",
}
"""Refused connections that no component between the two ends makes possible, and why."""


@grouped((row.source, (row,)) for row in ROWS)
def test_every_row_says_what_happens_and_who_says_so(row: Connection) -> None:
    assert row.source in services()
    assert row.target in services()
    assert row.label
    assert row.explanation.endswith(".")
    assert row.conditions
    assert row.authority.title
    assert row.authority.url.startswith("https://")


@grouped((row.source, (row,)) for row in USABLE)
def test_every_usable_row_tells_delivery_order_retries_and_permission(row: Connection) -> None:
    assert row.delivery
    assert row.ordering
    assert row.retries
    assert row.permission
    assert row.alternative == ""


@grouped((row.source, (row,)) for row in ROWS if not row.usable)
def test_every_invalid_row_names_a_working_alternative(row: Connection) -> None:
    assert row.verdict is Verdict.INVALID
    assert row.alternative.endswith(".")
    assert not row.preferred
    assert not row.parameters
    assert row.bridge is not None or not row.drawable or row.id in WITHOUT_BRIDGE


def test_a_pair_has_one_preferred_row_at_most() -> None:
    counts = Counter((row.source, row.target) for row in ROWS if row.preferred)
    assert set(counts.values()) == {1}


def test_the_preferred_row_comes_first_and_can_be_drawn() -> None:
    for row in ROWS:
        if row.preferred:
            assert row.usable
            assert row.drawable
            assert rows_between(row.source, row.target)[0] is row


def test_who_fetches_is_told_exactly_for_polled_rows() -> None:
    for row in USABLE:
        assert bool(row.poller) == (row.flow is Flow.POLL), row.id


def test_a_polled_source_is_permitted_by_the_execution_role_and_a_push_by_the_target() -> None:
    for row in USABLE:
        if row.mode is Mode.EVENT_SOURCE_MAPPING:
            assert row.permission_side is PermissionSide.EXECUTION_ROLE, row.id
        if row.mode is Mode.SUBSCRIPTION and row.target == "lambda" and row.drawable:
            assert row.permission_side is PermissionSide.RESOURCE_POLICY, row.id


def test_request_edges_can_be_weighted_and_calls_of_code_counted() -> None:
    for row in USABLE:
        ids = {parameter.id for parameter in row.parameters}
        if row.source == "client" or (
            row.source in {"api_gateway_rest", "api_gateway_http"} and row.mode not in {Mode.AUTHORIZER, Mode.DELIVERY}
        ):
            assert "weight" in ids, row.id
        elif row.source == "lambda":
            assert ("calls_per_request" in ids) == (row.mode not in {Mode.FAILURE, Mode.DELIVERY, Mode.INTEGRATION}), (
                row.id
            )


@pytest.mark.parametrize(
    ("connection", "parameter", "value"),
    [
        ("sqs_standard.lambda.event_source_mapping", "batch_size", 10),
        ("sqs_standard.lambda.event_source_mapping", "maximum_concurrency", None),
        ("dynamodb.lambda.event_source_mapping", "batch_size", 100),
        ("dynamodb.lambda.event_source_mapping", "maximum_retry_attempts", -1),
        ("kinesis_stream.lambda.enhanced_fan_out", "batch_size", 100),
        ("firehose.splunk.delivery", "ack_timeout_s", 180),
        ("eventbridge_rule.lambda.target", "retry_attempts", 185),
        ("eventbridge_rule.sqs_standard.target", "maximum_event_age_s", 86_400),
        ("sqs_standard.sqs_standard.redrive", "max_receive_count", 10),
        ("api_gateway_rest.lambda.authorizer", "result_ttl_s", 300),
        ("lambda.dynamodb.api", "action", "PutItem"),
        ("lambda.s3.api", "calls_per_request", 1),
    ],
)
def test_an_edge_has_the_defaults_of_aws(connection: str, parameter: str, value: object) -> None:
    assert edge_parameter_value(connection, {}, parameter) == value


def test_the_catalog_document_holds_every_service_and_row_in_a_stable_order() -> None:
    document = catalog_to_json()
    assert [item["id"] for item in document["services"]] == sorted(services())  # type: ignore[attr-defined]
    assert [item["id"] for item in document["connections"]] == sorted(connections())  # type: ignore[attr-defined]
    assert document["categories"] == [category.value for category in Category]
    assert [item["id"] for item in document["modes"]] == [mode.value for mode in Mode]  # type: ignore[attr-defined]
    catalog_to_json.cache_clear()
    assert json.dumps(catalog_to_json()) == json.dumps(document)


def test_the_catalog_document_nests_sources_and_choices() -> None:
    document = json.loads(json.dumps(catalog_to_json()))
    queue = next(service for service in document["services"] if service["id"] == "sqs_standard")
    visibility = next(p for p in queue["parameters"] if p["id"] == "visibility_timeout_s")
    assert visibility["source"]["url"].startswith("https://")
    assert (visibility["default"], visibility["minimum"], visibility["maximum"]) == (30, 0, 43_200)
    assert visibility["section"] == Section.SETTING.value
    mapping = next(c for c in document["connections"] if c["id"] == "sqs_standard.lambda.event_source_mapping")
    assert (mapping["usable"], mapping["style"], mapping["flow"]) == (True, "polled", "poll")
    assert {p["id"] for p in mapping["parameters"]} >= {"batch_size", "batch_window_s", "filter_patterns"}


def test_the_document_names_the_severities_of_the_rules_worst_first() -> None:
    assert [severity for severity, _, _ in SEVERITIES] == [severity.value for severity in Severity]


@pytest.mark.parametrize(
    ("connection", "style"),
    [
        ("api_gateway_rest.lambda.proxy", "synchronous"),
        ("api_gateway_rest.dynamodb.action", "synchronous"),
        ("api_gateway_rest.sqs_standard.send_message", "asynchronous"),
        ("s3.lambda.event_notification", "asynchronous"),
        ("sqs_standard.lambda.event_source_mapping", "polled"),
        ("dynamodb.lambda.event_source_mapping", "stream"),
        ("kinesis_stream.lambda.event_source_mapping", "stream"),
        ("kinesis_stream.firehose.source", "delivery"),
        ("sns_standard.sqs_standard.subscription", "subscription"),
        ("eventbridge_rule.lambda.target", "subscription"),
        ("s3.s3.replication", "delivery"),
        ("sqs_standard.sqs_standard.redrive", "failure"),
        ("api_gateway_http.lambda.authorizer", "authorizer"),
    ],
)
def test_an_edge_is_drawn_by_its_meaning(connection: str, style: str) -> None:
    row = connections()[connection]
    assert edge_style(row.mode, row.flow, row.source) == style


def test_every_style_is_told_apart_without_colour() -> None:
    looks = {(style.line, style.width, style.end, style.start) for style in EDGE_STYLES}
    assert len(looks) == len(EDGE_STYLES)
    known = {style.id for style in EDGE_STYLES}
    assert {edge_style(mode, flow) for mode in Mode for flow in Flow} <= known


def _shared(parameter: Parameter) -> tuple[object, ...]:
    return (parameter.kind, parameter.unit, parameter.minimum, parameter.maximum, parameter.choices)


def test_a_parameter_of_the_same_name_is_the_same_thing_on_every_edge() -> None:
    first: dict[str, Parameter] = {}
    for row in ROWS:
        for parameter in row.parameters:
            known = first.setdefault(parameter.id, parameter)
            if parameter.id != "action":
                assert _shared(parameter) == _shared(known), f"{row.id}: {parameter.id}"


@pytest.mark.point("SFN-02")
@pytest.mark.parametrize("starter", ["api_gateway_rest", "api_gateway_http", "lambda", "iot_rule", "eventbridge_rule"])
def test_who_starts_a_workflow_waits_for_express_ones_only_and_only_where_aws_lets_it(starter: str) -> None:
    standard = {row.flow for row in rows_between(starter, "step_functions_standard") if row.usable}
    express = {row.flow for row in rows_between(starter, "step_functions_express") if row.usable}
    assert standard == {Flow.ASYNC}
    waits = starter in {"api_gateway_rest", "api_gateway_http", "lambda"}
    assert (Flow.SYNC in express) == waits
    assert Flow.ASYNC in express or starter == "api_gateway_http"
