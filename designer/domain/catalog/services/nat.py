"""A NAT gateway."""

from designer.domain.catalog.sources import aws_docs, service_model
from designer.domain.catalog.spec import Category, Choice, Kind, Limit, Modelled, Parameter, PriceRef, Service

_BASICS = aws_docs("NAT gateway basics", "vpc/latest/userguide/nat-gateway-basics.html")

SERVICE = Service(
    id="nat",
    name="NAT gateway",
    label="NAT gateway",
    category=Category.NETWORK,
    summary="Lets private subnets open connections to the internet and to public AWS services. It lies in a public "
    "subnet and needs an internet gateway; nobody reaches anything through it from outside.",
    icon="resource/AmazonVPCNATGateway",
    source=aws_docs("NAT gateways", "vpc/latest/userguide/vpc-nat-gateway.html"),
    parameters=(
        Parameter(
            id="connectivity",
            label="Connectivity",
            kind=Kind.CHOICE,
            default="public",
            choices=(Choice("public", "Public"), Choice("private", "Private")),
            help="A public gateway has an Elastic IP address and leads to the internet. A private one leads to other "
            "VPCs and to your own network only.",
            source=service_model("ec2", "CreateNatGateway.ConnectivityType"),
            cfn_property="ConnectivityType",
            headline=True,
        ),
        Parameter(
            id="gateways",
            label="Gateways",
            kind=Kind.INTEGER,
            default=1,
            minimum=1,
            maximum=5,
            adjustable=True,
            help="How many gateways this card stands for, one in each Availability Zone. Each is billed by the hour.",
            source=aws_docs("Amazon VPC quotas", "vpc/latest/userguide/amazon-vpc-limits.html"),
            beyond="AWS makes no more than 5 in one Availability Zone unless the quota is raised.",
            cfn_property="SubnetId",
        ),
        Parameter(
            id="elastic_ips",
            label="Elastic IP addresses",
            kind=Kind.INTEGER,
            default=1,
            minimum=1,
            maximum=8,
            help="Addresses of each gateway. Every address allows 55,000 connections at once to the same destination.",
            source=_BASICS,
            beyond="New connections fail with ErrorPortAllocation when the addresses have no port left.",
            cfn_property="SecondaryAllocationIds",
        ),
    ),
    limits=(
        Limit(
            "connections_per_address",
            "Connections at once per address and destination",
            55_000,
            "connections",
            "Further connections fail: the metric ErrorPortAllocation counts them.",
            _BASICS,
        ),
        Limit("bandwidth", "Bandwidth it grows to", 100, "Gbps", "Packets are dropped.", _BASICS),
        Limit(
            "idle_timeout",
            "Idle connection",
            350,
            "s",
            "The next packet on the connection gets a reset.",
            aws_docs("Troubleshoot NAT gateways", "vpc/latest/userguide/nat-gateway-troubleshooting.html"),
        ),
    ),
    prices=(
        PriceRef("nat.hours", "Hours of each gateway"),
        PriceRef("nat.data", "Data, both directions"),
        PriceRef("nat.addresses", "Public IPv4 addresses"),
    ),
    model=Modelled(
        modelled=(
            "Whether private subnets reach the internet is checked in the design.",
            "Its price by the hour, and by the GB for the payloads of calls that leave the VPC through it.",
        ),
        not_modelled=("Its own delay and its connection limit: runs let it pass everything at once.",),
    ),
    cfn_types=("AWS::EC2::NatGateway",),
    keywords=("nat", "gateway", "vpc", "network", "egress", "internet"),
)
