"""Ways through a VPC: gateways, endpoints and what they lead to."""

from __future__ import annotations

from typing import Final

from designer.domain.catalog.sources import REST_OR_HTTP, aws_docs
from designer.domain.catalog.spec import Source
from designer.domain.connections.spec import (
    Comparison,
    Connection,
    End,
    Flow,
    Mode,
    PermissionSide,
    Requirement,
    Verdict,
)
from designer.domain.connections.wording import BEST_EFFORT

_NAT: Final = aws_docs("NAT gateways", "vpc/latest/userguide/vpc-nat-gateway.html")
_IN_VPC: Final = aws_docs("Giving Lambda functions access to a VPC", "lambda/latest/dg/configuration-vpc.html")
_PRIVATELINK: Final = "vpc/latest/privatelink/aws-services-privatelink-support.html"
_NO_RETRY: Final = "None: the network passes packets, software repeats."
_AS_CALLED: Final = "As the connection has it"


def _service(name: str) -> Requirement:
    return Requirement(
        End.SOURCE,
        "aws_service",
        Comparison.ONE_OF,
        ("auto", name),
        "the endpoint is one for this service",
        fix=name,
    )


def _gateway(target: str, name: str, authority: Source) -> Connection:
    return Connection(
        id=f"vpc_endpoint.{target}.gateway_endpoint",
        source="vpc_endpoint",
        target=target,
        mode=Mode.INTEGRATION,
        flow=Flow.SYNC,
        verdict=Verdict.VALID,
        label="Endpoint",
        explanation="The VPC's route tables lead to the service without the internet and without a charge.",
        conditions="The same Region. A gateway endpoint does not serve other networks that are connected with the VPC; "
        "an interface endpoint does.",
        authority=authority,
        preferred=True,
        retries=_NO_RETRY,
        delivery=BEST_EFFORT,
        ordering=_AS_CALLED,
        permission_side=PermissionSide.RESOURCE_POLICY,
        permission="The endpoint's policy; the target's policy can ask for it with aws:SourceVpce",
        cfn_resources=("AWS::EC2::VPCEndpoint",),
        requirements=(_service(name),),
    )


def _interface(
    target: str, name: str, authority: Source, *, mechanism: str = "interface_endpoint", conditions: str = ""
) -> Connection:
    return Connection(
        id=f"vpc_endpoint.{target}.{mechanism}",
        source="vpc_endpoint",
        target=target,
        mode=Mode.INTEGRATION,
        flow=Flow.SYNC,
        verdict=Verdict.VALID,
        label="Endpoint",
        explanation="A network interface in the VPC leads to the service without the internet. It costs by the hour in "
        "each Availability Zone, and by the GB.",
        conditions=conditions or "The endpoint's security group lets in port 443 from the callers; private DNS is on.",
        authority=authority,
        preferred=True,
        retries=_NO_RETRY,
        delivery=BEST_EFFORT,
        ordering=_AS_CALLED,
        permission_side=PermissionSide.RESOURCE_POLICY,
        permission="execute-api:Invoke in the API's policy, for aws:SourceVpce"
        if target == "api_gateway_rest"
        else "The endpoint's policy",
        cfn_resources=("AWS::EC2::VPCEndpoint",),
        requirements=(
            _service(name),
            Requirement(
                End.SOURCE,
                "type",
                Comparison.NONE_OF,
                ("gateway",),
                "the endpoint is an interface endpoint",
                fix="interface",
            ),
        ),
    )


CONNECTIONS = (
    Connection(
        id="nat.igw.route",
        source="nat",
        target="igw",
        mode=Mode.INTEGRATION,
        flow=Flow.SYNC,
        verdict=Verdict.VALID,
        label="Way to the internet",
        explanation="The route table of the NAT gateway's public subnet leads to the internet gateway.",
        conditions="The NAT gateway is public, has an Elastic IP address and lies in a public subnet.",
        authority=_NAT,
        preferred=True,
        retries=_NO_RETRY,
        delivery=BEST_EFFORT,
        ordering=_AS_CALLED,
        permission_side=PermissionSide.NONE,
        permission="None: a route decides",
        cfn_resources=("AWS::EC2::NatGateway", "AWS::EC2::EIP", "AWS::EC2::InternetGateway", "AWS::EC2::Route"),
    ),
    Connection(
        id="nat.nat.chain",
        source="nat",
        target="nat",
        mode=Mode.INTEGRATION,
        flow=Flow.SYNC,
        verdict=Verdict.INVALID,
        label="NAT gateway behind another",
        explanation="A NAT gateway that is to lead to the internet cannot lie in a private subnet behind another one.",
        conditions="Its own subnet has to have a route to an internet gateway.",
        authority=_NAT,
        alternative="Put the NAT gateway into a public subnet and lead it to the internet gateway.",
    ),
    Connection(
        id="vpc.lambda.inbound",
        source="vpc",
        target="lambda",
        mode=Mode.SYNCHRONOUS,
        flow=Flow.SYNC,
        verdict=Verdict.INVALID,
        label="Network traffic to the function",
        explanation="No rule of a security group makes a function reachable: it accepts no connections from a network.",
        conditions="Attaching a function to a VPC changes its way out only.",
        authority=_IN_VPC,
        drawable=False,
        alternative="Call the function through the Lambda API, from within the VPC through its endpoint.",
    ),
    _gateway(
        "s3",
        "s3",
        aws_docs("AWS PrivateLink for Amazon S3", "AmazonS3/latest/userguide/privatelink-interface-endpoints.html"),
    ),
    _gateway(
        "dynamodb",
        "dynamodb",
        aws_docs(
            "AWS PrivateLink for DynamoDB", "amazondynamodb/latest/developerguide/privatelink-interface-endpoints.html"
        ),
    ),
    _interface(
        "sqs_standard",
        "sqs",
        aws_docs(
            "Sending a message to SQS from Amazon VPC",
            "AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-sending-messages-from-vpc.html",
        ),
    ),
    _interface("sns_standard", "sns", aws_docs("A VPC endpoint for SNS", "sns/latest/dg/sns-vpc-create-endpoint.html")),
    _interface(
        "eventbridge_bus",
        "events",
        aws_docs(
            "EventBridge with interface VPC endpoints", "eventbridge/latest/userguide/eb-related-service-vpc.html"
        ),
    ),
    _interface(
        "step_functions_standard",
        "states",
        aws_docs("Step Functions VPC endpoints", "step-functions/latest/dg/vpc-endpoints.html"),
    ),
    _interface(
        "kinesis_stream",
        "kinesis-streams",
        aws_docs("Kinesis Data Streams with interface VPC endpoints", "streams/latest/dev/vpc.html"),
    ),
    _interface("firehose", "kinesis-firehose", aws_docs("AWS services that integrate with PrivateLink", _PRIVATELINK)),
    _interface(
        "ssm_secrets",
        "secretsmanager",
        aws_docs("Secrets Manager VPC endpoint", "secretsmanager/latest/userguide/vpc-endpoint-overview.html"),
    ),
    _interface("kms", "kms", aws_docs("AWS services that integrate with PrivateLink", _PRIVATELINK)),
    _interface(
        "lambda",
        "lambda",
        aws_docs("Lambda interface VPC endpoints", "lambda/latest/dg/configuration-vpc-endpoints.html"),
    ),
    _interface(
        "api_gateway_rest",
        "execute-api",
        REST_OR_HTTP,
        mechanism="execute_api_endpoint",
        conditions="For private REST APIs. The API's policy has to let in the endpoint or the VPC; HTTP and WebSocket "
        "APIs cannot be private.",
    ),
)
