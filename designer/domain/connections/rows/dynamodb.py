"""What can be made of a table and its stream."""

from designer.domain.catalog.sources import DYNAMODB_STREAM_MAPPING, service_model
from designer.domain.connections.mapping_parameters import DYNAMODB_MAPPING_PARAMETERS
from designer.domain.connections.spec import (
    Bridge,
    Comparison,
    Connection,
    End,
    Flow,
    Mode,
    PermissionSide,
    Requirement,
    Verdict,
)
from designer.domain.connections.wording import AT_LEAST_ONCE, PIPE_SOURCES, UNORDERED

_PULL_ONLY = "A stream waits to be read; it never pushes."


def _through_function(second: str) -> Bridge:
    return Bridge("lambda", "Insert a function", "dynamodb.lambda.event_source_mapping", second)


CONNECTIONS = (
    Connection(
        id="dynamodb.lambda.event_source_mapping",
        source="dynamodb",
        target="lambda",
        mode=Mode.EVENT_SOURCE_MAPPING,
        flow=Flow.POLL,
        verdict=Verdict.VALID,
        label="Stream event source mapping",
        explanation="Lambda reads each shard of the table's stream four times a second and calls the function with "
        "batches of changes, in order.",
        conditions="The table's stream has to be on. At most two readers per shard, one for a global table. Records "
        "are kept for 24 hours. Filters know no numeric comparison.",
        authority=DYNAMODB_STREAM_MAPPING,
        preferred=True,
        poller="Lambda, with the function's execution role",
        retries="A failed batch is repeated and holds up its shard until it succeeds or its records expire after 24 "
        "hours. Retries, record age and splitting limit that; what is given up goes to the on-failure destination.",
        delivery=AT_LEAST_ONCE,
        ordering="Per item",
        permission_side=PermissionSide.EXECUTION_ROLE,
        permission="dynamodb:GetRecords, dynamodb:GetShardIterator, dynamodb:DescribeStream and dynamodb:ListStreams",
        cfn_resources=("AWS::Lambda::EventSourceMapping", "AWS::DynamoDB::Table"),
        parameters=DYNAMODB_MAPPING_PARAMETERS,
        requirements=(
            Requirement(
                End.SOURCE,
                "stream_view_type",
                Comparison.NONE_OF,
                ("none",),
                "the table's stream is on",
                fix="NEW_AND_OLD_IMAGES",
            ),
            Requirement(
                End.EDGE,
                "starting_position",
                Comparison.NONE_OF,
                ("AT_TIMESTAMP",),
                "reading starts at new records or at the oldest one kept, not at a point in time",
                fix="TRIM_HORIZON",
            ),
        ),
    ),
    Connection(
        id="dynamodb.lambda.without_stream",
        source="dynamodb",
        target="lambda",
        mode=Mode.EVENT_SOURCE_MAPPING,
        flow=Flow.POLL,
        verdict=Verdict.INVALID,
        label="Event source mapping without a stream",
        explanation="Lambda reads the table's stream, not the table; without a stream there is nothing to read.",
        conditions="The mapping needs the stream's own ARN, which changes when the stream is switched off and on.",
        authority=DYNAMODB_STREAM_MAPPING,
        drawable=False,
        alternative="Switch the table's stream on.",
    ),
    Connection(
        id="dynamodb.lambda.at_timestamp",
        source="dynamodb",
        target="lambda",
        mode=Mode.EVENT_SOURCE_MAPPING,
        flow=Flow.POLL,
        verdict=Verdict.INVALID,
        label="Starting position AT_TIMESTAMP",
        explanation="A DynamoDB stream cannot be read from a point in time.",
        conditions="Only Kinesis, DocumentDB and Kafka offer it.",
        authority=service_model("lambda", "CreateEventSourceMapping.StartingPosition"),
        drawable=False,
        alternative="Start at TRIM_HORIZON or LATEST.",
    ),
    Connection(
        id="dynamodb.s3.export",
        source="dynamodb",
        target="s3",
        mode=Mode.DELIVERY,
        flow=Flow.ASYNC,
        verdict=Verdict.CONDITIONAL,
        label="Export to S3",
        explanation="DynamoDB writes the table's content of a point in time to the bucket, without using its capacity.",
        conditions="Point-in-time recovery has to be on. A job that somebody starts, not a stream of changes.",
        authority=service_model("dynamodb", "ExportTableToPointInTime"),
        preferred=True,
        retries="A failed export has to be started again.",
        delivery="A consistent copy of the table",
        ordering=UNORDERED,
        permission_side=PermissionSide.EXECUTION_ROLE,
        permission="dynamodb:ExportTableToPointInTime and s3:PutObject on whoever starts the export",
        cfn_resources=("AWS::DynamoDB::Table",),
        requirements=(
            Requirement(
                End.SOURCE,
                "point_in_time_recovery",
                Comparison.ONE_OF,
                (True,),
                "the table keeps continuous backups",
                fix=True,
            ),
        ),
    ),
    Connection(
        id="dynamodb.sqs_standard.push",
        source="dynamodb",
        target="sqs_standard",
        mode=Mode.ASYNCHRONOUS,
        flow=Flow.ASYNC,
        verdict=Verdict.INVALID,
        label="Stream pushes to the queue",
        explanation="A table cannot send its changes to a queue.",
        conditions=_PULL_ONLY,
        authority=PIPE_SOURCES,
        alternative="Let a pipe or a function read the stream and send the messages.",
        bridge=_through_function("lambda.sqs_standard.send_message"),
    ),
    Connection(
        id="dynamodb.eventbridge_bus.push",
        source="dynamodb",
        target="eventbridge_bus",
        mode=Mode.ASYNCHRONOUS,
        flow=Flow.ASYNC,
        verdict=Verdict.INVALID,
        label="Stream pushes to the bus",
        explanation="A table cannot put its changes on a bus.",
        conditions=_PULL_ONLY,
        authority=PIPE_SOURCES,
        alternative="Let a pipe or a function read the stream and put the events.",
        bridge=_through_function("lambda.eventbridge_bus.put_events"),
    ),
)
