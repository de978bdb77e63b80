"""Who gets through to an API's integrations: web ACL, throttles, keys, tokens, authorizers, validation."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from designer.domain.connections.spec import Mode
from designer.domain.graph.model import Edge, Node
from simulator.engine import instructions as op
from simulator.engine import stations as st
from simulator.engine.lowering.declaration import CALL
from simulator.engine.lowering.fronts import answer_some
from simulator.engine.lowering.plan import Plan
from simulator.engine.lowering.tables import Label

_TOKENS: Final = ("cognito", "jwt")
_SIGNED: Final = ("iam", "api_key")
_MOST_PLACES: Final = 20_000
"""Buckets for the keys of a usage plan: with more callers than this, several share one of the same total rate."""
_PERIODS_S: Final = {"DAY": 86_400.0, "WEEK": 604_800.0, "MONTH": 2_628_000.0}


def throttling(plan: Plan, node: Node, end: Label) -> None:
    """The account's bucket, which all APIs share, the stage's own, and those of the keys of a usage plan."""
    rate, burst = plan.limit(node.service, "account_rate"), plan.limit(node.service, "account_burst")
    own = own_bucket(plan, node.value("throttle_rate_per_s"), node.value("throttle_burst"), (rate, burst))
    if own >= 0:
        plan.tables.emit(op.BUCKET, resource=own, x=1.0, code=st.THROTTLED, otherwise=end)
    account = plan.account_bucket("api_gateway", rate, burst)
    plan.tables.emit(op.BUCKET, resource=account, x=1.0, code=st.THROTTLED, otherwise=end)
    if node.service == "api_gateway_rest":
        _usage_plan(plan, node, end)


def own_bucket(plan: Plan, rate: object, burst: object, otherwise: tuple[float, float]) -> int:
    """A token bucket of this rate and burst; -1 when neither is set."""
    if rate is None and burst is None:
        return -1
    own_rate = float(rate) if isinstance(rate, int | float) else otherwise[0]
    own_burst = float(burst) if isinstance(burst, int | float) else otherwise[1]
    return plan.tables.bucket(own_rate, own_burst)


def _usage_plan(plan: Plan, node: Node, end: Label) -> None:
    """Each caller has one API key; its requests take tokens of the key's own buckets."""
    limits: list[tuple[float, float]] = []
    rate, burst = node.value("plan_rate_per_s"), node.value("plan_burst")
    if rate is not None or burst is not None:
        limits.append((node.number("plan_rate_per_s", 10_000.0), node.number("plan_burst", 5_000.0)))
    if node.value("plan_quota") is not None:
        quota = node.number("plan_quota")
        limits.append((quota / _PERIODS_S.get(str(node.value("plan_period")), _PERIODS_S["MONTH"]), quota))
    if not limits:
        return
    callers = max(int(node.number("callers", 1.0)), 1)
    places = min(callers, _MOST_PLACES)
    shared = callers / places
    keys = plan.tables.keys(places)
    plan.tables.emit(op.KEY, resource=keys, flags=1, stream=plan.stream(node, "api key"))
    for key_rate, key_burst in limits:
        first = plan.tables.bucket_array(places, key_rate * shared, key_burst * shared)
        plan.tables.emit(op.BUCKET, resource=first, x=1.0, flags=2, code=st.THROTTLED, otherwise=end)


def authorization(plan: Plan, node: Node, end: Label) -> None:
    """No or a wrong token: 401; no signature or key: 403; then the token check, the authorizers, and their refusals."""
    setting = str(node.value("authorization"))
    functions = list(authorizers(plan, node))
    tokens = list(_token_issuers(plan, node))
    asks_for_token = bool(functions or tokens) or setting in _TOKENS
    signed = setting in _SIGNED or node.value("api_key_required") is True
    if not (asks_for_token or signed):
        return
    missing = node.number("unauthenticated_percent") / 100.0
    status = st.UNAUTHORIZED if asks_for_token else st.FORBIDDEN
    answer_some(plan, node, missing, status, end=end, purpose="no valid token")
    if tokens or setting in _TOKENS:
        for edge in tokens:
            plan.edge_number(edge)
        check = plan.latency("api_gateway.token_check")
        plan.tables.emit(op.DELAY, resource=check, stream=plan.stream(node, "token"))
    for edge in functions:
        _ask(plan, node, edge, end)
    answer_some(plan, node, node.number("forbidden_percent") / 100.0, st.FORBIDDEN, end=end, purpose="not allowed")


def authorizers(plan: Plan, node: Node) -> Iterator[Edge]:
    """The edges to functions that decide about callers."""
    for edge in plan.design.outgoing(node.id):
        if edge.mode is Mode.AUTHORIZER and plan.design.nodes[edge.target].service == "lambda":
            yield edge


def _token_issuers(plan: Plan, node: Node) -> Iterator[Edge]:
    """The edges to and from user pools and providers whose tokens the API checks itself."""
    for edge in plan.design.outgoing(node.id):
        if edge.mode is Mode.AUTHORIZER and plan.design.nodes[edge.target].service == "cognito_user_pool":
            yield edge
    for edge in plan.design.incoming(node.id):
        issuer = plan.design.nodes[edge.source].service
        if edge.mode is Mode.AUTHORIZER and issuer in ("cognito_user_pool", "identity_provider"):
            yield edge


def _ask(plan: Plan, node: Node, edge: Edge, end: Label) -> None:
    """Call the authorizer, unless its answer for the same token is still remembered."""
    tables = plan.tables
    allowed, failed = Label("allowed"), Label("authorizer failed")
    ttl_s, remembered = edge.number("result_ttl_s"), -1
    if ttl_s > 0.0:
        callers = max(int(node.number("callers", 1.0)), 1)
        remembered = tables.cache(callers, ttl_s)
        tables.emit(op.KEY, resource=tables.keys(callers), flags=1, stream=plan.stream(node, "token of"))
        tables.emit(op.LOOK_UP, resource=remembered, target=allowed)
    target, number = plan.entry(edge.target, CALL), plan.edge_number(edge)
    tables.emit(op.CALL, node=plan.number(node), target=target, edge=number, x=1.0, otherwise=failed)
    if remembered >= 0:
        tables.emit(op.STORE, resource=remembered)
    tables.emit(op.JUMP, target=allowed)
    tables.place(failed)
    everything = dict.fromkeys(range(1, len(st.STATUSES)), st.AUTHORIZER_ERROR)
    tables.emit(op.TRANSLATE, resource=tables.translation(everything))
    tables.emit(op.JUMP, target=end)
    tables.place(allowed)


def validation(plan: Plan, node: Node, end: Label) -> None:
    """Malformed requests get 400 from the API when it validates."""
    if validates(node):
        answer_some(plan, node, node.number("malformed_percent") / 100.0, st.BAD_REQUEST, end=end, purpose="malformed")


def validates(node: Node) -> bool:
    """Whether the API refuses malformed requests itself; HTTP APIs cannot."""
    return node.service == "api_gateway_rest" and node.value("request_validation") != "none"
