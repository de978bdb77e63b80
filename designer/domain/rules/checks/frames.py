"""Containers and what lies in them."""

from __future__ import annotations

from collections.abc import Iterator

from designer.domain.catalog.registry import services
from designer.domain.catalog.sources import WINDTUNNEL, aws_docs
from designer.domain.graph.model import Design, Group, Node
from designer.domain.graph.operations import AddGroup, RemoveNode
from designer.domain.network.placement import place_of
from designer.domain.rules.fixes import set_node
from designer.domain.rules.network_fixes import move_to_subnet
from designer.domain.rules.problem import Problem, problem
from designer.domain.rules.registry import rule
from designer.domain.rules.rule import Fix, Scope, Severity

_ATTACHED = "lambda.vpc.attachment"


@rule(
    "C210",
    Severity.WARNING,
    "Container drawn as a card",
    scope=Scope.NODE,
    why="A VPC, a subnet, a Region, an account or a stack holds other things. As a card it holds nothing, and nothing "
    "counts as lying in it.",
    source=WINDTUNNEL,
)
def container_as_card(design: Design, node: Node) -> Iterator[Problem]:
    """The node's service is a container, which is a frame."""
    service = services().get(node.service)
    if service is None or service.frame is None:
        return
    callers = [design.nodes[edge.source] for edge in design.incoming(node.id) if edge.connection == _ATTACHED]
    attached = [operation for caller in callers for operation in set_node(caller, "", in_vpc=True).operations]
    taken = set(design.groups)
    frame_id, number = node.id, 2
    while frame_id in taken:
        frame_id, number = f"{node.id[:120]}-{number}", number + 1
    size = service.frame
    frame = Group(frame_id, node.service, node.label, node.x, node.y, size.width, size.height)
    yield problem(
        node,
        f"{node.label} is a container, drawn as a card.",
        Fix("Make it a frame", (*attached, RemoveNode(node.id), AddGroup(frame))),
    )


@rule(
    "C211",
    Severity.ERROR,
    "Internet-facing load balancer in a private subnet",
    scope=Scope.DESIGN,
    why="Its public addresses are reached only through a subnet that routes to an internet gateway. In private subnets "
    "no request arrives.",
    source=aws_docs(
        "Application Load Balancers", "elasticloadbalancing/latest/application/application-load-balancers.html"
    ),
)
def public_balancer_in_private_subnet(design: Design) -> Iterator[Problem]:
    """An internet-facing load balancer lies in a frame of a private subnet."""
    for balancer in design.nodes_of("alb"):
        place = place_of(design, balancer)
        if balancer.value("scheme") == "internal" or place.subnet is None or place.public_subnet:
            continue
        move = move_to_subnet(design, balancer, public=True)
        yield problem(
            balancer,
            f"{balancer.label} is internet-facing and lies in a private subnet.",
            *(() if move is None else (move,)),
            *_internal(design, balancer),
            parameter="scheme",
        )


def _internal(design: Design, balancer: Node) -> tuple[Fix, ...]:
    """Make it internal, where no caller needs its public addresses."""
    rows = [edge.row for edge in design.incoming(balancer.id)]
    if any(requirement.parameter == "scheme" for row in rows if row is not None for requirement in row.requirements):
        return ()
    return (set_node(balancer, f"Make {balancer.label} internal", scheme="internal"),)
