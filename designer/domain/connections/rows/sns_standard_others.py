"""A standard topic's further subscribers, and the services that cannot subscribe."""

from designer.domain.catalog.sources import SNS_RETRIES, aws_docs, service_model
from designer.domain.catalog.spec import Source
from designer.domain.connections.messaging_parameters import HTTP_DELIVERY_PARAMETERS
from designer.domain.connections.parameters import RAW_MESSAGE_DELIVERY, SUBSCRIPTION_PARAMETERS
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
from designer.domain.connections.wording import AT_LEAST_ONCE, SNS_AWS_RETRIES, SNS_PROTOCOLS, UNORDERED

_SUBSCRIPTION = "AWS::SNS::Subscription"
_PROTOCOLS = "Subscribers are functions, queues, Data Firehose, HTTP endpoints, e-mail, text messages and mobile push."
_QUEUES_OF_A_KIND = "Standard topics deliver to standard queues; FIFO queues subscribe to FIFO topics only."
_FUNCTION = ("lambda", "Insert a function", "sns_standard.lambda.subscription")
_QUEUE = ("sqs_standard", "Insert a queue", "sns_standard.sqs_standard.subscription")


def _refused(
    target: str,
    bridge: tuple[str, str, str],
    second: str,
    *,
    who: str,
    alternative: str,
    conditions: str = _PROTOCOLS,
    authority: Source = SNS_PROTOCOLS,
) -> Connection:
    return Connection(
        id=f"sns_standard.{target}.subscription",
        source="sns_standard",
        target=target,
        mode=Mode.SUBSCRIPTION,
        flow=Flow.ASYNC,
        verdict=Verdict.INVALID,
        label="Subscription",
        explanation=f"{who} cannot subscribe to a standard topic.",
        conditions=conditions,
        authority=authority,
        alternative=alternative,
        bridge=Bridge(*bridge, second),
    )


CONNECTIONS = (
    Connection(
        id="sns_standard.firehose.subscription",
        source="sns_standard",
        target="firehose",
        mode=Mode.SUBSCRIPTION,
        flow=Flow.ASYNC,
        verdict=Verdict.VALID,
        label="Subscription",
        explanation="SNS puts each message into the delivery stream as one record with a newline behind it.",
        conditions="The delivery stream has to take records directly, and the subscription needs a role. Do not let "
        "the stream add a delimiter of its own. At most five delivery streams of one account per topic.",
        authority=aws_docs(
            "Prerequisites for subscribing Firehose delivery streams to SNS topics",
            "sns/latest/dg/prereqs-kinesis-data-firehose.html",
        ),
        preferred=True,
        retries=f"{SNS_AWS_RETRIES} When the stream throttles, 50 attempts over 6 hours.",
        delivery=AT_LEAST_ONCE,
        ordering=UNORDERED,
        permission_side=PermissionSide.SERVICE_ROLE,
        permission="firehose:PutRecord and firehose:PutRecordBatch on a role that trusts sns.amazonaws.com",
        cfn_resources=(_SUBSCRIPTION, "AWS::IAM::Role"),
        requirements=(
            Requirement(
                End.TARGET,
                "source_type",
                Comparison.ONE_OF,
                ("DirectPut",),
                "the delivery stream takes records directly",
                fix="DirectPut",
            ),
        ),
        parameters=(*SUBSCRIPTION_PARAMETERS, RAW_MESSAGE_DELIVERY),
    ),
    Connection(
        id="sns_standard.http_endpoint.subscription",
        source="sns_standard",
        target="http_endpoint",
        mode=Mode.SUBSCRIPTION,
        flow=Flow.ASYNC,
        verdict=Verdict.VALID,
        label="HTTP subscription",
        explanation="SNS posts each message to the address and counts an answer of 2xx as delivered.",
        conditions="The endpoint has to confirm the subscription within two days and should check the signature of "
        "what it gets. All attempts together may take an hour.",
        authority=SNS_RETRIES,
        preferred=True,
        retries="As its delivery policy says: 3 retries, 20 s apart, unless you set others. Only 5xx and 429 are "
        "repeated. Then the message goes to the subscription's dead-letter queue, or is lost.",
        delivery=AT_LEAST_ONCE,
        ordering=UNORDERED,
        permission_side=PermissionSide.NONE,
        permission="None",
        cfn_resources=(_SUBSCRIPTION,),
        parameters=(*SUBSCRIPTION_PARAMETERS, RAW_MESSAGE_DELIVERY, *HTTP_DELIVERY_PARAMETERS),
    ),
    Connection(
        id="sns_standard.xray.tracing",
        source="sns_standard",
        target="xray",
        mode=Mode.DELIVERY,
        flow=Flow.ASYNC,
        verdict=Verdict.CONDITIONAL,
        label="Traces",
        explanation="The topic writes a trace segment for sampled messages.",
        conditions="Standard topics only, with active tracing. A FIFO topic just hands the trace header on.",
        authority=service_model("sns", "CreateTopic.Attributes"),
        preferred=True,
        retries="None: a lost segment is missing from the trace.",
        delivery="Sampled",
        ordering=UNORDERED,
        permission_side=PermissionSide.RESOURCE_POLICY,
        permission="A resource policy of X-Ray that lets sns.amazonaws.com write segments",
        cfn_resources=("AWS::SNS::Topic", "AWS::XRay::ResourcePolicy"),
        requirements=(
            Requirement(
                End.SOURCE,
                "xray_tracing",
                Comparison.ONE_OF,
                (True,),
                "the topic's active tracing is on",
                fix=True,
            ),
        ),
    ),
    _refused(
        "sqs_fifo",
        _FUNCTION,
        "lambda.sqs_fifo.send_message",
        who="A FIFO queue",
        conditions=_QUEUES_OF_A_KIND,
        authority=SNS_RETRIES,
        alternative="Make the topic a FIFO topic, or subscribe a standard queue. A function in between cannot bring "
        "back an order that the topic does not keep.",
    ),
    Connection(
        id="sns_standard.sqs_fifo.subscription_dlq",
        source="sns_standard",
        target="sqs_fifo",
        mode=Mode.FAILURE,
        flow=Flow.ASYNC,
        verdict=Verdict.INVALID,
        label="Subscription's dead-letter queue",
        explanation="A FIFO queue cannot keep what a standard topic could not deliver.",
        conditions="Subscriptions of standard topics use standard queues, those of FIFO topics FIFO queues.",
        authority=aws_docs("Amazon SNS dead-letter queues", "sns/latest/dg/sns-dead-letter-queues.html"),
        drawable=False,
        alternative="Use a standard queue as the dead-letter queue.",
    ),
    _refused(
        "kinesis_stream",
        _FUNCTION,
        "lambda.kinesis_stream.put_record",
        who="A Kinesis stream",
        alternative="Let Data Firehose subscribe, or a function that puts the records.",
    ),
    _refused(
        "ecs_fargate",
        _QUEUE,
        "sqs_standard.ecs_fargate.poll",
        who="A service of containers",
        alternative="Let a queue subscribe that the tasks read, or an HTTPS endpoint on their load balancer.",
    ),
    _refused(
        "eventbridge_pipe",
        _QUEUE,
        "sqs_standard.eventbridge_pipe.pipe_source",
        who="A pipe",
        alternative="Let a queue subscribe and be the pipe's source.",
    ),
    _refused(
        "redshift",
        _FUNCTION,
        "lambda.redshift.execute_statement",
        who="A Redshift cluster",
        alternative="Let Data Firehose subscribe and load the cluster, or a function.",
    ),
    _refused(
        "opensearch",
        _FUNCTION,
        "lambda.opensearch.request",
        who="An OpenSearch domain",
        alternative="Let Data Firehose subscribe and fill the index, or a function.",
    ),
    _refused(
        "rds_aurora",
        _FUNCTION,
        "lambda.rds_aurora.connect",
        who="A database",
        alternative="Let a function subscribe and write to the database.",
    ),
)
