"""Alarms of functions, containers, instances and the network around them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from designer.domain.catalog.sources import aws_docs
from designer.domain.connections.spec import Flow, Mode
from designer.domain.derived.alarms import ANY, AlarmRule
from designer.domain.derived.words import duration
from designer.domain.graph.model import Design, Node
from designer.domain.rules.meanings import async_callers, is_destination

_LAMBDA: Final = aws_docs("Types of Lambda metrics", "lambda/latest/dg/monitoring-metrics-types.html")
_ECS: Final = aws_docs("Amazon ECS metrics", "AmazonECS/latest/developerguide/available-metrics.html")
_SCALING: Final = aws_docs("Metrics of Auto Scaling groups", "autoscaling/ec2/userguide/ec2-auto-scaling-metrics.html")
_NAT: Final = aws_docs("NAT gateway metrics", "vpc/latest/userguide/metrics-dimensions-nat-gateway.html")
_STREAMS: Final = ("dynamodb", "kinesis_stream", "msk")


def _near_timeout(_: Design, function: Node) -> str:
    seconds = function.number("timeout_s", 3)
    return f"above {seconds * 800:,.6g} ms (80 % of the timeout of {duration(seconds)})"


def _near_concurrency(design: Design, function: Node) -> str:
    reserved = function.number("reserved_concurrency")
    if reserved > 0:
        return f"above {reserved * 0.8:,.6g} (80 % of the {reserved:,.6g} reserved)"
    account = design.scenario().account_concurrency
    return f"above {account * 0.8:,.6g} over all functions (80 % of the account's {account:,})"


def _is_invoked_asynchronously(design: Design, function: Node) -> bool:
    return bool(async_callers(design, function))


def _has_destination(design: Design, function: Node) -> bool:
    return any(is_destination(edge) for edge in design.outgoing(function.id))


def _reads_a_stream(design: Design, function: Node) -> bool:
    return any(
        edge.flow is Flow.POLL
        and edge.mode is Mode.EVENT_SOURCE_MAPPING
        and design.nodes[edge.source].service in _STREAMS
        for edge in design.incoming(function.id)
    )


def _is_provisioned(_: Design, function: Node) -> bool:
    return function.number("provisioned_concurrency") > 0


_FUNCTION: Final = (
    AlarmRule(
        "Errors", "Sum", "above 1 % of Invocations", "The code fails or runs into its timeout.", _LAMBDA, "AWS/Lambda"
    ),
    AlarmRule(
        "Throttles",
        "Sum",
        ANY,
        "Concurrency is used up: callers get 429, events wait, queues grow.",
        _LAMBDA,
        "AWS/Lambda",
    ),
    AlarmRule(
        "Duration",
        "p99",
        _near_timeout,
        "Calls come close to the timeout, at which work is cut off.",
        _LAMBDA,
        "AWS/Lambda",
    ),
    AlarmRule(
        "ConcurrentExecutions", "Maximum", _near_concurrency, "The next step is throttling.", _LAMBDA, "AWS/Lambda"
    ),
    AlarmRule(
        "AsyncEventAge",
        "Maximum",
        lambda _, function: (
            f"above {duration(function.number('async_maximum_event_age_s', 21_600) / 4)} "
            f"(events are given up after {duration(function.number('async_maximum_event_age_s', 21_600))})"
        ),
        "Events wait in Lambda's queue because the function is throttled or fails.",
        _LAMBDA,
        "AWS/Lambda",
        _is_invoked_asynchronously,
    ),
    AlarmRule(
        "AsyncEventsDropped",
        "Sum",
        ANY,
        "Lambda gave events up. Without a destination they are gone.",
        _LAMBDA,
        "AWS/Lambda",
        _is_invoked_asynchronously,
    ),
    AlarmRule(
        "DestinationDeliveryFailures",
        "Sum",
        ANY,
        "A failed event reached its destination neither: permission, size or key.",
        _LAMBDA,
        "AWS/Lambda",
        _has_destination,
    ),
    AlarmRule(
        "IteratorAge",
        "Maximum",
        "above 1 hour",
        "The function falls behind its stream; records at the end of the retention are lost.",
        _LAMBDA,
        "AWS/Lambda",
        _reads_a_stream,
    ),
    AlarmRule(
        "ProvisionedConcurrencySpilloverInvocations",
        "Sum",
        ANY,
        "Calls run beside the environments that are paid for, with cold starts.",
        _LAMBDA,
        "AWS/Lambda",
        _is_provisioned,
    ),
)

ALARMS: Final[Mapping[str, tuple[AlarmRule, ...]]] = {
    "lambda": _FUNCTION,
    "iot_rule": (
        AlarmRule(
            "Failure",
            "Sum",
            ANY,
            "An action of the rule failed for good; without an error action the message is gone.",
            aws_docs("AWS IoT metrics and dimensions", "iot/latest/developerguide/metrics_dimensions.html"),
            "AWS/IoT",
        ),
        AlarmRule(
            "RuleMessageThrottled",
            "Sum",
            ANY,
            "The account's quota on rule evaluations is used up.",
            aws_docs("AWS IoT metrics and dimensions", "iot/latest/developerguide/metrics_dimensions.html"),
            "AWS/IoT",
        ),
    ),
    "ecs_fargate": (
        AlarmRule("CPUUtilization", "Average", "above 80 %", "Tasks are short of processor time.", _ECS, "AWS/ECS"),
        AlarmRule("MemoryUtilization", "Average", "above 80 %", "Tasks near their memory are killed.", _ECS, "AWS/ECS"),
    ),
    "ec2_autoscaling_group": (
        AlarmRule(
            "GroupInServiceInstances",
            "Minimum",
            "below GroupDesiredCapacity for 10 minutes",
            "Instances cannot be started or fail their checks.",
            _SCALING,
            "AWS/AutoScaling",
        ),
    ),
    "nat": (
        AlarmRule(
            "ErrorPortAllocation",
            "Sum",
            ANY,
            "The gateway has no port left for one destination: connections fail.",
            _NAT,
            "AWS/NATGateway",
        ),
        AlarmRule("PacketsDropCount", "Sum", ANY, "The gateway drops packets.", _NAT, "AWS/NATGateway"),
    ),
}
