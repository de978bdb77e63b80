"""What a person can set on the edges of streams, of Firehose and of log groups."""

from __future__ import annotations

from typing import Final

from designer.domain.catalog.sources import FIREHOSE_TRANSFORM, KINESIS_CONSUMERS, aws_docs, service_model
from designer.domain.catalog.spec import Kind, Parameter
from designer.domain.connections.parameters import pass_percent

FAN_OUT_READER: Final = Parameter(
    id="enhanced_fan_out",
    label="Enhanced fan-out",
    kind=Kind.BOOLEAN,
    default=False,
    help="Gives this reader 2 MiB a second of each shard for itself and about 70 ms delay, for a price. Off: it shares "
    "each shard's 2 MiB a second and 5 calls a second with the other readers.",
    source=KINESIS_CONSUMERS,
    cfn_property="ConsumerName",
)

TRANSFORM_PARAMETERS: Final[tuple[Parameter, ...]] = (
    Parameter(
        id="transform_buffer_mb",
        label="Batch size",
        kind=Kind.NUMBER,
        default=1,
        unit="MiB",
        minimum=0.2,
        maximum=3,
        help="Firehose calls the function when this much has come together. The function's answer can have 6 MB, so "
        "keep it smaller the more the function adds.",
        source=FIREHOSE_TRANSFORM,
        cfn_property="ProcessingConfiguration.Processors.Parameters.BufferSizeInMBs",
        headline=True,
    ),
    Parameter(
        id="transform_interval_s",
        label="Batch interval",
        kind=Kind.INTEGER,
        default=60,
        unit="s",
        minimum=0,
        maximum=900,
        help="Firehose calls the function after this time at the latest.",
        source=FIREHOSE_TRANSFORM,
        cfn_property="ProcessingConfiguration.Processors.Parameters.BufferIntervalInSeconds",
    ),
)

ACK_TIMEOUT_S: Final = Parameter(
    id="ack_timeout_s",
    label="Waits for the receipt",
    kind=Kind.INTEGER,
    default=180,
    unit="s",
    minimum=180,
    maximum=600,
    help="How long Firehose waits until Splunk confirms that it has indexed the events.",
    source=service_model("firehose", "SplunkDestinationConfiguration.HECAcknowledgmentTimeoutInSeconds"),
    beyond="The delivery is tried again, so that events can be there twice.",
    cfn_property="SplunkDestinationConfiguration.HECAcknowledgmentTimeoutInSeconds",
    botocore="firehose:SplunkDestinationConfiguration.HECAcknowledgmentTimeoutInSeconds",
)

LOG_FILTER: Final = Parameter(
    id="filter_pattern",
    label="Filter pattern",
    kind=Kind.TEXT,
    default=None,
    help='Which log lines count, e.g. ERROR or { $.level = "error" }. Unset: all of them.',
    source=aws_docs("Filter pattern syntax", "AmazonCloudWatch/latest/logs/FilterAndPatternSyntax.html"),
    cfn_property="FilterPattern",
    headline=True,
)

SUBSCRIPTION_FILTER_PARAMETERS: Final[tuple[Parameter, ...]] = (LOG_FILTER, pass_percent("log group's lines"))

UNPACK_LOGS: Final = Parameter(
    id="decompress",
    label="Unpack the log lines",
    kind=Kind.BOOLEAN,
    default=False,
    help="Firehose unpacks what CloudWatch Logs sends and writes plain lines, for a price per gigabyte. Off: it writes "
    "gzip data as it comes.",
    source=aws_docs(
        "Decompress CloudWatch Logs", "firehose/latest/dev/writing-with-cloudwatch-logs-decompression.html"
    ),
    cfn_property="ProcessingConfiguration.Processors",
)
