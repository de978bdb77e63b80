"""Who reads a Kinesis data stream, and what it cannot push to."""

from designer.domain.catalog.sources import SQL_DISCONTINUED, aws_docs, service_model
from designer.domain.connections.mapping_parameters import KINESIS_MAPPING_PARAMETERS
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
from designer.domain.connections.stream_parameters import FAN_OUT_READER
from designer.domain.connections.wording import AT_LEAST_ONCE, PIPE_SOURCES

_STREAM = "AWS::Kinesis::Stream"
_MAPPING = aws_docs("Using Lambda with Kinesis Data Streams", "lambda/latest/dg/with-kinesis.html")
_PULL_ONLY = "A stream waits to be read; it never calls or writes to anything."
_PER_KEY = "Per partition key"
_BLOCKED = (
    "A failed batch is repeated and holds up its shard until it succeeds or its records expire with the stream's "
    "retention. Retries, record age and splitting limit that; what is given up goes to the on-failure destination."
)


def _mapping(mechanism: str, *, label: str, explanation: str, conditions: str, extra: str, resource: str) -> Connection:
    return Connection(
        id=f"kinesis_stream.lambda.{mechanism}",
        source="kinesis_stream",
        target="lambda",
        mode=Mode.EVENT_SOURCE_MAPPING,
        flow=Flow.POLL,
        verdict=Verdict.VALID,
        label=label,
        explanation=explanation,
        conditions=conditions,
        authority=_MAPPING,
        preferred=mechanism == "event_source_mapping",
        poller="Lambda, with the function's execution role",
        retries=_BLOCKED,
        delivery=AT_LEAST_ONCE,
        ordering=_PER_KEY,
        permission_side=PermissionSide.EXECUTION_ROLE,
        permission=f"kinesis:DescribeStreamSummary, kinesis:ListShards and {extra}",
        cfn_resources=("AWS::Lambda::EventSourceMapping", resource),
        parameters=KINESIS_MAPPING_PARAMETERS,
    )


def _pushed(target: str, what: str, alternative: str, second: str) -> Connection:
    return Connection(
        id=f"kinesis_stream.{target}.push",
        source="kinesis_stream",
        target=target,
        mode=Mode.ASYNCHRONOUS,
        flow=Flow.ASYNC,
        verdict=Verdict.INVALID,
        label="Stream pushes",
        explanation=f"A stream cannot {what}.",
        conditions=_PULL_ONLY,
        authority=PIPE_SOURCES,
        alternative=alternative,
        bridge=Bridge("lambda", "Insert a function", "kinesis_stream.lambda.event_source_mapping", second),
    )


CONNECTIONS = (
    _mapping(
        "event_source_mapping",
        label="Event source mapping",
        explanation="Lambda reads each shard once a second and calls the function with batches of records, in order. "
        "All polling readers of a shard share its 2 MiB a second.",
        conditions="A batch closes at 6 MB, so a record of up to 10 MiB can be too large for it. As many calls at once "
        "as shards times parallel batches.",
        extra="kinesis:GetRecords and kinesis:GetShardIterator",
        resource=_STREAM,
    ),
    _mapping(
        "enhanced_fan_out",
        label="Event source mapping with enhanced fan-out",
        explanation="The stream pushes records over a connection of its own to Lambda's reader, which calls the "
        "function with batches, in order. This reader alone has 2 MiB a second of each shard.",
        conditions="The reader has to be registered as a consumer of the stream first; up to 20 for a stream. Billed "
        "for each shard and hour and by the gigabyte.",
        extra="kinesis:SubscribeToShard and kinesis:DescribeStreamConsumer",
        resource="AWS::Kinesis::StreamConsumer",
    ),
    Connection(
        id="kinesis_stream.lambda.without_position",
        source="kinesis_stream",
        target="lambda",
        mode=Mode.EVENT_SOURCE_MAPPING,
        flow=Flow.POLL,
        verdict=Verdict.INVALID,
        label="Event source mapping without a starting position",
        explanation="Lambda has to be told where in the stream to begin.",
        conditions="Streams and Kafka topics need a starting position; queues must not have one.",
        authority=service_model("lambda", "CreateEventSourceMapping.StartingPosition"),
        drawable=False,
        alternative="Set LATEST, TRIM_HORIZON or AT_TIMESTAMP.",
    ),
    Connection(
        id="kinesis_stream.firehose.source",
        source="kinesis_stream",
        target="firehose",
        mode=Mode.DELIVERY,
        flow=Flow.POLL,
        verdict=Verdict.VALID,
        label="Source of the Firehose stream",
        explanation="Firehose reads every shard from the newest record on and buffers what it reads.",
        conditions="The source is chosen when the Firehose stream is made. Nothing else can write to it then.",
        authority=aws_docs("Choose source and destination", "firehose/latest/dev/create-name.html"),
        preferred=True,
        poller="Firehose, with its own role",
        retries="Records stay in the stream while the destination does not answer, for as long as its retention lasts.",
        delivery=AT_LEAST_ONCE,
        ordering="Per shard until Firehose buffers them; retried deliveries can change it",
        permission_side=PermissionSide.SERVICE_ROLE,
        permission="kinesis:DescribeStream, kinesis:GetShardIterator, kinesis:GetRecords and kinesis:ListShards on "
        "Firehose's role",
        cfn_resources=("AWS::KinesisFirehose::DeliveryStream",),
        requirements=(
            Requirement(
                End.TARGET,
                "source_type",
                Comparison.ONE_OF,
                ("KinesisStreamAsSource",),
                "the Firehose stream has a data stream as its source",
                fix="KinesisStreamAsSource",
            ),
        ),
    ),
    Connection(
        id="kinesis_stream.managed_flink.source",
        source="kinesis_stream",
        target="managed_flink",
        mode=Mode.INTEGRATION,
        flow=Flow.POLL,
        verdict=Verdict.VALID,
        label="Source connector",
        explanation="The Flink program reads the shards and saves with each checkpoint how far it has come, so that "
        "its state counts every record once.",
        conditions="The Kinesis connector is part of the program. With enhanced fan-out it shares its reading rate "
        "with nobody.",
        authority=aws_docs("Use Apache Flink connectors", "managed-flink/latest/java/how-connectors.html"),
        preferred=True,
        poller="The Flink application, with its own role",
        retries="After a failure the program starts again from its last checkpoint and reads from there.",
        delivery="Exactly once in its state, at least once in most sinks",
        ordering=_PER_KEY,
        permission_side=PermissionSide.EXECUTION_ROLE,
        permission="kinesis:DescribeStreamSummary, kinesis:ListShards, kinesis:GetShardIterator and "
        "kinesis:GetRecords, or kinesis:SubscribeToShard, on the application's role",
        cfn_resources=("AWS::KinesisAnalyticsV2::Application",),
        parameters=(FAN_OUT_READER,),
    ),
    Connection(
        id="kinesis_stream.kinesis_analytics_sql.input",
        source="kinesis_stream",
        target="kinesis_analytics_sql",
        mode=Mode.INTEGRATION,
        flow=Flow.POLL,
        verdict=Verdict.INVALID,
        label="Input of a SQL application",
        explanation="AWS has closed the SQL service: there is nothing left that could read the stream.",
        conditions="No new applications since 15 October 2025; existing ones are deleted from 27 January 2026.",
        authority=SQL_DISCONTINUED,
        alternative="Read the stream with Managed Service for Apache Flink, in SQL if you like.",
    ),
    Connection(
        id="kinesis_stream.eventbridge_pipe.pipe_source",
        source="kinesis_stream",
        target="eventbridge_pipe",
        mode=Mode.PIPE,
        flow=Flow.POLL,
        verdict=Verdict.VALID,
        label="Source of a pipe",
        explanation="The pipe reads each shard and hands batches to its target, in order.",
        conditions="Needs a starting position. Up to 10 batches of a shard at once; a failed batch can be halved.",
        authority=PIPE_SOURCES,
        preferred=True,
        poller="EventBridge Pipes, with the pipe's role",
        retries="A failed batch holds up its shard until its records expire, unless retries or age are limited; then "
        "it goes to the pipe's dead-letter queue or topic.",
        delivery=AT_LEAST_ONCE,
        ordering="Per shard",
        permission_side=PermissionSide.SERVICE_ROLE,
        permission="kinesis:DescribeStream, kinesis:DescribeStreamSummary, kinesis:GetRecords, "
        "kinesis:GetShardIterator and kinesis:ListShards on the pipe's role",
        cfn_resources=("AWS::Pipes::Pipe",),
    ),
    Connection(
        id="kinesis_stream.s3.channel",
        source="kinesis_stream",
        target="s3",
        mode=Mode.DELIVERY,
        flow=Flow.ASYNC,
        verdict=Verdict.CONDITIONAL,
        label="Delivery channel",
        explanation="The stream itself collects records for 5 to 15 minutes and writes them to the bucket.",
        conditions="New in 2026 and for on-demand streams only. Not in every SDK yet and not in CloudFormation; Data "
        "Firehose does the same for every stream.",
        authority=aws_docs("Streaming tables and S3 delivery", "streams/latest/dev/data-delivery.html"),
        preferred=True,
        retries="The channel tries again by itself; what it gives up goes to its dead-letter destination.",
        delivery=AT_LEAST_ONCE,
        ordering="Not kept",
        permission_side=PermissionSide.SERVICE_ROLE,
        permission="s3:PutObject on the channel's role",
        cfn_resources=(),
        requirements=(
            Requirement(
                End.SOURCE,
                "stream_mode",
                Comparison.ONE_OF,
                ("ON_DEMAND",),
                "the stream is an on-demand one; Data Firehose in between works for every stream",
                fix="ON_DEMAND",
                certain=False,
            ),
        ),
    ),
    Connection(
        id="kinesis_stream.redshift.streaming_ingestion",
        source="kinesis_stream",
        target="redshift",
        mode=Mode.INTEGRATION,
        flow=Flow.POLL,
        verdict=Verdict.VALID,
        label="Streaming ingestion",
        explanation="Redshift reads the stream into a materialized view each time the view is refreshed, without a "
        "bucket in between.",
        conditions="An external schema for Kinesis and a materialized view that refreshes by itself.",
        authority=aws_docs(
            "Streaming ingestion to a materialized view",
            "redshift/latest/dg/materialized-view-streaming-ingestion.html",
        ),
        preferred=True,
        poller="Redshift, with its own role",
        retries="The next refresh reads on; errors are in the system tables.",
        delivery=AT_LEAST_ONCE,
        ordering="Per shard",
        permission_side=PermissionSide.SERVICE_ROLE,
        permission="kinesis:DescribeStreamSummary, kinesis:GetShardIterator, kinesis:GetRecords and kinesis:ListShards "
        "on Redshift's role",
        cfn_resources=("AWS::RedshiftServerless::Workgroup",),
    ),
    Connection(
        id="kinesis_stream.ecs_fargate.poll",
        source="kinesis_stream",
        target="ecs_fargate",
        mode=Mode.ASYNCHRONOUS,
        flow=Flow.POLL,
        verdict=Verdict.CONDITIONAL,
        label="Polled by your program",
        explanation="Your containers read the shards with the Kinesis Client Library; the arrow follows the records, "
        "the calls go the other way.",
        conditions="The library shares the shards out through a DynamoDB table and saves there how far it has read.",
        authority=aws_docs("Use Kinesis Client Library", "streams/latest/dev/kcl.html"),
        preferred=True,
        poller="Your program, with its own role",
        retries="A worker that stops is replaced, and its shards are read on from the last saved position.",
        delivery=AT_LEAST_ONCE,
        ordering=_PER_KEY,
        permission_side=PermissionSide.EXECUTION_ROLE,
        permission="kinesis:GetRecords, kinesis:GetShardIterator and kinesis:ListShards, and the lease table's "
        "dynamodb:GetItem, PutItem, UpdateItem, DeleteItem and Scan, on the task role",
        cfn_resources=("AWS::ECS::Service", "AWS::DynamoDB::Table"),
        parameters=(FAN_OUT_READER,),
    ),
    _pushed(
        "sqs_standard",
        "send its records to a queue",
        "Let a pipe (in batches of up to 10) or a function read the stream and send the messages.",
        "lambda.sqs_standard.send_message",
    ),
    _pushed(
        "sns_standard",
        "publish its records to a topic",
        "Let a pipe or a function read the stream and publish.",
        "lambda.sns_standard.publish",
    ),
    _pushed(
        "dynamodb",
        "write its records to a table",
        "Let a function or a Flink program read the stream and write the items.",
        "lambda.dynamodb.api",
    ),
)
