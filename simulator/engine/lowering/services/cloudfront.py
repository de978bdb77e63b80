"""CloudFront distribution: web ACL, cache at the edge, and one of its origins for what is not there."""

from __future__ import annotations

from typing import Final

from designer.domain.connections.spec import Mode
from designer.domain.graph.model import Edge, Node
from simulator.engine import instructions as op
from simulator.engine import stations as st
from simulator.engine.lowering.answer_cache import answer_cache, look_up
from simulator.engine.lowering.declaration import CALL
from simulator.engine.lowering.fronts import guard, write_logs
from simulator.engine.lowering.plan import READ, Plan
from simulator.engine.lowering.tables import Label

SERVICE = "cloudfront"
ENTRIES = (CALL,)
REFUSED = "its request rate and answered 429"

_ORIGINS: Final = (Mode.INTEGRATION, Mode.SYNCHRONOUS)
_FAILURES: Final = {
    st.FUNCTION_ERROR: st.BAD_GATEWAY,
    st.FUNCTION_TIMEOUT: st.BAD_GATEWAY,
    st.DEPENDENCY_ERROR: st.BAD_GATEWAY,
    st.DEPENDENCY_DOWN: st.BAD_GATEWAY,
    st.CONNECTIONS_EXHAUSTED: st.BAD_GATEWAY,
    st.QUEUE_FULL: st.SERVICE_UNAVAILABLE,
    st.WAIT_TIMEOUT: st.SERVICE_UNAVAILABLE,
    st.SLOW_DOWN: st.SERVICE_UNAVAILABLE,
}


def lower(plan: Plan, node: Node) -> None:
    """A hit answers at once; a miss asks an origin, by weight, under the origin timeout, and keeps the answer."""
    tables, number = plan.tables, plan.number(node)
    end = Label("end")
    plan.place(node, CALL)
    tables.emit(op.ARRIVE, node=number, flags=1)
    write_logs(plan, node)
    guard(plan, node, end)
    rate = plan.limit(SERVICE, "request_rate")
    bucket = tables.bucket(rate, rate)
    tables.emit(op.BUCKET, resource=bucket, x=1.0, code=st.THROTTLED, otherwise=end)
    tables.emit(op.DELAY, resource=plan.latency("cloudfront.hit"), stream=plan.stream(node, "edge"))
    _edge_functions(plan, node, "viewer-request", end)
    answered = Label("answered")
    edges = [e for e in plan.design.outgoing(node.id) if e.mode in _ORIGINS and plan.weight(e) > 0]
    if edges:
        _origins(plan, node, edges, (answered, end))
    tables.place(answered)
    _edge_functions(plan, node, "viewer-response", end)
    tables.place(end)
    tables.emit(op.END)


def _edge_functions(plan: Plan, node: Node, event: str, end: Label) -> None:
    """Lambda@Edge: the request waits for the function, 5 s at the caller's side and 30 s at the origin's."""
    tables = plan.tables
    limit_s = plan.limit(SERVICE, "viewer_function" if event.startswith("viewer") else "origin_function")
    for edge in plan.design.outgoing(node.id):
        if not edge.connection.endswith(".lambda_at_edge") or edge.value("edge_event") != event:
            continue
        failed, worked = Label("edge function failed"), Label("edge function worked")
        tables.emit(op.START_TIMER, resource=tables.timer(limit_s, st.FUNCTION_TIMEOUT, failed))
        target, row = plan.called(edge), plan.edge_number(edge)
        tables.emit(op.CALL, node=plan.number(node), target=target, edge=row, x=1.0, otherwise=failed)
        tables.emit(op.STOP_TIMER)
        tables.emit(op.JUMP, target=worked)
        tables.place(failed)
        tables.emit(op.STOP_TIMER)
        everything = dict.fromkeys(range(1, len(st.STATUSES)), st.SERVICE_UNAVAILABLE)
        tables.emit(op.TRANSLATE, resource=tables.translation(everything))
        tables.emit(op.JUMP, target=end)
        tables.place(worked)


def _origins(plan: Plan, node: Node, edges: list[Edge], ways: tuple[Label, Label]) -> None:
    """``ways`` are where an answer goes on and where an error does."""
    tables, number, (answered, end) = plan.tables, plan.number(node), ways
    ttl_s = min(node.number("default_ttl_s"), node.number("max_ttl_s"))
    share = node.number("cacheable_percent") / 100.0
    done, lost, uncached = Label("origin done"), Label("origin failed"), Label("not cached")
    timer = tables.timer(max(node.number("origin_timeout_s", 30.0), 1.0), st.INTEGRATION_TIMEOUT, end)
    if ttl_s > 0.0 and share > 0.0:
        cached = answer_cache(plan, node, ttl_s, room=node.number("cache_keys", 1.0))
        look_up(plan, node, cached, share, hit=answered, uncached=uncached)
        tables.emit(op.METER, node=number, resource=plan.meter(node, "cache misses"), x=1.0)
        _edge_functions(plan, node, "origin-request", end)
        _ask(plan, node, edges, (timer, cached.cache), (done, lost))
        tables.place(uncached)
    _edge_functions(plan, node, "origin-request", end)
    _ask(plan, node, edges, (timer, -1), (done, lost))
    tables.place(done)
    tables.emit(op.STOP_TIMER)
    _edge_functions(plan, node, "origin-response", end)
    tables.emit(op.JUMP, target=answered)
    tables.place(lost)
    tables.emit(op.STOP_TIMER)
    tables.emit(op.JUMP, target=end)


def _ask(plan: Plan, node: Node, edges: list[Edge], rows: tuple[int, int], ways: tuple[Label, Label]) -> None:
    """Ask one origin; ``rows`` are its timer and the cache that keeps the answer (-1: none)."""
    tables, (timer, cache), (done, lost) = plan.tables, rows, ways
    tables.emit(op.START_TIMER, resource=timer)
    branches = [(plan.weight(edge), Label(edge.id)) for edge in edges]
    if len(edges) > 1:
        tables.route(branches, plan.stream(node, "origin"), plan.number(node))
    for edge, (_, branch) in zip(edges, branches, strict=True):
        failed = Label("origin failed")
        tables.place(branch)
        bucket = plan.design.nodes[edge.target].service == "s3"
        target = plan.entry(edge.target, READ) if bucket else plan.called(edge)
        row = plan.edge_number(edge)
        tables.emit(op.CALL, node=plan.number(node), target=target, edge=row, x=1.0, otherwise=failed)
        if cache >= 0:
            tables.emit(op.STORE, resource=cache)
        tables.emit(op.JUMP, target=done)
        tables.place(failed)
        tables.emit(op.TRANSLATE, resource=tables.translation(_FAILURES))
        tables.emit(op.JUMP, target=lost)
