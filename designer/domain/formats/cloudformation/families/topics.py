"""Topics and their subscriptions, inside the topic or as resources of their own."""

from __future__ import annotations

import json
from collections.abc import Mapping

from designer.domain.catalog.spec import Value
from designer.domain.formats.cloudformation.draft import Draft
from designer.domain.formats.cloudformation.template import Resource
from designer.domain.formats.cloudformation.values import at, flag, items, json_text, mapping, text, whole


def _parameters(resource: Resource, draft: Draft) -> Mapping[str, Value]:
    del draft
    key = resource.properties.get("KmsMasterKeyId")
    encryption = None
    if key:
        encryption = "kms_aws_managed" if key == "alias/aws/sns" else "kms_customer_managed"
    found: dict[str, Value] = {
        "maximum_message_bytes": whole(resource.properties.get("MaximumMessageSize")),
        "encryption": encryption,
    }
    if flag(resource.properties.get("FifoTopic")):
        found["content_based_deduplication"] = flag(resource.properties.get("ContentBasedDeduplication"))
        found["throughput_scope"] = text(resource.properties.get("FifoThroughputScope"))
    elif resource.properties.get("TracingConfig") == "Active":
        found["xray_tracing"] = True
    return found


def _connect(resource: Resource, draft: Draft) -> None:
    for subscription in items(resource.properties.get("Subscription")):
        subscribe(draft, resource.id, mapping(subscription))


def _connect_subscription(resource: Resource, draft: Draft) -> None:
    topic = draft.find(resource.properties.get("TopicArn"), "Topic")
    if topic is None:
        draft.notes.append(f"{resource.id} subscribes to a topic outside the template: not drawn.")
        return
    subscribe(draft, topic, resource.properties)


def subscribe(draft: Draft, topic: str, subscription: Mapping[str, object]) -> None:
    """The edges of one subscription: to its endpoint, and from the topic to its dead-letter queue."""
    endpoint = draft.find(subscription.get("Endpoint"), *_ENDPOINTS.get(str(subscription.get("Protocol")), ()))
    draft.connect(
        topic,
        endpoint,
        "subscription",
        {
            "filter_policy": json_text(subscription.get("FilterPolicy")),
            "filter_policy_scope": text(subscription.get("FilterPolicyScope")),
            "raw_message_delivery": flag(subscription.get("RawMessageDelivery")) or None,
        },
    )
    if endpoint is None:
        draft.notes.append(
            f"{topic} has a subscription ({subscription.get('Protocol')}) to something outside the template."
        )
    policy = subscription.get("RedrivePolicy")
    if isinstance(policy, str):
        try:
            policy = json.loads(policy)
        except ValueError:
            policy = None
    draft.connect(topic, draft.find(at(policy, "deadLetterTargetArn"), "Queue"), "subscription_dlq")


_ENDPOINTS: Mapping[str, tuple[str, ...]] = {
    "lambda": ("Function",),
    "sqs": ("Queue",),
    "firehose": ("DeliveryStream",),
}

NODES = {"AWS::SNS::Topic": _parameters}
EDGES = {"AWS::SNS::Topic": _connect, "AWS::SNS::Subscription": _connect_subscription}
