"""Alarms: real metrics, with thresholds from the node's own settings."""

from __future__ import annotations

import pytest

from designer.domain.catalog.registry import services
from designer.domain.derived.alarms import Alarm, alarm_rules, alarms
from designer.domain.graph.model import Design
from tests.designer.domain.building import design, edge, node

KNOWN = {service: rules for service, rules in alarm_rules().items() if service in services()}


def by_metric(case: Design, node_id: str) -> dict[str, Alarm]:
    return {alarm.metric: alarm for alarm in alarms(case, case.nodes[node_id])}


@pytest.mark.parametrize("service", KNOWN)
def test_an_alarm_says_what_is_measured_from_where_it_rings_and_why(service: str) -> None:
    for rule in KNOWN[service]:
        assert rule.namespace.startswith("AWS/")
        assert rule.metric
        assert rule.statistic
        assert rule.why.endswith(".")
        assert rule.source.url.startswith("https://docs.aws.amazon.com/")
    for alarm in alarms(design(node("n", service)), node("n", service)):
        assert alarm.threshold
        assert not alarm.threshold.endswith(".")


@pytest.mark.point("LAM-09")
def test_a_functions_thresholds_follow_its_timeout_and_concurrency() -> None:
    found = by_metric(design(node("f", "lambda", timeout_s=30, reserved_concurrency=20)), "f")
    assert found["Duration"].threshold == "above 24,000 ms (80 % of the timeout of 30 s)"
    assert found["ConcurrentExecutions"].threshold == "above 16 (80 % of the 20 reserved)"
    assert {"Errors", "Throttles"} <= set(found)
    assert "AsyncEventAge" not in found
    assert "IteratorAge" not in found


@pytest.mark.point("LAM-09")
def test_what_a_function_is_fed_by_decides_which_alarms_it_needs() -> None:
    case = design(
        node("b", "s3"),
        node("t", "dynamodb", stream_view_type="NEW_IMAGE"),
        node("f", "lambda"),
        node("d", "sqs_standard"),
        edge("b", "f", "s3.lambda.event_notification"),
        edge("t", "f", "dynamodb.lambda.event_source_mapping"),
        edge("f", "d", "lambda.sqs_standard.on_failure"),
    )
    found = by_metric(case, "f")
    assert {"AsyncEventAge", "AsyncEventsDropped", "DestinationDeliveryFailures", "IteratorAge"} <= set(found)
    assert found["AsyncEventAge"].threshold == "above 1.5 hours (events are given up after 6 hours)"


@pytest.mark.point("SQS-04")
def test_a_dead_letter_queue_rings_at_its_first_message_and_a_working_queue_by_age() -> None:
    case = design(
        node("q", "sqs_standard", message_retention_s=7_200),
        node("d", "sqs_standard"),
        edge("q", "d", "sqs_standard.sqs_standard.redrive"),
    )
    assert set(by_metric(case, "d")) == {"ApproximateNumberOfMessagesVisible"}
    assert by_metric(case, "q")["ApproximateAgeOfOldestMessage"].threshold == (
        "above 12 minutes (messages are deleted after 2 hours)"
    )


def test_capacity_is_watched_only_where_it_is_provisioned() -> None:
    provisioned = design(node("t", "dynamodb", billing_mode="provisioned", write_capacity_units=100))
    assert by_metric(provisioned, "t")["ConsumedWriteCapacityUnits"].threshold == "above 80 WCU (80 % of 100 WCU)"
    assert "ConsumedWriteCapacityUnits" not in by_metric(design(node("t", "dynamodb")), "t")
