"""Which resource of a node an action is about."""

from __future__ import annotations

from typing import Final

from designer.domain.derived.statements import EVERYTHING, Resource
from designer.domain.graph.model import Node

_ACCOUNT: Final = "${AWS::Region}:${AWS::AccountId}"

_UNRESTRICTED: Final = frozenset(
    {
        *("dynamodb:ListStreams", "kinesis:ListStreams", "xray:PutTraceSegments", "xray:PutTelemetryRecords"),
        *("ec2:CreateNetworkInterface", "ec2:DescribeNetworkInterfaces", "ec2:DeleteNetworkInterface"),
        *("ec2:DescribeSubnets", "ec2:DescribeSecurityGroups", "ec2:DescribeVpcs"),
        *("ec2:AssignPrivateIpAddresses", "ec2:UnassignPrivateIpAddresses"),
        *("logs:CreateLogDelivery", "logs:GetLogDelivery", "logs:UpdateLogDelivery", "logs:DeleteLogDelivery"),
        *(
            "logs:ListLogDeliveries",
            "logs:PutResourcePolicy",
            "logs:DescribeResourcePolicies",
            "logs:DescribeLogGroups",
        ),
        *("xray:GetSamplingRules", "xray:GetSamplingTargets", "cloudwatch:PutMetricData", "states:InvokeHTTPEndpoint"),
        *("ecs:StopTask", "ecs:DescribeTasks"),
        *("states:SendTaskSuccess", "states:SendTaskFailure", "states:SendTaskHeartbeat"),
    }
)
"""Actions that take no resource, or one that is not known before they are used."""

_RULE_OF_STATE_MACHINES: Final = frozenset({"events:PutTargets", "events:PutRule", "events:DescribeRule"})
"""By a rule that AWS manages, a state machine hears that what it started has ended."""

_STREAM_ACTIONS: Final = frozenset({"dynamodb:GetRecords", "dynamodb:GetShardIterator", "dynamodb:DescribeStream"})
_INDEX_ACTIONS: Final = frozenset({"dynamodb:Query", "dynamodb:Scan"})
_OWN_PREFIXES: Final = {
    "sqs": ("sqs_standard", "sqs_fifo"),
    "sns": ("sns_standard", "sns_fifo"),
    "lambda": ("lambda", "lambda_alias_version"),
    "s3": ("s3",),
    "dynamodb": ("dynamodb",),
    "kms": ("kms",),
    "execute-api": ("api_gateway_rest", "api_gateway_http", "api_gateway_websocket"),
}
"""Services whose nodes are what an action of the prefix is about."""


def resources_of(action: str, node: Node) -> tuple[Resource, ...]:
    """The resources that the action needs when it is used on the node."""
    if action in _UNRESTRICTED:
        return (EVERYTHING,)
    prefix, _, name = action.partition(":")
    if prefix == "iam":
        return (Resource(node.id, "RoleArn"),)
    if action in _RULE_OF_STATE_MACHINES and not node.service.startswith("eventbridge"):
        return (Resource(prefix=f"arn:aws:events:{_ACCOUNT}:rule/", suffix="StepFunctionsGetEvents*"),)
    match prefix, node.service:
        case "states", _ if name in ("DescribeExecution", "StopExecution"):
            return (Resource(node.id, "Name", prefix=f"arn:aws:states:{_ACCOUNT}:execution:", suffix=":*"),)
        case "ecs", "ecs_fargate":
            return (Resource(node.id, "TaskDefinitionArn"),)
        case "s3", "s3" if "Object" in name or name.startswith("Replicate"):
            return (Resource(node.id, suffix="/*"),)
        case "dynamodb", "dynamodb" if action in _STREAM_ACTIONS:
            return (Resource(node.id, "StreamArn"),)
        case "dynamodb", "dynamodb" if action in _INDEX_ACTIONS:
            return (Resource(node.id), Resource(node.id, suffix="/index/*"))
        case "execute-api", _:
            return (api_resource(node),)
        case "logs", "cloudwatch_logs":
            return (Resource(node.id, suffix=":*"),)
        case "es", "opensearch":
            return (Resource(node.id, suffix="/*"),)
        case _:
            return (Resource(node.id),)


def is_about(action: str, node: Node) -> bool:
    """False when the action belongs to another service than the node is, such as a key beside a queue."""
    owners = _OWN_PREFIXES.get(action.partition(":")[0])
    return owners is None or node.service in owners


def api_resource(node: Node) -> Resource:
    """Every method of every stage of an API."""
    return Resource(node.id, "ApiId", prefix=f"arn:aws:execute-api:{_ACCOUNT}:", suffix="/*")


def log_group(node: Node) -> Resource:
    """The log group that a function writes to unless told otherwise."""
    return Resource(node.id, "Name", prefix=f"arn:aws:logs:{_ACCOUNT}:log-group:/aws/lambda/", suffix=":*")


def source_arn(node: Node) -> Resource:
    """How a resource policy names who may call."""
    if node.service in _OWN_PREFIXES["execute-api"]:
        return api_resource(node)
    return Resource(node.id)
