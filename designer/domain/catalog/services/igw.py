"""An internet gateway."""

from designer.domain.catalog.sources import aws_docs
from designer.domain.catalog.spec import Category, Modelled, Service

SERVICE = Service(
    id="igw",
    name="Internet gateway",
    label="internet gateway",
    category=Category.NETWORK,
    summary="Connects a VPC with the internet, for what has a public address. A function in a VPC never has one: it "
    "needs a NAT gateway in front.",
    icon="resource/AmazonVPCInternetGateway",
    source=aws_docs("Internet gateways", "vpc/latest/userguide/VPC_Internet_Gateway.html"),
    model=Modelled(
        modelled=("Whether the VPC has a way to the internet is checked in the design.",),
        not_modelled=("Its own delay: runs let it pass everything at once.",),
    ),
    cfn_types=("AWS::EC2::InternetGateway",),
    keywords=("internet gateway", "igw", "vpc", "network", "route", "public"),
)
