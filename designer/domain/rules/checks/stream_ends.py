"""Streams that nobody reads, and Firehose streams that wait for a data stream that is not there."""

from __future__ import annotations

from collections.abc import Iterator

from designer.domain.catalog.sources import aws_docs
from designer.domain.graph.model import Design, Node
from designer.domain.rules.fixes import set_node
from designer.domain.rules.problem import Problem, problem
from designer.domain.rules.registry import rule
from designer.domain.rules.rule import Scope, Severity


@rule(
    "R173",
    Severity.WARNING,
    "Stream that nobody reads",
    scope=Scope.NODE,
    only=("kinesis_stream",),
    why="Its records are paid for, kept for the retention and then deleted without having been used.",
    source=aws_docs("Read data from Kinesis Data Streams", "streams/latest/dev/building-consumers.html"),
)
def unread_stream(design: Design, stream: Node) -> Iterator[Problem]:
    """Something writes to the stream, and nothing reads it."""
    if design.incoming(stream.id) and not design.outgoing(stream.id):
        yield problem(stream, f"Nothing reads {stream.label}.")


@rule(
    "C162",
    Severity.ADVICE,
    "Firehose waits for a data stream",
    scope=Scope.NODE,
    only=("firehose",),
    why="With a data stream as its source Firehose takes records from nowhere else.",
    source=aws_docs("Choose source and destination", "firehose/latest/dev/create-name.html"),
)
def source_is_missing(design: Design, firehose: Node) -> Iterator[Problem]:
    """The source is a data stream, and none is connected."""
    if firehose.value("source_type") != "KinesisStreamAsSource":
        return
    if not any(edge.connection == "kinesis_stream.firehose.source" for edge in design.incoming(firehose.id)):
        yield problem(
            firehose,
            f"The source of {firehose.label} is a data stream, but none leads to it.",
            set_node(firehose, "Take Direct PUT instead", source_type="DirectPut"),
            parameter="source_type",
        )
