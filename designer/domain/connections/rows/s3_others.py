"""Further readers of a bucket, its key, and what its events do not reach."""

from designer.domain.catalog.sources import aws_docs
from designer.domain.connections.parameters import MATCH_PERCENT, NOTIFICATION_PARAMETERS
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
from designer.domain.connections.wording import (
    AT_LEAST_ONCE,
    LAMBDA_ASYNC_RETRIES,
    PIPE_SOURCES,
    S3_DESTINATIONS,
    UNORDERED,
)

_BUCKET = "AWS::S3::Bucket"
_ONLY = "Event notifications go to functions, standard queues, standard topics and EventBridge only."


def _through_rule(target: str) -> Bridge:
    return Bridge(
        "eventbridge_rule", "Insert a rule", "s3.eventbridge_rule.events", f"eventbridge_rule.{target}.target"
    )


def _refused(target: str, explanation: str, alternative: str, bridge: Bridge) -> Connection:
    return Connection(
        id=f"s3.{target}.notification",
        source="s3",
        target=target,
        mode=Mode.ASYNCHRONOUS,
        flow=Flow.ASYNC,
        verdict=Verdict.INVALID,
        label="Event notification",
        explanation=explanation,
        conditions=_ONLY,
        authority=S3_DESTINATIONS,
        alternative=alternative,
        bridge=bridge,
    )


CONNECTIONS = (
    Connection(
        id="s3.lambda_alias_version.event_notification",
        source="s3",
        target="lambda_alias_version",
        mode=Mode.ASYNCHRONOUS,
        flow=Flow.ASYNC,
        verdict=Verdict.VALID,
        label="Event notification",
        explanation="S3 hands an event about each object to Lambda's queue, and Lambda calls the version behind the "
        "alias.",
        conditions="Same Region. The permission has to be given to the alias or version, not to the function.",
        authority=S3_DESTINATIONS,
        preferred=True,
        retries=LAMBDA_ASYNC_RETRIES,
        delivery=AT_LEAST_ONCE,
        ordering=UNORDERED,
        permission_side=PermissionSide.RESOURCE_POLICY,
        permission="lambda:InvokeFunction for s3.amazonaws.com on the alias or version, with the bucket's ARN and its "
        "account as the source",
        cfn_resources=(_BUCKET, "AWS::Lambda::Alias", "AWS::Lambda::Permission"),
        parameters=(*NOTIFICATION_PARAMETERS, MATCH_PERCENT),
    ),
    Connection(
        id="s3.redshift.copy",
        source="s3",
        target="redshift",
        mode=Mode.INTEGRATION,
        flow=Flow.ASYNC,
        verdict=Verdict.VALID,
        label="COPY",
        explanation="Redshift loads files of the bucket, by a statement or, with an auto-copy job, as they arrive.",
        conditions="Same Region, or the statement names the bucket's Region.",
        authority=aws_docs("COPY from Amazon S3", "redshift/latest/dg/copy-parameters-data-source-s3.html"),
        preferred=True,
        retries="A failed load is run again; its errors are in the system tables.",
        delivery="Once per file with an auto-copy job",
        ordering=UNORDERED,
        permission_side=PermissionSide.SERVICE_ROLE,
        permission="s3:GetObject and s3:ListBucket on Redshift's role",
        cfn_resources=("AWS::Redshift::Cluster",),
    ),
    Connection(
        id="s3.kms.encryption",
        source="s3",
        target="kms",
        mode=Mode.INTEGRATION,
        flow=Flow.SYNC,
        verdict=Verdict.VALID,
        label="Encryption key",
        explanation="S3 asks KMS for a data key for each object that is written, and to decrypt it for each that is "
        "read, unless the bucket has a key of its own for a while.",
        conditions="Callers need kms:GenerateDataKey and kms:Decrypt too, and so do replication and whoever gets the "
        "events.",
        authority=aws_docs(
            "Using server-side encryption with KMS keys", "AmazonS3/latest/userguide/UsingKMSEncryption.html"
        ),
        preferred=True,
        retries="The request fails when KMS refuses or throttles.",
        delivery="Once per request",
        ordering=UNORDERED,
        permission_side=PermissionSide.RESOURCE_POLICY,
        permission="kms:GenerateDataKey and kms:Decrypt in the key's policy for whoever uses the objects",
        cfn_resources=(_BUCKET, "AWS::KMS::Key"),
        requirements=(
            Requirement(
                End.SOURCE,
                "encryption",
                Comparison.NONE_OF,
                ("sse_s3",),
                "the bucket encrypts with a KMS key",
                fix="kms_customer_managed",
            ),
            Requirement(
                End.TARGET,
                "key_spec",
                Comparison.ONE_OF,
                ("SYMMETRIC_DEFAULT",),
                "the key is a symmetric one",
                fix="SYMMETRIC_DEFAULT",
            ),
        ),
    ),
    _refused(
        "sqs_fifo",
        "S3 refuses a FIFO queue as the destination of its events.",
        "Send the bucket's events to EventBridge and let a rule with a message group write to the queue.",
        _through_rule("sqs_fifo"),
    ),
    _refused(
        "step_functions_express",
        "An event notification cannot start a workflow.",
        "Send the bucket's events to EventBridge and let a rule start the workflow.",
        _through_rule("step_functions_express"),
    ),
    _refused(
        "kinesis_stream",
        "An event notification cannot write to a stream.",
        "Send the bucket's events to EventBridge and let a rule write to the stream.",
        _through_rule("kinesis_stream"),
    ),
    _refused(
        "firehose",
        "An event notification cannot write to Firehose.",
        "Send the bucket's events to EventBridge and let a rule write to Firehose.",
        _through_rule("firehose"),
    ),
    _refused(
        "ecs_fargate",
        "An event notification cannot start a container.",
        "Send the bucket's events to EventBridge and let a rule start the task.",
        _through_rule("ecs_fargate"),
    ),
    _refused(
        "http_endpoint",
        "An event notification cannot call a webhook.",
        "Publish to a topic that the endpoint subscribes to, or let a rule call an API destination.",
        Bridge(
            "sns_standard",
            "Insert a topic",
            "s3.sns_standard.event_notification",
            "sns_standard.http_endpoint.subscription",
        ),
    ),
    Connection(
        id="s3.eventbridge_pipe.pipe_source",
        source="s3",
        target="eventbridge_pipe",
        mode=Mode.PIPE,
        flow=Flow.POLL,
        verdict=Verdict.INVALID,
        label="Source of a pipe",
        explanation="A pipe cannot read a bucket.",
        conditions="Pipes read queues, streams, Kafka and MQ.",
        authority=PIPE_SOURCES,
        alternative="Send the bucket's events to a queue that the pipe reads, or use a rule instead of the pipe.",
        bridge=Bridge(
            "sqs_standard",
            "Insert a queue",
            "s3.sqs_standard.event_notification",
            "sqs_standard.eventbridge_pipe.pipe_source",
        ),
    ),
)
