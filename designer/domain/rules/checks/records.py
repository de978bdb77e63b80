"""The size of records, the number of readers with a rate of their own, and filters that never match."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from typing import Final

from designer.domain.catalog.registry import services
from designer.domain.catalog.sources import KINESIS_CONSUMERS, aws_docs, aws_page, service_model
from designer.domain.connections.registry import connections
from designer.domain.graph.model import Design, Edge, Node
from designer.domain.rules.fixes import set_edge, set_node, switch_connection
from designer.domain.rules.meanings import FAN_OUT_MAPPING, KINESIS_MAPPING, STREAM_MAPPING
from designer.domain.rules.problem import Problem, problem
from designer.domain.rules.registry import rule
from designer.domain.rules.rule import Fix, Scope, Severity

_STEP_KB: Final = 5.0
_LARGEST_KIB: Final = 10_240


@rule(
    "L175",
    Severity.ERROR,
    "Records larger than the stream takes",
    scope=Scope.NODE,
    only=("kinesis_stream", "firehose"),
    why="Every write of such a record is refused.",
    source=service_model("kinesis", "CreateStream.MaxRecordSizeInKiB"),
)
def record_too_large(design: Design, stream: Node) -> Iterator[Problem]:
    """The typical record is above the stream's own maximum, or the fixed one of Firehose."""
    del design
    size_kb = stream.number("record_kb", 1)
    if stream.service == "firehose":
        most = services()["firehose"].limit("record").value
        fix = set_node(stream, f"Keep records to {most:,.0f} KiB", record_kb=most)
    else:
        most = stream.number("max_record_kib", 1_024)
        fix = set_node(stream, "Take larger records", max_record_kib=min(_LARGEST_KIB, math.ceil(size_kb)))
    if size_kb > most:
        yield problem(
            stream,
            f"Records of {stream.label} have {size_kb:,g} KB, and it takes {most:,.0f} KiB.",
            fix,
            parameter="record_kb",
        )


@rule(
    "L176",
    Severity.ERROR,
    "Too many enhanced fan-out readers",
    scope=Scope.NODE,
    only=("kinesis_stream",),
    why="A stream has 20 readers with a rate of their own at most; 50 with On-demand Advantage.",
    source=KINESIS_CONSUMERS,
)
def too_many_fan_out_readers(design: Design, stream: Node) -> Iterator[Problem]:
    """More than 20 readers use enhanced fan-out."""
    readers = [
        edge
        for edge in design.outgoing(stream.id)
        if edge.connection == FAN_OUT_MAPPING or edge.value("enhanced_fan_out") is True
    ]
    most = int(services()["kinesis_stream"].limit("fan_out_consumers").value)
    if len(readers) > most:
        fixes = [_poll_instead(design, edge) for edge in readers[most:]]
        operations = tuple(operation for fix in fixes for operation in fix.operations)
        yield problem(
            stream, f"{stream.label} has {len(readers)} such readers.", Fix("Let the others poll", operations)
        )


def _poll_instead(design: Design, edge: Edge) -> Fix:
    if edge.connection == FAN_OUT_MAPPING:
        return switch_connection(design, edge, connections()[KINESIS_MAPPING])
    return set_edge(edge, "Poll", enhanced_fan_out=False)


@rule(
    "L177",
    Severity.ERROR,
    "Numeric filter on a table's stream",
    scope=Scope.EDGE,
    only=(STREAM_MAPPING,),
    why="A table's stream holds numbers as text, so that a numeric comparison never matches: no record reaches the "
    "function.",
    source=aws_docs("Using event filtering with a DynamoDB event source", "lambda/latest/dg/with-ddb-filtering.html"),
)
def numeric_filter_on_table(design: Design, edge: Edge) -> Iterator[Problem]:
    """A filter pattern of the mapping compares numbers."""
    text = edge.value("filter_patterns")
    if not isinstance(text, str) or not _has_key(text, "numeric"):
        return
    function = design.nodes[edge.target]
    yield problem(
        edge,
        f"The filter of {function.label} compares numbers, which no record can satisfy.",
        set_edge(edge, "Take the filter away", filter_patterns=None),
        parameter="filter_patterns",
    )


def _has_key(text: str, key: str) -> bool:
    """Whether the JSON text has an object with this key anywhere."""
    try:
        waiting: list[object] = [json.loads(text)]
    except (json.JSONDecodeError, RecursionError):
        return False
    while waiting:
        value = waiting.pop()
        if isinstance(value, dict):
            if key in value:
                return True
            waiting.extend(value.values())
        elif isinstance(value, list):
            waiting.extend(value)
    return False


@rule(
    "M162",
    Severity.ADVICE,
    "Small records for Firehose",
    scope=Scope.NODE,
    only=("firehose",),
    why="Firehose bills each record as 5 KB at least: records of 1 KB cost five times as much as five of them in one.",
    source=aws_page("Amazon Data Firehose pricing", "https://aws.amazon.com/firehose/pricing/", "2026"),
)
def small_records(design: Design, firehose: Node) -> Iterator[Problem]:
    """The person has said that records are far below 5 KB."""
    del design
    size_kb = firehose.number("record_kb", 1)
    if "record_kb" in firehose.parameters and size_kb <= _STEP_KB / 2:
        yield problem(
            firehose,
            f"Records of {firehose.label} have {size_kb:g} KB and are billed as {_STEP_KB:g}. Put several into one.",
            parameter="record_kb",
        )
