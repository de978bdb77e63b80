"""EventBridge: buses, rules, what feeds a rule, and its targets with their dead-letter queues."""

from __future__ import annotations

from collections.abc import Mapping

from designer.domain.catalog.spec import Value
from designer.domain.formats.cloudformation.draft import Draft
from designer.domain.formats.cloudformation.intrinsics import references
from designer.domain.formats.cloudformation.template import Resource
from designer.domain.formats.cloudformation.values import at, items, json_text, mapping, text, whole

_PATTERN_SOURCES = ("Bucket", "StateMachine", "Alarm")


def _bus_parameters(resource: Resource, draft: Draft) -> Mapping[str, Value]:
    del draft
    return {"kind": "partner" if resource.properties.get("EventSourceName") else "custom"}


def rule_parameters(properties: Mapping[str, object]) -> dict[str, Value]:
    """Node parameters of a rule with these properties."""
    schedule = text(properties.get("ScheduleExpression"))
    return {
        "kind": "schedule" if schedule and "EventPattern" not in properties else None,
        "event_pattern": json_text(properties.get("EventPattern")),
        "schedule_expression": schedule,
        "enabled": False if properties.get("State") == "DISABLED" else None,
    }


def _rule_parameters(resource: Resource, draft: Draft) -> Mapping[str, Value]:
    del draft
    return rule_parameters(resource.properties)


def feed_rule(draft: Draft, rule: str, bus: object, pattern: object) -> None:
    """The edge from the bus to the rule, or on the default bus from what the pattern names."""
    if bus is None or bus == "default":
        named = draft.find_all(pattern, *_PATTERN_SOURCES)
        names = _bucket_names(pattern)
        named += [key for key in (draft.find(name, "Bucket") for name in names) if key and key not in named]
        for source in named:
            machine = draft.nodes[source].service == "step_functions_standard"
            draft.connect(source, rule, "status_change" if machine else "events")
        return
    found = draft.find(bus, "EventBus")
    if found is None:
        draft.notes.append(f"{rule} listens to an event bus outside the template.")
    draft.connect(found, rule, "rule")


def _bucket_names(pattern: object) -> list[str]:
    """Literal bucket names of a pattern for S3's own events or for those of CloudTrail."""
    found = items(at(pattern, "detail", "bucket", "name")) + items(
        at(pattern, "detail", "requestParameters", "bucketName")
    )
    return [name for name in found if isinstance(name, str) and not references(name)]


def _connect_rule(resource: Resource, draft: Draft) -> None:
    properties = resource.properties
    if "EventPattern" in properties:
        feed_rule(draft, resource.id, properties.get("EventBusName"), properties.get("EventPattern"))
    for target in items(properties.get("Targets")):
        entry = mapping(target)
        found = draft.find(entry.get("Arn"))
        if found is None:
            draft.notes.append(f"{resource.id} has a target outside the template: {text(entry.get('Arn'))}.")
        draft.connect(resource.id, found, "target", target_parameters(entry, draft.resources.get(found or "")))
        draft.connect(resource.id, draft.find(at(entry, "DeadLetterConfig", "Arn"), "Queue"), "target_dlq")


def retry_parameters(entry: Mapping[str, object]) -> dict[str, Value]:
    """Edge parameters of a target's retry policy."""
    policy = entry.get("RetryPolicy")
    return {
        "retry_attempts": whole(at(policy, "MaximumRetryAttempts")),
        "maximum_event_age_s": whole(at(policy, "MaximumEventAgeInSeconds")),
    }


def target_parameters(entry: Mapping[str, object], target: Resource | None = None) -> dict[str, Value]:
    """Edge parameters of a target of a rule or a schedule."""
    names = mapping(entry.get("EventBridgeParameters"))
    stream = mapping(entry.get("KinesisParameters"))
    return {
        **retry_parameters(entry),
        "message_group_id": text(at(entry, "SqsParameters", "MessageGroupId")),
        "partition_key": text(stream.get("PartitionKeyPath") or stream.get("PartitionKey")),
        "source_name": text(names.get("Source")),
        "detail_type": text(names.get("DetailType")),
        "invocation_rate_per_s": whole(target.properties.get("InvocationRateLimitPerSecond")) if target else None,
    }


def _connect_bus(resource: Resource, draft: Draft) -> None:
    draft.connect(resource.id, draft.find(at(resource.properties, "DeadLetterConfig", "Arn"), "Queue"), "dlq")


NODES = {"AWS::Events::EventBus": _bus_parameters, "AWS::Events::Rule": _rule_parameters}
EDGES = {"AWS::Events::EventBus": _connect_bus, "AWS::Events::Rule": _connect_rule}
