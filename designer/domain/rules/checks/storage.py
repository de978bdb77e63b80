"""Buckets, tables and the functions that read a table's stream."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from designer.domain.catalog.sources import DYNAMODB_STREAM_MAPPING, aws_docs, service_model, toolkit
from designer.domain.connections.spec import Flow
from designer.domain.graph.model import Design, Edge, Node
from designer.domain.rules.fixes import add_failure_queue, remove_edge, set_edge, set_node
from designer.domain.rules.meanings import STREAM_MAPPINGS, STREAM_ON_FAILURE, names, polled_sources
from designer.domain.rules.problem import Problem, problem
from designer.domain.rules.registry import rule
from designer.domain.rules.rule import Scope, Severity

_EVENT_SOURCES: Final = toolkit("Lambda event sources", "event-sources.md")
_RECURSION: Final = aws_docs("Recursive loop detection of Lambda", "lambda/latest/dg/invocation-recursion.html")
_EVENT_OF_ACTION: Final = {"PutObject": "ObjectCreated", "DeleteObject": "ObjectRemoved"}


@rule(
    "R017",
    Severity.ERROR,
    "Function triggers itself through its bucket",
    scope=Scope.EDGE,
    only=("lambda.s3.api",),
    why="Every object that the function writes starts it again, without end. Lambda stops such a loop after about 16 "
    "rounds and drops the event.",
    source=_RECURSION,
)
def function_writes_to_its_bucket(design: Design, edge: Edge) -> Iterator[Problem]:
    """The function writes to a bucket whose notification, without a prefix or suffix, calls it."""
    for trigger in _triggers(design, edge):
        if not trigger.value("prefix") and not trigger.value("suffix"):
            function, bucket = design.nodes[edge.source], design.nodes[edge.target]
            yield problem(
                edge,
                f"{function.label} writes to {bucket.label}, and every new object there calls {function.label}.",
                set_edge(trigger, "Call it only for keys that begin with incoming/", prefix="incoming/"),
                remove_edge(edge, "Remove the write"),
            )
            return


@rule(
    "R018",
    Severity.WARNING,
    "Function writes to the bucket that triggers it",
    scope=Scope.EDGE,
    only=("lambda.s3.api",),
    why="Only the prefix or suffix keeps the function from calling itself without end. A bucket for the results is "
    "safer.",
    source=_RECURSION,
)
def function_writes_beside_its_trigger(design: Design, edge: Edge) -> Iterator[Problem]:
    """The function writes to a bucket whose notification calls it for some keys."""
    for trigger in _triggers(design, edge):
        if trigger.value("prefix") or trigger.value("suffix"):
            function, bucket = design.nodes[edge.source], design.nodes[edge.target]
            yield problem(edge, f"{function.label} writes to {bucket.label}, which calls it for some keys.")
            return


@rule(
    "S002",
    Severity.WARNING,
    "Bucket that can be public",
    scope=Scope.NODE,
    only=("s3",),
    why="One policy or access list is enough to show its objects to everybody.",
    source=aws_docs(
        "Blocking public access to S3", "AmazonS3/latest/userguide/access-control-block-public-access.html"
    ),
)
def bucket_can_be_public(design: Design, bucket: Node) -> Iterator[Problem]:
    """Block Public Access is off."""
    del design
    if bucket.value("block_public_access") is False:
        yield problem(
            bucket,
            f"{bucket.label} does not block public access.",
            set_node(bucket, "Block public access", block_public_access=True),
            parameter="block_public_access",
        )


@rule(
    "R043",
    Severity.ADVICE,
    "Table without point-in-time recovery",
    scope=Scope.NODE,
    only=("dynamodb",),
    why="Items that a faulty program overwrites or deletes cannot be brought back.",
    source=aws_docs("Point-in-time recovery", "amazondynamodb/latest/developerguide/Point-in-time-recovery.html"),
)
def table_without_recovery(design: Design, table: Node) -> Iterator[Problem]:
    """Continuous backups are off."""
    del design
    if table.value("point_in_time_recovery") is not True:
        yield problem(
            table,
            f"{table.label} has no continuous backups.",
            set_node(table, "Switch point-in-time recovery on", point_in_time_recovery=True),
            parameter="point_in_time_recovery",
        )


@rule(
    "R172",
    Severity.ADVICE,
    "Provisioned table that does not scale",
    scope=Scope.NODE,
    only=("dynamodb",),
    why="Traffic above the capacity is throttled until somebody raises it, and capacity that nobody uses is paid for.",
    source=aws_docs("Managing throughput with auto scaling", "amazondynamodb/latest/developerguide/AutoScaling.html"),
)
def table_without_scaling(design: Design, table: Node) -> Iterator[Problem]:
    """A provisioned table has no auto scaling."""
    del design
    if table.value("billing_mode") == "provisioned" and table.value("auto_scaling_percent") is None:
        yield problem(
            table,
            f"{table.label} keeps the capacity that was set.",
            set_node(table, "Keep 70 % of the capacity in use", auto_scaling_percent=70),
            set_node(table, "Switch to on demand", billing_mode="on_demand"),
            parameter="auto_scaling_percent",
        )


@rule(
    "R044",
    Severity.ADVICE,
    "Table that can be deleted",
    scope=Scope.NODE,
    only=("dynamodb",),
    why="One wrong call or one removed resource of a stack deletes the table with its items.",
    source=service_model("dynamodb", "CreateTable.DeletionProtectionEnabled"),
)
def table_without_protection(design: Design, table: Node) -> Iterator[Problem]:
    """Deletion protection is off."""
    del design
    if table.value("deletion_protection") is not True:
        yield problem(
            table,
            f"{table.label} is not protected against deletion.",
            set_node(table, "Protect it", deletion_protection=True),
            parameter="deletion_protection",
        )


@rule(
    "R035",
    Severity.WARNING,
    "One bad record stops the stream",
    scope=Scope.EDGE,
    only=STREAM_MAPPINGS,
    why="A failing batch is repeated until its records expire: 24 hours for a table's stream, the retention for a data "
    "stream. All that time its shard delivers nothing else.",
    source=DYNAMODB_STREAM_MAPPING,
)
def endless_stream_retries(design: Design, edge: Edge) -> Iterator[Problem]:
    """Neither the retries nor the age of records are limited."""
    if edge.number("maximum_retry_attempts", -1) < 0 and edge.number("maximum_record_age_s", -1) < 0:
        yield problem(
            edge,
            f"A record that {design.nodes[edge.target].label} cannot handle blocks its shard for up to "
            f"{design.nodes[edge.source].number('retention_h', 24):,.0f} hours.",
            set_edge(edge, "Try 3 more times and split failed batches", maximum_retry_attempts=3, bisect_on_error=True),
            parameter="maximum_retry_attempts",
        )


@rule(
    "R036",
    Severity.ADVICE,
    "Skipped records leave no trace",
    scope=Scope.NODE,
    only=("lambda",),
    why="Records that are skipped after their retries, or because they are too old, cannot be found again.",
    source=_EVENT_SOURCES,
)
def stream_without_failure_destination(design: Design, function: Node) -> Iterator[Problem]:
    """The function reads a stream, and no destination keeps the position of what was skipped."""
    streams = [stream for _, stream in polled_sources(design, function, *STREAM_MAPPINGS)]
    if streams and not any(edge.connection in STREAM_ON_FAILURE for edge in design.outgoing(function.id)):
        yield problem(
            function,
            f"Records of {names(streams)} that {function.label} cannot handle are skipped without a trace.",
            add_failure_queue(
                design, function, "lambda.sqs_standard.stream_on_failure", "Add a queue for skipped records"
            ),
        )


@rule(
    "R037",
    Severity.WARNING,
    "More than two readers of one stream",
    scope=Scope.NODE,
    only=("dynamodb",),
    why="A third reader of a shard makes all of them run into throttling.",
    source=_EVENT_SOURCES,
)
def too_many_stream_readers(design: Design, table: Node) -> Iterator[Problem]:
    """Three or more functions or pipes read the table's stream."""
    readers = [design.nodes[edge.target] for edge in design.outgoing(table.id) if edge.flow is Flow.POLL]
    if len(readers) > 2:
        yield problem(
            table,
            f"{len(readers)} readers share the stream of {table.label}: {names(readers)}. Let one of them publish the "
            "changes to a topic or a bus.",
        )


def _triggers(design: Design, edge: Edge) -> Iterator[Edge]:
    """Notifications of the written bucket that call the writing function for what it does."""
    event = _EVENT_OF_ACTION.get(str(edge.value("action")))
    if event is None:
        return
    for trigger in design.incoming(edge.source):
        if trigger.source == edge.target and trigger.connection == "s3.lambda.event_notification":
            events = str(trigger.value("events") or "")
            if event in events or "s3:*" in events:
                yield trigger
