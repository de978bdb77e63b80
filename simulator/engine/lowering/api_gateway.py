"""What REST and HTTP APIs have in common: throttling, authorization, one integration per request, its timeout."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from designer.domain.connections.spec import Mode
from designer.domain.graph.model import Edge, Node
from simulator.engine import instructions as op
from simulator.engine import stations as st
from simulator.engine.lowering.declaration import CALL
from simulator.engine.lowering.plan import Plan
from simulator.engine.lowering.tables import Label

CALLS_OF_ONE_CALLER_PER_S: Final = 0.1
"""Estimate: one caller, with one token, sends a request every 10 s. Decides how often an authorizer's cache helps."""

_FUNCTION_FAILURES: Final = {
    st.THROTTLED: st.INTERNAL_ERROR,
    st.RECURSION_STOPPED: st.INTERNAL_ERROR,
    st.FUNCTION_ERROR: st.BAD_GATEWAY,
    st.FUNCTION_TIMEOUT: st.BAD_GATEWAY,
    st.DEPENDENCY_ERROR: st.BAD_GATEWAY,
}
"""AWS docs, "Handling Lambda errors with an API Gateway API": an invocation that Lambda rejects gives 500, a function
that fails gives 502."""
_SERVICE_FAILURES: Final = {
    st.THROTTLED: st.INTERNAL_ERROR,
    st.CAPACITY_EXCEEDED: st.INTERNAL_ERROR,
    st.QUOTA_EXCEEDED: st.INTERNAL_ERROR,
    st.SLOW_DOWN: st.SERVICE_UNAVAILABLE,
}


@dataclass(frozen=True, slots=True)
class Gateway:
    """How one kind of API differs. Latencies are distributions."""

    overhead: tuple[int, ...]
    token_check: tuple[str, ...]
    """Values of ``authorization`` that check a token without calling a function."""


def authorizer_hit_share(ttl_s: float) -> float:
    """Share of requests whose authorization is cached: a caller's calls per TTL, n / (1 + n)."""
    calls = CALLS_OF_ONE_CALLER_PER_S * ttl_s
    return calls / (1.0 + calls)


def lower_gateway(plan: Plan, node: Node, gateway: Gateway) -> None:
    """Token buckets, overhead, authorization, then exactly one integration under its timeout."""
    tables, number = plan.tables, plan.number(node)
    end = Label("end")
    plan.place(node, CALL)
    tables.emit(op.ARRIVE, node=number, flags=1)
    _throttling(plan, node, end)
    for distribution in gateway.overhead:
        tables.emit(op.DELAY, resource=distribution, stream=plan.stream(node, "overhead"))
    _authorization(plan, node, gateway, end)
    _integrations(plan, node, end)
    tables.place(end)
    tables.emit(op.END)


def _throttling(plan: Plan, node: Node, end: Label) -> None:
    """The account's bucket, which all APIs share, and the stage's own."""
    rate, burst = plan.limit(node.service, "account_rate"), plan.limit(node.service, "account_burst")
    buckets = [plan.account_bucket("api_gateway", rate, burst)]
    own_rate, own_burst = node.value("throttle_rate_per_s"), node.value("throttle_burst")
    if own_rate is not None or own_burst is not None:
        buckets.append(
            plan.tables.bucket(
                rate if own_rate is None else node.number("throttle_rate_per_s"),
                burst if own_burst is None else node.number("throttle_burst"),
            )
        )
    for bucket in reversed(buckets):
        plan.tables.emit(op.BUCKET, resource=bucket, x=1.0, code=st.THROTTLED, otherwise=end)


def _authorization(plan: Plan, node: Node, gateway: Gateway, end: Label) -> None:
    tables = plan.tables
    if node.value("authorization") in gateway.token_check:
        distribution = plan.latency("api_gateway.token_check")
        tables.emit(op.DELAY, resource=distribution, stream=plan.stream(node, "token"))
    for edge in plan.design.outgoing(node.id):
        if edge.mode is not Mode.AUTHORIZER or plan.design.nodes[edge.target].service != "lambda":
            continue
        allowed, refused = Label("allowed"), Label("authorizer failed")
        share = authorizer_hit_share(edge.number("result_ttl_s"))
        tables.emit(op.CHANCE, x=share, target=allowed, stream=plan.stream(node, "authorizer cache"))
        tables.emit(
            op.CALL,
            node=plan.number(node),
            target=plan.entry(edge.target, CALL),
            edge=plan.edge_number(edge),
            x=1.0,
            otherwise=refused,
        )
        tables.emit(op.JUMP, target=allowed)
        tables.place(refused)
        everything = dict.fromkeys(range(1, len(st.STATUSES)), st.AUTHORIZER_ERROR)
        tables.emit(op.TRANSLATE, resource=tables.translation(everything))
        tables.emit(op.JUMP, target=end)
        tables.place(allowed)


def integrations(plan: Plan, node: Node) -> list[Edge]:
    """The edges among which a request chooses."""
    return [
        edge for edge in plan.design.outgoing(node.id) if edge.mode is not Mode.AUTHORIZER and plan.weight(edge) > 0
    ]


def _integrations(plan: Plan, node: Node, end: Label) -> None:
    tables, number = plan.tables, plan.number(node)
    edges = integrations(plan, node)
    if not edges:
        return
    done = Label("integration done")
    timeout_s = max(node.number("integration_timeout_ms", 29_000.0), 1.0) / 1000.0
    tables.emit(op.START_TIMER, resource=tables.timer(timeout_s, st.INTEGRATION_TIMEOUT, end))
    branches = [(plan.weight(edge), Label(edge.id)) for edge in edges]
    if len(edges) > 1:
        tables.route(branches, plan.stream(node, "route"), number)
    for edge, (_, branch) in zip(edges, branches, strict=True):
        failed = Label("integration failed")
        tables.place(branch)
        tables.emit(
            op.CALL,
            node=number,
            target=plan.called(edge),
            edge=plan.edge_number(edge),
            x=1.0,
            otherwise=failed,
        )
        tables.emit(op.JUMP, target=done)
        tables.place(failed)
        service = plan.design.nodes[edge.target].service
        failures = _FUNCTION_FAILURES if service == "lambda" else _SERVICE_FAILURES
        tables.emit(op.TRANSLATE, resource=tables.translation(failures))
        tables.emit(op.JUMP, target=done)
    tables.place(done)
    tables.emit(op.STOP_TIMER)
