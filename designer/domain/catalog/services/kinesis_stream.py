"""Amazon Kinesis Data Streams."""

from designer.domain.catalog.key_skew import key_parameters, record_size
from designer.domain.catalog.kinesis_limits import KINESIS_LIMITS
from designer.domain.catalog.payloads import TOO_LARGE
from designer.domain.catalog.sources import KINESIS_QUOTAS, aws_docs, service_model
from designer.domain.catalog.spec import Category, Choice, Kind, Modelled, Parameter, PriceRef, Service, Shown

_GUIDE = "streams/latest/dev/"

SERVICE = Service(
    id="kinesis_stream",
    name="Kinesis data stream",
    label="stream",
    category=Category.STREAMS,
    summary="Keeps records in order, shard by shard, for as long as its retention lasts. Several readers can each read "
    "all of them, as often as they like.",
    icon="architecture-service/AmazonKinesisDataStreams",
    source=aws_docs("What is Amazon Kinesis Data Streams", _GUIDE + "introduction.html"),
    parameters=(
        Parameter(
            id="stream_mode",
            label="Capacity mode",
            kind=Kind.CHOICE,
            default="PROVISIONED",
            choices=(Choice("PROVISIONED", "Provisioned shards"), Choice("ON_DEMAND", "On demand")),
            help="Provisioned shards are paid by the hour and refuse what is above them. On demand grows with the "
            "traffic, up to twice the peak of the last 30 days at once.",
            source=service_model("kinesis", "CreateStream.StreamModeDetails"),
            cfn_property="StreamModeDetails.StreamMode",
        ),
        Parameter(
            id="shard_count",
            label="Shards",
            kind=Kind.INTEGER,
            default=1,
            unit="shards",
            minimum=1,
            maximum=20_000,
            shown_when=Shown("stream_mode", ("PROVISIONED",)),
            help="Provisioned mode only. Each shard takes 1 MiB and 1,000 records a second and gives 2 MiB a second to "
            "all its polling readers together.",
            source=KINESIS_QUOTAS,
            adjustable=True,
            beyond="More than the Region's quota (20,000 in the largest Regions, 1,000 or 6,000 in others) fails with "
            "LimitExceededException.",
            cfn_property="ShardCount",
            headline=True,
        ),
        Parameter(
            id="warm_throughput_mib",
            label="Ready for",
            kind=Kind.INTEGER,
            default=None,
            unit="MiB",
            minimum=0,
            maximum=10_240,
            shown_when=Shown("stream_mode", ("ON_DEMAND",)),
            help="On demand only. Writes a second that the stream takes from the start. Unset: 4 MiB, and later twice "
            "the peak of the last 30 days.",
            source=service_model("kinesis", "CreateStream.WarmThroughputMiBps"),
            beyond="Writes above it are throttled until the stream has grown.",
            cfn_property="WarmThroughputMiBps",
            botocore="kinesis:CreateStreamInput.WarmThroughputMiBps",
        ),
        Parameter(
            id="retention_h",
            label="Retention",
            kind=Kind.INTEGER,
            default=24,
            unit="h",
            minimum=24,
            maximum=8_760,
            help="How long records can be read, from a day to 365 days. Beyond 24 hours it costs extra, beyond 7 days "
            "by the gigabyte.",
            source=service_model("kinesis", "IncreaseStreamRetentionPeriod"),
            beyond="Older records are gone. A reader that lags further behind loses data.",
            cfn_property="RetentionPeriodHours",
        ),
        Parameter(
            id="max_record_kib",
            label="Largest record",
            kind=Kind.INTEGER,
            default=1_024,
            unit="KiB",
            minimum=1_024,
            maximum=10_240,
            help="Largest record that the stream takes, its data and its key together. A larger record does not widen "
            "the shard: it still takes 1 MiB a second.",
            source=service_model("kinesis", "CreateStream.MaxRecordSizeInKiB"),
            beyond="The record is refused with InvalidArgumentException.",
            cfn_property="MaxRecordSizeInKiB",
            botocore="kinesis:CreateStreamInput.MaxRecordSizeInKiB",
        ),
        Parameter(
            id="encryption",
            label="Encryption at rest",
            kind=Kind.CHOICE,
            default="none",
            choices=(
                Choice("none", "Off"),
                Choice("kms_aws_managed", "AWS managed KMS key"),
                Choice("kms_customer_managed", "Customer managed KMS key"),
            ),
            help="Which KMS key encrypts stored records. Writers and readers then need the right to use the key.",
            source=service_model("kinesis", "StartStreamEncryption"),
            cfn_property="StreamEncryption",
        ),
        record_size("stream"),
        *key_parameters("partition key"),
    ),
    limits=KINESIS_LIMITS,
    prices=(
        PriceRef("kinesis_stream.shard_hours", "Shards, provisioned"),
        PriceRef("kinesis_stream.put_units", "PUT payload units"),
        PriceRef("kinesis_stream.extended_retention", "Retention beyond 24 hours"),
        PriceRef("kinesis_stream.long_retention", "Retention beyond 7 days, provisioned"),
        PriceRef("kinesis_stream.fan_out_hours", "Enhanced fan-out readers, provisioned"),
        PriceRef("kinesis_stream.fan_out_data", "Data by enhanced fan-out, provisioned"),
        PriceRef("kinesis_stream.stream_hours", "Streams, on demand"),
        PriceRef("kinesis_stream.data_in", "Data in, on demand"),
        PriceRef("kinesis_stream.data_out", "Data out, on demand"),
        PriceRef("kinesis_stream.fan_out_data_on_demand", "Data by enhanced fan-out, on demand"),
        PriceRef("kinesis_stream.extended_retention_on_demand", "Retention from 24 hours to 7 days, on demand"),
        PriceRef("kinesis_stream.long_retention_on_demand", "Retention beyond 7 days, on demand"),
    ),
    model=Modelled(
        modelled=(
            "Records go to the shard of their key and are refused above its 1,000 records or 1 MiB a second.",
            "Functions read each shard in ordered batches with retries, by polls once a second or enhanced fan-out.",
            "The polling readers of a shard share its 2 MiB a second; each fan-out reader has as much for itself.",
            "An on-demand stream begins with what it is ready for and grows to twice its highest minute in 15 minutes.",
            "Records that are not read within the retention are lost.",
            TOO_LARGE,
        ),
        estimated=(
            "Time of one write, and of one poll.",
            "Shards of an on-demand stream: one for each MiB a second that it is ready for.",
        ),
        not_modelled=(
            "Resharding of a provisioned stream.",
            "Growth of an on-demand stream beyond 256 shards, and between the samples of a month.",
            "Of more than 256 shards, each by itself.",
        ),
    ),
    cfn_types=("AWS::Kinesis::Stream",),
    keywords=("kinesis", "stream", "shard", "real-time", "ingest", "records", "kds"),
    entry_point=True,
)
