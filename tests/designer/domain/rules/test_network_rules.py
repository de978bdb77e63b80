"""What the rules say about calls through a VPC, and that one click mends them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from designer.domain.graph.model import Design, Group
from designer.domain.graph.operations import apply
from designer.domain.rules.check import check
from designer.domain.rules.rule import Finding, Severity
from tests.designer.domain.building import design, edge, node

FRAMES = {
    "vpc": Group("vpc", "vpc", "VPC", 0, 0, 900, 500),
    "private": Group("private", "private_subnet", "Private", 20, 40, 400, 400, "vpc"),
    "public": Group("public", "public_subnet", "Public", 460, 40, 400, 200, "vpc"),
}


def found(case: Design, rule_id: str) -> list[Finding]:
    return [finding for finding in check(case) if finding.rule_id == rule_id]


def errors(case: Design) -> set[str]:
    return {finding.id for finding in check(case) if finding.severity is Severity.ERROR}


def calling(target: str, connection: str, *, inside: bool) -> Design:
    """A function, in the private subnet or outside of any VPC, that calls a resource."""
    case = design(node("f", "lambda"), node("t", target), edge("f", "t", connection))
    place = "private" if inside else None
    private = target in ("rds_aurora", "elasticache")
    nodes = {
        "f": replace(case.nodes["f"], group=place),
        "t": replace(case.nodes["t"], group="private" if private else None),
    }
    return replace(case, nodes=nodes, groups=FRAMES)


@pytest.mark.point("LAM-11")
@pytest.mark.parametrize(
    ("target", "connection"),
    [("rds_aurora", "lambda.rds_aurora.connect"), ("elasticache", "lambda.elasticache.connect")],
)
def test_a_function_outside_is_refused_a_private_resource_and_one_click_attaches_it(
    target: str, connection: str
) -> None:
    case = calling(target, connection, inside=False)
    (finding,) = found(case, "C017")
    assert finding.severity is Severity.ERROR
    assert finding.subject.id == "f-t"
    mended = apply(case, finding.fixes[0].operations).design
    assert mended.nodes["f"].value("in_vpc") is True
    assert not errors(mended)


@pytest.mark.point("LAM-11")
def test_a_function_outside_does_not_reach_an_internal_load_balancer() -> None:
    case = design(node("f", "lambda"), node("b", "alb", scheme="internal"))
    unknown = replace(edge("f", "b", "lambda.s3.api"), connection="unknown")
    case = replace(case, edges={"f-b": unknown})
    (finding,) = found(case, "C202")
    assert [fix.label for fix in finding.fixes] == ["Attach f to the VPC", "Make b internet-facing"]


@pytest.mark.point("LAM-12")
@pytest.mark.parametrize(
    ("target", "connection", "name"),
    [
        ("s3", "lambda.s3.api", "s3"),
        ("dynamodb", "lambda.dynamodb.api", "dynamodb"),
        ("sqs_standard", "lambda.sqs_standard.send_message", "sqs"),
        ("eventbridge_bus", "lambda.eventbridge_bus.put_events", "events"),
    ],
)
def test_a_public_service_is_reached_from_a_vpc_by_the_endpoint_or_the_nat_gateway_that_a_fix_adds(
    target: str, connection: str, name: str
) -> None:
    case = calling(target, connection, inside=True)
    (finding,) = found(case, "C200")
    endpoint, nat = (apply(case, fix.operations).design for fix in finding.fixes)
    (added,) = endpoint.nodes_of("vpc_endpoint")
    assert (added.value("aws_service"), added.group) == (name, "vpc")
    assert [edge.target for edge in endpoint.outgoing(added.id)] == ["t"]
    assert (nat.nodes_of("nat")[0].group, nat.nodes_of("igw")[0].group) == ("public", "vpc")
    assert not errors(endpoint)
    assert not errors(nat)


@pytest.mark.point("LAM-12")
def test_the_internet_is_reached_from_a_vpc_by_a_nat_gateway_only() -> None:
    case = calling("http_endpoint", "lambda.http_endpoint.request", inside=True)
    (finding,) = found(case, "C200")
    assert [fix.label for fix in finding.fixes] == ["Add a NAT gateway"]
    assert not errors(apply(case, finding.fixes[0].operations).design)


@pytest.mark.point("LAM-12")
def test_a_function_in_a_public_subnet_is_moved_to_the_private_one_with_its_connections() -> None:
    case = calling("http_endpoint", "lambda.http_endpoint.request", inside=True)
    public = replace(case, nodes={**case.nodes, "f": replace(case.nodes["f"], group="public")})
    with_nat = apply(public, found(case, "C200")[0].fixes[0].operations).design
    (finding,) = found(with_nat, "C204")
    moved = apply(with_nat, finding.fixes[0].operations)
    assert moved.design.nodes["f"].group == "private"
    assert [edge.id for edge in moved.design.outgoing("f")] == ["f-t"]
    assert not errors(moved.design)
    assert apply(moved.design, moved.inverse).design == with_nat


@pytest.mark.point("LAM-12")
def test_a_vpc_that_is_not_drawn_is_a_warning_because_its_ways_may_exist_elsewhere() -> None:
    case = design(
        node("f", "lambda", in_vpc=True), node("q", "sqs_standard"), edge("f", "q", "lambda.sqs_standard.send_message")
    )
    assert not found(case, "C200")
    (finding,) = found(case, "C201")
    assert finding.severity is Severity.WARNING
    assert all(not found(apply(case, fix.operations).design, "C201") for fix in finding.fixes)


@pytest.mark.point("APG-03")
def test_a_private_api_is_reached_by_the_endpoint_that_a_fix_adds() -> None:
    case = design(
        node("c", "client"),
        node("a", "api_gateway_rest", endpoint_type="private"),
        node("f", "lambda"),
        edge("c", "a", "client.api_gateway_rest.https"),
        edge("a", "f", "api_gateway_rest.lambda.proxy"),
    )
    outside = found(case, "C205")
    assert [fix.label for finding in outside for fix in finding.fixes] == ["Make a regional"]
    inside = replace(case, nodes={**case.nodes, "c": replace(case.nodes["c"], group="private")}, groups=FRAMES)
    (finding,) = found(inside, "C205")
    mended = apply(inside, finding.fixes[0].operations).design
    assert [node.value("aws_service") for node in mended.nodes_of("vpc_endpoint")] == ["execute-api"]
    assert not found(mended, "C205")


def test_functions_that_share_the_account_can_exhaust_a_databases_connections() -> None:
    def functions(*reserved: int | None) -> Design:
        database = node("d", "rds_aurora", max_connections=500)
        callers = [
            node(f"f{number}", "lambda", **({} if value is None else {"reserved_concurrency": value}))
            for number, value in enumerate(reserved)
        ]
        calls = [edge(caller.id, "d", "lambda.rds_aurora.connect") for caller in callers]
        return design(database, *callers, *calls)

    assert found(functions(None), "R204")
    assert found(functions(300, 300), "R204")
    assert not found(functions(200, 200), "R204")
    mended = apply(functions(None), found(functions(None), "R204")[0].fixes[0].operations).design
    assert not found(mended, "R204")
