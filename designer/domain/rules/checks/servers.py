"""Tasks, instances and the load balancers in front of them."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Final

from designer.domain.catalog.sources import aws_docs, service_model
from designer.domain.connections.spec import Flow
from designer.domain.graph.model import Design, Edge, Node
from designer.domain.rules.fixes import set_node
from designer.domain.rules.problem import Problem, problem
from designer.domain.rules.registry import rule
from designer.domain.rules.rule import Scope, Severity

_ALB: Final = "elasticloadbalancing/latest/application/"
_HEALTH: Final = aws_docs("Health checks for your target groups", _ALB + "target-group-health-checks.html")
_TASK_SIZES: Final = service_model("ecs", "RegisterTaskDefinition")
_FEWEST_ZONES: Final = 2
_LONGEST_INTERVAL_S: Final = 300
_MEMORY_MB: Final = {
    "0.25": (512, 2_048),
    "0.5": (1_024, 4_096),
    "1": (2_048, 8_192),
    "2": (4_096, 16_384),
    "4": (8_192, 30_720),
    "8": (16_384, 61_440),
    "16": (32_768, 122_880),
}
"""Least and most memory of a task by its vCPUs."""
_FLEETS: Final = ("ecs_fargate", "ec2_autoscaling_group")
_LEAST: Final = {"ecs_fargate": "desired_count", "ec2_autoscaling_group": "min_size"}


@rule(
    "L200",
    Severity.ERROR,
    "Memory does not go with the vCPUs",
    scope=Scope.NODE,
    only=("ecs_fargate",),
    why="Fargate offers certain sizes only; the task definition is refused.",
    source=_TASK_SIZES,
)
def task_size(design: Design, service: Node) -> Iterator[Problem]:
    """The memory of a task lies outside of the range that its vCPUs allow."""
    del design
    least, most = _MEMORY_MB.get(str(service.value("vcpu")), (512, 122_880))
    memory = service.number("memory_mb")
    if not least <= memory <= most:
        nearest = least if memory < least else most
        yield problem(
            service,
            f"{service.value('vcpu')} vCPU goes with {least:,} to {most:,} MB of memory; {service.label} has "
            f"{memory:,g} MB.",
            set_node(service, f"Set the memory to {nearest:,} MB", memory_mb=nearest),
            parameter="memory_mb",
        )


@rule(
    "L201",
    Severity.ERROR,
    "Least size above the most",
    scope=Scope.NODE,
    only=_FLEETS,
    why="AWS refuses a range whose least is above its most.",
    source=service_model("autoscaling", "CreateAutoScalingGroup.MaxSize"),
)
def least_above_most(design: Design, fleet: Node) -> Iterator[Problem]:
    """The least number of instances or tasks is larger than the most."""
    del design
    least, most = ("min_size", "max_size") if fleet.service == "ec2_autoscaling_group" else ("min_tasks", "max_tasks")
    scaled = fleet.service == "ec2_autoscaling_group" or fleet.value("scaling") != "none"
    if scaled and fleet.number(least) > fleet.number(most):
        wanted = math.ceil(fleet.number(least))
        yield problem(
            fleet,
            f"{fleet.label} has at least {fleet.number(least):g} and at most {fleet.number(most):g}.",
            set_node(fleet, f"Raise the most to {wanted:,}", **{most: wanted}),
            parameter=most,
        )


@rule(
    "R201",
    Severity.ERROR,
    "Health check takes longer than its interval",
    scope=Scope.NODE,
    only=("alb",),
    why="The timeout of a health check has to be shorter than the time between two checks; AWS refuses it otherwise.",
    source=_HEALTH,
)
def health_check_timeout(design: Design, balancer: Node) -> Iterator[Problem]:
    """The health check's timeout is not below its interval."""
    del design
    interval, timeout = balancer.number("health_check_interval_s"), balancer.number("health_check_timeout_s")
    if timeout < interval:
        return
    wanted = math.ceil(timeout) + 5
    if wanted <= _LONGEST_INTERVAL_S:
        fix = set_node(balancer, f"Check every {wanted} s", health_check_interval_s=wanted)
    else:
        fix = set_node(balancer, "Take AWS's own times", health_check_interval_s=None, health_check_timeout_s=None)
    yield problem(
        balancer,
        f"{balancer.label} checks every {interval:g} s and waits {timeout:g} s for the answer.",
        fix,
        parameter="health_check_timeout_s",
    )


@rule(
    "R202",
    Severity.WARNING,
    "New tasks or instances are checked before they are ready",
    scope=Scope.NODE,
    only=_FLEETS,
    why="What fails the load balancer's checks while it still starts is replaced, and its successor too: the fleet "
    "never comes up.",
    source=service_model("ecs", "CreateService.healthCheckGracePeriodSeconds"),
)
def no_grace_period(design: Design, fleet: Node) -> Iterator[Problem]:
    """Behind a load balancer, the grace period is shorter than the time until the health check gives up."""
    balancers = [design.nodes[edge.source] for edge in design.incoming(fleet.id)]
    balancers = [node for node in balancers if node.service == "alb"]
    checked = fleet.service == "ecs_fargate" or fleet.value("health_check_type") == "ELB"
    if not balancers or not checked:
        return
    start = fleet.number("start_time_s")
    patience = min(node.number("health_check_interval_s") * node.number("unhealthy_threshold") for node in balancers)
    grace = fleet.number("health_check_grace_s")
    if grace + patience < start:
        wanted = int(start - patience) + 30
        yield problem(
            fleet,
            f"{fleet.label} takes {start:g} s to start; its health check gives up after {grace + patience:g} s.",
            set_node(fleet, f"Set the grace period to {wanted} s", health_check_grace_s=wanted),
            parameter="health_check_grace_s",
        )


@rule(
    "R203",
    Severity.ADVICE,
    "Group does not listen to its load balancer",
    scope=Scope.NODE,
    only=("ec2_autoscaling_group",),
    why="With the EC2 check alone, an instance whose software hangs gets no requests any more but is never replaced.",
    source=aws_docs(
        "Health checks for instances in an Auto Scaling group", "autoscaling/ec2/userguide/health-checks-overview.html"
    ),
)
def machine_check_only(design: Design, group: Node) -> Iterator[Problem]:
    """A group behind a load balancer uses the machine's health check only."""
    behind = any(design.nodes[edge.source].service == "alb" for edge in design.incoming(group.id))
    if behind and group.value("health_check_type") == "EC2":
        wanted = int(group.number("start_time_s")) + 30
        grace = max(wanted, int(group.number("health_check_grace_s")))
        yield problem(
            group,
            f"{group.label} does not replace instances that fail the load balancer's checks.",
            set_node(group, "Use the load balancer's checks", health_check_type="ELB", health_check_grace_s=grace),
            parameter="health_check_type",
        )


@rule(
    "R205",
    Severity.ADVICE,
    "Consumer of a queue does not grow with the backlog",
    scope=Scope.EDGE,
    why="With a fixed number of consumers a burst waits until they have caught up. Scaling on the backlog for each "
    "consumer adds some in time.",
    source=aws_docs("Scaling policy based on Amazon SQS", "autoscaling/ec2/userguide/as-using-sqs-queue.html"),
)
def fixed_consumers(design: Design, edge: Edge) -> Iterator[Problem]:
    """Tasks or instances fetch from a queue without scaling on its backlog."""
    queue, fleet = design.nodes[edge.source], design.nodes[edge.target]
    if edge.flow is not Flow.POLL or fleet.service not in _FLEETS or not queue.service.startswith("sqs_"):
        return
    if fleet.value("scaling") != "backlog":
        yield problem(
            edge,
            f"{fleet.label} does not grow with the backlog of {queue.label}.",
            set_node(fleet, "Scale on the backlog", scaling="backlog"),
        )


@rule(
    "R206",
    Severity.ERROR,
    "Load balancer in one Availability Zone",
    scope=Scope.NODE,
    only=("alb",),
    why="AWS asks for subnets in at least two Availability Zones.",
    source=aws_docs("Availability Zones for your Application Load Balancer", _ALB + "load-balancer-subnets.html"),
)
def one_zone(design: Design, balancer: Node) -> Iterator[Problem]:
    """The load balancer has a subnet in one zone only."""
    del design
    if balancer.number("zones") < _FEWEST_ZONES:
        yield problem(
            balancer,
            f"{balancer.label} lies in one Availability Zone.",
            set_node(balancer, "Use two zones", zones=_FEWEST_ZONES),
            parameter="zones",
        )


@rule(
    "R207",
    Severity.ADVICE,
    "Single task or instance behind a load balancer",
    scope=Scope.NODE,
    only=_FLEETS,
    why="While it fails or is replaced nobody answers. Two in two Availability Zones survive the loss of one.",
    source=aws_docs(
        "Amazon ECS service best practices", "AmazonECS/latest/developerguide/availability-best-practices.html"
    ),
)
def single_server(design: Design, fleet: Node) -> Iterator[Problem]:
    """Requests depend on one task or instance."""
    least = _LEAST[fleet.service]
    behind = any(design.nodes[edge.source].service == "alb" for edge in design.incoming(fleet.id))
    if not behind or fleet.number(least) > 1:
        return
    most = {"max_size": 2} if fleet.service == "ec2_autoscaling_group" and fleet.number("max_size") < 2 else {}
    yield problem(
        fleet,
        f"{fleet.label} can be down to {fleet.number(least):g}.",
        set_node(fleet, "Keep two", **{least: 2}, **most),
        parameter=least,
    )


@rule(
    "R208",
    Severity.WARNING,
    "Load balancer gives up before its function",
    scope=Scope.EDGE,
    only=("alb.lambda.target",),
    why="The caller gets 504 while the function goes on, is billed, and its answer is thrown away.",
    source=service_model("elbv2", "LoadBalancerAttribute.Key"),
)
def idle_timeout_too_short(design: Design, edge: Edge) -> Iterator[Problem]:
    """The idle timeout of the load balancer is shorter than the timeout of the function behind it."""
    balancer, function = design.nodes[edge.source], design.nodes[edge.target]
    idle, timeout = balancer.number("idle_timeout_s"), function.number("timeout_s")
    if idle < timeout:
        yield problem(
            edge,
            f"{balancer.label} gives up after {idle:g} s; {function.label} may take {timeout:g} s.",
            set_node(function, f"Set the timeout of {function.label} to {idle:g} s", timeout_s=math.floor(idle)),
            set_node(balancer, f"Wait {timeout:g} s", idle_timeout_s=math.ceil(timeout)),
        )
