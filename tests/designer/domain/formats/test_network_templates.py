"""Networks, servers, databases and caches in templates: cards, and frames around them."""

from __future__ import annotations

from typing import Final

import pytest

from designer.domain.formats.layout import CARD_HEIGHT, CARD_WIDTH
from designer.domain.formats.registry import import_file
from designer.domain.graph.model import Design
from designer.domain.network.placement import place_of

TEMPLATE: Final = """
Transform: AWS::Serverless-2016-10-31
Resources:
  Net: {Type: AWS::EC2::VPC, Properties: {CidrBlock: 10.0.0.0/16}}
  Out: {Type: AWS::EC2::InternetGateway}
  Attachment:
    Type: AWS::EC2::VPCGatewayAttachment
    Properties: {VpcId: !Ref Net, InternetGatewayId: !Ref Out}
  PrivateA: {Type: AWS::EC2::Subnet, Properties: {VpcId: !Ref Net}}
  PrivateB: {Type: AWS::EC2::Subnet, Properties: {VpcId: !Ref Net}}
  Public: {Type: AWS::EC2::Subnet, Properties: {VpcId: !Ref Net}}
  PublicTable: {Type: AWS::EC2::RouteTable, Properties: {VpcId: !Ref Net}}
  PublicRoute:
    Type: AWS::EC2::Route
    Properties: {RouteTableId: !Ref PublicTable, DestinationCidrBlock: 0.0.0.0/0, GatewayId: !Ref Out}
  PublicAssociation:
    Type: AWS::EC2::SubnetRouteTableAssociation
    Properties: {SubnetId: !Ref Public, RouteTableId: !Ref PublicTable}
  Nat: {Type: AWS::EC2::NatGateway, Properties: {SubnetId: !Ref Public, AllocationId: x}}
  Endpoint:
    Type: AWS::EC2::VPCEndpoint
    Properties: {VpcId: !Ref Net, ServiceName: !Sub "com.amazonaws.${AWS::Region}.s3"}
  Work:
    Type: AWS::Serverless::Function
    Properties:
      Runtime: python3.13
      VpcConfig: {SubnetIds: [!Ref PrivateA, !Ref PrivateB], SecurityGroupIds: []}
  Groups: {Type: AWS::RDS::DBSubnetGroup, Properties: {SubnetIds: [!Ref PrivateA, !Ref PrivateB]}}
  Data:
    Type: AWS::RDS::DBCluster
    Properties: {Engine: aurora-postgresql, DBSubnetGroupName: !Ref Groups, StorageEncrypted: true}
  Writer: {Type: AWS::RDS::DBInstance, Properties: {DBClusterIdentifier: !Ref Data, DBInstanceClass: db.r6g.xlarge}}
  Reader: {Type: AWS::RDS::DBInstance, Properties: {DBClusterIdentifier: !Ref Data, DBInstanceClass: db.r6g.xlarge}}
  ProxyTargets: {Type: AWS::RDS::DBProxyTargetGroup, Properties: {DBClusterIdentifiers: [!Ref Data]}}
  Topic: {Type: AWS::SNS::Topic}
  CacheSubnets: {Type: AWS::ElastiCache::SubnetGroup, Properties: {SubnetIds: [!Ref PrivateA]}}
  Cache:
    Type: AWS::ElastiCache::ReplicationGroup
    Properties:
      Engine: valkey
      CacheSubnetGroupName: !Ref CacheSubnets
      ReplicasPerNodeGroup: 2
      NotificationTopicArn: !Ref Topic
  Balancer: {Type: AWS::ElasticLoadBalancingV2::LoadBalancer, Properties: {Subnets: [!Ref Public]}}
  Targets: {Type: AWS::ElasticLoadBalancingV2::TargetGroup, Properties: {HealthCheckIntervalSeconds: 15}}
  Redirect:
    Type: AWS::ElasticLoadBalancingV2::Listener
    Properties: {LoadBalancerArn: !Ref Balancer, Protocol: HTTP, DefaultActions: [{Type: redirect}]}
  Secure:
    Type: AWS::ElasticLoadBalancingV2::Listener
    Properties:
      LoadBalancerArn: !Ref Balancer
      Protocol: HTTPS
      DefaultActions: [{Type: forward, TargetGroupArn: !Ref Targets}]
  Launch:
    Type: AWS::EC2::LaunchTemplate
    Properties: {LaunchTemplateData: {InstanceType: m6i.large}}
  Fleet:
    Type: AWS::AutoScaling::AutoScalingGroup
    Properties:
      MinSize: "2"
      MaxSize: "6"
      HealthCheckType: ELB
      VPCZoneIdentifier: [!Ref PrivateA]
      TargetGroupARNs: [!Ref Targets]
      LaunchTemplate: {LaunchTemplateId: !Ref Launch, Version: "1"}
  Scaling:
    Type: AWS::AutoScaling::ScalingPolicy
    Properties: {AutoScalingGroupName: !Ref Fleet, PolicyType: TargetTrackingScaling}
  Cluster: {Type: AWS::ECS::Cluster}
  Tasks: {Type: AWS::ECS::TaskDefinition, Properties: {Cpu: "1024", Memory: "2048"}}
  Shop:
    Type: AWS::ECS::Service
    Properties:
      DesiredCount: 3
      TaskDefinition: !Ref Tasks
      NetworkConfiguration: {AwsvpcConfiguration: {Subnets: [!Ref PrivateA], AssignPublicIp: DISABLED}}
"""


@pytest.fixture(scope="module")
def design() -> Design:
    return import_file("network.yaml", TEMPLATE.encode()).design


def test_each_resource_is_a_card_of_its_service_and_parts_are_not(design: Design) -> None:
    assert {node.id: node.service for node in design.nodes.values()} == {
        "Cache": "elasticache",
        "Data": "rds_aurora",
        "Endpoint": "vpc_endpoint",
        "Fleet": "ec2_autoscaling_group",
        "Nat": "nat",
        "Out": "igw",
        "Secure": "alb",
        "Shop": "ecs_fargate",
        "Topic": "sns_standard",
        "Work": "lambda",
    }
    assert [edge.connection for edge in design.edges.values()] == ["elasticache.sns_standard.cluster_events"]


def test_settings_come_from_the_resource_and_from_what_it_points_at(design: Design) -> None:
    given = {node_id: dict(node.parameters) for node_id, node in design.nodes.items()}
    assert given["Data"] == {
        "engine": "aurora-postgresql",
        "instance_class": "db.r6g.xlarge",
        "readers": 1,
        "encryption": True,
        "rds_proxy": True,
    }
    assert given["Cache"] == {"engine": "valkey", "replicas_per_shard": 2, "notification_topic": True}
    assert given["Secure"] == {"zones": 1, "health_check_interval_s": 15}
    assert given["Fleet"] == {
        "instance_type": "m6i.large",
        "min_size": 2,
        "max_size": 6,
        "health_check_type": "ELB",
        "scaling": "utilisation",
    }
    assert given["Shop"] == {"vcpu": "1", "memory_mb": 2048, "desired_count": 3}
    assert given["Endpoint"] == {"aws_service": "s3", "type": "gateway"}
    assert given["Work"]["in_vpc"] is True


def test_a_vpc_and_its_subnets_become_frames_public_ones_apart_from_private_ones(design: Design) -> None:
    assert {group.id: (group.kind, group.label, group.parent) for group in design.groups.values()} == {
        "Net": ("vpc", "Net", None),
        "Net-private-subnet": ("private_subnet", "PrivateA, PrivateB", "Net"),
        "Net-public-subnet": ("public_subnet", "Public", "Net"),
    }
    inside = {node_id: node.group for node_id, node in design.nodes.items()}
    assert inside["Topic"] is None
    assert inside["Out"] == inside["Endpoint"] == "Net"
    assert inside["Nat"] == inside["Secure"] == "Net-public-subnet"
    assert {inside[key] for key in ("Work", "Data", "Cache", "Fleet", "Shop")} == {"Net-private-subnet"}
    assert place_of(design, design.nodes["Work"]).vpc == "Net"


def test_every_card_lies_in_its_frame_and_every_frame_in_the_one_around_it(design: Design) -> None:
    boxes = [(node.group, node.x, node.y, CARD_WIDTH, CARD_HEIGHT) for node in design.nodes.values()]
    boxes += [(group.parent, group.x, group.y, group.width, group.height) for group in design.groups.values()]
    for around, x, y, width, height in boxes:
        if around is not None:
            frame = design.groups[around]
            assert frame.x <= x <= x + width <= frame.x + frame.width
            assert frame.y <= y <= y + height <= frame.y + frame.height


def test_the_report_says_what_is_behind_a_load_balancer() -> None:
    report = import_file("network.yaml", TEMPLATE.encode()).report
    assert "Secure sends requests to Fleet: draw the arrow to see them in a run." in report.notes
    assert not any("AWS::EC2::VPC (" in note or "Subnet (" in note for note in report.notes)
