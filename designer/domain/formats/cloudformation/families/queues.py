"""Queues and their redrive policies."""

from __future__ import annotations

import json
from collections.abc import Mapping

from designer.domain.catalog.spec import Value
from designer.domain.formats.cloudformation.draft import Draft
from designer.domain.formats.cloudformation.template import Resource
from designer.domain.formats.cloudformation.values import at, flag, text, whole


def _parameters(resource: Resource, draft: Draft) -> Mapping[str, Value]:
    del draft
    properties = resource.properties
    return {
        "visibility_timeout_s": whole(properties.get("VisibilityTimeout")),
        "message_retention_s": whole(properties.get("MessageRetentionPeriod")),
        "delay_s": whole(properties.get("DelaySeconds")),
        "receive_wait_s": whole(properties.get("ReceiveMessageWaitTimeSeconds")),
        "maximum_message_bytes": whole(properties.get("MaximumMessageSize")),
        "encryption": _encryption(properties),
        "kms_data_key_reuse_s": whole(properties.get("KmsDataKeyReusePeriodSeconds")),
        **(_fifo(properties) if flag(properties.get("FifoQueue")) else {}),
    }


def _fifo(properties: Mapping[str, object]) -> dict[str, Value]:
    return {
        "content_based_deduplication": flag(properties.get("ContentBasedDeduplication")),
        "deduplication_scope": text(properties.get("DeduplicationScope")),
        "throughput_limit": text(properties.get("FifoThroughputLimit")),
    }


def _encryption(properties: Mapping[str, object]) -> Value:
    key = properties.get("KmsMasterKeyId")
    if key:
        return "kms_aws_managed" if key == "alias/aws/sqs" else "kms_customer_managed"
    return "none" if flag(properties.get("SqsManagedSseEnabled")) is False else None


def _connect(resource: Resource, draft: Draft) -> None:
    policy = resource.properties.get("RedrivePolicy")
    if isinstance(policy, str):
        try:
            policy = json.loads(policy)
        except ValueError:
            policy = None
    target = draft.find(at(policy, "deadLetterTargetArn"), "Queue")
    draft.connect(resource.id, target, "redrive", {"max_receive_count": whole(at(policy, "maxReceiveCount"))})


NODES = {"AWS::SQS::Queue": _parameters}
EDGES = {"AWS::SQS::Queue": _connect}
