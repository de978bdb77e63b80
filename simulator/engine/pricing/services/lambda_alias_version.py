"""Lambda alias: the environments that it keeps ready, for as long as they are configured."""

from __future__ import annotations

from collections.abc import Iterator

from designer.domain.graph.model import Node
from simulator.engine.lowering.function_entries import provisioned_for, version_edges
from simulator.engine.pricing.usage import Metered, Usage

SERVICE = "lambda_alias_version"


def meter(usage: Usage, node: Node) -> Iterator[Metered]:
    """Provisioned gigabyte-seconds of each version; their duration is on the function's own lines."""
    for edge in version_edges(usage.plan, node.id):
        function = usage.plan.design.nodes[edge.target]
        suffix = "arm64" if function.value("architecture") == "arm64" else "x86"
        gigabytes = function.number("memory_mb", 128.0) / 1024.0 * provisioned_for(usage.plan, edge)
        if gigabytes > 0:
            yield Metered(node.id, f"lambda.provisioned_concurrency_{suffix}", gigabytes * usage.seconds)
