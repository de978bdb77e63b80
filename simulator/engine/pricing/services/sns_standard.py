"""SNS: publishes in steps of 64 KB, filters on bodies, e-mails, HTTP, Firehose; SQS and Lambda are free."""

from __future__ import annotations

from collections.abc import Iterator

from designer.domain.graph.model import Node
from simulator.engine import stations as st
from simulator.engine.pricing.queues import key_requests
from simulator.engine.pricing.usage import GB_IN_KB, Metered, Usage

SERVICE = "sns_standard"


def meter(usage: Usage, node: Node) -> Iterator[Metered]:
    """Every accepted publish; a subscription to a client is priced as e-mail."""
    publishes = usage.arrivals(node) - usage.errors(node, st.QUOTA_EXCEEDED)
    yield Metered(node.id, "sns_standard.publish", publishes * usage.chunks(node))
    yield from key_requests(usage, node)
    on_the_body = sum(
        edge.value("filter_policy") is not None and edge.value("filter_policy_scope") == "MessageBody"
        for edge in usage.plan.design.outgoing(node.id)
    )
    yield Metered(
        node.id, "sns_standard.body_filtering", on_the_body * publishes * usage.payload_kb[node.id] / GB_IN_KB
    )
    for edge in usage.plan.design.outgoing(node.id):
        match usage.plan.design.nodes[edge.target].service:
            case "client":
                yield Metered(node.id, "sns_standard.email", float(usage.calls(edge)))
            case "http_endpoint":
                yield Metered(node.id, "sns_standard.http", float(usage.calls(edge) * usage.chunks(node)))
            case "firehose":
                yield Metered(node.id, "sns_standard.firehose", float(usage.calls(edge)))
