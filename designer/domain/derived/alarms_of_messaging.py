"""Alarms of queues, topics, buses, workflows and streams."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from designer.domain.catalog.sources import aws_docs
from designer.domain.connections.spec import Mode
from designer.domain.derived.alarms import ANY, AlarmRule, share_of
from designer.domain.derived.words import duration
from designer.domain.graph.model import Design, Node
from designer.domain.rules.meanings import receives_failures

_SQS: Final = aws_docs(
    "CloudWatch metrics for Amazon SQS",
    "AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-available-cloudwatch-metrics.html",
)
_SNS: Final = aws_docs("Monitoring Amazon SNS topics", "sns/latest/dg/sns-monitoring-using-cloudwatch.html")
_EVENTS: Final = aws_docs("Monitoring EventBridge", "eventbridge/latest/userguide/eb-monitoring.html")
_STATES: Final = aws_docs("Step Functions metrics", "step-functions/latest/dg/procedure-cw-metrics.html")
_KINESIS: Final = aws_docs("Monitoring Kinesis Data Streams", "streams/latest/dev/monitoring-with-cloudwatch.html")
_FIREHOSE: Final = aws_docs("Monitoring Firehose", "firehose/latest/dev/monitoring-with-cloudwatch-metrics.html")
_FLINK: Final = aws_docs("Metrics of Managed Flink", "managed-flink/latest/java/metrics-dimensions.html")


def _is_dead_letter_queue(design: Design, node: Node) -> bool:
    return receives_failures(design, node)


def _is_worked_on(design: Design, node: Node) -> bool:
    return not receives_failures(design, node)


def _age(_: Design, queue: Node) -> str:
    """A message is late long before it is deleted: a tenth of the retention, an hour at most."""
    kept = queue.number("message_retention_s", 345_600)
    return f"above {duration(min(3_600, kept // 10))} (messages are deleted after {duration(kept)})"


def _iterator_age(_: Design, stream: Node) -> str:
    kept = (stream.number("retention_h") or 24) * 3_600
    return f"above {duration(kept / 4)} (a quarter of the {duration(kept)} that records are kept)"


def _has_dead_letter_queue(design: Design, node: Node) -> bool:
    return any(edge.mode is Mode.FAILURE for edge in design.outgoing(node.id))


def _queue(in_flight: str) -> tuple[AlarmRule, ...]:
    return (
        AlarmRule(
            "ApproximateNumberOfMessagesVisible",
            "Maximum",
            ANY,
            "Each message here is work that failed for good and that somebody has to look at.",
            _SQS,
            "AWS/SQS",
            _is_dead_letter_queue,
        ),
        AlarmRule(
            "ApproximateAgeOfOldestMessage",
            "Maximum",
            _age,
            "Consumers do not keep up, or fail; in the end messages are deleted.",
            _SQS,
            "AWS/SQS",
            _is_worked_on,
        ),
        AlarmRule(
            "ApproximateNumberOfMessagesNotVisible",
            "Maximum",
            in_flight,
            "Near the limit of messages in flight, fetching returns nothing more.",
            _SQS,
            "AWS/SQS",
            _is_worked_on,
        ),
    )


_TOPIC: Final = (
    AlarmRule(
        "NumberOfNotificationsFailed",
        "Sum",
        ANY,
        "A subscriber did not get a message although SNS tried again.",
        _SNS,
        "AWS/SNS",
    ),
    AlarmRule(
        "NumberOfNotificationsFailedToRedriveToDlq",
        "Sum",
        ANY,
        "A message reached neither its subscriber nor the dead-letter queue: the queue's policy or key is wrong.",
        _SNS,
        "AWS/SNS",
        _has_dead_letter_queue,
    ),
)
_WORKFLOW: Final = (
    AlarmRule(
        "ExecutionsFailed", "Sum", ANY, "An execution ended in an error that no Catch took.", _STATES, "AWS/States"
    ),
    AlarmRule("ExecutionsTimedOut", "Sum", ANY, "An execution ran longer than it may.", _STATES, "AWS/States"),
    AlarmRule(
        "ExecutionThrottled",
        "Sum",
        ANY,
        "The account's quota on starts or state transitions is used up.",
        _STATES,
        "AWS/States",
    ),
)

ALARMS: Final[Mapping[str, tuple[AlarmRule, ...]]] = {
    "sqs_standard": _queue("above 96,000 (80 % of the quota of 120,000)"),
    "sqs_fifo": _queue("above 96,000 (80 % of the quota of 120,000)"),
    "sns_standard": _TOPIC,
    "sns_fifo": _TOPIC,
    "eventbridge_rule": (
        AlarmRule(
            "FailedInvocations",
            "Sum",
            ANY,
            "A target did not take an event for good: its permission is missing, or the retries are used up.",
            _EVENTS,
            "AWS/Events",
        ),
        AlarmRule(
            "InvocationsFailedToBeSentToDlq",
            "Sum",
            ANY,
            "An event reached neither its target nor the dead-letter queue.",
            _EVENTS,
            "AWS/Events",
            _has_dead_letter_queue,
        ),
        AlarmRule(
            "ThrottledRules", "Sum", ANY, "The quota on target calls is used up and events wait.", _EVENTS, "AWS/Events"
        ),
    ),
    "eventbridge_scheduler": (
        AlarmRule(
            "InvocationDroppedCount",
            "Sum",
            ANY,
            "A schedule gave up on its target, and no dead-letter queue took the event.",
            aws_docs("Monitoring EventBridge Scheduler", "scheduler/latest/UserGuide/monitoring-cloudwatch.html"),
            "AWS/Scheduler",
        ),
        AlarmRule(
            "TargetErrorCount",
            "Sum",
            ANY,
            "The target answers with errors.",
            aws_docs("Monitoring EventBridge Scheduler", "scheduler/latest/UserGuide/monitoring-cloudwatch.html"),
            "AWS/Scheduler",
        ),
    ),
    "eventbridge_pipe": (
        AlarmRule(
            "ExecutionFailed",
            "Sum",
            ANY,
            "The enrichment or the target fails; an ordered source stands still meanwhile.",
            aws_docs("Monitoring EventBridge Pipes", "eventbridge/latest/userguide/eb-pipes-monitoring.html"),
            "AWS/EventBridge/Pipes",
        ),
        AlarmRule(
            "ExecutionThrottled",
            "Sum",
            ANY,
            "The pipe may not run more executions at once.",
            aws_docs("Monitoring EventBridge Pipes", "eventbridge/latest/userguide/eb-pipes-monitoring.html"),
            "AWS/EventBridge/Pipes",
        ),
    ),
    "step_functions_standard": _WORKFLOW,
    "step_functions_express": _WORKFLOW[:2],
    "kinesis_stream": (
        AlarmRule(
            "GetRecords.IteratorAgeMilliseconds",
            "Maximum",
            _iterator_age,
            "Readers fall behind. Records that reach the end of the retention are lost.",
            _KINESIS,
            "AWS/Kinesis",
        ),
        AlarmRule(
            "WriteProvisionedThroughputExceeded",
            "Sum",
            ANY,
            "A shard takes no more: too few shards, or one key is far more frequent than the others.",
            _KINESIS,
            "AWS/Kinesis",
        ),
        AlarmRule(
            "ReadProvisionedThroughputExceeded",
            "Sum",
            ANY,
            "Readers share a shard's 2 MB/s and slow each other down.",
            _KINESIS,
            "AWS/Kinesis",
        ),
    ),
    "firehose": (
        AlarmRule(
            "DeliveryToS3.DataFreshness",
            "Maximum",
            share_of("buffer_seconds", 300, "above 15 minutes", " s"),
            "The oldest record is not delivered yet: the destination or the transformation fails.",
            _FIREHOSE,
            "AWS/Firehose",
        ),
        AlarmRule(
            "ThrottledRecords",
            "Sum",
            ANY,
            "Producers send more than the stream's quota takes.",
            _FIREHOSE,
            "AWS/Firehose",
        ),
    ),
    "managed_flink": (
        AlarmRule(
            "downtime",
            "Average",
            ANY,
            "The application is down or restarts again and again.",
            _FLINK,
            "AWS/KinesisAnalytics",
        ),
        AlarmRule(
            "millisBehindLatest",
            "Maximum",
            "above 1 minute",
            "The application falls behind its source stream.",
            _FLINK,
            "AWS/KinesisAnalytics",
        ),
        AlarmRule(
            "lastCheckpointDuration",
            "Maximum",
            "above 1 minute",
            "State grows, or the application is short of capacity: recovery will take long.",
            _FLINK,
            "AWS/KinesisAnalytics",
        ),
    ),
}
