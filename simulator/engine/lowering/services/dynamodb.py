"""DynamoDB table: capacity as token buckets, latency by action, and its stream."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

from designer.domain.graph.model import Edge, Node
from simulator.engine import instructions as op
from simulator.engine import stations as st
from simulator.engine.lowering.event_source_mapping import Mapping
from simulator.engine.lowering.matching import filter_share
from simulator.engine.lowering.pipe_sources import batch_reader
from simulator.engine.lowering.plan import QUERY, READ, WRITE, Plan
from simulator.engine.lowering.shards import Reading, lanes_of, read_by_function
from simulator.engine.lowering.skew import key_table
from simulator.engine.lowering.table_capacity import begins_with, table_capacity
from simulator.engine.lowering.tables import Label
from simulator.engine.lowering.windows import ONE_ANSWER_S

SERVICE = "dynamodb"
STRONG_READ: Final = "strongly consistent read"
STRONG_QUERY: Final = "strongly consistent query"
TRANSACTION_READ: Final = "transactional read"
TRANSACTION_WRITE: Final = "transactional write"
ENTRIES = (WRITE, READ, QUERY, STRONG_READ, STRONG_QUERY, TRANSACTION_READ, TRANSACTION_WRITE)
REFUSED = "its capacity"

_ACTIONS: Final = {
    "GetItem": READ,
    "Query": QUERY,
    "Scan": QUERY,
    "PutItem": WRITE,
    "UpdateItem": WRITE,
    "DeleteItem": WRITE,
}

_IN_TRANSACTIONS: Final = {READ: TRANSACTION_READ, WRITE: TRANSACTION_WRITE}
_STRONG: Final = {READ: STRONG_READ, QUERY: STRONG_QUERY}
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
    writes = begins_with(plan, node, "on_demand_write")
    if node.value("billing_mode") == "provisioned":
        writes = node.number("write_capacity_units", 5.0)
    return max(math.ceil(writes / plan.limit("dynamodb", "partition_write")), 1)


def entry_for(edge: Edge) -> str | None:
    """By the action of the call and what it asks for; a write where it has no action."""
    action = _ACTIONS.get(str(edge.value("action")), WRITE)
    if edge.value("transactional") is True and action in _IN_TRANSACTIONS:
        return _IN_TRANSACTIONS[action]
    return _STRONG.get(action, action) if edge.value("consistent_read") is True else action


def lower(plan: Plan, node: Node) -> None:
    """Each action takes units of its item's size, waits, and a write adds a record to the stream.

    A strongly consistent read takes twice the units of an eventually consistent one, a transactional one four times; a
    transactional write takes twice those of a plain one (AWS docs: read and write operations).
    """
    item_kb = node.number("item_kb", 1.0)
    capacity = table_capacity(plan, node)
    stream = _stream(plan, node)
    reads = _Way(st.METER_READS, (capacity.read,), (_hot_keys(plan, node, "partition_read"),))
    hot = (_hot_keys(plan, node, "partition_write"), _hot_index(plan, node))
    writes = _Way(st.METER_WRITES, (capacity.write, *capacity.indexes), hot, stream)
    read, page, write = read_units(item_kb), read_units(item_kb, PAGE_ITEMS), write_units(item_kb)
    _action(plan, node, READ, reads, ("dynamodb.read", read))
    _action(plan, node, STRONG_READ, reads, ("dynamodb.read", 2.0 * read))
    _action(plan, node, TRANSACTION_READ, reads, ("dynamodb.transaction", 4.0 * read))
    _action(plan, node, QUERY, reads, ("dynamodb.query", page))
    _action(plan, node, STRONG_QUERY, reads, ("dynamodb.query", 2.0 * page))
    _action(plan, node, WRITE, writes, ("dynamodb.write", write))
    _action(plan, node, TRANSACTION_WRITE, writes, ("dynamodb.transaction", 2.0 * write))


@dataclass(frozen=True, slots=True)
class _HotKeys:
    """A table of keys, and for each of them what the partition that it has for itself can give."""

    keys: int
    buckets: int
    purpose: str
    """Names the random numbers that choose a key."""


@dataclass(frozen=True, slots=True)
class _Way:
    """What every action of one kind goes through: the table's capacity, hot keys, and the stream of changes."""

    meter: int
    buckets: tuple[int, ...]
    hot: tuple[_HotKeys | None, ...]
    stream: Label | None = None


def _hot_keys(plan: Plan, node: Node, limit: str) -> _HotKeys | None:
    """None where no key is frequent enough to matter: adaptive capacity gives hot keys partitions of their own."""
    keys = max(int(node.number("distinct_keys", 1.0)), 1)
    if node.value("key_spread") != "zipf" and keys >= MANY_KEYS:
        return None
    places = min(keys, MANY_KEYS)
    rate = plan.limit("dynamodb", limit)
    folded = places if keys > places else 0
    return _HotKeys(key_table(plan, node, fold=folded), plan.tables.bucket_array(places, rate, rate), "key")


def _hot_index(plan: Plan, node: Node) -> _HotKeys | None:
    """The partitions of an index whose key has few values: each write goes to one of them too."""
    keys = int(node.number("index_keys"))
    if node.number("global_indexes") <= 0.0 or not 0 < keys < MANY_KEYS:
        return None
    rate = plan.limit("dynamodb", "partition_write")
    return _HotKeys(plan.tables.keys(keys), plan.tables.bucket_array(keys, rate, rate), "index key")


def _action(plan: Plan, node: Node, kind: str, way: _Way, cost: tuple[str, float]) -> None:
    tables, number = plan.tables, plan.number(node)
    latency, units = cost
    refused = Label("refused")
    plan.place(node, kind)
    tables.emit(op.ARRIVE, node=number, flags=1)
    for bucket in way.buckets:
        tables.emit(op.BUCKET, resource=bucket, x=units, code=st.CAPACITY_EXCEEDED, otherwise=refused)
    for hot in way.hot:
        if hot is not None:
            stream = plan.stream(node, hot.purpose)
            tables.emit(op.KEY, resource=hot.keys, stream=stream, flags=int(hot.purpose != "key"))
            tables.emit(op.BUCKET, resource=hot.buckets, x=units, flags=2, code=st.CAPACITY_EXCEEDED, otherwise=refused)
    tables.emit(op.METER, node=number, resource=way.meter, x=units)
    tables.emit(op.DELAY, resource=plan.latency(latency), stream=plan.stream(node, "latency"))
    if way.stream is not None:
        tables.emit(op.SEND, node=number, target=way.stream, x=1.0)
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
