"""A subnet without a route to an internet gateway."""

from designer.domain.catalog.sources import aws_docs
from designer.domain.catalog.spec import Category, Frame, Modelled, Service

SERVICE = Service(
    id="private_subnet",
    name="Private subnet",
    label="Private subnet",
    category=Category.CONTAINERS,
    summary="A part of a VPC in one Availability Zone without a route to an internet gateway. Functions, tasks and "
    "databases belong here; the way out is a NAT gateway.",
    icon="architecture-group/Privatesubnet",
    source=aws_docs("Subnets for your VPC", "vpc/latest/userguide/configure-subnets.html"),
    model=Modelled(modelled=("Which ways out of the VPC its nodes have is checked in the design.",)),
    cfn_types=("AWS::EC2::Subnet",),
    keywords=("subnet", "private", "vpc", "network", "frame", "container"),
    frame=Frame(colour="#00a4a6", parents=("vpc",), width=480, height=240),
)
