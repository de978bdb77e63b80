"""Alias of a function: its calls go to one of its versions by their shares, with environments of its own."""

from __future__ import annotations

from designer.domain.graph.model import Node
from simulator.engine import instructions as op
from simulator.engine.lowering.declaration import CALL, EVENT, HAND_OVER
from simulator.engine.lowering.function_entries import through, version_edges
from simulator.engine.lowering.plan import Plan
from simulator.engine.lowering.tables import Label

SERVICE = "lambda_alias_version"
ENTRIES = (CALL, HAND_OVER, EVENT)


def lower(plan: Plan, node: Node) -> None:
    """Each way into a function exists through its alias too."""
    tables, number = plan.tables, plan.number(node)
    versions = version_edges(plan, node.id)
    for kind in ENTRIES:
        end = Label("end")
        plan.place(node, kind)
        tables.emit(op.ARRIVE, node=number, flags=1, otherwise=end)
        branches = [(plan.weight(edge), Label(edge.id)) for edge in versions]
        if len(branches) > 1:
            tables.route(branches, plan.stream(node, f"version {kind}"), number)
        for edge, (_, branch) in zip(versions, branches, strict=True):
            tables.place(branch)
            operands = {"node": number, "edge": plan.edge_number(edge), "x": 1.0}
            if kind == EVENT:
                tables.emit(op.SEND, target=through(plan, edge, kind), **operands)
            else:
                tables.emit(op.CALL, target=through(plan, edge, kind), otherwise=end, **operands)
            tables.emit(op.END)
        tables.place(end)
        tables.emit(op.END)
