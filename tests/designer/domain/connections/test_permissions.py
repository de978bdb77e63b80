"""Actions and principals, as rows state them, are real ones of AWS."""

from __future__ import annotations

import re
from functools import cache

import botocore.session
import pytest

from designer.domain.connections.permissions import (
    chosen_prefix,
    is_optional,
    permitted_actions,
    principal,
    stated_actions,
)
from designer.domain.connections.registry import connections
from designer.domain.connections.spec import Connection, PermissionSide
from tests.grouped import grouped

PERMITTED = [row for row in connections().values() if row.usable and row.permission_side is not PermissionSide.NONE]

TOLD_OTHERWISE = (
    "service-linked role",
    "security group",
    "endpoint's policy",
    "CloudWatch role",
    "network interfaces",
    "AWSLambdaVPCAccessExecutionRole",
    "resource policy of X-Ray",
)
"""Words of rows whose permission is no action of one of its ends: who may pass is told by something else."""

MODELS = {
    "cognito-idp": "cognito-idp",
    "dynamodb": "dynamodb",
    "ecs": "ecs",
    "events": "events",
    "firehose": "firehose",
    "kafka": "kafka",
    "kinesis": "kinesis",
    "kms": "kms",
    "lambda": "lambda",
    "logs": "logs",
    "mq": "mq",
    "rds": "rds",
    "rds-data": "rds-data",
    "redshift-data": "redshift-data",
    "secretsmanager": "secretsmanager",
    "sns": "sns",
    "sqs": "sqs",
    "ssm": "ssm",
    "states": "stepfunctions",
    "wafv2": "wafv2",
    "xray": "xray",
    "cloudwatch": "cloudwatch",
    "ec2": "ec2",
    "iot": "iot-data",
    "s3": "s3",
}
"""The service model that has the operations of a prefix; the other prefixes have none that botocore knows."""

PERMISSIONS_WITHOUT_OPERATION = {
    "events:InvokeApiDestination",
    "events:RetrieveConnectionCredentials",
    "iot:Connect",
    "lambda:InvokeFunction",
    "lambda:InvokeFunctionUrl",
    "lambda:InvokeWithResponseStream",
    "logs:CreateLogDelivery",
    "s3:ListBucket",
    "s3:ReplicateDelete",
    "s3:ReplicateObject",
    "s3:ReplicateTags",
    "s3:GetReplicationConfiguration",
    "s3:GetObjectVersionForReplication",
    "states:InvokeHTTPEndpoint",
    "dynamodb:ConditionCheckItem",
    "lambda:EnableReplication",
    "logs:GetLogDelivery",
    "logs:UpdateLogDelivery",
    "logs:DeleteLogDelivery",
    "logs:ListLogDeliveries",
}
"""Actions of AWS's service authorization reference that are no operation of the same name."""

SERVICE_PRINCIPAL = re.compile(r"[a-z0-9-]+(\.[a-z0-9-]+)*\.amazonaws\.com")


@cache
def operations(service: str) -> frozenset[str]:
    return frozenset(botocore.session.get_session().get_service_model(service).operation_names)


@grouped((row.source, (row,)) for row in PERMITTED)
def test_a_usable_row_with_a_permission_names_its_actions(row: Connection) -> None:
    named = stated_actions(row.id) or chosen_prefix(row)
    told = any(words.lower() in row.permission.lower() for words in TOLD_OTHERWISE)
    assert named or is_optional(row) or told, row.permission


@grouped((row.source, (row,)) for row in PERMITTED)
def test_each_action_exists_in_the_service_model(row: Connection) -> None:
    for action in stated_actions(row.id):
        prefix, _, name = action.partition(":")
        if action in PERMISSIONS_WITHOUT_OPERATION or prefix not in MODELS:
            continue
        known = operations(MODELS[prefix])
        if prefix == "dynamodb":
            known |= operations("dynamodbstreams")
        found = [other for other in known if other.startswith(name[:-1])] if name.endswith("*") else {name} & known
        assert found, action


@grouped((row.source, (row,)) for row in PERMITTED)
def test_a_chosen_action_is_one_that_its_service_has(row: Connection) -> None:
    prefix = chosen_prefix(row)
    choices = next((p.choices for p in row.parameters if p.id == "action"), ())
    if prefix and choices:
        assert {choice.value for choice in choices} <= operations(MODELS[prefix]), row.id


@grouped((row.source, (row,)) for row in PERMITTED)
def test_a_principal_is_an_address_of_aws(row: Connection) -> None:
    assert principal(row.id) == "" or SERVICE_PRINCIPAL.fullmatch(principal(row.id))


@pytest.mark.point("LAM-07")
def test_the_chosen_action_is_the_only_one_that_is_allowed() -> None:
    rows = connections()
    assert permitted_actions(rows["lambda.dynamodb.api"], "Query") == ("dynamodb:Query",)
    assert permitted_actions(rows["lambda.s3.api"], "GetObject") == ("s3:GetObject",)
    assert permitted_actions(rows["lambda.s3.api"], None) == ("s3:GetObject", "s3:PutObject", "s3:DeleteObject")
    assert permitted_actions(rows["lambda.sqs_standard.send_message"], None) == ("sqs:SendMessage",)


def test_a_row_that_needs_no_permission_states_none() -> None:
    assert stated_actions("s3.eventbridge_bus.events") == ()
    assert stated_actions("no.such.row") == ()
    assert principal("no.such.row") == ""
