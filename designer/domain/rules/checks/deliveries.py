"""Firehose: its source, its one destination, its buffer and the bucket for what fails."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from designer.domain.catalog.sources import FIREHOSE_TRANSFORM, aws_docs, service_model
from designer.domain.connections.registry import connections
from designer.domain.graph.model import Design, Edge, Node
from designer.domain.graph.operations import AddEdge, AddNode
from designer.domain.rules.fixes import (
    new_edge,
    new_node,
    place_beside,
    remove_edges,
    set_node,
    switch_connection,
)
from designer.domain.rules.meanings import names
from designer.domain.rules.problem import Problem, problem
from designer.domain.rules.registry import rule
from designer.domain.rules.rule import Fix, Scope, Severity

_FIREHOSE: Final = ("firehose",)
_BACKUP: Final = "firehose.s3.backup"
_TO_S3: Final = "firehose.s3.delivery"
_TO_REDSHIFT: Final = "firehose.redshift.delivery"
_NEEDS_BUCKET: Final = (
    "firehose.opensearch.delivery",
    "firehose.splunk.delivery",
    "firehose.http_endpoint.delivery",
    "firehose.api_gateway_rest.delivery",
)
_DESTINATIONS: Final = (_TO_S3, _TO_REDSHIFT, *_NEEDS_BUCKET)
_LEAST_CONVERTED_MB: Final = 64
_SMALL_INTERVAL_S: Final = 60
_USUAL_INTERVAL_S: Final = 300
_CREATE: Final = service_model("firehose", "CreateDeliveryStream")


def _with(design: Design, node: Node, *wanted: str) -> list[Edge]:
    return [edge for edge in design.outgoing(node.id) if edge.connection in wanted]


def _add_bucket(design: Design, firehose: Node, connection: str, label: str) -> Fix:
    bucket = new_node(design, f"{firehose.id}-bucket", "s3", "bucket", place=place_beside(design, firehose))
    return Fix(label, (AddNode(bucket), AddEdge(new_edge(design, firehose.id, bucket.id, connection))))


@rule(
    "R164",
    Severity.ERROR,
    "Redshift without a bucket in between",
    scope=Scope.EDGE,
    only=(_TO_REDSHIFT,),
    why="Firehose cannot write to Redshift itself: it puts objects into a bucket of yours and lets Redshift COPY them.",
    source=service_model("firehose", "RedshiftDestinationConfiguration.S3Configuration"),
)
def redshift_without_bucket(design: Design, edge: Edge) -> Iterator[Problem]:
    """A stream that delivers to Redshift has no bucket."""
    firehose = design.nodes[edge.source]
    if not _with(design, firehose, _BACKUP, _TO_S3):
        yield problem(
            edge,
            f"{firehose.label} has no bucket from which {design.nodes[edge.target].label} could load.",
            _add_bucket(design, firehose, _BACKUP, "Add the bucket"),
        )


@rule(
    "R165",
    Severity.ERROR,
    "No bucket for what cannot be delivered",
    scope=Scope.EDGE,
    only=_NEEDS_BUCKET,
    why="AWS asks for a bucket with every destination. What cannot be delivered within the retry duration goes there.",
    source=service_model("firehose", "HttpEndpointDestinationConfiguration.S3Configuration"),
)
def destination_without_bucket(design: Design, edge: Edge) -> Iterator[Problem]:
    """A stream that delivers to something else than S3 and Redshift has no bucket."""
    firehose = design.nodes[edge.source]
    if not _with(design, firehose, _BACKUP, _TO_S3):
        yield problem(
            edge,
            f"{firehose.label} has no bucket for what {design.nodes[edge.target].label} does not take.",
            _add_bucket(design, firehose, _BACKUP, "Add a backup bucket"),
        )


@rule(
    "R166",
    Severity.ERROR,
    "Several destinations",
    scope=Scope.NODE,
    only=_FIREHOSE,
    why="A Firehose stream has one destination, and besides it a backup bucket.",
    source=_CREATE,
)
def several_destinations(design: Design, firehose: Node) -> Iterator[Problem]:
    """The stream delivers to more than one destination."""
    destinations = _with(design, firehose, *_DESTINATIONS)
    if len(destinations) <= 1:
        return
    fixes = [remove_edges(destinations[1:], f"Keep {design.nodes[destinations[0].target].label} only")]
    buckets = [edge for edge in destinations if edge.connection == _TO_S3]
    if len(destinations) == 2 and len(buckets) == 1 and not _with(design, firehose, _BACKUP):
        fixes.insert(0, switch_connection(design, buckets[0], connections()[_BACKUP]))
    labels = names([design.nodes[edge.target] for edge in destinations])
    yield problem(firehose, f"{firehose.label} delivers to {labels}.", *fixes)


@rule(
    "R167",
    Severity.WARNING,
    "Firehose without a destination",
    scope=Scope.NODE,
    only=_FIREHOSE,
    why="AWS makes no Firehose stream without a destination.",
    source=_CREATE,
)
def no_destination(design: Design, firehose: Node) -> Iterator[Problem]:
    """The stream delivers to nothing."""
    if not _with(design, firehose, *_DESTINATIONS):
        yield problem(
            firehose,
            f"{firehose.label} delivers to nothing.",
            _add_bucket(design, firehose, _TO_S3, "Deliver to a new bucket"),
        )


@rule(
    "R168",
    Severity.ERROR,
    "Several transformations",
    scope=Scope.NODE,
    only=_FIREHOSE,
    why="A Firehose stream calls one function at most.",
    source=FIREHOSE_TRANSFORM,
)
def several_transformations(design: Design, firehose: Node) -> Iterator[Problem]:
    """The stream is transformed by more than one function."""
    transforms = _with(design, firehose, "firehose.lambda.transform")
    if len(transforms) > 1:
        functions = names([design.nodes[edge.target] for edge in transforms])
        yield problem(
            firehose,
            f"{firehose.label} is transformed by {functions}.",
            remove_edges(transforms[1:], f"Keep {design.nodes[transforms[0].target].label} only"),
        )


@rule(
    "C160",
    Severity.ERROR,
    "Several sources",
    scope=Scope.NODE,
    only=_FIREHOSE,
    why="A Firehose stream reads one data stream, which is chosen when it is made.",
    source=aws_docs("Choose source and destination", "firehose/latest/dev/create-name.html"),
)
def several_sources(design: Design, firehose: Node) -> Iterator[Problem]:
    """More than one data stream is the source of the Firehose stream."""
    sources = [edge for edge in design.incoming(firehose.id) if edge.connection == "kinesis_stream.firehose.source"]
    if len(sources) > 1:
        streams = names([design.nodes[edge.source] for edge in sources])
        yield problem(
            firehose,
            f"{firehose.label} would read {streams}.",
            remove_edges(sources[1:], f"Read {design.nodes[sources[0].source].label} only"),
        )


@rule(
    "L168",
    Severity.ERROR,
    "Buffer too small for a columnar format",
    scope=Scope.NODE,
    only=_FIREHOSE,
    why="Parquet and ORC need a buffer of 64 MiB or more; AWS rejects a smaller one.",
    source=aws_docs("Convert input data format", "firehose/latest/dev/record-format-conversion.html"),
)
def converted_buffer_too_small(design: Design, firehose: Node) -> Iterator[Problem]:
    """Format conversion is on and the buffer is smaller than 64 MiB."""
    del design
    if firehose.value("format_conversion") != "none" and firehose.number("buffer_size_mb") < _LEAST_CONVERTED_MB:
        yield problem(
            firehose,
            f"{firehose.label} converts records and has a buffer of {firehose.number('buffer_size_mb'):g} MiB.",
            set_node(firehose, "Use 64 MiB", buffer_size_mb=_LEAST_CONVERTED_MB),
            set_node(firehose, "Switch the conversion off", format_conversion="none"),
            parameter="buffer_size_mb",
        )


@rule(
    "P161",
    Severity.ADVICE,
    "Near real time only",
    scope=Scope.NODE,
    only=_FIREHOSE,
    why="Firehose collects records before it delivers them. Who searches or watches them sees them only after the "
    "buffer interval.",
    source=service_model("firehose", "BufferingHints.IntervalInSeconds"),
)
def late_for_searching(design: Design, firehose: Node) -> Iterator[Problem]:
    """Records for a search engine, Splunk or an endpoint wait for five minutes or more."""
    destinations = _with(design, firehose, *_NEEDS_BUCKET)
    interval_s = firehose.number("buffer_interval_s", _USUAL_INTERVAL_S)
    if destinations and interval_s >= _USUAL_INTERVAL_S:
        yield problem(
            firehose,
            f"Records reach {names([design.nodes[edge.target] for edge in destinations])} up to {interval_s:g} s late, "
            "unless the buffer is full before.",
            set_node(firehose, "Deliver every 60 s", buffer_interval_s=_SMALL_INTERVAL_S),
            parameter="buffer_interval_s",
        )


@rule(
    "M160",
    Severity.ADVICE,
    "Many small objects",
    scope=Scope.NODE,
    only=_FIREHOSE,
    why="Every delivery is a request to S3, and queries over many small objects are slow and dear.",
    source=service_model("firehose", "BufferingHints"),
)
def many_small_objects(design: Design, firehose: Node) -> Iterator[Problem]:
    """Objects for S3 or Redshift are written more often than once a minute."""
    interval_s = firehose.number("buffer_interval_s", _USUAL_INTERVAL_S)
    if interval_s < _SMALL_INTERVAL_S and _with(design, firehose, _TO_S3, _TO_REDSHIFT):
        yield problem(
            firehose,
            f"{firehose.label} writes an object every {interval_s:g} s, however little has come.",
            set_node(firehose, "Deliver every 300 s", buffer_interval_s=_USUAL_INTERVAL_S),
            parameter="buffer_interval_s",
        )
