"""APIs: who may call them, how fast, and what is seen of it."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Final

from designer.domain.catalog.registry import services
from designer.domain.catalog.sources import API_LIMITS, aws_docs, service_model, toolkit
from designer.domain.connections.registry import connections
from designer.domain.connections.spec import Mode
from designer.domain.graph.model import Design, Node
from designer.domain.graph.operations import AddEdge, AddNode
from designer.domain.rules.fixes import new_edge, new_node, place_beside, set_node
from designer.domain.rules.meanings import APIS, vouching
from designer.domain.rules.problem import Problem, problem
from designer.domain.rules.registry import rule
from designer.domain.rules.rule import Fix, Scope, Severity

_REST: Final = ("api_gateway_rest",)
_GUIDE: Final = "apigateway/latest/developerguide/"
_REFERENCE: Final = toolkit("API Gateway", "api-gateway.md")


@rule(
    "R033",
    Severity.WARNING,
    "API without a backend",
    scope=Scope.NODE,
    only=APIS,
    why="Every request gets an error, and AWS refuses to deploy a REST API whose methods have no integration.",
    source=service_model("apigateway", "CreateDeployment"),
)
def api_without_backend(design: Design, api: Node) -> Iterator[Problem]:
    """The API leads nowhere, or only to an authorizer and to its logs."""
    if all(edge.mode in (Mode.AUTHORIZER, Mode.DELIVERY) for edge in design.outgoing(api.id)):
        yield problem(
            api, f"{api.label} has no backend. Connect it to a function, a queue, a table or another service."
        )


@rule(
    "R046",
    Severity.ADVICE,
    "No access log",
    scope=Scope.NODE,
    only=APIS,
    why="Who called what, and what they got, cannot be found out afterwards.",
    source=aws_docs("Logging for REST APIs", _GUIDE + "set-up-logging.html"),
)
def no_access_log(design: Design, api: Node) -> Iterator[Problem]:
    """Access logging is off."""
    del design
    if api.value("access_logging") is not True:
        yield problem(
            api,
            f"{api.label} keeps no access log.",
            set_node(api, "Switch the access log on", access_logging=True),
            parameter="access_logging",
        )


@rule(
    "R047",
    Severity.ADVICE,
    "API without tracing",
    scope=Scope.NODE,
    only=_REST,
    why="A slow request cannot be followed from the API into what is behind it.",
    source=aws_docs("Trace REST APIs using X-Ray", _GUIDE + "apigateway-xray.html"),
)
def api_without_tracing(design: Design, api: Node) -> Iterator[Problem]:
    """X-Ray tracing is off."""
    del design
    if api.value("xray_tracing") is not True:
        yield problem(
            api,
            f"{api.label} records no traces.",
            set_node(api, "Switch X-Ray tracing on", xray_tracing=True),
            parameter="xray_tracing",
        )


@rule(
    "S001",
    Severity.WARNING,
    "Open API",
    scope=Scope.NODE,
    only=APIS,
    why="Anybody who knows the address can call it, at your cost.",
    source=aws_docs("Controlling access to REST APIs", _GUIDE + "apigateway-control-access-to-api.html"),
)
def open_api(design: Design, api: Node) -> Iterator[Problem]:
    """The API has neither an authorization setting nor an authorizer function, and is not private."""
    if vouching(design, api) or api.value("authorization") != "none" or api.value("endpoint_type") == "private":
        return
    yield problem(
        api,
        f"{api.label} lets everybody in.",
        set_node(api, "Require signed requests (IAM)", authorization="iam"),
        *_ask_a_user_pool(design, api),
        parameter="authorization",
    )


def _ask_a_user_pool(design: Design, api: Node) -> Iterator[Fix]:
    """A new user pool whose tokens the API checks, for the kinds of API that can."""
    row = connections().get(f"{api.service}.cognito_user_pool.authorizer")
    if row is not None and row.usable:
        label = services()["cognito_user_pool"].label
        pool = new_node(design, f"{api.id}-users", "cognito_user_pool", label, place=place_beside(design, api))
        yield Fix(
            "Let a user pool vouch for callers", (AddNode(pool), AddEdge(new_edge(design, api.id, pool.id, row.id)))
        )


@rule(
    "S006",
    Severity.WARNING,
    "API key as the only protection",
    scope=Scope.NODE,
    only=_REST,
    why="An API key identifies a caller for throttling. It is sent in the clear with each request, does not expire and "
    "is easily passed on.",
    source=aws_docs("API keys and usage plans", _GUIDE + "api-gateway-api-usage-plans.html"),
)
def api_key_only(design: Design, api: Node) -> Iterator[Problem]:
    """The API asks for a key and nothing else."""
    if api.value("authorization") == "api_key" and not vouching(design, api):
        yield problem(
            api,
            f"{api.label} asks for an API key only.",
            set_node(api, "Require signed requests (IAM)", authorization="iam"),
            parameter="authorization",
        )


@rule(
    "P004",
    Severity.ADVICE,
    "API without a throttle of its own",
    scope=Scope.NODE,
    only=APIS,
    why="All APIs of the account and Region share 10,000 requests/s. One busy client can use up the share of the "
    "others, and everything behind this API has to bear the same rate.",
    source=API_LIMITS,
)
def default_throttle(design: Design, api: Node) -> Iterator[Problem]:
    """No request rate is set, so that only the account's applies."""
    if api.value("throttle_rate_per_s") is not None:
        return
    rate_per_s = _twice_the_expected_rate(design, api)
    yield problem(
        api,
        f"{api.label} lets as much through as the whole account may.",
        set_node(api, f"Limit it to {rate_per_s:,} requests/s", throttle_rate_per_s=rate_per_s),
        parameter="throttle_rate_per_s",
    )


@rule(
    "M003",
    Severity.WARNING,
    "Cache that keeps nothing",
    scope=Scope.NODE,
    only=_REST,
    why="The cache is billed by the hour while every request still goes to the backend.",
    source=_REFERENCE,
)
def cache_without_lifetime(design: Design, api: Node) -> Iterator[Problem]:
    """The cache is on, with a lifetime of 0 s."""
    del design
    if api.value("cache_enabled") is True and api.value("cache_ttl_s") == 0:
        yield problem(
            api,
            f"{api.label} pays for a cache whose answers live 0 s.",
            set_node(api, "Keep answers for 300 s", cache_ttl_s=300),
            set_node(api, "Switch the cache off", cache_enabled=False),
            parameter="cache_ttl_s",
        )


def _twice_the_expected_rate(design: Design, api: Node) -> int:
    """Twice the highest rate of the clients in front, at least 100/s, at most the account's 10,000/s."""
    clients = (design.nodes[edge.source] for edge in design.incoming(api.id))
    expected = sum(
        max(node.number("rate_per_s"), node.number("peak_rate_per_s")) for node in clients if node.service == "client"
    )
    return min(10_000, max(100, math.ceil(2 * expected)))
