"""A run's figures under the names that CloudWatch gives them, for those who will watch the real thing.

Only what a run measures is listed. Where a figure is made differently the statistic says so, as in
``Duration (Average, with Init)``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, cast

from designer.domain.graph.model import Design
from simulator.engine.results import NodeStats
from simulator.engine.stations import METER_READS, METER_WRITES

_CLIENT_ERRORS: Final = (
    "throttled",
    "bad_request",
    "forbidden",
    "not_found",
    "payload_too_large",
    "unauthorized",
)


@dataclass(frozen=True, slots=True)
class Metric:
    """A CloudWatch metric with the statistic that makes sense, its unit, and how a run's figures give it."""

    name: str
    statistic: str
    unit: str
    value: Callable[[NodeStats], float]


def _errors(*causes: str) -> Callable[[NodeStats], float]:
    return lambda stats: float(sum(stats["errors"].get(cause, 0) for cause in causes))


def _other_errors(*causes: str) -> Callable[[NodeStats], float]:
    return lambda stats: float(sum(count for cause, count in stats["errors"].items() if cause not in causes))


def _percent(count: Callable[[NodeStats], float]) -> Callable[[NodeStats], float]:
    return lambda stats: 100.0 * count(stats) / max(stats["arrivals"], 1)


def _lost(stats: NodeStats) -> float:
    return float(sum(stats.get("lost", {}).values()))


def _figure(name: str, times: float = 1.0) -> Callable[[NodeStats], float]:
    return lambda stats: times * cast("Mapping[str, float]", stats)[name]


def _latency(name: str, times: float = 1.0) -> Callable[[NodeStats], float]:
    return lambda stats: times * cast("Mapping[str, float]", stats["latency_ms"])[name]


_ARRIVALS: Final = _figure("arrivals")
_COMPLETIONS: Final = _figure("completions")
_THROTTLES: Final = _figure("throttles")
_MOST: Final = _figure("concurrency_max")
_MEAN_MS: Final = _latency("mean")
_P99_MS: Final = _latency("p99")

_API: Final = (
    Metric("Count", "Sum", "", _ARRIVALS),
    Metric("4XXError", "Sum", "", _errors(*_CLIENT_ERRORS)),
    Metric("5XXError", "Sum", "", _other_errors(*_CLIENT_ERRORS)),
    Metric("Latency", "Average", "ms", _MEAN_MS),
    Metric("Latency", "p99", "ms", _P99_MS),
)
_HTTP_API: Final = (
    Metric("Count", "Sum", "", _ARRIVALS),
    Metric("4xx", "Sum", "", _errors(*_CLIENT_ERRORS)),
    Metric("5xx", "Sum", "", _other_errors(*_CLIENT_ERRORS)),
    Metric("Latency", "Average", "ms", _MEAN_MS),
    Metric("Latency", "p99", "ms", _P99_MS),
)
_FUNCTION: Final = (
    Metric("Invocations", "Sum", "", lambda s: float(s["arrivals"] - s["throttles"])),
    Metric("Errors", "Sum", "", _errors("function_error", "function_timeout", "dependency_error")),
    Metric("Throttles", "Sum", "", _THROTTLES),
    Metric("Duration", "Average, with Init", "ms", _MEAN_MS),
    Metric("Duration", "p99, with Init", "ms", _P99_MS),
    Metric("ConcurrentExecutions", "Maximum", "", _MOST),
    Metric("AsyncEventsDropped", "Sum", "", _lost),
)
_QUEUE: Final = (
    Metric("NumberOfMessagesSent", "Sum", "", _ARRIVALS),
    Metric("NumberOfMessagesDeleted", "Sum", "", _COMPLETIONS),
    Metric("ApproximateNumberOfMessagesVisible", "at the end", "", _figure("queue_depth")),
    Metric("ApproximateNumberOfMessagesNotVisible", "at the end", "", _figure("in_flight")),
    Metric("ApproximateAgeOfOldestMessage", "at the end", "s", _figure("oldest_age_s")),
)
_TOPIC: Final = (
    Metric("NumberOfMessagesPublished", "Sum", "", _ARRIVALS),
    Metric("NumberOfNotificationsFailed", "Sum", "", _lost),
)
_WORKFLOW: Final = (
    Metric("ExecutionsStarted", "Sum", "", _ARRIVALS),
    Metric("ExecutionsSucceeded", "Sum", "", _COMPLETIONS),
    Metric("ExecutionsFailed", "Sum", "", _errors("execution_failed", "dependency_error", "function_error")),
    Metric("ExecutionsTimedOut", "Sum", "", _errors("execution_timeout")),
    Metric("ExecutionThrottled", "Sum", "", _THROTTLES),
    Metric("ExecutionTime", "Average", "ms", _MEAN_MS),
    Metric("ExecutionTime", "p99", "ms", _P99_MS),
)

METRICS: Final[Mapping[str, tuple[Metric, ...]]] = MappingProxyType(
    {
        "alb": (
            Metric("RequestCount", "Sum", "", _ARRIVALS),
            Metric("HTTPCode_ELB_5XX_Count", "Sum", "", _other_errors(*_CLIENT_ERRORS)),
            Metric("TargetResponseTime", "Average", "s", _latency("mean", 0.001)),
            Metric("ActiveConnectionCount", "Maximum", "", _MOST),
        ),
        "api_gateway_http": _HTTP_API,
        "api_gateway_rest": _API,
        "api_gateway_websocket": (
            Metric("ClientError", "Sum", "", _errors(*_CLIENT_ERRORS)),
            Metric("IntegrationError", "Sum", "", _other_errors(*_CLIENT_ERRORS)),
        ),
        "appsync": (
            Metric("4XXError", "Sum", "", _errors(*_CLIENT_ERRORS)),
            Metric("5XXError", "Sum", "", _other_errors(*_CLIENT_ERRORS)),
            Metric("Latency", "Average", "ms", _MEAN_MS),
        ),
        "cloudfront": (
            Metric("Requests", "Sum", "", _ARRIVALS),
            Metric("4xxErrorRate", "Average", "%", _percent(_errors(*_CLIENT_ERRORS))),
            Metric("5xxErrorRate", "Average", "%", _percent(_other_errors(*_CLIENT_ERRORS))),
        ),
        "dynamodb": (
            Metric("SuccessfulRequestLatency", "Average", "ms", _MEAN_MS),
            Metric("ThrottledRequests", "Sum", "", _THROTTLES),
        ),
        "elasticache": (Metric("CurrConnections", "Maximum", "", _MOST),),
        "eventbridge_bus": (
            Metric("PutEventsEntriesCount", "Sum", "", _ARRIVALS),
            Metric("PutEventsApproximateThrottledCount", "Sum", "", _THROTTLES),
        ),
        "eventbridge_pipe": (
            Metric("Invocations", "Sum", "", _ARRIVALS),
            Metric("ExecutionFailed", "Sum", "", _other_errors("throttled")),
            Metric("ExecutionThrottled", "Sum", "", _THROTTLES),
        ),
        "eventbridge_rule": (
            Metric("TriggeredRules", "Sum", "", _ARRIVALS),
            Metric("FailedInvocations", "Sum", "", _lost),
        ),
        "eventbridge_scheduler": (
            Metric("InvocationAttemptCount", "Sum", "", _ARRIVALS),
            Metric("InvocationDroppedCount", "Sum", "", _lost),
        ),
        "firehose": (
            Metric("IncomingRecords", "Sum", "", _ARRIVALS),
            Metric("ThrottledRecords", "Sum", "", _THROTTLES),
        ),
        "iot_rule": (
            Metric("TopicMatch", "Sum", "", _ARRIVALS),
            Metric("Failure", "Sum", "", _lost),
        ),
        "kinesis_stream": (
            Metric("IncomingRecords", "Sum", "", _ARRIVALS),
            Metric("WriteProvisionedThroughputExceeded", "Sum", "", _THROTTLES),
            Metric("GetRecords.IteratorAgeMilliseconds", "at the end", "ms", _figure("oldest_age_s", 1000.0)),
        ),
        "lambda": _FUNCTION,
        "lambda_alias_version": _FUNCTION,
        "managed_flink": (Metric("numRecordsIn", "Sum", "", _ARRIVALS),),
        "opensearch": (
            Metric("OpenSearchRequests", "Sum", "", _ARRIVALS),
            Metric("5xx", "Sum", "", _other_errors(*_CLIENT_ERRORS)),
        ),
        "rds_aurora": (Metric("DatabaseConnections", "Maximum", "", _MOST),),
        "s3": (
            Metric("AllRequests", "Sum", "", _ARRIVALS),
            Metric("4xxErrors", "Sum", "", _errors(*_CLIENT_ERRORS)),
            Metric("5xxErrors", "Sum", "", _errors("slow_down")),
            Metric("TotalRequestLatency", "Average", "ms", _MEAN_MS),
        ),
        "sns_fifo": _TOPIC,
        "sns_standard": _TOPIC,
        "sqs_fifo": _QUEUE,
        "sqs_standard": _QUEUE,
        "step_functions_express": _WORKFLOW,
        "step_functions_standard": _WORKFLOW,
        "waf": (
            Metric("AllowedRequests", "Sum", "", _COMPLETIONS),
            Metric("BlockedRequests", "Sum", "", _errors("forbidden")),
        ),
    }
)
"""By service id (AWS docs: the monitoring page of each service)."""


CONSUMED: Final = {"ConsumedReadCapacityUnits": METER_READS, "ConsumedWriteCapacityUnits": METER_WRITES}
"""Metrics of a table that come from its meters."""


def add_cloudwatch_metrics(design: Design, nodes: dict[str, NodeStats], meters: Mapping[str, Sequence[float]]) -> None:
    """Put ``cloudwatch`` beside the figures of every node whose service has such metrics; ``meters`` are by node."""
    for node_id, stats in nodes.items():
        metrics = METRICS.get(design.nodes[node_id].service)
        if metrics:
            stats["cloudwatch"] = {
                f"{metric.name} ({metric.statistic})": {"value": round(metric.value(stats), 4), "unit": metric.unit}
                for metric in metrics
            }
        if design.nodes[node_id].service == "dynamodb":
            stats["cloudwatch"] |= {
                f"{name} (Sum)": {"value": round(float(meters[node_id][column]), 4), "unit": ""}
                for name, column in CONSUMED.items()
            }
