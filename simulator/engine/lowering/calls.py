"""Calls that a caller's own code makes, guarded by a circuit breaker where the scenario has one."""

from __future__ import annotations

from designer.domain.graph.model import Edge
from simulator.engine import instructions as op
from simulator.engine import stations as st
from simulator.engine.lowering.plan import Plan
from simulator.engine.lowering.tables import Label


def emit_call(plan: Plan, edge: Edge, *, otherwise: Label, x: float = 1.0, flags: int = 0, stream: int = 0) -> None:
    """Call the edge's target and go on when it has worked, else to ``otherwise``. Operands as those of CALL."""
    tables = plan.tables
    operands: dict[str, float | Label] = {"x": x, "flags": flags, "stream": stream}
    operands |= {"node": plan.number(edge.source), "target": plan.called(edge), "edge": plan.edge_number(edge)}
    breaker = plan.breaker(edge)
    if breaker < 0:
        tables.emit(op.CALL, otherwise=otherwise, **operands)
        return
    failed, worked = Label("failed"), Label("worked")
    tables.emit(op.BREAKER, resource=breaker, code=st.CIRCUIT_OPEN, otherwise=otherwise)
    tables.emit(op.CALL, otherwise=failed, **operands)
    tables.emit(op.NOTE, resource=breaker)
    tables.emit(op.JUMP, target=worked)
    tables.place(failed)
    tables.emit(op.NOTE, resource=breaker)
    tables.emit(op.JUMP, target=otherwise)
    tables.place(worked)
