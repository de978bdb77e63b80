"""What a person can set on the edges of queues, topics, aliases, brokers and GraphQL APIs."""

from __future__ import annotations

from typing import Final

from designer.domain.catalog.event_parameters import SAMPLE_EVENT
from designer.domain.catalog.sources import aws_docs, aws_page, service_model, workload
from designer.domain.catalog.spec import Kind, Parameter, Section
from designer.domain.connections.mapping_parameters import (
    BATCH_WINDOW_S,
    FILTER_PATTERNS,
    MAXIMUM_CONCURRENCY,
    REPORT_BATCH_ITEM_FAILURES,
    STREAM_PARAMETERS,
    batch_size,
)
from designer.domain.connections.parameters import pass_percent

MESSAGE_DELAY_S: Final = Parameter(
    id="message_delay_s",
    label="Message delay",
    kind=Kind.INTEGER,
    default=0,
    unit="s",
    minimum=0,
    maximum=900,
    help="A delay that the sender gives each message, instead of the queue's own. FIFO queues take none: there, only "
    "the queue can have a delay.",
    source=service_model("sqs", "SendMessage.DelaySeconds"),
    section=Section.WORKLOAD,
)

MESSAGE_KB: Final = Parameter(
    id="message_kb",
    label="Message size",
    kind=Kind.NUMBER,
    default=None,
    unit="KB",
    minimum=0,
    maximum=2_097_152,
    help="Size of the message that the code sends. Unset: as large as what it was given.",
    source=workload("what your code sends"),
    section=Section.WORKLOAD,
)

MESSAGES_PER_SEND: Final = Parameter(
    id="messages_per_send",
    label="Messages sent together",
    kind=Kind.INTEGER,
    default=1,
    unit="messages",
    minimum=1,
    maximum=10,
    help="How many of its messages the code sends in one SendMessageBatch. The queue bills one request for them all, "
    "and one more for each further 64 KB.",
    source=service_model("sqs", "SendMessageBatch.Entries"),
    section=Section.WORKLOAD,
    beyond="The call is rejected.",
)

MINIMUM_POLLERS: Final = Parameter(
    id="minimum_pollers",
    label="Provisioned pollers, at least",
    kind=Kind.INTEGER,
    default=None,
    unit="pollers",
    minimum=1,
    maximum=200,
    help="Pollers that are always there and billed by the hour. A queue needs at least 2. Unset, together with the "
    "maximum: Lambda scales the pollers itself.",
    source=service_model("lambda", "CreateEventSourceMapping.ProvisionedPollerConfig"),
    adjustable=True,
    beyond="The mapping is rejected.",
    cfn_property="ProvisionedPollerConfig.MinimumPollers",
    botocore="lambda:ProvisionedPollerConfig.MinimumPollers",
)

MAXIMUM_POLLERS: Final = Parameter(
    id="maximum_pollers",
    label="Provisioned pollers, at most",
    kind=Kind.INTEGER,
    default=None,
    unit="pollers",
    minimum=1,
    maximum=10_000,
    help="Up to how many pollers Lambda may start. Each works on 10 batches of a queue at once or 1 MB/s; Kafka "
    "takes 2,000 pollers at most.",
    source=service_model("lambda", "CreateEventSourceMapping.ProvisionedPollerConfig"),
    adjustable=True,
    beyond="Messages wait in the queue.",
    cfn_property="ProvisionedPollerConfig.MaximumPollers",
    botocore="lambda:ProvisionedPollerConfig.MaximumPollers",
)

FIFO_MAPPING_PARAMETERS: Final[tuple[Parameter, ...]] = (
    batch_size(10),
    MAXIMUM_CONCURRENCY,
    REPORT_BATCH_ITEM_FAILURES,
    FILTER_PATTERNS,
    SAMPLE_EVENT,
    pass_percent("queue's messages"),
)
"""A FIFO queue's mapping collects for no time."""

_BROKER_WINDOW_S: Final = Parameter(
    id=BATCH_WINDOW_S.id,
    label=BATCH_WINDOW_S.label,
    kind=BATCH_WINDOW_S.kind,
    default=None,
    unit=BATCH_WINDOW_S.unit,
    minimum=BATCH_WINDOW_S.minimum,
    maximum=BATCH_WINDOW_S.maximum,
    help="How long Lambda collects records before it calls the function. Unset: half a second, which cannot be set "
    "again once it was changed.",
    source=BATCH_WINDOW_S.source,
    cfn_property=BATCH_WINDOW_S.cfn_property,
    botocore=BATCH_WINDOW_S.botocore,
)

KAFKA_MAPPING_PARAMETERS: Final[tuple[Parameter, ...]] = (
    batch_size(100),
    _BROKER_WINDOW_S,
    MINIMUM_POLLERS,
    MAXIMUM_POLLERS,
    *(
        parameter
        for parameter in STREAM_PARAMETERS
        if parameter.id in ("starting_position", "maximum_retry_attempts", "maximum_record_age_s", "bisect_on_error")
    ),
    REPORT_BATCH_ITEM_FAILURES,
    FILTER_PATTERNS,
    SAMPLE_EVENT,
    pass_percent("topic's records"),
)

BROKER_MAPPING_PARAMETERS: Final[tuple[Parameter, ...]] = (
    batch_size(100),
    _BROKER_WINDOW_S,
    FILTER_PATTERNS,
    SAMPLE_EVENT,
    pass_percent("broker's messages"),
)

_HTTP_RETRIES: Final = aws_docs(
    "Amazon SNS: delivery retries to HTTP endpoints",
    "sns/latest/dg/SendMessageToHttp.retry.html",
)

HTTP_DELIVERY_PARAMETERS: Final[tuple[Parameter, ...]] = (
    Parameter(
        id="http_retries",
        label="Retries",
        kind=Kind.INTEGER,
        default=3,
        unit="retries",
        minimum=0,
        maximum=100,
        help="How often SNS repeats a delivery that the endpoint did not accept. An answer of 5xx or 429 is repeated, "
        "any other refusal is not.",
        source=_HTTP_RETRIES,
        beyond="The message goes to the subscription's dead-letter queue, or is lost.",
        cfn_property="DeliveryPolicy.healthyRetryPolicy.numRetries",
    ),
    Parameter(
        id="http_retry_delay_s",
        label="Pause between retries",
        kind=Kind.INTEGER,
        default=20,
        unit="s",
        minimum=1,
        maximum=3_600,
        help="How long SNS waits before each further attempt. All attempts together may take an hour.",
        source=_HTTP_RETRIES,
        cfn_property="DeliveryPolicy.healthyRetryPolicy.minDelayTarget",
    ),
    Parameter(
        id="http_deliveries_per_s",
        label="Deliveries per second",
        kind=Kind.INTEGER,
        default=None,
        unit="/s",
        minimum=1,
        maximum=100_000,
        help="The most that SNS delivers to the endpoint in a second; further messages wait. Unset: as many as come.",
        source=aws_page(
            "AWS CDK reference: HealthyRetryPolicy",
            "https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.aws_sns.HealthyRetryPolicy.html",
            "2026",
        ),
        cfn_property="DeliveryPolicy.throttlePolicy.maxReceivesPerSecond",
    ),
)

ALIAS_PARAMETERS: Final[tuple[Parameter, ...]] = (
    Parameter(
        id="version",
        label="Version",
        kind=Kind.TEXT,
        default="1",
        help="Number of the published version. $LATEST can change at any time and stands behind no alias with shares "
        "or provisioned concurrency.",
        source=service_model("lambda", "CreateAlias.FunctionVersion"),
        cfn_property="FunctionVersion",
        headline=True,
    ),
    Parameter(
        id="weight",
        label="Share",
        kind=Kind.NUMBER,
        default=1,
        minimum=0,
        maximum=1_000_000,
        help="How many of the alias's calls go to this version, relative to the other one: shares of 9 and 1 are 90 % "
        "and 10 %.",
        source=service_model("lambda", "CreateAlias.RoutingConfig"),
        cfn_property="RoutingConfig.AdditionalVersionWeights",
    ),
)

RESOLVER_CALLS: Final = Parameter(
    id="calls_per_request",
    label="Calls per request",
    kind=Kind.NUMBER,
    default=1,
    minimum=0,
    maximum=10_000,
    help="How often resolvers call this data source for one query. A fraction is a probability; a field in a list of "
    "20 is resolved 20 times unless it is batched.",
    source=workload("what your queries ask for"),
    section=Section.WORKLOAD,
)

POLL_PARAMETERS: Final[tuple[Parameter, ...]] = (
    Parameter(
        id="poll_wait_s",
        label="Fetch waits",
        kind=Kind.INTEGER,
        default=None,
        unit="s",
        minimum=0,
        maximum=20,
        help="Long polling: how long one fetch waits for a message. Unset: the queue's own setting.",
        source=aws_docs(
            "Amazon SQS short and long polling",
            "AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-short-and-long-polling.html",
        ),
        section=Section.WORKLOAD,
    ),
    Parameter(
        id="poll_pause_s",
        label="Pause after an empty fetch",
        kind=Kind.NUMBER,
        default=0,
        unit="s",
        minimum=0,
        maximum=3_600,
        help="How long your program rests before it asks again when there was nothing. A long pause saves requests and "
        "lets messages wait.",
        source=workload("how your program reads the queue"),
        section=Section.WORKLOAD,
    ),
    Parameter(
        id="fetch_size",
        label="Messages per fetch",
        kind=Kind.INTEGER,
        default=10,
        unit="messages",
        minimum=1,
        maximum=10,
        help="Most messages that one fetch asks for.",
        source=service_model("sqs", "ReceiveMessage.MaxNumberOfMessages"),
        section=Section.WORKLOAD,
    ),
)
"""How a program of your own reads a queue."""
