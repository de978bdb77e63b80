"""Kinesis data stream: shards as token buckets by partition key, and who reads them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from designer.domain.connections.spec import Flow
from designer.domain.graph.model import Edge, Node
from simulator.engine import instructions as op
from simulator.engine import stations as st
from simulator.engine.lowering.declaration import EVENT, HAND_OVER
from simulator.engine.lowering.event_source_mapping import Mapping, filter_share, map_shard
from simulator.engine.lowering.pipe_sources import PIPE, batch_reader, given_up
from simulator.engine.lowering.plan import Plan
from simulator.engine.lowering.skew import key_table
from simulator.engine.lowering.tables import Label

SERVICE = "kinesis_stream"
ENTRIES = (HAND_OVER, EVENT)
REFUSED = "the write limit of a shard"

RECORDS: Final = "records written"
FAN_OUT: Final = "kinesis_stream.lambda.enhanced_fan_out"
MOST_SHARDS: Final = 256
"""More shards than this are run as so many, each of them as much larger."""
POLL_INTERVAL_S: Final = 0.57
"""Estimate: polls come once a second; a wait of this much gives single records the 627 ms that were measured.

More than five readers have to take turns.
"""


@dataclass(frozen=True, slots=True)
class Shards:
    """How many shards a run has, and how many of the stream's each of them stands for."""

    number: int
    weight: float


def shards_of(plan: Plan, node: Node) -> Shards:
    """The provisioned shards, or one for each MiB a second that an on-demand stream is ready for."""
    wanted = node.number("shard_count", 1.0)
    if node.value("stream_mode") == "ON_DEMAND":
        wanted = max(plan.limit(SERVICE, "on_demand_write"), node.number("warm_throughput_mib"))
    number = max(1, min(int(wanted), MOST_SHARDS))
    return Shards(number, max(wanted, 1.0) / number)


def lower(plan: Plan, node: Node) -> None:
    """A record goes to the shard of its key, is refused above the shard's limits, and is read by every reader."""
    tables, number = plan.tables, plan.number(node)
    shards = shards_of(plan, node)
    record_kb = node.number("record_kb", 1.0)
    records = plan.limit(SERVICE, "shard_write_records") * shards.weight
    kilobytes = plan.limit(SERVICE, "shard_write_bytes") / 1024.0 * shards.weight
    by_record = tables.bucket_array(shards.number, records, records)
    by_size = tables.bucket_array(shards.number, kilobytes, max(kilobytes, record_kb))
    keys = key_table(plan, node, fold=shards.number)
    meter = plan.meter(node, RECORDS)
    plan.has_rate(node, meter, min(records, kilobytes / record_kb) * shards.number)
    readers = _readers(plan, node, shards, record_kb)
    refused, written = Label("refused"), [(1.0, Label("shard")) for _ in range(shards.number)]
    plan.place(node, HAND_OVER)
    plan.place(node, EVENT)
    tables.emit(op.ARRIVE, node=number, flags=1, otherwise=refused)
    tables.emit(op.KEY, resource=keys, stream=plan.stream(node, "key"))
    for bucket, amount in ((by_record, 1.0), (by_size, record_kb)):
        tables.emit(op.BUCKET, resource=bucket, x=amount, flags=2, code=st.CAPACITY_EXCEEDED, otherwise=refused)
    tables.emit(op.METER, node=number, resource=meter, x=1.0)
    tables.emit(op.DELAY, resource=plan.latency("kinesis.put"), stream=plan.stream(node, "put"))
    first = len(tables.choices)
    tables.choices += written
    tables.emit(op.ROUTE, node=number, resource=first, code=shards.number, flags=1)
    for shard, (_, label) in enumerate(written):
        tables.place(label)
        for reader in readers:
            tables.emit(op.SEND, node=number, target=reader.target(shard), x=1.0, **reader.counted)
        tables.emit(op.END)
    tables.place(refused)
    tables.emit(op.END)


@dataclass(frozen=True, slots=True)
class _Reader:
    targets: tuple[Label, ...]
    counted: dict[str, int]

    def target(self, shard: int) -> Label:
        return self.targets[shard % len(self.targets)]


def shares_reading(edge: Edge) -> bool:
    """Whether the reader shares the shards' 2 MiB a second with the others."""
    return edge.connection != FAN_OUT and edge.value("enhanced_fan_out") is not True


def _readers(plan: Plan, node: Node, shards: Shards, record_kb: float) -> list[_Reader]:
    edges = [edge for edge in plan.design.outgoing(node.id) if edge.flow is Flow.POLL]
    sharing = sum(shares_reading(edge) for edge in edges)
    read_kb = plan.limit(SERVICE, "shard_read_bytes") / 1024.0 * shards.weight
    largest = max([edge.number("batch_size", 1.0) for edge in edges], default=1.0) * record_kb
    buckets = plan.tables.bucket_array(shards.number, read_kb, max(read_kb, largest))
    interval_s = POLL_INTERVAL_S * max(1.0, sharing / plan.limit(SERVICE, "get_records_rate"))
    found = []
    for edge in edges:
        reader = batch_reader(plan, edge)
        if reader is not None:
            shared = shares_reading(edge)
            at_once, passing = plan.tables.constant(0.0), filter_share(reader)
            mappings = [
                Mapping(
                    reader,
                    at_once,
                    passing,
                    interval_s if shared else 0.0,
                    buckets + shard if shared else -1,
                    record_kb,
                )
                for shard in range(shards.number)
            ]
            found.append(_Reader(_mapped(plan, reader, mappings, _queues(plan, node, shards.number)), {}))
        elif plan.design.nodes[edge.target].service != PIPE:
            delay = plan.latency("kinesis.to_reader")
            found.append(_Reader((plan.delivery(edge, delay),), {"edge": plan.edge_number(edge)}))
    return found


def _queues(plan: Plan, node: Node, number: int) -> list[int]:
    retention_s = node.number("retention_h", 24.0) * 3600.0
    queues = [plan.tables.queue(node=-1, in_flight_limit=2**62, retention=retention_s) for _ in range(number)]
    plan.has_stream(node, queues)
    return queues


def _mapped(plan: Plan, edge: Edge, mappings: list[Mapping], queues: list[int]) -> tuple[Label, ...]:
    """One program for each shard: the record waits in the shard's queue for the mapping's poller."""
    failures = given_up(plan, edge)
    way = plan.remaining_latency("kinesis.fan_out_to_lambda", "kinesis.put", "lambda.invoke_overhead")
    targets = []
    for mapping, queue in zip(mappings, queues, strict=True):
        map_shard(plan, mapping, queue, failures)
        target = Label(f"record for {edge.id}")
        plan.tables.place(target)
        plan.tables.emit(op.DELAY, resource=way, stream=plan.stream(edge.source, f"way {edge.id}"))
        plan.tables.emit(op.ENQUEUE, resource=queue)
        targets.append(target)
    return tuple(targets)
