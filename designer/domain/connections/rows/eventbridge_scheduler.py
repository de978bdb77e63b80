"""What EventBridge Scheduler calls: six kinds of target that it knows, and any call of the AWS SDK."""

from __future__ import annotations

from typing import Final

from designer.domain.catalog.sources import aws_docs, service_model
from designer.domain.catalog.spec import Parameter, Source
from designer.domain.connections.event_parameters import (
    CONTENT_BASED_DEDUPLICATION,
    DATABASE_COMMAND,
    DIRECT_PUT,
    EVENT_NAMES,
    MESSAGE_GROUP_ID,
    NEEDS_EVENT_NAMES,
    NEEDS_GROUP_ID,
    NEEDS_PARTITION_KEY,
    PARTITION_KEY,
    SCHEDULED_WRITE,
    SCHEDULER_TARGET_PARAMETERS,
    WRITES_ONLY,
)
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
from designer.domain.connections.wording import AT_LEAST_ONCE, LAMBDA_ASYNC_RETRIES, TERMINAL, UNORDERED

_SCHEDULE: Final = "AWS::Scheduler::Schedule"
_TEMPLATED: Final = aws_docs(
    "Templated targets in EventBridge Scheduler", "scheduler/latest/UserGuide/managing-targets-templated.html"
)
_UNIVERSAL: Final = aws_docs(
    "Universal targets in EventBridge Scheduler", "scheduler/latest/UserGuide/managing-targets-universal.html"
)
_RETRIES: Final = (
    "Scheduler tries for up to 24 hours and 185 times, or as often as you say; then the call goes to the "
    "dead-letter queue, a standard queue, or is lost."
)
_ROLE: Final = "Scheduler always needs a role that scheduler.amazonaws.com may take on."


def _target(
    target: str,
    *,
    explanation: str,
    permission: str,
    conditions: str = _ROLE,
    verdict: Verdict = Verdict.VALID,
    label: str = "Target",
    authority: Source = _TEMPLATED,
    retries: str = _RETRIES,
    requirements: tuple[Requirement, ...] = (),
    parameters: tuple[Parameter, ...] = (),
) -> Connection:
    return Connection(
        id=f"eventbridge_scheduler.{target}.target",
        source="eventbridge_scheduler",
        target=target,
        mode=Mode.RULE_TARGET,
        flow=Flow.ASYNC,
        verdict=verdict,
        label=label,
        explanation=explanation,
        conditions=conditions,
        authority=authority,
        preferred=True,
        retries=retries,
        delivery=AT_LEAST_ONCE,
        ordering=UNORDERED,
        permission_side=PermissionSide.SERVICE_ROLE,
        permission=f"{permission} on the schedule's role",
        cfn_resources=(_SCHEDULE, "AWS::IAM::Role"),
        requirements=requirements,
        parameters=(*parameters, *SCHEDULER_TARGET_PARAMETERS),
    )


CONNECTIONS = (
    _target(
        "lambda",
        explanation="Scheduler hands its input to Lambda's queue, and Lambda calls the function.",
        conditions=f"{_ROLE} A permission on the function is not needed.",
        permission="lambda:InvokeFunction",
        retries=f"{_RETRIES} Once handed over: {LAMBDA_ASYNC_RETRIES}",
    ),
    _target(
        "sqs_standard",
        explanation="Scheduler sends its input to the queue as a message.",
        permission="sqs:SendMessage",
    ),
    _target(
        "sqs_fifo",
        explanation="Scheduler sends its input to the queue, in the message group that the schedule names.",
        conditions="The queue has to deduplicate by content, because a schedule cannot give a deduplication id.",
        permission="sqs:SendMessage",
        requirements=(CONTENT_BASED_DEDUPLICATION, NEEDS_GROUP_ID),
        parameters=(MESSAGE_GROUP_ID,),
    ),
    _target(
        "sns_standard",
        explanation="Scheduler publishes its input on the topic.",
        permission="sns:Publish",
    ),
    _target(
        "sns_fifo",
        explanation="Scheduler calls sns:Publish as a universal target and gives the message group in its input.",
        conditions="The ready-made target for topics has no message group; use the universal one, "
        "arn:aws:scheduler:::aws-sdk:sns:publish.",
        permission="sns:Publish",
        verdict=Verdict.CONDITIONAL,
        authority=_UNIVERSAL,
        requirements=(
            Requirement(
                End.EDGE,
                "message_group_id",
                Comparison.IS_SET,
                (),
                "the input names a message group",
                fix="events",
                certain=False,
            ),
        ),
        parameters=(MESSAGE_GROUP_ID,),
    ),
    _target(
        "step_functions_standard",
        explanation="Scheduler starts an execution with its input and goes on.",
        permission="states:StartExecution",
    ),
    _target(
        "step_functions_express",
        explanation="Scheduler starts an express execution with its input and goes on; it cannot wait for the result.",
        permission="states:StartExecution",
    ),
    _target(
        "eventbridge_bus",
        explanation="Scheduler puts an event on the bus, with the source and detail type that the schedule names.",
        conditions=f"{_ROLE} The schedule has to give DetailType and Source.",
        permission="events:PutEvents",
        requirements=NEEDS_EVENT_NAMES,
        parameters=EVENT_NAMES,
    ),
    _target(
        "kinesis_stream",
        explanation="Scheduler puts its input into the stream as a record.",
        conditions=f"{_ROLE} The schedule has to give a partition key.",
        permission="kinesis:PutRecord",
        requirements=(NEEDS_PARTITION_KEY,),
        parameters=(PARTITION_KEY,),
    ),
    _target(
        "firehose",
        explanation="Scheduler puts its input into the delivery stream as a record.",
        conditions="Only a delivery stream of the kind Direct PUT takes records.",
        permission="firehose:PutRecord",
        requirements=(DIRECT_PUT,),
    ),
    _target(
        "ecs_fargate",
        explanation="Scheduler starts a task and goes on.",
        conditions=f"{_ROLE} The schedule names the task definition, subnets and security groups.",
        permission="ecs:RunTask and iam:PassRole",
    ),
    _target(
        "dynamodb",
        label="Universal target",
        explanation="Scheduler calls the table through the AWS SDK, with the item in its input.",
        conditions="Any call but those that read: get, describe, list, poll, receive, search, scan, query and batch "
        "reads are refused.",
        permission="dynamodb:PutItem, or the action that you choose,",
        verdict=Verdict.CONDITIONAL,
        authority=_UNIVERSAL,
        requirements=(WRITES_ONLY,),
        parameters=(SCHEDULED_WRITE,),
    ),
    _target(
        "rds_aurora",
        label="Universal target",
        explanation="Scheduler calls the control plane of RDS, for instance to stop a database at night.",
        conditions="Starting, stopping and the like; statements in SQL are not possible.",
        permission="rds:StopDBCluster, or the action that you choose,",
        verdict=Verdict.CONDITIONAL,
        authority=_UNIVERSAL,
        parameters=(DATABASE_COMMAND,),
    ),
    Connection(
        id="eventbridge_scheduler.http_endpoint.target",
        source="eventbridge_scheduler",
        target="http_endpoint",
        mode=Mode.RULE_TARGET,
        flow=Flow.ASYNC,
        verdict=Verdict.INVALID,
        label="Target",
        explanation="Scheduler cannot call an address of its own choice.",
        conditions="Its targets are calls of the AWS SDK.",
        authority=_UNIVERSAL,
        alternative="Let a function make the call, or put an event on a bus whose rule has an API destination.",
        bridge=Bridge(
            "lambda", "Insert a function", "eventbridge_scheduler.lambda.target", "lambda.http_endpoint.request"
        ),
    ),
    Connection(
        id="eventbridge_scheduler.sqs_standard.target_dlq",
        source="eventbridge_scheduler",
        target="sqs_standard",
        mode=Mode.FAILURE,
        flow=Flow.ASYNC,
        verdict=Verdict.VALID,
        label="Target's dead-letter queue",
        explanation="Scheduler sends a call here that the target did not accept in time.",
        conditions="A standard queue in the same Region.",
        authority=service_model("scheduler", "CreateSchedule.Target.DeadLetterConfig"),
        retries=TERMINAL,
        delivery=AT_LEAST_ONCE,
        ordering=UNORDERED,
        permission_side=PermissionSide.SERVICE_ROLE,
        permission="sqs:SendMessage on the schedule's role",
        cfn_resources=(_SCHEDULE,),
    ),
)
