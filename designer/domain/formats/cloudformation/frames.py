"""VPCs and subnets of a template as frames around what lies in them."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from designer.domain.formats.cloudformation.draft import Draft
from designer.domain.formats.cloudformation.networks import public_subnets, subnets_of, vpc_of
from designer.domain.graph.model import Design, Group

FRAMED: Final = frozenset({"AWS::EC2::VPC", "AWS::EC2::Subnet"})
"""Types that become frames, or stay away when nothing lies in them."""
_LISTED: Final = 3


def with_frames(design: Design, draft: Draft) -> Design:
    """The design with a frame for each VPC, and in it one for its public and one for its private subnets.

    Subnets of one kind, which differ by their Availability Zone only, are drawn as one, because what is spread over
    zones lies in all of them.
    """
    public = public_subnets(draft)
    groups: dict[str, Group] = {}
    for vpc in draft.of_type("AWS::EC2::VPC"):
        groups[vpc.id] = Group(vpc.id, "vpc", vpc.id)
    places: dict[str, str] = {}
    for node_id in design.nodes:
        resource = draft.resources.get(node_id)
        if resource is None:
            continue
        subnets = subnets_of(resource, draft)
        if subnets:
            places[node_id] = _subnet_frame(groups, draft, subnets, public)
        else:
            around = vpc_of(resource, draft)
            if around in groups:
                places[node_id] = around
    used = {*places.values(), *(groups[place].parent for place in places.values())}
    nodes = {key: replace(node, group=places.get(key)) for key, node in design.nodes.items()}
    return replace(design, nodes=nodes, groups={key: group for key, group in groups.items() if key in used})


def _subnet_frame(groups: dict[str, Group], draft: Draft, subnets: list[str], public: set[str]) -> str:
    """Id of the frame for these subnets, made when it is the first of its kind in its VPC."""
    is_public = subnets[0] in public
    vpc = vpc_of(draft.resources[subnets[0]], draft)
    kind = "public_subnet" if is_public else "private_subnet"
    frame_id = f"{vpc or 'Vpc'}-{kind.replace('_', '-')}"
    if frame_id not in groups:
        alike = [
            subnet.id
            for subnet in draft.of_type("AWS::EC2::Subnet")
            if (subnet.id in public) == is_public and vpc_of(subnet, draft) == vpc
        ]
        more = f" and {len(alike) - _LISTED} more" if len(alike) > _LISTED else ""
        groups[frame_id] = Group(frame_id, kind, ", ".join(alike[:_LISTED]) + more, parent=vpc)
    return frame_id
