"""Resources that call others by themselves: schedules, IoT rules and alarms."""

from __future__ import annotations

from collections.abc import Mapping

from designer.domain.catalog.spec import Value
from designer.domain.formats.cloudformation.draft import Draft
from designer.domain.formats.cloudformation.families.event_buses import target_parameters
from designer.domain.formats.cloudformation.template import Resource
from designer.domain.formats.cloudformation.values import at, flag, items, mapping, text, whole


def schedule_parameters(properties: Mapping[str, object]) -> dict[str, Value]:
    """Node parameters of a schedule of Scheduler with these properties."""
    return {
        "schedule_expression": text(properties.get("ScheduleExpression")),
        "time_zone": text(properties.get("ScheduleExpressionTimezone")),
        "flexible_window_min": whole(at(properties, "FlexibleTimeWindow", "MaximumWindowInMinutes")),
        "start_date": text(properties.get("StartDate")),
        "end_date": text(properties.get("EndDate")),
        "action_after_completion": text(properties.get("ActionAfterCompletion")),
        "enabled": False if properties.get("State") == "DISABLED" else None,
    }


def _connect_schedule(resource: Resource, draft: Draft) -> None:
    target = mapping(resource.properties.get("Target"))
    draft.connect(resource.id, draft.find(target.get("Arn")), "target", target_parameters(target))
    draft.connect(resource.id, draft.find(at(target, "DeadLetterConfig", "Arn"), "Queue"), "target_dlq")


def _schedule_parameters(resource: Resource, draft: Draft) -> Mapping[str, Value]:
    del draft
    return schedule_parameters(resource.properties)


def topic_rule_parameters(payload: Mapping[str, object]) -> dict[str, Value]:
    """Node parameters of an IoT rule with this payload."""
    return {
        "sql": text(payload.get("Sql")),
        "sql_version": text(payload.get("AwsIotSqlVersion")),
        "enabled": False if flag(payload.get("RuleDisabled")) else None,
    }


def _topic_rule_parameters(resource: Resource, draft: Draft) -> Mapping[str, Value]:
    del draft
    return topic_rule_parameters(mapping(resource.properties.get("TopicRulePayload")))


def _connect_topic_rule(resource: Resource, draft: Draft) -> None:
    for action in items(at(resource.properties, "TopicRulePayload", "Actions")):
        parameters = {
            "partition_key": text(at(action, "Kinesis", "PartitionKey")),
            "vpc_destination": at(action, "Kafka", "DestinationArn") is not None or None,
        }
        for target in draft.find_all(action):
            draft.connect(resource.id, target, "target", parameters)
    for target in draft.find_all(at(resource.properties, "TopicRulePayload", "ErrorAction")):
        draft.connect(resource.id, target, "on_failure")


def _connect_alarm(resource: Resource, draft: Draft) -> None:
    for key in ("AlarmActions", "OKActions", "InsufficientDataActions"):
        for target in draft.find_all(resource.properties.get(key)):
            draft.connect(resource.id, target, "action")


NODES = {
    "AWS::IoT::TopicRule": _topic_rule_parameters,
    "AWS::Scheduler::Schedule": _schedule_parameters,
}
EDGES = {
    "AWS::CloudWatch::Alarm": _connect_alarm,
    "AWS::IoT::TopicRule": _connect_topic_rule,
    "AWS::Scheduler::Schedule": _connect_schedule,
}
