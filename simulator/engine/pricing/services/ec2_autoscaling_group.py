"""EC2 Auto Scaling group: the hours of its instances by type. Scaling itself is free."""

from __future__ import annotations

from collections.abc import Iterator

from designer.domain.graph.model import Node
from simulator.engine.lowering.services.ec2_autoscaling_group import fleet_of
from simulator.engine.pricing.networks import server_hours
from simulator.engine.pricing.usage import Metered, Usage

SERVICE = "ec2_autoscaling_group"


def meter(usage: Usage, node: Node) -> Iterator[Metered]:
    """Instances cost from their launch on."""
    hours = server_hours(usage, node, fleet_of(usage.plan, node).servers)
    yield Metered(node.id, f"ec2_autoscaling_group.{node.value('instance_type')}", hours)
    if node.value("public_ip") is True:
        yield Metered(node.id, "ec2_autoscaling_group.addresses", hours)
