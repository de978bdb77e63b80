"""Secrets and parameters: what is stored, and reads."""

from __future__ import annotations

from collections.abc import Iterator

from designer.domain.graph.model import Node
from simulator.engine.pricing.rates import HOURS_PER_MONTH
from simulator.engine.pricing.usage import Metered, Usage

SERVICE = "ssm_secrets"


def meter(usage: Usage, node: Node) -> Iterator[Metered]:
    """Standard parameters at standard throughput are free."""
    months, reads = usage.hours / HOURS_PER_MONTH, float(usage.completions(node))
    kind = node.value("kind")
    if kind == "secret":
        yield Metered(node.id, "ssm_secrets.secret", months)
        yield Metered(node.id, "ssm_secrets.secret_calls", reads)
        return
    if kind == "advanced":
        yield Metered(node.id, "ssm_secrets.advanced", months)
    if kind == "advanced" or node.value("higher_throughput") is True:
        yield Metered(node.id, "ssm_secrets.parameter_calls", reads)
