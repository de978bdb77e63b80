"""A resource that the engine does not model: it takes what comes and answers at once."""

from __future__ import annotations

from designer.domain.graph.model import Node
from simulator.engine import instructions as op
from simulator.engine.lowering.declaration import CALL, EVENT, HAND_OVER
from simulator.engine.lowering.plan import Plan

SERVICE = "other"


def lower(plan: Plan, node: Node) -> None:
    """Every entry is the same sink; nothing goes further."""
    for kind in (CALL, HAND_OVER, EVENT):
        plan.place(node, kind)
    plan.tables.emit(op.ARRIVE, node=plan.number(node), flags=1)
    plan.tables.emit(op.END)
