"""Cache in memory: every call takes about the same short time."""

from __future__ import annotations

from designer.domain.graph.model import Node
from simulator.engine import instructions as op
from simulator.engine import stations as st
from simulator.engine.lowering.declaration import CALL
from simulator.engine.lowering.plan import Plan
from simulator.engine.lowering.tables import Label

SERVICE = "elasticache"
ENTRIES = (CALL,)


def lower(plan: Plan, node: Node) -> None:
    """One call; its 99th percentile is estimated at four times its median."""
    tables, number, end = plan.tables, plan.number(node), Label("end")
    median_ms = node.number("duration_ms", 0.5)
    plan.place(node, CALL)
    tables.emit(op.ARRIVE, node=number, flags=1, otherwise=end)
    tables.emit(op.DELAY, resource=plan.percentiles(median_ms, 4.0 * median_ms), stream=plan.stream(node, "calls"))
    tables.emit(
        op.FAIL,
        x=min(node.number("error_percent") / 100.0, 1.0),
        code=st.INTERNAL_ERROR,
        otherwise=end,
        stream=plan.stream(node, "errors"),
    )
    tables.place(end)
    tables.emit(op.END)
