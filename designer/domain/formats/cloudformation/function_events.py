"""The ``Events`` of a SAM function or state machine: each is an edge, some with a rule or queue of its own."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from designer.domain.catalog.spec import Value
from designer.domain.formats.cloudformation.draft import Draft
from designer.domain.formats.cloudformation.event_sources import connect_source
from designer.domain.formats.cloudformation.families.buckets import notification
from designer.domain.formats.cloudformation.families.event_buses import feed_rule, retry_parameters, rule_parameters
from designer.domain.formats.cloudformation.families.http_apis import connect_http_api, http_parameters
from designer.domain.formats.cloudformation.families.identity import TRIGGERS
from designer.domain.formats.cloudformation.families.other_sources import schedule_parameters, topic_rule_parameters
from designer.domain.formats.cloudformation.families.rest_apis import connect_rest_api, rest_parameters
from designer.domain.formats.cloudformation.template import Resource
from designer.domain.formats.cloudformation.values import at, flag, items, json_text, mapping, text, whole

IMPLICIT_REST: Final = "ServerlessRestApi"
IMPLICIT_HTTP: Final = "ServerlessHttpApi"
_SCHEDULE_PROPERTIES: Final = (
    "ScheduleExpression",
    "ScheduleExpressionTimezone",
    "FlexibleTimeWindow",
    "StartDate",
    "EndDate",
    "State",
)


def connect_events(resource: Resource, draft: Draft) -> None:
    """Draw every event of the function or state machine."""
    for key, event in mapping(resource.properties.get("Events")).items():
        kind = str(at(event, "Type"))
        connect = _EVENTS.get(kind)
        if connect is None:
            draft.notes.append(f"{resource.id} has an event {key} of type {kind}, which is not drawn.")
        else:
            connect(draft, resource.id, key, mapping(at(event, "Properties")))


def _api(draft: Draft, function: str, key: str, event: Mapping[str, object]) -> None:
    del key
    api = draft.find(event.get("RestApiId"), "Api", "RestApi") if "RestApiId" in event else IMPLICIT_REST
    if api == IMPLICIT_REST and api not in draft.nodes:
        properties = _defaults(draft, "Api")
        implied = Resource(api, "AWS::Serverless::Api", properties, {})
        draft.add_implied(api, implied.type, rest_parameters(implied, draft), properties)
        connect_rest_api(implied, draft)
    called = "proxy" if draft.resources[function].type.endswith("Function") else "start_execution"
    streamed = at(event, "ResponseTransferMode") == "STREAM" or at(event, "InvokeMode") == "RESPONSE_STREAM"
    draft.connect(api, function, "streaming" if streamed else called)
    authorizer = at(event, "Auth", "Authorizer")
    if api is not None:
        draft.set_parameters(
            api,
            authorization={"AWS_IAM": "iam"}.get(str(authorizer))
            or ("api_key" if flag(at(event, "Auth", "ApiKeyRequired")) else None),
        )


def _http_api(draft: Draft, function: str, key: str, event: Mapping[str, object]) -> None:
    del key
    api = draft.find(event.get("ApiId"), "HttpApi", "Api") if "ApiId" in event else IMPLICIT_HTTP
    if api == IMPLICIT_HTTP and api not in draft.nodes:
        properties = _defaults(draft, "HttpApi")
        implied = Resource(api, "AWS::Serverless::HttpApi", properties, {})
        draft.add_implied(api, implied.type, http_parameters(implied, draft), properties)
        connect_http_api(implied, draft)
    called = "proxy" if draft.resources[function].type.endswith("Function") else "start_execution"
    draft.connect(api, function, called)
    if api is not None:
        draft.timeouts.setdefault(api, []).append(whole(event.get("TimeoutInMillis")))


def _defaults(draft: Draft, section: str) -> Mapping[str, object]:
    return mapping(draft.resolver.resolve(draft.template.defaults.get(section)))


def _bucket(draft: Draft, function: str, key: str, event: Mapping[str, object]) -> None:
    del key
    source = draft.find(event.get("Bucket"), "Bucket")
    draft.connect(source, function, "event_notification", notification(event, "Events"))


def _topic(draft: Draft, function: str, key: str, event: Mapping[str, object]) -> None:
    topic = draft.find(event.get("Topic"), "Topic")
    if topic is None:
        draft.notes.append(f"{function} subscribes to a topic outside the template ({key}).")
        return
    through = event.get("SqsSubscription")
    if not through:
        draft.connect(topic, function, "subscription", _subscription(event))
        _subscribe_failures(draft, topic, event)
        return
    queue = draft.find(at(through, "QueueArn"), "Queue") or draft.add_implied(
        f"{function}{key}Queue", "AWS::SQS::Queue", {}, {}
    )
    draft.connect(topic, queue, "subscription", _subscription(event))
    connect_source(draft, queue, function, mapping(through))


def _subscribe_failures(draft: Draft, topic: str, event: Mapping[str, object]) -> None:
    """The edge to the dead-letter queue of a subscription."""
    target = draft.find(at(event, "RedrivePolicy", "deadLetterTargetArn"), "Queue")
    draft.connect(topic, target, "subscription_dlq")


def _subscription(event: Mapping[str, object]) -> dict[str, Value]:
    return {
        "filter_policy": json_text(event.get("FilterPolicy")),
        "filter_policy_scope": text(event.get("FilterPolicyScope")),
    }


def _polled(property_name: str) -> Callable[[Draft, str, str, Mapping[str, object]], None]:
    def connect(draft: Draft, function: str, key: str, event: Mapping[str, object]) -> None:
        source = draft.find(event.get(property_name))
        if source is None:
            draft.notes.append(f"{function} reads from a source outside the template ({key}).")
        connect_source(draft, source, function, event)

    return connect


def _schedule(draft: Draft, function: str, key: str, event: Mapping[str, object]) -> None:
    disabled = flag(event.get("Enabled")) is False or event.get("State") == "DISABLED"
    properties = {
        "ScheduleExpression": event.get("Schedule"),
        "State": "DISABLED" if disabled else "ENABLED",
    }
    rule = draft.add_implied(f"{function}{key}", "AWS::Events::Rule", rule_parameters(properties), properties)
    _target(draft, rule, function, event)


def _rule(draft: Draft, function: str, key: str, event: Mapping[str, object]) -> None:
    properties = {
        "EventBusName": event.get("EventBusName"),
        "EventPattern": event.get("Pattern"),
        "State": event.get("State", "ENABLED"),
    }
    properties = {name: value for name, value in properties.items() if value is not None}
    rule = draft.add_implied(f"{function}{key}", "AWS::Events::Rule", rule_parameters(properties), properties)
    feed_rule(draft, rule, event.get("EventBusName"), event.get("Pattern"))
    _target(draft, rule, function, event)


def _schedule_v2(draft: Draft, function: str, key: str, event: Mapping[str, object]) -> None:
    properties = {name: event[name] for name in _SCHEDULE_PROPERTIES if name in event}
    parameters = schedule_parameters(properties)
    schedule = draft.add_implied(f"{function}{key}", "AWS::Scheduler::Schedule", parameters, properties)
    _target(draft, schedule, function, event)


def _target(draft: Draft, rule: str, function: str, event: Mapping[str, object]) -> None:
    draft.connect(rule, function, "target", retry_parameters(event))
    letters = mapping(event.get("DeadLetterConfig"))
    queue = draft.find(letters.get("Arn"), "Queue")
    if queue is None and letters.get("Type") == "SQS":
        wanted = text(letters.get("QueueLogicalId")) or f"{rule}Queue"
        queue = draft.add_implied(wanted, "AWS::SQS::Queue", {}, {})
    draft.connect(rule, queue, "target_dlq")


def _cognito(draft: Draft, function: str, key: str, event: Mapping[str, object]) -> None:
    del key
    pool = draft.find(event.get("UserPool"), "UserPool")
    for name in items(event.get("Trigger")):
        draft.connect(pool, function, TRIGGERS.get(str(name), "trigger"))


def _logs(draft: Draft, function: str, key: str, event: Mapping[str, object]) -> None:
    del key
    draft.connect(
        draft.find(event.get("LogGroupName"), "LogGroup"),
        function,
        "subscription",
        {"filter_pattern": text(event.get("FilterPattern"))},
    )


def _iot(draft: Draft, function: str, key: str, event: Mapping[str, object]) -> None:
    payload = {name: event[name] for name in ("Sql", "AwsIotSqlVersion") if name in event}
    parameters = topic_rule_parameters(payload)
    rule = draft.add_implied(f"{function}{key}", "AWS::IoT::TopicRule", parameters, {"TopicRulePayload": payload})
    draft.connect(rule, function, "target")


_EVENTS: Final[Mapping[str, Callable[[Draft, str, str, Mapping[str, object]], None]]] = {
    "Api": _api,
    "CloudWatchEvent": _rule,
    "CloudWatchLogs": _logs,
    "Cognito": _cognito,
    "DocumentDB": _polled("Cluster"),
    "DynamoDB": _polled("Stream"),
    "EventBridgeRule": _rule,
    "HttpApi": _http_api,
    "IoTRule": _iot,
    "Kinesis": _polled("Stream"),
    "MQ": _polled("Broker"),
    "MSK": _polled("Stream"),
    "S3": _bucket,
    "SNS": _topic,
    "SQS": _polled("Queue"),
    "Schedule": _schedule,
    "ScheduleV2": _schedule_v2,
}
