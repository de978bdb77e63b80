"""A CloudFormation stack: what is deployed and deleted together."""

from designer.domain.catalog.sources import aws_docs
from designer.domain.catalog.spec import Category, Frame, Modelled, Service

SERVICE = Service(
    id="stack",
    name="CloudFormation stack",
    label="stack",
    category=Category.CONTAINERS,
    summary="Resources that one template makes, changes and deletes together.",
    icon="resource/AWSCloudFormationStack",
    source=aws_docs("Working with stacks", "AWSCloudFormation/latest/UserGuide/stacks.html"),
    model=Modelled(modelled=("Nothing: a stack has no effect at run time.",)),
    keywords=("stack", "cloudformation", "template", "sam", "frame", "container"),
    frame=Frame(colour="#e7157b", dashed=True, parents=("account", "region"), width=640, height=360),
)
