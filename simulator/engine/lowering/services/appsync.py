"""AppSync GraphQL API: web ACL, authorizer, the answer cache, and the resolvers of a request side by side."""

from __future__ import annotations

from typing import Final

from designer.domain.connections.spec import Mode
from designer.domain.graph.model import Edge, Node
from simulator.engine import instructions as op
from simulator.engine import stations as st
from simulator.engine.lowering.api_access import authorization
from simulator.engine.lowering.declaration import CALL
from simulator.engine.lowering.fronts import guard
from simulator.engine.lowering.plan import Plan
from simulator.engine.lowering.tables import Label

SERVICE = "appsync"
ENTRIES = (CALL,)
_NO_DATA: Final = (Mode.AUTHORIZER, Mode.DELIVERY, Mode.FAILURE)


def lower(plan: Plan, node: Node) -> None:
    """A request runs the resolvers of all its data sources at once and waits for the slowest, 30 s at most."""
    tables = plan.tables
    end, done = Label("end"), Label("done")
    sources = [edge for edge in plan.design.outgoing(node.id) if edge.mode not in _NO_DATA]
    timer = tables.timer(plan.limit(SERVICE, "request_time"), st.INTEGRATION_TIMEOUT, end)
    plan.place(node, CALL)
    tables.emit(op.ARRIVE, node=plan.number(node), flags=1, otherwise=end)
    guard(plan, node, end)
    tables.emit(op.DELAY, resource=plan.latency("appsync.overhead"), stream=plan.stream(node, "overhead"))
    authorization(plan, node, end)
    tables.emit(op.START_TIMER, resource=timer)
    if len(sources) > 1:
        _side_by_side(plan, node, sources, done)
    else:
        for edge in sources:
            _resolve(plan, node, edge, done)
    tables.place(done)
    tables.emit(op.STOP_TIMER)
    tables.place(end)
    tables.emit(op.END)


def _side_by_side(plan: Plan, node: Node, sources: list[Edge], done: Label) -> None:
    tables = plan.tables
    branches = [(1.0, Label(edge.id)) for edge in sources]
    tables.emit(op.FORK, node=plan.number(node), otherwise=done)
    first = len(tables.choices)
    tables.choices += branches
    tables.emit(op.BRANCHES, resource=first, code=len(branches))
    tables.emit(op.JUMP, target=done)
    for edge, (_, branch) in zip(sources, branches, strict=True):
        failed = Label("failed")
        tables.place(branch)
        _resolve(plan, node, edge, failed)
        tables.place(failed)
        tables.emit(op.END)


def _resolve(plan: Plan, node: Node, edge: Edge, failed: Label) -> None:
    """So many calls of the data source, one after the other."""
    plan.tables.emit(
        op.CALL,
        node=plan.number(node),
        target=plan.called(edge),
        edge=plan.edge_number(edge),
        x=max(edge.number("calls_per_request", 1.0), 0.0),
        otherwise=failed,
        stream=plan.stream(node, f"calls {edge.id}"),
    )
