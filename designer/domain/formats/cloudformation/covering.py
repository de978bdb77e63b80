"""Resources that are drawn as one card: a load balancer with its listeners, a cluster with its instances."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from designer.domain.formats.cloudformation.intrinsics import references
from designer.domain.formats.cloudformation.template import Resource

_BALANCER = "AWS::ElasticLoadBalancingV2::LoadBalancer"
_LISTENER = "AWS::ElasticLoadBalancingV2::Listener"


def covered(resources: Sequence[Resource]) -> Mapping[str, str]:
    """By the id of each resource that has no card of its own: the one whose card it is part of.

    A load balancer is drawn as its main listener, because that is what others refer to.
    """
    by_id = {resource.id: resource for resource in resources}
    found: dict[str, str] = {}
    for resource in resources:
        if resource.type == _BALANCER:
            listeners = [r for r in resources if r.type == _LISTENER and _points_at(r, "LoadBalancerArn", resource.id)]
            if listeners:
                main = max(listeners, key=_importance)
                found.update({other.id: main.id for other in (resource, *listeners) if other is not main})
        elif resource.type == "AWS::RDS::DBInstance":
            for reference in references(resource.properties.get("DBClusterIdentifier")):
                if reference.id in by_id:
                    found[resource.id] = reference.id
    return found


def _points_at(resource: Resource, name: str, target: str) -> bool:
    return any(reference.id == target for reference in references(resource.properties.get(name)))


def _importance(listener: Resource) -> tuple[bool, bool]:
    """Listeners that forward before those that redirect, HTTPS before HTTP."""
    actions = listener.properties.get("DefaultActions")
    forwards = isinstance(actions, Iterable) and any(
        isinstance(action, Mapping) and action.get("Type") == "forward" for action in actions
    )
    return forwards, listener.properties.get("Protocol") == "HTTPS"
