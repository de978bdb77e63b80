"""What stands in front of APIs: authorizers, CORS, mutual TLS, usage plans, caches and the waiting of callers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from designer.domain.catalog.sources import aws_docs, toolkit
from designer.domain.connections.registry import connections
from designer.domain.connections.spec import Mode
from designer.domain.graph.model import Design, Edge, Node
from designer.domain.rules.fixes import set_edge, set_node
from designer.domain.rules.meanings import names, vouching
from designer.domain.rules.problem import Problem, problem
from designer.domain.rules.registry import rule
from designer.domain.rules.rule import Scope, Severity

_GUIDE: Final = "apigateway/latest/developerguide/"
_REST: Final = ("api_gateway_rest",)
_FRONTS: Final = ("api_gateway_rest", "api_gateway_http")
_MEANT: Final = {
    "api_gateway_rest": {
        "lambda": "lambda",
        "cognito_user_pool": "cognito",
        "cognito_identity_pool": "iam",
    },
    "api_gateway_http": {
        "lambda": "lambda",
        "cognito_user_pool": "jwt",
        "identity_provider": "jwt",
        "cognito_identity_pool": "iam",
    },
}
"""The authorization setting that goes with each kind of thing that vouches for callers."""
_CACHEABLE: Final = tuple(
    row.id for row in connections().values() if any(parameter.id == "caching" for parameter in row.parameters)
)
_READS: Final = ("GET", "HEAD", "OPTIONS", "ANY")


@rule(
    "C189",
    Severity.WARNING,
    "Authorization and authorizer disagree",
    scope=Scope.NODE,
    only=_FRONTS,
    why="A method has one kind of authorization: what the setting names is asked, the other authorizer is not.",
    source=aws_docs("Control access to REST APIs", _GUIDE + "apigateway-control-access-to-api.html"),
)
def authorization_disagrees(design: Design, api: Node) -> Iterator[Problem]:
    """The setting names another kind of authorization than every authorizer that is drawn."""
    setting = str(api.value("authorization"))
    meant = [_MEANT[api.service].get(node.service, setting) for node in vouching(design, api)]
    if meant and setting not in ("none", "api_key") and setting not in meant:
        yield problem(
            api,
            f"{api.label} says {setting}, but {names(vouching(design, api))} should vouch for its callers.",
            set_node(api, "Go by what is drawn", authorization=meant[0]),
            parameter="authorization",
        )


@rule(
    "C190",
    Severity.WARNING,
    "Browser without CORS",
    scope=Scope.NODE,
    only=_FRONTS,
    why="Before a page calls another site, the browser asks that site. Without an answer it refuses the call, although "
    "the API works from everywhere else.",
    source=aws_docs("CORS for REST APIs in API Gateway", _GUIDE + "how-to-cors.html"),
)
def browser_without_cors(design: Design, api: Node) -> Iterator[Problem]:
    """A browser calls an API directly, and the API has CORS switched off."""
    callers = [design.nodes[edge.source] for edge in design.incoming(api.id)]
    browsers = [node for node in callers if node.service == "client" and node.value("kind") == "browser"]
    if browsers and api.value("cors") is not True:
        yield problem(
            api,
            f"{names(browsers)} is a browser, and {api.label} does not answer its question (CORS).",
            set_node(api, "Switch CORS on", cors=True),
            parameter="cors",
        )


@rule(
    "S191",
    Severity.WARNING,
    "Way past mutual TLS",
    scope=Scope.NODE,
    only=_FRONTS,
    why="Client certificates are asked for on a domain of your own only. At the API's default address everybody goes "
    "past them.",
    source=aws_docs("Mutual TLS authentication for REST APIs", _GUIDE + "rest-api-mutual-tls.html"),
)
def past_mutual_tls(design: Design, api: Node) -> Iterator[Problem]:
    """Mutual TLS is on without a domain of its own, or the default address still answers."""
    del design
    if api.value("mutual_tls") is not True:
        return
    if api.value("custom_domain") is not True or api.value("default_endpoint") is True:
        yield problem(
            api,
            f"{api.label} can be called without a client certificate at its default address.",
            set_node(api, "Leave only its own domain", custom_domain=True, default_endpoint=False),
            parameter="mutual_tls",
        )


@rule(
    "C192",
    Severity.WARNING,
    "Usage plan without keys",
    scope=Scope.NODE,
    only=_REST,
    why="A usage plan counts requests by their API key. Requests without one are neither slowed down nor counted.",
    source=aws_docs("Usage plans and API keys for REST APIs", _GUIDE + "api-gateway-api-usage-plans.html"),
)
def plan_without_keys(design: Design, api: Node) -> Iterator[Problem]:
    """A usage plan is set, and the API asks for no key."""
    del design
    planned = [key for key in ("plan_rate_per_s", "plan_burst", "plan_quota") if api.value(key) is not None]
    if planned and api.value("api_key_required") is not True and api.value("authorization") != "api_key":
        yield problem(
            api,
            f"{api.label} has a usage plan, but asks for no API key.",
            set_node(api, "Ask for API keys", api_key_required=True),
            parameter="api_key_required",
        )


@rule(
    "R193",
    Severity.WARNING,
    "Cached although it changes something",
    scope=Scope.EDGE,
    only=_CACHEABLE,
    why="The cache key does not know the body: the second of two different requests gets the first one's answer, and "
    "its work is never done.",
    source=toolkit("API Gateway", "api-gateway.md"),
)
def cached_write(design: Design, edge: Edge) -> Iterator[Problem]:
    """A route with a method that writes has caching switched on by itself."""
    if edge.value("caching") == "on" and edge.value("http_method") not in _READS:
        yield problem(
            edge,
            f"{design.nodes[edge.source].label} → {design.nodes[edge.target].label}: answers to "
            f"{edge.value('http_method')} are cached.",
            set_edge(edge, "Cache GET only", caching=None),
            parameter="caching",
        )


@rule(
    "R190",
    Severity.WARNING,
    "Caller gives up before the API",
    scope=Scope.NODE,
    only=("client",),
    why="The API and the function behind it go on for nobody, and are billed; a caller that tries again makes the work "
    "twice as much.",
    source=toolkit("API Gateway", "api-gateway.md"),
)
def caller_gives_up_first(design: Design, client: Node) -> Iterator[Problem]:
    """A client waits a shorter time than an API that it calls waits for its own backend."""
    apis = [
        design.nodes[edge.target]
        for edge in design.outgoing(client.id)
        if edge.mode is Mode.SYNCHRONOUS and design.nodes[edge.target].service in _FRONTS
    ]
    if not apis:
        return
    slowest = max(apis, key=lambda node: node.number("integration_timeout_ms", 29_000))
    waits_s = slowest.number("integration_timeout_ms", 29_000) / 1000
    if client.number("timeout_s", 30) < waits_s:
        yield problem(
            client,
            f"{client.label} gives up after {client.number('timeout_s', 30):g} s, but {slowest.label} waits up to "
            f"{waits_s:g} s for its backend.",
            set_node(client, f"Wait {waits_s:g} s", timeout_s=waits_s),
            parameter="timeout_s",
        )
