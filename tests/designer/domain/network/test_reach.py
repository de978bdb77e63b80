"""Which calls get through: subnets, gateways, endpoints and settings put together."""

from __future__ import annotations

from dataclasses import replace

import pytest

from designer.domain.catalog.registry import services
from designer.domain.catalog.spec import Value
from designer.domain.graph.model import Design, Edge, Group, Node
from designer.domain.network.endpoints import ENDPOINT_SERVICES, is_interface, served
from designer.domain.network.placement import place_of
from designer.domain.network.reach import Obstacle, blocked_calls, through_nat
from tests.designer.domain.building import design, edge, node

VPC = Group("vpc", "vpc", "VPC", 0, 0, 800, 400)
OTHER = Group("other", "vpc", "Other VPC", 0, 500, 800, 400)
PRIVATE = Group("private", "private_subnet", "Private", 20, 40, 300, 300, "vpc")
PUBLIC = Group("public", "public_subnet", "Public", 400, 40, 300, 300, "vpc")
FRAMES = {group.id: group for group in (VPC, OTHER, PRIVATE, PUBLIC)}
TO = {
    "s3": "lambda.s3.api",
    "dynamodb": "lambda.dynamodb.api",
    "sqs_standard": "lambda.sqs_standard.send_message",
    "http_endpoint": "lambda.http_endpoint.request",
    "rds_aurora": "lambda.rds_aurora.connect",
    "elasticache": "lambda.elasticache.connect",
}


def at(frame: str | None, node_id: str, service: str, **parameters: Value) -> Node:
    return replace(node(node_id, service, **parameters), group=frame)


def obstacles(*parts: Node | Edge) -> list[Obstacle]:
    return [obstacle for _, obstacle in blocked_calls(framed(*parts))]


def framed(*parts: Node | Edge) -> Design:
    return replace(design(*parts), groups=FRAMES)


def calling(target: str, function: Node, called: Node, *more: Node) -> list[Obstacle]:
    return obstacles(function, called, edge(function.id, called.id, TO[target]), *more)


NAT, IGW = at("public", "nat", "nat"), at("vpc", "igw", "igw")


@pytest.mark.point("LAM-11")
@pytest.mark.parametrize("service", ["rds_aurora", "elasticache"])
def test_a_function_outside_a_vpc_does_not_reach_what_answers_inside_one_only(service: str) -> None:
    assert calling(service, node("f", "lambda"), at("private", "d", service)) == [Obstacle.CALLER_OUTSIDE]
    assert calling(service, at("private", "f", "lambda"), at("private", "d", service)) == []
    assert calling(service, node("f", "lambda", in_vpc=True), at("private", "d", service)) == []


@pytest.mark.point("LAM-11")
def test_a_function_reaches_a_database_outside_over_its_public_address_or_its_data_api() -> None:
    function, public = node("f", "lambda"), at("public", "d", "rds_aurora", publicly_accessible=True)
    assert calling("rds_aurora", function, public) == []
    api = edge("f", "d", "lambda.rds_aurora.data_api")
    assert obstacles(function, at("private", "d", "rds_aurora", data_api=True), api) == []
    behind_proxy = at("public", "d", "rds_aurora", publicly_accessible=True, rds_proxy=True)
    assert calling("rds_aurora", function, behind_proxy) == [Obstacle.CALLER_OUTSIDE]


@pytest.mark.point("LAM-11")
def test_a_function_outside_reaches_public_services_and_the_internet_without_anything() -> None:
    for service in ("s3", "dynamodb", "sqs_standard", "http_endpoint"):
        assert calling(service, node("f", "lambda"), node("t", service)) == []


def test_two_vpcs_are_separate_networks() -> None:
    function, database = at("private", "f", "lambda"), at("other", "d", "rds_aurora")
    assert calling("rds_aurora", function, database) == [Obstacle.OTHER_VPC]


@pytest.mark.point("LAM-12")
def test_a_function_in_a_vpc_reaches_the_internet_through_a_nat_gateway_only() -> None:
    function, target = at("private", "f", "lambda"), node("t", "http_endpoint")
    assert calling("http_endpoint", function, target) == [Obstacle.NO_WAY_TO_INTERNET]
    assert calling("http_endpoint", function, target, IGW) == [Obstacle.NO_WAY_TO_INTERNET]
    assert calling("http_endpoint", function, target, NAT, IGW) == []
    private_nat = at("public", "nat", "nat", connectivity="private")
    assert calling("http_endpoint", function, target, private_nat, IGW) == [Obstacle.NO_WAY_TO_INTERNET]
    elsewhere = at("other", "nat", "nat")
    assert calling("http_endpoint", function, target, elsewhere, IGW) == [Obstacle.NO_WAY_TO_INTERNET]


@pytest.mark.point("LAM-12")
def test_a_public_subnet_gives_a_function_no_internet() -> None:
    function, target = at("public", "f", "lambda"), node("t", "http_endpoint")
    assert calling("http_endpoint", function, target, IGW) == [Obstacle.NO_WAY_TO_INTERNET]
    assert calling("http_endpoint", function, target, NAT, IGW) == [Obstacle.PUBLIC_SUBNET]


@pytest.mark.point("LAM-12")
@pytest.mark.parametrize(("service", "endpoint"), [("s3", "s3"), ("dynamodb", "dynamodb"), ("sqs_standard", "sqs")])
def test_a_function_in_a_vpc_reaches_a_public_service_by_an_endpoint_or_a_nat_gateway(
    service: str, endpoint: str
) -> None:
    function, target = at("private", "f", "lambda"), node("t", service)
    assert calling(service, function, target) == [Obstacle.NO_WAY_TO_SERVICE]
    assert calling(service, function, target, at("vpc", "e", "vpc_endpoint", aws_service=endpoint)) == []
    assert calling(service, function, target, NAT, IGW) == []
    wrong = at("vpc", "e", "vpc_endpoint", aws_service="kms")
    assert calling(service, function, target, wrong) == [Obstacle.NO_WAY_TO_SERVICE]
    elsewhere = at("other", "e", "vpc_endpoint", aws_service=endpoint)
    assert calling(service, function, target, elsewhere) == [Obstacle.NO_WAY_TO_SERVICE]


@pytest.mark.point("LAM-12")
def test_an_endpoint_serves_what_its_arrows_point_at() -> None:
    function, target, endpoint = at("private", "f", "lambda"), node("t", "s3"), at("vpc", "e", "vpc_endpoint")
    arrow = edge("e", "t", "vpc_endpoint.s3.gateway_endpoint")
    assert obstacles(function, target, endpoint, edge("f", "t", TO["s3"]), arrow) == []
    drawn = framed(target, endpoint, arrow)
    assert served(drawn, endpoint) == {"s3"}
    assert not is_interface(drawn, endpoint)


@pytest.mark.point("APG-03")
def test_a_private_api_is_reached_through_its_endpoint_from_within_a_vpc_only() -> None:
    api = node("a", "api_gateway_rest", endpoint_type="private")
    call = edge("c", "a", "client.api_gateway_rest.https")
    inside = at("private", "c", "client")
    assert obstacles(node("c", "client"), api, call) == [Obstacle.CALLER_OUTSIDE]
    assert obstacles(inside, api, call) == [Obstacle.NO_PRIVATE_API_ENDPOINT]
    assert obstacles(inside, api, call, at("vpc", "e", "vpc_endpoint", aws_service="execute-api")) == []
    for kind in ("edge", "regional"):
        assert obstacles(node("c", "client"), node("a", "api_gateway_rest", endpoint_type=kind), call) == []


def test_an_internal_load_balancer_is_reached_from_within_its_vpc_only() -> None:
    call = edge("c", "b", "client.alb.https")
    internal = at("private", "b", "alb", scheme="internal")
    assert obstacles(node("c", "client"), internal, call) == [Obstacle.CALLER_OUTSIDE]
    assert obstacles(at("private", "c", "client"), internal, call) == []
    assert obstacles(node("c", "client"), at("public", "b", "alb"), call) == []


def test_a_task_with_a_public_address_in_a_public_subnet_needs_no_nat_gateway() -> None:
    queue, call = node("q", "sqs_standard"), edge("s", "q", "ecs_fargate.sqs_standard.send_message")
    assert obstacles(at("public", "s", "ecs_fargate"), queue, call) == [Obstacle.NO_WAY_TO_SERVICE]
    assert obstacles(at("public", "s", "ecs_fargate", assign_public_ip=True), queue, call) == []
    assert obstacles(at("private", "s", "ecs_fargate", assign_public_ip=True), queue, call) == [
        Obstacle.NO_WAY_TO_SERVICE
    ]


def test_the_one_who_fetches_from_a_queue_is_the_one_who_calls() -> None:
    poll = edge("q", "g", "sqs_standard.ec2_autoscaling_group.poll")
    assert obstacles(node("q", "sqs_standard"), at("private", "g", "ec2_autoscaling_group"), poll) == [
        Obstacle.NO_WAY_TO_SERVICE
    ]


def test_what_lambda_does_itself_needs_no_way_out_of_the_functions_vpc() -> None:
    function, queue = at("private", "f", "lambda"), node("q", "sqs_standard")
    for connection in ("lambda.sqs_standard.on_failure", "lambda.sqs_standard.dead_letter"):
        assert obstacles(function, queue, edge("f", "q", connection)) == []
    assert obstacles(function, queue, edge("q", "f", "sqs_standard.lambda.event_source_mapping")) == []


def test_only_calls_without_an_endpoint_go_through_the_nat_gateway() -> None:
    function, bucket, queue = at("private", "f", "lambda"), node("b", "s3"), node("q", "sqs_standard")
    drawn = framed(
        function,
        bucket,
        queue,
        NAT,
        IGW,
        edge("f", "b", TO["s3"]),
        edge("f", "q", TO["sqs_standard"]),
        at("vpc", "e", "vpc_endpoint", aws_service="s3"),
    )
    assert [call.called.id for call in through_nat(drawn)] == ["q"]


def test_a_bucket_drawn_inside_a_vpc_does_not_lie_there() -> None:
    assert not place_of(framed(at("private", "b", "s3")), at("private", "b", "s3")).attached


def test_a_frame_tells_the_kind_of_subnet_and_the_vpc_around_it() -> None:
    place = place_of(framed(), at("public", "f", "lambda"))
    assert (place.vpc, place.subnet, place.public_subnet) == ("vpc", "public", True)
    assert place_of(framed(), at("gone", "f", "lambda")).attached is False


def test_endpoint_services_are_choices_of_the_endpoint() -> None:
    choices = {choice.value for choice in services()["vpc_endpoint"].parameter("aws_service").choices}
    assert set(ENDPOINT_SERVICES.values()) <= choices
