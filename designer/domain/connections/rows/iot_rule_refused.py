"""What no action of an AWS IoT rule reaches, and what works instead."""

from __future__ import annotations

from typing import Final

from designer.domain.catalog.sources import aws_docs, service_model
from designer.domain.catalog.spec import Source
from designer.domain.connections.spec import Bridge, Connection, Flow, Mode, Verdict

_ACTIONS: Final = service_model("iot", "TopicRulePayload.actions")


def _refused(
    target: str,
    explanation: str,
    alternative: str,
    bridge: Bridge | None,
    authority: Source = _ACTIONS,
) -> Connection:
    return Connection(
        id=f"iot_rule.{target}.target",
        source="iot_rule",
        target=target,
        mode=Mode.RULE_TARGET,
        flow=Flow.ASYNC,
        verdict=Verdict.INVALID,
        label="Action",
        explanation=explanation,
        conditions="It is not among the actions that a rule can have.",
        authority=authority,
        alternative=alternative,
        bridge=bridge,
    )


def _through_function(second: str) -> Bridge:
    return Bridge("lambda", "Insert a function", "iot_rule.lambda.target", second)


CONNECTIONS = (
    _refused(
        "sns_fifo",
        "An IoT rule publishes on standard topics only.",
        "Use a standard topic, or a function that publishes with a message group.",
        _through_function("lambda.sns_fifo.publish"),
        aws_docs("SNS rule action", "iot/latest/developerguide/sns-rule-action.html"),
    ),
    _refused(
        "eventbridge_bus",
        "An IoT rule has no action for EventBridge.",
        "Let a function put the events, or a queue and a pipe.",
        _through_function("lambda.eventbridge_bus.put_events"),
    ),
    _refused(
        "elasticache",
        "An IoT rule cannot reach a cache, which lies inside a VPC.",
        "Let a function in the VPC write to the cache.",
        _through_function("lambda.elasticache.connect"),
    ),
    _refused(
        "splunk",
        "An IoT rule has no action for Splunk.",
        "Let Data Firehose deliver to Splunk, or use the HTTP action with the collector's address.",
        Bridge("firehose", "Insert Data Firehose", "iot_rule.firehose.target", "firehose.splunk.delivery"),
    ),
    _refused(
        "api_gateway_rest",
        "An IoT rule has no action for API Gateway.",
        "Use the HTTP action with the API's address.",
        None,
    ),
)
