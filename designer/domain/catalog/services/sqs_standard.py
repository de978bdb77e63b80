"""Amazon SQS standard queue."""

from designer.domain.catalog.payloads import TOO_LARGE
from designer.domain.catalog.queue_parameters import (
    EXTENDED_CLIENT_PARAMETERS,
    QUEUE_LIMITS,
    QUEUE_SETTINGS,
    SQS_GUIDE,
    in_flight,
)
from designer.domain.catalog.sources import aws_docs
from designer.domain.catalog.spec import Category, Modelled, PriceRef, Service

SERVICE = Service(
    id="sqs_standard",
    name="SQS standard queue",
    label="queue",
    category=Category.INTEGRATION,
    summary="Keeps messages until a consumer fetches and deletes them. At least once, in no guaranteed order, at any "
    "rate.",
    icon="architecture-service/AmazonSimpleQueueService",
    source=aws_docs("Amazon SQS standard queues", SQS_GUIDE + "standard-queues.html"),
    parameters=(*QUEUE_SETTINGS, *EXTENDED_CLIENT_PARAMETERS),
    limits=(
        in_flight("Fetching with short polling fails with OverLimit, with long polling it returns nothing."),
        *QUEUE_LIMITS,
    ),
    prices=(PriceRef("sqs_standard.requests", "Requests, per 64 KB"),),
    model=Modelled(
        modelled=(
            "Messages wait, are fetched in batches and stay in flight for the visibility timeout, then come back.",
            "Receive counts, the move to a dead-letter queue, retention, delay and the in-flight limit.",
            "Requests for sending, fetching and deleting, empty fetches of the pollers included.",
            "Long and short polling by your own programs: what it costs and how long messages wait.",
            "Requests to a KMS key.",
            "The Extended Client Library: large messages are stored, fetched and deleted in the bucket.",
            TOO_LARGE,
        ),
        estimated=("Time of one API call.",),
        not_modelled=("Duplicates that SQS itself makes.", "Empty answers of short polling while there are messages."),
    ),
    cfn_types=("AWS::SQS::Queue",),
    keywords=("sqs", "queue", "message", "buffer", "dlq", "dead-letter"),
    entry_point=True,
)
