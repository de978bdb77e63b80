"""Shards and their readers: when a reader gets a record, and ordered batches that are retried or given up."""

from __future__ import annotations

import math
import zlib
from dataclasses import dataclass
from typing import Final

from designer.domain.graph.model import Edge
from simulator.engine import instructions as op
from simulator.engine import stations as st
from simulator.engine.lowering.declaration import CALL
from simulator.engine.lowering.event_source_mapping import Mapping, invoke_function, mapping_row
from simulator.engine.lowering.pipe_sources import given_up
from simulator.engine.lowering.plan import Plan
from simulator.engine.lowering.tables import Label
from simulator.engine.lowering.windows import wait_for_window

READ_AGAIN_S: Final = 0.2
"""Five calls a second for each shard: a reader that got nothing asks again after a fifth of a second."""
STREAM_BACKOFF_S: Final = 1.0
STREAM_BACKOFF_MOST_S: Final = 60.0
"""Estimate: a failing stream batch is tried again after 1, 2, 4 ... at most 60 s."""


@dataclass(frozen=True, slots=True)
class Reading:
    """How the records of a shard get to a reader."""

    period_s: float
    """Time between two polls, 0 when the stream pushes."""
    latency: int
    """Distribution of the time from the poll, or from the write, to the reader."""
    bucket: int = -1
    """Kilobytes that may be read, or -1: as many as there are."""
    record_kb: float = 0.0


def lanes_of(edge: Edge) -> int:
    """How many batches of a shard the reader works on at once; a key belongs to one of these lanes."""
    return min(max(int(edge.number("parallelization_factor", 1.0)), 1), 10)


def read_by_function(plan: Plan, mapping: Mapping, reading: Reading, queue: int, place: int) -> Label:
    """The program of a record of one lane, until it is in the lane's queue; ``place`` tells the lanes apart."""
    tables, edge = plan.tables, mapping.edge
    poller = map_lane(plan, mapping, queue, given_up(plan, edge), reading=reading)
    record = Label(f"record for {edge.id}")
    tables.place(record)
    _await(plan, edge, reading, place, poller)
    tables.emit(op.ENQUEUE, resource=queue)
    return record


def read_by_program(plan: Plan, edge: Edge, reading: Reading, place: int) -> Label:
    """The program of a record that a service or a program of one's own reads, until it is there."""
    record = Label(f"record over {edge.id}")
    plan.tables.place(record)
    _await(plan, edge, reading, place, -1)
    _wait_for_reading(plan, reading)
    plan.tables.emit(op.JUMP, target=plan.delivered(edge))
    return record


def _await(plan: Plan, edge: Edge, reading: Reading, place: int, poller: int) -> None:
    """Each shard has polls at times of its own."""
    period_us = int(reading.period_s * 1e6)
    plan.tables.emit(
        op.AWAIT_READER,
        resource=reading.latency,
        stream=plan.stream(edge.source, f"read {edge.id}"),
        x=reading.period_s,
        code=poller,
        flags=zlib.crc32(f"{edge.id}/{place}".encode()) % period_us if period_us else 0,
    )


def map_lane(
    plan: Plan,
    mapping: Mapping,
    queue: int,
    failures: tuple[Edge, ...],
    *,
    reading: Reading | None = None,
    at_once: int = 1,
) -> int:
    """The poller of one lane: ordered batches, which are retried until they work or are given up."""
    edge, tables = mapping.edge, plan.tables
    entry, invoke, settle = Label("batch"), Label("invoke"), Label("settle")
    age = edge.number("maximum_record_age_s", -1.0)
    row = mapping_row(plan, mapping, entry, invoke)
    row |= {"limit": at_once, "limit_least": at_once, "limit_most": at_once, "ordered": 1}
    if failures:
        row |= {"on_failure": plan.delivery(failures[0]), "on_failure_edge": plan.edge_number(failures[0])}
    poller = tables.poller(
        queue,
        **row,
        bisect=int(edge.value("bisect_on_error") is True),
        maximum_retries=int(edge.number("maximum_retry_attempts", -1.0)),
        maximum_age=math.inf if age < 0 else age,
        backoff=STREAM_BACKOFF_S,
        backoff_most=STREAM_BACKOFF_MOST_S,
    )
    window = _tumbling_window(plan, edge)
    tables.place(entry)
    if reading is not None:
        _wait_for_reading(plan, reading)
    worked = Label("worked")
    invoke_function(plan, mapping, settle, invoke, worked)
    tables.place(worked)
    if window is not None:
        tables.emit(op.SEND, node=plan.number(edge.target), target=window, x=1.0, flags=1)
    tables.place(settle)
    tables.emit(op.SETTLE, resource=poller)
    return poller


def _tumbling_window(plan: Plan, edge: Edge) -> Label | None:
    """A window in which batches of the lane have been worked on ends with one more call of the function."""
    period_s = edge.number("tumbling_window_s")
    if period_s <= 0.0:
        return None
    window, last, called = Label("window"), Label("last call"), Label("called")
    plan.tables.place(window)
    wait_for_window(plan, period_s, last)
    plan.tables.place(last)
    plan.tables.emit(
        op.CALL,
        node=plan.number(edge.target),
        target=plan.entry(edge.target, CALL),
        edge=plan.edge_number(edge),
        x=1.0,
        flags=3,
        otherwise=called,
    )
    plan.tables.place(called)
    plan.tables.emit(op.DISPERSE)
    plan.tables.emit(op.END)
    return window


def _wait_for_reading(plan: Plan, reading: Reading) -> None:
    """Wait until the readers of the shard may read so many kilobytes more."""
    if reading.bucket < 0:
        return
    tables = plan.tables
    again, wait, free = Label("read"), Label("wait"), Label("free")
    tables.place(again)
    tables.emit(op.BUCKET, resource=reading.bucket, x=reading.record_kb, code=st.OK, otherwise=wait)
    tables.emit(op.JUMP, target=free)
    tables.place(wait)
    tables.emit(op.DELAY, resource=tables.constant(READ_AGAIN_S))
    tables.emit(op.JUMP, target=again)
    tables.place(free)
