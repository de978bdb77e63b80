"""A subnet whose route table leads to an internet gateway."""

from designer.domain.catalog.sources import aws_docs
from designer.domain.catalog.spec import Category, Frame, Modelled, Service

SERVICE = Service(
    id="public_subnet",
    name="Public subnet",
    label="Public subnet",
    category=Category.CONTAINERS,
    summary="A part of a VPC in one Availability Zone whose route table leads to an internet gateway. NAT gateways and "
    "internet-facing load balancers belong here.",
    icon="architecture-group/Publicsubnet",
    source=aws_docs("Subnets for your VPC", "vpc/latest/userguide/configure-subnets.html"),
    model=Modelled(modelled=("Which ways out of the VPC its nodes have is checked in the design.",)),
    keywords=("subnet", "public", "vpc", "network", "frame", "container"),
    frame=Frame(colour="#7aa116", parents=("vpc",), width=480, height=160),
)
