"""A virtual private cloud: the network that private resources lie in."""

from designer.domain.catalog.sources import aws_docs
from designer.domain.catalog.spec import Category, Frame, Modelled, Service

SERVICE = Service(
    id="vpc",
    name="VPC",
    label="VPC",
    category=Category.CONTAINERS,
    summary="A private network in one Region. What lies in it reaches the outside only through gateways and endpoints.",
    icon="architecture-group/VirtualprivatecloudVPC",
    source=aws_docs("What is Amazon VPC?", "vpc/latest/userguide/what-is-amazon-vpc.html"),
    model=Modelled(
        modelled=("Whether what lies in it reaches what it calls is checked in the design.",),
        not_modelled=("Network latency inside a VPC and traffic between Availability Zones.",),
    ),
    cfn_types=("AWS::EC2::VPC",),
    keywords=("vpc", "network", "private", "frame", "container"),
    frame=Frame(colour="#8c4fff", parents=("region", "account", "stack"), width=720, height=400),
)
