"""ECS on Fargate: vCPU and memory of the service's tasks and of single tasks."""

from __future__ import annotations

from collections.abc import Iterator

from designer.domain.graph.model import Node
from simulator.engine.lowering.services.ecs_fargate import fleet_of
from simulator.engine.pricing.networks import server_hours
from simulator.engine.pricing.usage import Metered, Usage

SERVICE = "ecs_fargate"


def meter(usage: Usage, node: Node) -> Iterator[Metered]:
    """A task costs from the pull of its image until it stops."""
    hours = server_hours(usage, node, fleet_of(usage.plan, node).servers)
    hours += usage.own(node, "single task seconds") / 3600.0
    yield Metered(node.id, "ecs_fargate.vcpu", hours * float(str(node.value("vcpu"))))
    yield Metered(node.id, "ecs_fargate.memory", hours * node.number("memory_mb") / 1024.0)
    if node.value("assign_public_ip") is True:
        yield Metered(node.id, "ecs_fargate.addresses", hours)
