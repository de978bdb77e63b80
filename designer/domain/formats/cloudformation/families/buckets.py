"""Buckets, their notifications and their replication."""

from __future__ import annotations

from collections.abc import Mapping

from designer.domain.catalog.spec import Value
from designer.domain.formats.cloudformation.draft import Draft
from designer.domain.formats.cloudformation.template import Resource
from designer.domain.formats.cloudformation.values import at, flag, items, mapping, text

_CONFIGURATIONS = (
    ("LambdaConfigurations", "Function", "Function"),
    ("QueueConfigurations", "Queue", "Queue"),
    ("TopicConfigurations", "Topic", "Topic"),
)


def _parameters(resource: Resource, draft: Draft) -> Mapping[str, Value]:
    del draft
    properties = resource.properties
    block = properties.get("PublicAccessBlockConfiguration")
    blocks_all = None
    if isinstance(block, Mapping):
        keys = ("BlockPublicAcls", "BlockPublicPolicy", "IgnorePublicAcls", "RestrictPublicBuckets")
        blocks_all = all(flag(block.get(key)) is True for key in keys)
    return {
        "eventbridge_enabled": _sends_to_eventbridge(properties),
        "versioning": True if at(properties, "VersioningConfiguration", "Status") == "Enabled" else None,
        "encryption": _encryption(properties),
        "block_public_access": blocks_all,
    }


def _sends_to_eventbridge(properties: Mapping[str, object]) -> Value:
    configuration = at(properties, "NotificationConfiguration", "EventBridgeConfiguration")
    if not isinstance(configuration, Mapping):
        return None
    return flag(configuration.get("EventBridgeEnabled", True))


def _encryption(properties: Mapping[str, object]) -> Value:
    for rule in items(at(properties, "BucketEncryption", "ServerSideEncryptionConfiguration")):
        default = mapping(at(rule, "ServerSideEncryptionByDefault"))
        if str(default.get("SSEAlgorithm", "")).startswith("aws:kms"):
            key = default.get("KMSMasterKeyID", "alias/aws/s3")
            return "kms_aws_managed" if key == "alias/aws/s3" else "kms_customer_managed"
    return None


def _connect(resource: Resource, draft: Draft) -> None:
    notifications = mapping(resource.properties.get("NotificationConfiguration"))
    for key, target_key, target_type in _CONFIGURATIONS:
        for entry in items(notifications.get(key)):
            target = draft.find(at(entry, target_key), target_type)
            draft.connect(resource.id, target, "event_notification", notification(mapping(entry), "Event"))
    for rule in items(at(resource.properties, "ReplicationConfiguration", "Rules")):
        draft.connect(resource.id, draft.find(at(rule, "Destination", "Bucket"), "Bucket"), "replication")


def notification(entry: Mapping[str, object], events_key: str) -> dict[str, Value]:
    """Edge parameters of a notification: its events and the key filter."""
    parameters: dict[str, Value] = {
        "events": ", ".join(str(event) for event in items(entry.get(events_key))) or None,
    }
    rules = at(entry, "Filter", "S3Key", "Rules")
    for rule in items(rules):
        name = str(at(rule, "Name")).lower()
        if name in ("prefix", "suffix"):
            parameters[name] = text(at(rule, "Value"))
    return parameters


NODES = {"AWS::S3::Bucket": _parameters}
EDGES = {"AWS::S3::Bucket": _connect}
