"""Amazon Managed Service for Apache Flink."""

from designer.domain.catalog.flink_parameters import FLINK_LIMITS, FLINK_PARAMETERS
from designer.domain.catalog.sources import aws_docs
from designer.domain.catalog.spec import Category, Modelled, PriceRef, Service

SERVICE = Service(
    id="managed_flink",
    name="Managed Service for Apache Flink",
    label="application",
    category=Category.STREAMS,
    summary="Runs a Flink program over streams: windows, joins and aggregates with exactly-once state. Paid by "
    "processing units that run all the time.",
    icon="architecture-service/AmazonManagedServiceforApacheFlink",
    source=aws_docs("What is Managed Service for Apache Flink", "managed-flink/latest/java/what-is.html"),
    parameters=FLINK_PARAMETERS,
    limits=FLINK_LIMITS,
    prices=(
        PriceRef("managed_flink.kpu_hours", "Processing units"),
        PriceRef("managed_flink.storage", "Running storage"),
    ),
    model=Modelled(
        modelled=(
            "Records wait for a task, as many as the parallelism; the share that is written goes to each sink.",
            "A tumbling window keeps what it gets until it ends; then its results are written.",
            "Files in a bucket appear at a checkpoint, one for each task.",
            "Scaling by itself: twice the tasks after 15 minutes above 75 % CPU, half after 6 hours below 10 %.",
        ),
        estimated=("CPU: the share of the tasks that work on a record.",),
        not_modelled=(
            "The pause while an application scales.",
            "Tasks that share a KPU and slow each other down.",
            "Failures and what is computed again from a checkpoint.",
            "Sliding and session windows, late records.",
        ),
    ),
    cfn_types=("AWS::KinesisAnalyticsV2::Application",),
    keywords=("flink", "kinesis analytics", "stream processing", "sql", "window", "real-time", "analytics"),
)
