"""The connection table against the reference rows in ``../shared/facts/connections.csv``, both ways.

The reference names a mode by what the arrow is made with; ours by the kind of mechanism. They correspond:

- ``sdk_call`` is code that waits for the API: synchronous; sending, publishing and putting events hands
  over, so those are asynchronous;
- ``direct_integration`` is an integration;
- ``asynchronous`` from a topic is the topic's subscription, otherwise asynchronous;
- ``delivery`` of what failed is a failure, of anything else a delivery;
- ``rule_target``, ``subscription``, ``event_source_mapping``, ``authorizer`` and ``synchronous`` are the same;
- ``invalid`` rows have no mode of their own: ours says what the person would have meant.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from pathlib import Path

import pytest

from designer.domain.catalog.registry import services
from designer.domain.connections.registry import connections
from designer.domain.connections.spec import Mode, Verdict

VERDICTS = {"yes": Verdict.VALID, "conditional": Verdict.CONDITIONAL, "no": Verdict.INVALID}

HANDED_OVER = frozenset({"sqs_standard", "sns_standard", "eventbridge_bus"})
"""Services to which an SDK call hands something over."""

Key = tuple[str, str, str]

MECHANISMS: Mapping[Key, tuple[str, ...]] = {
    ("client", "api_gateway_rest", "HTTPS request to a REST API stage"): ("https",),
    ("client", "api_gateway_http", "HTTPS request to an HTTP API stage"): ("https",),
    ("client", "lambda", "Lambda function URL"): ("function_url",),
    ("client", "lambda", "Invoke API RequestResponse"): ("invoke",),
    ("client", "lambda", "Invoke API InvocationType=Event"): ("invoke_event",),
    ("client", "s3", "pre-signed URL or S3 API"): ("api",),
    ("client", "dynamodb", "DynamoDB API with temporary credentials"): ("api",),
    ("client", "eventbridge_bus", "PutEvents with credentials"): ("put_events",),
    ("client", "sns_standard", "Publish with credentials"): ("publish",),
    ("api_gateway_rest", "lambda", "AWS_PROXY (Lambda proxy) integration"): ("proxy",),
    ("api_gateway_rest", "lambda", "AWS (non-proxy) integration with X-Amz-Invocation-Type: Event"): ("custom_event",),
    ("api_gateway_rest", "lambda", "AWS (custom, non-proxy) integration"): ("custom",),
    ("api_gateway_rest", "lambda", "Lambda authorizer TOKEN or REQUEST"): ("authorizer",),
    ("api_gateway_rest", "lambda", "response streaming (responseTransferMode STREAM)"): ("streaming",),
    ("api_gateway_rest", "lambda", "wait longer than the integration timeout"): ("beyond_timeout",),
    ("api_gateway_rest", "sqs_standard", "AWS service integration SendMessage"): ("send_message",),
    ("api_gateway_rest", "sqs_standard", "AWS service integration ReceiveMessage"): ("receive_message",),
    ("api_gateway_rest", "sns_standard", "AWS service integration Publish"): ("publish",),
    ("api_gateway_rest", "eventbridge_bus", "AWS service integration PutEvents"): ("put_events",),
    ("api_gateway_rest", "dynamodb", "AWS service integration PutItem/GetItem/Query"): ("action",),
    ("api_gateway_rest", "s3", "AWS service integration path-style object proxy"): ("object_proxy",),
    ("api_gateway_rest", "api_gateway_rest", "HTTP_PROXY to another REST API"): ("http_proxy",),
    ("api_gateway_http", "lambda", "AWS_PROXY payload format 1.0/2.0"): ("proxy",),
    ("api_gateway_http", "lambda", "Lambda REQUEST authorizer"): ("authorizer",),
    ("api_gateway_http", "sqs_standard", "IntegrationSubtype SQS-SendMessage"): ("send_message",),
    ("api_gateway_http", "eventbridge_bus", "IntegrationSubtype EventBridge-PutEvents"): ("put_events",),
    ("api_gateway_http", "dynamodb", "first-class service integration"): ("service_integration",),
    ("api_gateway_http", "sns_standard", "first-class service integration"): ("service_integration",),
    ("api_gateway_http", "s3", "first-class service integration"): ("service_integration",),
    ("s3", "lambda", "S3 event notification"): ("event_notification",),
    ("s3", "lambda", "S3 Batch Operations job"): ("batch_operations",),
    ("s3", "sqs_standard", "S3 event notification"): ("event_notification",),
    ("s3", "sns_standard", "S3 event notification"): ("event_notification",),
    ("s3", "eventbridge_bus", "EventBridgeConfiguration on bucket"): ("events",),
    ("s3", "eventbridge_rule", "bucket event matched by a rule on the default bus"): ("events",),
    ("s3", "s3", "replication (CRR/SRR)"): ("replication",),
    ("s3", "dynamodb", "notification writes an item"): ("notification",),
    ("s3", "dynamodb", "DynamoDB ImportTable"): ("import",),
    ("sqs_standard", "lambda", "SQS event source mapping"): ("event_source_mapping",),
    ("sqs_standard", "lambda", "queue pushes to function (resource policy / trigger without ESM)"): ("push",),
    ("sqs_standard", "lambda", "ESM DestinationConfig.OnFailure on an SQS source"): ("mapping_on_failure",),
    ("sqs_standard", "lambda", "BatchSize > 10 with MaximumBatchingWindowInSeconds 0"): ("batch_without_window",),
    ("sqs_standard", "sqs_standard", "RedrivePolicy to dead-letter queue"): ("redrive",),
    ("sqs_standard", "sns_standard", "queue pushes to service"): ("push",),
    ("sqs_standard", "dynamodb", "queue pushes to service"): ("push",),
    ("sqs_standard", "s3", "queue pushes to service"): ("push",),
    ("sns_standard", "lambda", "subscription protocol lambda"): ("subscription",),
    ("sns_standard", "sqs_standard", "subscription protocol sqs"): ("subscription",),
    ("sns_standard", "sqs_standard", "subscription dead-letter queue"): ("subscription_dlq",),
    ("sns_standard", "client", "email / email-json / sms / mobile push"): ("notification",),
    ("sns_standard", "eventbridge_bus", "subscription to unsupported endpoint"): ("subscription",),
    ("sns_standard", "s3", "subscription to unsupported endpoint"): ("subscription",),
    ("sns_standard", "dynamodb", "subscription to unsupported endpoint"): ("subscription",),
    ("sns_standard", "sns_standard", "subscription to unsupported endpoint"): ("subscription",),
    ("eventbridge_bus", "eventbridge_rule", "rule on bus evaluates events"): ("rule",),
    ("eventbridge_bus", "lambda", "bus delivers without a rule"): ("direct",),
    ("eventbridge_bus", "lambda", "Custom Event Bus subscriber (eventbridgev2)"): ("subscriber",),
    ("eventbridge_bus", "sqs_standard", "event bus dead-letter queue"): ("dlq",),
    ("eventbridge_rule", "lambda", "rule target (async invoke)"): ("target",),
    ("eventbridge_rule", "sqs_standard", "rule target"): ("target",),
    ("eventbridge_rule", "sqs_standard", "target dead-letter queue"): ("target_dlq",),
    ("eventbridge_rule", "sns_standard", "rule target"): ("target",),
    ("eventbridge_rule", "eventbridge_bus", "rule target another bus"): ("target",),
    ("eventbridge_rule", "api_gateway_rest", "rule target REST stage"): ("target",),
    ("eventbridge_rule", "s3", "rule target"): ("target",),
    ("lambda", "lambda", "Invoke RequestResponse"): ("invoke",),
    ("lambda", "lambda", "Invoke InvocationType=Event"): ("invoke_event",),
    ("lambda", "s3", "SDK GetObject/PutObject"): ("api",),
    ("lambda", "dynamodb", "SDK"): ("api",),
    ("lambda", "sqs_standard", "SDK SendMessage"): ("send_message",),
    ("lambda", "sns_standard", "SDK Publish"): ("publish",),
    ("lambda", "eventbridge_bus", "SDK PutEvents"): ("put_events",),
    ("lambda", "sqs_standard", "async OnSuccess/OnFailure destination"): ("on_success", "on_failure"),
    ("lambda", "sns_standard", "async OnSuccess/OnFailure destination"): ("on_success", "on_failure"),
    ("lambda", "lambda", "async OnSuccess/OnFailure destination"): ("on_success", "on_failure"),
    ("lambda", "eventbridge_bus", "async OnSuccess/OnFailure destination"): ("on_success", "on_failure"),
    ("lambda", "s3", "async OnFailure destination"): ("on_failure",),
    ("lambda", "s3", "async OnSuccess destination"): ("on_success",),
    ("lambda", "sqs_standard", "async DeadLetterConfig"): ("dead_letter",),
    ("lambda", "sns_standard", "async DeadLetterConfig"): ("dead_letter",),
    ("lambda", "eventbridge_bus", "ESM on-failure destination"): ("stream_on_failure",),
    ("dynamodb", "lambda", "DynamoDB Streams ESM"): ("event_source_mapping",),
    ("dynamodb", "lambda", "ESM on a table without a stream"): ("without_stream",),
    ("dynamodb", "lambda", "StartingPosition AT_TIMESTAMP"): ("at_timestamp",),
    ("dynamodb", "s3", "ExportTableToPointInTime"): ("export",),
    ("dynamodb", "sqs_standard", "table/stream pushes to service"): ("push",),
    ("dynamodb", "eventbridge_bus", "table/stream pushes to service"): ("push",),
    **{
        ("lambda", target, "ESM on-failure destination (Kinesis, DynamoDB, MSK, Kafka sources)"): ("stream_on_failure",)
        for target in ("sqs_standard", "sns_standard", "s3")
    },
}
"""The last part of our ids for each reference row; one row names success and failure together."""

FAILURES = frozenset(
    {"on_failure", "dead_letter", "stream_on_failure", "redrive", "dlq", "target_dlq", "subscription_dlq"}
)

Row = Mapping[str, str]


@pytest.fixture(scope="module")
def reference(shared_folder: Path) -> list[Row]:
    """The reference rows between services of the catalog."""
    known = set(services())
    with (shared_folder / "facts" / "connections.csv").open(encoding="utf-8") as file:
        return [row for row in csv.DictReader(file) if row["source"] in known and row["target"] in known]


def ids_of(row: Row) -> list[str]:
    """Our rows for a reference row."""
    mechanisms = MECHANISMS[row["source"], row["target"], row["mechanism"]]
    return [f"{row['source']}.{row['target']}.{mechanism}" for mechanism in mechanisms]


def expected_mode(row: Row, identifier: str) -> Mode | None:
    """Our mode for a reference row; None for invalid rows."""
    mode = row["mode"]
    if mode == "invalid":
        return None
    if mode == "sdk_call":
        return Mode.ASYNCHRONOUS if row["target"] in HANDED_OVER else Mode.SYNCHRONOUS
    if mode == "direct_integration":
        return Mode.INTEGRATION
    if mode == "asynchronous":
        return Mode.SUBSCRIPTION if row["source"] == "sns_standard" else Mode.ASYNCHRONOUS
    if mode == "delivery":
        return Mode.FAILURE if identifier.split(".")[2] in FAILURES else Mode.DELIVERY
    return Mode(mode)


def test_every_reference_row_is_in_the_table_with_its_verdict(reference: list[Row]) -> None:
    table = connections()
    for row in reference:
        for identifier in ids_of(row):
            assert table[identifier].verdict is VERDICTS[row["valid"]], identifier


def test_every_reference_row_is_in_the_table_with_its_mode(reference: list[Row]) -> None:
    for row in reference:
        for identifier in ids_of(row):
            mode = expected_mode(row, identifier)
            assert mode is None or connections()[identifier].mode is mode, identifier


def test_every_reference_row_is_in_the_table_with_its_permission(reference: list[Row]) -> None:
    for row in reference:
        if row["valid"] != "no":
            for identifier in ids_of(row):
                assert connections()[identifier].permission_side.value == row["permission_side"], identifier


def test_every_row_of_the_table_is_in_the_reference(reference: list[Row]) -> None:
    assert len(reference) == 90
    assert sorted(connections()) == sorted(identifier for row in reference for identifier in ids_of(row))
