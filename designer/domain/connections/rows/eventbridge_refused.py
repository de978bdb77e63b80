"""What neither a bus nor a rule can deliver to, and what works instead."""

from __future__ import annotations

from typing import Final

from designer.domain.catalog.spec import Source
from designer.domain.connections.spec import Bridge, Connection, Flow, Mode, Verdict
from designer.domain.connections.wording import EVENTBRIDGE_DLQ, EVENTBRIDGE_TARGETS, PIPE_SOURCES

_NOT_OFFERED: Final = "It is not among the targets that EventBridge offers."


def _through(service: str, label: str, second: str) -> Bridge:
    return Bridge(service, label, f"eventbridge_rule.{service}.target", second)


def _refused(
    target: str,
    *,
    explanation: str,
    alternative: str,
    conditions: str = _NOT_OFFERED,
    mechanism: str = "target",
    label: str = "Target",
    mode: Mode = Mode.RULE_TARGET,
    flow: Flow = Flow.ASYNC,
    authority: Source = EVENTBRIDGE_TARGETS,
    bridge: Bridge | None = None,
    drawable: bool = True,
) -> Connection:
    return Connection(
        id=f"eventbridge_rule.{target}.{mechanism}",
        source="eventbridge_rule",
        target=target,
        mode=mode,
        flow=flow,
        verdict=Verdict.INVALID,
        label=label,
        explanation=explanation,
        conditions=conditions,
        authority=authority,
        alternative=alternative,
        bridge=bridge,
        drawable=drawable,
    )


CONNECTIONS = (
    _refused(
        "sns_fifo",
        explanation="A rule cannot publish on a FIFO topic: a target has no message group for SNS.",
        conditions="A target can give a message group to a queue only.",
        alternative="Make a FIFO queue the target, or a function that publishes with a group.",
        bridge=_through("lambda", "Insert a function", "lambda.sns_fifo.publish"),
    ),
    _refused(
        "step_functions_express",
        mechanism="start_sync",
        label="Wait for the express workflow",
        flow=Flow.SYNC,
        explanation="A rule starts workflows and goes on; it never waits for their result.",
        conditions="Rules start workflows asynchronously only.",
        alternative="Let a pipe or API Gateway start the express workflow and wait.",
        drawable=False,
    ),
    _refused(
        "sqs_fifo",
        mechanism="target_dlq",
        label="Target's dead-letter queue",
        mode=Mode.FAILURE,
        explanation="EventBridge sends what it could not deliver to standard queues only.",
        conditions="Only standard queues are accepted.",
        authority=EVENTBRIDGE_DLQ,
        alternative="Make the dead-letter queue a standard queue.",
        drawable=False,
    ),
    _refused(
        "opensearch",
        explanation="A rule cannot write to a search domain.",
        alternative="Make Data Firehose the target, which delivers to the domain, or a function.",
        bridge=_through("firehose", "Insert Data Firehose", "firehose.opensearch.delivery"),
    ),
    _refused(
        "rds_aurora",
        explanation="A rule cannot run a statement in a relational database; only Redshift's Data API is offered.",
        alternative="Make a function the target, which talks to the database.",
        bridge=_through("lambda", "Insert a function", "lambda.rds_aurora.connect"),
    ),
    _refused(
        "elasticache",
        explanation="A rule cannot reach a cache, which lies inside a VPC.",
        alternative="Make a function in the VPC the target.",
        bridge=_through("lambda", "Insert a function", "lambda.elasticache.connect"),
    ),
    _refused(
        "alb",
        explanation="A load balancer cannot be the target of a rule by itself.",
        alternative="Use an API destination with the balancer's address, through a private connection when it is "
        "internal.",
    ),
    _refused(
        "eventbridge_pipe",
        explanation="A rule cannot feed a pipe: a pipe fetches from queues, streams and brokers.",
        conditions="Nothing is pushed into a pipe.",
        authority=PIPE_SOURCES,
        alternative="Make a queue the target and let the pipe read it.",
        bridge=_through("sqs_standard", "Insert a queue", "sqs_standard.eventbridge_pipe.pipe_source"),
    ),
    Connection(
        id="eventbridge_bus.eventbridge_pipe.pipe_source",
        source="eventbridge_bus",
        target="eventbridge_pipe",
        mode=Mode.PIPE,
        flow=Flow.POLL,
        verdict=Verdict.INVALID,
        label="Source of a pipe",
        explanation="A pipe cannot read a bus, which keeps no events.",
        conditions="A pipe reads queues, streams and brokers only.",
        authority=PIPE_SOURCES,
        alternative="Put a rule with a queue as its target behind the bus, and let the pipe read the queue.",
    ),
)
