"""Whether those who read streams keep up with the expected traffic."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Final

from designer.domain.catalog.registry import services
from designer.domain.catalog.sources import FIREHOSE_QUOTAS, FLINK_SCALING, aws_docs
from designer.domain.graph.model import Design, Edge, Node
from designer.domain.rules.fixes import set_edge, set_node
from designer.domain.rules.meanings import KINESIS_MAPPINGS
from designer.domain.rules.problem import Problem, problem
from designer.domain.rules.registry import rule
from designer.domain.rules.rule import Fix, Scope, Severity
from designer.domain.rules.traffic import arriving_rate, expected_rates

_FULL_VCPU_MB: Final = 1_769
_MOST_PARALLEL: Final = 10
_DIRECT_PUT: Final = "DirectPut"


@rule(
    "P162",
    Severity.WARNING,
    "Function slower than its stream",
    scope=Scope.DESIGN,
    why="Each shard has one batch at a time, or as many as its parallel batches. When they take longer than records "
    "come, the iterator age grows until records expire.",
    source=aws_docs("Using Lambda with Kinesis Data Streams", "lambda/latest/dg/with-kinesis.html"),
)
def reader_falls_behind(design: Design) -> Iterator[Problem]:
    """A function's time for the records of a second on a shard is more than its parallel batches have."""
    streams = design.nodes_of("kinesis_stream")
    rates = expected_rates(design) if streams else {}
    for stream in streams:
        per_shard = arriving_rate(design, rates, stream) / max(stream.number("shard_count", 1), 1)
        for edge in design.outgoing(stream.id):
            if edge.connection in KINESIS_MAPPINGS and stream.value("stream_mode") == "PROVISIONED":
                yield from _too_slow(design, stream, edge, per_shard)


def _too_slow(design: Design, stream: Node, edge: Edge, per_shard: float) -> Iterator[Problem]:
    function = design.nodes[edge.target]
    passing = edge.number("filter_pass_percent", 100) / 100
    busy = per_shard * passing * _seconds_per_record(function)
    factor = max(edge.number("parallelization_factor", 1), 1)
    if busy <= factor:
        return
    needed = math.ceil(busy)
    fixes: list[Fix] = []
    if needed <= _MOST_PARALLEL:
        fixes.append(set_edge(edge, f"Work on {needed} batches of a shard at once", parallelization_factor=needed))
    shards = math.ceil(stream.number("shard_count", 1) * busy / factor)
    fixes.append(set_node(stream, f"Use {shards} shards", shard_count=shards))
    yield problem(
        edge,
        f"{function.label} needs {busy:,.1f} s for the records that come to a shard of {stream.label} in a second.",
        *fixes,
        parameter="parallelization_factor",
    )


def _seconds_per_record(function: Node) -> float:
    slower = max(1.0, _FULL_VCPU_MB / max(function.number("memory_mb", 128), 1))
    return (function.number("wait_ms") + function.number("cpu_ms", 10) * slower) / 1000


@rule(
    "P163",
    Severity.WARNING,
    "Flink application slower than its streams",
    scope=Scope.DESIGN,
    why="Records wait in the stream, and the results come later and later.",
    source=FLINK_SCALING,
)
def flink_falls_behind(design: Design) -> Iterator[Problem]:
    """The tasks of an application together need longer than a second for the records of a second."""
    applications = design.nodes_of("managed_flink")
    rates = expected_rates(design) if applications else {}
    for application in applications:
        tasks = max(application.number("parallelism", 1), 1)
        busy = arriving_rate(design, rates, application) * application.number("record_ms", 0.2) / 1000
        if busy > tasks:
            needed = math.ceil(busy)
            yield problem(
                application,
                f"{application.label} needs {busy:,.1f} tasks for the records that come, and has {tasks:g}.",
                set_node(application, f"Run {needed} tasks", parallelism=needed),
                parameter="parallelism",
            )


@rule(
    "L178",
    Severity.WARNING,
    "Above the Direct PUT quota",
    scope=Scope.DESIGN,
    why="Firehose refuses what is above the stream's quota of 5 MiB or 500,000 records a second in the largest "
    "Regions, less in others, until AWS has raised it.",
    source=FIREHOSE_QUOTAS,
)
def above_direct_put(design: Design) -> Iterator[Problem]:
    """The expected records of a Direct PUT stream are more than its quota."""
    limits = services()["firehose"]
    streams = [node for node in design.nodes_of("firehose") if node.value("source_type") == _DIRECT_PUT]
    rates = expected_rates(design) if streams else {}
    for firehose in streams:
        per_s = arriving_rate(design, rates, firehose)
        mib = per_s * firehose.number("record_kb", 1) / 1024
        if per_s > limits.limit("put_records").value or mib > limits.limit("put_mib").value:
            yield problem(
                firehose,
                f"{firehose.label} gets up to {per_s:,.0f} records and {mib:,.1f} MiB a second. Ask AWS for more, or "
                "let it read a data stream, for which there is no such quota.",
                parameter="record_kb",
            )
