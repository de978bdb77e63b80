"""Whether the expected traffic fits into shards, partitions, prefixes and provisioned capacity."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from typing import Final

from designer.domain.catalog.key_skew import largest_share
from designer.domain.catalog.registry import services
from designer.domain.catalog.sources import DYNAMODB_QUOTAS, KINESIS_QUOTAS, KINESIS_SIZING, S3_PERFORMANCE, aws_docs
from designer.domain.graph.model import Design, Node
from designer.domain.rules.fixes import set_node
from designer.domain.rules.problem import Problem, problem
from designer.domain.rules.registry import rule
from designer.domain.rules.rule import Scope, Severity
from designer.domain.rules.traffic import arriving_rate, expected_rates

_READS: Final = frozenset({"GetItem", "Query", "Scan", "GetObject"})
_SHARD_KB_PER_S: Final = 1_024
_EVEN_SHARE: Final = 0.001
"""A key with less than this of all requests fills no partition at a million requests a second."""
_PARTITION: Final = aws_docs(
    "Burst and adaptive capacity", "amazondynamodb/latest/developerguide/burst-adaptive-capacity.html"
)


@rule(
    "L160",
    Severity.WARNING,
    "Too few shards for the traffic",
    scope=Scope.DESIGN,
    why="A shard refuses what is above 1 MiB or 1,000 records a second. Writers have to send it again, or lose it.",
    source=KINESIS_QUOTAS,
)
def too_few_shards(design: Design) -> Iterator[Problem]:
    """The expected records or kilobytes of a provisioned stream are more than its shards take."""
    for stream, per_s in _arriving(design, "kinesis_stream"):
        shards, needed = int(stream.number("shard_count", 1)), _shards_for(stream, per_s)
        if stream.value("stream_mode") == "PROVISIONED" and needed > shards:
            mib_per_s = per_s * stream.number("record_kb", 1) / 1024
            yield problem(
                stream,
                f"{stream.label} gets up to {per_s:,.0f} records and {mib_per_s:,.1f} MiB a second, "
                f"too much for {shards} {'shard' if shards == 1 else 'shards'}.",
                set_node(stream, f"Use {needed} shards", shard_count=needed),
                set_node(stream, "Switch to on demand", stream_mode="ON_DEMAND"),
                parameter="shard_count",
            )


@rule(
    "L161",
    Severity.WARNING,
    "One partition key fills a shard",
    scope=Scope.DESIGN,
    why="All records of a key go to one shard. Neither more shards nor on demand help when one key brings more than "
    "1,000 records or 1 MiB a second.",
    source=KINESIS_SIZING,
)
def hot_partition_key(design: Design) -> Iterator[Problem]:
    """The most frequent key of a stream brings more than one shard takes."""
    for stream, per_s in _arriving(design, "kinesis_stream"):
        share = _share(stream)
        if _shards_for(stream, per_s * share) > 1:
            yield problem(
                stream,
                f"The most frequent key of {stream.label} brings {per_s * share:,.0f} of {per_s:,.0f} "
                "records a second. Take a key with more values, or add a number to it.",
                parameter="distinct_keys",
            )


@rule(
    "L162",
    Severity.WARNING,
    "Less capacity than the traffic needs",
    scope=Scope.DESIGN,
    why="Requests above the provisioned capacity fail once 300 seconds of saved capacity are used up.",
    source=DYNAMODB_QUOTAS,
)
def too_little_capacity(design: Design) -> Iterator[Problem]:
    """The expected reads or writes of a provisioned table are more than its units."""
    provisioned = [table for table in design.nodes_of("dynamodb") if table.value("billing_mode") == "provisioned"]
    for table, reads, writes in _units(design, provisioned):
        for what, parameter, units in (
            ("writes", "write_capacity_units", writes),
            ("reads", "read_capacity_units", reads),
        ):
            if units > table.number(parameter):
                needed = math.ceil(units)
                yield problem(
                    table,
                    f"{table.label} needs up to {needed:,} units for {what} and has {table.number(parameter):,.0f}.",
                    set_node(table, f"Provision {needed:,} units", **{parameter: needed}),
                    set_node(table, "Switch to on demand", billing_mode="on_demand"),
                    parameter=parameter,
                )


@rule(
    "L163",
    Severity.WARNING,
    "One key fills a partition",
    scope=Scope.DESIGN,
    why="A partition gives 1,000 units for writes and 3,000 for reads a second, whatever the table has. Requests for a "
    "hotter key are throttled.",
    source=_PARTITION,
)
def hot_item_key(design: Design) -> Iterator[Problem]:
    """The most frequent partition key of a table needs more than one partition gives."""
    uneven = [table for table in design.nodes_of("dynamodb") if _share(table) > _EVEN_SHARE]
    for table, reads, writes in _units(design, uneven):
        share = _share(table)
        for what, limit, units in (("writes", "partition_write", writes), ("reads", "partition_read", reads)):
            most = services()["dynamodb"].limit(limit).value
            if units * share > most:
                yield problem(
                    table,
                    f"The most frequent key of {table.label} needs {units * share:,.0f} units a second for {what}; one "
                    f"partition gives {most:,.0f}. Take a key with more values, add a number to it, or put a cache in "
                    "front.",
                    parameter="distinct_keys",
                )
                break


@rule(
    "L164",
    Severity.WARNING,
    "More requests than one prefix takes",
    scope=Scope.DESIGN,
    why="S3 answers 503 Slow Down above 3,500 writes or 5,500 reads a second under one prefix, until it has split the "
    "prefix, which takes minutes.",
    source=S3_PERFORMANCE,
)
def too_few_prefixes(design: Design) -> Iterator[Problem]:
    """The expected reads or writes of a bucket are more than its prefixes take."""
    limits = services()["s3"]
    rates = expected_rates(design) if design.nodes_of("s3") else {}
    for bucket in design.nodes_of("s3"):
        reads, writes = _reads_and_writes(design, rates, bucket)
        needed = math.ceil(max(reads / limits.limit("read_rate").value, writes / limits.limit("write_rate").value))
        if needed > bucket.number("prefixes", 1):
            yield problem(
                bucket,
                f"{bucket.label} gets up to {writes:,.0f} writes and {reads:,.0f} reads a second: too many for "
                f"{bucket.number('prefixes', 1):,.0f} prefixes.",
                set_node(bucket, f"Spread the keys over {needed} prefixes", prefixes=needed),
                parameter="prefixes",
            )


def _arriving(design: Design, service: str) -> Iterator[tuple[Node, float]]:
    nodes = design.nodes_of(service)
    if nodes:
        rates = expected_rates(design)
        for node in nodes:
            yield node, arriving_rate(design, rates, node)


def _units(design: Design, tables: list[Node]) -> Iterator[tuple[Node, float, float]]:
    """Each of the tables with the read and write units that it is expected to need each second."""
    rates = expected_rates(design) if tables else {}
    for table in tables:
        reads, writes = _reads_and_writes(design, rates, table)
        size_kb = table.number("item_kb", 1)
        yield table, reads * max(1, math.ceil(size_kb / 4)) / 2, writes * max(1, math.ceil(size_kb))


def _reads_and_writes(design: Design, rates: Mapping[str, float], node: Node) -> tuple[float, float]:
    reads = writes = 0.0
    for edge in design.incoming(node.id):
        per_s = rates.get(edge.id, 0.0)
        if edge.value("action") in _READS:
            reads += per_s
        elif edge.value("action") is not None:
            writes += per_s
    return reads, writes


def _shards_for(stream: Node, per_s: float) -> int:
    per_shard = services()["kinesis_stream"].limit("shard_write_records").value
    return math.ceil(max(per_s / per_shard, per_s * stream.number("record_kb", 1) / _SHARD_KB_PER_S))


def _share(node: Node) -> float:
    return largest_share(
        str(node.value("key_spread")), int(node.number("distinct_keys", 1)), node.number("zipf_exponent", 1)
    )
