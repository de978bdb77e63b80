"""Who else fetches from a standard queue, its key, and what it cannot push to."""

from designer.domain.catalog.sources import aws_docs, service_model
from designer.domain.catalog.spec import Source
from designer.domain.connections.mapping_parameters import SQS_MAPPING_PARAMETERS
from designer.domain.connections.messaging_parameters import MAXIMUM_POLLERS, MINIMUM_POLLERS, POLL_PARAMETERS
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

_GUIDE = "AWSSimpleQueueService/latest/SQSDeveloperGuide/"
_REDRIVE = "What is not deleted comes back after the visibility timeout; the queue's redrive policy ends that."


def _polled(target: str, *, who: str, scaling: str, permission: str, authority: Source, resource: str) -> Connection:
    return Connection(
        id=f"sqs_standard.{target}.poll",
        source="sqs_standard",
        target=target,
        mode=Mode.ASYNCHRONOUS,
        flow=Flow.POLL,
        verdict=Verdict.CONDITIONAL,
        label="Polled by your program",
        explanation=f"{who} fetch messages, work on them and delete them; the arrow follows the messages, the calls go "
        "the other way.",
        conditions=f"Your program has to poll, with a wait of 20 s to save empty fetches. {scaling}",
        authority=authority,
        preferred=True,
        poller="Your program, with its own role",
        retries=_REDRIVE,
        delivery=AT_LEAST_ONCE,
        ordering=UNORDERED,
        permission_side=PermissionSide.EXECUTION_ROLE,
        permission=permission,
        cfn_resources=(resource, "AWS::ApplicationAutoScaling::ScalingPolicy")
        if target == "ecs_fargate"
        else (resource, "AWS::AutoScaling::ScalingPolicy"),
        parameters=POLL_PARAMETERS,
    )


def _pushed(target: str, *, explanation: str, alternative: str, second: str) -> Connection:
    return Connection(
        id=f"sqs_standard.{target}.push",
        source="sqs_standard",
        target=target,
        mode=Mode.ASYNCHRONOUS,
        flow=Flow.ASYNC,
        verdict=Verdict.INVALID,
        label="Queue pushes",
        explanation=explanation,
        conditions="A queue waits to be read; it never calls or writes to anything.",
        authority=PIPE_SOURCES,
        alternative=alternative,
        bridge=Bridge("lambda", "Insert a function", "sqs_standard.lambda.event_source_mapping", second),
    )


CONNECTIONS = (
    Connection(
        id="sqs_standard.lambda_alias_version.event_source_mapping",
        source="sqs_standard",
        target="lambda_alias_version",
        mode=Mode.EVENT_SOURCE_MAPPING,
        flow=Flow.POLL,
        verdict=Verdict.VALID,
        label="Event source mapping",
        explanation="Lambda's pollers fetch messages in batches and call the function through the alias, so that its "
        "versions share them and its provisioned concurrency is used.",
        conditions="As for a function without an alias: the queue's visibility timeout must not be shorter than the "
        "function's timeout, and should be six times as long plus the batch window.",
        authority=aws_docs(
            "How Lambda processes records from stream and queue-based event sources",
            "lambda/latest/dg/invocation-eventsourcemapping.html",
        ),
        preferred=True,
        poller="Lambda, with the function's execution role",
        retries="Failed messages come back after the visibility timeout. The queue's own redrive policy ends that.",
        delivery=AT_LEAST_ONCE,
        ordering=UNORDERED,
        permission_side=PermissionSide.EXECUTION_ROLE,
        permission="sqs:ReceiveMessage, sqs:DeleteMessage and sqs:GetQueueAttributes, and kms:Decrypt for a key of "
        "yours",
        cfn_resources=("AWS::Lambda::EventSourceMapping", "AWS::Lambda::Alias"),
        parameters=(*SQS_MAPPING_PARAMETERS, MINIMUM_POLLERS, MAXIMUM_POLLERS),
    ),
    Connection(
        id="sqs_standard.sqs_fifo.redrive",
        source="sqs_standard",
        target="sqs_fifo",
        mode=Mode.FAILURE,
        flow=Flow.ASYNC,
        verdict=Verdict.INVALID,
        label="Dead-letter queue",
        explanation="A standard queue cannot use a FIFO queue as its dead-letter queue.",
        conditions="Both queues have to be of the same kind.",
        authority=service_model("sqs", "CreateQueue.Attributes"),
        alternative="Make the dead-letter queue a standard queue. To pass messages on in order, put a function between "
        "the queues.",
        bridge=Bridge(
            "lambda",
            "Insert a function",
            "sqs_standard.lambda.event_source_mapping",
            "lambda.sqs_fifo.send_message",
        ),
    ),
    Connection(
        id="sqs_standard.eventbridge_pipe.pipe_source",
        source="sqs_standard",
        target="eventbridge_pipe",
        mode=Mode.PIPE,
        flow=Flow.POLL,
        verdict=Verdict.VALID,
        label="Source of a pipe",
        explanation="The pipe fetches messages in batches, filters and enriches them and hands them to its target.",
        conditions="Batches of up to 10,000 messages, but not more than the target takes at once; one execution takes "
        "5 minutes at most, enrichment included. Up to 1,250 executions at once.",
        authority=PIPE_SOURCES,
        preferred=True,
        poller="EventBridge Pipes, with the pipe's role",
        retries="Failed messages come back after the visibility timeout; the queue's redrive policy ends that. The "
        "pipe has no dead-letter queue of its own for a queue.",
        delivery=AT_LEAST_ONCE,
        ordering=UNORDERED,
        permission_side=PermissionSide.SERVICE_ROLE,
        permission="sqs:ReceiveMessage, sqs:DeleteMessage and sqs:GetQueueAttributes on the pipe's role",
        cfn_resources=("AWS::Pipes::Pipe",),
    ),
    _polled(
        "ecs_fargate",
        who="Tasks",
        scaling="Scale the service on the backlog.",
        permission="sqs:ReceiveMessage and sqs:DeleteMessage on the task role",
        authority=aws_docs("Amazon SQS short and long polling", _GUIDE + "sqs-short-and-long-polling.html"),
        resource="AWS::ECS::Service",
    ),
    _polled(
        "ec2_autoscaling_group",
        who="Instances",
        scaling="Scale the group on the backlog per instance.",
        permission="sqs:ReceiveMessage and sqs:DeleteMessage on the instance profile",
        authority=aws_docs("Scaling based on Amazon SQS", "autoscaling/ec2/userguide/as-using-sqs-queue.html"),
        resource="AWS::AutoScaling::AutoScalingGroup",
    ),
    Connection(
        id="sqs_standard.kms.encryption",
        source="sqs_standard",
        target="kms",
        mode=Mode.INTEGRATION,
        flow=Flow.SYNC,
        verdict=Verdict.CONDITIONAL,
        label="Encrypted with the key",
        explanation="SQS encrypts stored messages with data keys that it gets from this key.",
        conditions="Services that write to the queue, such as S3, SNS and EventBridge, need kms:GenerateDataKey* and "
        "kms:Decrypt in the policy of a customer managed key; readers need kms:Decrypt. The SQS key needs nothing.",
        authority=aws_docs("Key management of Amazon SQS", _GUIDE + "sqs-key-management.html"),
        preferred=True,
        retries="SendMessage and ReceiveMessage fail when the key cannot be used.",
        delivery="None",
        ordering="None",
        permission_side=PermissionSide.RESOURCE_POLICY,
        permission="kms:GenerateDataKey* and kms:Decrypt in the key's policy for each sender and reader",
        cfn_resources=("AWS::SQS::Queue", "AWS::KMS::Key"),
        requirements=(
            Requirement(
                End.SOURCE,
                "encryption",
                Comparison.ONE_OF,
                ("kms_customer_managed", "kms_aws_managed"),
                "the queue is encrypted with a KMS key",
                fix="kms_customer_managed",
            ),
        ),
    ),
    _pushed(
        "step_functions_standard",
        explanation="A queue cannot start a state machine.",
        alternative="Let a pipe or a function read the queue and start it.",
        second="lambda.step_functions_standard.start_execution",
    ),
    _pushed(
        "step_functions_express",
        explanation="A queue cannot start a state machine.",
        alternative="Let a pipe or a function read the queue and start it.",
        second="lambda.step_functions_express.start_sync_execution",
    ),
    _pushed(
        "firehose",
        explanation="A queue cannot write to a delivery stream.",
        alternative="Let a pipe or a function read the queue and put the records.",
        second="lambda.firehose.put_record",
    ),
    _pushed(
        "http_endpoint",
        explanation="A queue cannot call an address on the internet.",
        alternative="Let a pipe call an API destination, or a function read the queue and call the address.",
        second="lambda.http_endpoint.request",
    ),
)
