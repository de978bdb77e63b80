"""An identity provider outside AWS: it takes its time and says yes."""

from __future__ import annotations

from designer.domain.graph.model import Node
from simulator.engine import instructions as op
from simulator.engine.lowering.declaration import CALL
from simulator.engine.lowering.plan import Plan

SERVICE = "identity_provider"
ENTRIES = (CALL,)


def lower(plan: Plan, node: Node) -> None:
    """One sign-in."""
    plan.place(node, CALL)
    plan.tables.emit(op.ARRIVE, node=plan.number(node), flags=1)
    answer = plan.tables.constant(node.number("answer_ms") / 1000.0)
    plan.tables.emit(op.DELAY, resource=answer, stream=plan.stream(node, "answer"))
    plan.tables.emit(op.END)
