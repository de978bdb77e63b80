"""Firehose: records are taken, transformed, buffered by size and time, and delivered."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

from designer.domain.graph.model import Edge, Node
from simulator.engine import instructions as op
from simulator.engine import stations as st
from simulator.engine.lowering.declaration import EVENT, HAND_OVER
from simulator.engine.lowering.plan import Plan
from simulator.engine.lowering.tables import Label

SERVICE = "firehose"
ENTRIES = (HAND_OVER, EVENT)
REFUSED = "its Direct PUT quota"

RECORDS: Final = "records taken"
DELIVERED: Final = "records delivered"
DELIVERIES: Final = "deliveries"
FAILED: Final = "records not delivered"
UNTRANSFORMED: Final = "records not transformed"

TRANSFORM: Final = "firehose.lambda.transform"
STREAM: Final = "kinesis_stream"
TRANSFORM_RETRIES: Final = 3
REDSHIFT_RETRY_S: Final = 3_600.0
OTHER_RETRY_S: Final = 300.0
RETRY_WAIT_S: Final = 1.0
RETRY_WAIT_MOST_S: Final = 120.0
"""Estimate: a failed delivery is tried again after 1, 2, 4 ... at most 120 s."""


@dataclass(frozen=True, slots=True)
class _Paths:
    """Where a stream's records go."""

    transform: Edge | None
    backup: Edge | None
    destination: Edge | None


def lower(plan: Plan, node: Node) -> None:
    """Taking a record, and what happens to it afterwards."""
    paths = _paths(plan, node)
    onwards: Label | None = None
    if paths.destination is not None:
        onwards = Label("buffered")
        _deliver(plan, node, paths, onwards)
        if paths.transform is not None:
            onwards = _transform(plan, node, paths, onwards)
    _take(plan, node, onwards)


def _paths(plan: Plan, node: Node) -> _Paths:
    found: dict[str, Edge] = {}
    for edge in plan.design.outgoing(node.id):
        kind = edge.connection.split(".")[2] if edge.connection.count(".") == 2 else ""
        found.setdefault(kind, edge)
    return _Paths(found.get("transform"), found.get("backup"), found.get("delivery"))


def _take(plan: Plan, node: Node, onwards: Label | None) -> None:
    tables, number = plan.tables, plan.number(node)
    record_kb = node.number("record_kb", 1.0)
    refused = Label("refused")
    plan.place(node, HAND_OVER)
    plan.place(node, EVENT)
    tables.emit(op.ARRIVE, node=number, flags=1, otherwise=refused)
    if node.value("source_type") == "DirectPut":
        records = plan.limit(SERVICE, "put_records")
        kilobytes = plan.limit(SERVICE, "put_mib") * 1024.0
        for bucket, amount in (
            (tables.bucket(records, records), 1.0),
            (tables.bucket(kilobytes, max(kilobytes, record_kb)), record_kb),
        ):
            tables.emit(op.BUCKET, resource=bucket, x=amount, code=st.CAPACITY_EXCEEDED, otherwise=refused)
        plan.has_rate(node, plan.meter(node, RECORDS), min(records, kilobytes / record_kb))
    tables.emit(op.METER, node=number, resource=plan.meter(node, RECORDS), x=1.0)
    tables.emit(op.DELAY, resource=plan.latency("firehose.put"), stream=plan.stream(node, "put"))
    if onwards is not None:
        tables.emit(op.SEND, node=number, target=onwards, x=1.0)
    tables.place(refused)
    tables.emit(op.END)


def _transform(plan: Plan, node: Node, paths: _Paths, buffered: Label) -> Label:
    """Batches for the function: tried again three times, then the records are given up."""
    tables, number, edge = plan.tables, plan.number(node), paths.transform
    assert edge is not None
    waiting, batch, attempt = Label("transform"), Label("batch"), Label("attempt")
    late, given_up = Label("late"), Label("given up")
    size = _records_of(edge.number("transform_buffer_mb", 1.0), node)
    batcher = tables.batcher(batch, size, edge.number("transform_interval_s", 60.0))
    policy = _policy(plan, limit=TRANSFORM_RETRIES)
    tables.place(waiting)
    tables.emit(op.COLLECT, resource=batcher)
    tables.emit(op.END)
    tables.place(batch)
    timer = tables.timer(plan.limit(SERVICE, "transform_time"), st.INTEGRATION_TIMEOUT, late)
    tables.place(attempt)
    called, edge_number = plan.called(edge), plan.edge_number(edge)
    tables.emit(op.START_TIMER, resource=timer)
    tables.emit(op.CALL, node=number, target=called, edge=edge_number, x=1.0, flags=2, otherwise=late)
    tables.emit(op.STOP_TIMER)
    tables.emit(op.SEND, node=number, target=buffered, x=1.0)
    tables.emit(op.DISPERSE)
    tables.emit(op.END)
    tables.place(late)
    tables.emit(op.STOP_TIMER)
    tables.emit(
        op.RETRY, node=number, resource=policy, target=attempt, otherwise=given_up, stream=plan.stream(node, "retry")
    )
    tables.place(given_up)
    tables.emit(op.METER, node=number, resource=plan.meter(node, UNTRANSFORMED), x=1.0)
    _write_once(plan, number, paths.backup)
    tables.emit(op.DISPERSE)
    tables.emit(op.END)
    return waiting


def _deliver(plan: Plan, node: Node, paths: _Paths, buffered: Label) -> None:
    """The buffer, and one delivery of what it holds: tried again for the retry duration, then backed up."""
    tables, number, edge = plan.tables, plan.number(node), paths.destination
    assert edge is not None
    batch, attempt, again, given_up = Label("delivery"), Label("attempt"), Label("again"), Label("given up")
    policy = _policy(plan, maximum_age=_retry_s(plan, node, edge))
    tables.place(buffered)
    _buffer(plan, node, edge, batch)
    tables.place(batch)
    tables.emit(op.DELAY, resource=plan.latency("firehose.delivery"), stream=plan.stream(node, "delivery"))
    redshift = plan.design.nodes[edge.target].service == "redshift"
    if redshift or node.value("backup_mode") == "all":
        _write_once(plan, number, paths.backup)
    tables.place(attempt)
    called, edge_number = plan.called(edge), plan.edge_number(edge)
    tables.emit(op.CALL, node=number, target=called, edge=edge_number, x=1.0, flags=3, otherwise=again)
    tables.emit(op.METER, node=number, resource=plan.meter(node, DELIVERED), x=1.0)
    tables.emit(op.METER, node=number, resource=plan.meter(node, DELIVERIES), x=1.0, flags=1)
    tables.emit(op.DISPERSE)
    tables.emit(op.END)
    tables.place(again)
    tables.emit(
        op.RETRY, node=number, resource=policy, target=attempt, otherwise=given_up, stream=plan.stream(node, "again")
    )
    tables.place(given_up)
    tables.emit(op.METER, node=number, resource=plan.meter(node, FAILED), x=1.0)
    if not redshift and node.value("backup_mode") == "failed_only":
        _write_once(plan, number, paths.backup)
    tables.emit(op.DISPERSE)
    tables.emit(op.END)


def _buffer(plan: Plan, node: Node, destination: Edge, batch: Label) -> None:
    """Wait until the buffer is full or its time is up; with dynamic partitioning each partition has its own."""
    tables = plan.tables
    partitions = 1
    if node.value("dynamic_partitioning") is True:
        partitions = max(int(node.number("partitions", 1.0)), 1)
    active = min(partitions, int(plan.limit(SERVICE, "active_partitions")))
    if partitions > active:
        further = _error_prefix(plan, node, destination)
        tables.emit(op.CHANCE, target=further, x=1.0 - active / partitions, stream=plan.stream(node, "further"))
    places = [(1.0, Label("partition")) for _ in range(active)]
    tables.route(places, plan.stream(node, "partition"), plan.number(node))
    for _, label in places:
        tables.place(label)
        tables.emit(op.COLLECT, resource=_batcher(plan, node, batch))
        tables.emit(op.END)


def _error_prefix(plan: Plan, node: Node, destination: Edge) -> Label:
    """Records of more partitions than can be active: they are written, buffered, under the error prefix."""
    tables, number = plan.tables, plan.number(node)
    start, record, batch = Label("behind"), Label("further partition"), Label("errors")
    tables.emit(op.JUMP, target=start)
    tables.place(record)
    tables.emit(op.COLLECT, resource=_batcher(plan, node, batch))
    tables.emit(op.END)
    tables.place(batch)
    tables.emit(op.METER, node=number, resource=plan.meter(node, FAILED), x=1.0)
    _write_once(plan, number, destination)
    tables.emit(op.DISPERSE)
    tables.emit(op.END)
    tables.place(start)
    return record


def _batcher(plan: Plan, node: Node, batch: Label) -> int:
    size = _records_of(node.number("buffer_size_mb", 5.0), node)
    return plan.tables.batcher(batch, size, max(node.number("buffer_interval_s", 300.0), 0.001))


def _write_once(plan: Plan, number: int, backup: Edge | None) -> None:
    """One object in the backup bucket, if there is one."""
    if backup is None:
        return
    after = Label("after the backup")
    plan.tables.emit(
        op.CALL,
        node=number,
        target=plan.called(backup),
        edge=plan.edge_number(backup),
        x=1.0,
        flags=3,
        otherwise=after,
    )
    plan.tables.place(after)


def _records_of(mebibytes: float, node: Node) -> int:
    return max(int(mebibytes * 1024.0 / node.number("record_kb", 1.0)), 1)


def _retry_s(plan: Plan, node: Node, edge: Edge) -> float:
    """How long a delivery is tried again; to S3 as long as the records are kept, by Firehose or by its source."""
    target = edge.connection.split(".")[1]
    if target == "s3":
        sources = [plan.design.nodes[incoming.source] for incoming in plan.design.incoming(node.id)]
        kept = [source.number("retention_h", 24.0) * 3600.0 for source in sources if source.service == STREAM]
        return max(kept, default=plan.limit(SERVICE, "kept") * 3600.0)
    return node.number("retry_duration_s", REDSHIFT_RETRY_S if target == "redshift" else OTHER_RETRY_S)


def _policy(plan: Plan, *, limit: int = -1, maximum_age: float = math.inf) -> int:
    return plan.tables.policy(
        limit=limit,
        throttle_limit=limit,
        wait=RETRY_WAIT_S,
        wait_most=RETRY_WAIT_MOST_S,
        throttle_wait=RETRY_WAIT_S,
        throttle_wait_most=RETRY_WAIT_MOST_S,
        maximum_age=maximum_age,
        jitter=1,
        give_up_counts=1,
    )
