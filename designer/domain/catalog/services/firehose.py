"""Amazon Data Firehose."""

from designer.domain.catalog.firehose_parameters import FIREHOSE_LIMITS, FIREHOSE_PARAMETERS
from designer.domain.catalog.sources import aws_docs
from designer.domain.catalog.spec import Category, Modelled, Service

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
    model=Modelled(
        modelled=(),
        not_modelled=("Everything: records are taken at once and never delivered in a run.",),
    ),
    cfn_types=("AWS::KinesisFirehose::DeliveryStream",),
    keywords=("firehose", "kinesis", "delivery", "buffer", "ingest", "data lake", "near real time", "etl"),
    entry_point=True,
)
