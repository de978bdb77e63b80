"""Who opens a connection to whom over the network, and where the called one answers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from designer.domain.catalog.spec import UNKNOWN_SERVICE
from designer.domain.connections.spec import Flow, Mode, PermissionSide
from designer.domain.graph.model import Design, Edge, Node
from designer.domain.network.endpoints import ENDPOINT_SERVICES
from designer.domain.network.placement import Place, place_of

_RUNS_CODE: Final = frozenset({"lambda", "ecs_fargate", "ec2_autoscaling_group", "client"})
_FLEETS: Final = frozenset({"ecs_fargate", "ec2_autoscaling_group"})
_OVER_AN_API: Final = frozenset({"lambda.rds_aurora.data_api"})
"""Connections that reach a private resource over a public API of AWS."""
_NEVER_CALLED: Final = frozenset({"nat", "igw", "vpc_endpoint", "waf", "identity_provider", UNKNOWN_SERVICE})
"""What is on the way rather than at its end, or answers where nobody can tell."""


class Address(StrEnum):
    """Where the called resource answers."""

    PRIVATE = "private"
    """Inside a VPC only."""
    AWS = "aws"
    """At a public address of an AWS service, for which a VPC can have an endpoint."""
    PRIVATE_API = "private_api"
    """At an interface endpoint for execute-api only."""
    INTERNET = "internet"
    """At a public address on the internet."""


@dataclass(frozen=True, slots=True)
class Call:
    """A connection that ``caller`` opens to ``called``; ``edge`` draws it."""

    edge: Edge
    caller: Node
    called: Node
    place: Place
    """Of the caller."""
    address: Address
    service: str
    """The endpoint service for :attr:`Address.AWS`, else empty."""


def calls(design: Design) -> Iterator[Call]:
    """Every call over the network whose way depends on where its ends lie, by edge id."""
    for edge_id in sorted(design.edges):
        edge = design.edges[edge_id]
        ends = _ends(design, edge)
        if ends is not None:
            caller, called = ends
            address, service = _address(design, edge, called)
            place = place_of(design, caller)
            if place.attached or address in (Address.PRIVATE, Address.PRIVATE_API):
                yield Call(edge, caller, called, place, address, service)


def _ends(design: Design, edge: Edge) -> tuple[Node, Node] | None:
    """Caller and called, or None for what an AWS service does outside of any network of the design."""
    source, target = design.nodes[edge.source], design.nodes[edge.target]
    if edge.flow is Flow.POLL:
        return (target, source) if target.service in _FLEETS else None
    if source.service not in _RUNS_CODE or target.service in _NEVER_CALLED:
        return None
    if edge.mode not in (Mode.SYNCHRONOUS, Mode.ASYNCHRONOUS):
        return None
    row = edge.row
    if row is None or source.service == "client":
        return source, target
    by_code = row.permission_side is PermissionSide.EXECUTION_ROLE or target.service in ("alb", "http_endpoint")
    return (source, target) if by_code else None


def _address(design: Design, edge: Edge, called: Node) -> tuple[Address, str]:
    match called.service:
        case "http_endpoint":
            return (Address.INTERNET, "") if called.value("location") == "internet" else (Address.PRIVATE, "")
        case "api_gateway_rest":
            return (Address.PRIVATE_API, "") if called.value("endpoint_type") == "private" else (Address.INTERNET, "")
        case "alb":
            return (Address.PRIVATE, "") if called.value("scheme") == "internal" else (Address.INTERNET, "")
        case "rds_aurora":
            if edge.connection in _OVER_AN_API:
                return Address.AWS, "rds-data"
            public = called.value("publicly_accessible") is True and called.value("rds_proxy") is not True
            return (Address.INTERNET, "") if public else (Address.PRIVATE, "")
        case "elasticache" | "msk":
            return Address.PRIVATE, ""
        case "mq":
            return (Address.INTERNET, "") if called.value("publicly_accessible") is True else (Address.PRIVATE, "")
        case "opensearch" if place_of(design, called).attached:
            return Address.PRIVATE, ""
        case "ec2_autoscaling_group":
            return (Address.INTERNET, "") if called.value("public_ip") is True else (Address.PRIVATE, "")
        case service if service in ENDPOINT_SERVICES:
            return Address.AWS, ENDPOINT_SERVICES[service]
        case _:
            return Address.INTERNET, ""
