"""What a person can set on an event source mapping: the edges on which Lambda polls."""

from __future__ import annotations

from typing import Final

from designer.domain.catalog.event_parameters import SAMPLE_EVENT
from designer.domain.catalog.sources import (
    DYNAMODB_STREAM_MAPPING,
    SQS_MAPPING_SCALING,
    aws_docs,
    service_model,
    toolkit,
)
from designer.domain.catalog.spec import Choice, Kind, Parameter
from designer.domain.connections.parameters import pass_percent

_MAPPING = "lambda:CreateEventSourceMappingRequest."
_EVENT_SOURCES = toolkit("Lambda event sources", "event-sources.md")
_FILTERING = aws_docs("Lambda event filtering", "lambda/latest/dg/invocation-eventfiltering.html")

BATCH_WINDOW_S: Final = Parameter(
    id="batch_window_s",
    label="Batch window",
    kind=Kind.INTEGER,
    default=0,
    unit="s",
    minimum=0,
    maximum=300,
    help="How long Lambda collects records before it calls the function. It calls earlier when the batch is full or "
    "has 6 MB. A batch of more than 10 needs at least 1 s.",
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
    "by 300 a minute.",
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


STREAM_PARAMETERS: Final[tuple[Parameter, ...]] = (
    Parameter(
        id="starting_position",
        label="Starting position",
        kind=Kind.CHOICE,
        default="LATEST",
        choices=(
            Choice("LATEST", "New records"),
            Choice("TRIM_HORIZON", "Oldest record kept"),
            Choice("AT_TIMESTAMP", "A point in time"),
        ),
        help="Where Lambda begins to read when the mapping is made. With new records, those written before it is ready "
        "are missed. A point in time is possible for Kinesis and Kafka.",
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
        help="How many batches of one shard are worked on at once. The order is kept per key.",
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
        help="Older records are skipped. -1: no limit but the stream's retention. Values from 0 to 59 are rejected.",
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

SQS_MAPPING_PARAMETERS: Final[tuple[Parameter, ...]] = (
    batch_size(10),
    BATCH_WINDOW_S,
    MAXIMUM_CONCURRENCY,
    REPORT_BATCH_ITEM_FAILURES,
    FILTER_PATTERNS,
    SAMPLE_EVENT,
    pass_percent("queue's messages"),
)

STREAM_MAPPING_PARAMETERS: Final[tuple[Parameter, ...]] = (
    batch_size(100),
    BATCH_WINDOW_S,
    *STREAM_PARAMETERS,
    REPORT_BATCH_ITEM_FAILURES,
    FILTER_PATTERNS,
    SAMPLE_EVENT,
    pass_percent("stream's records"),
)

TUMBLING_WINDOW_S: Final = Parameter(
    id="tumbling_window_s",
    label="Tumbling window",
    kind=Kind.INTEGER,
    default=0,
    unit="s",
    minimum=0,
    maximum=900,
    help="Hands the function's answer on to its next call for the same shard until the window ends, so that it can add "
    "up. At most 1 MB of state for each shard. 0: no window.",
    source=service_model("lambda", "CreateEventSourceMapping.TumblingWindowInSeconds"),
    beyond="More state than 1 MB ends the window early.",
    cfn_property="TumblingWindowInSeconds",
    botocore=_MAPPING + "TumblingWindowInSeconds",
)

STARTING_TIMESTAMP: Final = Parameter(
    id="starting_timestamp",
    label="Starts at",
    kind=Kind.TEXT,
    default=None,
    help="For the starting position at a point in time: the time, e.g. 2026-03-01T00:00:00Z.",
    source=service_model("lambda", "CreateEventSourceMapping.StartingPositionTimestamp"),
    cfn_property="StartingPositionTimestamp",
)

DYNAMODB_MAPPING_PARAMETERS: Final[tuple[Parameter, ...]] = (*STREAM_MAPPING_PARAMETERS, TUMBLING_WINDOW_S)
KINESIS_MAPPING_PARAMETERS: Final[tuple[Parameter, ...]] = (
    *STREAM_MAPPING_PARAMETERS,
    TUMBLING_WINDOW_S,
    STARTING_TIMESTAMP,
)
