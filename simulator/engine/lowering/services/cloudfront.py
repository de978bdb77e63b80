"""CloudFront distribution: web ACL, cache at the edge, and one of its origins for what is not there."""

from __future__ import annotations

from typing import Final

from designer.domain.connections.spec import Mode
from designer.domain.graph.model import Edge, Node
from simulator.engine import instructions as op
from simulator.engine import stations as st
from simulator.engine.lowering.answer_cache import answer_cache, look_up
from simulator.engine.lowering.declaration import CALL
from simulator.engine.lowering.fronts import guard
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
    guard(plan, node, end)
    rate = plan.limit(SERVICE, "request_rate")
    bucket = tables.bucket(rate, rate)
    tables.emit(op.BUCKET, resource=bucket, x=1.0, code=st.THROTTLED, otherwise=end)
    tables.emit(op.DELAY, resource=plan.latency("cloudfront.hit"), stream=plan.stream(node, "edge"))
    edges = [e for e in plan.design.outgoing(node.id) if e.mode in _ORIGINS and plan.weight(e) > 0]
    if edges:
        _origins(plan, node, edges, end)
    tables.place(end)
    tables.emit(op.END)


def _origins(plan: Plan, node: Node, edges: list[Edge], end: Label) -> None:
    tables, number = plan.tables, plan.number(node)
    ttl_s = min(node.number("default_ttl_s"), node.number("max_ttl_s"))
    share = node.number("cacheable_percent") / 100.0
    done, uncached = Label("origin done"), Label("not cached")
    timer = tables.timer(max(node.number("origin_timeout_s", 30.0), 1.0), st.INTEGRATION_TIMEOUT, end)
    if ttl_s > 0.0 and share > 0.0:
        cached = answer_cache(plan, node, ttl_s, room=node.number("cache_keys", 1.0))
        look_up(plan, node, cached, share, hit=end, uncached=uncached)
        tables.emit(op.METER, node=number, resource=plan.meter(node, "cache misses"), x=1.0)
        _ask(plan, node, edges, (timer, cached.cache), done)
        tables.place(uncached)
    _ask(plan, node, edges, (timer, -1), done)
    tables.place(done)
    tables.emit(op.STOP_TIMER)


def _ask(plan: Plan, node: Node, edges: list[Edge], rows: tuple[int, int], done: Label) -> None:
    """Ask one origin; ``rows`` are its timer and the cache that keeps the answer (-1: none)."""
    tables, (timer, cache) = plan.tables, rows
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
        tables.emit(op.JUMP, target=done)
