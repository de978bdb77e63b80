"""What the bills of standard and FIFO queues have in common."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Final

from designer.domain.connections.spec import Flow
from designer.domain.graph.model import Edge, Node
from simulator.engine import stations as st
from simulator.engine.lowering.polling import empty_fetch_s
from simulator.engine.lowering.services import ec2_autoscaling_group, ecs_fargate
from simulator.engine.pricing.networks import server_hours
from simulator.engine.pricing.services.kms import messaging_requests
from simulator.engine.pricing.usage import CHUNK_KB, Metered, Usage

IDLE_POLLERS: Final = 5.0
LONG_POLL_S: Final = 20.0
"""A mapping's idle pollers ask again every 20 s each."""
_POINTER_KB: Final = 1.0
"""What is left in the queue of a message that lies in S3."""


def requests(usage: Usage, node: Node) -> float:
    """One request per action of up to 10 messages, more when the payload exceeds 64 KB."""
    size_kb = _message_kb(usage, node)
    receives = usage.meter(node, st.METER_RECEIVES)
    messages = usage.completions(node) / receives if receives else 0.0
    receive_chunks = max(math.ceil(messages * size_kb / CHUNK_KB), 1)
    readers = [edge for edge in usage.plan.design.outgoing(node.id) if edge.flow is Flow.POLL]
    idle = sum(_empty_fetches_per_s(usage, edge) for edge in readers) * usage.meter(node, st.METER_EMPTY_S)
    return _sends(usage, node, size_kb) + receives * receive_chunks + usage.meter(node, st.METER_DELETES) + idle


def _sends(usage: Usage, node: Node, size_kb: float) -> float:
    """One request for each message, or for what is sent together, and for each further 64 KB of it."""
    alone, requests = float(usage.arrivals(node)), 0.0
    for edge in usage.incoming(node):
        together = edge.number("messages_per_send", 1.0)
        if together > 1.0:
            messages = usage.calls(edge)
            alone -= messages
            requests += messages / together * max(math.ceil(together * size_kb / CHUNK_KB), 1)
    return requests + max(alone, 0.0) * max(math.ceil(size_kb / CHUNK_KB), 1)


def key_requests(usage: Usage, node: Node) -> Iterator[Metered]:
    """Requests to the KMS key of a queue or topic, unless a key that is drawn has them on its own bill."""
    if not str(node.value("encryption")).startswith("kms_"):
        return
    design = usage.plan.design
    around = [design.nodes[edge.target] for edge in design.outgoing(node.id)]
    if not any(other.service == "kms" for other in around):
        yield Metered(node.id, "kms.requests", messaging_requests(usage, node))


def _empty_fetches_per_s(usage: Usage, edge: Edge) -> float:
    """Lambda's and a pipe's idle pollers wait 20 s each; every worker of a fleet asks as its program says."""
    reader = usage.plan.design.nodes[edge.target]
    if reader.service == "ecs_fargate":
        fleet = ecs_fargate.fleet_of(usage.plan, reader)
    elif reader.service == "ec2_autoscaling_group":
        fleet = ec2_autoscaling_group.fleet_of(usage.plan, reader)
    else:
        return IDLE_POLLERS / LONG_POLL_S
    servers = server_hours(usage, reader, fleet.servers) / usage.hours if usage.hours > 0 else float(fleet.servers)
    return servers * fleet.workers / empty_fetch_s(usage.plan, edge)


def _message_kb(usage: Usage, node: Node) -> float:
    size_kb = usage.payload_kb[node.id]
    if node.value("extended_client") is True and size_kb > node.number("extended_client_threshold_kb", 256.0):
        return _POINTER_KB
    return size_kb
