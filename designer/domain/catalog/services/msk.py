"""Amazon Managed Streaming for Apache Kafka."""

from designer.domain.catalog.sources import aws_docs, service_model, workload
from designer.domain.catalog.spec import Category, Choice, Kind, Modelled, Parameter, Section, Service

_GUIDE = "msk/latest/developerguide/"

SERVICE = Service(
    id="msk",
    name="MSK cluster",
    label="Kafka cluster",
    category=Category.STREAMS,
    summary="Apache Kafka run by AWS inside your VPC. Topics keep records in order per partition until their retention "
    "ends; readers fetch them.",
    icon="architecture-service/AmazonManagedStreamingforApacheKafka",
    source=aws_docs("What is Amazon MSK", _GUIDE + "what-is-msk.html"),
    parameters=(
        Parameter(
            id="authentication",
            label="Client authentication",
            kind=Kind.CHOICE,
            default="iam",
            choices=(
                Choice("iam", "IAM"),
                Choice("sasl_scram", "User and password (SASL/SCRAM)"),
                Choice("mutual_tls", "Client certificates (mutual TLS)"),
                Choice("none", "None"),
            ),
            help="How clients and Lambda's pollers prove who they are. User and password, and client certificates, "
            "need a secret that the function's role may read.",
            source=service_model("kafka", "CreateCluster.ClientAuthentication"),
            cfn_property="ClientAuthentication",
        ),
        Parameter(
            id="brokers",
            label="Brokers",
            kind=Kind.INTEGER,
            default=3,
            unit="brokers",
            minimum=1,
            maximum=15,
            help="Broker nodes of the cluster, spread over its Availability Zones. 15 is what one request of the API "
            "takes; a serverless cluster has none to choose.",
            source=service_model("kafka", "CreateCluster.NumberOfBrokerNodes"),
            adjustable=True,
            beyond="The cluster is not created.",
            cfn_property="NumberOfBrokerNodes",
            botocore="kafka:CreateClusterRequest.NumberOfBrokerNodes",
            headline=True,
        ),
        Parameter(
            id="broker_storage_gb",
            label="Storage per broker",
            kind=Kind.INTEGER,
            default=100,
            unit="GB",
            minimum=1,
            maximum=16_384,
            help="Size of each broker's data volume.",
            source=service_model("kafka", "CreateCluster.BrokerNodeGroupInfo"),
            beyond="Producers fail when the volume is full.",
            cfn_property="BrokerNodeGroupInfo.StorageInfo.EBSStorageInfo.VolumeSize",
            botocore="kafka:EBSStorageInfo.VolumeSize",
        ),
        Parameter(
            id="partitions",
            label="Partitions of the topic",
            kind=Kind.INTEGER,
            default=3,
            unit="partitions",
            minimum=1,
            maximum=10_000,
            help="Partitions of the topic that this design uses. Order is kept within each, and a mapping reads at "
            "most this many at once.",
            source=workload("how your topic is divided"),
            section=Section.WORKLOAD,
        ),
        Parameter(
            id="retention_h",
            label="Retention of the topic",
            kind=Kind.NUMBER,
            default=168,
            unit="h",
            minimum=0.1,
            maximum=87_600,
            help="How long the topic keeps its records. Kafka's own default is seven days.",
            source=workload("how long your topic keeps records"),
            section=Section.WORKLOAD,
            beyond="Older records are deleted, whether or not anybody has read them.",
        ),
    ),
    model=Modelled(
        modelled=(
            "Records spread evenly over the partitions, read in order by one batch of each partition at a time.",
            "Batches that fail: repeated, split or given up, while their partition waits, and the topic's retention.",
        ),
        estimated=("Time of one write.", "Time from a record to the function, as for Kinesis with fan-out."),
        not_modelled=("What brokers and their volumes can take.", "Provisioned pollers.", "Cost."),
    ),
    cfn_types=("AWS::MSK::Cluster", "AWS::MSK::ServerlessCluster"),
    keywords=("kafka", "msk", "stream", "topic", "partition", "broker"),
    entry_point=True,
)
