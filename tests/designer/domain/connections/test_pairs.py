"""Drawing an arrow: what the table decides for every pair, and the fixture that the browser's tests read.

After a wanted change of the table, run this file with the environment variable ``REGENERATE_FIXTURES=1``.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

from designer.domain.catalog.registry import services
from designer.domain.connections.registry import connections, refusal, rows_between, usable_rows
from designer.domain.connections.spec import Verdict

FIXTURE = Path(__file__).resolve().parents[3] / "fixtures" / "connections.json"

SERVICES = (
    "api_gateway_http",
    "api_gateway_rest",
    "client",
    "dynamodb",
    "eventbridge_bus",
    "eventbridge_rule",
    "lambda",
    "s3",
    "sns_standard",
    "sqs_standard",
)


@dataclass(frozen=True)
class Refused:
    """The arrow does not exist in AWS; ``bridge`` is the service that makes it work when inserted."""

    bridge: str


# By hand: a connection id is allowed and means this; a pair that is not named is unknown.
EXPECTED: Mapping[str, Mapping[str, str | Refused]] = {
    "client": {
        "api_gateway_rest": "client.api_gateway_rest.https",
        "api_gateway_http": "client.api_gateway_http.https",
        "lambda": "client.lambda.function_url",
        "s3": "client.s3.api",
        "dynamodb": "client.dynamodb.api",
        "eventbridge_bus": "client.eventbridge_bus.put_events",
        "sns_standard": "client.sns_standard.publish",
    },
    "api_gateway_rest": {
        "lambda": "api_gateway_rest.lambda.proxy",
        "sqs_standard": "api_gateway_rest.sqs_standard.send_message",
        "sns_standard": "api_gateway_rest.sns_standard.publish",
        "eventbridge_bus": "api_gateway_rest.eventbridge_bus.put_events",
        "dynamodb": "api_gateway_rest.dynamodb.action",
        "s3": "api_gateway_rest.s3.object_proxy",
        "api_gateway_rest": "api_gateway_rest.api_gateway_rest.http_proxy",
    },
    "api_gateway_http": {
        "lambda": "api_gateway_http.lambda.proxy",
        "sqs_standard": "api_gateway_http.sqs_standard.send_message",
        "eventbridge_bus": "api_gateway_http.eventbridge_bus.put_events",
        "dynamodb": Refused("lambda"),
        "sns_standard": Refused("lambda"),
        "s3": Refused("lambda"),
    },
    "s3": {
        "lambda": "s3.lambda.event_notification",
        "sqs_standard": "s3.sqs_standard.event_notification",
        "sns_standard": "s3.sns_standard.event_notification",
        "eventbridge_bus": "s3.eventbridge_bus.events",
        "eventbridge_rule": "s3.eventbridge_rule.events",
        "s3": "s3.s3.replication",
        "dynamodb": "s3.dynamodb.import",
    },
    "sqs_standard": {
        "lambda": "sqs_standard.lambda.event_source_mapping",
        "sqs_standard": "sqs_standard.sqs_standard.redrive",
        "sns_standard": Refused("lambda"),
        "dynamodb": Refused("lambda"),
        "s3": Refused("lambda"),
    },
    "sns_standard": {
        "lambda": "sns_standard.lambda.subscription",
        "sqs_standard": "sns_standard.sqs_standard.subscription",
        "client": "sns_standard.client.notification",
        "eventbridge_bus": Refused("lambda"),
        "s3": Refused("lambda"),
        "dynamodb": Refused("lambda"),
        "sns_standard": Refused("lambda"),
    },
    "eventbridge_bus": {
        "eventbridge_rule": "eventbridge_bus.eventbridge_rule.rule",
        "sqs_standard": "eventbridge_bus.sqs_standard.dlq",
        "lambda": Refused("eventbridge_rule"),
    },
    "eventbridge_rule": {
        "lambda": "eventbridge_rule.lambda.target",
        "sqs_standard": "eventbridge_rule.sqs_standard.target",
        "sns_standard": "eventbridge_rule.sns_standard.target",
        "eventbridge_bus": "eventbridge_rule.eventbridge_bus.target",
        "api_gateway_rest": "eventbridge_rule.api_gateway_rest.target",
        "s3": Refused("lambda"),
    },
    "lambda": {
        "lambda": "lambda.lambda.invoke",
        "s3": "lambda.s3.api",
        "dynamodb": "lambda.dynamodb.api",
        "sqs_standard": "lambda.sqs_standard.send_message",
        "sns_standard": "lambda.sns_standard.publish",
        "eventbridge_bus": "lambda.eventbridge_bus.put_events",
    },
    "dynamodb": {
        "lambda": "dynamodb.lambda.event_source_mapping",
        "s3": "dynamodb.s3.export",
        "sqs_standard": Refused("lambda"),
        "eventbridge_bus": Refused("lambda"),
    },
}


PAIRS = [(source, target) for source in SERVICES for target in SERVICES]


def decide(source: str, target: str) -> dict[str, object]:
    """What the registry says about an arrow that is simply drawn."""
    refused = refusal(source, target)
    if refused is not None:
        bridge = refused.bridge
        return {
            "source": source,
            "target": target,
            "outcome": "refused",
            "connection": refused.id,
            "reason": refused.explanation,
            "bridge": None if bridge is None else bridge.service,
        }
    rows = [row for row in usable_rows(source, target) if row.drawable]
    if rows:
        return {
            "source": source,
            "target": target,
            "outcome": "allowed",
            "connection": rows[0].id,
            "verdict": rows[0].verdict.value,
        }
    return {"source": source, "target": target, "outcome": "unknown"}


def test_the_hand_written_table_names_the_services_of_the_catalog() -> None:
    assert set(SERVICES) == set(services()) - {"other"}


@pytest.mark.parametrize(("source", "target"), PAIRS)
def test_each_pair_is_decided_as_written_by_hand(source: str, target: str) -> None:
    expected = EXPECTED.get(source, {}).get(target)
    decided = decide(source, target)
    if expected is None:
        assert decided["outcome"] == "unknown"
        assert rows_between(source, target) == ()
    elif isinstance(expected, Refused):
        assert decided["outcome"] == "refused"
        assert decided["bridge"] == expected.bridge
        assert decided["reason"]
    else:
        assert (decided["outcome"], decided["connection"]) == ("allowed", expected)


def test_the_fixture_of_the_browser_is_what_the_table_decides() -> None:
    text = json.dumps([decide(*pair) for pair in PAIRS], indent=2) + "\n"
    if os.environ.get("REGENERATE_FIXTURES"):
        FIXTURE.write_text(text, encoding="utf-8")
    assert FIXTURE.read_text(encoding="utf-8") == text


def test_an_edge_is_refused_only_where_nothing_works() -> None:
    for source, target in PAIRS:
        refused = refusal(source, target)
        if refused is not None:
            assert refused.verdict is Verdict.INVALID
            assert not [row for row in usable_rows(source, target) if row.drawable]


def test_a_resource_of_unknown_type_can_be_connected_with_everything() -> None:
    for service in SERVICES:
        assert decide("other", service)["outcome"] == "unknown"
        assert decide(service, "other")["outcome"] == "unknown"


def test_a_bridge_leads_from_the_source_over_its_service_to_the_target() -> None:
    table = connections()
    bridged = [row for row in table.values() if row.bridge is not None]
    assert len(bridged) > 10
    for row in bridged:
        assert row.bridge is not None
        first, second = table[row.bridge.first], table[row.bridge.second]
        assert first.usable
        assert second.usable
        assert (first.source, first.target) == (row.source, row.bridge.service)
        assert (second.source, second.target) == (row.bridge.service, row.target)
