"""An AWS account."""

from designer.domain.catalog.sources import aws_docs
from designer.domain.catalog.spec import Category, Frame, Modelled, Service

SERVICE = Service(
    id="account",
    name="AWS account",
    label="account",
    category=Category.CONTAINERS,
    summary="What is billed and limited together. Calls into another account need the other side's permission too.",
    icon="architecture-group/AWSAccount",
    source=aws_docs("What is an AWS account?", "accounts/latest/reference/accounts-welcome.html"),
    model=Modelled(modelled=("Runs treat the whole design as one account with one concurrency quota for Lambda.",)),
    keywords=("account", "organization", "frame", "container"),
    frame=Frame(colour="#d6246e", width=960, height=600),
)
