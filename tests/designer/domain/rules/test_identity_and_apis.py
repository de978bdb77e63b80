"""Sign-in, credentials and what stands in front of APIs: what is refused, and what works in its place."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from designer.domain.catalog.registry import services
from designer.domain.connections.registry import connections, refusal, rows_between
from designer.domain.connections.spec import Connection, Flow, Mode
from designer.domain.graph.document import design_from_json
from designer.domain.graph.model import Design, Edge, Node
from designer.domain.graph.operations import apply
from designer.domain.rules.check import check
from designer.domain.rules.rule import Finding, Severity

EXAMPLES = Path(__file__).resolve().parents[3] / "fixtures" / "designs" / "rules"
NO_TOKENS = (
    "sqs_standard",
    "dynamodb",
    "step_functions_standard",
    "step_functions_express",
    "s3",
    "sns_standard",
    "eventbridge_bus",
    "kinesis_stream",
)


def bad(rule_id: str) -> Design:
    return design_from_json(json.loads((EXAMPLES / rule_id / "bad.json").read_text(encoding="utf-8")))


def found(design: Design, rule_id: str) -> list[Finding]:
    return [finding for finding in check(design) if finding.rule_id == rule_id]


def edge(source: str, target: str, connection: str, **parameters: str | int | bool) -> Edge:
    row = connections()[connection]
    return Edge(f"{source}-{target}", source, target, connection, row.mode, row.flow, parameters)


def design(nodes: dict[str, tuple[str, dict[str, str | int | bool]]], *edges: Edge) -> Design:
    return Design(
        "Test",
        {key: Node(key, service, key, parameters=values) for key, (service, values) in nodes.items()},
        {e.id: e for e in edges},
    )


@pytest.mark.point("COG-01")
@pytest.mark.parametrize("service", NO_TOKENS)
def test_a_token_opens_no_aws_service_and_an_identity_pool_is_put_in_between(service: str) -> None:
    refused = refusal("cognito_user_pool", service)
    assert refused is not None
    assert "JWT" in refused.explanation
    assert refused.bridge is not None
    assert refused.bridge.service == "cognito_identity_pool"
    drawn = design(
        {"users": ("cognito_user_pool", {}), "target": (service, {})},
        Edge("wrong", "users", "target", refused.id, refused.mode, refused.flow),
    )
    finding = found(drawn, "C001")[0]
    assert "JWT" in finding.why
    bridged = apply(drawn, finding.fixes[0].operations).design
    assert not found(bridged, "C001")
    assert [e.connection for e in bridged.edges.values() if e.source == "users"] == [
        "cognito_user_pool.cognito_identity_pool.provider"
    ]


@pytest.mark.point("COG-01", "APG-02")
@pytest.mark.parametrize("api", ["api_gateway_rest", "api_gateway_http"])
def test_a_user_pool_is_an_authorizer_of_an_api_whichever_way_it_is_drawn(api: str) -> None:
    for source, target in ((api, "cognito_user_pool"), ("cognito_user_pool", api)):
        row = rows_between(source, target)[0]
        assert (row.mode, row.flow, row.preferred) == (Mode.AUTHORIZER, Flow.SYNC, True)
        nodes: dict[str, tuple[str, dict[str, str | int | bool]]] = {
            "api": (api, {}),
            "users": ("cognito_user_pool", {}),
        }
        ends = ("api", "users") if source == api else ("users", "api")
        assert found(design(nodes), "S001")
        assert not found(design(nodes, edge(*ends, row.id)), "S001")


@pytest.mark.point("APG-02")
def test_a_web_acl_vouches_for_nobody() -> None:
    open_api = design(
        {"api": ("api_gateway_rest", {}), "firewall": ("waf", {})},
        edge("firewall", "api", "waf.api_gateway_rest.protect"),
    )
    assert found(open_api, "S001")


@pytest.mark.point("COG-02")
def test_an_identity_pool_gives_a_client_the_credentials_for_a_service() -> None:
    for service in (*NO_TOKENS, "lambda", "firehose", "api_gateway_rest"):
        row = rows_between("cognito_identity_pool", service)[0]
        assert row.usable
        assert row.id.endswith(".credentials")
        assert {p.id for p in row.parameters} == {"pool_role"}
    direct = bad("C007")
    fixed = apply(direct, found(direct, "C007")[0].fixes[0].operations).design
    assert not found(fixed, "C007")
    assert sorted(e.connection for e in fixed.edges.values()) == [
        "client.cognito_identity_pool.get_credentials",
        "client.s3.api",
        "cognito_identity_pool.s3.credentials",
    ]


@pytest.mark.point("COG-02")
def test_guests_need_guest_access_and_a_role_of_their_own() -> None:
    nodes: dict[str, tuple[str, dict[str, str | int | bool]]] = {
        "app": ("client", {}),
        "identities": ("cognito_identity_pool", {}),
        "photos": ("s3", {}),
    }
    edges = (
        edge("app", "identities", "client.cognito_identity_pool.get_credentials"),
        edge("app", "photos", "client.s3.api"),
        edge("identities", "photos", "cognito_identity_pool.s3.credentials", pool_role="unauthenticated"),
    )
    finding = found(design(nodes, *edges), "C180")[0]
    assert "guests" in finding.message
    fixed = apply(design(nodes, *edges), finding.fixes[0].operations).design
    assert fixed.nodes["identities"].value("guest_access") is True
    assert fixed.nodes["identities"].value("unauthenticated_role") is True
    assert not found(fixed, "C180")
    assert found(fixed, "S182"), "what guests may do is said all the same"


@pytest.mark.point("COG-03")
def test_five_providers_are_told_to_use_one_user_pool() -> None:
    five = bad("S183")
    finding = found(five, "S183")[0]
    assert "5 role configurations" in finding.message
    fixed = apply(five, finding.fixes[0].operations).design
    federated = [e for e in fixed.edges.values() if e.connection == "identity_provider.cognito_user_pool.federation"]
    assert len(federated) == 5
    pools = {e.target for e in federated}
    assert [e.target for e in fixed.edges.values() if e.source in pools] == ["identities"]
    assert not [f for f in check(fixed) if f.severity is Severity.ERROR]


@pytest.mark.point("COG-03")
@pytest.mark.parametrize("kind", ["Google", "Facebook", "LoginWithAmazon", "SignInWithApple", "SAML", "OIDC"])
def test_every_kind_of_provider_can_be_drawn_and_vouches_for_both_pools(kind: str) -> None:
    choices = {choice.value for choice in services()["identity_provider"].parameter("kind").choices}
    assert kind in choices
    drawn = design(
        {
            "provider": ("identity_provider", {"kind": kind}),
            "users": ("cognito_user_pool", {"managed_login": True}),
            "identities": ("cognito_identity_pool", {}),
        },
        edge("provider", "users", "identity_provider.cognito_user_pool.federation"),
        edge("provider", "identities", "identity_provider.cognito_identity_pool.login"),
    )
    assert not [finding for finding in check(drawn) if finding.severity is Severity.ERROR]


@pytest.mark.point("COG-04")
def test_every_trigger_of_a_user_pool_can_be_drawn_and_says_who_waits() -> None:
    triggers = [row for row in rows_between("cognito_user_pool", "lambda") if row.mode is Mode.TRIGGER]
    assert len(triggers) == 13
    nobody_waits = {row.id.split(".")[2] for row in triggers if row.flow is Flow.ASYNC}
    assert nobody_waits == {"custom_sms_sender", "custom_email_sender"}
    slow = bad("R184")
    assert "5 s" in found(slow, "R184")[0].message


@pytest.mark.point("SQS-09")
def test_a_service_that_sends_under_a_key_has_to_be_let_in_by_the_keys_policy() -> None:
    shut_out = bad("S197")
    finding = found(shut_out, "S197")[0]
    assert "photos cannot write to arrivals" in finding.message
    fixed = apply(shut_out, finding.fixes[0].operations).design
    assert fixed.nodes["key"].value("services_allowed") is True
    own_key = found(
        design(
            {"b": ("s3", {}), "q": ("sqs_standard", {"encryption": "kms_aws_managed"})},
            edge("b", "q", "s3.sqs_standard.event_notification"),
        ),
        "S003",
    )
    assert "AWS managed" in own_key[0].message


@pytest.mark.point("APG-01")
def test_rest_and_http_apis_differ_in_what_they_have() -> None:
    rest, http = ({p.id for p in services()[f"api_gateway_{kind}"].parameters} for kind in ("rest", "http"))
    rest_only = {"cache_enabled", "canary_percent", "request_validation", "api_key_required", "endpoint_type"}
    assert rest_only <= rest
    assert not rest_only & http
    assert refusal("api_gateway_http", "waf") is not None
    assert refusal("api_gateway_http", "dynamodb") is not None
    assert refusal("api_gateway_http", "xray") is not None
    assert refusal("api_gateway_rest", "waf") is None
    assert rows_between("api_gateway_websocket", "lambda")


@pytest.mark.point("APG-09")
def test_an_api_reaches_web_servers_on_premises_and_inside_a_vpc() -> None:
    for api in ("api_gateway_rest", "api_gateway_http"):
        for target in ("http_endpoint", "alb", "ecs_fargate"):
            row = rows_between(api, target)[0]
            assert row.usable
            assert row.mode is Mode.INTEGRATION
    private = bad("C199")
    fixed = apply(private, found(private, "C199")[0].fixes[0].operations).design
    assert not found(fixed, "C199")


@pytest.mark.point("APG-03")
@pytest.mark.parametrize(("endpoint", "reached"), [("edge", True), ("regional", True), ("private", False)])
def test_a_private_api_is_not_reached_from_outside(endpoint: str, *, reached: bool) -> None:
    drawn = design(
        {"edge": ("cloudfront", {}), "api": ("api_gateway_rest", {"endpoint_type": endpoint})},
        edge("edge", "api", "cloudfront.api_gateway_rest.origin"),
    )
    errors = [finding for finding in check(drawn) if finding.severity is Severity.ERROR]
    assert not errors if reached else errors


def test_what_vouches_protects_or_encrypts_is_not_told_that_nothing_leads_there() -> None:
    drawn = design(
        {
            "app": ("client", {}),
            "api": ("api_gateway_rest", {}),
            "fn": ("lambda", {}),
            "users": ("cognito_user_pool", {"managed_login": True}),
            "google": ("identity_provider", {}),
            "firewall": ("waf", {}),
            "key": ("kms", {}),
            "lonely": ("waf", {}),
        },
        edge("app", "api", "client.api_gateway_rest.https"),
        edge("api", "fn", "api_gateway_rest.lambda.proxy"),
        edge("users", "api", "cognito_user_pool.api_gateway_rest.authorizer"),
        edge("google", "users", "identity_provider.cognito_user_pool.federation"),
        edge("firewall", "api", "waf.api_gateway_rest.protect"),
        edge("key", "fn", "kms.lambda.environment_key"),
    )
    assert found(drawn, "R031") == []
    assert [finding.subject.id for finding in found(drawn, "R032")] == ["lonely"], "one rule speaks of it, not two"


SOURCES = (
    "client",
    "api_gateway_rest",
    "api_gateway_http",
    "cognito_user_pool",
    "cognito_identity_pool",
    "cloudfront",
    "waf",
)
BRIDGED = [row for row in connections().values() if row.source in SOURCES and row.bridge is not None]


@pytest.mark.parametrize("row", BRIDGED, ids=lambda row: row.id)
def test_the_component_put_in_between_makes_the_connection_work_with_its_settings(row: Connection) -> None:
    drawn = design({"a": (row.source, {}), "b": (row.target, {})}, Edge("wrong", "a", "b", row.id, row.mode, row.flow))
    fixed = apply(drawn, found(drawn, "C001")[0].fixes[0].operations).design
    assert row.bridge is not None
    assert {e.connection for e in fixed.edges.values()} == {row.bridge.first, row.bridge.second}
    assert [finding.message for finding in check(fixed) if finding.rule_id in ("C001", "C003", "C004", "C017")] == []
