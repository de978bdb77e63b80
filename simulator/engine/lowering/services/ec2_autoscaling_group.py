"""EC2 Auto Scaling group: instances with workers that serve requests or fetch messages; new ones take minutes."""

from __future__ import annotations

from designer.domain.graph.model import Node
from simulator.engine.lowering.declaration import CALL
from simulator.engine.lowering.plan import Plan
from simulator.engine.lowering.servers import CONSUME, Fleet, lower_fleet

SERVICE = "ec2_autoscaling_group"
ENTRIES = (CALL, CONSUME)
REFUSED = "the places where requests wait"
AFTER_QUEUES = True


def lower(plan: Plan, node: Node) -> None:
    """A fleet of instances that begins with its desired capacity."""
    lower_fleet(plan, node, fleet_of(plan, node))


def fleet_of(plan: Plan, node: Node) -> Fleet:
    """Sizes and scaling of the group."""
    least = max(int(node.number("min_size", 1.0)), 0)
    most = max(int(node.number("max_size", 4.0)), least)
    begin = int(node.number("desired_capacity", float(least)))
    scaling = str(node.value("scaling"))
    backlog = scaling == "backlog"
    target = node.number("backlog_per_instance", 100.0) if backlog else node.number("target_utilisation_percent") / 100
    return Fleet(
        servers=min(max(begin, least), most),
        least=least,
        most=most,
        workers=max(int(node.number("concurrency", 4.0)), 1),
        scaling=scaling,
        target=target,
        out_s=plan.limit(SERVICE, "tracking_alarm_out"),
        in_s=plan.limit(SERVICE, "tracking_alarm_in"),
    )
