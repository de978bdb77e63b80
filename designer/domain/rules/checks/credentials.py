"""Callers and credentials: identity pools, their roles, guests and the providers behind them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from designer.domain.catalog.registry import services
from designer.domain.catalog.sources import IDENTITY_POOLS, aws_docs
from designer.domain.connections.spec import Mode
from designer.domain.graph.model import Design, Edge, Node
from designer.domain.graph.operations import AddEdge, AddNode, Operation, RemoveEdge
from designer.domain.rules.fixes import new_edge, new_node, place_beside, set_edge, set_node
from designer.domain.rules.meanings import names
from designer.domain.rules.problem import Problem, problem
from designer.domain.rules.registry import rule
from designer.domain.rules.rule import Fix, Scope, Severity

GET_CREDENTIALS: Final = "client.cognito_identity_pool.get_credentials"
FEDERATION: Final = "identity_provider.cognito_user_pool.federation"
POOL_AS_PROVIDER: Final = "cognito_user_pool.cognito_identity_pool.provider"
_SIGNED: Final = (
    "client.lambda.invoke",
    "client.lambda.invoke_event",
    "client.s3.api",
    "client.dynamodb.api",
    "client.eventbridge_bus.put_events",
    "client.sns_standard.publish",
    "client.kinesis_stream.put_record",
    "client.firehose.put_record",
    "client.step_functions_standard.start_execution",
    "client.step_functions_express.start_sync",
)
_OPENED: Final = tuple(f"cognito_identity_pool.{row.split('.')[1]}.credentials" for row in _SIGNED)
_GUESTS: Final = aws_docs("Identity pools: IAM roles", "cognito/latest/developerguide/iam-roles.html")
_NAMES: Final = {"authenticated": "signed-in callers", "unauthenticated": "guests"}


@rule(
    "C007",
    Severity.ADVICE,
    "Caller needs AWS credentials",
    scope=Scope.EDGE,
    only=_SIGNED,
    why="These AWS APIs take signed requests only. Keys that are shipped to browsers or devices leak.",
    source=IDENTITY_POOLS,
)
def caller_needs_credentials(design: Design, edge: Edge) -> Iterator[Problem]:
    """A client calls an AWS API that needs a signature, and no identity pool gives it credentials for that."""
    row = edge.row
    assert row is not None
    client, target = design.nodes[edge.source], design.nodes[edge.target]
    pools = [design.nodes[e.target] for e in design.outgoing(client.id) if e.connection == GET_CREDENTIALS]
    opened = f"cognito_identity_pool.{row.target}.credentials"
    openers = {e.source for e in design.incoming(target.id) if e.connection == opened}
    if any(pool.id in openers for pool in pools) or target.service != row.target:
        return
    fix = _credentials_from(design, edge, pools[0] if pools else None, opened)
    yield problem(edge, f"{client.label} calls {target.label} directly. {row.conditions}", fix)


def _credentials_from(design: Design, edge: Edge, pool: Node | None, opened: str) -> Fix:
    """The identity pool that the caller uses already, or a new one, opens the service."""
    if pool is not None:
        return Fix(f"Let {pool.label} open it", (AddEdge(new_edge(design, pool.id, edge.target, opened)),))
    client = design.nodes[edge.source]
    added = new_node(
        design,
        f"{client.id}-identity-pool",
        "cognito_identity_pool",
        services()["cognito_identity_pool"].label,
        place=place_beside(design, client),
    )
    fetched = new_edge(design, client.id, added.id, GET_CREDENTIALS)
    opening = new_edge(design, added.id, edge.target, opened, besides=(fetched.id,))
    return Fix("Insert an identity pool", (AddNode(added), AddEdge(fetched), AddEdge(opening)))


@rule(
    "C180",
    Severity.ERROR,
    "Role that the identity pool does not have",
    scope=Scope.EDGE,
    only=_OPENED,
    why="Without the role the callers get no credentials at all, so that the service refuses them.",
    source=_GUESTS,
)
def role_missing(design: Design, edge: Edge) -> Iterator[Problem]:
    """The edge is allowed for callers for whom the identity pool has no role."""
    pool = design.nodes[edge.source]
    wanted = str(edge.value("pool_role"))
    needed: dict[str, bool] = {}
    if wanted in ("authenticated", "both"):
        needed["authenticated_role"] = True
    if wanted in ("unauthenticated", "both"):
        needed |= {"guest_access": True, "unauthenticated_role": True}
    lacking = {key: value for key, value in needed.items() if pool.value(key) is not value}
    if lacking:
        who = "guests" if "authenticated_role" not in lacking else "signed-in callers"
        yield problem(
            edge,
            f"{design.nodes[edge.target].label} is open for {_NAMES.get(wanted, 'everybody')}, but {pool.label} has no "
            f"role for {who}.",
            set_node(pool, f"Give {pool.label} the role", **lacking),
            parameter="pool_role",
        )


@rule(
    "C181",
    Severity.WARNING,
    "Identity pool that lets nobody in",
    scope=Scope.NODE,
    only=("cognito_identity_pool",),
    why="Without an identity provider and without guests nobody gets credentials.",
    source=IDENTITY_POOLS,
)
def nobody_gets_credentials(design: Design, pool: Node) -> Iterator[Problem]:
    """No user pool or other provider leads to the identity pool, and guests are off."""
    providers = [edge for edge in design.incoming(pool.id) if edge.mode is Mode.AUTHORIZER]
    if providers or pool.value("guest_access") is True:
        return
    users = new_node(
        design,
        f"{pool.id}-user-pool",
        "cognito_user_pool",
        services()["cognito_user_pool"].label,
        place=place_beside(design, pool),
    )
    edge = new_edge(design, users.id, pool.id, POOL_AS_PROVIDER)
    yield problem(
        pool,
        f"{pool.label} knows no identity provider and takes no guests.",
        Fix("Add a user pool", (AddNode(users), AddEdge(edge))),
        set_node(pool, "Let guests in", guest_access=True, unauthenticated_role=True),
        parameter="guest_access",
    )


@rule(
    "S182",
    Severity.WARNING,
    "Open to guests",
    scope=Scope.EDGE,
    only=_OPENED,
    why="Guests are everybody on the internet: nobody knows who uses the service, and you pay for it.",
    source=_GUESTS,
)
def open_to_guests(design: Design, edge: Edge) -> Iterator[Problem]:
    """An identity pool opens a service to callers who have not signed in."""
    if edge.value("pool_role") in ("unauthenticated", "both"):
        yield problem(
            edge,
            f"Guests of {design.nodes[edge.source].label} may use {design.nodes[edge.target].label}.",
            set_edge(edge, "Only for signed-in callers", pool_role=None),
            parameter="pool_role",
        )


@rule(
    "S183",
    Severity.ADVICE,
    "One role configuration for each identity provider",
    scope=Scope.NODE,
    only=("cognito_identity_pool",),
    why="The roles of an identity pool are set for each provider by itself: five providers take five configurations, "
    "and each further one takes another. A user pool in front turns all of them into one kind of token and one "
    "configuration, and keeps a profile of each person.",
    source=aws_docs("Common Amazon Cognito scenarios", "cognito/latest/developerguide/cognito-scenarios.html"),
)
def provider_for_provider(design: Design, pool: Node) -> Iterator[Problem]:
    """Two or more external identity providers are attached to the identity pool itself."""
    direct = [
        edge for edge in design.incoming(pool.id) if edge.connection == "identity_provider.cognito_identity_pool.login"
    ]
    if len(direct) < 2:
        return
    providers = [design.nodes[edge.source] for edge in direct]
    yield problem(
        pool,
        f"{pool.label} has {len(direct)} providers of its own ({names(providers)}), which need {len(direct)} role "
        "configurations.",
        Fix("Put a user pool in front", tuple(_user_pool_in_front(design, pool, direct))),
    )


def _user_pool_in_front(design: Design, pool: Node, direct: list[Edge]) -> Iterator[Operation]:
    yield from (RemoveEdge(edge.id) for edge in direct)
    attached = [design.nodes[e.source] for e in design.incoming(pool.id) if e.connection == POOL_AS_PROVIDER]
    taken: list[str] = []
    if attached:
        users = attached[0]
    else:
        place = place_beside(design, pool)
        label = services()["cognito_user_pool"].label
        users = new_node(
            design, f"{pool.id}-user-pool", "cognito_user_pool", label, place=place, parameters={"managed_login": True}
        )
        edge = new_edge(design, users.id, pool.id, POOL_AS_PROVIDER)
        taken.append(edge.id)
        yield from (AddNode(users), AddEdge(edge))
    for provider_id in dict.fromkeys(edge.source for edge in direct):
        edge = new_edge(design, provider_id, users.id, FEDERATION, besides=taken)
        taken.append(edge.id)
        yield AddEdge(edge)
    if attached and users.value("managed_login") is not True:
        yield from set_node(users, "Switch the sign-in pages on", managed_login=True).operations
