"""Kinesis data stream: shards as token buckets by partition key, and who reads them."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import Final

from designer.domain.connections.spec import Flow
from designer.domain.graph.model import Edge, Node
from simulator.engine import instructions as op
from simulator.engine import stations as st
from simulator.engine.lowering.declaration import EVENT, HAND_OVER
from simulator.engine.lowering.event_source_mapping import Mapping
from simulator.engine.lowering.matching import filter_share
from simulator.engine.lowering.pipe_sources import PIPE, batch_reader
from simulator.engine.lowering.plan import Plan
from simulator.engine.lowering.shards import Reading, lanes_of, read_by_function, read_by_program
from simulator.engine.lowering.skew import key_table
from simulator.engine.lowering.tables import Label
from simulator.engine.lowering.windows import ONE_ANSWER_S

SERVICE = "kinesis_stream"
ENTRIES = (HAND_OVER, EVENT)
REFUSED = "the write limit of a shard"

RECORDS: Final = "records written"
FAN_OUT: Final = "kinesis_stream.lambda.enhanced_fan_out"
MOST_SHARDS: Final = 256
"""More shards than this are run as so many, each of them as much larger; an on-demand stream grows no further."""
MOST_LANES: Final = 4_096
"""Lanes of all shards together, as long as readers with different parallelization get even ones."""
POLL_PERIOD_S: Final = 1.0
"""Readers poll each shard once a second (AWS docs: low-latency processing). More than five take turns."""
GROWTH_WATCH_S: Final = 60.0
GROWTH_REST_S: Final = 900.0
"""An on-demand stream is ready for twice its peak within 15 minutes (AWS docs: how to size a stream).

The peak is that of whole minutes (estimate).
"""


@dataclass(frozen=True, slots=True)
class Shards:
    """How many shards a run has, and how many of the stream's each of them stands for."""

    number: int
    """All that an on-demand stream can have come to at the end of the run."""
    first: int
    """Those that it has at the beginning."""
    weight: float
    record_kb: float
    records: float
    """Records a second that each of them takes."""
    kilobytes: float

    @property
    def records_at_most(self) -> float:
        """Records a second of this size that each of them takes."""
        return min(self.records, self.kilobytes / self.record_kb)

    @property
    def grows(self) -> bool:
        """Whether it can have more shards at the end than at the beginning."""
        return self.number > self.first

    def places(self, lanes: int) -> list[tuple[int, int]]:
        """Shard and lane by what KEY puts into the group: the shard of a key is the same for any number of lanes.

        Where shards are added their lanes have to follow all others.
        """
        if self.grows:
            return [(shard, lane) for shard in range(self.number) for lane in range(lanes)]
        return [(shard, lane) for lane in range(lanes) for shard in range(self.number)]


def shards_of(plan: Plan, node: Node) -> Shards:
    """The provisioned shards, or one for each MiB a second that an on-demand stream is ready for."""
    wanted, doublings = node.number("shard_count", 1.0), 0
    if node.value("stream_mode") == "ON_DEMAND":
        wanted = max(plan.limit(SERVICE, "on_demand_write"), node.number("warm_throughput_mib"))
        doublings = min(int(plan.scenario.duration_s / GROWTH_REST_S), MOST_SHARDS.bit_length())
    first = max(1, min(int(wanted), MOST_SHARDS))
    weight = max(wanted, 1.0) / first
    return Shards(
        number=min(first * 2**doublings, MOST_SHARDS),
        first=first,
        weight=weight,
        record_kb=node.number("record_kb", 1.0),
        records=plan.limit(SERVICE, "shard_write_records") * weight,
        kilobytes=plan.limit(SERVICE, "shard_write_bytes") / 1024.0 * weight,
    )


def lower(plan: Plan, node: Node) -> None:
    """A record goes to the shard of its key, is refused above the shard's limits, and is read by every reader."""
    tables, number, shards = plan.tables, plan.number(node), shards_of(plan, node)
    readers = _readers(plan, node, shards)
    lanes = _lanes(shards, readers)
    keys = key_table(plan, node, fold=shards.first * lanes)
    refused, meter = Label("refused"), plan.meter(node, RECORDS)
    if shards.grows:
        _grow(plan, node, shards, keys, lanes)
    else:
        plan.has_rate(node, meter, shards.records_at_most * shards.number)
    plan.place(node, HAND_OVER)
    plan.place(node, EVENT)
    tables.emit(op.ARRIVE, node=number, flags=1, otherwise=refused)
    tables.emit(op.KEY, resource=keys, stream=plan.stream(node, "key"))
    _take(plan, node, shards, lanes, refused)
    tables.emit(op.METER, node=number, resource=meter, x=1.0)
    tables.emit(op.DELAY, resource=plan.latency("kinesis.put"), stream=plan.stream(node, "put"))
    written = [(Label("lane"), shard, lane) for shard, lane in shards.places(lanes)]
    _by_group(plan, node, [label for label, _, _ in written])
    for label, shard, lane in written:
        tables.place(label)
        for reader in readers:
            tables.emit(op.SEND, node=number, target=reader.target(shard, lane), x=1.0, **reader.counted)
        tables.emit(op.END)
    tables.place(refused)
    tables.emit(op.END)


def _grow(plan: Plan, node: Node, shards: Shards, keys: int, lanes: int) -> None:
    """On demand: the shards among which keys are spread become as many as twice the peak needs."""
    plan.tables.scaler(
        plan.number(node),
        shards.first,
        -1,
        kind=st.SCALES_SHARDS,
        watched=plan.meter(node, RECORDS),
        keys=keys,
        lanes=lanes,
        capacity=shards.records_at_most,
        most=shards.number,
        target=plan.limit(SERVICE, "on_demand_growth"),
        period=GROWTH_WATCH_S,
        cooldown=GROWTH_REST_S,
    )
    plan.has_shards(node, plan.meter(node, RECORDS), shards.records_at_most)


def _take(plan: Plan, node: Node, shards: Shards, lanes: int, refused: Label) -> None:
    """Tokens of the shard: its records and kilobytes a second."""
    tables = plan.tables
    by_record = tables.bucket_array(shards.number, shards.records, shards.records)
    by_size = tables.bucket_array(shards.number, shards.kilobytes, max(shards.kilobytes, shards.record_kb))
    wanted = ((by_record, 1.0), (by_size, shards.record_kb))
    if lanes == 1:
        for bucket, amount in wanted:
            tables.emit(op.BUCKET, resource=bucket, x=amount, flags=2, code=st.CAPACITY_EXCEEDED, otherwise=refused)
        return
    entered, taken = [Label("shard") for _ in range(shards.number)], Label("taken")
    _by_group(plan, node, [entered[shard] for shard, _ in shards.places(lanes)])
    for shard, label in enumerate(entered):
        tables.place(label)
        for bucket, amount in wanted:
            tables.emit(op.BUCKET, resource=bucket + shard, x=amount, code=st.CAPACITY_EXCEEDED, otherwise=refused)
        tables.emit(op.JUMP, target=taken)
    tables.place(taken)


def _by_group(plan: Plan, node: Node, labels: list[Label]) -> None:
    first = len(plan.tables.choices)
    plan.tables.choices += [(1.0, label) for label in labels]
    plan.tables.emit(op.ROUTE, node=plan.number(node), resource=first, code=len(labels), flags=1)


@dataclass(frozen=True, slots=True)
class _Reader:
    """Who reads: a program for each lane of each shard."""

    lanes: int
    targets: list[Label]
    counted: dict[str, int] = field(default_factory=dict)

    def target(self, shard: int, lane: int) -> Label:
        """The program for a record of this lane of the shard."""
        return self.targets[shard * self.lanes + lane % self.lanes]


def _lanes(shards: Shards, readers: list[_Reader]) -> int:
    """So many lanes for each shard that every reader's lanes are alike."""
    each = [reader.lanes for reader in readers]
    even = math.lcm(*each)
    return even if even * shards.number <= MOST_LANES else max(each)


def shares_reading(edge: Edge) -> bool:
    """Whether the reader shares the shards' 2 MiB a second with the others."""
    return edge.connection != FAN_OUT and edge.value("enhanced_fan_out") is not True


def _readers(plan: Plan, node: Node, shards: Shards) -> list[_Reader]:
    edges = [edge for edge in plan.design.outgoing(node.id) if edge.flow is Flow.POLL]
    found = []
    shared = _read_buckets(plan, shards, edges, "shard_read_bytes")
    sharing = sum(shares_reading(edge) for edge in edges)
    period_s = POLL_PERIOD_S * max(1.0, sharing / plan.limit(SERVICE, "get_records_rate"))
    for edge in edges:
        reader = batch_reader(plan, edge)
        if reader is None and plan.design.nodes[edge.target].service == PIPE:
            continue
        buckets = shared if shares_reading(edge) else _read_buckets(plan, shards, [edge], "fan_out_bytes")
        latency = _latency(plan, edge, by_function=reader is not None)
        readings = [
            Reading(period_s if shares_reading(edge) else 0.0, latency, buckets + shard, shards.record_kb)
            for shard in range(shards.number)
        ]
        if reader is not None:
            found.append(_functions(plan, node, reader, readings))
        else:
            programs = [read_by_program(plan, edge, reading, shard) for shard, reading in enumerate(readings)]
            found.append(_Reader(1, programs, {"edge": plan.edge_number(edge)}))
    return found


def _read_buckets(plan: Plan, shards: Shards, edges: list[Edge], limit: str) -> int:
    """What these readers together may read of each shard, at least the largest batch at once."""
    read_kb = plan.limit(SERVICE, limit) / 1024.0 * shards.weight
    readers = [batch_reader(plan, edge) or edge for edge in edges]
    largest = max([reader.number("batch_size", 1.0) for reader in readers], default=1.0) * shards.record_kb
    return plan.tables.bucket_array(shards.number, read_kb, max(read_kb, largest))


def _latency(plan: Plan, edge: Edge, *, by_function: bool) -> int:
    if not shares_reading(edge):
        return plan.remaining_latency("kinesis.fan_out_to_lambda", "kinesis.put", "lambda.invoke_overhead")
    if by_function:
        return plan.remaining_latency("kinesis.poll", "kinesis.put", "lambda.invoke_overhead")
    return plan.latency("kinesis.to_reader")


def _functions(plan: Plan, node: Node, edge: Edge, readings: list[Reading]) -> _Reader:
    """A queue for each lane of each shard, read in order by the mapping."""
    lanes, retention_s = lanes_of(edge), node.number("retention_h", 24.0) * 3600.0
    places = [(shard, reading) for shard, reading in enumerate(readings) for _ in range(lanes)]
    queues = [plan.tables.queue(node=-1, in_flight_limit=2**62, retention=retention_s) for _ in places]
    plan.has_stream(node, queues)
    at_once_s = ONE_ANSWER_S if readings[0].period_s > 0.0 else 0.0
    mapping = Mapping(edge, -1, filter_share(edge), at_once_s, readings[0].record_kb)
    targets = [
        read_by_function(plan, mapping, reading, queue, shard)
        for (shard, reading), queue in zip(places, queues, strict=True)
    ]
    return _Reader(lanes, targets)
