"""Amazon Redshift: a serverless workgroup or a provisioned cluster."""

from designer.domain.catalog.sink_parameters import answer_parameters
from designer.domain.catalog.sources import aws_docs, service_model
from designer.domain.catalog.spec import Category, Choice, Kind, Limit, Modelled, Parameter, PriceRef, Service

_CAPACITY = aws_docs("Compute capacity for Amazon Redshift Serverless", "redshift/latest/mgmt/serverless-capacity.html")
_ZERO_ETL = aws_docs("Considerations for zero-ETL integrations", "redshift/latest/mgmt/zero-etl.reqs-lims.html")

SERVICE = Service(
    id="redshift",
    name="Redshift",
    label="warehouse",
    category=Category.DATA,
    summary="Data warehouse: SQL over large tables. A serverless workgroup that is paid while it works, or a cluster "
    "of nodes.",
    icon="architecture-service/AmazonRedshift",
    source=aws_docs("What is Amazon Redshift", "redshift/latest/mgmt/welcome.html"),
    parameters=(
        Parameter(
            id="deployment",
            label="Deployment",
            kind=Kind.CHOICE,
            default="serverless",
            choices=(Choice("serverless", "Serverless workgroup"), Choice("provisioned", "Cluster")),
            help="A workgroup starts when a query comes and is paid by the second. A cluster's nodes run all the time.",
            source=_CAPACITY,
        ),
        Parameter(
            id="base_capacity_rpu",
            label="Base capacity",
            kind=Kind.INTEGER,
            default=128,
            unit="RPU",
            minimum=4,
            maximum=1_024,
            help="Processing units that a workgroup's query begins with: 4, or 8 and more in steps of 8. Above 512 "
            "only in some Regions.",
            source=_CAPACITY,
            cfn_property="BaseCapacity",
            headline=True,
        ),
        Parameter(
            id="node_type",
            label="Node type",
            kind=Kind.TEXT,
            default=None,
            help="Type of a cluster's nodes, e.g. ra3.xlplus.",
            source=service_model("redshift", "CreateCluster.NodeType"),
            cfn_property="NodeType",
        ),
        Parameter(
            id="encrypted",
            label="Encryption at rest",
            kind=Kind.BOOLEAN,
            default=True,
            help="Encrypts the data with a KMS key. A serverless workgroup is always encrypted; zero-ETL integrations "
            "need it.",
            source=service_model("redshift", "CreateCluster.Encrypted"),
            cfn_property="Encrypted",
        ),
        Parameter(
            id="case_sensitive",
            label="Case-sensitive names",
            kind=Kind.BOOLEAN,
            default=False,
            help="Sets enable_case_sensitive_identifier, which a zero-ETL integration needs.",
            source=_ZERO_ETL,
            cfn_property="ConfigParameters",
        ),
        Parameter(
            id="publicly_accessible",
            label="Reachable from outside",
            kind=Kind.BOOLEAN,
            default=False,
            help="Gives it a public address. Firehose reaches it only with one, or with a VPC endpoint of Redshift.",
            source=service_model("redshift-serverless", "CreateWorkgroup.publiclyAccessible"),
            cfn_property="PubliclyAccessible",
        ),
        *answer_parameters(5_000, 60_000, "load or query"),
    ),
    limits=(
        Limit("least_rpu", "Least base capacity", 4, "RPU", "The workgroup is rejected.", _CAPACITY),
        Limit("most_rpu", "Largest base capacity in some Regions", 1_024, "RPU", "Rejected. 512 in others.", _CAPACITY),
    ),
    prices=(PriceRef("redshift.rpu_hours", "Processing units, serverless"),),
    model=Modelled(
        modelled=("Requests take the latency of the settings, and the set share of them fails.",),
        not_modelled=("Capacity: it never slows down under load.",),
    ),
    cfn_types=("AWS::RedshiftServerless::Workgroup", "AWS::Redshift::Cluster"),
    keywords=("redshift", "warehouse", "sql", "analytics", "olap", "copy"),
    entry_point=True,
)
