"""Key tables of stores whose catalog entry tells how records are spread over keys."""

from __future__ import annotations

from designer.domain.graph.model import Node
from simulator.engine.lowering.plan import Plan


def key_table(plan: Plan, node: Node, *, fold: int = 0) -> int:
    """The node's keys, spread by a hash over ``fold`` places; 0: the key itself, the most popular first."""
    exponent = node.number("zipf_exponent", 1.0) if node.value("key_spread") == "zipf" else 0.0
    return plan.tables.keys(max(int(node.number("distinct_keys", 1.0)), 1), exponent, fold)
