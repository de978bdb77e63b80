"""Amazon EventBridge pipe: polls one source, filters, enriches and hands over to one target."""

from designer.domain.catalog.event_parameters import SAMPLE_EVENT
from designer.domain.catalog.pipe_stream_parameters import STREAM_SOURCE
from designer.domain.catalog.sources import EVENTBRIDGE_QUOTAS, aws_docs, service_model, workload
from designer.domain.catalog.spec import Category, Kind, Limit, Modelled, Parameter, PriceRef, Section, Service

_GUIDE = "eventbridge/latest/userguide/"
_BATCHING = aws_docs("EventBridge Pipes batching and concurrency", _GUIDE + "eb-pipes-batching-concurrency.html")
_QUEUE = "pipes:PipeSourceSqsQueueParameters."

SERVICE = Service(
    id="eventbridge_pipe",
    name="EventBridge pipe",
    label="pipe",
    category=Category.INTEGRATION,
    summary="Fetches batches from one queue, stream or broker, keeps what matches a filter, has it enriched and hands "
    "it to one target, in the order of the source.",
    icon="resource/AmazonEventBridgePipes",
    source=aws_docs("EventBridge Pipes", _GUIDE + "eb-pipes.html"),
    parameters=(
        Parameter(
            id="batch_size",
            label="Batch size",
            kind=Kind.INTEGER,
            default=1,
            unit="records",
            minimum=1,
            maximum=10_000,
            help="Most records in one execution. What the target takes at once limits it: 10 for queues, topics and "
            "buses, 500 for Kinesis and Firehose.",
            source=_BATCHING,
            cfn_property="SourceParameters.SqsQueueParameters.BatchSize",
            botocore=_QUEUE + "BatchSize",
            headline=True,
        ),
        Parameter(
            id="batch_window_s",
            label="Batch window",
            kind=Kind.INTEGER,
            default=0,
            unit="s",
            minimum=0,
            maximum=300,
            help="How long the pipe collects records before it starts, unless the batch is full earlier.",
            source=service_model("pipes", "PipeSourceSqsQueueParameters.MaximumBatchingWindowInSeconds"),
            cfn_property="SourceParameters.SqsQueueParameters.MaximumBatchingWindowInSeconds",
            botocore=_QUEUE + "MaximumBatchingWindowInSeconds",
        ),
        Parameter(
            id="filter_patterns",
            label="Filter",
            kind=Kind.JSON,
            default=None,
            help='A list of up to 5 patterns, e.g. [{"body": {"kind": ["order"]}}]; a record passes when one matches. '
            "Others are dropped without charge.",
            source=aws_docs("Event filtering in EventBridge Pipes", _GUIDE + "eb-pipes-event-filtering.html"),
            beyond="More than 5 patterns are rejected.",
            cfn_property="SourceParameters.FilterCriteria.Filters",
        ),
        Parameter(
            id="enabled",
            label="Running",
            kind=Kind.BOOLEAN,
            default=True,
            help="A stopped pipe fetches nothing; records wait at the source until they expire there.",
            source=service_model("pipes", "CreatePipe.DesiredState"),
            cfn_property="DesiredState",
        ),
        *STREAM_SOURCE,
        Parameter(
            id="filter_pass_percent",
            label="Passing the filter",
            kind=Kind.NUMBER,
            default=100,
            unit="%",
            minimum=0,
            maximum=100,
            help="Share of the source's records that get through the filter in a run. Unset: all, or none when the "
            "sample event does not pass.",
            source=workload("which of your records match"),
            section=Section.WORKLOAD,
        ),
        Parameter(
            id="reports_failed_records",
            label="Target names failed records",
            kind=Kind.BOOLEAN,
            default=False,
            help="The target's answer lists the records that failed, as batchItemFailures, and only those are tried "
            "again. Without it one bad record repeats the whole batch.",
            source=_BATCHING,
            section=Section.WORKLOAD,
        ),
        SAMPLE_EVENT,
    ),
    limits=(
        Limit(
            "executions",
            "Executions of the account at once (us-east-1)",
            3_000,
            "executions",
            "The pipes fetch more slowly.",
            EVENTBRIDGE_QUOTAS,
            adjustable=True,
        ),
        Limit("pipes", "Pipes of the account", 1_000, "pipes", "Creating fails.", EVENTBRIDGE_QUOTAS, adjustable=True),
        Limit("execution_s", "Time of one execution", 300, "s", "The execution fails and is repeated.", _BATCHING),
        Limit(
            "filters",
            "Filter patterns",
            5,
            "patterns",
            "The pipe is rejected.",
            service_model("pipes", "FilterCriteria.Filters"),
        ),
        Limit("payload", "Payload of enrichment and function targets", 6, "MB", "The execution fails.", _BATCHING),
    ),
    prices=(PriceRef("eventbridge_pipe.requests", "Requests behind the filter, per 64 KB"),),
    model=Modelled(
        modelled=(
            (
                "Batches are fetched from queues and streams, filtered, enriched and handed over within five minutes. "
                "An error sends the batch back to its source."
            ),
            "Retries, age, parallel batches and the dead-letter queue of streams.",
            "Requests behind the filter, and calls of API destinations.",
        ),
        estimated=("A queue is read as fast as by a function.",),
        not_modelled=("The account's executions at once.",),
    ),
    cfn_types=("AWS::Pipes::Pipe",),
    keywords=("eventbridge", "pipe", "pipes", "filter", "enrichment", "point to point", "poller", "glue"),
)
