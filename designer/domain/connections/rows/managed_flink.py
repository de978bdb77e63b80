"""Where a Flink program writes to."""

from designer.domain.catalog.sources import SQL_DISCONTINUED, aws_docs
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
from designer.domain.connections.wording import AT_LEAST_ONCE

_SINKS = aws_docs(
    "Write data using sinks in Managed Service for Apache Flink", "managed-flink/latest/java/how-sinks.html"
)
_RESTART = "After a failure the program starts again from its last checkpoint and writes from there once more."


def _sink(
    target: str,
    *,
    label: str,
    explanation: str,
    conditions: str,
    permission: str,
    delivery: str = AT_LEAST_ONCE,
    requirements: tuple[Requirement, ...] = (),
) -> Connection:
    return Connection(
        id=f"managed_flink.{target}.sink",
        source="managed_flink",
        target=target,
        mode=Mode.INTEGRATION,
        flow=Flow.ASYNC,
        verdict=Verdict.VALID,
        label=label,
        explanation=explanation,
        conditions=conditions,
        authority=_SINKS,
        preferred=True,
        retries=_RESTART,
        delivery=delivery,
        ordering="Per key",
        permission_side=PermissionSide.EXECUTION_ROLE,
        permission=f"{permission} on the application's role",
        cfn_resources=("AWS::KinesisAnalyticsV2::Application",),
        requirements=requirements,
    )


CONNECTIONS = (
    _sink(
        "kinesis_stream",
        label="Stream sink",
        explanation="The program writes records to the data stream, in batches.",
        conditions="An application in a VPC needs an endpoint for Kinesis or a NAT gateway.",
        permission="kinesis:PutRecords and kinesis:DescribeStreamSummary",
    ),
    _sink(
        "firehose",
        label="Firehose sink",
        explanation="The program writes records to Firehose, in batches.",
        conditions="A Firehose stream whose source is Direct PUT.",
        permission="firehose:PutRecordBatch",
        requirements=(
            Requirement(
                End.TARGET,
                "source_type",
                Comparison.ONE_OF,
                ("DirectPut",),
                "the Firehose stream takes Direct PUT",
                fix="DirectPut",
            ),
        ),
    ),
    _sink(
        "s3",
        label="File sink",
        explanation="The program writes files and shows them at each checkpoint.",
        conditions="Exactly once only with checkpoints.",
        permission="s3:PutObject, s3:AbortMultipartUpload and s3:ListBucket",
        delivery="Exactly once, with checkpoints",
        requirements=(
            Requirement(
                End.SOURCE,
                "checkpointing",
                Comparison.ONE_OF,
                (True,),
                "checkpoints are on: a file is finished at a checkpoint",
                fix=True,
            ),
        ),
    ),
    _sink(
        "dynamodb",
        label="Table sink",
        explanation="The program writes items to the table, in batches.",
        conditions="The DynamoDB connector has to be part of the program.",
        permission="dynamodb:BatchWriteItem",
    ),
    Connection(
        id="managed_flink.lambda.output",
        source="managed_flink",
        target="lambda",
        mode=Mode.INTEGRATION,
        flow=Flow.ASYNC,
        verdict=Verdict.INVALID,
        label="Function as the output",
        explanation="Flink has no sink that calls a function; the retired SQL service had one.",
        conditions="Sinks are streams, Firehose, files, tables and what a connector exists for.",
        authority=SQL_DISCONTINUED,
        alternative="Write to a data stream from which the function is called, or call it in an operator of your own.",
        bridge=Bridge(
            "kinesis_stream",
            "Insert a data stream",
            "managed_flink.kinesis_stream.sink",
            "kinesis_stream.lambda.event_source_mapping",
        ),
    ),
)
