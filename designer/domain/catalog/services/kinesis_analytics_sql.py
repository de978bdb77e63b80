"""Amazon Kinesis Data Analytics for SQL applications: retired by AWS, kept for old designs."""

from designer.domain.catalog.sources import SQL_DISCONTINUED, service_model
from designer.domain.catalog.spec import Category, Kind, Modelled, Parameter, Service

SERVICE = Service(
    id="kinesis_analytics_sql",
    name="Kinesis Data Analytics for SQL (retired)",
    label="SQL application",
    category=Category.STREAMS,
    summary="Ran SQL over a stream. AWS takes no new applications since October 2025 and deletes old ones from 27 "
    "January 2026: use Managed Service for Apache Flink.",
    icon="architecture-service/AmazonKinesis",
    source=SQL_DISCONTINUED,
    parameters=(
        Parameter(
            id="input_parallelism",
            label="Input parallelism",
            kind=Kind.INTEGER,
            default=1,
            unit="tasks",
            minimum=1,
            maximum=64,
            help="How many in-application streams the source was mapped to.",
            source=service_model("kinesisanalytics", "InputParallelism.Count"),
            cfn_property="Inputs.InputParallelism.Count",
            botocore="kinesisanalytics:InputParallelism.Count",
        ),
    ),
    model=Modelled(modelled=(), not_modelled=("Everything: the service does not exist any more.",)),
    cfn_types=("AWS::KinesisAnalytics::Application",),
    keywords=("kinesis analytics", "sql", "retired", "legacy", "kda"),
)
