"""Who opens a connection to whom over the network, and where the called one answers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from designer.domain.catalog.spec import UNKNOWN_SERVICE
from designer.domain.connections.spec import Flow, Mode, PermissionSide
from designer.domain.graph.memo import once_per_design
from designer.domain.graph.model import Design, Edge, Node
from designer.domain.network.endpoints import ENDPOINT_SERVICES
from designer.domain.network.placement import ALWAYS_IN_A_VPC, ATTACHABLE, VPC_FRAMES, Place, place_of

_RUNS_CODE: Final = frozenset({"lambda", "ecs_fargate", "ec2_autoscaling_group", "client"})
_CAN_BE_PRIVATE: Final = (*sorted(ATTACHABLE), "api_gateway_rest")
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


@once_per_design
def calls(design: Design) -> tuple[Call, ...]:
    """Every call over the network whose way depends on where its ends lie, by edge id."""
    return tuple(_calls(design)) if _has_private_places(design) else ()


def _has_private_places(design: Design) -> bool:
    """False when everything answers in public and is reached from outside of any VPC, as in most designs."""
    if any(group.kind in VPC_FRAMES for group in design.groups.values()):
        return True
    if any(design.nodes_of(service) for service in ALWAYS_IN_A_VPC):
        return True
    asked = (node for service in _CAN_BE_PRIVATE for node in design.nodes_of(service))
    return any(
        node.value("in_vpc") is True
        or node.value("location") not in (None, "internet")
        or node.value("endpoint_type") == "private"
        for node in asked
    )


def _calls(design: Design) -> Iterator[Call]:
    places: dict[str, Place] = {}
    for edge_id in sorted(design.edges):
        edge = design.edges[edge_id]
        ends = _ends(design, edge)
        if ends is not None:
            caller, called = ends
            address, service = _address(design, edge, called)
            place = places.get(caller.id)
            if place is None:
                place = places[caller.id] = place_of(design, caller)
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
    public = ENDPOINT_SERVICES.get(called.service)
    if public is not None:
        return Address.AWS, public
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
            reachable = called.value("publicly_accessible") is True and called.value("rds_proxy") is not True
            return (Address.INTERNET, "") if reachable else (Address.PRIVATE, "")
        case "elasticache" | "msk":
            return Address.PRIVATE, ""
        case "mq":
            return (Address.INTERNET, "") if called.value("publicly_accessible") is True else (Address.PRIVATE, "")
        case "opensearch" if place_of(design, called).attached:
            return Address.PRIVATE, ""
        case "ec2_autoscaling_group":
            return (Address.INTERNET, "") if called.value("public_ip") is True else (Address.PRIVATE, "")
        case _:
            return Address.INTERNET, ""
