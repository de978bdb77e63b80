"""Whether what is called over the network can be reached from where the caller lies."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from designer.domain.catalog.sources import aws_docs
from designer.domain.connections.spec import End
from designer.domain.graph.model import Design
from designer.domain.network.calls import Address, Call
from designer.domain.network.endpoints import PRIVATE_API
from designer.domain.network.reach import Obstacle, Ways, blocked_calls, ways
from designer.domain.rules.fixes import set_node
from designer.domain.rules.network_fixes import add_endpoint, add_nat, attach_to_vpc, move_to_subnet
from designer.domain.rules.problem import Problem, problem
from designer.domain.rules.registry import rule
from designer.domain.rules.rule import Fix, Scope, Severity

_LAMBDA_VPC: Final = aws_docs("Giving Lambda functions access to a VPC", "lambda/latest/dg/configuration-vpc.html")
_LAMBDA_INTERNET: Final = aws_docs(
    "Enable internet access for VPC-connected Lambda functions", "lambda/latest/dg/configuration-vpc-internet.html"
)
_PRIVATE_APIS: Final = aws_docs(
    "Private REST APIs in API Gateway", "apigateway/latest/developerguide/apigateway-private-apis.html"
)
_NO_WAY: Final = (Obstacle.NO_WAY_TO_SERVICE, Obstacle.NO_WAY_TO_INTERNET)


@rule(
    "C200",
    Severity.ERROR,
    "No way out of the VPC",
    scope=Scope.DESIGN,
    why="What is in a VPC has no public address. Without a NAT gateway or an endpoint the call hangs until it "
    "times out.",
    source=_LAMBDA_INTERNET,
)
def no_way_out(design: Design) -> Iterator[Problem]:
    """The drawn VPC of the caller has neither the endpoint nor the NAT gateway that the call needs."""
    out = ways(design)
    for call, obstacle in blocked_calls(design):
        if obstacle in _NO_WAY and out.is_drawn(call.place):
            yield _no_way(design, out, call)


@rule(
    "C201",
    Severity.WARNING,
    "The VPC's way out is not drawn",
    scope=Scope.DESIGN,
    why="What is in a VPC reaches AWS services only through endpoints or a NAT gateway, and the internet only through "
    "a NAT gateway. Without them the call hangs until its timeout.",
    source=_LAMBDA_INTERNET,
)
def way_out_not_drawn(design: Design) -> Iterator[Problem]:
    """The caller is attached to a VPC of which the design shows nothing, so the way may exist elsewhere."""
    out = ways(design)
    for call, obstacle in blocked_calls(design):
        if obstacle in _NO_WAY and not out.is_drawn(call.place):
            yield _no_way(design, out, call)


def _no_way(design: Design, out: Ways, call: Call) -> Problem:
    nat = _through_nat(design, out, call)
    if call.address is Address.AWS:
        return problem(
            call.edge,
            f"{call.caller.label} is in a VPC that has neither an endpoint for {call.called.label} nor a NAT gateway.",
            add_endpoint(design, call.caller, call.service, call.called),
            *nat,
        )
    return problem(
        call.edge,
        f"{call.caller.label} is in a VPC without a NAT gateway, so it does not reach {call.called.label}.",
        *nat,
    )


def _through_nat(design: Design, out: Ways, call: Call) -> tuple[Fix, ...]:
    """A NAT gateway, and for a caller in a public subnet, which does not route through it, a private one."""
    nat = add_nat(design, out, call.caller)
    if not call.place.public_subnet:
        return (nat,)
    move = move_to_subnet(design, call.caller, public=False)
    return () if move is None else (Fix(f"{nat.label}. {move.label}", (*nat.operations, *move.operations)),)


@rule(
    "C202",
    Severity.ERROR,
    "Private resource called from outside its VPC",
    scope=Scope.DESIGN,
    why="It has private addresses only. From outside its VPC the connection attempt hangs until its timeout.",
    source=_LAMBDA_VPC,
)
def called_from_outside(design: Design) -> Iterator[Problem]:
    """The called resource answers inside a VPC only, and the caller is in none."""
    for call, obstacle in blocked_calls(design):
        if obstacle is not Obstacle.CALLER_OUTSIDE or call.address is Address.PRIVATE_API or _is_required(call):
            continue
        attach = attach_to_vpc(call.caller)
        yield problem(
            call.edge,
            f"{call.called.label} answers inside its VPC only, and {call.caller.label} is outside.",
            *(() if attach is None else (attach,)),
            *_opened(call),
        )


def _is_required(call: Call) -> bool:
    """True when the connection's own requirement already says that the caller has to be in a VPC."""
    row = call.edge.row
    return row is not None and any(
        requirement.end is End.SOURCE and requirement.parameter == "in_vpc" for requirement in row.requirements
    )


def _opened(call: Call) -> tuple[Fix, ...]:
    """The other way: give the called resource a public address, where that is a usual thing."""
    if call.called.service == "alb":
        return (set_node(call.called, f"Make {call.called.label} internet-facing", scheme="internet-facing"),)
    return ()


@rule(
    "C203",
    Severity.ERROR,
    "Caller and called lie in different VPCs",
    scope=Scope.DESIGN,
    why="VPCs are separate networks. Only peering, a transit gateway or an endpoint service connects them.",
    source=aws_docs("What is VPC peering?", "vpc/latest/peering/what-is-vpc-peering.html"),
)
def other_vpc(design: Design) -> Iterator[Problem]:
    """A private resource is called from another VPC."""
    for call, obstacle in blocked_calls(design):
        if obstacle is Obstacle.OTHER_VPC:
            yield problem(call.edge, f"{call.caller.label} and {call.called.label} lie in different VPCs.")


@rule(
    "C204",
    Severity.ERROR,
    "Public subnet gives no way out",
    scope=Scope.DESIGN,
    why="A public subnet's route leads straight to the internet gateway, which passes public addresses only. A "
    "function never has one; a task or instance has one only when that is switched on.",
    source=_LAMBDA_INTERNET,
)
def public_subnet_gives_no_way_out(design: Design) -> Iterator[Problem]:
    """The VPC has a NAT gateway, but the caller lies in a public subnet, which does not route through it."""
    for call, obstacle in blocked_calls(design):
        if obstacle is Obstacle.PUBLIC_SUBNET:
            fixes = [move_to_subnet(design, call.caller, public=False)]
            if call.address is Address.AWS:
                fixes.append(add_endpoint(design, call.caller, call.service, call.called))
            yield problem(
                call.edge,
                f"{call.caller.label} lies in a public subnet without a public address and does not reach "
                f"{call.called.label}.",
                *(fix for fix in fixes if fix is not None),
            )


@rule(
    "C205",
    Severity.ERROR,
    "Private API cannot be reached",
    scope=Scope.DESIGN,
    why="A private REST API answers only through an interface endpoint for execute-api, to callers in the VPC.",
    source=_PRIVATE_APIS,
)
def private_api_unreachable(design: Design) -> Iterator[Problem]:
    """A private API is called from outside any VPC, or from a VPC without the endpoint."""
    for call, obstacle in blocked_calls(design):
        if call.address is not Address.PRIVATE_API:
            continue
        regional = set_node(call.called, f"Make {call.called.label} regional", endpoint_type="regional")
        if obstacle is Obstacle.NO_PRIVATE_API_ENDPOINT:
            yield problem(
                call.edge,
                f"{call.called.label} is private, and the VPC of {call.caller.label} has no endpoint for execute-api.",
                add_endpoint(design, call.caller, PRIVATE_API, call.called),
                regional,
            )
        else:
            yield problem(call.edge, f"{call.called.label} is private, and {call.caller.label} is in no VPC.", regional)
