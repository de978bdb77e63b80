"""OpenSearch Serverless: the capacity units that always run."""

from __future__ import annotations

from collections.abc import Iterator

from designer.domain.graph.model import Node
from simulator.engine.pricing.usage import Metered, Usage

SERVICE = "opensearch"


def meter(usage: Usage, node: Node) -> Iterator[Metered]:
    """The least that a collection has; a domain's instances are not billed."""
    if node.value("deployment") == "serverless":
        units = 2.0 if node.value("standby_replicas") is not False else 1.0
        yield Metered(node.id, "opensearch.ocu_hours", units * usage.hours)
