"""Client: one request at a time to one of its targets, given up after a while."""

from __future__ import annotations

from designer.domain.graph.model import Node
from simulator.engine import instructions as op
from simulator.engine import stations as st
from simulator.engine.lowering.plan import CALL, Plan
from simulator.engine.lowering.tables import Label

SERVICE = "client"


def lower(plan: Plan, node: Node) -> None:
    """A request goes to one outgoing edge, by weight; the answer, or the timeout, ends it."""
    tables, number = plan.tables, plan.number(node)
    answered, given_up = Label("answered"), Label("given up")
    edges = [edge for edge in plan.design.outgoing(node.id) if edge.number("weight", 1.0) > 0]
    plan.place(node, CALL)
    tables.emit(op.ARRIVE, node=number, flags=1)
    if edges:
        timer = tables.timer(max(node.number("timeout_s", 30.0), 0.001), st.CLIENT_TIMEOUT, given_up)
        tables.emit(op.START_TIMER, resource=timer)
        branches = [(edge.number("weight", 1.0), Label(edge.id)) for edge in edges]
        if len(edges) > 1:
            tables.route(branches, plan.stream(node, "route"), number)
        for edge, (_, branch) in zip(edges, branches, strict=True):
            tables.place(branch)
            tables.emit(op.CALL, node=number, target=plan.called(edge), edge=plan.edge_number(edge), x=1.0)
            tables.emit(op.JUMP, target=answered)
        tables.place(answered)
        tables.emit(op.STOP_TIMER)
    tables.place(given_up)
    tables.emit(op.END)
