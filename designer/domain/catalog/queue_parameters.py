"""Parameters and limits that standard and FIFO queues have alike."""

from __future__ import annotations

from typing import Final

from designer.domain.catalog.sources import SQS_QUOTAS, aws_docs, service_model, workload
from designer.domain.catalog.spec import Choice, Kind, Limit, Parameter, Section

SQS_GUIDE: Final = "AWSSimpleQueueService/latest/SQSDeveloperGuide/"
"""Folder of the SQS developer guide on docs.aws.amazon.com."""

QUEUE_MODEL: Final = service_model("sqs", "CreateQueue.Attributes")
EXTENDED_CLIENT: Final = aws_docs(
    "Managing large Amazon SQS messages with the Extended Client Library and Amazon S3",
    SQS_GUIDE + "sqs-managing-large-messages.html",
)
_ENCRYPTION: Final = aws_docs("Encryption at rest in Amazon SQS", SQS_GUIDE + "sqs-server-side-encryption.html")

QUEUE_SETTINGS: Final[tuple[Parameter, ...]] = (
    Parameter(
        id="visibility_timeout_s",
        label="Visibility timeout",
        kind=Kind.INTEGER,
        default=30,
        unit="s",
        minimum=0,
        maximum=43_200,
        help="How long a fetched message stays hidden from other consumers. Longer than the work takes, and for a "
        "function at least six times its timeout.",
        source=QUEUE_MODEL,
        beyond="A message whose time runs out appears again, is worked on twice and counts one more receive.",
        cfn_property="VisibilityTimeout",
        headline=True,
    ),
    Parameter(
        id="message_retention_s",
        label="Message retention",
        kind=Kind.INTEGER,
        default=345_600,
        unit="s",
        minimum=60,
        maximum=1_209_600,
        help="How long a message may stay in the queue, from a minute to 14 days. It keeps its age when it moves "
        "to a dead-letter queue.",
        source=SQS_QUOTAS,
        beyond="An older message is deleted without a trace.",
        cfn_property="MessageRetentionPeriod",
    ),
    Parameter(
        id="delay_s",
        label="Delivery delay",
        kind=Kind.INTEGER,
        default=0,
        unit="s",
        minimum=0,
        maximum=900,
        help="How long a new message stays invisible before the first consumer can fetch it.",
        source=QUEUE_MODEL,
        cfn_property="DelaySeconds",
    ),
    Parameter(
        id="receive_wait_s",
        label="Receive wait",
        kind=Kind.INTEGER,
        default=0,
        unit="s",
        minimum=0,
        maximum=20,
        help="Long polling: how long a fetch waits for a first message. With 0, consumers of your own ask more "
        "often, get more empty answers and pay for each. Lambda's pollers always wait 20 s.",
        source=QUEUE_MODEL,
        cfn_property="ReceiveMessageWaitTimeSeconds",
    ),
    Parameter(
        id="maximum_message_bytes",
        label="Maximum message size",
        kind=Kind.INTEGER,
        default=1_048_576,
        unit="bytes",
        minimum=1_024,
        maximum=1_048_576,
        help="The largest message, attributes included. Larger data belongs into S3 with its address in the message.",
        source=QUEUE_MODEL,
        beyond="SendMessage fails with InvalidParameterValue.",
        cfn_property="MaximumMessageSize",
    ),
    Parameter(
        id="encryption",
        label="Encryption at rest",
        kind=Kind.CHOICE,
        default="sse_sqs",
        choices=(
            Choice("sse_sqs", "SQS key (SSE-SQS)"),
            Choice("kms_aws_managed", "AWS managed KMS key"),
            Choice("kms_customer_managed", "Customer managed KMS key"),
            Choice("none", "Off"),
        ),
        help="Which key encrypts stored messages. S3, SNS and EventBridge cannot write to a queue that uses the "
        "AWS managed KMS key, because its policy cannot let them in.",
        source=_ENCRYPTION,
        cfn_property="KmsMasterKeyId",
    ),
    Parameter(
        id="kms_data_key_reuse_s",
        label="Reuse of a KMS data key",
        kind=Kind.INTEGER,
        default=300,
        unit="s",
        minimum=60,
        maximum=86_400,
        help="How long SQS works with one data key before it asks KMS again. Only with a KMS key; a shorter period "
        "means more KMS requests, and each is billed.",
        source=QUEUE_MODEL,
        cfn_property="KmsDataKeyReusePeriodSeconds",
    ),
)

EXTENDED_CLIENT_PARAMETERS: Final[tuple[Parameter, ...]] = (
    Parameter(
        id="extended_client",
        label="Extended client",
        kind=Kind.BOOLEAN,
        default=False,
        help="Senders and readers use the Extended Client Library: a large message is stored as an object in S3, the "
        "queue holds its address, and the object is deleted with the message. Messages of up to 2 GB.",
        source=EXTENDED_CLIENT,
        section=Section.WORKLOAD,
    ),
    Parameter(
        id="extended_client_threshold_kb",
        label="Kept in S3 above",
        kind=Kind.NUMBER,
        default=256,
        unit="KB",
        minimum=0,
        maximum=1_024,
        help="Messages larger than this go through S3. 256 KB is what the library starts with; 0 sends every message "
        "through S3.",
        source=EXTENDED_CLIENT,
        section=Section.WORKLOAD,
    ),
    Parameter(
        id="extended_client_bucket",
        label="Bucket for large messages",
        kind=Kind.TEXT,
        default=None,
        help="Label of the bucket in this design that holds large messages.",
        source=EXTENDED_CLIENT,
        section=Section.WORKLOAD,
    ),
)

QUEUE_LIMITS: Final[tuple[Limit, ...]] = (
    Limit("batch_entries", "Messages per API call", 10, "messages", "The call is rejected.", SQS_QUOTAS),
    Limit("receive_entries", "Messages per fetch", 10, "messages", "A fetch returns no more.", SQS_QUOTAS),
    Limit("batch_bytes", "Size of one batch", 1_048_576, "bytes", "The call is rejected.", SQS_QUOTAS),
    Limit("message_attributes", "Attributes per message", 10, "attributes", "The message is rejected.", SQS_QUOTAS),
    Limit(
        "extended_client_message",
        "Message that goes through S3 with the Extended Client Library",
        2,
        "GB",
        "The library refuses the message.",
        EXTENDED_CLIENT,
    ),
)


def in_flight(beyond: str) -> Limit:
    """How many messages may be fetched and not yet deleted; ``beyond`` says what happens then."""
    return Limit(
        "in_flight",
        "Messages in flight",
        120_000,
        "messages",
        beyond,
        service_model("sqs", "ReceiveMessage"),
        adjustable=True,
    )


MESSAGE_GROUPS: Final = Parameter(
    id="message_groups",
    label="Message groups",
    kind=Kind.INTEGER,
    default=100,
    unit="groups",
    minimum=1,
    maximum=1_000_000,
    help="How many different MessageGroupId values your messages have. Each group is worked on in order, one batch at "
    "a time, so this is also the most that can be worked on at once.",
    source=workload("how your messages are grouped"),
    section=Section.WORKLOAD,
)

DUPLICATE_PERCENT: Final = Parameter(
    id="duplicate_percent",
    label="Sent twice",
    kind=Kind.NUMBER,
    default=0,
    unit="%",
    minimum=0,
    maximum=100,
    help="Share of the messages that a sender sends once more within five minutes, for instance after a timeout. They "
    "are accepted, billed and dropped.",
    source=workload("how often your senders repeat themselves"),
    section=Section.WORKLOAD,
)
