"""Whether a call gets through: subnets, routes, gateways and endpoints put together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from designer.domain.graph.memo import once_per_design
from designer.domain.graph.model import Design, Node
from designer.domain.network.calls import Address, Call, calls
from designer.domain.network.endpoints import PRIVATE_API, served
from designer.domain.network.placement import Place, place_of

_CAN_HAVE_AN_ADDRESS: Final = {"ecs_fargate": "assign_public_ip", "ec2_autoscaling_group": "public_ip"}
"""The setting that gives a public address to what runs in a public subnet. A function never has one."""


FOR_AN_IMAGE: Final = ("ecr.dkr", "s3")
"""Endpoint services through which a task pulls its image: S3 holds the layers."""


class Obstacle(StrEnum):
    """Why a call does not get through."""

    CALLER_OUTSIDE = "caller_outside"
    """The called resource answers inside a VPC only, and the caller is in none."""
    OTHER_VPC = "other_vpc"
    """The two lie in different VPCs."""
    NO_WAY_TO_SERVICE = "no_way_to_service"
    """Neither an endpoint nor a NAT gateway leads from the VPC to the AWS service."""
    NO_WAY_TO_INTERNET = "no_way_to_internet"
    """No NAT gateway leads from the VPC to the internet."""
    PUBLIC_SUBNET = "public_subnet"
    """There is a NAT gateway, but the caller lies in a public subnet, whose route does not lead through it."""
    NO_PRIVATE_API_ENDPOINT = "no_private_api_endpoint"
    """A private API is reached through an endpoint for execute-api, which the VPC lacks."""


@dataclass(frozen=True, slots=True)
class Ways:
    """The ways out of the VPCs of a design: each with its place."""

    nat: tuple[tuple[Node, Place], ...]
    internet_gateways: tuple[tuple[Node, Place], ...]
    endpoints: tuple[tuple[Node, Place, frozenset[str]], ...]

    def has_endpoint(self, place: Place, service: str) -> bool:
        """Whether the VPC of the place has an endpoint for the service."""
        return any(place.same_vpc(at) and service in services for _, at, services in self.endpoints)

    def nat_of(self, place: Place) -> Node | None:
        """The first public NAT gateway of the place's VPC."""
        return next((nat for nat, at in self.nat if place.same_vpc(at)), None)

    def internet_gateway_of(self, place: Place) -> Node | None:
        """The first internet gateway of the place's VPC."""
        return next((gateway for gateway, at in self.internet_gateways if place.same_vpc(at)), None)

    def is_drawn(self, place: Place) -> bool:
        """Whether the design shows the VPC of the place: by a frame around it, or by any way out of one."""
        return place.vpc is not None or bool(self.nat or self.internet_gateways or self.endpoints)


def _ways(design: Design) -> Ways:
    return Ways(
        nat=tuple(
            (node, place_of(design, node)) for node in design.nodes_of("nat") if node.value("connectivity") == "public"
        ),
        internet_gateways=tuple((node, place_of(design, node)) for node in design.nodes_of("igw")),
        endpoints=tuple(
            (node, place_of(design, node), served(design, node)) for node in design.nodes_of("vpc_endpoint")
        ),
    )


@dataclass(frozen=True, slots=True)
class _Network:
    ways: Ways
    blocked: tuple[tuple[Call, Obstacle], ...]
    through_nat: tuple[Call, ...]


@once_per_design
def _network(design: Design) -> _Network:
    out, found = _ways(design), list(calls(design))
    judged = ((call, obstacle_of(design, out, call)) for call in found)
    blocked = tuple((call, obstacle) for call, obstacle in judged if obstacle is not None)
    return _Network(out, blocked, tuple(_through_nat(out, found)))


def ways(design: Design) -> Ways:
    """The gateways and endpoints of the design."""
    return _network(design).ways


def blocked_calls(design: Design) -> tuple[tuple[Call, Obstacle], ...]:
    """The calls that do not get through, each with the reason, by edge id."""
    return _network(design).blocked


def through_nat(design: Design) -> tuple[Call, ...]:
    """The calls that leave their VPC by a NAT gateway."""
    return _network(design).through_nat


def obstacle_of(design: Design, out: Ways, call: Call) -> Obstacle | None:
    """Why the call does not get through, or None when it does."""
    match call.address:
        case Address.PRIVATE:
            return _to_private(call, place_of(design, call.called))
        case Address.PRIVATE_API:
            if not call.place.attached:
                return Obstacle.CALLER_OUTSIDE
            return None if out.has_endpoint(call.place, PRIVATE_API) else Obstacle.NO_PRIVATE_API_ENDPOINT
        case Address.AWS if out.has_endpoint(call.place, call.service):
            return None
        case Address.AWS | Address.INTERNET:
            return _to_public(out, call)


def _to_private(call: Call, called: Place) -> Obstacle | None:
    if not call.place.attached:
        return Obstacle.CALLER_OUTSIDE
    return None if call.place.same_vpc(called) else Obstacle.OTHER_VPC


def _to_public(out: Ways, call: Call) -> Obstacle | None:
    if call.caller.service == "client" or _has_an_address(call):
        return None
    if out.nat_of(call.place) is None:
        aws = call.address is Address.AWS
        return Obstacle.NO_WAY_TO_SERVICE if aws else Obstacle.NO_WAY_TO_INTERNET
    return Obstacle.PUBLIC_SUBNET if call.place.public_subnet else None


def _has_an_address(call: Call) -> bool:
    """True for a task or instance in a public subnet with an address of its own."""
    setting = _CAN_HAVE_AN_ADDRESS.get(call.caller.service)
    inside_private = call.place.subnet is not None and not call.place.public_subnet
    return setting is not None and call.caller.value(setting) is True and not inside_private


def needs_nat(design: Design, out: Ways, service: Node) -> bool:
    """True for tasks that have no other way than a NAT gateway to the registry of their image."""
    place = place_of(design, service)
    endpoints = all(out.has_endpoint(place, name) for name in FOR_AN_IMAGE)
    has_address = service.value("assign_public_ip") is True and (place.subnet is None or place.public_subnet)
    return not endpoints and not has_address


def _through_nat(out: Ways, found: Iterable[Call]) -> Iterator[Call]:
    for call in found:
        if call.address not in (Address.AWS, Address.INTERNET) or not call.place.attached or _has_an_address(call):
            continue
        has_endpoint = call.address is Address.AWS and out.has_endpoint(call.place, call.service)
        if call.caller.service != "client" and not has_endpoint and out.nat_of(call.place) is not None:
            yield call
