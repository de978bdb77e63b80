"""A VPC endpoint: a private way from a VPC to one AWS service."""

from designer.domain.catalog.sources import aws_docs, service_model
from designer.domain.catalog.spec import Category, Choice, Kind, Limit, Modelled, Parameter, PriceRef, Service

_LIMITS = aws_docs("AWS PrivateLink quotas", "vpc/latest/privatelink/vpc-limits-endpoints.html")
_SERVICES = aws_docs(
    "AWS services that integrate with AWS PrivateLink", "vpc/latest/privatelink/aws-services-privatelink-support.html"
)

SERVICE = Service(
    id="vpc_endpoint",
    name="VPC endpoint",
    label="endpoint",
    category=Category.NETWORK,
    summary="Leads from a VPC to one AWS service without the internet. Free for S3 and DynamoDB as a gateway endpoint; "
    "an interface endpoint costs by the hour and by the GB.",
    icon="resource/AmazonVPCEndpoints",
    source=aws_docs("AWS PrivateLink concepts", "vpc/latest/privatelink/concepts.html"),
    parameters=(
        Parameter(
            id="aws_service",
            label="Leads to",
            kind=Kind.CHOICE,
            default="auto",
            choices=(
                Choice("auto", "What its arrows point at"),
                Choice("s3", "Amazon S3"),
                Choice("dynamodb", "Amazon DynamoDB"),
                Choice("sqs", "Amazon SQS"),
                Choice("sns", "Amazon SNS"),
                Choice("events", "Amazon EventBridge"),
                Choice("states", "AWS Step Functions"),
                Choice("kinesis-streams", "Kinesis Data Streams"),
                Choice("kinesis-firehose", "Data Firehose"),
                Choice("lambda", "AWS Lambda"),
                Choice("execute-api", "API Gateway (execute-api)"),
                Choice("secretsmanager", "Secrets Manager"),
                Choice("ssm", "Systems Manager"),
                Choice("kms", "AWS KMS"),
                Choice("logs", "CloudWatch Logs"),
                Choice("monitoring", "CloudWatch metrics"),
                Choice("xray", "AWS X-Ray"),
                Choice("rds-data", "RDS Data API"),
                Choice("redshift-data", "Redshift Data API"),
                Choice("ecs", "Amazon ECS"),
                Choice("scheduler", "EventBridge Scheduler"),
                Choice("ecr.dkr", "Container images (ECR)"),
            ),
            help="The service behind the endpoint. AWS makes one endpoint for each service.",
            source=_SERVICES,
            cfn_property="ServiceName",
            headline=True,
        ),
        Parameter(
            id="type",
            label="Type",
            kind=Kind.CHOICE,
            default="auto",
            choices=(
                Choice("auto", "Gateway for S3 and DynamoDB, else interface"),
                Choice("gateway", "Gateway"),
                Choice("interface", "Interface"),
            ),
            help="A gateway endpoint is a free entry in the route table, for S3 and DynamoDB only. An interface "
            "endpoint is a network interface in each subnet, and also works from other networks.",
            source=service_model("ec2", "CreateVpcEndpoint.VpcEndpointType"),
            cfn_property="VpcEndpointType",
        ),
        Parameter(
            id="zones",
            label="Availability Zones",
            kind=Kind.INTEGER,
            default=2,
            minimum=1,
            maximum=6,
            help="In how many Availability Zones an interface endpoint has a network interface. Each is billed by the "
            "hour; us-east-1 has six zones.",
            source=aws_docs("Create an interface endpoint", "vpc/latest/privatelink/create-interface-endpoint.html"),
            cfn_property="SubnetIds",
        ),
        Parameter(
            id="private_dns",
            label="Private DNS",
            kind=Kind.BOOLEAN,
            default=True,
            help="The service's usual name leads to the interface endpoint, so code needs no change. Off: code must "
            "use the endpoint's own name.",
            source=service_model("ec2", "CreateVpcEndpoint.PrivateDnsEnabled"),
            cfn_property="PrivateDnsEnabled",
        ),
    ),
    limits=(
        Limit(
            "bandwidth",
            "Bandwidth of an interface endpoint per Availability Zone",
            100,
            "Gbps",
            "It starts with 10 Gbps and grows by itself; beyond, packets are dropped.",
            _LIMITS,
        ),
    ),
    prices=(
        PriceRef("vpc_endpoint.hours", "Hours of an interface endpoint in each zone"),
        PriceRef("vpc_endpoint.data", "Data through an interface endpoint"),
    ),
    model=Modelled(
        modelled=(
            "Whether nodes in the VPC reach the service is checked in the design.",
            "The price of an interface endpoint by the hour, and by the GB for the payloads of calls to the service.",
        ),
        not_modelled=("Its own delay: runs let it pass everything at once.",),
    ),
    cfn_types=("AWS::EC2::VPCEndpoint",),
    keywords=("vpc endpoint", "privatelink", "gateway endpoint", "interface endpoint", "vpc", "network"),
)
