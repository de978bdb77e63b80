"""User pools: their triggers, their app client, their feature plan and what they send."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from designer.domain.catalog.registry import services
from designer.domain.catalog.sources import COGNITO_QUOTAS, COGNITO_TRIGGERS, aws_docs
from designer.domain.connections.spec import Flow
from designer.domain.graph.model import Design, Edge, Node
from designer.domain.graph.operations import AddEdge
from designer.domain.rules.fixes import new_edge, set_node
from designer.domain.rules.meanings import names
from designer.domain.rules.problem import Problem, problem
from designer.domain.rules.registry import rule
from designer.domain.rules.rule import Fix, Scope, Severity

_USER_POOL: Final = ("cognito_user_pool",)
_GUIDE: Final = "cognito/latest/developerguide/"
_CHALLENGE: Final = tuple(
    f"cognito_user_pool.lambda.{step}"
    for step in ("define_auth_challenge", "create_auth_challenge", "verify_auth_challenge")
)
_OPEN_TO_READERS: Final = {"browser": "a browser", "app": "an app", "device": "a device"}
_CATEGORIES: Final = {
    "SignIn": "user_authentication",
    "RefreshToken": "user_authentication",
    "SignUp": "user_creation",
    "ForgotPassword": "user_account_recovery",
    "Federation": "user_federation",
    "MachineToken": "client_authentication",
}
"""The request rate that each action at a user pool counts against."""
_CLIENTS: Final = aws_docs(
    "Application-specific settings with app clients", _GUIDE + "user-pool-settings-client-apps.html"
)


@rule(
    "R184",
    Severity.WARNING,
    "Trigger that may take longer than 5 seconds",
    scope=Scope.NODE,
    only=("lambda",),
    why="Cognito waits 5 s for a trigger and tries three times in all; then the sign-up or sign-in fails, while the "
    "function goes on and is billed.",
    source=COGNITO_TRIGGERS,
)
def slow_trigger(design: Design, function: Node) -> Iterator[Problem]:
    """A function that a user pool waits for has a timeout above 5 s."""
    pools = [
        design.nodes[edge.source]
        for edge in design.incoming(function.id)
        if edge.connection.startswith("cognito_user_pool.lambda.") and edge.flow is Flow.SYNC
    ]
    most_s = services()["cognito_user_pool"].limit("trigger_timeout").value
    if pools and function.number("timeout_s", 3) > most_s:
        yield problem(
            function,
            f"{function.label} may take {function.number('timeout_s', 3):g} s, but {names(pools)} waits {most_s:g} s.",
            set_node(function, f"Set it to {most_s:g} s", timeout_s=int(most_s)),
            parameter="timeout_s",
        )


@rule(
    "C185",
    Severity.ERROR,
    "Custom sign-in with a step missing",
    scope=Scope.NODE,
    only=_USER_POOL,
    why="A custom sign-in takes three functions: one names the next step, one makes the challenge, one checks the "
    "answer. Without one of them each sign-in fails.",
    source=aws_docs("Custom authentication challenge Lambda triggers", _GUIDE + "user-pool-lambda-challenge.html"),
)
def custom_sign_in_incomplete(design: Design, pool: Node) -> Iterator[Problem]:
    """Some of the three challenge triggers are drawn, but not all."""
    steps = {e.connection: e for e in design.outgoing(pool.id) if e.connection in _CHALLENGE}
    missing = [connection for connection in _CHALLENGE if connection not in steps]
    if not steps or not missing:
        return
    function = next(iter(steps.values())).target
    added: list[Edge] = []
    for connection in missing:
        added.append(new_edge(design, pool.id, function, connection, besides=[edge.id for edge in added]))
    rows = [edge.row.label for edge in added if edge.row is not None]
    yield problem(
        pool,
        f"{pool.label} lacks a function for: {', '.join(rows)}.",
        Fix(f"Let {design.nodes[function].label} do it too", tuple(AddEdge(edge) for edge in added)),
    )


@rule(
    "S186",
    Severity.WARNING,
    "App client secret in the open",
    scope=Scope.NODE,
    only=_USER_POOL,
    why="Whatever is shipped to a browser, an app or a device can be read there, so that the secret protects nothing.",
    source=_CLIENTS,
)
def secret_in_the_open(design: Design, pool: Node) -> Iterator[Problem]:
    """A caller that can keep no secret signs in with an app client that has one."""
    if pool.value("client_secret") is not True:
        return
    if any(edge.connection == "cognito_user_pool.alb.authenticate" for edge in design.outgoing(pool.id)):
        return
    callers = [
        design.nodes[edge.source]
        for edge in design.incoming(pool.id)
        if edge.connection == "client.cognito_user_pool.sign_in"
        and design.nodes[edge.source].value("kind") in _OPEN_TO_READERS
    ]
    if callers:
        yield problem(
            pool,
            f"{names(callers)} signs in with an app client that has a secret, but cannot keep one.",
            set_node(pool, "Use an app client without a secret", client_secret=False),
            parameter="client_secret",
        )


@rule(
    "L187",
    Severity.ERROR,
    "Feature that the plan does not have",
    scope=Scope.NODE,
    only=_USER_POOL,
    why="AWS refuses the setting until the user pool has a larger feature plan.",
    source=aws_docs("User pool feature plans", _GUIDE + "cognito-sign-in-feature-plans.html"),
)
def feature_beyond_plan(design: Design, pool: Node) -> Iterator[Problem]:
    """Threat protection or its records without the Plus plan, or customized access tokens with the Lite plan."""
    tier = pool.value("tier")
    edges = design.outgoing(pool.id)
    if tier != "PLUS" and (
        pool.value("threat_protection") != "OFF" or any(e.value("event_source") == "userAuthEvents" for e in edges)
    ):
        yield problem(
            pool,
            f"{pool.label} uses threat protection or its records, which are part of the Plus plan.",
            set_node(pool, "Take the Plus plan", tier="PLUS"),
            parameter="tier",
        )
    elif tier == "LITE" and any(e.value("token_version") in ("V2_0", "V3_0") for e in edges):
        yield problem(
            pool,
            f"{pool.label} changes access tokens, which the Lite plan cannot.",
            set_node(pool, "Take the Essentials plan", tier="ESSENTIALS"),
            parameter="tier",
        )


@rule(
    "R188",
    Severity.ADVICE,
    "Fifty e-mails a day",
    scope=Scope.NODE,
    only=_USER_POOL,
    why="Cognito's own sender stops after 50 messages a day for the whole account. Who registers after that gets no "
    "code.",
    source=COGNITO_QUOTAS,
)
def few_emails(design: Design, pool: Node) -> Iterator[Problem]:
    """People register themselves, and their codes are sent by Cognito's own sender."""
    senders = [e for e in design.outgoing(pool.id) if e.connection == "cognito_user_pool.lambda.custom_email_sender"]
    if pool.value("self_sign_up") is True and pool.value("email_sender") == "COGNITO_DEFAULT" and not senders:
        yield problem(
            pool,
            f"{pool.label} sends its codes by Cognito's own sender.",
            set_node(pool, "Send through Amazon SES", email_sender="DEVELOPER"),
            parameter="email_sender",
        )


@rule(
    "S180",
    Severity.ADVICE,
    "No second factor",
    scope=Scope.NODE,
    only=_USER_POOL,
    why="A guessed or stolen password is enough to take over an account.",
    source=aws_docs("Adding MFA to a user pool", _GUIDE + "user-pool-settings-mfa.html"),
)
def no_second_factor(design: Design, pool: Node) -> Iterator[Problem]:
    """Multi-factor authentication is off."""
    del design
    if pool.value("mfa") == "OFF":
        yield problem(
            pool,
            f"{pool.label} lets people in with a password alone.",
            set_node(pool, "Offer a second factor", mfa="OPTIONAL"),
            parameter="mfa",
        )


@rule(
    "L181",
    Severity.WARNING,
    "More requests than the user pools of an account take",
    scope=Scope.NODE,
    only=_USER_POOL,
    why="Cognito answers TooManyRequestsException above the account's request rate, which all its user pools share. "
    "AWS raises some of the rates on request.",
    source=COGNITO_QUOTAS,
)
def beyond_request_rate(design: Design, pool: Node) -> Iterator[Problem]:
    """At their peak, clients send more requests of one category than the account's rate."""
    expected: dict[str, float] = {}
    for edge in design.incoming(pool.id):
        category = _CATEGORIES.get(str(edge.value("action")))
        if edge.connection == "client.cognito_user_pool.sign_in" and category is not None:
            expected[category] = expected.get(category, 0.0) + _peak_rate_per_s(design, edge)
    limits = {category: services()["cognito_user_pool"].limit(category) for category in expected}
    beyond = [
        f"{rate_per_s:,.0f} instead of {limits[category].value:g} for {limits[category].label.partition(': ')[2]}"
        for category, rate_per_s in sorted(expected.items())
        if rate_per_s > limits[category].value
    ]
    if beyond:
        yield problem(pool, f"{pool.label} gets more requests/s than the account may make: {', '.join(beyond)}.")


def _peak_rate_per_s(design: Design, edge: Edge) -> float:
    """The client's highest rate, shared over its arrows by their weights."""
    client = design.nodes[edge.source]
    peak = client.number("peak_rate_per_s") if client.value("pattern") in ("ramp", "spike") else 0.0
    weights = sum(max(other.number("weight", 1.0), 0.0) for other in design.outgoing(client.id))
    share = max(edge.number("weight", 1.0), 0.0) / weights if weights > 0 else 0.0
    return max(client.number("rate_per_s"), peak) * share
