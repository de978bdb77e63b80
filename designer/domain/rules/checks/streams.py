"""Streams and who reads them: readers, retention, large records, and whether a queue would do."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from designer.domain.catalog.sources import (
    FLINK_SCALING,
    KINESIS_CONSUMERS,
    KINESIS_QUOTAS,
    SQL_DISCONTINUED,
    aws_docs,
    service_model,
)
from designer.domain.connections.registry import connections
from designer.domain.connections.spec import Flow
from designer.domain.graph.model import Design, Edge, Node
from designer.domain.graph.operations import AddEdge, AddNode, RemoveNode
from designer.domain.rules.fixes import new_edge, new_node, set_edge, set_node, switch_connection
from designer.domain.rules.meanings import FAN_OUT_MAPPING, KINESIS_MAPPING, KINESIS_MAPPINGS, names
from designer.domain.rules.problem import Problem, problem
from designer.domain.rules.registry import rule
from designer.domain.rules.rule import Fix, Scope, Severity

_STREAM: Final = ("kinesis_stream",)
_LARGEST_IN_A_BATCH_KIB: Final = 4_608
"""A batch has 6 MB, and base64 makes a record a third larger."""
_APPLICATION_KPU: Final = 64
_DAY_H: Final = 24
_STREAM_OR_QUEUE: Final = aws_docs(
    "Building real-time consumers with Kinesis, and other AWS services for messaging",
    "streams/latest/dev/introduction.html",
)


def _shares_shards(edge: Edge) -> bool:
    """True for a reader that polls the shards' common reading rate."""
    return edge.flow is Flow.POLL and edge.connection != FAN_OUT_MAPPING and edge.value("enhanced_fan_out") is not True


@rule(
    "P160",
    Severity.WARNING,
    "More than two readers share each shard",
    scope=Scope.NODE,
    only=_STREAM,
    why="All polling readers of a shard share 2 MiB and 5 calls a second. With a third reader of a full shard none "
    "keeps up, and each waits longer for new records.",
    source=KINESIS_CONSUMERS,
)
def too_many_polling_readers(design: Design, stream: Node) -> Iterator[Problem]:
    """Three or more readers poll the stream without enhanced fan-out."""
    sharing = [edge for edge in design.outgoing(stream.id) if _shares_shards(edge)]
    if len(sharing) <= 2:
        return
    fixes = [fix for edge in sharing if (fix := _own_rate(design, edge)) is not None][: len(sharing) - 2]
    readers = names([design.nodes[edge.target] for edge in sharing])
    operations = tuple(operation for fix in fixes for operation in fix.operations)
    offered = (Fix("Give readers enhanced fan-out", operations),) if len(fixes) == len(sharing) - 2 else ()
    yield problem(stream, f"{len(sharing)} readers poll {stream.label}: {readers}.", *offered)


def _own_rate(design: Design, edge: Edge) -> Fix | None:
    if edge.connection == KINESIS_MAPPING:
        return switch_connection(design, edge, connections()[FAN_OUT_MAPPING])
    row = edge.row
    if row is not None and any(parameter.id == "enhanced_fan_out" for parameter in row.parameters):
        return set_edge(edge, "Use enhanced fan-out", enhanced_fan_out=True)
    return None


@rule(
    "L165",
    Severity.WARNING,
    "Records too large for a batch",
    scope=Scope.EDGE,
    only=KINESIS_MAPPINGS,
    why="Lambda hands over at most 6 MB, and base64 makes a record a third larger. A record that does not fit stops "
    "its shard.",
    source=KINESIS_QUOTAS,
)
def record_larger_than_batch(design: Design, edge: Edge) -> Iterator[Problem]:
    """The stream takes records that a function cannot be given."""
    stream = design.nodes[edge.source]
    if stream.number("max_record_kib") > _LARGEST_IN_A_BATCH_KIB:
        yield problem(
            edge,
            f"{stream.label} takes records of up to {stream.number('max_record_kib'):,.0f} KiB; a batch has room for "
            f"one of about {_LARGEST_IN_A_BATCH_KIB:,} KiB.",
            set_node(
                stream, f"Take records of up to {_LARGEST_IN_A_BATCH_KIB:,} KiB", max_record_kib=_LARGEST_IN_A_BATCH_KIB
            ),
        )


@rule(
    "R160",
    Severity.WARNING,
    "Record age beyond the retention",
    scope=Scope.EDGE,
    only=KINESIS_MAPPINGS,
    why="Records are gone from the stream before Lambda would give them up, so that they reach no failure destination.",
    source=service_model("lambda", "CreateEventSourceMapping.MaximumRecordAgeInSeconds"),
)
def record_age_beyond_retention(design: Design, edge: Edge) -> Iterator[Problem]:
    """The maximum record age of a mapping is longer than the stream keeps its records."""
    stream = design.nodes[edge.source]
    kept_s, age_s = stream.number("retention_h", 24) * 3_600, edge.number("maximum_record_age_s", -1)
    if age_s > kept_s:
        hours = min(8_760, -(-int(age_s) // 3_600))
        yield problem(
            edge,
            f"Records may become {age_s / 3600:,.0f} h old, and {stream.label} keeps them for {kept_s / 3600:,.0f} h.",
            set_edge(edge, f"Give up after {kept_s / 3600 - 1:,.0f} h", maximum_record_age_s=int(kept_s) - 3_600),
            set_node(stream, f"Keep records for {hours:,} h", retention_h=hours),
            parameter="maximum_record_age_s",
        )


@rule(
    "R161",
    Severity.ADVICE,
    "A stream where a queue fits",
    scope=Scope.NODE,
    only=_STREAM,
    why="A stream is made for several readers, for order and for reading again. One function that works on each record "
    "by itself gets more from a queue: no shards to size, retries of single messages, and a dead-letter queue.",
    source=_STREAM_OR_QUEUE,
)
def queue_would_do(design: Design, stream: Node) -> Iterator[Problem]:
    """One function is the only reader, record by record, with nothing that needs order or a second reading."""
    readers = [edge for edge in design.outgoing(stream.id) if edge.flow is Flow.POLL]
    if len(readers) != 1 or readers[0].connection != KINESIS_MAPPING:
        return
    mapping = readers[0]
    record_by_record = mapping.value("report_batch_item_failures") is True and mapping.number("tumbling_window_s") == 0
    reads_again = stream.number("retention_h") > _DAY_H or mapping.value("starting_position") == "AT_TIMESTAMP"
    if record_by_record and not reads_again:
        yield problem(
            stream,
            f"Only {design.nodes[mapping.target].label} reads {stream.label}, and it answers for each record by "
            "itself. Unless the order of the records matters, a queue is simpler and cheaper.",
        )


@rule(
    "L166",
    Severity.ADVICE,
    "Fewer keys than shards",
    scope=Scope.NODE,
    only=_STREAM,
    why="All records of a key go to one shard, so that the other shards stay empty and are paid all the same.",
    source=KINESIS_QUOTAS,
)
def fewer_keys_than_shards(design: Design, stream: Node) -> Iterator[Problem]:
    """A provisioned stream has more shards than its records have different keys."""
    del design
    keys, shards = int(stream.number("distinct_keys", 1)), int(stream.number("shard_count", 1))
    if stream.value("stream_mode") == "PROVISIONED" and keys < shards:
        yield problem(
            stream,
            f"{stream.label} has {shards} shards and {keys} different {'key' if keys == 1 else 'keys'}.",
            set_node(stream, f"Use {keys} {'shard' if keys == 1 else 'shards'}", shard_count=keys),
            parameter="shard_count",
        )


@rule(
    "R162",
    Severity.ERROR,
    "Retired service",
    scope=Scope.NODE,
    only=("kinesis_analytics_sql", "managed_flink"),
    why="AWS takes no new SQL applications since October 2025 and deletes the old ones from 27 January 2026.",
    source=SQL_DISCONTINUED,
)
def retired_sql(design: Design, application: Node) -> Iterator[Problem]:
    """The node is a SQL application, which AWS no longer runs."""
    if application.service == "managed_flink":
        if application.value("runtime") == "SQL-1_0":
            yield problem(
                application,
                f"{application.label} uses the retired SQL runtime.",
                set_node(application, "Use Flink 1.20", runtime="FLINK-1_20"),
                parameter="runtime",
            )
        return
    yield problem(
        application,
        f"{application.label} is a SQL application, which AWS no longer runs.",
        _replace(design, application),
    )


def _replace(design: Design, application: Node) -> Fix:
    """Put a Flink application in its place that reads the same streams."""
    flink = new_node(
        design, f"{application.id}-flink", "managed_flink", application.label, place=(application.x, application.y)
    )
    streams = dict.fromkeys(
        edge.source for edge in design.incoming(application.id) if design.nodes[edge.source].service == "kinesis_stream"
    )
    edges = [new_edge(design, stream, flink.id, "kinesis_stream.managed_flink.source") for stream in streams]
    return Fix(
        "Replace it by Managed Service for Apache Flink",
        (RemoveNode(application.id), AddNode(flink), *(AddEdge(edge) for edge in edges)),
    )


@rule(
    "R163",
    Severity.WARNING,
    "Flink without checkpoints",
    scope=Scope.NODE,
    only=("managed_flink",),
    why="After a failure or a change of scale the program begins with nothing: counts are wrong, and records are lost "
    "or counted twice.",
    source=service_model("kinesisanalyticsv2", "CheckpointConfiguration"),
)
def flink_without_checkpoints(design: Design, application: Node) -> Iterator[Problem]:
    """Checkpointing is off."""
    del design
    if application.value("checkpointing") is False:
        yield problem(
            application,
            f"{application.label} saves no state.",
            set_node(application, "Switch checkpoints on", checkpointing=True),
            parameter="checkpointing",
        )


@rule(
    "L167",
    Severity.WARNING,
    "More processing units than the quota",
    scope=Scope.NODE,
    only=("managed_flink",),
    why="An application has up to 64 KPU until AWS raises the quota; it does not start or scale beyond.",
    source=FLINK_SCALING,
)
def too_many_kpu(design: Design, application: Node) -> Iterator[Problem]:
    """The parallelism divided by the tasks per unit is more than 64."""
    del design
    parallelism, per_kpu = application.number("parallelism", 1), max(1.0, application.number("parallelism_per_kpu", 1))
    kpu = -(-int(parallelism) // int(per_kpu))
    if kpu > _APPLICATION_KPU:
        needed = -(-int(parallelism) // _APPLICATION_KPU)
        fixes = (
            (set_node(application, f"Run {needed} tasks on each unit", parallelism_per_kpu=needed),)
            if needed <= 8
            else (set_node(application, "Run 512 tasks, 8 on each unit", parallelism=512, parallelism_per_kpu=8),)
        )
        yield problem(application, f"{application.label} needs {kpu} KPU.", *fixes, parameter="parallelism")
