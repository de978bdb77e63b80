"""Amazon CloudWatch Logs log group."""

from designer.domain.catalog.sources import LOGS_QUOTAS, aws_docs, service_model, workload
from designer.domain.catalog.spec import Category, Choice, Kind, Limit, Modelled, Parameter, PriceRef, Section, Service

_GUIDE = "AmazonCloudWatch/latest/logs/"
_FILTERS = service_model("logs", "PutSubscriptionFilter")

SERVICE = Service(
    id="cloudwatch_logs",
    name="CloudWatch Logs",
    label="log group",
    category=Category.OPERATIONS,
    summary="Keeps log lines and searches them. Can pass new lines on to a function, a stream or Firehose, and count "
    "them as metrics.",
    icon="resource/AmazonCloudWatchLogs",
    source=aws_docs("What is Amazon CloudWatch Logs", _GUIDE + "WhatIsCloudWatchLogs.html"),
    parameters=(
        Parameter(
            id="log_class",
            label="Log class",
            kind=Kind.CHOICE,
            default="STANDARD",
            choices=(
                Choice("STANDARD", "Standard"),
                Choice("INFREQUENT_ACCESS", "Infrequent access"),
                Choice("DELIVERY", "Delivery only"),
                Choice("ESSENTIALS", "Essentials"),
            ),
            help="Infrequent access costs half as much to write and has neither subscriptions nor metric filters. It "
            "cannot be changed later.",
            source=service_model("logs", "CreateLogGroup.logGroupClass"),
            cfn_property="LogGroupClass",
        ),
        Parameter(
            id="retention_days",
            label="Retention",
            kind=Kind.INTEGER,
            default=None,
            unit="days",
            minimum=1,
            maximum=3_653,
            help="When log lines are deleted: 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1,096, "
            "1,827, 2,192, 2,557, 2,922, 3,288 or 3,653 days. Unset: never.",
            source=service_model("logs", "PutRetentionPolicy.retentionInDays"),
            beyond="Lines that nobody reads are kept and billed for ever.",
            cfn_property="RetentionInDays",
            headline=True,
        ),
        Parameter(
            id="kms_encryption",
            label="Own KMS key",
            kind=Kind.BOOLEAN,
            default=False,
            help="Encrypts with a KMS key of yours instead of the service's own. The key's policy has to let "
            "CloudWatch Logs in.",
            source=service_model("logs", "CreateLogGroup.kmsKeyId"),
            cfn_property="KmsKeyId",
        ),
        Parameter(
            id="deletion_protection",
            label="Deletion protection",
            kind=Kind.BOOLEAN,
            default=False,
            help="Refuses to delete the log group until it is switched off.",
            source=service_model("logs", "CreateLogGroup.deletionProtectionEnabled"),
            cfn_property="DeletionProtectionEnabled",
        ),
        Parameter(
            id="log_kb",
            label="Log data per call",
            kind=Kind.NUMBER,
            default=0.5,
            unit="KB",
            minimum=0,
            maximum=1_024,
            help="What one call or event writes here, with all its lines. What functions log is their own setting and "
            "is billed with them.",
            source=workload("how much you log"),
            section=Section.WORKLOAD,
        ),
    ),
    limits=(
        Limit(
            "put_log_events",
            "PutLogEvents calls of the account",
            5_000,
            "/s",
            "ThrottlingException; Lambda drops or delays log lines.",
            LOGS_QUOTAS,
            adjustable=True,
        ),
        Limit(
            "event_bytes",
            "Size of one log event",
            1_048_576,
            "bytes",
            "Rejected.",
            service_model("logs", "PutLogEvents"),
        ),
        Limit(
            "batch_events",
            "Events in one PutLogEvents call",
            10_000,
            "events",
            "Rejected, as is a call of more than 1 MB.",
            service_model("logs", "PutLogEvents"),
        ),
        Limit("subscription_filters", "Subscription filters per log group", 2, "filters", "Rejected.", _FILTERS),
        Limit(
            "export_tasks",
            "Export tasks of the account at a time",
            1,
            "tasks",
            "Starting a further one fails with LimitExceededException.",
            service_model("logs", "CreateExportTask"),
        ),
        Limit(
            "subscription_retries",
            "Retries of a throttled subscription",
            24,
            "h",
            "Then the lines are dropped.",
            _FILTERS,
        ),
    ),
    prices=(
        PriceRef("cloudwatch_logs.ingestion", "Log lines taken"),
        PriceRef("cloudwatch_logs.ingestion_infrequent", "Log lines taken, infrequent access"),
        PriceRef("cloudwatch_logs.storage", "Log lines kept"),
    ),
    model=Modelled(
        modelled=(
            "Data that calls and events write here, and the share of it that subscriptions pass on.",
            "The price of what is kept, once the retention is filled.",
        ),
        estimated=("Delay of a subscription.", "What compression saves in storage."),
        not_modelled=("Queries.", "Metric filters."),
    ),
    cfn_types=("AWS::Logs::LogGroup",),
    keywords=("cloudwatch", "logs", "log group", "logging", "insights", "subscription filter", "monitoring"),
    entry_point=True,
)
