"""Flink application: as many records at once as it has tasks, the rest wait; its output goes to every sink."""

from __future__ import annotations

from designer.domain.connections.spec import Mode
from designer.domain.graph.model import Node
from simulator.engine import instructions as op
from simulator.engine import stations as st
from simulator.engine.lowering.declaration import EVENT
from simulator.engine.lowering.plan import Plan
from simulator.engine.lowering.tables import Label

SERVICE = "managed_flink"
ENTRIES = (EVENT,)

_NO_END: int = 2**62


def lower(plan: Plan, node: Node) -> None:
    """A record waits for a task, is worked on and, with the share that is written, goes on to each sink."""
    tables, number = plan.tables, plan.number(node)
    limit = tables.limit(max(int(node.number("parallelism", 1.0)), 1))
    pool = tables.pool(limit, waiting_limit=_NO_END)
    plan.has_concurrency(node, limit)
    plan.has_waiting_line(node, pool)
    sinks = [edge for edge in plan.design.outgoing(node.id) if edge.mode is Mode.INTEGRATION]
    written, done = Label("written"), Label("done")
    plan.place(node, EVENT)
    tables.emit(op.ARRIVE, node=number, flags=0, otherwise=done)
    tables.emit(op.ACQUIRE, node=number, resource=pool, code=st.QUEUE_FULL, otherwise=done)
    tables.emit(op.WORK, node=number, resource=tables.constant(node.number("record_ms", 0.2) / 1000.0))
    tables.emit(op.RELEASE, node=number, resource=pool)
    share = node.number("output_percent", 100.0) / 100.0
    tables.emit(op.CHANCE, target=written, x=share, stream=plan.stream(node, "output"))
    tables.emit(op.JUMP, target=done)
    tables.place(written)
    for edge in sinks:
        tables.emit(op.SEND, node=number, target=plan.delivered(edge), edge=plan.edge_number(edge), x=1.0)
    tables.place(done)
    tables.emit(op.END)
