"""Step Functions, Express workflows: executions of the definition."""

from __future__ import annotations

from designer.domain.graph.model import Node
from simulator.engine.lowering.plan import Plan
from simulator.engine.lowering.workflows import ENTRIES, entry_for, lower_workflow

SERVICE = "step_functions_express"
REFUSED = "the account's quota on starting executions"
__all__ = ["ENTRIES", "REFUSED", "SERVICE", "entry_for", "lower"]


def lower(plan: Plan, node: Node) -> None:
    """The entries and the definition of a workflow."""
    lower_workflow(plan, node)
