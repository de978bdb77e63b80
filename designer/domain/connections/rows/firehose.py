"""Where Firehose delivers to, and the function that transforms for it."""

from designer.domain.catalog.sources import FIREHOSE_TRANSFORM, aws_docs, service_model
from designer.domain.catalog.spec import Parameter, Source, Value
from designer.domain.connections.spec import (
    Comparison,
    Connection,
    End,
    Flow,
    Mode,
    PermissionSide,
    Requirement,
    Verdict,
)
from designer.domain.connections.stream_parameters import ACK_TIMEOUT_S, TRANSFORM_PARAMETERS
from designer.domain.connections.wording import AT_LEAST_ONCE, BEST_EFFORT, UNORDERED

_FIREHOSE = "AWS::KinesisFirehose::DeliveryStream"
_TO_BACKUP = "Firehose tries again for the retry duration; then the records go to the backup bucket."
_DUPLICATES = "At least once; a delivery that was confirmed too late comes twice"


def _source(parameter: str, comparison: Comparison, values: tuple[Value, ...], message: str, fix: Value) -> Requirement:
    return Requirement(End.SOURCE, parameter, comparison, values, message, fix=fix)


def _at_most(parameter: str, value: int, unit: str, of: str) -> Requirement:
    what = "buffer" if parameter == "buffer_size_mb" else "buffer interval"
    message = f"the {what} is at most {value} {unit}, the largest that Firehose takes for {of}"
    return _source(parameter, Comparison.AT_MOST, (value,), message, value)


_S3_ONLY = (
    _source(
        "format_conversion",
        Comparison.ONE_OF,
        ("none",),
        "no format conversion is on, which Firehose offers for S3 alone",
        "none",
    ),
    _source(
        "dynamic_partitioning",
        Comparison.ONE_OF,
        (False,),
        "dynamic partitioning is off, which Firehose offers for S3 alone",
        fix=False,
    ),
)
_KEEPS_FAILURES = _source(
    "backup_mode",
    Comparison.ONE_OF,
    ("failed_only", "all"),
    "what cannot be delivered is backed up to S3, without which AWS rejects the stream",
    "failed_only",
)


def _delivery(
    target: str,
    mechanism: str,
    *,
    label: str,
    explanation: str,
    conditions: str,
    permission: str,
    requirements: tuple[Requirement, ...],
    verdict: Verdict = Verdict.VALID,
    retries: str = _TO_BACKUP,
    delivery: str = _DUPLICATES,
    parameters: tuple[Parameter, ...] = (),
    authority: Source,
) -> Connection:
    return Connection(
        id=f"firehose.{target}.{mechanism}",
        source="firehose",
        target=target,
        mode=Mode.DELIVERY,
        flow=Flow.ASYNC,
        verdict=verdict,
        label=label,
        explanation=explanation,
        conditions=conditions,
        authority=authority,
        preferred=mechanism != "backup",
        retries=retries,
        delivery=delivery,
        ordering=UNORDERED,
        permission_side=PermissionSide.SERVICE_ROLE,
        permission=permission,
        cfn_resources=(_FIREHOSE,),
        requirements=requirements,
        parameters=parameters,
    )


CONNECTIONS = (
    _delivery(
        "s3",
        "delivery",
        label="Destination",
        explanation="Firehose writes one object when its buffer is full or its interval ends, whichever comes first.",
        conditions="One destination for a stream. Parquet and ORC need a buffer of 64 MiB at least.",
        authority=service_model("firehose", "ExtendedS3DestinationConfiguration"),
        permission="s3:PutObject, s3:AbortMultipartUpload, s3:GetBucketLocation and s3:ListBucket on Firehose's role",
        requirements=(),
        retries="Firehose tries for up to 24 hours. What could not be processed is written under the error prefix.",
        delivery="At least once; duplicates happen",
    ),
    _delivery(
        "s3",
        "backup",
        label="Backup bucket",
        explanation="Firehose writes what it could not deliver here, or all source records, beside its one "
        "destination.",
        conditions="Splunk and HTTP endpoints need it for failed records. Redshift and OpenSearch may have it.",
        authority=service_model("firehose", "SplunkDestinationConfiguration.S3BackupMode"),
        permission="s3:PutObject on Firehose's role",
        requirements=(
            _source(
                "backup_mode", Comparison.NONE_OF, ("none",), "the backup of the Firehose stream is on", "failed_only"
            ),
        ),
        retries="Firehose tries for up to 24 hours.",
        delivery=AT_LEAST_ONCE,
    ),
    Connection(
        id="firehose.lambda.transform",
        source="firehose",
        target="lambda",
        mode=Mode.SYNCHRONOUS,
        flow=Flow.SYNC,
        verdict=Verdict.VALID,
        label="Transformation",
        explanation="Firehose calls the function with a batch of records, waits, and goes on with what it answers.",
        conditions="The function answers every record id with Ok, Dropped or ProcessingFailed, within 5 minutes. "
        "Request and answer are at most 6 MB.",
        authority=FIREHOSE_TRANSFORM,
        preferred=True,
        retries="Three more tries when the call fails; then the records go under the bucket's error prefix.",
        delivery=AT_LEAST_ONCE,
        ordering=UNORDERED,
        permission_side=PermissionSide.SERVICE_ROLE,
        permission="lambda:InvokeFunction and lambda:GetFunctionConfiguration on Firehose's role",
        cfn_resources=(_FIREHOSE,),
        requirements=(
            Requirement(
                End.TARGET,
                "timeout_s",
                Comparison.AT_MOST,
                (300,),
                "the function ends within 5 minutes, after which Firehose gives the call up",
                fix=300,
            ),
        ),
        parameters=TRANSFORM_PARAMETERS,
    ),
    _delivery(
        "redshift",
        "delivery",
        label="Destination, by way of a bucket",
        explanation="Firehose writes objects to a bucket of yours and then tells Redshift to COPY them, one load at a "
        "time.",
        conditions="Needs the bucket in between: draw it as the backup bucket. Redshift has to be reachable for "
        "Firehose.",
        authority=service_model("firehose", "RedshiftDestinationConfiguration"),
        permission="s3:PutObject and s3:GetBucketLocation on Firehose's role, and a database user or a secret",
        requirements=(
            *_S3_ONLY,
            _source(
                "compression",
                Comparison.NONE_OF,
                ("Snappy", "ZIP"),
                "the objects are neither Snappy nor ZIP, which COPY cannot read",
                "GZIP",
            ),
            Requirement(
                End.TARGET,
                "publicly_accessible",
                Comparison.ONE_OF,
                (True,),
                "the warehouse has a public address, or a VPC endpoint that Redshift manages for Firehose",
                certain=False,
            ),
        ),
        retries="Firehose repeats the COPY for the retry duration; then a manifest in the bucket lists the objects "
        "that were skipped.",
    ),
    _delivery(
        "opensearch",
        "delivery",
        label="Destination",
        explanation="Firehose indexes the buffered records and begins a new index by the hour, day, week or month if "
        "you like.",
        conditions="A domain in a VPC is reached through network interfaces of Firehose's own. Buffer up to 100 MiB.",
        authority=service_model("firehose", "AmazonopensearchserviceDestinationConfiguration"),
        permission="es:ESHttpPost, es:ESHttpPut and es:DescribeDomain, or aoss:APIAccessAll, and s3:PutObject on "
        "Firehose's role; ec2:CreateNetworkInterface for a VPC",
        requirements=(*_S3_ONLY, _at_most("buffer_size_mb", 100, "MiB", "OpenSearch")),
    ),
    _delivery(
        "splunk",
        "delivery",
        label="Destination",
        explanation="Firehose sends the buffered records to Splunk's HTTP Event Collector and waits for the receipt.",
        conditions="A collector with a public address, a valid certificate and receipts switched on. Buffer up to "
        "5 MiB and 60 s. A bucket for what fails.",
        authority=service_model("firehose", "SplunkDestinationConfiguration"),
        permission="s3:PutObject on Firehose's role for the backup bucket; a token of Splunk",
        requirements=(
            *_S3_ONLY,
            _at_most("buffer_size_mb", 5, "MiB", "Splunk"),
            _at_most("buffer_interval_s", 60, "s", "Splunk"),
            _KEEPS_FAILURES,
        ),
        parameters=(ACK_TIMEOUT_S,),
    ),
    _delivery(
        "http_endpoint",
        "delivery",
        label="Destination",
        explanation="Firehose posts each buffer to the endpoint over HTTPS.",
        conditions="Port 443. The answer has to repeat the request id and a timestamp, as Firehose prescribes. Buffer "
        "up to 64 MiB. A bucket for what fails.",
        authority=service_model("firehose", "HttpEndpointDestinationConfiguration"),
        permission="s3:PutObject on Firehose's role for the backup bucket; an access key of the endpoint",
        requirements=(
            *_S3_ONLY,
            _at_most("buffer_size_mb", 64, "MiB", "HTTP endpoints"),
            _KEEPS_FAILURES,
            Requirement(
                End.TARGET,
                "https",
                Comparison.ONE_OF,
                (True,),
                "the endpoint answers over HTTPS on port 443",
                fix=True,
            ),
            Requirement(
                End.TARGET,
                "location",
                Comparison.ONE_OF,
                ("internet",),
                "the endpoint can be reached from the internet",
                certain=False,
            ),
        ),
    ),
    _delivery(
        "api_gateway_rest",
        "delivery",
        label="Destination at the API's address",
        explanation="Firehose posts each buffer to a stage of the API, as to any HTTP endpoint.",
        conditions="What stands behind the API has to answer with the request id and a timestamp, as Firehose "
        "prescribes. An API takes 10 MB at most. A bucket for what fails.",
        verdict=Verdict.CONDITIONAL,
        authority=aws_docs(
            "HTTP endpoint delivery specification", "firehose/latest/dev/httpdeliveryrequestresponse.html"
        ),
        permission="s3:PutObject on Firehose's role for the backup bucket; the access key is in the header "
        "X-Amz-Firehose-Access-Key",
        requirements=(
            *_S3_ONLY,
            _at_most("buffer_size_mb", 10, "MiB", "what an API takes"),
            _KEEPS_FAILURES,
            Requirement(
                End.TARGET,
                "endpoint_type",
                Comparison.NONE_OF,
                ("private",),
                "the API can be reached from outside a VPC",
                fix="regional",
            ),
        ),
    ),
    Connection(
        id="firehose.cloudwatch_logs.errors",
        source="firehose",
        target="cloudwatch_logs",
        mode=Mode.DELIVERY,
        flow=Flow.ASYNC,
        verdict=Verdict.VALID,
        label="Error log",
        explanation="Firehose writes a line for each delivery that failed.",
        conditions="The log group and its log stream have to exist.",
        authority=service_model("firehose", "CloudWatchLoggingOptions"),
        preferred=True,
        retries="Lines that cannot be written are lost.",
        delivery=BEST_EFFORT,
        ordering=UNORDERED,
        permission_side=PermissionSide.SERVICE_ROLE,
        permission="logs:PutLogEvents on Firehose's role",
        cfn_resources=(_FIREHOSE, "AWS::Logs::LogGroup"),
        requirements=(
            _source(
                "error_logging", Comparison.ONE_OF, (True,), "the error log of the Firehose stream is on", fix=True
            ),
        ),
    ),
)
