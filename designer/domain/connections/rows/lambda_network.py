"""How a function in a VPC gets out."""

from designer.domain.catalog.sources import aws_docs
from designer.domain.catalog.spec import Source
from designer.domain.connections.spec import (
    Bridge,
    Comparison,
    Connection,
    End,
    Flow,
    Mode,
    PermissionSide,
    Requirement,
    Verdict,
)

_VPC = aws_docs("Giving Lambda functions access to resources in a VPC", "lambda/latest/dg/configuration-vpc.html")
_ATTACHED = Requirement(
    End.SOURCE, "in_vpc", Comparison.ONE_OF, (True,), "the function is attached to the VPC", fix=True
)


def _way(
    target: str,
    mechanism: str,
    *,
    label: str,
    explanation: str,
    conditions: str,
    cfn_resources: tuple[str, ...],
    authority: Source = _VPC,
    permission_side: PermissionSide = PermissionSide.NONE,
    permission: str,
) -> Connection:
    return Connection(
        id=f"lambda.{target}.{mechanism}",
        source="lambda",
        target=target,
        mode=Mode.INTEGRATION,
        flow=Flow.SYNC,
        verdict=Verdict.VALID,
        label=label,
        explanation=explanation,
        conditions=conditions,
        authority=authority,
        preferred=True,
        retries="Those of the connection that goes this way.",
        delivery="As the connection that goes this way",
        ordering="As the connection that goes this way",
        permission_side=permission_side,
        permission=permission,
        cfn_resources=cfn_resources,
        requirements=(_ATTACHED,),
    )


CONNECTIONS = (
    _way(
        "nat",
        "route",
        label="Way to the internet",
        explanation="What the function calls on the internet and at AWS goes through the NAT gateway.",
        conditions="Private subnets route 0.0.0.0/0 to the gateway, better one in each of two zones, and the security "
        "group lets traffic out.",
        cfn_resources=("AWS::EC2::NatGateway", "AWS::EC2::Route", "AWS::Lambda::Function"),
        permission="ec2:CreateNetworkInterface, ec2:DescribeNetworkInterfaces and ec2:DeleteNetworkInterface",
    ),
    _way(
        "vpc_endpoint",
        "route",
        label="Way to an AWS service",
        explanation="What the function calls at the endpoint's service stays inside AWS's network.",
        conditions="With private DNS. The endpoint's security group lets port 443 in from the function's, and its "
        "policy allows the call.",
        authority=aws_docs(
            "Access an AWS service using an interface VPC endpoint",
            "vpc/latest/privatelink/create-interface-endpoint.html",
        ),
        cfn_resources=("AWS::EC2::VPCEndpoint",),
        permission="The endpoint's policy",
    ),
    _way(
        "vpc",
        "attachment",
        label="Attached to the VPC",
        explanation="What the function sends goes through network interfaces in your subnets. It is still called "
        "through Lambda's public API.",
        conditions="Two subnets or more and a security group. Not for Lambda@Edge.",
        cfn_resources=("AWS::Lambda::Function",),
        permission_side=PermissionSide.EXECUTION_ROLE,
        permission="AWSLambdaVPCAccessExecutionRole",
    ),
    Connection(
        id="lambda.igw.public_subnet",
        source="lambda",
        target="igw",
        mode=Mode.INTEGRATION,
        flow=Flow.SYNC,
        verdict=Verdict.INVALID,
        label="From a public subnet",
        explanation="A function in a public subnet does not reach the internet: its network interfaces get no public "
        "address.",
        conditions="Only over IPv6, through an egress-only internet gateway, does a function get out without NAT.",
        authority=_VPC,
        alternative="Put the function into private subnets with a route to a NAT gateway in a public subnet.",
        bridge=Bridge("nat", "Insert a NAT gateway", "lambda.nat.route", "nat.igw.route"),
    ),
)
