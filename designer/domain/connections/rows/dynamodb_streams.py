"""Where a table's changes go without code of yours, and what its stream cannot push to."""

from designer.domain.catalog.sources import aws_docs, service_model
from designer.domain.catalog.spec import Value
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

_GUIDE = "amazondynamodb/latest/developerguide/"
_PULL_ONLY = "A stream waits to be read; it never pushes."
_TABLE = "AWS::DynamoDB::Table"
_HAS_STREAM = Requirement(
    End.SOURCE,
    "stream_view_type",
    Comparison.NONE_OF,
    ("none",),
    "the table's stream is on",
    fix="NEW_AND_OLD_IMAGES",
)


def _must_be(end: End, parameter: str, value: Value, message: str) -> Requirement:
    return Requirement(end, parameter, Comparison.ONE_OF, (value,), message, fix=value)


def _pushed(target: str, explanation: str, alternative: str, bridge: Bridge) -> Connection:
    return Connection(
        id=f"dynamodb.{target}.push",
        source="dynamodb",
        target=target,
        mode=Mode.ASYNCHRONOUS,
        flow=Flow.ASYNC,
        verdict=Verdict.INVALID,
        label="Stream pushes",
        explanation=explanation,
        conditions=_PULL_ONLY,
        authority=PIPE_SOURCES,
        alternative=alternative,
        bridge=bridge,
    )


def _through_pipe(second: str) -> Bridge:
    return Bridge("eventbridge_pipe", "Insert a pipe", "dynamodb.eventbridge_pipe.pipe_source", second)


CONNECTIONS = (
    Connection(
        id="dynamodb.eventbridge_pipe.pipe_source",
        source="dynamodb",
        target="eventbridge_pipe",
        mode=Mode.PIPE,
        flow=Flow.POLL,
        verdict=Verdict.VALID,
        label="Source of a pipe",
        explanation="The pipe reads each shard of the table's stream and hands batches of changes to its target, in "
        "order.",
        conditions="The table's stream has to be on. Starts at new records or at the oldest one kept.",
        authority=PIPE_SOURCES,
        preferred=True,
        poller="EventBridge Pipes, with the pipe's role",
        retries="A failed batch holds up its shard until its records expire after 24 hours, unless retries or age are "
        "limited; then it goes to the pipe's dead-letter queue or topic.",
        delivery=AT_LEAST_ONCE,
        ordering="Per item",
        permission_side=PermissionSide.SERVICE_ROLE,
        permission="dynamodb:DescribeStream, dynamodb:GetRecords, dynamodb:GetShardIterator and dynamodb:ListStreams "
        "on the pipe's role",
        cfn_resources=("AWS::Pipes::Pipe", _TABLE),
        requirements=(_HAS_STREAM,),
    ),
    Connection(
        id="dynamodb.kinesis_stream.streaming",
        source="dynamodb",
        target="kinesis_stream",
        mode=Mode.DELIVERY,
        flow=Flow.ASYNC,
        verdict=Verdict.VALID,
        label="Streaming destination",
        explanation="DynamoDB writes a record for each change to the data stream, beside or instead of the table's own "
        "stream.",
        conditions="Same account and Region, one data stream in a template. Changes can come twice or out of order.",
        authority=service_model("dynamodb", "EnableKinesisStreamingDestination"),
        preferred=True,
        retries="DynamoDB tries again by itself.",
        delivery=AT_LEAST_ONCE,
        ordering=UNORDERED,
        permission_side=PermissionSide.SERVICE_ROLE,
        permission="None of yours: DynamoDB uses its service-linked role",
        cfn_resources=(_TABLE,),
    ),
    Connection(
        id="dynamodb.opensearch.zero_etl",
        source="dynamodb",
        target="opensearch",
        mode=Mode.DELIVERY,
        flow=Flow.ASYNC,
        verdict=Verdict.CONDITIONAL,
        label="Ingestion pipeline",
        explanation="An OpenSearch Ingestion pipeline reads the table's stream and indexes the items within seconds.",
        conditions="The table's stream has to be on, and point-in-time recovery too when the pipeline begins with a "
        "full copy. The pipeline has a role and a price of its own.",
        authority=aws_docs(
            "Using an OpenSearch Ingestion pipeline with DynamoDB",
            "opensearch-service/latest/developerguide/configure-client-ddb.html",
        ),
        preferred=True,
        retries="The pipeline tries again and keeps what it gives up in a bucket.",
        delivery=AT_LEAST_ONCE,
        ordering="Per item",
        permission_side=PermissionSide.SERVICE_ROLE,
        permission="dynamodb:DescribeStream, dynamodb:GetRecords and dynamodb:GetShardIterator, and es:ESHttp* on the "
        "pipeline's role",
        cfn_resources=("AWS::OSIS::Pipeline", _TABLE),
        requirements=(_HAS_STREAM,),
    ),
    Connection(
        id="dynamodb.redshift.zero_etl",
        source="dynamodb",
        target="redshift",
        mode=Mode.DELIVERY,
        flow=Flow.ASYNC,
        verdict=Verdict.CONDITIONAL,
        label="Zero-ETL integration",
        explanation="Redshift keeps a copy of the table that is 15 minutes old or more.",
        conditions="Point-in-time recovery on the table. Redshift Serverless or an encrypted RA3 cluster, with "
        "case-sensitive names.",
        authority=aws_docs("Considerations for zero-ETL integrations", "redshift/latest/mgmt/zero-etl.reqs-lims.html"),
        preferred=True,
        retries="The integration tries again and shows its state.",
        delivery="Eventually",
        ordering=UNORDERED,
        permission_side=PermissionSide.RESOURCE_POLICY,
        permission="redshift:AuthorizeInboundIntegration in Redshift's policy, and dynamodb:ExportTableToPointInTime "
        "for redshift.amazonaws.com in the table's",
        cfn_resources=("AWS::Redshift::Integration", _TABLE),
        requirements=(
            _must_be(End.SOURCE, "point_in_time_recovery", value=True, message="the table keeps continuous backups"),
            _must_be(End.TARGET, "encrypted", value=True, message="the warehouse is encrypted"),
            _must_be(
                End.TARGET, "case_sensitive", value=True, message="the warehouse tells upper from lower case in names"
            ),
        ),
    ),
    Connection(
        id="dynamodb.kms.encryption",
        source="dynamodb",
        target="kms",
        mode=Mode.INTEGRATION,
        flow=Flow.SYNC,
        verdict=Verdict.VALID,
        label="Encryption key",
        explanation="DynamoDB encrypts the table with the key and asks KMS for its table key every few minutes, not "
        "for each request.",
        conditions="A symmetric key. Readers of the stream need no further right, exports do.",
        authority=aws_docs("DynamoDB encryption at rest", _GUIDE + "EncryptionAtRest.html"),
        preferred=True,
        retries="When the key is gone the table cannot be used.",
        delivery="Once per request",
        ordering=UNORDERED,
        permission_side=PermissionSide.RESOURCE_POLICY,
        permission="kms:Encrypt, kms:Decrypt, kms:ReEncrypt*, kms:GenerateDataKey*, kms:DescribeKey and "
        "kms:CreateGrant in the key's policy",
        cfn_resources=(_TABLE, "AWS::KMS::Key"),
        requirements=(
            Requirement(
                End.SOURCE,
                "encryption",
                Comparison.NONE_OF,
                ("aws_owned",),
                "the table encrypts with a KMS key",
                fix="kms_customer_managed",
            ),
            _must_be(End.TARGET, "key_spec", value="SYMMETRIC_DEFAULT", message="the key is a symmetric one"),
        ),
    ),
    _pushed(
        "step_functions_standard",
        "A table cannot start a workflow with its changes.",
        "Let a pipe read the stream and start the workflow.",
        _through_pipe("eventbridge_pipe.step_functions_standard.pipe_send"),
    ),
    _pushed(
        "http_endpoint",
        "A table cannot send its changes to an endpoint.",
        "Let a pipe read the stream and call an API destination.",
        _through_pipe("eventbridge_pipe.http_endpoint.pipe_call"),
    ),
    _pushed(
        "splunk",
        "A table cannot send its changes to Splunk.",
        "Let a function read the stream and send them, or stream the table to Kinesis and on through Firehose.",
        Bridge("lambda", "Insert a function", "dynamodb.lambda.event_source_mapping", "lambda.splunk.send_event"),
    ),
)
