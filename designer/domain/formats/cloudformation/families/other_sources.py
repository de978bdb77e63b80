"""Resources outside the catalog that call others: schedules, user pools, IoT rules and alarms."""

from __future__ import annotations

from designer.domain.formats.cloudformation.draft import Draft
from designer.domain.formats.cloudformation.families.event_buses import retry_parameters
from designer.domain.formats.cloudformation.template import Resource
from designer.domain.formats.cloudformation.values import at, items, mapping


def _connect_schedule(resource: Resource, draft: Draft) -> None:
    target = mapping(resource.properties.get("Target"))
    draft.connect(resource.id, draft.find(target.get("Arn")), "target", retry_parameters(target))
    draft.connect(resource.id, draft.find(at(target, "DeadLetterConfig", "Arn"), "Queue"), "target_dlq")


def _connect_user_pool(resource: Resource, draft: Draft) -> None:
    for function in draft.find_all(resource.properties.get("LambdaConfig"), "Function"):
        draft.connect(resource.id, function, "trigger")


def _connect_identity_pool(resource: Resource, draft: Draft) -> None:
    for provider in items(resource.properties.get("CognitoIdentityProviders")):
        draft.connect(draft.find(at(provider, "ProviderName"), "UserPool"), resource.id, "call")


def _connect_topic_rule(resource: Resource, draft: Draft) -> None:
    for action in items(at(resource.properties, "TopicRulePayload", "Actions")):
        for target in draft.find_all(action):
            draft.connect(resource.id, target, "target")


def _connect_alarm(resource: Resource, draft: Draft) -> None:
    for key in ("AlarmActions", "OKActions", "InsufficientDataActions"):
        for target in draft.find_all(resource.properties.get(key)):
            draft.connect(resource.id, target, "action")


EDGES = {
    "AWS::CloudWatch::Alarm": _connect_alarm,
    "AWS::Cognito::IdentityPool": _connect_identity_pool,
    "AWS::Cognito::UserPool": _connect_user_pool,
    "AWS::IoT::TopicRule": _connect_topic_rule,
    "AWS::Scheduler::Schedule": _connect_schedule,
}
