"""Finds the lowering of every service and lowers a whole design."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Mapping
from functools import cache
from types import MappingProxyType

from designer.domain.graph.model import Design, Node
from designer.domain.graph.scenario import Scenario
from simulator.engine import instructions as op
from simulator.engine import stations as st
from simulator.engine.lowering import services as services_package
from simulator.engine.lowering.plan import Plan
from simulator.engine.lowering.traffic import add_traffic

Lowering = Callable[[Plan, Node], None]


@cache
def lowerings() -> Mapping[str, Lowering]:
    """By service id: modules of :mod:`simulator.engine.lowering.services` with ``SERVICE`` and ``lower``."""
    found: dict[str, Lowering] = {}
    for module_info in sorted(pkgutil.iter_modules(services_package.__path__), key=lambda m: m.name):
        module = importlib.import_module(f"{services_package.__name__}.{module_info.name}")
        found[module.SERVICE] = module.lower
    return MappingProxyType(found)


def lower(design: Design, scenario: Scenario) -> tuple[Plan, st.State]:
    """Turn a design and its traffic into the kernel's arrays. Raises ``SimulationRefused`` for impossible traffic."""
    plan = Plan(design, scenario)
    for node_id in plan.node_ids:
        node = design.nodes[node_id]
        lowering = lowerings().get(node.service)
        if lowering is not None:
            lowering(plan, node)
    add_traffic(plan)
    plan.emit_deliveries()
    for node_id, label in list(plan.unplaced()):
        plan.tables.place(label)
        plan.tables.emit(op.ARRIVE, node=plan.number(node_id), flags=1)
        plan.tables.emit(op.END)
    state = plan.tables.build(len(plan.node_ids), len(plan.edge_ids), len(plan.entry_ids))
    return plan, state
