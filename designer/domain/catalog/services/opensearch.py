"""Amazon OpenSearch Service: a domain of instances, or a serverless collection."""

from designer.domain.catalog.sink_parameters import answer_parameters
from designer.domain.catalog.sources import aws_docs, service_model
from designer.domain.catalog.spec import Category, Choice, Kind, Modelled, Parameter, PriceRef, Service

_GUIDE = "opensearch-service/latest/developerguide/"
_SERVERLESS = aws_docs("Amazon OpenSearch Serverless", _GUIDE + "serverless-overview.html")

SERVICE = Service(
    id="opensearch",
    name="OpenSearch",
    label="search",
    category=Category.DATA,
    summary="Search and log analytics. A domain of instances that run all the time, or a serverless collection.",
    icon="architecture-service/AmazonOpenSearchService",
    source=aws_docs("What is Amazon OpenSearch Service", _GUIDE + "what-is.html"),
    parameters=(
        Parameter(
            id="deployment",
            label="Deployment",
            kind=Kind.CHOICE,
            default="domain",
            choices=(Choice("domain", "Domain"), Choice("serverless", "Serverless collection")),
            help="A domain is sized by hand. A collection grows with its work and is paid by capacity units (OCU).",
            source=_SERVERLESS,
        ),
        Parameter(
            id="instance_type",
            label="Instance type",
            kind=Kind.TEXT,
            default=None,
            help="Type of a domain's data nodes, e.g. r6g.large.search.",
            source=service_model("opensearch", "ClusterConfig.InstanceType"),
            cfn_property="ClusterConfig.InstanceType",
        ),
        Parameter(
            id="zone_awareness",
            label="Several zones",
            kind=Kind.BOOLEAN,
            default=False,
            help="Spreads a domain's nodes and copies over Availability Zones, so that the loss of one does not stop "
            "it.",
            source=service_model("opensearch", "ClusterConfig.ZoneAwarenessEnabled"),
            cfn_property="ClusterConfig.ZoneAwarenessEnabled",
        ),
        Parameter(
            id="standby_replicas",
            label="Standby replicas",
            kind=Kind.BOOLEAN,
            default=True,
            help="Serverless only. Keeps each capacity unit twice, in two zones: 2 OCU at least instead of 1.",
            source=_SERVERLESS,
            cfn_property="StandbyReplicas",
        ),
        Parameter(
            id="encryption_at_rest",
            label="Encryption at rest",
            kind=Kind.BOOLEAN,
            default=False,
            help="Encrypts a domain's indexes with a KMS key. A serverless collection is always encrypted.",
            source=service_model("opensearch", "EncryptionAtRestOptions.Enabled"),
            cfn_property="EncryptionAtRestOptions.Enabled",
        ),
        Parameter(
            id="in_vpc",
            label="In a VPC",
            kind=Kind.BOOLEAN,
            default=False,
            help="Reachable from inside the VPC only. A function then has to be in the VPC too; Firehose delivers "
            "through network interfaces of its own.",
            source=service_model("opensearch", "CreateDomain.VPCOptions"),
            cfn_property="VPCOptions",
        ),
        *answer_parameters(20, 100, "request"),
    ),
    prices=(PriceRef("opensearch.ocu_hours", "Capacity units, serverless"),),
    model=Modelled(
        modelled=("Requests take the latency of the settings, and the set share of them fails.",),
        not_modelled=("Capacity: it never slows down under load.",),
    ),
    cfn_types=(
        "AWS::OpenSearchService::Domain",
        "AWS::OpenSearchServerless::Collection",
        "AWS::Elasticsearch::Domain",
    ),
    keywords=("opensearch", "elasticsearch", "search", "logs", "kibana", "index", "analytics"),
    entry_point=True,
)
