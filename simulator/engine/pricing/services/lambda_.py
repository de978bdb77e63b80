"""Lambda: requests, duration, provisioned concurrency, ephemeral storage, logs."""

from __future__ import annotations

from collections.abc import Iterator

from designer.domain.graph.model import Node
from simulator.engine import stations as st
from simulator.engine.lowering.event_source_mapping import LEAST_POLLERS
from simulator.engine.pricing.log_storage import kept_gb_months
from simulator.engine.pricing.usage import GB_IN_KB, Metered, Usage

SERVICE = "lambda"
LOG_EVENT_BYTES = 26.0
"""CloudWatch Logs adds this to each log event (AWS price list, Amazon CloudWatch)."""
INCLUDED_STORAGE_MB = 512.0
_STREAMED = "api_gateway_rest.lambda.streaming"
_FREE_STREAMED_KB = 6.0 * 1024.0
"""The first 6 MB of an answer cost nothing (AWS price list, AWS Lambda)."""
_CACHED_RUNTIMES = ("python", "dotnet")
"""SnapStart is free for Java (AWS price list, AWS Lambda)."""
_QUEUE_MAPPINGS = ("sqs_standard.lambda.event_source_mapping",)


def meter(usage: Usage, node: Node) -> Iterator[Metered]:
    """Billed milliseconds come from the kernel, rounded up for each invocation."""
    suffix = "arm64" if node.value("architecture") == "arm64" else "x86"
    gb = node.number("memory_mb", 128.0) / 1024.0
    invocations = usage.meter(node, st.METER_INVOCATIONS)
    seconds = usage.meter(node, st.METER_BILLED_MS) / 1000.0
    provisioned_s = usage.meter(node, st.METER_PROVISIONED_MS) / 1000.0
    yield Metered(node.id, "lambda.requests", invocations)
    yield Metered(node.id, f"lambda.duration_{suffix}", seconds * gb)
    provisioned = node.number("provisioned_concurrency")
    if provisioned > 0:
        yield Metered(node.id, f"lambda.provisioned_concurrency_{suffix}", provisioned * gb * usage.seconds)
    if provisioned_s > 0:
        yield Metered(node.id, f"lambda.provisioned_duration_{suffix}", provisioned_s * gb)
    pollers = sum(
        max(edge.number("minimum_pollers", LEAST_POLLERS), LEAST_POLLERS)
        for edge in usage.incoming(node)
        if edge.connection in _QUEUE_MAPPINGS and edge.value("minimum_pollers") is not None
    )
    if pollers > 0:
        yield Metered(node.id, "lambda.sqs_pollers", pollers * usage.hours)
    extra_mb = node.number("ephemeral_storage_mb", INCLUDED_STORAGE_MB) - INCLUDED_STORAGE_MB
    if extra_mb > 0:
        yield Metered(node.id, "lambda.ephemeral_storage", extra_mb / 1024.0 * (seconds + provisioned_s))
    log_bytes = node.number("log_bytes")
    if log_bytes > 0:
        gigabytes = invocations * (log_bytes + LOG_EVENT_BYTES) / 1024.0**3
        yield Metered(node.id, "lambda.logs", gigabytes)
        yield Metered(node.id, "cloudwatch_logs.storage", kept_gb_months(gigabytes, node.value("log_retention_days")))
    yield from _snap_start(usage, node, gb)
    yield Metered(node.id, "lambda.response_streaming", _streamed_gb(usage, node))


def _snap_start(usage: Usage, node: Node, gb: float) -> Iterator[Metered]:
    """A cached snapshot for as long as its version is active, and each environment that is restored from it."""
    if node.value("snap_start") is True and str(node.value("runtime")).startswith(_CACHED_RUNTIMES):
        yield Metered(node.id, "lambda.snap_start_cache", gb * usage.seconds)
        yield Metered(node.id, "lambda.snap_start_restore", gb * usage.cold_starts(node))


def _streamed_gb(usage: Usage, node: Node) -> float:
    """What the answers have above the part that is free."""
    apis = usage.plan.design.nodes
    return sum(
        usage.calls(edge) * max(apis[edge.source].number("response_kb") - _FREE_STREAMED_KB, 0.0) / GB_IN_KB
        for edge in usage.incoming(node)
        if edge.connection == _STREAMED
    )
