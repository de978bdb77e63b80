"""Who reads from an Amazon MQ broker."""

from designer.domain.catalog.sources import aws_docs
from designer.domain.connections.messaging_parameters import BROKER_MAPPING_PARAMETERS
from designer.domain.connections.spec import (
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

_LAMBDA = aws_docs("Using Lambda with Amazon MQ", "lambda/latest/dg/with-mq.html")
_A_QUEUE = Requirement(
    End.SOURCE,
    "destination_kind",
    Comparison.ONE_OF,
    ("queue",),
    "a queue of the broker is read; a virtual topic counts as one",
    fix="queue",
)

CONNECTIONS = (
    Connection(
        id="mq.lambda.event_source_mapping",
        source="mq",
        target="lambda",
        mode=Mode.EVENT_SOURCE_MAPPING,
        flow=Flow.POLL,
        verdict=Verdict.VALID,
        label="Event source mapping",
        explanation="Lambda's pollers fetch messages from a queue of the broker and call the function with batches.",
        conditions="Queues only. Up to 5 batches at once with ActiveMQ, 1 with RabbitMQ. The function's timeout may be "
        "14 minutes at most. User and password in Secrets Manager; the same account; the broker's subnets need a way "
        "to Lambda, STS and Secrets Manager.",
        authority=_LAMBDA,
        preferred=True,
        poller="Lambda, with the function's execution role",
        retries="The whole batch is repeated until it succeeds or its messages expire. There is no on-failure "
        "destination.",
        delivery=AT_LEAST_ONCE,
        ordering=UNORDERED,
        permission_side=PermissionSide.EXECUTION_ROLE,
        permission="mq:DescribeBroker, secretsmanager:GetSecretValue and the network interfaces of ec2",
        cfn_resources=("AWS::Lambda::EventSourceMapping",),
        requirements=(
            _A_QUEUE,
            Requirement(
                End.TARGET,
                "timeout_s",
                Comparison.AT_MOST,
                (840,),
                "the function's timeout is 14 minutes or less",
                fix=840,
            ),
        ),
        parameters=BROKER_MAPPING_PARAMETERS,
    ),
    Connection(
        id="mq.lambda.topic_mapping",
        source="mq",
        target="lambda",
        mode=Mode.EVENT_SOURCE_MAPPING,
        flow=Flow.POLL,
        verdict=Verdict.INVALID,
        label="Mapping of an ActiveMQ topic",
        explanation="Lambda cannot read a topic of the broker.",
        conditions="Mappings read queues only.",
        authority=_LAMBDA,
        drawable=False,
        alternative="Use a virtual topic, which gives each of its readers a queue.",
    ),
    Connection(
        id="mq.eventbridge_pipe.pipe_source",
        source="mq",
        target="eventbridge_pipe",
        mode=Mode.PIPE,
        flow=Flow.POLL,
        verdict=Verdict.VALID,
        label="Source of a pipe",
        explanation="The pipe fetches messages from a queue of the broker, filters and enriches them and hands them to "
        "its target.",
        conditions="Up to 5 batches at once.",
        authority=PIPE_SOURCES,
        preferred=True,
        poller="EventBridge Pipes, with the pipe's role",
        retries="A failed batch is repeated until its messages expire.",
        delivery=AT_LEAST_ONCE,
        ordering=UNORDERED,
        permission_side=PermissionSide.SERVICE_ROLE,
        permission="mq:DescribeBroker and secretsmanager:GetSecretValue on the pipe's role",
        cfn_resources=("AWS::Pipes::Pipe",),
        requirements=(_A_QUEUE,),
    ),
)
