"""Who can subscribe to a FIFO topic: queues, and nothing else."""

from designer.domain.catalog.sources import aws_docs
from designer.domain.catalog.spec import Source
from designer.domain.connections.parameters import RAW_MESSAGE_DELIVERY, SUBSCRIPTION_PARAMETERS
from designer.domain.connections.spec import Bridge, Connection, Flow, Mode, PermissionSide, Verdict
from designer.domain.connections.wording import AT_LEAST_ONCE, SNS_AWS_RETRIES, TERMINAL, UNORDERED

_DELIVERY = aws_docs("Message delivery for FIFO topics", "sns/latest/dg/fifo-message-delivery.html")
_RESOURCES = ("AWS::SNS::Subscription", "AWS::SQS::QueuePolicy")
_POLICY = "sqs:SendMessage for sns.amazonaws.com, with the topic as the source"
_QUEUES_ONLY = "FIFO topics deliver to queues only, FIFO or standard."


def _refused(
    target: str, *, who: str, alternative: str, bridge: Bridge | None = None, authority: Source = _DELIVERY
) -> Connection:
    return Connection(
        id=f"sns_fifo.{target}.subscription",
        source="sns_fifo",
        target=target,
        mode=Mode.SUBSCRIPTION,
        flow=Flow.ASYNC,
        verdict=Verdict.INVALID,
        label="Subscription",
        explanation=f"{who} cannot subscribe to a FIFO topic.",
        conditions=_QUEUES_ONLY,
        authority=authority,
        alternative=alternative,
        bridge=bridge,
    )


CONNECTIONS = (
    Connection(
        id="sns_fifo.sqs_fifo.subscription",
        source="sns_fifo",
        target="sqs_fifo",
        mode=Mode.SUBSCRIPTION,
        flow=Flow.ASYNC,
        verdict=Verdict.VALID,
        label="Subscription",
        explanation="SNS sends a copy of each message to the queue, in order within each message group.",
        conditions="Publishers give a MessageGroupId, and a deduplication id unless the topic goes by the content. A "
        "queue with a KMS key needs a customer managed key whose policy lets sns.amazonaws.com in.",
        authority=_DELIVERY,
        preferred=True,
        retries=f"{SNS_AWS_RETRIES} That queue is a FIFO queue.",
        delivery="Exactly once to the queue within 5 minutes",
        ordering="Kept within each message group",
        permission_side=PermissionSide.RESOURCE_POLICY,
        permission=_POLICY,
        cfn_resources=_RESOURCES,
        parameters=(*SUBSCRIPTION_PARAMETERS, RAW_MESSAGE_DELIVERY),
    ),
    Connection(
        id="sns_fifo.sqs_fifo.subscription_dlq",
        source="sns_fifo",
        target="sqs_fifo",
        mode=Mode.FAILURE,
        flow=Flow.ASYNC,
        verdict=Verdict.VALID,
        label="Subscription's dead-letter queue",
        explanation="SNS sends a message here when it could not deliver it to one of the topic's queues.",
        conditions="It belongs to a subscription, not to the topic. A FIFO queue in the same account and Region.",
        authority=aws_docs("Amazon SNS dead-letter queues", "sns/latest/dg/sns-dead-letter-queues.html"),
        retries=TERMINAL,
        delivery=AT_LEAST_ONCE,
        ordering="Kept within each message group",
        permission_side=PermissionSide.RESOURCE_POLICY,
        permission=_POLICY,
        cfn_resources=_RESOURCES,
    ),
    Connection(
        id="sns_fifo.sqs_standard.subscription",
        source="sns_fifo",
        target="sqs_standard",
        mode=Mode.SUBSCRIPTION,
        flow=Flow.ASYNC,
        verdict=Verdict.VALID,
        label="Subscription",
        explanation="SNS sends a copy of each message to the queue, which keeps no order.",
        conditions="Possible since September 2023. Readers of the queue can get messages out of order and twice.",
        authority=_DELIVERY,
        preferred=True,
        retries=SNS_AWS_RETRIES,
        delivery=AT_LEAST_ONCE,
        ordering=UNORDERED,
        permission_side=PermissionSide.RESOURCE_POLICY,
        permission=_POLICY,
        cfn_resources=_RESOURCES,
        parameters=(*SUBSCRIPTION_PARAMETERS, RAW_MESSAGE_DELIVERY),
    ),
    _refused(
        "lambda",
        who="A function",
        alternative="Let a FIFO queue subscribe that the function reads.",
        authority=aws_docs("Invoking Lambda with Amazon SNS notifications", "lambda/latest/dg/with-sns.html"),
        bridge=Bridge(
            "sqs_fifo",
            "Insert a FIFO queue",
            "sns_fifo.sqs_fifo.subscription",
            "sqs_fifo.lambda.event_source_mapping",
        ),
    ),
    _refused(
        "firehose",
        who="A delivery stream",
        alternative="Use a standard topic, or let a queue subscribe that a pipe or a function reads.",
        authority=aws_docs(
            "Prerequisites for subscribing Firehose delivery streams to SNS topics",
            "sns/latest/dg/prereqs-kinesis-data-firehose.html",
        ),
    ),
    _refused(
        "http_endpoint",
        who="An HTTP endpoint",
        alternative="Use a standard topic, or let a queue subscribe, from which a function or a pipe with an API "
        "destination calls the endpoint.",
    ),
)
