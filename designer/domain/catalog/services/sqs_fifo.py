"""Amazon SQS FIFO queue."""

from designer.domain.catalog.payloads import TOO_LARGE
from designer.domain.catalog.queue_parameters import (
    DUPLICATE_PERCENT,
    EXTENDED_CLIENT_PARAMETERS,
    MESSAGE_GROUPS,
    QUEUE_LIMITS,
    QUEUE_MODEL,
    QUEUE_SETTINGS,
    SQS_GUIDE,
    in_flight,
)
from designer.domain.catalog.sources import SQS_MAPPING, SQS_QUOTAS, aws_docs
from designer.domain.catalog.spec import Category, Choice, Kind, Limit, Modelled, Parameter, PriceRef, Service

_HIGH_THROUGHPUT = aws_docs("High throughput for FIFO queues", SQS_GUIDE + "high-throughput-fifo.html")
_THROTTLING = aws_docs(
    "Troubleshooting throttling of FIFO queues", SQS_GUIDE + "troubleshooting-fifo-throttling-issues.html"
)
_THROTTLED = "Calls fail with ThrottlingException."

SERVICE = Service(
    id="sqs_fifo",
    name="SQS FIFO queue",
    label="FIFO queue",
    category=Category.INTEGRATION,
    summary="Keeps messages in order within each message group and drops what is sent twice within five minutes. A "
    "message that fails holds up its group.",
    icon="resource/AmazonSimpleQueueServiceQueue",
    source=aws_docs("Amazon SQS FIFO queues", SQS_GUIDE + "sqs-fifo-queues.html"),
    parameters=(
        *QUEUE_SETTINGS,
        Parameter(
            id="content_based_deduplication",
            label="Deduplication by content",
            kind=Kind.BOOLEAN,
            default=False,
            help="SQS takes the message body's hash as the deduplication id. Otherwise every sender has to give one.",
            source=QUEUE_MODEL,
            cfn_property="ContentBasedDeduplication",
        ),
        Parameter(
            id="deduplication_scope",
            label="Deduplication within",
            kind=Kind.CHOICE,
            default="queue",
            choices=(Choice("queue", "The queue"), Choice("messageGroup", "Each message group")),
            help="Where the same deduplication id means the same message. High throughput needs each message group.",
            source=QUEUE_MODEL,
            cfn_property="DeduplicationScope",
        ),
        Parameter(
            id="throughput_limit",
            label="Throughput limit",
            kind=Kind.CHOICE,
            default="perQueue",
            choices=(
                Choice("perQueue", "Per queue: 300 calls a second"),
                Choice("perMessageGroupId", "Per message group: high throughput"),
            ),
            help="Per queue, each action may be called 300 times a second, which is 3,000 messages in batches of 10. "
            "Per message group, the queue takes up to 70,000 calls a second in the largest Regions, and each of its "
            "partitions 300.",
            source=_HIGH_THROUGHPUT,
            beyond=_THROTTLED,
            cfn_property="FifoThroughputLimit",
            headline=True,
        ),
        MESSAGE_GROUPS,
        DUPLICATE_PERCENT,
        *EXTENDED_CLIENT_PARAMETERS,
    ),
    limits=(
        Limit("call_rate", "Calls of one action, standard throughput", 300, "/s", _THROTTLED, _THROTTLING),
        Limit(
            "high_throughput_call_rate",
            "Calls of one action, high throughput (us-east-1)",
            70_000,
            "/s",
            _THROTTLED,
            SQS_QUOTAS,
            adjustable=True,
        ),
        Limit(
            "partition_call_rate",
            "Calls to one partition, high throughput",
            300,
            "/s",
            f"{_THROTTLED} Spread the messages over more groups.",
            SQS_QUOTAS,
        ),
        Limit(
            "deduplication_interval",
            "How long a deduplication id is remembered",
            300,
            "s",
            "A message with the same id is delivered again.",
            QUEUE_MODEL,
        ),
        Limit(
            "mapping_batch",
            "Batch of a function's mapping",
            10,
            "messages",
            "The mapping is rejected.",
            SQS_MAPPING,
        ),
        in_flight("No error, but nothing more is delivered until messages are deleted."),
        *QUEUE_LIMITS,
    ),
    prices=(PriceRef("sqs_fifo.requests", "Requests, per 64 KB"),),
    model=Modelled(
        modelled=(
            "Visibility, receives, dead-letter queue, retention, delay, in-flight limit and large messages in S3.",
            "Message groups: while a message is in flight or fails, the others of its group wait.",
            "The rate of SendMessage calls of the queue, or of each message group with high throughput.",
            "Messages that are sent twice: accepted, billed and dropped.",
            "Requests to a KMS key.",
            TOO_LARGE,
        ),
        estimated=("Time of one API call.", "Which partition a group is in: each group has one to itself."),
        not_modelled=("Senders that put several messages into one call.",),
    ),
    cfn_types=("AWS::SQS::Queue",),
    keywords=("sqs", "queue", "fifo", "order", "ordered", "exactly once", "deduplication", "message group", "dlq"),
    entry_point=True,
)
