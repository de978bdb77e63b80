"""Where log lines go from a log group."""

from designer.domain.catalog.sources import aws_docs, service_model
from designer.domain.connections.parameters import pass_percent
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
from designer.domain.connections.stream_parameters import LOG_FILTER, SUBSCRIPTION_FILTER_PARAMETERS, UNPACK_LOGS
from designer.domain.connections.wording import AT_LEAST_ONCE, UNORDERED

_GUIDE = "AmazonCloudWatch/latest/logs/"
_SUBSCRIPTIONS = aws_docs("Log group-level subscription filters", _GUIDE + "SubscriptionFilters.html")
_RETRIES = "Throttled deliveries are repeated for up to 24 hours; then the lines are dropped."
_ONLY = "Subscriptions lead to functions, data streams, Firehose and OpenSearch only."
_INSERT = {"lambda": "Insert a function", "firehose": "Insert Firehose"}
_PACKED = "Up to 2 subscriptions for a log group. Lines arrive packed with gzip."


def _standard(what: str, *, certain: bool = True) -> Requirement:
    return Requirement(
        End.SOURCE,
        "log_class",
        Comparison.ONE_OF,
        ("STANDARD",),
        f"the log group is of the standard class, the only one with {what}",
        fix="STANDARD",
        certain=certain,
    )


def _subscription(
    target: str,
    *,
    explanation: str,
    conditions: str,
    side: PermissionSide,
    permission: str,
    verdict: Verdict = Verdict.VALID,
    unpacks: bool = False,
    further: tuple[Requirement, ...] = (),
) -> Connection:
    return Connection(
        id=f"cloudwatch_logs.{target}.subscription",
        source="cloudwatch_logs",
        target=target,
        mode=Mode.SUBSCRIPTION,
        flow=Flow.ASYNC,
        verdict=verdict,
        label="Subscription filter",
        explanation=explanation,
        conditions=conditions,
        authority=_SUBSCRIPTIONS,
        preferred=True,
        retries=_RETRIES,
        delivery=AT_LEAST_ONCE,
        ordering=UNORDERED,
        permission_side=side,
        permission=permission,
        cfn_resources=("AWS::Logs::SubscriptionFilter",),
        requirements=(_standard("subscriptions"), *further),
        parameters=(*SUBSCRIPTION_FILTER_PARAMETERS, UNPACK_LOGS) if unpacks else SUBSCRIPTION_FILTER_PARAMETERS,
    )


def _refused(target: str, explanation: str, alternative: str, second: str, service: str = "lambda") -> Connection:
    return Connection(
        id=f"cloudwatch_logs.{target}.subscription",
        source="cloudwatch_logs",
        target=target,
        mode=Mode.SUBSCRIPTION,
        flow=Flow.ASYNC,
        verdict=Verdict.INVALID,
        label="Subscription filter",
        explanation=explanation,
        conditions=_ONLY,
        authority=_SUBSCRIPTIONS,
        alternative=alternative,
        bridge=Bridge(service, _INSERT[service], f"cloudwatch_logs.{service}.subscription", second),
    )


CONNECTIONS = (
    _subscription(
        "lambda",
        explanation="CloudWatch Logs hands matching new lines in batches to Lambda's queue, and Lambda calls the "
        "function.",
        conditions=f"{_PACKED} The function must not subscribe to its own log group, or it calls itself for ever.",
        side=PermissionSide.RESOURCE_POLICY,
        permission="lambda:InvokeFunction for logs.amazonaws.com, with the log group as the source",
    ),
    _subscription(
        "kinesis_stream",
        explanation="CloudWatch Logs writes matching new lines in batches to the data stream.",
        conditions=_PACKED,
        side=PermissionSide.SERVICE_ROLE,
        permission="kinesis:PutRecord on a role that logs.amazonaws.com may take",
    ),
    _subscription(
        "firehose",
        explanation="CloudWatch Logs sends matching new lines in batches to Firehose, which can unpack them.",
        conditions=f"{_PACKED} A Firehose stream whose source is Direct PUT.",
        side=PermissionSide.SERVICE_ROLE,
        permission="firehose:PutRecord and firehose:PutRecordBatch on a role that logs.amazonaws.com may take",
        unpacks=True,
        further=(
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
    _subscription(
        "opensearch",
        explanation="The console installs a function of its own that unpacks matching new lines and indexes them.",
        conditions=f"{_PACKED} In a template you write that function yourself.",
        side=PermissionSide.RESOURCE_POLICY,
        permission="lambda:InvokeFunction for logs.amazonaws.com, and es:ESHttpPost on the installed function's role",
        verdict=Verdict.CONDITIONAL,
    ),
    Connection(
        id="cloudwatch_logs.s3.export",
        source="cloudwatch_logs",
        target="s3",
        mode=Mode.DELIVERY,
        flow=Flow.ASYNC,
        verdict=Verdict.CONDITIONAL,
        label="Export task",
        explanation="A task copies the lines of a span of time to the bucket.",
        conditions="A job that somebody starts, one at a time for the account; lines can take 12 hours until they can "
        "be exported. For a steady flow use a subscription with Firehose.",
        authority=aws_docs("Exporting log data to Amazon S3", _GUIDE + "S3Export.html"),
        preferred=True,
        retries="A failed task has to be started again.",
        delivery="In bulk",
        ordering=UNORDERED,
        permission_side=PermissionSide.RESOURCE_POLICY,
        permission="s3:GetBucketAcl and s3:PutObject for the Region's logs.amazonaws.com on the bucket",
        cfn_resources=("AWS::S3::BucketPolicy",),
        requirements=(_standard("export tasks", certain=False),),
    ),
    Connection(
        id="cloudwatch_logs.cloudwatch_alarm.metric_filter",
        source="cloudwatch_logs",
        target="cloudwatch_alarm",
        mode=Mode.INTEGRATION,
        flow=Flow.ASYNC,
        verdict=Verdict.VALID,
        label="Metric filter",
        explanation="A metric filter counts matching lines, and the alarm watches the count.",
        conditions="Counts new lines only. The metric is billed like one of your own.",
        authority=aws_docs("Creating metrics from log events using filters", _GUIDE + "MonitoringLogData.html"),
        preferred=True,
        retries="None needed: it is part of CloudWatch.",
        delivery="Once per period",
        ordering=UNORDERED,
        permission_side=PermissionSide.NONE,
        permission="None",
        cfn_resources=("AWS::Logs::MetricFilter", "AWS::CloudWatch::Alarm"),
        requirements=(_standard("metric filters"),),
        parameters=(LOG_FILTER, pass_percent("log group's lines")),
    ),
    _refused(
        "sns_standard",
        "A log group cannot publish its lines to a topic.",
        "Let a function publish them, or count them with a metric filter and let an alarm publish.",
        "lambda.sns_standard.publish",
    ),
    _refused(
        "eventbridge_bus",
        "A log group cannot put its lines on a bus.",
        "Let a function put the events.",
        "lambda.eventbridge_bus.put_events",
    ),
    _refused(
        "splunk",
        "A log group cannot send to Splunk.",
        "Let Firehose deliver the lines to Splunk.",
        "firehose.splunk.delivery",
        "firehose",
    ),
    _refused(
        "step_functions_standard",
        "A log line cannot start a workflow.",
        "Let a function start it.",
        "lambda.step_functions_standard.start_execution",
    ),
    _refused(
        "dynamodb",
        "A log group cannot write its lines to a table.",
        "Let a function write the items.",
        "lambda.dynamodb.api",
    ),
    Connection(
        id="cloudwatch_logs.lambda.infrequent_access",
        source="cloudwatch_logs",
        target="lambda",
        mode=Mode.SUBSCRIPTION,
        flow=Flow.ASYNC,
        verdict=Verdict.INVALID,
        label="Subscription of an infrequent-access log group",
        explanation="Log groups of the infrequent-access class have no subscriptions.",
        conditions="Subscriptions belong to the standard class.",
        authority=service_model("logs", "CreateLogGroup.logGroupClass"),
        drawable=False,
        alternative="Use a log group of the standard class.",
    ),
)
