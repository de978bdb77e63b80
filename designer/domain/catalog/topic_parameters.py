"""Parameters and limits that standard and FIFO topics have alike."""

from __future__ import annotations

from typing import Final

from designer.domain.catalog.sources import SNS_LARGE, SNS_QUOTAS, SNS_RETRIES, aws_docs
from designer.domain.catalog.spec import Choice, Kind, Limit, Parameter

TOPIC_SETTINGS: Final[tuple[Parameter, ...]] = (
    Parameter(
        id="maximum_message_bytes",
        label="Maximum message size",
        kind=Kind.INTEGER,
        default=262_144,
        unit="bytes",
        minimum=1_024,
        maximum=1_048_576,
        help="The largest message. Above 256 KiB a topic may have only queues, functions and Firehose as "
        "subscribers, and at most 100 of them.",
        source=SNS_LARGE,
        beyond="Publish fails with InvalidParameter.",
        cfn_property="MaximumMessageSize",
        headline=True,
    ),
    Parameter(
        id="encryption",
        label="Encryption at rest",
        kind=Kind.CHOICE,
        default="none",
        choices=(
            Choice("none", "Off"),
            Choice("kms_aws_managed", "AWS managed KMS key"),
            Choice("kms_customer_managed", "Customer managed KMS key"),
        ),
        help="Which key encrypts stored messages. S3 and EventBridge cannot publish to a topic that uses the AWS "
        "managed key, because its policy cannot let them in.",
        source=aws_docs("Amazon SNS data encryption", "sns/latest/dg/sns-server-side-encryption.html"),
        cfn_property="KmsMasterKeyId",
    ),
)

TOPIC_LIMITS: Final[tuple[Limit, ...]] = (
    Limit("batch_entries", "Messages per PublishBatch", 10, "messages", "The call is rejected.", SNS_QUOTAS),
    Limit(
        "filter_policies",
        "Filter policies per topic",
        200,
        "policies",
        "Setting a further one fails with FilterPolicyLimitExceeded.",
        SNS_QUOTAS,
        adjustable=True,
    ),
    Limit(
        "delivery_attempts",
        "Attempts to reach a function or a queue, over 23 days",
        100_015,
        "attempts",
        "The message goes to the subscription's dead-letter queue, or is lost.",
        SNS_RETRIES,
    ),
)
