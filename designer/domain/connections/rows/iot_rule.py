"""What an AWS IoT rule does with a message: its actions, and the one for errors."""

from __future__ import annotations

from typing import Final

from designer.domain.catalog.sources import aws_docs, service_model
from designer.domain.catalog.spec import Parameter, Source
from designer.domain.connections.event_parameters import (
    DIRECT_PUT,
    HTTPS,
    NEEDS_VPC_DESTINATION,
    PARTITION_KEY,
    VPC_DESTINATION,
)
from designer.domain.connections.spec import (
    Connection,
    Flow,
    Mode,
    PermissionSide,
    Requirement,
    Verdict,
)
from designer.domain.connections.wording import AT_LEAST_ONCE, LAMBDA_ASYNC_RETRIES, TERMINAL, UNORDERED

_GUIDE: Final = "iot/latest/developerguide/"
_RULE: Final = "AWS::IoT::TopicRule"
_ACTIONS: Final = service_model("iot", "TopicRulePayload.actions")
_ERRORS: Final = aws_docs("Error handling (error action)", _GUIDE + "rule-error-handling.html")
_RETRIES: Final = (
    "AWS IoT tries again by itself when the other service fails; then the message goes to the rule's error action, "
    "or is lost."
)


def _action(
    target: str,
    *,
    explanation: str,
    permission: str,
    conditions: str = "The rule names a role that AWS IoT takes on.",
    label: str = "Action",
    verdict: Verdict = Verdict.VALID,
    side: PermissionSide = PermissionSide.SERVICE_ROLE,
    authority: Source = _ACTIONS,
    retries: str = _RETRIES,
    resources: tuple[str, ...] = (_RULE, "AWS::IAM::Role"),
    requirements: tuple[Requirement, ...] = (),
    parameters: tuple[Parameter, ...] = (),
) -> Connection:
    return Connection(
        id=f"iot_rule.{target}.target",
        source="iot_rule",
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
        permission_side=side,
        permission=permission,
        cfn_resources=resources,
        requirements=requirements,
        parameters=parameters,
    )


def _error_action(target: str, what: str, permission: str, side: PermissionSide) -> Connection:
    return Connection(
        id=f"iot_rule.{target}.on_failure",
        source="iot_rule",
        target=target,
        mode=Mode.FAILURE,
        flow=Flow.ASYNC,
        verdict=Verdict.VALID,
        label="Error action",
        explanation=f"When actions of the rule fail, AWS IoT {what} once, with the message and what went wrong.",
        conditions="One error action for each rule, for all its actions together.",
        authority=_ERRORS,
        retries=TERMINAL,
        delivery=AT_LEAST_ONCE,
        ordering=UNORDERED,
        permission_side=side,
        permission=permission,
        cfn_resources=(_RULE,),
    )


CONNECTIONS = (
    _action(
        "lambda",
        explanation="AWS IoT hands each matching message to Lambda's queue, and Lambda calls the function.",
        conditions="A message has 128 KB at most.",
        side=PermissionSide.RESOURCE_POLICY,
        permission="lambda:InvokeFunction for iot.amazonaws.com, with the rule as the source",
        authority=aws_docs("Lambda rule action", _GUIDE + "lambda-rule-action.html"),
        retries=f"{_RETRIES} Once handed over: {LAMBDA_ASYNC_RETRIES}",
        resources=(_RULE, "AWS::Lambda::Permission"),
    ),
    _action(
        "sqs_standard",
        explanation="AWS IoT sends each matching message to the queue.",
        conditions="The queue may be in another Region. Messages that are not text have to be sent in Base64.",
        permission="sqs:SendMessage on the action's role",
        authority=aws_docs("SQS rule action", _GUIDE + "sqs-rule-action.html"),
    ),
    _action(
        "sns_standard",
        explanation="AWS IoT publishes each matching message on the topic.",
        permission="sns:Publish on the action's role",
        authority=aws_docs("SNS rule action", _GUIDE + "sns-rule-action.html"),
    ),
    _action(
        "kinesis_stream",
        explanation="AWS IoT puts each matching message into the stream.",
        conditions="The partition key is a template such as ${newuuid()} or ${clientId()}; a constant fills one shard.",
        permission="kinesis:PutRecord on the action's role",
        parameters=(PARTITION_KEY,),
    ),
    _action(
        "firehose",
        explanation="AWS IoT puts each matching message into the delivery stream.",
        conditions="Only a delivery stream of the kind Direct PUT takes messages. A separator between records and "
        "batches are settings of the action.",
        permission="firehose:PutRecord and firehose:PutRecordBatch on the action's role",
        requirements=(DIRECT_PUT,),
    ),
    _action(
        "dynamodb",
        explanation="AWS IoT writes an item for each matching message, in one column or one for each attribute.",
        permission="dynamodb:PutItem on the action's role",
    ),
    _action(
        "s3",
        explanation="AWS IoT writes one object for each matching message.",
        conditions="Each message costs a PUT request; Data Firehose collects them into larger objects.",
        permission="s3:PutObject on the action's role",
    ),
    _action(
        "step_functions_standard",
        explanation="AWS IoT starts an execution for each matching message and goes on.",
        permission="states:StartExecution on the action's role",
    ),
    _action(
        "step_functions_express",
        explanation="AWS IoT starts an express execution for each matching message and goes on.",
        permission="states:StartExecution on the action's role",
    ),
    _action(
        "http_endpoint",
        label="HTTP action",
        explanation="AWS IoT posts each matching message to the address.",
        conditions="HTTPS, and the owner of the address has to confirm it first. The answer has to come within 3 s.",
        permission="None, or a role with which AWS IoT signs the request",
        requirements=(HTTPS,),
    ),
    _action(
        "opensearch",
        explanation="AWS IoT writes a document for each matching message.",
        permission="es:ESHttpPut on the action's role",
    ),
    _action(
        "cloudwatch_logs",
        explanation="AWS IoT writes each matching message into the log group.",
        permission="logs:CreateLogStream and logs:PutLogEvents on the action's role",
    ),
    _action(
        "cloudwatch_alarm",
        explanation="AWS IoT sets the alarm's state when a message matches.",
        permission="cloudwatch:SetAlarmState on the action's role",
    ),
    _action(
        "msk",
        label="Kafka action",
        explanation="AWS IoT writes each matching message to a topic of the cluster.",
        conditions="Through network interfaces in the cluster's VPC; the credentials are in Secrets Manager.",
        permission="ec2:CreateNetworkInterface and the like, and secretsmanager:GetSecretValue on the action's role",
        verdict=Verdict.CONDITIONAL,
        requirements=(NEEDS_VPC_DESTINATION,),
        parameters=(VPC_DESTINATION,),
    ),
    _action(
        "iot_rule",
        label="Republish action",
        explanation="AWS IoT publishes the result on another topic, where the other rule takes it.",
        conditions="The new topic must not match the rule itself, or the message goes round for ever.",
        permission="iot:Publish on the action's role",
    ),
    _error_action(
        "sqs_standard",
        "sends a message to this queue",
        "sqs:SendMessage on the action's role",
        PermissionSide.SERVICE_ROLE,
    ),
    _error_action(
        "sns_standard",
        "publishes on this topic",
        "sns:Publish on the action's role",
        PermissionSide.SERVICE_ROLE,
    ),
    _error_action(
        "s3",
        "writes an object here",
        "s3:PutObject on the action's role",
        PermissionSide.SERVICE_ROLE,
    ),
    _error_action(
        "lambda",
        "calls this function",
        "lambda:InvokeFunction for iot.amazonaws.com, with the rule as the source",
        PermissionSide.RESOURCE_POLICY,
    ),
)
