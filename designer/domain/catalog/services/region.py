"""An AWS Region."""

from designer.domain.catalog.sources import aws_docs
from designer.domain.catalog.spec import Category, Frame, Modelled, PriceRef, Service

SERVICE = Service(
    id="region",
    name="Region",
    label="us-east-1",
    category=Category.CONTAINERS,
    summary="A geographic area with several Availability Zones. Quotas and prices hold for each Region on its own.",
    icon="architecture-group/Region",
    source=aws_docs("Regions and Availability Zones", "AWSEC2/latest/UserGuide/using-regions-availability-zones.html"),
    prices=(PriceRef("data_transfer.regions", "Requests to other Regions"),),
    model=Modelled(
        modelled=(
            "Runs treat the whole design as one Region and use the prices of us-east-1.",
            "The price of requests to nodes in the frame of another Region; answers are not counted.",
        ),
        not_modelled=("Latency of traffic between Regions.",),
    ),
    keywords=("region", "us-east-1", "area", "frame", "container"),
    frame=Frame(colour="#00a4a6", dashed=True, parents=("account", "stack"), width=880, height=520),
)
