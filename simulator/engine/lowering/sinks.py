"""What the simulator does not look into: it answers after its latency, sometimes with an error."""

from __future__ import annotations

from designer.domain.graph.model import Node
from simulator.engine import instructions as op
from simulator.engine import stations as st
from simulator.engine.lowering.declaration import CALL, EVENT, HAND_OVER
from simulator.engine.lowering.plan import Plan
from simulator.engine.lowering.tables import Label

ENTRIES = (CALL, HAND_OVER, EVENT)


def lower_sink(plan: Plan, node: Node) -> None:
    """Every request takes the latency of the node's own settings; further ones than it can hold are refused."""
    tables, number = plan.tables, plan.number(node)
    refused, done = Label("refused"), Label("done")
    most = node.number("concurrent_requests") if node.service == "http_endpoint" else 0.0
    for kind in ENTRIES:
        plan.place(node, kind)
    tables.emit(op.ARRIVE, node=number, flags=0 if most else 1, otherwise=refused)
    pool = -1
    if most:
        limit = tables.limit(int(most))
        pool = tables.pool(limit)
        plan.has_concurrency(node, limit)
        tables.emit(op.ACQUIRE, node=number, resource=pool, code=st.SERVICE_UNAVAILABLE, otherwise=refused)
    latency = plan.percentiles(node.number("latency_ms", 1.0), node.number("latency_p99_ms", 1.0))
    tables.emit(op.DELAY, resource=latency, stream=plan.stream(node, "latency"))
    tables.emit(
        op.FAIL,
        node=number,
        x=node.number("error_percent") / 100.0,
        code=st.DEPENDENCY_ERROR,
        otherwise=done,
        stream=plan.stream(node, "errors"),
    )
    tables.place(done)
    if most:
        tables.emit(op.RELEASE, node=number, resource=pool)
    tables.place(refused)
    tables.emit(op.END)
