"""Flink application: as many records at once as it has tasks, the rest wait; its output goes to every sink."""

from __future__ import annotations

from typing import Final

from designer.domain.connections.spec import Mode
from designer.domain.graph.model import Edge, Node
from simulator.engine import instructions as op
from simulator.engine import stations as st
from simulator.engine.lowering.declaration import EVENT
from simulator.engine.lowering.plan import Plan
from simulator.engine.lowering.tables import Label
from simulator.engine.lowering.windows import NO_END, wait_for_window

SERVICE = "managed_flink"
ENTRIES = (EVENT,)

SCALE_UP_AFTER_S: Final = 900.0
SCALE_DOWN_AFTER_S: Final = 21_600.0
"""Above the upper share of busy tasks for 15 minutes, below the lower one for 6 hours (AWS docs: automatic scaling)."""
MOST_TASKS: Final = 256
"""Largest parallelism (AWS docs: application scaling)."""


def lower(plan: Plan, node: Node) -> None:
    """A record waits for a task, is worked on and, with the share that is written, goes on to each sink."""
    tables, number = plan.tables, plan.number(node)
    pool = _tasks(plan, node)
    sinks = [edge for edge in plan.design.outgoing(node.id) if edge.mode is Mode.INTEGRATION]
    written, done = Label("written"), Label("done")
    window_s = node.number("window_s")
    results = node.number("window_results", 1.0)
    shown = _window(plan, node, sinks, results) if window_s > 0.0 else None
    files = _files(plan, node, sinks) if shown is None else {}
    plan.place(node, EVENT)
    tables.emit(op.ARRIVE, node=number, flags=0, otherwise=done)
    tables.emit(op.ACQUIRE, node=number, resource=pool, code=st.QUEUE_FULL, otherwise=done)
    tables.emit(op.WORK, node=number, resource=tables.constant(node.number("record_ms", 0.2) / 1000.0))
    tables.emit(op.RELEASE, node=number, resource=pool)
    share = node.number("output_percent", 100.0) / 100.0
    tables.emit(op.CHANCE, target=written, x=share, stream=plan.stream(node, "output"))
    tables.emit(op.JUMP, target=done)
    tables.place(written)
    if shown is not None:
        tables.emit(op.DEPART)
        wait_for_window(plan, window_s, shown)
    for edge in sinks if shown is None else ():
        if edge.id in files:
            tables.emit(op.SEND, node=number, target=files[edge.id], x=1.0)
        else:
            tables.emit(op.SEND, node=number, target=plan.delivered(edge), edge=plan.edge_number(edge), x=1.0)
    tables.place(done)
    tables.emit(op.END)


def _tasks(plan: Plan, node: Node) -> int:
    """The pool of tasks, which doubles and halves where the application scales by itself."""
    tasks = max(int(node.number("parallelism", 1.0)), 1)
    limit = plan.tables.limit(tasks)
    pool = plan.tables.pool(limit, waiting_limit=NO_END)
    plan.has_waiting_line(node, pool)
    if node.value("auto_scaling") is not True:
        plan.has_concurrency(node, limit)
        return pool
    units = plan.limit(SERVICE, "application_kpu") * max(node.number("parallelism_per_kpu", 1.0), 1.0)
    plan.tables.scaler(
        plan.number(node),
        tasks,
        -1,
        kind=st.SCALES_TASKS,
        pool=pool,
        least=tasks,
        most=max(tasks, min(int(units), MOST_TASKS)),
        target=plan.limit(SERVICE, "scale_up_cpu") / 100.0,
        target_low=plan.limit(SERVICE, "scale_down_cpu") / 100.0,
        period=SCALE_UP_AFTER_S,
        cooldown=SCALE_DOWN_AFTER_S,
    )
    plan.has_servers(node, 1)
    return pool


def _window(plan: Plan, node: Node, sinks: list[Edge], results: float) -> Label:
    """The end of a tumbling window: so many results for each sink, whatever went in."""
    batch = Label("window")
    plan.tables.place(batch)
    for edge in sinks:
        _send(plan, node, edge, results)
    plan.tables.emit(op.DISPERSE)
    plan.tables.emit(op.END)
    return batch


def _files(plan: Plan, node: Node, sinks: list[Edge]) -> dict[str, Label]:
    """Programs of the records for buckets, by edge: each task shows one file at the next checkpoint."""
    found: dict[str, Label] = {}
    if node.value("checkpointing") is False:
        return found
    period_s = node.number("checkpoint_interval_ms", 60_000.0) / 1000.0
    for edge in sinks:
        if plan.design.nodes[edge.target].service == "s3":
            batch, record = Label("checkpoint"), Label("record of a file")
            plan.tables.place(batch)
            _send(plan, node, edge, max(node.number("parallelism", 1.0), 1.0))
            plan.tables.emit(op.DISPERSE)
            plan.tables.emit(op.END)
            plan.tables.place(record)
            wait_for_window(plan, period_s, batch)
            found[edge.id] = record
    return found


def _send(plan: Plan, node: Node, edge: Edge, number: float) -> None:
    plan.tables.emit(
        op.SEND,
        node=plan.number(node),
        target=plan.delivered(edge),
        edge=plan.edge_number(edge),
        x=number,
        flags=1,
        stream=plan.stream(node, f"results {edge.id}"),
    )
