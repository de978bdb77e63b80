"""Cognito user pool: monthly active users by plan, and tokens for machines."""

from __future__ import annotations

from collections.abc import Iterator

from designer.domain.graph.model import Node
from simulator.engine.pricing.rates import HOURS_PER_MONTH
from simulator.engine.pricing.usage import Metered, Usage

SERVICE = "cognito_user_pool"


def meter(usage: Usage, node: Node) -> Iterator[Metered]:
    """Users are billed by the month, whatever the run's traffic: a run pays its share of the month."""
    months = usage.hours / HOURS_PER_MONTH
    users = node.number("monthly_active_users") * months
    plan = str(node.value("tier")).lower()
    federated = users * node.number("federated_percent") / 100.0 if plan != "plus" else 0.0
    yield Metered(node.id, f"cognito_user_pool.mau_{plan}", users - federated)
    yield Metered(node.id, "cognito_user_pool.mau_federated", federated)
    yield Metered(node.id, "cognito_user_pool.machine_tokens", usage.own(node, "machine tokens"))
