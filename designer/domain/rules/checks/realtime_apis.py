"""WebSocket and GraphQL APIs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from designer.domain.catalog.registry import services
from designer.domain.catalog.sources import aws_docs
from designer.domain.graph.model import Design, Edge, Node
from designer.domain.graph.operations import AddEdge
from designer.domain.rules.fixes import new_edge, set_node
from designer.domain.rules.problem import Problem, problem
from designer.domain.rules.registry import rule
from designer.domain.rules.rule import Fix, Scope, Severity

_POST: Final = "lambda.api_gateway_websocket.post_to_connection"
_HANDLERS: Final = ("api_gateway_websocket.lambda.proxy", "api_gateway_websocket.lambda.custom")
_GRAPHQL_GUIDE: Final = "appsync/latest/devguide/"


@rule(
    "R149",
    Severity.ADVICE,
    "Nothing is ever sent to the clients",
    scope=Scope.NODE,
    only=("api_gateway_websocket",),
    why="A WebSocket API pays for open connections so that the server can send at any time. If it never does, an HTTP "
    "API is simpler and cheaper.",
    source=aws_docs(
        "Use @connections commands in your backend service",
        "apigateway/latest/developerguide/apigateway-how-to-call-websocket-api-connections.html",
    ),
)
def nothing_sent_to_clients(design: Design, api: Node) -> Iterator[Problem]:
    """Functions handle messages of the API, and nothing posts to its connections."""
    handlers = [edge.target for edge in design.outgoing(api.id) if edge.connection in _HANDLERS]
    if not handlers or any(
        edge.connection.startswith(f"{_source(edge)}.{api.service}.") and _source(edge) != "client"
        for edge in design.incoming(api.id)
    ):
        return
    answering = design.nodes[handlers[0]]
    yield problem(
        api,
        f"No part of the design posts to the connections of {api.label}.",
        Fix(
            f"Let {answering.label} post to the connections",
            (AddEdge(new_edge(design, answering.id, api.id, _POST)),),
        ),
    )


@rule(
    "S141",
    Severity.WARNING,
    "API key as the only protection of a GraphQL API",
    scope=Scope.NODE,
    only=("appsync",),
    why="The key is in every copy of the client, so that anybody can take it out and ask for everything that the "
    "schema offers.",
    source=aws_docs("AWS AppSync authorization and authentication", _GRAPHQL_GUIDE + "security-authz.html"),
)
def graphql_api_key(design: Design, api: Node) -> Iterator[Problem]:
    """The API goes by an API key and can be reached from the internet."""
    del design
    if api.value("authorization") == "API_KEY" and api.value("visibility") == "GLOBAL":
        yield problem(
            api,
            f"{api.label} asks for an API key only.",
            set_node(api, "Require signed requests (IAM)", authorization="AWS_IAM"),
            set_node(api, "Require users of a Cognito user pool", authorization="AMAZON_COGNITO_USER_POOLS"),
            parameter="authorization",
        )


@rule(
    "R150",
    Severity.WARNING,
    "Function may run longer than a GraphQL request",
    scope=Scope.EDGE,
    only=("appsync.lambda.resolver", "appsync.lambda.authorizer"),
    why="The caller gets a timeout while the function goes on and is billed.",
    source=aws_docs("AWS AppSync endpoints and quotas", "general/latest/gr/appsync.html"),
)
def slower_than_graphql(design: Design, edge: Edge) -> Iterator[Problem]:
    """The timeout of a resolver is above 30 s, or that of an authorizer above 10 s."""
    limit = "authorizer_time" if edge.connection.endswith(".authorizer") else "request_time"
    most_s = services()["appsync"].limit(limit).value
    function = design.nodes[edge.target]
    timeout_s = function.number("timeout_s", 3)
    if timeout_s > most_s:
        api = design.nodes[edge.source]
        yield problem(
            edge,
            f"{function.label} may take {timeout_s:g} s, but {api.label} gives up after {most_s:g} s.",
            set_node(function, f"Set it to {most_s:g} s", timeout_s=int(most_s)),
        )


def _source(edge: Edge) -> str:
    return edge.connection.split(".")[0]
