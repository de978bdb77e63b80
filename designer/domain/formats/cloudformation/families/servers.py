"""Auto Scaling groups, ECS services and load balancers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from designer.domain.catalog.registry import services
from designer.domain.catalog.spec import Value
from designer.domain.formats.cloudformation.draft import Draft
from designer.domain.formats.cloudformation.intrinsics import references
from designer.domain.formats.cloudformation.networks import subnets_of
from designer.domain.formats.cloudformation.template import Resource
from designer.domain.formats.cloudformation.values import at, flag, items, mapping, text, whole

_CPU_UNITS: Final = 1_024
_BALANCER: Final = "AWS::ElasticLoadBalancingV2::LoadBalancer"


def _named(value: object, draft: Draft, resource_type: str) -> Resource | None:
    """The resource of the type that a property points at; settings are found too."""
    for reference in references(value):
        resource = draft.resources.get(reference.id)
        if resource is not None and resource.type == resource_type:
            return resource
    return None


def _choice(service: str, parameter: str, value: object) -> Value:
    """The text when it is one of the parameter's choices."""
    known = {choice.value for choice in services()[service].parameter(parameter).choices}
    return value if isinstance(value, str) and value in known else None


def _group(resource: Resource, draft: Draft) -> Mapping[str, Value]:
    properties = resource.properties
    template = _named(properties.get("LaunchTemplate"), draft, "AWS::EC2::LaunchTemplate")
    launch = _named(properties.get("LaunchConfigurationName"), draft, "AWS::AutoScaling::LaunchConfiguration")
    data = mapping(at(template.properties, "LaunchTemplateData")) if template else mapping(launch and launch.properties)
    tracked = any(
        policy.properties.get("PolicyType") == "TargetTrackingScaling"
        for policy in draft.of_type("AWS::AutoScaling::ScalingPolicy")
        if any(r.id == resource.id for r in references(policy.properties.get("AutoScalingGroupName")))
    )
    check = text(properties.get("HealthCheckType"))
    return {
        "instance_type": _choice("ec2_autoscaling_group", "instance_type", data.get("InstanceType")),
        "min_size": whole(properties.get("MinSize")),
        "max_size": whole(properties.get("MaxSize")),
        "desired_capacity": whole(properties.get("DesiredCapacity")),
        "default_cooldown_s": whole(properties.get("Cooldown")),
        "instance_warmup_s": whole(properties.get("DefaultInstanceWarmup")),
        "health_check_type": "ELB" if check is not None and "ELB" in check else None,
        "health_check_grace_s": whole(properties.get("HealthCheckGracePeriod")),
        "public_ip": flag(data.get("AssociatePublicIpAddress")) or None,
        "scaling": "utilisation" if tracked else None,
    }


def _service(resource: Resource, draft: Draft) -> Mapping[str, Value]:
    properties = resource.properties
    definition = _named(properties.get("TaskDefinition"), draft, "AWS::ECS::TaskDefinition")
    size = mapping(definition and definition.properties)
    units = whole(size.get("Cpu"))
    vcpu = None if units is None else f"{units / _CPU_UNITS:g}"
    public = at(properties, "NetworkConfiguration", "AwsvpcConfiguration", "AssignPublicIp")
    target = _scalable_target(resource, draft)
    return {
        "vcpu": _choice("ecs_fargate", "vcpu", vcpu),
        "memory_mb": whole(size.get("Memory")),
        "desired_count": whole(properties.get("DesiredCount")),
        "health_check_grace_s": whole(properties.get("HealthCheckGracePeriodSeconds")),
        "assign_public_ip": True if public == "ENABLED" else None,
        "scaling": "utilisation" if target is not None else None,
        "min_tasks": whole(at(target, "MinCapacity")),
        "max_tasks": whole(at(target, "MaxCapacity")),
    }


def _scalable_target(service: Resource, draft: Draft) -> Mapping[str, object] | None:
    for target in draft.of_type("AWS::ApplicationAutoScaling::ScalableTarget"):
        if any(reference.id == service.id for reference in references(target.properties.get("ResourceId"))):
            return target.properties
    return None


def _balancer(resource: Resource, draft: Draft) -> Mapping[str, Value]:
    balancer = resource
    if resource.type != _BALANCER:
        balancer = _named(resource.properties.get("LoadBalancerArn"), draft, _BALANCER) or resource
    attributes = {
        str(at(entry, "Key")): at(entry, "Value") for entry in items(balancer.properties.get("LoadBalancerAttributes"))
    }
    zones = len(subnets_of(balancer, draft))
    return {
        "scheme": "internal" if balancer.properties.get("Scheme") == "internal" else None,
        "idle_timeout_s": whole(attributes.get("idle_timeout.timeout_seconds")),
        "zones": zones or None,
        "https": False if resource.properties.get("Protocol") == "HTTP" else None,
        **_health_check(resource, draft),
    }


def _health_check(listener: Resource, draft: Draft) -> dict[str, Value]:
    group = _named(listener.properties.get("DefaultActions"), draft, "AWS::ElasticLoadBalancingV2::TargetGroup")
    if group is None:
        return {}
    return {
        "health_check_interval_s": whole(group.properties.get("HealthCheckIntervalSeconds")),
        "health_check_timeout_s": whole(group.properties.get("HealthCheckTimeoutSeconds")),
        "healthy_threshold": whole(group.properties.get("HealthyThresholdCount")),
        "unhealthy_threshold": whole(group.properties.get("UnhealthyThresholdCount")),
    }


def _say_targets(resource: Resource, draft: Draft) -> None:
    """Listeners send to target groups, which are settings: say what is behind them."""
    group = _named(resource.properties.get("DefaultActions"), draft, "AWS::ElasticLoadBalancingV2::TargetGroup")
    if group is None:
        return
    behind = [
        node_id
        for node_id, other in draft.resources.items()
        if node_id in draft.nodes
        and any(
            reference.id == group.id
            for name in ("LoadBalancers", "TargetGroupARNs")
            for reference in references(other.properties.get(name))
        )
    ]
    if behind:
        draft.notes.append(f"{resource.id} sends requests to {', '.join(behind)}: draw the arrow to see them in a run.")


NODES = {
    "AWS::AutoScaling::AutoScalingGroup": _group,
    "AWS::ECS::Service": _service,
    "AWS::ElasticLoadBalancingV2::Listener": _balancer,
    "AWS::ElasticLoadBalancingV2::LoadBalancer": _balancer,
}
EDGES = {"AWS::ElasticLoadBalancingV2::Listener": _say_targets}
