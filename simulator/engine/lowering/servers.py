"""Fleets of servers: a pool of workers, a line in front of it, readers of queues, and scaling with a start delay."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

from designer.domain.connections.spec import Flow, Mode
from designer.domain.graph.model import Edge, Node
from simulator.engine import instructions as op
from simulator.engine import stations as st
from simulator.engine.lowering.calls import emit_call
from simulator.engine.lowering.declaration import CALL
from simulator.engine.lowering.plan import Plan
from simulator.engine.lowering.polling import wait_for_fetch
from simulator.engine.lowering.tables import Label

CONSUME: Final = "consume"
"""Entry of a fleet for a batch of messages that one of its workers has fetched."""
START_P99: Final = 2.0
"""Estimate: the 99th percentile of a start is twice its median."""
LEAST_VISIBILITY_S: Final = 1.0


@dataclass(frozen=True, slots=True)
class Fleet:
    """How many servers there are, and when there are more."""

    servers: int
    least: int
    most: int
    workers: int
    """Of one server."""
    scaling: str
    """``none``, ``utilisation`` or ``backlog``."""
    target: float
    """Utilisation from 0 to 1, or waiting messages per server."""
    out_s: float
    """How often high load is looked for."""
    in_s: float
    """How long it stays low before servers are removed."""


def work_time(plan: Plan, node: Node) -> int:
    """Log-normal with the node's mean and coefficient of variation: sigma^2 = ln(1 + cv^2), mu = ln(t) - sigma^2/2."""
    mean, variation = node.number("duration_ms") / 1000.0, node.number("duration_cv")
    if mean <= 0.0 or variation <= 0.0:
        return plan.tables.constant(max(mean, 0.0))
    variance = math.log(1.0 + variation * variation)
    return plan.tables.lognormal(math.log(mean) - variance / 2.0, math.sqrt(variance))


def start_time(plan: Plan, node: Node) -> int:
    """From the decision to add a server until it works."""
    median_ms = node.number("start_time_s") * 1000.0
    return plan.percentiles(median_ms, median_ms * START_P99)


def lower_fleet(plan: Plan, node: Node, fleet: Fleet) -> None:
    """The entries for requests and for fetched messages, the readers of its queues, and its scaling."""
    tables = plan.tables
    limit = tables.limit(fleet.servers * fleet.workers)
    pool = tables.pool(limit, waiting_limit=int(node.number("queue_limit", 1_000.0)))
    plan.has_concurrency(node, limit)
    plan.has_waiting_line(node, pool)
    _requests(plan, node, pool)
    pollers = _readers(plan, node, fleet)
    if fleet.scaling == "none":
        return
    follows_backlog = fleet.scaling == "backlog"
    queue = pollers[0][0] if follows_backlog and pollers else -1
    if follows_backlog and queue < 0:
        return
    plan.has_servers(node, fleet.workers)
    tables.scaler(
        plan.number(node),
        fleet.servers,
        start_time(plan, node),
        pool=pool,
        poller=pollers[0][1] if pollers else -1,
        queue=queue,
        target=max(fleet.target, 1e-6),
        least=fleet.least,
        most=max(fleet.most, fleet.least),
        per_server=fleet.workers,
        period=fleet.out_s,
        cooldown=fleet.in_s,
        stream=plan.stream(node, "starts"),
    )


def _requests(plan: Plan, node: Node, pool: int) -> None:
    """A request waits for a free worker, no longer than its caller has patience."""
    tables, number = plan.tables, plan.number(node)
    refused = Label("refused")
    plan.place(node, CALL)
    tables.emit(op.ARRIVE, node=number, otherwise=refused)
    patience = max(node.number("request_timeout_s", 30.0), 0.001)
    tables.emit(op.START_TIMER, resource=tables.timer(patience, st.WAIT_TIMEOUT, refused))
    tables.emit(op.ACQUIRE, node=number, resource=pool, code=st.QUEUE_FULL, otherwise=refused)
    tables.emit(op.STOP_TIMER)
    done = Label("done")
    emit_work(plan, node, done, per_record=False)
    tables.place(done)
    tables.emit(op.RELEASE, node=number, resource=pool)
    tables.emit(op.END)
    tables.place(refused)
    tables.emit(op.STOP_TIMER)
    tables.emit(op.END)


def emit_work(plan: Plan, node: Node, done: Label, *, per_record: bool) -> None:
    """Work, calls to other services in the order of the edges' ids, and errors; all end at ``done``."""
    tables = plan.tables
    tables.emit(op.WORK, resource=work_time(plan, node), otherwise=done, stream=plan.stream(node, "work"))
    failed, worked = Label("dependency failed"), Label("dependencies worked")
    calls = [edge for edge in plan.design.outgoing(node.id) if _is_call(edge)]
    for edge in calls:
        times = max(edge.number("calls_per_request", 1.0), 0.0)
        emit_call(plan, edge, otherwise=failed, x=times, stream=plan.stream(node, "calls"))
    if calls:
        tables.emit(op.JUMP, target=worked)
        tables.place(failed)
        everything = dict.fromkeys(range(1, len(st.STATUSES)), st.DEPENDENCY_ERROR)
        tables.emit(op.TRANSLATE, resource=tables.translation(everything))
        tables.emit(op.JUMP, target=done)
        tables.place(worked)
    tables.emit(
        op.FAIL,
        x=min(node.number("error_percent") / 100.0, 1.0),
        code=st.INTERNAL_ERROR,
        otherwise=done,
        flags=int(per_record),
        stream=plan.stream(node, "errors"),
    )


def _is_call(edge: Edge) -> bool:
    """Calls that the fleet's code makes; events that AWS sends about the fleet are none."""
    if edge.mode not in (Mode.SYNCHRONOUS, Mode.ASYNCHRONOUS) or edge.flow not in (Flow.SYNC, Flow.ASYNC):
        return False
    return not edge.connection.endswith((".events", ".lifecycle_hook"))


def _readers(plan: Plan, node: Node, fleet: Fleet) -> list[tuple[int, int]]:
    """For each queue that the fleet reads: the queue and its poller. Every worker holds one batch at a time."""
    edges = [edge for edge in plan.design.incoming(node.id) if edge.flow is Flow.POLL]
    edges = [edge for edge in edges if edge.source in plan.queue_rows]
    if edges:
        _consumption(plan, node)
    return [(plan.queue_rows[edge.source], _reader(plan, node, fleet, edge)) for edge in edges]


def _consumption(plan: Plan, node: Node) -> None:
    """A worker takes the messages of its batch one after the other and deletes those that worked."""
    tables, done = plan.tables, Label("done")
    plan.place(node, CONSUME)
    tables.emit(op.ARRIVE, node=plan.number(node), flags=1, otherwise=done)
    emit_work(plan, node, done, per_record=True)
    tables.place(done)
    tables.emit(op.END)


def _reader(plan: Plan, node: Node, fleet: Fleet, edge: Edge) -> int:
    tables, source = plan.tables, plan.design.nodes[edge.source]
    visibility = max(source.number("visibility_timeout_s", 30.0), LEAST_VISIBILITY_S)
    workers = float(fleet.servers * fleet.workers)
    queue = plan.queue_rows[edge.source]
    entry, settle = Label("batch"), Label("settle")
    poller = tables.poller(
        queue,
        entry=entry,
        invoke=entry,
        node=plan.number(source),
        function=plan.number(node),
        edge=plan.edge_number(edge),
        batch_size=max(int(edge.number("fetch_size", 10.0)), 1),
        window=0.0,
        passing=1.0,
        partial=1,
        stream=plan.stream(node, f"fetch {edge.id}"),
        limit=workers,
        limit_least=workers,
        limit_most=workers,
        growth=0.0,
        visibility=visibility,
    )
    timer = tables.timer(visibility, st.OK, queue=queue)
    tables.place(entry)
    tables.emit(op.START_TIMER, resource=timer)
    wait_for_fetch(plan, edge)
    tables.emit(op.DELAY, resource=plan.latency("sqs.api"), stream=plan.stream(node, f"fetch {edge.id}"))
    tables.emit(
        op.CALL,
        node=plan.number(node),
        target=plan.entry(node.id, CONSUME),
        edge=plan.edge_number(edge),
        x=1.0,
        flags=2,
        otherwise=settle,
    )
    tables.place(settle)
    tables.emit(op.STOP_TIMER)
    tables.emit(op.SETTLE, resource=poller)
    tables.emit(op.RETURN, resource=poller)
    return poller
