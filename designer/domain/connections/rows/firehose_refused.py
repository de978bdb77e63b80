"""What Firehose cannot deliver to."""

from designer.domain.catalog.sources import service_model
from designer.domain.connections.spec import Bridge, Connection, Flow, Mode, Verdict

_DESTINATIONS = service_model("firehose", "CreateDeliveryStream")
_ONLY = "Destinations are S3, Redshift, OpenSearch, Splunk, HTTP endpoints, Snowflake and Iceberg tables."


def _refused(
    target: str, explanation: str, alternative: str, *, second: str = "", mechanism: str = "destination"
) -> Connection:
    return Connection(
        id=f"firehose.{target}.{mechanism}",
        source="firehose",
        target=target,
        mode=Mode.DELIVERY,
        flow=Flow.ASYNC,
        verdict=Verdict.INVALID,
        label="Destination",
        explanation=explanation,
        conditions=_ONLY,
        authority=_DESTINATIONS,
        alternative=alternative,
        bridge=Bridge("s3", "Insert a bucket that tells about each delivery", "firehose.s3.delivery", second)
        if second
        else None,
    )


CONNECTIONS = (
    _refused(
        "kinesis_stream",
        "Firehose is the end of a stream; it cannot write into another one.",
        "Write to the data stream first and let Firehose read it.",
    ),
    _refused(
        "sns_standard",
        "A topic is no destination of Firehose.",
        "Deliver to a bucket and let its event notification publish to the topic.",
        second="s3.sns_standard.event_notification",
    ),
    _refused(
        "sqs_standard",
        "A queue is no destination of Firehose.",
        "Deliver to a bucket and let its event notification send to the queue.",
        second="s3.sqs_standard.event_notification",
    ),
    _refused(
        "rds_aurora",
        "A relational database is no destination of Firehose.",
        "Deliver to a bucket whose notification calls a function that writes the rows.",
    ),
    _refused(
        "step_functions_standard",
        "A workflow is no destination of Firehose.",
        "Deliver to a bucket and start the workflow from an EventBridge rule for its new objects.",
    ),
    _refused(
        "managed_flink",
        "A Flink program cannot read from Firehose.",
        "Let the program read the data stream that feeds Firehose.",
    ),
    Connection(
        id="firehose.s3.second_destination",
        source="firehose",
        target="s3",
        mode=Mode.DELIVERY,
        flow=Flow.ASYNC,
        verdict=Verdict.INVALID,
        label="A second destination",
        explanation="A Firehose stream has one destination, and besides it a backup bucket.",
        conditions="One destination for each stream.",
        authority=_DESTINATIONS,
        drawable=False,
        alternative="Let a second Firehose stream read the same data stream.",
    ),
)
