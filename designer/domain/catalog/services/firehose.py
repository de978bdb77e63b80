"""Amazon Data Firehose."""

from designer.domain.catalog.firehose_parameters import FIREHOSE_LIMITS, FIREHOSE_PARAMETERS
from designer.domain.catalog.payloads import TOO_LARGE
from designer.domain.catalog.sources import aws_docs
from designer.domain.catalog.spec import Category, Modelled, PriceRef, Service

SERVICE = Service(
    id="firehose",
    name="Data Firehose",
    label="delivery stream",
    category=Category.STREAMS,
    summary="Collects records until a buffer is full or its time is up, transforms them if wanted, and writes them to "
    "one destination. Near real time: seconds to minutes.",
    icon="architecture-service/AmazonDataFirehose",
    source=aws_docs("What is Amazon Data Firehose", "firehose/latest/dev/what-is-this-service.html"),
    parameters=FIREHOSE_PARAMETERS,
    limits=FIREHOSE_LIMITS,
    prices=(
        PriceRef("firehose.ingestion", "Data taken"),
        PriceRef("firehose.ingestion_msk", "Data taken from MSK"),
        PriceRef("firehose.format_conversion", "Format conversion"),
        PriceRef("firehose.partitioned_data", "Dynamic partitioning, data"),
        PriceRef("firehose.partitioned_objects", "Dynamic partitioning, objects"),
        PriceRef("firehose.log_decompression", "Unpacked log lines"),
        PriceRef("firehose.vpc_hours", "Delivery into a VPC"),
        PriceRef("firehose.vpc_data", "Data delivered into a VPC"),
    ),
    model=Modelled(
        modelled=(
            "Records wait until the buffer is full or its time is up; then one delivery takes all of them.",
            "With dynamic partitioning a buffer for each of up to 500 partitions; further ones go to the error prefix.",
            "The transforming function: a batch of its own, five minutes, three retries, then the backup bucket.",
            "Retries of a delivery for the retry duration, then the backup bucket.",
            "The Direct PUT quota of the largest Regions.",
            TOO_LARGE,
        ),
        estimated=("Time of a write and of a delivery.", "Pauses between retries."),
        not_modelled=(
            "The Direct PUT quota of requests: records are taken as if they came in full batches.",
            "Quotas that Firehose raises by itself.",
            "What compression saves.",
        ),
    ),
    cfn_types=("AWS::KinesisFirehose::DeliveryStream",),
    keywords=("firehose", "kinesis", "delivery", "buffer", "ingest", "data lake", "near real time", "etl"),
    entry_point=True,
)
