"""CloudFront, web ACLs, keys and secrets."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final

from designer.domain.catalog.registry import services
from designer.domain.catalog.sources import CLOUDFRONT_QUOTAS, WAF_RESOURCES, aws_docs
from designer.domain.graph.model import Design, Edge, Node
from designer.domain.graph.operations import AddEdge, AddNode
from designer.domain.rules.fixes import new_edge, new_node, place_beside, remove_edges, set_edge, set_node
from designer.domain.rules.meanings import names
from designer.domain.rules.problem import Problem, problem
from designer.domain.rules.registry import rule
from designer.domain.rules.rule import Fix, Scope, Severity

_LONGEST_ORIGIN_TIMEOUT_S: Final = 120
_SENDERS_OF_THEIR_OWN: Final = frozenset(
    {"s3", "sns_standard", "sns_fifo", "eventbridge_bus", "eventbridge_rule", "cloudwatch_alarm", "iot_rule"}
)
"""Services that write to a queue or topic in their own name, so that the key's policy has to let them in."""
_SECRET_NAME: Final = re.compile(
    r"(^|_)(password|passwd|secret|secret_?key|api_?key|access_?key|private_?key|token)$", re.IGNORECASE
)
_FETCH: Final = "lambda.ssm_secrets.get"


@rule(
    "C194",
    Severity.ERROR,
    "Two web ACLs on one resource",
    scope=Scope.NODE,
    only=("api_gateway_rest", "cloudfront", "cognito_user_pool", "alb", "appsync"),
    why="A resource has one web ACL at most: attaching a second one takes the first one's place.",
    source=WAF_RESOURCES,
)
def two_web_acls(design: Design, node: Node) -> Iterator[Problem]:
    """More than one web ACL is drawn to or from the resource."""
    acls: dict[str, list[Edge]] = {}
    for edge in (*design.incoming(node.id), *design.outgoing(node.id)):
        other = edge.source if edge.target == node.id else edge.target
        if design.nodes[other].service == "waf":
            acls.setdefault(other, []).append(edge)
    if len(acls) > 1:
        first, *others = sorted(acls)
        surplus = [edge for other in others for edge in acls[other]]
        yield problem(
            node,
            f"{node.label} has {len(acls)} web ACLs: {names([design.nodes[acl] for acl in sorted(acls)])}.",
            remove_edges(surplus, f"Keep {design.nodes[first].label} only"),
        )


@rule(
    "P195",
    Severity.ADVICE,
    "CloudFront in front of CloudFront",
    scope=Scope.NODE,
    only=("api_gateway_rest",),
    why="An edge-optimized API is reached through a CloudFront of its own. Each request goes through two, and is "
    "slower for it.",
    source=aws_docs("Create a Regional API", "apigateway/latest/developerguide/create-regional-api.html"),
)
def two_edges_in_a_row(design: Design, api: Node) -> Iterator[Problem]:
    """An edge-optimized API is the origin of a distribution."""
    fronts = [e for e in design.incoming(api.id) if e.connection == "cloudfront.api_gateway_rest.origin"]
    if fronts and api.value("endpoint_type") == "edge":
        yield problem(
            api,
            f"{design.nodes[fronts[0].source].label} stands in front of {api.label}, which is edge-optimized itself.",
            set_node(api, "Make the API Regional", endpoint_type="regional"),
            parameter="endpoint_type",
        )


@rule(
    "R196",
    Severity.WARNING,
    "CloudFront gives up before its origin",
    scope=Scope.NODE,
    only=("cloudfront",),
    why="The caller gets 504 while the origin goes on and is billed.",
    source=CLOUDFRONT_QUOTAS,
)
def origin_outlasts_edge(design: Design, distribution: Node) -> Iterator[Problem]:
    """A function or an API behind the distribution may take longer than the distribution waits."""
    slow = [(_longest_s(design.nodes[e.target]), design.nodes[e.target]) for e in design.outgoing(distribution.id)]
    longest_s, origin = max(slow, key=lambda found: (found[0], found[1].id), default=(0.0, distribution))
    waits_s = distribution.number("origin_timeout_s", 30)
    if longest_s > waits_s:
        wanted_s = min(_LONGEST_ORIGIN_TIMEOUT_S, int(longest_s))
        fixes = (
            [set_node(distribution, f"Wait {wanted_s} s", origin_timeout_s=wanted_s)] if wanted_s >= longest_s else []
        )
        if not fixes and origin.service == "lambda":
            fixes = [set_node(origin, f"Set its timeout to {int(waits_s)} s", timeout_s=int(waits_s))]
        yield problem(
            distribution,
            f"{distribution.label} waits {waits_s:g} s, but {origin.label} may take {longest_s:g} s.",
            *fixes,
            parameter="origin_timeout_s",
        )


def _longest_s(origin: Node) -> float:
    match origin.service:
        case "lambda":
            return origin.number("timeout_s", 3)
        case "api_gateway_rest" | "api_gateway_http":
            return origin.number("integration_timeout_ms", 29_000) / 1000
    return 0.0


@rule(
    "S197",
    Severity.ERROR,
    "Key whose policy shuts the sender out",
    scope=Scope.NODE,
    only=("sqs_standard", "sqs_fifo", "sns_standard", "sns_fifo"),
    why="Services that send in their own name need kms:GenerateDataKey* and kms:Decrypt in the key's policy. The "
    "policy of an AWS managed key cannot be edited. Their messages are refused.",
    source=aws_docs(
        "Key management of Amazon SQS", "AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-key-management.html"
    ),
)
def key_policy_shuts_sender_out(design: Design, node: Node) -> Iterator[Problem]:
    """A queue or topic under a drawn key gets messages from services that the key's policy does not let in."""
    senders = [design.nodes[edge.source] for edge in design.incoming(node.id)]
    senders = [sender for sender in senders if sender.service in _SENDERS_OF_THEIR_OWN]
    keys = [
        design.nodes[edge.target] for edge in design.outgoing(node.id) if design.nodes[edge.target].service == "kms"
    ]
    for key in keys:
        if senders and (key.value("manager") != "customer" or key.value("services_allowed") is not True):
            yield problem(
                node,
                f"{names(senders)} cannot write to {node.label}, because the policy of {key.label} does not let it in.",
                set_node(key, f"Let the services use {key.label}", manager="customer", services_allowed=True),
            )
            return


@rule(
    "S198",
    Severity.WARNING,
    "Secret in an environment variable",
    scope=Scope.NODE,
    only=("lambda",),
    why="Whoever may look at the function's configuration or its template can read it, and it stays in both for ever.",
    source=aws_docs("Use Secrets Manager secrets in Lambda functions", "lambda/latest/dg/with-secrets-manager.html"),
)
def secret_in_environment(design: Design, function: Node) -> Iterator[Problem]:
    """The template gives the function a password, key or token in clear text, and no secret is fetched instead."""
    if any(edge.connection == _FETCH for edge in design.outgoing(function.id)):
        return
    found = sorted(_clear_text_secrets(function.resource))
    if not found:
        return
    place = place_beside(design, function)
    secret = new_node(design, f"{function.id}-secret", "ssm_secrets", services()["ssm_secrets"].label, place=place)
    edge = new_edge(design, function.id, secret.id, _FETCH)
    yield problem(
        function,
        f"{function.label} has {', '.join(found)} in its environment variables.",
        Fix("Keep it in Secrets Manager", (AddNode(secret), AddEdge(edge))),
    )


def _clear_text_secrets(resource: Mapping[str, object] | None) -> Iterator[str]:
    properties = (resource or {}).get("properties")
    environment = properties.get("Environment") if isinstance(properties, Mapping) else None
    variables = environment.get("Variables") if isinstance(environment, Mapping) else None
    if isinstance(variables, Mapping):
        for name, value in variables.items():
            if (
                isinstance(value, str)
                and value
                and not value.startswith(("arn:", "/"))
                and _SECRET_NAME.search(str(name))
            ):
                yield str(name)


@rule(
    "C199",
    Severity.ERROR,
    "Server in a VPC called over the internet",
    scope=Scope.EDGE,
    only=("api_gateway_rest.http_endpoint.http_proxy", "api_gateway_http.http_endpoint.http_proxy"),
    why="The server has private addresses only: the API cannot reach it and answers 500 or 504.",
    source=aws_docs("Private integrations for REST APIs", "apigateway/latest/developerguide/private-integration.html"),
)
def private_server_over_internet(design: Design, edge: Edge) -> Iterator[Problem]:
    """An API calls a server inside a VPC without a VPC link."""
    server = design.nodes[edge.target]
    if server.value("location") == "vpc" and edge.value("connection_type") == "INTERNET":
        yield problem(
            edge,
            f"{server.label} lies in a VPC, and {design.nodes[edge.source].label} calls it over the internet.",
            set_edge(edge, "Use a VPC link", connection_type="VPC_LINK"),
            parameter="connection_type",
        )
