"""One-click fixes that give a VPC a way out, or put a node where it belongs."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from designer.domain.catalog.registry import services
from designer.domain.connections.registry import usable_rows
from designer.domain.graph.model import Design, Group, Node
from designer.domain.graph.operations import AddEdge, AddNode, Operation, RemoveNode
from designer.domain.network.placement import Place, place_of
from designer.domain.network.reach import Ways
from designer.domain.rules.fixes import new_edge, new_node, place_beside, set_node
from designer.domain.rules.rule import Fix

_IN_FRAME_PX: Final = 40.0
"""From a frame's corner to the first card in it, below its title."""
_ATTACH: Final = {"lambda": "in_vpc", "opensearch": "in_vpc"}


def attach_to_vpc(node: Node) -> Fix | None:
    """Attach the node to the VPC, where its service has a setting for that."""
    setting = _ATTACH.get(node.service)
    if setting is None:
        return None
    return set_node(node, f"Attach {node.label} to the VPC", **{setting: True})


def add_endpoint(design: Design, caller: Node, service: str, called: Node | None = None) -> Fix:
    """Add an endpoint for the service to the caller's VPC, with an arrow to what is called where there is one."""
    place = place_of(design, caller)
    parameter = services()["vpc_endpoint"].parameter("aws_service")
    name = next(choice.label for choice in parameter.choices if choice.value == service)
    endpoint = new_node(
        design,
        f"{caller.id}-{service.replace('.', '-')}",
        "vpc_endpoint",
        f"{name} endpoint",
        place=place_beside(design, caller),
        parameters={"aws_service": service},
    )
    endpoint = replace(endpoint, group=place.vpc or place.subnet)
    operations: list[Operation] = [AddNode(endpoint)]
    rows = [] if called is None else [row for row in usable_rows("vpc_endpoint", called.service) if row.drawable]
    if called is not None and rows:
        operations.append(AddEdge(new_edge(design, endpoint.id, called.id, rows[0].id)))
    return Fix(f"Add an endpoint for {name}", tuple(operations))


def add_nat(design: Design, out: Ways, caller: Node) -> Fix:
    """Add a NAT gateway to the caller's VPC, and an internet gateway if it has none."""
    place = place_of(design, caller)
    public = _subnet(design, place, public=True)
    nat = _in_vpc(design, caller, "nat", place_beside(design, caller), public or _vpc(design, place))
    if place.public_subnet and public is None:
        nat = replace(nat, group=place.subnet)
    operations: list[Operation] = [AddNode(nat)]
    gateway = out.internet_gateway_of(place)
    if gateway is None:
        beside = design.free_place(nat.x + 192.0, nat.y)
        gateway = _in_vpc(design, caller, "igw", beside, _vpc(design, place))
        operations.append(AddNode(gateway))
    operations.append(AddEdge(new_edge(design, nat.id, gateway.id, "nat.igw.route")))
    return Fix("Add a NAT gateway", tuple(operations))


def add_internet_gateway(design: Design, nat: Node) -> Fix:
    """Add an internet gateway to the VPC of the NAT gateway."""
    vpc = place_of(design, nat).vpc
    beside = design.free_place(nat.x + 192.0, nat.y)
    gateway = replace(new_node(design, f"{nat.id}-igw", "igw", "internet gateway", place=beside), group=vpc)
    edge = new_edge(design, nat.id, gateway.id, "nat.igw.route")
    return Fix("Add an internet gateway", (AddNode(gateway), AddEdge(edge)))


def move_to_subnet(design: Design, node: Node, *, public: bool) -> Fix | None:
    """Move the node into a subnet of the wanted kind of its VPC; None when the VPC has none."""
    subnet = _subnet(design, place_of(design, node), public=public)
    if subnet is None:
        return None
    x, y = design.free_place(subnet.x + _IN_FRAME_PX, subnet.y + _IN_FRAME_PX)
    moved = replace(node, group=subnet.id, x=x, y=y)
    edges = {edge.id: edge for edge in (*design.incoming(node.id), *design.outgoing(node.id))}
    again = (AddEdge(edges[edge_id]) for edge_id in sorted(edges))
    return Fix(f"Move {node.label} into {subnet.label}", (RemoveNode(node.id), AddNode(moved), *again))


def _in_vpc(design: Design, caller: Node, service: str, at: tuple[float, float], frame: Group | None) -> Node:
    made = new_node(design, f"{caller.id}-{service}", service, services()[service].label, place=at)
    return replace(made, group=None if frame is None else frame.id)


def _vpc(design: Design, place: Place) -> Group | None:
    return None if place.vpc is None else design.groups.get(place.vpc)


def _subnet(design: Design, place: Place, *, public: bool) -> Group | None:
    """The first subnet frame of the kind in the place's VPC."""
    kinds = ("public_subnet",) if public else ("private_subnet", "subnet")
    for key in sorted(design.groups):
        group = design.groups[key]
        if group.kind in kinds and (place.vpc is None or _vpc_of(design, group) == place.vpc):
            return group
    return None


def _vpc_of(design: Design, group: Group) -> str | None:
    around, seen = group.parent, set[str]()
    while around is not None and around in design.groups and around not in seen:
        seen.add(around)
        if design.groups[around].kind == "vpc":
            return around
        around = design.groups[around].parent
    return None
