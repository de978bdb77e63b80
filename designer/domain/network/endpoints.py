"""Which endpoint leads to which AWS service."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from designer.domain.graph.model import Design, Node

ENDPOINT_SERVICES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "cloudwatch_alarm": "monitoring",
        "cloudwatch_logs": "logs",
        "dynamodb": "dynamodb",
        "ecs_fargate": "ecs",
        "eventbridge_bus": "events",
        "eventbridge_rule": "events",
        "eventbridge_scheduler": "scheduler",
        "firehose": "kinesis-firehose",
        "kinesis_stream": "kinesis-streams",
        "kms": "kms",
        "lambda": "lambda",
        "lambda_alias_version": "lambda",
        "redshift": "redshift-data",
        "s3": "s3",
        "sns_fifo": "sns",
        "sns_standard": "sns",
        "sqs_fifo": "sqs",
        "sqs_standard": "sqs",
        "ssm_secrets": "secretsmanager",
        "step_functions_express": "states",
        "step_functions_standard": "states",
        "xray": "xray",
    }
)
"""The value of an endpoint's ``aws_service`` parameter by the service that is called."""

GATEWAY_SERVICES: Final = frozenset({"s3", "dynamodb"})
"""Endpoint services that have the free kind, the gateway endpoint."""

PRIVATE_API: Final = "execute-api"
"""The endpoint service by which a VPC reaches private REST APIs."""


def served(design: Design, endpoint: Node) -> frozenset[str]:
    """The endpoint services that the node stands for: the one it is set to, or those its arrows point at."""
    chosen = endpoint.value("aws_service")
    if chosen != "auto":
        return frozenset({str(chosen)})
    targets = (design.nodes[edge.target].service for edge in design.outgoing(endpoint.id))
    return frozenset(PRIVATE_API if name == "api_gateway_rest" else ENDPOINT_SERVICES.get(name, "") for name in targets)


def is_interface(design: Design, endpoint: Node) -> bool:
    """True for an interface endpoint, which is billed; gateway endpoints are free."""
    if endpoint.value("type") != "auto":
        return endpoint.value("type") == "interface"
    return not served(design, endpoint) <= GATEWAY_SERVICES
