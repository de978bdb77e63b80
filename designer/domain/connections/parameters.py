"""What a person can set on an edge, shared by the rows of the connection table."""

from __future__ import annotations

from typing import Final

from designer.domain.catalog.sources import (
    DYNAMODB_STREAM_MAPPING,
    EVENTBRIDGE_QUOTAS,
    SQS_MAPPING_SCALING,
    aws_docs,
    service_model,
    toolkit,
    workload,
)
from designer.domain.catalog.spec import Choice, Kind, Parameter, Section

_MAPPING = "lambda:CreateEventSourceMappingRequest."
_EVENT_SOURCES = toolkit("Lambda event sources", "event-sources.md")
_FILTERING = aws_docs("Lambda event filtering", "lambda/latest/dg/invocation-eventfiltering.html")

WEIGHT: Final = Parameter(
    id="weight",
    label="Share",
    kind=Kind.NUMBER,
    default=1,
    minimum=0,
    maximum=1_000_000,
    help="How many of the requests take this arrow, relative to the other request arrows of the same node: shares of 3 "
    "and 1 are 75 % and 25 %.",
    source=workload("how your requests are spread"),
    section=Section.WORKLOAD,
)

CALLS_PER_REQUEST: Final = Parameter(
    id="calls_per_request",
    label="Calls per event",
    kind=Kind.NUMBER,
    default=1,
    minimum=0,
    maximum=10_000,
    help="How often the code makes this call while it works on one event. A fraction is a probability: 0.2 means for "
    "every fifth event.",
    source=workload("what your code does"),
    section=Section.WORKLOAD,
)

DYNAMODB_ACTION: Final = Parameter(
    id="action",
    label="Action",
    kind=Kind.CHOICE,
    default="PutItem",
    choices=tuple(
        Choice(action, action) for action in ("GetItem", "PutItem", "UpdateItem", "DeleteItem", "Query", "Scan")
    ),
    help="The DynamoDB call. It decides the latency, the capacity units and the permission.",
    source=aws_docs("DynamoDB API", "amazondynamodb/latest/developerguide/HowItWorks.API.html"),
    cfn_property="Integration.Uri",
)

S3_ACTION: Final = Parameter(
    id="action",
    label="Action",
    kind=Kind.CHOICE,
    default="PutObject",
    choices=tuple(Choice(action, action) for action in ("GetObject", "PutObject", "DeleteObject")),
    help="The S3 call. It decides the latency, the price and the permission.",
    source=aws_docs("Amazon S3 API", "AmazonS3/latest/API/Welcome.html"),
    cfn_property="Integration.Uri",
)

BATCH_WINDOW_S: Final = Parameter(
    id="batch_window_s",
    label="Batch window",
    kind=Kind.INTEGER,
    default=0,
    unit="s",
    minimum=0,
    maximum=300,
    help="How long Lambda collects records before it calls the function. It calls earlier when the batch is full or "
    "has "
    "6 MB. A batch of more than 10 needs at least 1 s.",
    source=service_model("lambda", "CreateEventSourceMapping.MaximumBatchingWindowInSeconds"),
    cfn_property="MaximumBatchingWindowInSeconds",
    botocore=_MAPPING + "MaximumBatchingWindowInSeconds",
)


def batch_size(default: int) -> Parameter:
    """Batch size of an event source mapping: 10 messages of a queue, 100 records of a stream by default."""
    return Parameter(
        id="batch_size",
        label="Batch size",
        kind=Kind.INTEGER,
        default=default,
        unit="records",
        minimum=1,
        maximum=10_000,
        help="Most records in one call of the function. Larger batches cost less and fail together.",
        source=service_model("lambda", "CreateEventSourceMapping.BatchSize"),
        cfn_property="BatchSize",
        botocore=_MAPPING + "BatchSize",
        headline=True,
    )


MAXIMUM_CONCURRENCY: Final = Parameter(
    id="maximum_concurrency",
    label="Maximum concurrency",
    kind=Kind.INTEGER,
    default=None,
    unit="executions",
    minimum=2,
    maximum=1_000,
    help="Most calls of the function that this queue causes at once. Unset: up to 1,250, starting with 5 and growing "
    "by "
    "300 a minute.",
    source=SQS_MAPPING_SCALING,
    beyond="Messages wait in the queue without being fetched, so no receive is wasted.",
    cfn_property="ScalingConfig.MaximumConcurrency",
    botocore="lambda:ScalingConfig.MaximumConcurrency",
)

REPORT_BATCH_ITEM_FAILURES: Final = Parameter(
    id="report_batch_item_failures",
    label="Report failed items",
    kind=Kind.BOOLEAN,
    default=False,
    help="The function answers which records failed, and only those are tried again. Without it one bad record repeats "
    "the whole batch.",
    source=_EVENT_SOURCES,
    cfn_property="FunctionResponseTypes",
)

FILTER_PATTERNS: Final = Parameter(
    id="filter_patterns",
    label="Filter",
    kind=Kind.JSON,
    default=None,
    help="A list of up to 5 patterns; a record passes when one matches. Messages of a queue that do not match are "
    "deleted.",
    source=_FILTERING,
    adjustable=True,
    beyond="More than 5 patterns (10 on request) are rejected.",
    cfn_property="FilterCriteria.Filters",
)


def pass_percent(what: str) -> Parameter:
    """Share of records that get through a filter in a run; ``what`` names them in the help text."""
    return Parameter(
        id="filter_pass_percent",
        label="Passing the filter",
        kind=Kind.NUMBER,
        default=100,
        unit="%",
        minimum=0,
        maximum=100,
        help=f"Share of the {what} that get through the filter in a run.",
        source=workload("which of your messages match"),
        section=Section.WORKLOAD,
    )


STREAM_PARAMETERS: Final[tuple[Parameter, ...]] = (
    Parameter(
        id="starting_position",
        label="Starting position",
        kind=Kind.CHOICE,
        default="LATEST",
        choices=(Choice("LATEST", "New records"), Choice("TRIM_HORIZON", "Oldest record kept")),
        help="Where Lambda begins to read when the mapping is made. With new records, changes made before it is ready "
        "are missed.",
        source=DYNAMODB_STREAM_MAPPING,
        cfn_property="StartingPosition",
    ),
    Parameter(
        id="parallelization_factor",
        label="Parallel batches per shard",
        kind=Kind.INTEGER,
        default=1,
        minimum=1,
        maximum=10,
        help="How many batches of one shard are worked on at once. The order is kept per item.",
        source=service_model("lambda", "CreateEventSourceMapping.ParallelizationFactor"),
        cfn_property="ParallelizationFactor",
        botocore=_MAPPING + "ParallelizationFactor",
    ),
    Parameter(
        id="maximum_retry_attempts",
        label="Retries",
        kind=Kind.INTEGER,
        default=-1,
        unit="retries",
        minimum=-1,
        maximum=10_000,
        help="How often a failed batch is repeated. -1: until its records expire, and the shard waits all that time.",
        source=service_model("lambda", "CreateEventSourceMapping.MaximumRetryAttempts"),
        beyond="The batch is skipped, and its position goes to the on-failure destination if there is one.",
        cfn_property="MaximumRetryAttempts",
        botocore=_MAPPING + "MaximumRetryAttempts",
    ),
    Parameter(
        id="maximum_record_age_s",
        label="Maximum record age",
        kind=Kind.INTEGER,
        default=-1,
        unit="s",
        minimum=-1,
        maximum=604_800,
        help="Older records are skipped. -1: no limit but the stream's 24 hours. Values from 0 to 59 are rejected.",
        source=service_model("lambda", "CreateEventSourceMapping.MaximumRecordAgeInSeconds"),
        beyond="The record is skipped, and its position goes to the on-failure destination if there is one.",
        cfn_property="MaximumRecordAgeInSeconds",
        botocore=_MAPPING + "MaximumRecordAgeInSeconds",
    ),
    Parameter(
        id="bisect_on_error",
        label="Split failed batches",
        kind=Kind.BOOLEAN,
        default=False,
        help="Halves a failed batch and tries both halves, to find the bad record. Splitting uses up no retry.",
        source=_EVENT_SOURCES,
        cfn_property="BisectBatchOnFunctionError",
    ),
)

TARGET_PARAMETERS: Final[tuple[Parameter, ...]] = (
    Parameter(
        id="retry_attempts",
        label="Retries",
        kind=Kind.INTEGER,
        default=185,
        unit="retries",
        minimum=0,
        maximum=185,
        help="How often EventBridge repeats a delivery that the target did not accept.",
        source=service_model("events", "PutTargets.RetryPolicy"),
        beyond="The event goes to the target's dead-letter queue, or is lost.",
        cfn_property="Targets.RetryPolicy.MaximumRetryAttempts",
        botocore="events:RetryPolicy.MaximumRetryAttempts",
    ),
    Parameter(
        id="maximum_event_age_s",
        label="Maximum event age",
        kind=Kind.INTEGER,
        default=86_400,
        unit="s",
        minimum=60,
        maximum=86_400,
        help="How long EventBridge keeps trying to deliver an event.",
        source=EVENTBRIDGE_QUOTAS,
        beyond="The event goes to the target's dead-letter queue, or is lost.",
        cfn_property="Targets.RetryPolicy.MaximumEventAgeInSeconds",
        botocore="events:RetryPolicy.MaximumEventAgeInSeconds",
    ),
)

FILTER_POLICY: Final = Parameter(
    id="filter_policy",
    label="Filter policy",
    kind=Kind.JSON,
    default=None,
    help='Which messages this subscriber gets, e.g. {"kind": ["order"]}. A change takes up to 15 minutes.',
    source=aws_docs("Amazon SNS message filtering", "sns/latest/dg/sns-message-filtering.html"),
    cfn_property="FilterPolicy",
    headline=True,
)

RAW_MESSAGE_DELIVERY: Final = Parameter(
    id="raw_message_delivery",
    label="Raw message",
    kind=Kind.BOOLEAN,
    default=False,
    help="Delivers the message as it was published, without the JSON envelope of SNS.",
    source=aws_docs("Amazon SNS raw message delivery", "sns/latest/dg/sns-large-payload-raw-message-delivery.html"),
    cfn_property="RawMessageDelivery",
)

SUBSCRIPTION_PARAMETERS: Final[tuple[Parameter, ...]] = (FILTER_POLICY, pass_percent("topic's messages"))

_NOTIFICATIONS = aws_docs(
    "S3 event notification types and destinations",
    "AmazonS3/latest/userguide/notification-how-to-event-types-and-destinations.html",
)


def _object_name_part(identifier: str, label: str, place: str) -> Parameter:
    return Parameter(
        id=identifier,
        label=label,
        kind=Kind.TEXT,
        default=None,
        help=f"Only objects whose key {place} with this text. Filters of two destinations for the same event must not "
        "overlap.",
        source=_NOTIFICATIONS,
        cfn_property="NotificationConfiguration.*.Filter.S3Key.Rules",
    )


NOTIFICATION_PARAMETERS: Final[tuple[Parameter, ...]] = (
    Parameter(
        id="events",
        label="Events",
        kind=Kind.TEXT,
        default="s3:ObjectCreated:*",
        help="Event types, separated by commas, e.g. s3:ObjectCreated:*, s3:ObjectRemoved:*.",
        source=_NOTIFICATIONS,
        cfn_property="NotificationConfiguration.*.Event",
        headline=True,
    ),
    _object_name_part("prefix", "Prefix", "begins"),
    _object_name_part("suffix", "Suffix", "ends"),
)

MATCH_PERCENT: Final = Parameter(
    id="match_percent",
    label="Matching objects",
    kind=Kind.NUMBER,
    default=100,
    unit="%",
    minimum=0,
    maximum=100,
    help="Share of the bucket's new objects that cause this event in a run.",
    source=workload("which of your objects match"),
    section=Section.WORKLOAD,
)

MAX_RECEIVE_COUNT: Final = Parameter(
    id="max_receive_count",
    label="Maximum receives",
    kind=Kind.INTEGER,
    default=10,
    unit="receives",
    minimum=1,
    maximum=1_000,
    help="How often a message may be fetched before it moves to the dead-letter queue. With a function as the consumer "
    "at least 5, because throttling also uses receives up.",
    source=service_model("sqs", "CreateQueue.RedrivePolicy"),
    beyond="The message moves to the dead-letter queue and keeps the time at which it was sent.",
    cfn_property="RedrivePolicy.maxReceiveCount",
    headline=True,
)

RESULT_TTL_S: Final = Parameter(
    id="result_ttl_s",
    label="Result lifetime",
    kind=Kind.INTEGER,
    default=300,
    unit="s",
    minimum=0,
    maximum=3_600,
    help="How long the API remembers an authorizer's answer for the same token. 0: the function is called for each "
    "request.",
    source=toolkit("API Gateway", "api-gateway.md"),
    cfn_property="AuthorizerResultTtlInSeconds",
    botocore="apigatewayv2:CreateAuthorizerRequest.AuthorizerResultTtlInSeconds",
)

SQS_MAPPING_PARAMETERS: Final[tuple[Parameter, ...]] = (
    batch_size(10),
    BATCH_WINDOW_S,
    MAXIMUM_CONCURRENCY,
    REPORT_BATCH_ITEM_FAILURES,
    FILTER_PATTERNS,
    pass_percent("queue's messages"),
)

STREAM_MAPPING_PARAMETERS: Final[tuple[Parameter, ...]] = (
    batch_size(100),
    BATCH_WINDOW_S,
    *STREAM_PARAMETERS,
    REPORT_BATCH_ITEM_FAILURES,
    FILTER_PATTERNS,
    pass_percent("stream's records"),
)
