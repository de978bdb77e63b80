"""Turns collected instructions and station records into the kernel's arrays."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from simulator.engine import instructions as op
from simulator.engine import kernel_layout as lay
from simulator.engine import kernel_rows as rows
from simulator.engine import stations as st
from simulator.engine.kernel_rng import seed_streams
from simulator.engine.lowering.label import Label
from simulator.engine.machine import empty_appointments, empty_frames, first_size

if TYPE_CHECKING:
    from simulator.engine.lowering.tables import Tables


def build_arrays(tables: Tables, nodes: int, edges: int, entries: int) -> lay.State:
    """The kernel's state before the first event."""
    for k, up in enumerate(tables.ups):
        tables.place(up)
        tables.emit(op.SERVER_UP, resource=k)
    positions = [tables.emit(instruction, resource=resource) for instruction, resource in tables.drivers]
    state = _arrays(tables, nodes, edges, entries)
    _thread(state)
    clock = state.clock
    state.frames["pc"][: len(positions)] = positions
    for source in tables.sources:
        _make_ready(state, source["frame"])
    for frame in tables.ready_drivers:
        _make_ready(state, frame)
    clock["nodes"] = nodes
    clock["to_draw"] = len(state.program)
    clock["days_per_s"] = 1000.0
    clock["events_per_day"] = 0.3
    clock["year_end"] = float(st.DAYS)
    clock["tune_at"] = 256
    clock["heap_size"] = len(state.heap)
    clock["free_head"] = len(tables.drivers)
    clock["free"] = len(state.frames) - len(tables.drivers)
    return state


def _thread(state: lay.State) -> None:
    """Lead every way through the program past its JUMPs, so that nothing has to execute them."""
    program = state.program
    leads_to = np.arange(len(program) + 1)
    for position in range(len(program)):
        end, seen = position, set[int]()
        while program["op"][end] == op.JUMP and end not in seen:
            seen.add(end)
            end = int(program["target"][end])
        leads_to[position] = end
    leads_to[-1] = -1
    program["next"] = leads_to[1:]
    for field in ("target", "otherwise"):
        program[field] = leads_to[program[field]]
    state.choices["target"] = leads_to[state.choices["target"]]


def _faults(tables: Tables, nodes: int) -> NDArray[np.void]:
    found = np.zeros(max(nodes, 1), dtype=lay.FAULT)
    found["slow"] = 1.0
    for node, stream in tables.fault_streams.items():
        found["stream"][node] = stream
    return found


def _arrays(tables: Tables, nodes: int, edges: int, entries: int) -> lay.State:
    statuses = len(st.STATUSES)
    histograms = nodes + 2 * entries
    clock = np.zeros(1, dtype=lay.CLOCK)
    clock["ready_head"] = clock["ready_tail"] = clock["loop_node"] = -1
    return lay.State(
        clock=clock,
        frames=empty_frames(first_size() + len(tables.drivers), len(tables.drivers)),
        heap=np.zeros(first_size() + len(tables.drivers), dtype=rows.HEAP_ENTRY),
        appointments=empty_appointments(first_size() + len(tables.drivers)),
        days=np.full(st.DAYS, -1, dtype=np.int32).repeat(2).view(rows.DAY),
        occupied=np.zeros(st.DAYS // 64, dtype=np.int64),
        program=_fill(rows.INSTRUCTION, [_instruction(row) for row in tables.instructions]),
        distributions=_fill(rows.DISTRIBUTION, [{"kind": k, "a": a, "b": b} for k, a, b in tables.distributions]),
        buckets=_fill(rows.TOKEN_BUCKET, tables.buckets),
        limits=_fill(rows.LIMIT, tables.limits),
        pools=_fill(rows.POOL, tables.pools),
        queues=_fill(rows.QUEUE, tables.queues),
        slots=np.zeros((max(len(tables.queues), 1), st.SLOTS), dtype=np.int64),
        slot_starts=np.zeros((max(len(tables.queues), 1), st.SLOTS)),
        pollers=_fill(rows.POLLER, tables.pollers),
        timers=_fill(rows.TIMER, tables.timers),
        policies=_fill(rows.RETRY_POLICY, tables.policies),
        choices=_fill(rows.CHOICE, [{"below": below, "target": label} for below, label in tables.choices]),
        translations=np.array(tables.translations or [[0] * statuses], dtype=np.int64),
        sources=_fill(lay.SOURCE_ROW, [{k: v for k, v in row.items() if k != "frame"} for row in tables.sources]),
        segments=np.array(tables.segments or [(0.0, 0.0, 0.0, 0.0)], dtype=lay.SEGMENT),
        times=np.array(tables.times or [0.0]),
        random=seed_streams(tables.seed, list(tables.streams) or ["none"]),
        # The second half is for what a node holds inside, which is not to count twice.
        gauges=np.zeros(max(2 * nodes, 1), dtype=lay.GAUGE),
        counts=np.zeros((nodes, st.COUNTS), dtype=np.int64),
        errors=np.zeros((nodes, statuses), dtype=np.int64),
        lost=np.zeros((nodes, statuses), dtype=np.int64),
        edges=np.zeros((max(edges, 1), 2), dtype=np.int64),
        entries=np.zeros((max(entries, 1), 2), dtype=np.int64),
        entry_errors=np.zeros((max(entries, 1), statuses), dtype=np.int64),
        histograms=np.zeros((max(histograms, 1), st.BUCKETS), dtype=np.int64),
        histogram_sums=np.zeros((max(histograms, 1), 2)),
        meters=np.zeros((nodes, st.METERS)),
        faults=_faults(tables, nodes),
        keys=_fill(lay.KEYS, tables.key_tables),
        groups=_unlinked(tables.groups),
        caches=_fill(lay.CACHE, tables.caches),
        expiries=np.zeros(max(tables.cached_keys, 1)),
        batchers=_fill(lay.BATCHER, tables.batchers),
        scalers=_fill(lay.SCALER, tables.scalers),
        breakers=_fill(lay.BREAKER, tables.breakers),
        spans=np.zeros(st.SPANS, dtype=lay.SPAN),
        addresses=np.zeros(len(lay.State._fields), dtype=np.int64),
    )


def _unlinked(groups: int) -> NDArray[np.void]:
    found = np.zeros(max(groups, 1), dtype=lay.GROUP)
    for name in ("head", "tail", "next"):
        found[name] = -1
    return found


def _instruction(row: Mapping[str, Any]) -> dict[str, Any]:
    defaults = {"node": -1, "target": -1, "otherwise": -1, "edge": -1, "resource": -1, "stream": 0}
    return {**defaults, **row}


def _fill(dtype: np.dtype[np.void], rows: list[Any]) -> NDArray[np.void]:
    """An array of records; a table without rows gets one blank row, which nothing refers to."""
    array = np.zeros(max(len(rows), 1), dtype=dtype)
    for position, row in enumerate(rows):
        for name, value in row.items():
            array[position][name] = _position(value)
    return array


def _position(value: float | Label | None) -> float:
    if isinstance(value, Label):
        if value.position < 0:
            raise ValueError(f"the label {value.name!r} is used but never placed")
        return value.position
    return -1 if value is None else value


def _make_ready(state: lay.State, frame: int) -> None:
    clock = state.clock
    if clock["ready_head"][0] < 0:
        clock["ready_head"] = frame
    else:
        state.frames["next"][clock["ready_tail"][0]] = frame
    clock["ready_tail"] = frame
