"""Where a node lies in the network: in which VPC, in what kind of subnet, or outside."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from designer.domain.graph.model import Design, Group, Node

VPC_FRAMES: Final = frozenset({"vpc", "subnet", "public_subnet", "private_subnet"})
"""Kinds of frames inside which a node is attached to a VPC."""

ALWAYS_IN_A_VPC: Final = frozenset(
    {
        "alb",
        "ec2_autoscaling_group",
        "ecs_fargate",
        "elasticache",
        "igw",
        "mq",
        "msk",
        "nat",
        "rds_aurora",
        "vpc_endpoint",
    }
)
"""Services whose resources AWS makes in a VPC only."""

WAYS: Final = frozenset({"igw", "nat", "vpc_endpoint"})
"""Services that lie on the way of calls rather than at its end, so that no arrow need lead to them."""

ATTACHABLE: Final = frozenset({"client", "http_endpoint", "lambda", "opensearch", "redshift"})
"""Services whose resources can lie in a VPC or outside; all others stay outside, wherever they are drawn."""


@dataclass(frozen=True, slots=True)
class Place:
    """A node's place. ``vpc`` and ``subnet`` are ids of frames; both are None where no frame tells."""

    attached: bool
    vpc: str | None = None
    subnet: str | None = None
    public_subnet: bool = False

    def same_vpc(self, other: Place) -> bool:
        """False only when frames say that the two lie in different VPCs."""
        return self.vpc is None or other.vpc is None or self.vpc == other.vpc


OUTSIDE: Final = Place(attached=False)


def in_vpc(design: Design, node: Node) -> bool:
    """True for a node that is attached to a VPC by its setting or by the frame that it lies in."""
    return node.value("in_vpc") is True or any(frame.kind in VPC_FRAMES for frame in frames_around(design, node))


def place_of(design: Design, node: Node) -> Place:
    """The node's place in the network, as its service, its setting and its frames tell."""
    if node.service in ALWAYS_IN_A_VPC:
        return _framed(design, node)
    if node.service not in ATTACHABLE:
        return OUTSIDE
    inside = in_vpc(design, node) or (node.service == "http_endpoint" and node.value("location") == "vpc")
    return _framed(design, node) if inside else OUTSIDE


def frames_around(design: Design, node: Node) -> Iterator[Group]:
    """The frames that the node lies in, the innermost first."""
    group_id, seen = node.group, set[str]()
    while group_id is not None and group_id not in seen:
        seen.add(group_id)
        group = design.groups.get(group_id)
        if group is None:
            return
        yield group
        group_id = group.parent


def _framed(design: Design, node: Node) -> Place:
    vpc, subnet, public = None, None, False
    for frame in frames_around(design, node):
        if frame.kind == "vpc":
            vpc = frame.id
        elif frame.kind in VPC_FRAMES and subnet is None:
            subnet, public = frame.id, frame.kind == "public_subnet"
    return Place(attached=True, vpc=vpc, subnet=subnet, public_subnet=public)
