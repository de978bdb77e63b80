"""NAT gateways and VPC endpoints."""

from __future__ import annotations

from collections.abc import Mapping

from designer.domain.catalog.registry import services
from designer.domain.catalog.spec import Value
from designer.domain.formats.cloudformation.draft import Draft
from designer.domain.formats.cloudformation.networks import subnets_of
from designer.domain.formats.cloudformation.template import Resource
from designer.domain.formats.cloudformation.values import flag, items, text


def _nat(resource: Resource, draft: Draft) -> Mapping[str, Value]:
    del draft
    secondary = len(items(resource.properties.get("SecondaryAllocationIds")))
    return {
        "connectivity": "private" if resource.properties.get("ConnectivityType") == "private" else None,
        "elastic_ips": secondary + 1 if secondary else None,
    }


def _endpoint(resource: Resource, draft: Draft) -> Mapping[str, Value]:
    properties = resource.properties
    name = text(properties.get("ServiceName")) or ""
    known = {choice.value for choice in services()["vpc_endpoint"].parameter("aws_service").choices}
    found = [service for service in known if name == service or name.endswith(f".{service}")]
    return {
        "aws_service": max(found, key=len) if found else None,
        "type": "interface" if properties.get("VpcEndpointType") == "Interface" else "gateway",
        "zones": len(subnets_of(resource, draft)) or None,
        "private_dns": False if flag(properties.get("PrivateDnsEnabled")) is False else None,
    }


NODES = {"AWS::EC2::NatGateway": _nat, "AWS::EC2::VPCEndpoint": _endpoint}
EDGES: Mapping[str, object] = {}
