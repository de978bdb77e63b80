"""Lowers a whole design: every node by its service's lowering, then the traffic."""

from __future__ import annotations

from designer.domain.graph.model import Design
from designer.domain.graph.scenario import Scenario
from simulator.engine import instructions as op
from simulator.engine.kernel_layout import State
from simulator.engine.lowering.payload_limits import TOO_LARGE, refuse
from simulator.engine.lowering.plan import Plan
from simulator.engine.lowering.registry import lowerings
from simulator.engine.lowering.traffic import add_traffic
from simulator.engine.overrides import PUBLISHED, Overrides
from simulator.engine.refusal import SimulationRefused


def lower(
    design: Design, scenario: Scenario, overrides: Overrides = PUBLISHED, load_factor: float = 1.0
) -> tuple[Plan, State]:
    """Turn a design and its traffic into the kernel's arrays. Raises ``SimulationRefused`` for impossible traffic.

    A node whose service has no lowering takes what comes and answers at once.
    """
    plan = Plan(design, scenario, lowerings(), overrides)
    known = [(node_id, lowerings().get(design.nodes[node_id].service)) for node_id in plan.node_ids]
    for after_queues in (False, True):
        for node_id, declared in known:
            if declared is not None and declared.after_queues is after_queues:
                with plan.lowering(node_id):
                    declared.lower(plan, design.nodes[node_id])
    add_traffic(plan, load_factor)
    plan.emit_deliveries()
    for node_id, kind, label in list(plan.unplaced()):
        plan.tables.place(label)
        plan.tables.emit(op.ARRIVE, node=plan.number(node_id), flags=1)
        if kind == TOO_LARGE:
            refuse(plan.tables)
        plan.tables.emit(op.END)
    for edge_id in plan.unused_breakers():
        source = design.nodes[design.edges[edge_id].source].label
        raise SimulationRefused(
            f"breakers: {source} makes no calls over {edge_id!r} that a circuit breaker could stop."
        )
    state = plan.tables.build(len(plan.node_ids), len(plan.edge_ids), len(plan.entry_ids))
    return plan, state
