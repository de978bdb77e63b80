"""The role of a node: what its own edges and settings need to be allowed, and nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from designer.domain.connections.permissions import held_by_neither_end, is_optional, permitted_actions
from designer.domain.connections.spec import Flow, PermissionSide
from designer.domain.derived.resources import is_about, log_group, resources_of
from designer.domain.derived.statements import EVERYTHING, Resource, Statement, merged, statement_name
from designer.domain.graph.model import Design, Edge, Node
from designer.domain.network.placement import in_vpc

_ROLE_SIDES: Final = (PermissionSide.EXECUTION_ROLE, PermissionSide.SERVICE_ROLE)

TRUSTED: Final = {
    "lambda": "lambda.amazonaws.com",
    "step_functions_standard": "states.amazonaws.com",
    "step_functions_express": "states.amazonaws.com",
    "eventbridge_pipe": "pipes.amazonaws.com",
    "eventbridge_scheduler": "scheduler.amazonaws.com",
    "eventbridge_rule": "events.amazonaws.com",
    "eventbridge_bus": "events.amazonaws.com",
    "api_gateway_rest": "apigateway.amazonaws.com",
    "api_gateway_http": "apigateway.amazonaws.com",
    "api_gateway_websocket": "apigateway.amazonaws.com",
    "appsync": "appsync.amazonaws.com",
    "firehose": "firehose.amazonaws.com",
    "managed_flink": "kinesisanalytics.amazonaws.com",
    "kinesis_analytics_sql": "kinesisanalytics.amazonaws.com",
    "iot_rule": "iot.amazonaws.com",
    "s3": "s3.amazonaws.com",
    "ecs_fargate": "ecs-tasks.amazonaws.com",
    "ec2_autoscaling_group": "ec2.amazonaws.com",
    "cloudwatch_logs": "logs.amazonaws.com",
    "cognito_identity_pool": "cognito-identity.amazonaws.com",
    "cognito_user_pool": "cognito-idp.amazonaws.com",
    "rds_aurora": "rds.amazonaws.com",
    "redshift": "redshift.amazonaws.com",
    "ssm_secrets": "lambda.amazonaws.com",
    "cloudfront": "cloudfront.amazonaws.com",
}
"""Which service takes the role of a node of each kind."""

_VPC_ACTIONS: Final = (
    "ec2:AssignPrivateIpAddresses",
    "ec2:CreateNetworkInterface",
    "ec2:DeleteNetworkInterface",
    "ec2:DescribeNetworkInterfaces",
    "ec2:DescribeSubnets",
    "ec2:UnassignPrivateIpAddresses",
)
"""What Lambda itself needs to attach a function to subnets; AWS's managed policy for it has the same."""

_TRACED_BY_ROLE: Final = ("lambda", "step_functions_standard", "step_functions_express")
"""Services that write their traces with their own role; the others have a role that AWS manages."""

_OWN_KEY: Final = "kms_customer_managed"


def role_statements(design: Design, node: Node) -> tuple[Statement, ...]:
    """The least that the node's role has to allow: execution role of code, or role that a service is passed."""
    statements = [*_from_edges(design, node), *_from_keys(design, node), *_from_large_messages(design, node)]
    if node.service == "lambda":
        statements += _of_a_function(design, node)
    if node.service in _TRACED_BY_ROLE and node.value("xray_tracing") is True:
        actions = ("xray:PutTelemetryRecords", "xray:PutTraceSegments")
        statements.append(Statement("WithoutResource", actions, (EVERYTHING,), because=("xray_tracing",)))
    return merged(statements)


def role_edges(design: Design, node: Node) -> Iterator[tuple[Edge, Node]]:
    """The edges whose permission the node's role carries, each with the node that it is used on.

    Whoever reads carries it: a function polls the queue that leads to it.
    """
    for edge in (*design.outgoing(node.id), *design.incoming(node.id)):
        row = edge.row
        if row is None or not row.usable or row.permission_side not in _ROLE_SIDES:
            continue
        if is_optional(row) or held_by_neither_end(row):
            continue
        reader = row.flow is Flow.POLL
        if (edge.target if reader else edge.source) == node.id:
            yield edge, design.nodes[edge.source if reader else edge.target]


def _from_edges(design: Design, node: Node) -> Iterator[Statement]:
    for edge, used in role_edges(design, node):
        row = edge.row
        assert row is not None
        by_resource: dict[tuple[Resource, ...], list[str]] = {}
        for action in permitted_actions(row, edge.value("action")):
            if is_about(action, used):
                by_resource.setdefault(resources_of(action, used), []).append(action)
        for resources, actions in by_resource.items():
            name = statement_name("Use", used.label) if resources != (EVERYTHING,) else "WithoutResource"
            yield Statement(name, tuple(sorted(actions)), resources, because=(edge.id,))


def _from_keys(design: Design, node: Node) -> Iterator[Statement]:
    """Using what is encrypted with a key of the person's own needs the key too."""
    for edge, used in role_edges(design, node):
        if used.value("encryption") != _OWN_KEY:
            continue
        row = edge.row
        assert row is not None
        reads = row.flow is Flow.POLL or _only_reads(permitted_actions(row, edge.value("action")))
        actions = ("kms:Decrypt",) if reads else ("kms:Decrypt", "kms:GenerateDataKey")
        yield Statement(statement_name("Key", "of", used.label), actions, (_key(design, used),), because=(edge.id,))


def _from_large_messages(design: Design, node: Node) -> Iterator[Statement]:
    """Senders and readers of messages that lie in S3 need the bucket too."""
    for edge, used in role_edges(design, node):
        if used.service not in ("sqs_standard", "sqs_fifo") or used.value("extended_client") is not True:
            continue
        label = used.value("extended_client_bucket")
        bucket = next((candidate for candidate in design.nodes_of("s3") if candidate.label == label), None)
        if bucket is not None:
            actions = ("s3:DeleteObject", "s3:GetObject") if edge.flow is Flow.POLL else ("s3:PutObject",)
            name = statement_name("LargeMessages", "of", used.label)
            yield Statement(name, actions, (Resource(bucket.id, suffix="/*"),), because=(edge.id,))


def _only_reads(actions: tuple[str, ...]) -> bool:
    return bool(actions) and all(action.partition(":")[2].startswith(("Get", "Receive", "Read")) for action in actions)


def _key(design: Design, used: Node) -> Resource:
    """The key's node where one is drawn."""
    for edge in design.outgoing(used.id):
        if design.nodes[edge.target].service == "kms":
            return Resource(edge.target)
    return Resource(used.id, "KmsKeyArn")


def _of_a_function(design: Design, node: Node) -> Iterator[Statement]:
    yield Statement(
        "WriteLogs",
        ("logs:CreateLogGroup", "logs:CreateLogStream", "logs:PutLogEvents"),
        (log_group(node),),
        because=("logs",),
    )
    if in_vpc(design, node):
        yield Statement("WithoutResource", _VPC_ACTIONS, (EVERYTHING,), because=("in_vpc",))
