"""NAT gateways, internet gateways and endpoints: where they lie and what they cost."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from designer.domain.catalog.sources import aws_docs, aws_page
from designer.domain.graph.model import Design, Node
from designer.domain.graph.operations import AddNode, Operation, RemoveNode
from designer.domain.network.calls import Address
from designer.domain.network.endpoints import GATEWAY_SERVICES, is_interface, served
from designer.domain.network.placement import place_of
from designer.domain.network.reach import FOR_AN_IMAGE, Ways, needs_nat, through_nat, ways
from designer.domain.rules.fixes import set_node
from designer.domain.rules.network_fixes import add_endpoint, add_internet_gateway, add_nat, move_to_subnet
from designer.domain.rules.problem import Problem, problem
from designer.domain.rules.registry import rule
from designer.domain.rules.rule import Fix, Scope, Severity

_BESIDE_PX: Final = 192.0
_NAT: Final = aws_docs("NAT gateways", "vpc/latest/userguide/vpc-nat-gateway.html")
_PRICES: Final = aws_page("Amazon VPC pricing", "https://aws.amazon.com/vpc/pricing/", "2026")


@rule(
    "C206",
    Severity.ERROR,
    "NAT gateway in a private subnet",
    scope=Scope.DESIGN,
    why="A public NAT gateway needs a route to the internet gateway, which private subnets do not have: nothing that "
    "goes through it gets anywhere.",
    source=_NAT,
)
def nat_in_private_subnet(design: Design) -> Iterator[Problem]:
    """A public NAT gateway lies in a frame of a private subnet."""
    for nat in _public_nats(design):
        place = place_of(design, nat)
        if place.subnet is not None and not place.public_subnet:
            move = move_to_subnet(design, nat, public=True)
            yield problem(nat, f"{nat.label} lies in a private subnet.", *(() if move is None else (move,)))


@rule(
    "C207",
    Severity.ERROR,
    "NAT gateway without an internet gateway",
    scope=Scope.DESIGN,
    why="A public NAT gateway passes everything on to the VPC's internet gateway. Without one AWS does not create it.",
    source=_NAT,
)
def nat_without_internet_gateway(design: Design) -> Iterator[Problem]:
    """The VPC of a public NAT gateway has no internet gateway."""
    out = ways(design)
    for nat in _public_nats(design):
        if out.internet_gateway_of(place_of(design, nat)) is None:
            yield problem(nat, f"The VPC of {nat.label} has no internet gateway.", add_internet_gateway(design, nat))


@rule(
    "R200",
    Severity.ADVICE,
    "One NAT gateway for every Availability Zone",
    scope=Scope.DESIGN,
    why="A NAT gateway lives in one Availability Zone. When that fails, nothing in other zones gets out either, and "
    "until then their traffic crosses zones and is billed for it.",
    source=_NAT,
)
def single_nat(design: Design) -> Iterator[Problem]:
    """A VPC's only NAT gateway is a single one, and something depends on it."""
    used = {nat.id for nat in _used_nats(design)}
    nats = _public_nats(design)
    for nat in nats:
        place = place_of(design, nat)
        alone = not any(other.id != nat.id and place_of(design, other).same_vpc(place) for other in nats)
        if alone and nat.id in used and nat.number("gateways") == 1:
            yield problem(
                nat,
                f"{nat.label} is the only way out of its VPC.",
                set_node(nat, "Make it two, in two zones", gateways=2),
                parameter="gateways",
            )


@rule(
    "M200",
    Severity.ADVICE,
    "Traffic to S3 or DynamoDB goes through a NAT gateway",
    scope=Scope.DESIGN,
    why="Every GB through a NAT gateway is billed. A gateway endpoint for S3 and DynamoDB costs nothing.",
    source=_PRICES,
)
def nat_for_free_services(design: Design) -> Iterator[Problem]:
    """S3 or DynamoDB is called through the NAT gateway, for want of a gateway endpoint."""
    for call in through_nat(design):
        if call.address is Address.AWS and call.service in GATEWAY_SERVICES:
            yield problem(
                call.edge,
                f"{call.caller.label} reaches {call.called.label} through a NAT gateway.",
                add_endpoint(design, call.caller, call.service, call.called),
            )


@rule(
    "M201",
    Severity.ADVICE,
    "NAT gateway that nothing needs",
    scope=Scope.DESIGN,
    why="It is billed by the hour, used or not. What is called has endpoints, or answers inside the VPC.",
    source=_PRICES,
)
def unused_nat(design: Design) -> Iterator[Problem]:
    """No call of the design leaves a VPC through the NAT gateway."""
    used = {nat.id for nat in _used_nats(design)}
    for nat in _public_nats(design):
        if nat.id not in used and not design.incoming(nat.id):
            yield problem(
                nat, f"Nothing in the design needs {nat.label}.", Fix(f"Remove {nat.label}", (RemoveNode(nat.id),))
            )


@rule(
    "M202",
    Severity.ADVICE,
    "Interface endpoint where a free one does",
    scope=Scope.NODE,
    only=("vpc_endpoint",),
    why="An interface endpoint is billed by the hour in each Availability Zone and by the GB. For S3 and DynamoDB a "
    "gateway endpoint is free; only other networks that are connected with the VPC cannot use it.",
    source=_PRICES,
)
def interface_endpoint_for_free_service(design: Design, endpoint: Node) -> Iterator[Problem]:
    """The endpoint serves only S3 or DynamoDB and is an interface endpoint."""
    services = served(design, endpoint)
    if services and services <= GATEWAY_SERVICES and is_interface(design, endpoint):
        yield problem(
            endpoint,
            f"{endpoint.label} is billed, and a gateway endpoint would be free.",
            set_node(endpoint, "Make it a gateway endpoint", type="gateway"),
            parameter="type",
        )


@rule(
    "C208",
    Severity.ERROR,
    "Gateway endpoint for a service that has none",
    scope=Scope.NODE,
    only=("vpc_endpoint",),
    why="Gateway endpoints exist for S3 and DynamoDB only; AWS refuses others.",
    source=aws_docs("Gateway endpoints", "vpc/latest/privatelink/gateway-endpoints.html"),
)
def gateway_endpoint_for_other_service(design: Design, endpoint: Node) -> Iterator[Problem]:
    """The endpoint is set to be a gateway endpoint for another service than S3 and DynamoDB."""
    if endpoint.value("type") == "gateway" and not served(design, endpoint) <= GATEWAY_SERVICES:
        yield problem(
            endpoint,
            f"{endpoint.label} cannot be a gateway endpoint.",
            set_node(endpoint, "Make it an interface endpoint", type="interface"),
            parameter="type",
        )


@rule(
    "C209",
    Severity.WARNING,
    "Tasks cannot pull their image",
    scope=Scope.DESIGN,
    why="A task fetches its container image when it starts. Without a NAT gateway, endpoints for ECR and S3, or a "
    "public address, it does not get it and never runs.",
    source=aws_docs("Amazon ECR interface VPC endpoints", "AmazonECR/latest/userguide/vpc-endpoints.html"),
)
def image_out_of_reach(design: Design) -> Iterator[Problem]:
    """A service lies in a drawn VPC that gives its tasks no way to a registry."""
    out = ways(design)
    for service in design.nodes_of("ecs_fargate"):
        place = place_of(design, service)
        if place.vpc is not None and needs_nat(design, out, service) and out.nat_of(place) is None:
            yield problem(
                service,
                f"The tasks of {service.label} have no way to the registry of their image.",
                _endpoints_for_image(design, out, service),
                add_nat(design, out, service),
            )


def _endpoints_for_image(design: Design, out: Ways, service: Node) -> Fix:
    """The endpoints that are missing, side by side."""
    place = place_of(design, service)
    missing = [name for name in FOR_AN_IMAGE if not out.has_endpoint(place, name)]
    added: list[Operation] = []
    for position, name in enumerate(missing):
        for operation in add_endpoint(design, service, name).operations:
            assert isinstance(operation, AddNode)
            node = operation.node
            added.append(AddNode(replace(node, x=node.x + position * _BESIDE_PX)))
    return Fix("Add endpoints for ECR and S3", tuple(added))


def _public_nats(design: Design) -> list[Node]:
    return [nat for nat in design.nodes_of("nat") if nat.value("connectivity") == "public"]


def _used_nats(design: Design) -> Iterator[Node]:
    """The NAT gateways that calls leave their VPC by, or that tasks pull their image through."""
    out = ways(design)
    if not out.nat:
        return
    users = [call.place for call in through_nat(design)]
    users += [
        place_of(design, service) for service in design.nodes_of("ecs_fargate") if needs_nat(design, out, service)
    ]
    for user in users:
        yield from (nat for nat, place in out.nat if place.same_vpc(user))
