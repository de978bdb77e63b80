"""Relational database: few connections, fewer processors; a proxy makes callers wait instead of refusing them."""

from __future__ import annotations

from typing import Final

from designer.domain.graph.model import Node
from simulator.engine import instructions as op
from simulator.engine import stations as st
from simulator.engine.lowering.declaration import CALL
from simulator.engine.lowering.plan import Plan
from simulator.engine.lowering.servers import work_time
from simulator.engine.lowering.tables import Label

SERVICE = "rds_aurora"
ENTRIES = (CALL,)
REFUSED = "its connections"

_QUERY: Final = "query"
_VCPUS: Final = {
    "db.t3.medium": 2,
    "db.t4g.medium": 2,
    "db.r6g.large": 2,
    "db.r6g.xlarge": 4,
    "db.r6g.2xlarge": 8,
}
"""AWS docs: Aurora DB instance classes."""
_MANY_WAIT: Final = 1_000_000


def lower(plan: Plan, node: Node) -> None:
    """A transaction holds a connection, and inside it a processor; what does not get one waits for it."""
    tables, number = plan.tables, plan.number(node)
    shared = node.value("rds_proxy") is True or node.value("data_api") is True
    share = node.number("proxy_connections_percent", 100.0) / 100.0 if shared else 1.0
    limit = tables.limit(max(int(node.number("max_connections", 1_000.0) * share), 1))
    connections = tables.pool(limit, waiting_limit=_MANY_WAIT if shared else 0)
    plan.has_concurrency(node, limit)
    plan.has_waiting_line(node, connections)
    refused, done = Label("refused"), Label("done")
    plan.place(node, CALL)
    tables.emit(op.ARRIVE, node=number, otherwise=refused)
    patience = max(node.number("proxy_borrow_timeout_s", 120.0), 0.001)
    if shared:
        tables.emit(op.START_TIMER, resource=tables.timer(patience, st.WAIT_TIMEOUT, refused))
    tables.emit(op.ACQUIRE, node=number, resource=connections, code=st.CONNECTIONS_EXHAUSTED, otherwise=refused)
    if shared:
        tables.emit(op.STOP_TIMER)
    tables.emit(op.CALL, node=number, target=plan.entry(node.id, _QUERY), x=1.0, otherwise=done)
    tables.place(done)
    tables.emit(op.RELEASE, node=number, resource=connections)
    tables.emit(op.END)
    tables.place(refused)
    if shared:
        tables.emit(op.STOP_TIMER)
    tables.emit(op.END)
    _query(plan, node)


def _query(plan: Plan, node: Node) -> None:
    """The work itself, on one of the writer's processors.

    Who holds a connection counts as in service already: processors are counted in the node's second gauge.
    """
    tables, inside, failed = plan.tables, plan.number(node) + len(plan.node_ids), Label("failed")
    vcpus = _VCPUS.get(str(node.value("instance_class")), 2)
    processors = tables.pool(tables.limit(vcpus), waiting_limit=_MANY_WAIT)
    plan.place(node, _QUERY)
    tables.emit(op.ACQUIRE, node=inside, resource=processors, code=st.QUEUE_FULL, otherwise=failed)
    tables.emit(op.WORK, resource=work_time(plan, node), otherwise=failed, stream=plan.stream(node, "queries"))
    tables.emit(
        op.FAIL,
        x=min(node.number("error_percent") / 100.0, 1.0),
        code=st.INTERNAL_ERROR,
        otherwise=failed,
        stream=plan.stream(node, "errors"),
    )
    tables.place(failed)
    tables.emit(op.RELEASE, node=inside, resource=processors)
    tables.emit(op.END)
