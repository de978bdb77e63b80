"""A relational database: Amazon Aurora or Amazon RDS."""

from designer.domain.catalog.server_parameters import DURATION_VARIATION, ERROR_PERCENT
from designer.domain.catalog.sources import aws_docs, service_model, workload
from designer.domain.catalog.spec import Category, Choice, Kind, Limit, Modelled, Parameter, Section, Service, Shown

_AURORA = "AmazonRDS/latest/AuroraUserGuide/"
_DATA_API = aws_docs("Using the Amazon RDS Data API", _AURORA + "data-api.html")
_CONNECTIONS = aws_docs(
    "Managing performance and scaling for Aurora MySQL", _AURORA + "AuroraMySQL.Managing.Performance.html"
)
_PROXY = aws_docs("Amazon RDS Proxy for Aurora", _AURORA + "rds-proxy.html")

SERVICE = Service(
    id="rds_aurora",
    name="RDS / Aurora database",
    label="database",
    category=Category.DATA,
    summary="A relational database in your VPC. Every caller holds a connection, and connections are few: many "
    "functions need a proxy or the Data API in front.",
    icon="architecture-service/AmazonAurora",
    source=aws_docs("What is Amazon Aurora?", _AURORA + "CHAP_AuroraOverview.html"),
    parameters=(
        Parameter(
            id="engine",
            label="Engine",
            kind=Kind.CHOICE,
            default="aurora-mysql",
            choices=(
                Choice("aurora-mysql", "Aurora MySQL"),
                Choice("aurora-postgresql", "Aurora PostgreSQL"),
                Choice("mysql", "RDS for MySQL"),
                Choice("postgres", "RDS for PostgreSQL"),
                Choice("mariadb", "RDS for MariaDB"),
            ),
            help="The database software. Aurora keeps six copies of the data in three Availability Zones.",
            source=service_model("rds", "CreateDBInstance.Engine"),
            cfn_property="Engine",
            headline=True,
        ),
        Parameter(
            id="instance_class",
            label="Instance class",
            kind=Kind.CHOICE,
            default="db.r6g.large",
            choices=tuple(
                Choice(name, name)
                for name in ("db.t3.medium", "db.t4g.medium", "db.r6g.large", "db.r6g.xlarge", "db.r6g.2xlarge")
            ),
            help="Processor and memory of each instance. Memory decides how many connections AWS allows by default.",
            source=aws_docs("Aurora DB instance classes", _AURORA + "Concepts.DBInstanceClass.html"),
            cfn_property="DBInstanceClass",
            headline=True,
        ),
        Parameter(
            id="max_connections",
            label="Most connections",
            kind=Kind.INTEGER,
            default=1_000,
            unit="connections",
            minimum=1,
            maximum=16_000,
            help="Connections that the writer accepts. For Aurora MySQL AWS takes 1,000 for db.r6g.large, 2,000 for "
            "xlarge and 90 for a medium class.",
            source=_CONNECTIONS,
            beyond="The database refuses new connections with 'too many connections'.",
            cfn_property="DBParameterGroup.Parameters.max_connections",
        ),
        Parameter(
            id="readers",
            label="Readers",
            kind=Kind.INTEGER,
            default=1,
            minimum=0,
            maximum=15,
            help="Further instances that answer reads and take over when the writer fails.",
            source=aws_docs("Replication with Amazon Aurora", _AURORA + "Aurora.Replication.html"),
            cfn_property="DBInstance",
        ),
        Parameter(
            id="multi_az",
            label="Multi-AZ",
            kind=Kind.BOOLEAN,
            default=False,
            help="For RDS: a standby in another Availability Zone. Aurora does the same with readers.",
            source=service_model("rds", "CreateDBInstance.MultiAZ"),
            cfn_property="MultiAZ",
        ),
        Parameter(
            id="publicly_accessible",
            label="Publicly accessible",
            kind=Kind.BOOLEAN,
            default=False,
            help="The database gets a public address and can be reached from outside the VPC, as far as its security "
            "group allows.",
            source=service_model("rds", "CreateDBInstance.PubliclyAccessible"),
            cfn_property="PubliclyAccessible",
        ),
        Parameter(
            id="data_api",
            label="Data API",
            kind=Kind.BOOLEAN,
            default=False,
            help="SQL over HTTPS without a connection, for Aurora. Callers need no VPC.",
            source=service_model("rds", "CreateDBCluster.EnableHttpEndpoint"),
            cfn_property="EnableHttpEndpoint",
        ),
        Parameter(
            id="rds_proxy",
            label="RDS Proxy",
            kind=Kind.BOOLEAN,
            default=False,
            help="Keeps a pool of connections and lends them to many callers for the length of a transaction.",
            source=_PROXY,
            cfn_property="DBProxy",
        ),
        Parameter(
            id="proxy_connections_percent",
            label="Connections of the proxy",
            kind=Kind.INTEGER,
            default=100,
            unit="%",
            minimum=1,
            maximum=100,
            shown_when=Shown("rds_proxy"),
            help="Share of the database's connections that the proxy may open.",
            source=service_model("rds", "ConnectionPoolConfiguration.MaxConnectionsPercent"),
            cfn_property="DBProxyTargetGroup.ConnectionPoolConfigurationInfo.MaxConnectionsPercent",
        ),
        Parameter(
            id="proxy_borrow_timeout_s",
            label="Longest wait for a connection",
            kind=Kind.INTEGER,
            default=120,
            unit="s",
            minimum=0,
            maximum=300,
            shown_when=Shown("rds_proxy"),
            help="How long the proxy lets a caller wait when all connections are in use.",
            source=service_model("rds", "ConnectionPoolConfiguration.ConnectionBorrowTimeout"),
            beyond="The caller gets a timeout error.",
            cfn_property="DBProxyTargetGroup.ConnectionPoolConfigurationInfo.ConnectionBorrowTimeout",
        ),
        Parameter(
            id="associated_role",
            label="Role of the cluster",
            kind=Kind.BOOLEAN,
            default=False,
            help="An IAM role attached to the database, with which its SQL can call functions and write to S3.",
            source=aws_docs(
                "Authorizing Aurora to access other AWS services", _AURORA + "AuroraMySQL.Integrating.Authorizing.html"
            ),
            cfn_property="AssociatedRoles",
        ),
        Parameter(
            id="backup_retention_days",
            label="Backups kept",
            kind=Kind.INTEGER,
            default=1,
            unit="days",
            minimum=0,
            maximum=35,
            help="How long automatic backups stay. 0 turns them off, which Aurora does not allow.",
            source=service_model("rds", "CreateDBInstance.BackupRetentionPeriod"),
            cfn_property="BackupRetentionPeriod",
        ),
        Parameter(
            id="encryption",
            label="Encryption at rest",
            kind=Kind.BOOLEAN,
            default=False,
            help="Encrypts storage, backups and readers with a KMS key. It cannot be turned on later.",
            source=service_model("rds", "CreateDBInstance.StorageEncrypted"),
            cfn_property="StorageEncrypted",
        ),
        Parameter(
            id="duration_ms",
            label="Query",
            kind=Kind.NUMBER,
            default=5,
            unit="ms",
            minimum=0,
            maximum=86_400_000,
            help="Mean time of one transaction in the database.",
            source=workload("how heavy your queries are"),
            section=Section.WORKLOAD,
        ),
        DURATION_VARIATION,
        ERROR_PERCENT,
    ),
    limits=(Limit("data_api_response", "Answer of the Data API", 1_048_576, "bytes", "The call fails.", _DATA_API),),
    model=Modelled(
        modelled=(
            (
                "A connection for each transaction: beyond the most connections callers are refused; with RDS Proxy or "
                "the Data API they wait, until the longest wait is over."
            ),
            "Transactions share the processors of the writer, so that they take longer under load.",
        ),
        estimated=("Each processor works on one transaction at a time.",),
        not_modelled=(
            "Readers, failover and storage.",
            "Connections that idle environments of functions keep open.",
            "Its price.",
        ),
    ),
    cfn_types=("AWS::RDS::DBCluster", "AWS::RDS::DBInstance"),
    keywords=("rds", "aurora", "sql", "mysql", "postgres", "postgresql", "mariadb", "relational", "database"),
)
