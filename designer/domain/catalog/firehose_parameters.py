"""What can be set on a Firehose stream, and its fixed limits."""

from __future__ import annotations

from typing import Final

from designer.domain.catalog.key_skew import record_size
from designer.domain.catalog.sources import FIREHOSE_QUOTAS, FIREHOSE_TRANSFORM, aws_docs, service_model, workload
from designer.domain.catalog.spec import Choice, Kind, Limit, Parameter, Section

_EXTENDED: Final = "ExtendedS3DestinationConfiguration."
_PUT_RECORD: Final = service_model("firehose", "PutRecordBatch")

_SOURCE: Final = Parameter(
    id="source_type",
    label="Source",
    kind=Kind.CHOICE,
    default="DirectPut",
    choices=(
        Choice("DirectPut", "Direct PUT"),
        Choice("KinesisStreamAsSource", "Kinesis data stream"),
        Choice("MSKAsSource", "MSK topic"),
        Choice("DatabaseAsSource", "Database"),
    ),
    help="Where its records come from; it cannot be changed later. Only with Direct PUT can other services and code "
    "write to it.",
    source=service_model("firehose", "CreateDeliveryStream.DeliveryStreamType"),
    beyond="Writing to a stream with another source is refused.",
    cfn_property="DeliveryStreamType",
)

_BUFFER: Final = (
    Parameter(
        id="buffer_size_mb",
        label="Buffer size",
        kind=Kind.INTEGER,
        default=5,
        unit="MiB",
        minimum=1,
        maximum=128,
        help="Firehose delivers when this much has come together, or earlier when the buffer interval ends. At least "
        "64 for Parquet or ORC; at most 100 for OpenSearch, 64 for an HTTP endpoint and 5 for Splunk.",
        source=service_model("firehose", "BufferingHints.SizeInMBs"),
        cfn_property=_EXTENDED + "BufferingHints.SizeInMBs",
        botocore="firehose:BufferingHints.SizeInMBs",
    ),
    Parameter(
        id="buffer_interval_s",
        label="Buffer interval",
        kind=Kind.INTEGER,
        default=300,
        unit="s",
        minimum=0,
        maximum=900,
        help="Firehose delivers after this time at the latest, whether or not the buffer is full. At most 60 for "
        "Splunk. The shorter it is, the more and the smaller the objects.",
        source=service_model("firehose", "BufferingHints.IntervalInSeconds"),
        cfn_property=_EXTENDED + "BufferingHints.IntervalInSeconds",
        botocore="firehose:BufferingHints.IntervalInSeconds",
        headline=True,
    ),
)

_WRITING: Final = (
    Parameter(
        id="compression",
        label="Compression",
        kind=Kind.CHOICE,
        default="UNCOMPRESSED",
        choices=(
            Choice("UNCOMPRESSED", "None"),
            Choice("GZIP", "GZIP"),
            Choice("ZIP", "ZIP"),
            Choice("Snappy", "Snappy"),
            Choice("HADOOP_SNAPPY", "Hadoop Snappy"),
        ),
        help="How objects in S3 are compressed. Redshift cannot load Snappy and ZIP.",
        source=service_model("firehose", "ExtendedS3DestinationConfiguration.CompressionFormat"),
        cfn_property=_EXTENDED + "CompressionFormat",
    ),
    Parameter(
        id="format_conversion",
        label="Format conversion",
        kind=Kind.CHOICE,
        default="none",
        choices=(Choice("none", "Off"), Choice("parquet", "Parquet"), Choice("orc", "ORC")),
        help="Turns JSON records into a columnar format, with the columns of a Glue table. S3 only; billed per "
        "gigabyte.",
        source=service_model("firehose", "DataFormatConversionConfiguration"),
        cfn_property=_EXTENDED + "DataFormatConversionConfiguration",
    ),
    Parameter(
        id="dynamic_partitioning",
        label="Dynamic partitioning",
        kind=Kind.BOOLEAN,
        default=False,
        help="Sorts records into folders by values inside them. S3 only; each partition has a buffer of its own. "
        "Billed per gigabyte and per object.",
        source=service_model("firehose", "DynamicPartitioningConfiguration"),
        cfn_property=_EXTENDED + "DynamicPartitioningConfiguration.Enabled",
    ),
    Parameter(
        id="partitions",
        label="Partitions in use",
        kind=Kind.INTEGER,
        default=10,
        unit="partitions",
        minimum=1,
        maximum=100_000,
        help="With dynamic partitioning: how many folders the records of one buffer interval belong to, all of them "
        "equally often. Each has a buffer and objects of its own.",
        source=workload("how many values your records are sorted by"),
        section=Section.WORKLOAD,
        adjustable=True,
        beyond="Records of more than 500 active partitions are written under the error prefix.",
    ),
)

_FAILURES: Final = (
    Parameter(
        id="backup_mode",
        label="Backup to S3",
        kind=Kind.CHOICE,
        default="failed_only",
        choices=(
            Choice("failed_only", "What could not be delivered"),
            Choice("all", "All source records"),
            Choice("none", "Off"),
        ),
        help="Which records also go to a bucket. Splunk and HTTP endpoints need one for what fails; a stream that "
        "delivers to S3 always keeps failures under its error prefix.",
        source=service_model("firehose", "SplunkDestinationConfiguration.S3BackupMode"),
        cfn_property="*DestinationConfiguration.S3BackupMode",
    ),
    Parameter(
        id="retry_duration_s",
        label="Retry for",
        kind=Kind.INTEGER,
        default=None,
        unit="s",
        minimum=0,
        maximum=7_200,
        help="How long a delivery to OpenSearch, Redshift, Splunk or an HTTP endpoint is tried again. Unset: 300, and "
        "3,600 for Redshift. S3 is tried for 24 hours.",
        source=service_model("firehose", "HttpEndpointRetryOptions"),
        beyond="The records go to the backup bucket.",
        cfn_property="*DestinationConfiguration.RetryOptions.DurationInSeconds",
        botocore="firehose:HttpEndpointRetryOptions.DurationInSeconds",
    ),
    Parameter(
        id="error_logging",
        label="Error log",
        kind=Kind.BOOLEAN,
        default=False,
        help="Writes delivery errors to CloudWatch Logs.",
        source=service_model("firehose", "CloudWatchLoggingOptions"),
        cfn_property="*DestinationConfiguration.CloudWatchLoggingOptions.Enabled",
    ),
    Parameter(
        id="encryption",
        label="Encryption of the buffer",
        kind=Kind.CHOICE,
        default="none",
        choices=(
            Choice("none", "Off"),
            Choice("AWS_OWNED_CMK", "AWS owned key"),
            Choice("CUSTOMER_MANAGED_CMK", "Customer managed KMS key"),
        ),
        help="Which key encrypts records while Firehose holds them. Direct PUT only; with a data stream as the source "
        "they are stored there.",
        source=service_model("firehose", "DeliveryStreamEncryptionConfigurationInput.KeyType"),
        cfn_property="DeliveryStreamEncryptionConfigurationInput.KeyType",
    ),
)

FIREHOSE_PARAMETERS: Final[tuple[Parameter, ...]] = (
    _SOURCE,
    *_BUFFER,
    *_WRITING,
    *_FAILURES,
    record_size("Firehose stream"),
)

_REFUSED: Final = "Refused with ServiceUnavailableException; Firehose raises the quota by itself while that lasts."

FIREHOSE_LIMITS: Final[tuple[Limit, ...]] = (
    Limit(
        "put_records",
        "Direct PUT records in the largest Regions",
        500_000,
        "/s",
        _REFUSED,
        FIREHOSE_QUOTAS,
        adjustable=True,
    ),
    Limit(
        "put_requests",
        "Direct PUT requests in the largest Regions",
        2_000,
        "/s",
        _REFUSED,
        FIREHOSE_QUOTAS,
        adjustable=True,
    ),
    Limit(
        "put_mib",
        "Direct PUT data in the largest Regions, each second",
        5,
        "MiB",
        _REFUSED,
        FIREHOSE_QUOTAS,
        adjustable=True,
    ),
    Limit("record", "Record size before base64", 1_000, "KiB", "The record is rejected.", _PUT_RECORD),
    Limit("batch_records", "Records in one PutRecordBatch", 500, "records", "The call is rejected.", _PUT_RECORD),
    Limit("batch_mib", "Data in one PutRecordBatch", 4, "MiB", "The call is rejected.", _PUT_RECORD),
    Limit(
        "transform_time",
        "Run time of the transforming function",
        300,
        "s",
        "The call counts as failed and is tried again, three times in all.",
        FIREHOSE_TRANSFORM,
    ),
    Limit(
        "transform_payload",
        "Request and answer of the transforming function",
        6,
        "MiB",
        "The records go to the processing-failed prefix of the bucket.",
        FIREHOSE_TRANSFORM,
    ),
    Limit(
        "kept",
        "How long data is kept when the destination does not answer",
        24,
        "h",
        "Older data is lost. With a data stream as the source it stays there for the stream's retention.",
        FIREHOSE_QUOTAS,
    ),
    Limit(
        "active_partitions",
        "Active dynamic partitions",
        500,
        "partitions",
        "Records of further partitions go to the error prefix.",
        FIREHOSE_QUOTAS,
        adjustable=True,
    ),
    Limit(
        "converted_buffer",
        "Least buffer with format conversion",
        64,
        "MiB",
        "The stream is rejected.",
        aws_docs("Convert input data format", "firehose/latest/dev/record-format-conversion.html"),
    ),
    Limit(
        "opensearch_buffer",
        "Largest buffer for OpenSearch",
        100,
        "MiB",
        "The stream is rejected.",
        service_model("firehose", "AmazonopensearchserviceBufferingHints"),
    ),
    Limit(
        "http_buffer",
        "Largest buffer for an HTTP endpoint",
        64,
        "MiB",
        "The stream is rejected.",
        service_model("firehose", "HttpEndpointBufferingHints"),
    ),
    Limit(
        "splunk_buffer",
        "Largest buffer for Splunk",
        5,
        "MiB",
        "The stream is rejected.",
        service_model("firehose", "SplunkBufferingHints"),
    ),
    Limit(
        "splunk_interval",
        "Longest buffer interval for Splunk",
        60,
        "s",
        "The stream is rejected.",
        service_model("firehose", "SplunkBufferingHints"),
    ),
)
