"""What the containers of a service call, and what ECS tells about them."""

from __future__ import annotations

from typing import Final

from designer.domain.catalog.sources import aws_docs
from designer.domain.catalog.spec import Parameter
from designer.domain.connections.parameters import CALLS_PER_REQUEST, S3_ACTION, TABLE_CALL
from designer.domain.connections.spec import Connection, Flow, Mode, PermissionSide, Verdict
from designer.domain.connections.wording import AT_LEAST_ONCE, RULE_RETRIES, SDK_RETRIES, UNORDERED

_GUIDE: Final = "AmazonECS/latest/developerguide/"
_ROLE: Final = aws_docs("Amazon ECS task IAM role", _GUIDE + "task-iam-roles.html")
_EVENTS: Final = aws_docs(
    "Automate responses to Amazon ECS errors using EventBridge", _GUIDE + "cloudwatch_event_stream.html"
)
_WAY_OUT: Final = (
    "Tasks in private subnets need a NAT gateway or VPC endpoints, for this call as for pulling their image."
)


def _call(
    target: str,
    mechanism: str,
    label: str,
    explanation: str,
    permission: str,
    *,
    conditions: str = _WAY_OUT,
    hands_over: bool = False,
    parameters: tuple[Parameter, ...] = (),
) -> Connection:
    return Connection(
        id=f"ecs_fargate.{target}.{mechanism}",
        source="ecs_fargate",
        target=target,
        mode=Mode.ASYNCHRONOUS if hands_over else Mode.SYNCHRONOUS,
        flow=Flow.ASYNC if hands_over else Flow.SYNC,
        verdict=Verdict.VALID,
        label=label,
        explanation=explanation,
        conditions=conditions,
        authority=_ROLE,
        preferred=True,
        retries=SDK_RETRIES,
        delivery=AT_LEAST_ONCE,
        ordering=UNORDERED,
        permission_side=PermissionSide.EXECUTION_ROLE,
        permission=permission,
        cfn_resources=("AWS::ECS::TaskDefinition", "AWS::IAM::Role"),
        parameters=(CALLS_PER_REQUEST, *parameters),
    )


def _events(target: str, explanation: str) -> Connection:
    return Connection(
        id=f"ecs_fargate.{target}.events",
        source="ecs_fargate",
        target=target,
        mode=Mode.ASYNCHRONOUS,
        flow=Flow.ASYNC,
        verdict=Verdict.VALID,
        label="Task and service events",
        explanation=explanation,
        conditions="Only on the default bus of the account and Region, and without any setting.",
        authority=_EVENTS,
        preferred=True,
        retries=RULE_RETRIES,
        delivery=AT_LEAST_ONCE,
        ordering=UNORDERED,
        permission_side=PermissionSide.NONE,
        permission="None needed",
        cfn_resources=("AWS::Events::Rule",),
    )


CONNECTIONS = (
    _call(
        "sqs_standard",
        "send_message",
        "SendMessage",
        "The code sends a message and goes on; a consumer fetches it later.",
        "sqs:SendMessage for the task role, not the execution role",
        hands_over=True,
    ),
    _call(
        "s3",
        "api",
        "Read or write objects",
        "The code reads or writes an object and waits.",
        "s3:GetObject, s3:PutObject or s3:DeleteObject for the task role, not the execution role",
        parameters=(S3_ACTION,),
    ),
    _call(
        "dynamodb",
        "api",
        "Read or write items",
        "The code reads or writes items and waits.",
        "The dynamodb: action that is called, for the task role, not the execution role",
        parameters=TABLE_CALL,
    ),
    _call(
        "rds_aurora",
        "sql",
        "SQL over a connection",
        "The code sends SQL over a connection of its pool and waits.",
        "A security group rule that lets the tasks in; rds-db:connect for IAM authentication",
        conditions="The tasks lie in the database's VPC or in one connected with it.",
    ),
    _call(
        "elasticache",
        "call",
        "Read or write keys",
        "The code reads or writes keys in the cache and waits.",
        "A security group rule that lets the tasks in",
        conditions="The tasks lie in the cache's VPC or in one connected with it.",
    ),
    _events("eventbridge_bus", "Changes of tasks and services appear on the default bus by themselves."),
    _events("eventbridge_rule", "A rule on the default bus picks out changes of tasks and services (source aws.ecs)."),
)
