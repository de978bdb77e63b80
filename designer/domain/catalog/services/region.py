"""An AWS Region."""

from designer.domain.catalog.sources import aws_docs
from designer.domain.catalog.spec import Category, Frame, Modelled, Service

SERVICE = Service(
    id="region",
    name="Region",
    label="us-east-1",
    category=Category.CONTAINERS,
    summary="A geographic area with several Availability Zones. Quotas and prices hold for each Region on its own.",
    icon="architecture-group/Region",
    source=aws_docs("Regions and Availability Zones", "AWSEC2/latest/UserGuide/using-regions-availability-zones.html"),
    model=Modelled(
        modelled=("Runs treat the whole design as one Region and use the prices of us-east-1.",),
        not_modelled=("Latency of traffic between Regions; the price of requests to another one is billed.",),
    ),
    keywords=("region", "us-east-1", "area", "frame", "container"),
    frame=Frame(colour="#00a4a6", dashed=True, parents=("account", "stack"), width=880, height=520),
)
