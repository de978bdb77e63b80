"""Amazon DynamoDB table with its stream."""

from designer.domain.catalog.sources import DYNAMODB_QUOTAS, aws_docs, service_model, toolkit, workload
from designer.domain.catalog.spec import (
    Category,
    Choice,
    Kind,
    Limit,
    Modelled,
    Parameter,
    PriceRef,
    Section,
    Service,
)

_GUIDE = "amazondynamodb/latest/developerguide/"
_THROTTLED = "Requests to the hot partition are throttled."
_ON_DEMAND = aws_docs("On-demand capacity mode", _GUIDE + "on-demand-capacity-mode.html")
_BURST = aws_docs("Burst and adaptive capacity", _GUIDE + "burst-adaptive-capacity.html")

SERVICE = Service(
    id="dynamodb",
    name="DynamoDB table",
    label="table",
    category=Category.DATA,
    summary="Key-value and document table with single-digit millisecond access and, if wanted, a stream of its "
    "changes.",
    icon="architecture-service/AmazonDynamoDB",
    source=aws_docs("What is Amazon DynamoDB", _GUIDE + "Introduction.html"),
    parameters=(
        Parameter(
            id="billing_mode",
            label="Capacity mode",
            kind=Kind.CHOICE,
            default="on_demand",
            choices=(Choice("on_demand", "On demand"), Choice("provisioned", "Provisioned")),
            help="On demand is paid per request and grows by itself; provisioned is paid by the hour and throttles "
            "above what was set. In a CloudFormation template that names neither, provisioned applies.",
            source=service_model("dynamodb", "CreateTable.BillingMode"),
            cfn_property="BillingMode",
            headline=True,
        ),
        Parameter(
            id="read_capacity_units",
            label="Read capacity",
            kind=Kind.INTEGER,
            default=5,
            unit="units",
            minimum=1,
            maximum=40_000,
            help="Provisioned mode only. One unit is one strongly consistent read of up to 4 KB per second, or two "
            "eventually consistent ones.",
            source=DYNAMODB_QUOTAS,
            adjustable=True,
            beyond="Reads above it use up to 300 s of saved capacity, then fail with ProvisionedThroughputExceeded.",
            cfn_property="ProvisionedThroughput.ReadCapacityUnits",
        ),
        Parameter(
            id="write_capacity_units",
            label="Write capacity",
            kind=Kind.INTEGER,
            default=5,
            unit="units",
            minimum=1,
            maximum=40_000,
            help="Provisioned mode only. One unit is one write of up to 1 KB per second.",
            source=DYNAMODB_QUOTAS,
            adjustable=True,
            beyond="Writes above it use up to 300 s of saved capacity, then fail with ProvisionedThroughputExceeded.",
            cfn_property="ProvisionedThroughput.WriteCapacityUnits",
        ),
        Parameter(
            id="stream_view_type",
            label="Stream",
            kind=Kind.CHOICE,
            default="none",
            choices=(
                Choice("none", "Off"),
                Choice("KEYS_ONLY", "Keys only"),
                Choice("NEW_IMAGE", "New item"),
                Choice("OLD_IMAGE", "Old item"),
                Choice("NEW_AND_OLD_IMAGES", "New and old item"),
            ),
            help="What each change record holds. A function or a pipe can read the table's changes only with a stream. "
            "Records are kept for 24 hours.",
            source=service_model("dynamodb", "CreateTable.StreamSpecification"),
            cfn_property="StreamSpecification.StreamViewType",
        ),
        Parameter(
            id="point_in_time_recovery",
            label="Point-in-time recovery",
            kind=Kind.BOOLEAN,
            default=False,
            help="Continuous backups: the table can be restored to any second of the last 35 days. An export to S3 "
            "needs it.",
            source=aws_docs("Point-in-time recovery", _GUIDE + "Point-in-time-recovery.html"),
            cfn_property="PointInTimeRecoverySpecification.PointInTimeRecoveryEnabled",
        ),
        Parameter(
            id="deletion_protection",
            label="Deletion protection",
            kind=Kind.BOOLEAN,
            default=False,
            help="Refuses to delete the table until it is switched off.",
            source=service_model("dynamodb", "CreateTable.DeletionProtectionEnabled"),
            cfn_property="DeletionProtectionEnabled",
        ),
        Parameter(
            id="item_kb",
            label="Item size",
            kind=Kind.NUMBER,
            default=1,
            unit="KB",
            minimum=0,
            maximum=400,
            help="Size of a typical item. Writes are metered per started KB, reads per started 4 KB.",
            source=workload("how large your items are"),
            section=Section.WORKLOAD,
            beyond="An item of more than 400 KB is refused with ValidationException.",
        ),
    ),
    limits=(
        Limit(
            "item", "Item size", 400, "KB", "Refused with ValidationException.", service_model("dynamodb", "PutItem")
        ),
        Limit("partition_read", "Reads of one partition", 3_000, "units", _THROTTLED, _BURST),
        Limit("partition_write", "Writes of one partition", 1_000, "units", _THROTTLED, _BURST),
        Limit("burst", "Unused capacity kept", 300, "s", "Requests are throttled when it is used up.", _BURST),
        Limit("on_demand_write", "Writes of a new on-demand table", 4_000, "units", "Throttled beyond.", _ON_DEMAND),
        Limit("on_demand_read", "Reads of a new on-demand table", 12_000, "units", "Throttled beyond.", _ON_DEMAND),
        Limit(
            "on_demand_growth",
            "Growth within 30 minutes, times the previous peak",
            2,
            "",
            "Traffic that more than doubles within 30 minutes may be throttled.",
            _ON_DEMAND,
        ),
        Limit(
            "stream_retention",
            "Stream retention",
            24,
            "h",
            "Older records are lost.",
            toolkit("Lambda event sources", "event-sources.md"),
        ),
        Limit(
            "stream_readers",
            "Readers per stream shard",
            2,
            "readers",
            "Further readers throttle each other.",
            toolkit("Lambda event sources", "event-sources.md"),
        ),
        Limit(
            "transaction_items",
            "Items in one transaction",
            100,
            "items",
            "Refused with ValidationException.",
            service_model("dynamodb", "TransactWriteItems"),
        ),
    ),
    prices=(
        PriceRef("dynamodb.write_units", "Write request units, on demand"),
        PriceRef("dynamodb.read_units", "Read request units, on demand"),
        PriceRef("dynamodb.write_capacity", "Write capacity, provisioned"),
        PriceRef("dynamodb.read_capacity", "Read capacity, provisioned"),
        PriceRef("dynamodb.storage", "Storage"),
        PriceRef("dynamodb.point_in_time_recovery", "Point-in-time recovery"),
    ),
    model=Modelled(
        modelled=(
            "Reads and writes with their latency and their capacity units, rounded up per item.",
            "Throttling above provisioned capacity once 300 s of saved capacity are used up.",
            "Throttling above what a new on-demand table starts with.",
            "The stream: records in batches to functions.",
        ),
        estimated=("Latency of a read, a write and a query.", "Number of stream shards."),
        not_modelled=("Hot keys.", "Indexes.", "Global tables.", "Storage that was there before the run."),
    ),
    cfn_types=("AWS::DynamoDB::Table", "AWS::DynamoDB::GlobalTable", "AWS::Serverless::SimpleTable"),
    keywords=("dynamodb", "table", "database", "nosql", "key-value", "stream"),
    entry_point=True,
)
