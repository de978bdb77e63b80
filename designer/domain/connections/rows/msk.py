"""Who reads from a Kafka cluster."""

from designer.domain.catalog.sources import aws_docs
from designer.domain.connections.messaging_parameters import KAFKA_MAPPING_PARAMETERS
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
from designer.domain.connections.wording import AT_LEAST_ONCE, PIPE_SOURCES

_PER_PARTITION = "Kept within each partition"

CONNECTIONS = (
    Connection(
        id="msk.lambda.event_source_mapping",
        source="msk",
        target="lambda",
        mode=Mode.EVENT_SOURCE_MAPPING,
        flow=Flow.POLL,
        verdict=Verdict.VALID,
        label="Event source mapping",
        explanation="Lambda's pollers read the topic's partitions in order and call the function with batches.",
        conditions="The function's timeout may be 14 minutes at most. The pollers reach the cluster through its "
        "subnets, so these need a NAT gateway or endpoints for Lambda and STS. IAM, user and password or client "
        "certificates.",
        authority=aws_docs("Using Lambda with Amazon MSK", "lambda/latest/dg/with-msk.html"),
        preferred=True,
        poller="Lambda, with the function's execution role",
        retries="A failed batch is repeated until it succeeds or its records expire, and its partition waits, unless "
        "retries or age are limited. Then it goes to the on-failure destination: a queue, a topic, a bucket or a Kafka "
        "topic.",
        delivery=AT_LEAST_ONCE,
        ordering=_PER_PARTITION,
        permission_side=PermissionSide.EXECUTION_ROLE,
        permission="kafka:DescribeClusterV2, kafka:GetBootstrapBrokers, kafka-cluster:* and the network interfaces of "
        "ec2; secretsmanager:GetSecretValue for a secret",
        cfn_resources=("AWS::Lambda::EventSourceMapping",),
        requirements=(
            Requirement(
                End.TARGET,
                "timeout_s",
                Comparison.AT_MOST,
                (840,),
                "the function's timeout is 14 minutes or less",
                fix=840,
            ),
        ),
        parameters=KAFKA_MAPPING_PARAMETERS,
    ),
    Connection(
        id="msk.eventbridge_pipe.pipe_source",
        source="msk",
        target="eventbridge_pipe",
        mode=Mode.PIPE,
        flow=Flow.POLL,
        verdict=Verdict.VALID,
        label="Source of a pipe",
        explanation="The pipe reads the topic's partitions in order, filters and enriches the records and hands them "
        "to its target.",
        conditions="Any target of pipes but Timestream.",
        authority=PIPE_SOURCES,
        preferred=True,
        poller="EventBridge Pipes, with the pipe's role",
        retries="A failed batch is repeated, and its partition waits.",
        delivery=AT_LEAST_ONCE,
        ordering=_PER_PARTITION,
        permission_side=PermissionSide.SERVICE_ROLE,
        permission="kafka:DescribeClusterV2, kafka:GetBootstrapBrokers and kafka-cluster:* on the pipe's role",
        cfn_resources=("AWS::Pipes::Pipe",),
    ),
    Connection(
        id="msk.sns_standard.push",
        source="msk",
        target="sns_standard",
        mode=Mode.ASYNCHRONOUS,
        flow=Flow.ASYNC,
        verdict=Verdict.INVALID,
        label="Topic pushes",
        explanation="A Kafka topic cannot publish to SNS.",
        conditions="Kafka waits to be read; it never calls anything.",
        authority=PIPE_SOURCES,
        alternative="Let a pipe or a function read the topic and publish.",
        bridge=Bridge("lambda", "Insert a function", "msk.lambda.event_source_mapping", "lambda.sns_standard.publish"),
    ),
)
