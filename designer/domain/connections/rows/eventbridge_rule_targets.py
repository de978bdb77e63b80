"""What a rule of a bus can call besides functions, standard queues and topics, buses and REST APIs."""

from __future__ import annotations

from typing import Final

from designer.domain.catalog.sources import aws_docs, service_model
from designer.domain.catalog.spec import Parameter, Source
from designer.domain.connections.event_parameters import (
    API_DESTINATION_RATE,
    CONTENT_BASED_DEDUPLICATION,
    DIRECT_PUT,
    HTTPS,
    MESSAGE_GROUP_ID,
    NEEDS_GROUP_ID,
    PARTITION_KEY,
)
from designer.domain.connections.parameters import TARGET_PARAMETERS
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
from designer.domain.connections.wording import (
    AT_LEAST_ONCE,
    EVENTBRIDGE_POLICIES,
    EVENTBRIDGE_TARGETS,
    LAMBDA_ASYNC_RETRIES,
    RULE_RETRIES,
    UNORDERED,
)

_RULE: Final = "AWS::Events::Rule"
_ROLE: Final = ("AWS::Events::Rule", "AWS::IAM::Role")
_STARTED: Final = "EventBridge does not wait for the end and gets no result."


def _target(
    target: str,
    *,
    explanation: str,
    conditions: str,
    permission: str,
    label: str = "Target",
    verdict: Verdict = Verdict.VALID,
    side: PermissionSide = PermissionSide.SERVICE_ROLE,
    authority: Source = EVENTBRIDGE_TARGETS,
    ordering: str = UNORDERED,
    retries: str = RULE_RETRIES,
    resources: tuple[str, ...] = _ROLE,
    requirements: tuple[Requirement, ...] = (),
    parameters: tuple[Parameter, ...] = (),
) -> Connection:
    return Connection(
        id=f"eventbridge_rule.{target}.target",
        source="eventbridge_rule",
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
        ordering=ordering,
        permission_side=side,
        permission=permission,
        cfn_resources=resources,
        requirements=requirements,
        parameters=(*parameters, *TARGET_PARAMETERS),
    )


CONNECTIONS = (
    _target(
        "lambda_alias_version",
        explanation="EventBridge hands each matching event to Lambda's queue, and Lambda calls the version behind the "
        "alias.",
        conditions="The permission has to be on the alias; one on the function alone does not cover it.",
        side=PermissionSide.RESOURCE_POLICY,
        permission="lambda:InvokeFunction on the alias for events.amazonaws.com, with the rule as the source",
        retries=f"{RULE_RETRIES} Once handed over: {LAMBDA_ASYNC_RETRIES}",
        resources=(_RULE, "AWS::Lambda::Permission"),
    ),
    _target(
        "sqs_fifo",
        explanation="EventBridge sends each matching event to the queue, in one message group that the target names.",
        conditions="The queue has to deduplicate by content, because a target cannot give a deduplication id. The "
        "group is a constant, or one path into the event.",
        verdict=Verdict.CONDITIONAL,
        side=PermissionSide.RESOURCE_POLICY,
        permission="sqs:SendMessage for events.amazonaws.com, with the rule as the source",
        authority=aws_docs(
            "AWS::Events::Rule SqsParameters",
            "AWSCloudFormation/latest/UserGuide/aws-properties-events-rule-sqsparameters.html",
        ),
        ordering="Within each message group, in the order of arrival; the bus itself keeps none",
        resources=(_RULE, "AWS::SQS::QueuePolicy"),
        requirements=(CONTENT_BASED_DEDUPLICATION, NEEDS_GROUP_ID),
        parameters=(MESSAGE_GROUP_ID,),
    ),
    _target(
        "step_functions_standard",
        explanation="Each matching event starts an execution with the event as its input.",
        conditions=f"{_STARTED} A repeated delivery starts a second execution unless the workflow checks the event id.",
        permission="states:StartExecution on the target's role",
    ),
    _target(
        "step_functions_express",
        explanation="Each matching event starts an express execution with the event as its input.",
        conditions=f"{_STARTED} Steps can run more than once.",
        permission="states:StartExecution on the target's role",
    ),
    _target(
        "kinesis_stream",
        explanation="EventBridge puts each matching event into the stream as one record.",
        conditions="The partition key is the event's id unless the target names a path into the event.",
        permission="kinesis:PutRecord on the target's role",
        parameters=(PARTITION_KEY,),
    ),
    _target(
        "firehose",
        explanation="EventBridge puts each matching event into the delivery stream as one record.",
        conditions="Only a delivery stream of the kind Direct PUT takes events.",
        permission="firehose:PutRecord and firehose:PutRecordBatch on the target's role",
        requirements=(DIRECT_PUT,),
    ),
    _target(
        "ecs_fargate",
        explanation="Each matching event starts a task.",
        conditions="The target names the task definition, subnets and security groups. The task sees the event only "
        f"through overrides that an input transformer writes. {_STARTED}",
        permission="ecs:RunTask and iam:PassRole on the target's role",
    ),
    _target(
        "http_endpoint",
        label="API destination",
        explanation="EventBridge calls the address with each matching event, at a rate that you set.",
        conditions="HTTPS only; the endpoint has to answer within 5 s. 401, 407, 409, 429 and 5xx are tried again, "
        "with the pause that Retry-After asks for. The connection keeps the credentials in Secrets Manager.",
        permission="events:InvokeApiDestination on the target's role",
        authority=aws_docs("API destinations as targets", "eventbridge/latest/userguide/eb-api-destinations.html"),
        resources=("AWS::Events::ApiDestination", "AWS::Events::Connection", _RULE),
        requirements=(HTTPS,),
        parameters=(API_DESTINATION_RATE,),
    ),
    _target(
        "cloudwatch_logs",
        explanation="EventBridge writes each matching event into the log group.",
        conditions="Allowed by a resource policy of CloudWatch Logs and not by a role. An input transformer has to "
        "give timestamp and message.",
        side=PermissionSide.RESOURCE_POLICY,
        permission="logs:CreateLogStream and logs:PutLogEvents for events.amazonaws.com and "
        "delivery.logs.amazonaws.com",
        authority=EVENTBRIDGE_POLICIES,
        resources=(_RULE, "AWS::Logs::ResourcePolicy"),
    ),
    _target(
        "redshift",
        label="Data API statement",
        explanation="EventBridge runs an SQL statement through the Redshift Data API.",
        conditions=f"The target names the database and the statement. {_STARTED}",
        permission="redshift-data:ExecuteStatement on the target's role",
        authority=service_model("events", "PutTargets.RedshiftDataParameters"),
    ),
    _target(
        "appsync",
        label="GraphQL mutation",
        explanation="EventBridge calls a mutation, for instance to tell subscribers of the API.",
        conditions="The API has to accept calls signed with IAM, as its default or as a further way to authorize.",
        permission="appsync:GraphQL on the target's role",
        authority=service_model("events", "PutTargets.AppSyncParameters"),
        requirements=(
            Requirement(
                End.TARGET,
                "authorization",
                Comparison.ONE_OF,
                ("AWS_IAM",),
                "the GraphQL API accepts calls signed with IAM",
                certain=False,
            ),
        ),
    ),
    _target(
        "ssm_secrets",
        label="Run Command or Automation",
        explanation="EventBridge starts a Systems Manager command or automation, or opens an OpsItem.",
        conditions="It starts documents of Systems Manager; parameters and secrets are not written.",
        permission="ssm:SendCommand or ssm:StartAutomationExecution on the target's role",
        authority=service_model("events", "PutTargets.RunCommandParameters"),
    ),
)
