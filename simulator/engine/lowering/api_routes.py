"""What a request does behind an API's front: deployment, route, its throttle, the stage's cache, the integration."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from designer.domain.connections.spec import Mode
from designer.domain.graph.model import Edge, Node
from simulator.engine import instructions as op
from simulator.engine import stations as st
from simulator.engine.lowering.answer_cache import AnswerCache, answer_cache, look_up
from simulator.engine.lowering.api_access import own_bucket, validates
from simulator.engine.lowering.fronts import answer_some
from simulator.engine.lowering.function_entries import FUNCTIONS
from simulator.engine.lowering.plan import Plan
from simulator.engine.lowering.tables import Label

_LARGEST_CACHED_KB: Final = 1_024.0
_KB_IN_GB: Final = 1024.0 * 1024.0
_NO_BACKEND: Final = (Mode.AUTHORIZER, Mode.DELIVERY)
_SERVERS: Final = ("alb", "ecs_fargate", "ec2_autoscaling_group", "http_endpoint", "appsync", "api_gateway_rest")

_FUNCTION_FAILURES: Final = {
    st.THROTTLED: st.INTERNAL_ERROR,
    st.RECURSION_STOPPED: st.INTERNAL_ERROR,
    st.FUNCTION_ERROR: st.BAD_GATEWAY,
    st.FUNCTION_TIMEOUT: st.BAD_GATEWAY,
    st.DEPENDENCY_ERROR: st.BAD_GATEWAY,
    st.DEPENDENCY_DOWN: st.SERVICE_UNAVAILABLE,
    st.INJECTED_ERROR: st.BAD_GATEWAY,
}
"""AWS docs, "Handling Lambda errors with an API Gateway API": an invocation that Lambda rejects gives 500, a function
that fails gives 502."""
_HTTP_FUNCTION_FAILURES: Final = dict.fromkeys(_FUNCTION_FAILURES, st.INTERNAL_ERROR) | {
    st.DEPENDENCY_DOWN: st.SERVICE_UNAVAILABLE
}
"""AWS docs, "Troubleshooting issues with HTTP API Lambda integrations": whatever goes wrong there is an internal server
error, 500."""
_SERVICE_FAILURES: Final = {
    st.THROTTLED: st.INTERNAL_ERROR,
    st.CAPACITY_EXCEEDED: st.INTERNAL_ERROR,
    st.QUOTA_EXCEEDED: st.INTERNAL_ERROR,
    st.EXECUTION_FAILED: st.INTERNAL_ERROR,
    st.EXECUTION_TIMEOUT: st.INTERNAL_ERROR,
    st.SLOW_DOWN: st.SERVICE_UNAVAILABLE,
    st.DEPENDENCY_DOWN: st.SERVICE_UNAVAILABLE,
    st.INJECTED_ERROR: st.INTERNAL_ERROR,
}
_SERVER_FAILURES: Final = {
    st.DEPENDENCY_DOWN: st.SERVICE_UNAVAILABLE,
    st.QUEUE_FULL: st.SERVICE_UNAVAILABLE,
    st.WAIT_TIMEOUT: st.SERVICE_UNAVAILABLE,
    st.CONNECTIONS_EXHAUSTED: st.SERVICE_UNAVAILABLE,
    st.INJECTED_ERROR: st.BAD_GATEWAY,
}


@dataclass(frozen=True, slots=True)
class Exit:
    """Where requests go on: with an answer, and with the answer after the countdown has been stopped."""

    end: Label
    done: Label
    timer: int


def integrations(plan: Plan, node: Node) -> list[Edge]:
    """The edges among which a request chooses, or a message of a WebSocket API."""
    return [edge for edge in _backends(plan, node) if edge.value("called_for") not in ("connect", "disconnect")]


def connection_routes(plan: Plan, node: Node, event: str) -> list[Edge]:
    """The edges of a WebSocket API's $connect or $disconnect route."""
    return [edge for edge in _backends(plan, node) if edge.value("called_for") in (event, "all")]


def _backends(plan: Plan, node: Node) -> list[Edge]:
    return [edge for edge in plan.design.outgoing(node.id) if edge.mode not in _NO_BACKEND and plan.weight(edge) > 0]


def run_route(plan: Plan, node: Node, edges: list[Edge], end: Label) -> None:
    """Run one of the edges by weight, under the integration timeout; what goes wrong goes to ``end``."""
    tables, done = plan.tables, Label("route done")
    _one_of(plan, node, edges, None, Exit(end, done, tables.timer(_timeout_s(node), st.INTEGRATION_TIMEOUT, end)))
    tables.place(done)
    tables.emit(op.STOP_TIMER)
    failures = tables.translation(dict.fromkeys(range(1, len(st.STATUSES)), st.OK))
    tables.emit(op.CASE, resource=failures, target=end)


def _timeout_s(node: Node) -> float:
    return max(node.number("integration_timeout_ms", 29_000.0), 1.0) / 1000.0


def routes(plan: Plan, node: Node, end: Label) -> None:
    """The canary's share goes to the canary's routes, the rest to the others; each has a cache of its own or none."""
    edges = integrations(plan, node)
    if not edges:
        return
    tables = plan.tables
    done = Label("integration done")
    leave = Exit(end, done, tables.timer(_timeout_s(node), st.INTEGRATION_TIMEOUT, end))
    share = node.number("canary_percent") / 100.0
    stable = [edge for edge in edges if edge.value("deployment") != "canary"]
    canary = [edge for edge in edges if edge.value("deployment") != "stable"]
    cached = _stage_cache(plan, node)
    if share > 0.0 and canary:
        canary_label = Label("canary")
        tables.emit(op.CHANCE, x=min(share, 1.0), target=canary_label, stream=plan.stream(node, "canary"))
        _one_of(plan, node, stable, cached, leave)
        tables.place(canary_label)
        own = cached if node.value("canary_stage_cache") is True else _stage_cache(plan, node)
        _one_of(plan, node, canary, own, leave)
    else:
        _one_of(plan, node, stable, cached, leave)
    tables.place(done)
    tables.emit(op.STOP_TIMER)
    if not validates(node):
        answer_some(plan, node, node.number("malformed_percent") / 100.0, st.BAD_REQUEST, end=end, purpose="malformed")


def _stage_cache(plan: Plan, node: Node) -> AnswerCache | None:
    ttl_s, answer_kb = node.number("cache_ttl_s"), node.number("response_kb")
    if node.value("cache_enabled") is not True or ttl_s <= 0.0 or answer_kb > _LARGEST_CACHED_KB:
        return None
    size_gb = float(str(node.value("cache_size_gb") or "0.5"))
    return answer_cache(plan, node, ttl_s, size_gb * _KB_IN_GB / max(answer_kb, 0.001))


def _one_of(plan: Plan, node: Node, edges: list[Edge], cached: AnswerCache | None, leave: Exit) -> None:
    """Choose a route by weight and run it; every route ends at one of the exits."""
    if not edges:
        plan.tables.emit(op.TRANSLATE, resource=plan.tables.translation({st.OK: st.NOT_FOUND}))
        plan.tables.emit(op.JUMP, target=leave.end)
        return
    branches = [(plan.weight(edge), Label(edge.id)) for edge in edges]
    if len(edges) > 1:
        plan.tables.route(branches, plan.stream(node, "route"), plan.number(node))
    for edge, (_, branch) in zip(edges, branches, strict=True):
        plan.tables.place(branch)
        _route(plan, node, edge, cached, leave)


def _route(plan: Plan, node: Node, edge: Edge, cached: AnswerCache | None, leave: Exit) -> None:
    tables = plan.tables
    stage = (plan.limit(node.service, "account_rate"), plan.limit(node.service, "account_burst"))
    bucket = own_bucket(plan, edge.value("route_rate_per_s"), edge.value("route_burst"), stage)
    if bucket >= 0:
        tables.emit(op.BUCKET, resource=bucket, x=1.0, code=st.THROTTLED, otherwise=leave.end)
    share = cacheable_share(node, edge)
    if cached is None or share <= 0.0:
        _integration(plan, node, edge, leave)
        return
    uncached = Label("not cached")
    look_up(plan, node, cached, share, hit=leave.end, uncached=uncached)
    tables.emit(op.METER, node=plan.number(node), resource=plan.meter(node, "cache misses"), x=1.0)
    _integration(plan, node, edge, leave, store=cached.cache)
    tables.place(uncached)
    _integration(plan, node, edge, leave)


def cacheable_share(node: Node, edge: Edge) -> float:
    """The share of the route's requests whose answers the stage's cache may keep."""
    method, caching = str(edge.value("http_method")), edge.value("caching")
    if caching == "off" or edge.flow.value != "sync":
        return 0.0
    if caching == "on" or method == "GET":
        return 1.0
    return node.number("cacheable_percent") / 100.0 if method == "ANY" else 0.0


def _integration(plan: Plan, node: Node, edge: Edge, leave: Exit, *, store: int = -1) -> None:
    """Call the backend under the integration timeout; its failures become the API's."""
    tables, failed = plan.tables, Label("integration failed")
    tables.emit(op.START_TIMER, resource=leave.timer)
    target, number = plan.called(edge), plan.edge_number(edge)
    tables.emit(op.CALL, node=plan.number(node), target=target, edge=number, x=1.0, otherwise=failed)
    if store >= 0:
        tables.emit(op.STORE, resource=store)
    tables.emit(op.JUMP, target=leave.done)
    tables.place(failed)
    tables.emit(op.TRANSLATE, resource=tables.translation(_failures(plan, edge)))
    tables.emit(op.JUMP, target=leave.done)


def _failures(plan: Plan, edge: Edge) -> dict[int, int]:
    service = plan.design.nodes[edge.target].service
    if service in FUNCTIONS:
        http = plan.design.nodes[edge.source].service == "api_gateway_http"
        return _HTTP_FUNCTION_FAILURES if http else _FUNCTION_FAILURES
    return _SERVER_FAILURES if service in _SERVERS else _SERVICE_FAILURES
