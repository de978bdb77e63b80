"""Amazon SQS standard queue."""

from designer.domain.catalog.sources import SQS_QUOTAS, aws_docs, service_model
from designer.domain.catalog.spec import (
    Category,
    Choice,
    Kind,
    Limit,
    Modelled,
    Parameter,
    PriceRef,
    Service,
)

_MODEL = service_model("sqs", "CreateQueue.Attributes")
_GUIDE = "AWSSimpleQueueService/latest/SQSDeveloperGuide/"
_ENCRYPTION = aws_docs("Encryption at rest in Amazon SQS", _GUIDE + "sqs-server-side-encryption.html")

SERVICE = Service(
    id="sqs_standard",
    name="SQS standard queue",
    label="queue",
    category=Category.INTEGRATION,
    summary="Keeps messages until a consumer fetches and deletes them. At least once, in no guaranteed order, at any "
    "rate.",
    icon="architecture-service/AmazonSimpleQueueService",
    source=aws_docs("Amazon SQS standard queues", _GUIDE + "standard-queues.html"),
    parameters=(
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
            source=_MODEL,
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
            source=_MODEL,
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
            source=_MODEL,
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
            help="The largest message, attributes included. Larger data belongs into S3 with its address in the "
            "message.",
            source=_MODEL,
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
    ),
    limits=(
        Limit(
            "in_flight",
            "Messages in flight",
            120_000,
            "messages",
            "Fetching with short polling fails with OverLimit, with long polling it returns nothing.",
            service_model("sqs", "ReceiveMessage"),
            adjustable=True,
        ),
        Limit("batch_entries", "Messages per API call", 10, "messages", "The call is rejected.", SQS_QUOTAS),
        Limit("receive_entries", "Messages per fetch", 10, "messages", "A fetch returns no more.", SQS_QUOTAS),
        Limit("batch_bytes", "Size of one batch", 1_048_576, "bytes", "The call is rejected.", SQS_QUOTAS),
        Limit("message_attributes", "Attributes per message", 10, "attributes", "The message is rejected.", SQS_QUOTAS),
        Limit(
            "kms_data_key_reuse",
            "Reuse of a KMS data key",
            300,
            "s",
            "A shorter period makes SQS call KMS more often, and each call is billed.",
            _MODEL,
            adjustable=True,
        ),
    ),
    prices=(PriceRef("sqs_standard.requests", "Requests, per 64 KB"),),
    model=Modelled(
        modelled=(
            "Messages wait, are fetched in batches and stay in flight for the visibility timeout, then come back.",
            "Receive counts, the move to a dead-letter queue, retention, delay and the in-flight limit.",
            "Requests for sending, fetching and deleting, empty fetches of the pollers included.",
        ),
        estimated=("Time of one API call.",),
        not_modelled=("Duplicates that SQS itself makes.", "KMS requests."),
    ),
    cfn_types=("AWS::SQS::Queue",),
    keywords=("sqs", "queue", "message", "buffer", "dlq", "dead-letter"),
    entry_point=True,
)
