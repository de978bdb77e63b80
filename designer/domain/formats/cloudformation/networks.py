"""Which subnets and VPC of the template a resource lies in, and which subnets are public."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from designer.domain.formats.cloudformation.draft import Draft
from designer.domain.formats.cloudformation.intrinsics import references
from designer.domain.formats.cloudformation.template import Resource
from designer.domain.formats.cloudformation.values import at, flag

_SUBNETS: Final[Mapping[str, tuple[tuple[str, ...], ...]]] = {
    "AWS::AmazonMQ::Broker": (("SubnetIds",),),
    "AWS::AutoScaling::AutoScalingGroup": (("VPCZoneIdentifier",),),
    "AWS::EC2::NatGateway": (("SubnetId",),),
    "AWS::EC2::VPCEndpoint": (("SubnetIds",),),
    "AWS::ECS::Service": (("NetworkConfiguration", "AwsvpcConfiguration", "Subnets"),),
    "AWS::ElastiCache::CacheCluster": (("CacheSubnetGroupName",),),
    "AWS::ElastiCache::ReplicationGroup": (("CacheSubnetGroupName",),),
    "AWS::ElastiCache::ServerlessCache": (("SubnetIds",),),
    "AWS::ElasticLoadBalancingV2::Listener": (("LoadBalancerArn",),),
    "AWS::ElasticLoadBalancingV2::LoadBalancer": (("Subnets",), ("SubnetMappings",)),
    "AWS::Lambda::Function": (("VpcConfig", "SubnetIds"),),
    "AWS::MSK::Cluster": (("BrokerNodeGroupInfo", "ClientSubnets"),),
    "AWS::OpenSearchService::Domain": (("VPCOptions", "SubnetIds"),),
    "AWS::RDS::DBCluster": (("DBSubnetGroupName",),),
    "AWS::RDS::DBInstance": (("DBSubnetGroupName",),),
    "AWS::Serverless::Function": (("VpcConfig", "SubnetIds"),),
}
"""Where each type names its subnets, or the group or load balancer that names them."""
_GROUPS: Final[Mapping[str, tuple[str, ...]]] = {
    "AWS::ElastiCache::SubnetGroup": ("SubnetIds",),
    "AWS::ElasticLoadBalancingV2::LoadBalancer": ("Subnets",),
    "AWS::RDS::DBSubnetGroup": ("SubnetIds",),
}


def subnets_of(resource: Resource, draft: Draft) -> list[str]:
    """The subnets of the template in which the resource lies, in reading order."""
    found: list[str] = []
    for path in _SUBNETS.get(resource.type, ()):
        found += _subnets(at(resource.properties, *path), draft)
    return list(dict.fromkeys(found))


def _subnets(value: object, draft: Draft) -> list[str]:
    found: list[str] = []
    for reference in references(value):
        named = draft.resources.get(reference.id)
        if named is None:
            continue
        if named.type == "AWS::EC2::Subnet":
            found.append(named.id)
        elif named.type in _GROUPS:
            found += _subnets(at(named.properties, *_GROUPS[named.type]), draft)
    return found


def vpc_of(resource: Resource, draft: Draft) -> str | None:
    """The VPC of the template that the resource names itself, or that a gateway is attached to."""
    for reference in references(resource.properties.get("VpcId")):
        named = draft.resources.get(reference.id)
        if named is not None and named.type == "AWS::EC2::VPC":
            return named.id
    if resource.type == "AWS::EC2::InternetGateway":
        for attachment in draft.of_type("AWS::EC2::VPCGatewayAttachment"):
            if any(r.id == resource.id for r in references(attachment.properties.get("InternetGatewayId"))):
                return vpc_of(attachment, draft)
    return None


def public_subnets(draft: Draft) -> set[str]:
    """The subnets whose route table leads to an internet gateway, or that give public addresses by themselves."""
    tables = {
        reference.id
        for route in draft.of_type("AWS::EC2::Route")
        if _leads_to_internet(route, draft)
        for reference in references(route.properties.get("RouteTableId"))
    }
    public = {
        subnet.id
        for association in draft.of_type("AWS::EC2::SubnetRouteTableAssociation")
        if any(reference.id in tables for reference in references(association.properties.get("RouteTableId")))
        for subnet in draft.of_type("AWS::EC2::Subnet")
        if any(reference.id == subnet.id for reference in references(association.properties.get("SubnetId")))
    }
    mapped = {
        subnet.id
        for subnet in draft.of_type("AWS::EC2::Subnet")
        if flag(subnet.properties.get("MapPublicIpOnLaunch")) is True
    }
    return public | mapped


def _leads_to_internet(route: Resource, draft: Draft) -> bool:
    gateways = (draft.resources.get(reference.id) for reference in references(route.properties.get("GatewayId")))
    return any(gateway is not None and gateway.type == "AWS::EC2::InternetGateway" for gateway in gateways)
