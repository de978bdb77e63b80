"""DynamoDB table: capacity as token buckets, latency by action, and its stream."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

from designer.domain.graph.model import Edge, Node
from simulator.engine import instructions as op
from simulator.engine import stations as st
from simulator.engine.lowering.event_source_mapping import Mapping, filter_share
from simulator.engine.lowering.pipe_sources import batch_reader
from simulator.engine.lowering.plan import QUERY, READ, WRITE, Plan
from simulator.engine.lowering.shards import Reading, lanes_of, read_by_function
from simulator.engine.lowering.skew import key_table
from simulator.engine.lowering.tables import Label
from simulator.engine.lowering.windows import ONE_ANSWER_S

SERVICE = "dynamodb"
ENTRIES = (WRITE, READ, QUERY)
REFUSED = "its capacity"

_ACTIONS: Final = {
    "GetItem": READ,
    "Query": QUERY,
    "Scan": QUERY,
    "PutItem": WRITE,
    "UpdateItem": WRITE,
    "DeleteItem": WRITE,
}

_COPIES: Final = (".kinesis_stream.streaming", ".opensearch.zero_etl")
"""Connections over which every change goes on without a reader."""

MANY_KEYS: Final = 1_000
"""With so many equally frequent keys none of them fills a partition; of more, some share a bucket."""

PAGE_ITEMS: Final = 100
"""Items that a Query or Scan reads, as in the latency figure used for it."""


def read_units(item_kb: float, items: int = 1) -> float:
    """Eventually consistent read: half a unit per started 4 KB."""
    return 0.5 * max(math.ceil(item_kb * items / 4.0), 1)


def write_units(item_kb: float) -> float:
    """One unit per started KB."""
    return float(max(math.ceil(item_kb), 1))


def shards(plan: Plan, node: Node) -> int:
    """Shards of the stream: one per started 1,000 write units that the table can take."""
    writes = plan.limit("dynamodb", "on_demand_write")
    if node.value("billing_mode") == "provisioned":
        writes = node.number("write_capacity_units", 5.0)
    return max(math.ceil(writes / plan.limit("dynamodb", "partition_write")), 1)


def entry_for(edge: Edge) -> str | None:
    """By the action of the call; a write where it has none."""
    return _ACTIONS.get(str(edge.value("action")), WRITE)


def lower(plan: Plan, node: Node) -> None:
    """Each action takes units of its item's size, waits, and a write adds a record to the stream."""
    item_kb = node.number("item_kb", 1.0)
    read, write = _buckets(plan, node)
    stream = _stream(plan, node)
    reads, writes = _hot_keys(plan, node, "partition_read"), _hot_keys(plan, node, "partition_write")
    query = ("dynamodb.query", st.METER_READS, read_units(item_kb, PAGE_ITEMS))
    _action(plan, node, READ, read, ("dynamodb.read", st.METER_READS, read_units(item_kb)), hot=reads)
    _action(plan, node, QUERY, read, query, hot=reads)
    _action(
        plan, node, WRITE, write, ("dynamodb.write", st.METER_WRITES, write_units(item_kb)), hot=writes, stream=stream
    )


@dataclass(frozen=True, slots=True)
class _HotKeys:
    """A table of keys, and for each of them what the partition that it has for itself can give."""

    keys: int
    buckets: int


def _hot_keys(plan: Plan, node: Node, limit: str) -> _HotKeys | None:
    """None where no key is frequent enough to matter: adaptive capacity gives hot keys partitions of their own."""
    keys = max(int(node.number("distinct_keys", 1.0)), 1)
    if node.value("key_spread") != "zipf" and keys >= MANY_KEYS:
        return None
    places = min(keys, MANY_KEYS)
    rate = plan.limit("dynamodb", limit)
    folded = places if keys > places else 0
    return _HotKeys(key_table(plan, node, fold=folded), plan.tables.bucket_array(places, rate, rate))


def _buckets(plan: Plan, node: Node) -> tuple[int, int]:
    """Read and write capacity: what is provisioned with 300 s of burst, or the initial throughput of on-demand."""
    if node.value("billing_mode") == "provisioned":
        burst = plan.limit("dynamodb", "burst")
        reads, writes = node.number("read_capacity_units", 5.0), node.number("write_capacity_units", 5.0)
        plan.has_rate(node, st.METER_READS, max(reads, 1.0))
        plan.has_rate(node, st.METER_WRITES, max(writes, 1.0))
        return plan.tables.bucket(reads, reads * burst), plan.tables.bucket(writes, writes * burst)
    reads, writes = plan.limit("dynamodb", "on_demand_read"), plan.limit("dynamodb", "on_demand_write")
    return plan.tables.bucket(reads, reads), plan.tables.bucket(writes, writes)


def _action(
    plan: Plan,
    node: Node,
    kind: str,
    bucket: int,
    figures: tuple[str, int, float],
    *,
    hot: _HotKeys | None,
    stream: Label | None = None,
) -> None:
    tables, number = plan.tables, plan.number(node)
    latency, meter, units = figures
    refused = Label("refused")
    plan.place(node, kind)
    tables.emit(op.ARRIVE, node=number, flags=1)
    tables.emit(op.BUCKET, resource=bucket, x=units, code=st.CAPACITY_EXCEEDED, otherwise=refused)
    if hot is not None:
        tables.emit(op.KEY, resource=hot.keys, stream=plan.stream(node, "key"))
        tables.emit(op.BUCKET, resource=hot.buckets, x=units, flags=2, code=st.CAPACITY_EXCEEDED, otherwise=refused)
    tables.emit(op.METER, node=number, resource=meter, x=units)
    tables.emit(op.DELAY, resource=plan.latency(latency), stream=plan.stream(node, "latency"))
    if stream is not None:
        tables.emit(op.SEND, node=number, target=stream, x=1.0)
    tables.place(refused)
    tables.emit(op.END)


def _stream(plan: Plan, node: Node) -> Label | None:
    """One queue per shard and reader; a record goes to a random shard and to every reader of batches.

    What DynamoDB or a pipeline hands on by itself goes to its target one by one.
    """
    readers = [reader for edge in plan.design.outgoing(node.id) if (reader := batch_reader(plan, edge)) is not None]
    copied = [edge for edge in plan.design.outgoing(node.id) if edge.connection.endswith(_COPIES)]
    if not readers and not copied:
        return None
    turns = max(1.0, len(readers) / plan.limit(SERVICE, "stream_readers"))
    records = [_mapping(plan, node, reader, turns) for reader in readers]
    latency = plan.latency("dynamodb.stream_to_lambda")
    copies = [(plan.delivery(edge, latency), plan.edge_number(edge)) for edge in copied]
    stream = Label("stream")
    plan.tables.place(stream)
    for record in records:
        plan.tables.emit(op.SEND, node=plan.number(node), target=record, x=1.0)
    for copy, edge_number in copies:
        plan.tables.emit(op.SEND, node=plan.number(node), target=copy, edge=edge_number, x=1.0)
    plan.tables.emit(op.END)
    return stream


def _mapping(plan: Plan, node: Node, edge: Edge, turns: float) -> Label:
    """The program of a record: to a random shard, and to a random one of the lanes that the reader has for each.

    Readers above what a shard allows take turns (estimate).
    """
    tables = plan.tables
    number = shards(plan, node) * lanes_of(edge)
    retention = plan.limit("dynamodb", "stream_retention") * 3600.0
    queues = [tables.queue(node=-1, in_flight_limit=2**62, retention=retention) for _ in range(number)]
    plan.has_stream(node, queues)
    way = plan.remaining_latency("dynamodb.poll", "dynamodb.write", "lambda.invoke_overhead")
    mapping = Mapping(edge, -1, filter_share(edge), ONE_ANSWER_S, node.number("item_kb", 1.0))
    reading = Reading(turns / plan.limit("lambda", "stream_polls"), way)
    lanes = [
        (1.0, read_by_function(plan, mapping, reading, queue, place // lanes_of(edge)))
        for place, queue in enumerate(queues)
    ]
    record = Label(f"record for {edge.id}")
    tables.place(record)
    tables.route(lanes, plan.stream(node, f"shard {edge.id}"), plan.number(node))
    return record
