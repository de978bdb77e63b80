"""Alarms of tables, buckets, databases, caches and brokers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from designer.domain.catalog.sources import aws_docs
from designer.domain.connections.spec import Flow
from designer.domain.derived.alarms import ANY, AlarmRule, share_of
from designer.domain.graph.model import Design, Node

_DYNAMODB: Final = aws_docs(
    "DynamoDB metrics and dimensions", "amazondynamodb/latest/developerguide/metrics-dimensions.html"
)
_S3: Final = aws_docs("Amazon S3 metrics", "AmazonS3/latest/userguide/metrics-dimensions.html")
_RDS: Final = aws_docs("CloudWatch metrics for Amazon RDS", "AmazonRDS/latest/UserGuide/rds-metrics.html")
_CACHE: Final = aws_docs(
    "Which metrics should I monitor", "AmazonElastiCache/latest/dg/CacheMetrics.WhichShouldIMonitor.html"
)
_SEARCH: Final = aws_docs(
    "Recommended CloudWatch alarms for OpenSearch", "opensearch-service/latest/developerguide/cloudwatch-alarms.html"
)
_REDSHIFT: Final = aws_docs("Amazon Redshift metrics", "redshift/latest/mgmt/metrics-listing.html")
_KAFKA: Final = aws_docs("Monitoring an MSK cluster", "msk/latest/developerguide/metrics-details.html")
_MQ: Final = aws_docs("Monitoring Amazon MQ", "amazon-mq/latest/developer-guide/amazon-mq-accessing-metrics.html")


def _is_provisioned(_: Design, table: Node) -> bool:
    return table.value("billing_mode") == "provisioned"


def _has_readers_of_its_stream(design: Design, table: Node) -> bool:
    return any(edge.flow is Flow.POLL for edge in design.outgoing(table.id))


ALARMS: Final[Mapping[str, tuple[AlarmRule, ...]]] = {
    "dynamodb": (
        AlarmRule(
            "ThrottledRequests",
            "Sum",
            ANY,
            "Capacity is used up, or one partition key gets more than 1,000 writes or 3,000 reads per second.",
            _DYNAMODB,
            "AWS/DynamoDB",
        ),
        AlarmRule("SystemErrors", "Sum", ANY, "DynamoDB itself answers with errors.", _DYNAMODB, "AWS/DynamoDB"),
        AlarmRule(
            "ConsumedWriteCapacityUnits",
            "Sum per second",
            share_of("write_capacity_units", 80, "above 80 % of the capacity", " WCU"),
            "The next step is throttling.",
            _DYNAMODB,
            "AWS/DynamoDB",
            _is_provisioned,
        ),
        AlarmRule(
            "ConsumedReadCapacityUnits",
            "Sum per second",
            share_of("read_capacity_units", 80, "above 80 % of the capacity", " RCU"),
            "The next step is throttling.",
            _DYNAMODB,
            "AWS/DynamoDB",
            _is_provisioned,
        ),
        AlarmRule(
            "ReturnedRecordsCount",
            "Sum",
            "at 0 while the table is written",
            "Nobody reads the stream, and after 24 hours its records are gone.",
            _DYNAMODB,
            "AWS/DynamoDB",
            _has_readers_of_its_stream,
        ),
    ),
    "s3": (
        AlarmRule("5xxErrors", "Sum", ANY, "S3 asks to slow down: too many requests on one prefix.", _S3, "AWS/S3"),
        AlarmRule(
            "4xxErrors", "Sum", "far above its usual level", "Permissions or keys are wrong somewhere.", _S3, "AWS/S3"
        ),
    ),
    "rds_aurora": (
        AlarmRule("CPUUtilization", "Average", "above 80 %", "Queries become slow.", _RDS, "AWS/RDS"),
        AlarmRule(
            "DatabaseConnections",
            "Maximum",
            "above 80 % of max_connections",
            "Functions scale out and each opens a connection; further ones are refused. A proxy pools them.",
            _RDS,
            "AWS/RDS",
        ),
        AlarmRule(
            "FreeableMemory", "Minimum", "below 10 % of the memory", "The database starts to swap.", _RDS, "AWS/RDS"
        ),
    ),
    "elasticache": (
        AlarmRule("Evictions", "Sum", ANY, "The cache is full and throws entries away.", _CACHE, "AWS/ElastiCache"),
        AlarmRule(
            "EngineCPUUtilization",
            "Average",
            "above 80 %",
            "The single thread of the engine is busy.",
            _CACHE,
            "AWS/ElastiCache",
        ),
        AlarmRule(
            "CurrConnections",
            "Maximum",
            "above 52,000 (80 % of 65,000)",
            "New connections are refused.",
            _CACHE,
            "AWS/ElastiCache",
        ),
    ),
    "opensearch": (
        AlarmRule("ClusterStatus.red", "Maximum", ANY, "A primary shard is lost: data is missing.", _SEARCH, "AWS/ES"),
        AlarmRule("ClusterIndexWritesBlocked", "Maximum", ANY, "The domain takes no writes.", _SEARCH, "AWS/ES"),
        AlarmRule(
            "JVMMemoryPressure", "Maximum", "above 80 %", "The domain slows down and then stops.", _SEARCH, "AWS/ES"
        ),
    ),
    "redshift": (
        AlarmRule("HealthStatus", "Minimum", "below 1", "The cluster is not healthy.", _REDSHIFT, "AWS/Redshift"),
        AlarmRule(
            "PercentageDiskSpaceUsed",
            "Maximum",
            "above 80 %",
            "Loads fail when the disks are full.",
            _REDSHIFT,
            "AWS/Redshift",
        ),
    ),
    "msk": (
        AlarmRule(
            "OfflinePartitionsCount",
            "Maximum",
            ANY,
            "Partitions have no leader: nobody reads or writes them.",
            _KAFKA,
            "AWS/Kafka",
        ),
        AlarmRule(
            "MaxOffsetLag", "Maximum", "far above its usual level", "Consumers fall behind.", _KAFKA, "AWS/Kafka"
        ),
        AlarmRule(
            "KafkaDataLogsDiskUsed", "Maximum", "above 85 %", "A full disk stops the broker.", _KAFKA, "AWS/Kafka"
        ),
    ),
    "mq": (
        AlarmRule("QueueSize", "Maximum", "far above its usual level", "Consumers fall behind.", _MQ, "AWS/AmazonMQ"),
        AlarmRule("HeapUsage", "Maximum", "above 80 %", "The broker slows its producers down.", _MQ, "AWS/AmazonMQ"),
    ),
}
