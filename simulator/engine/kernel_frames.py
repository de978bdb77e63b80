"""Frames: taking and freeing them, waking them, and what their coming and going means for the tallies."""

from __future__ import annotations

from typing import Any

from numba import njit

from simulator.engine.kernel_heap import push
from simulator.engine.kernel_histogram import record
from simulator.engine.stations import (
    ANSWERED,
    ARRIVALS,
    COMPLETIONS,
    FRAME_BITS,
    IN_NODE,
    IN_SERVICE,
    LAST_THROTTLE,
    OK,
    ROOT,
    THROTTLES,
    WORKING,
)


@njit(forceinline=True, cache=True, _nrt=False)
def take(s: Any, pc: Any, root: Any, flags: Any) -> Any:
    """A fresh frame at ``pc``. The caller guarantees that there is one."""
    clock = s.clock[0]
    f = clock["free_head"]
    frame = s.frames[f]
    clock["free_head"] = frame["next"]
    clock["free"] -= 1
    frame["wake"] = -1
    frame["billed"] = 0.0
    frame["pc"] = pc
    frame["parent"] = -1
    frame["root"] = root
    frame["child"] = -1
    frame["next"] = -1
    frame["batch"] = -1
    frame["cursor"] = -1
    frame["records"] = 1
    frame["failed"] = 0
    frame["loop"] = -1
    frame["work"] = 0
    frame["node"] = -1
    frame["edge"] = -1
    frame["status"] = OK
    frame["flags"] = flags
    frame["hops"] = 0
    frame["depth"] = 0
    frame["attempts"] = 0
    frame["throttles"] = 0
    frame["entry"] = -1
    frame["timer"] = -1
    frame["started"] = clock["now"]
    frame["enqueued"] = clock["now"]
    return f


@njit(forceinline=True, cache=True, _nrt=False)
def free(s: Any, f: Any) -> None:
    """Give a frame back."""
    clock = s.clock[0]
    s.frames[f]["wake"] = -1
    s.frames[f]["next"] = clock["free_head"]
    clock["free_head"] = f
    clock["free"] += 1


@njit(forceinline=True, cache=True, _nrt=False)
def wake_at(s: Any, f: Any, time: Any) -> None:
    """Let the frame go on at this time; an earlier appointment of the frame is void."""
    clock = s.clock[0]
    clock["sequence"] += 1
    key = (clock["sequence"] << FRAME_BITS) | f
    s.frames[f]["wake"] = key
    push(s.heap, s.clock, time, key)


@njit(forceinline=True, cache=True, _nrt=False)
def make_ready(s: Any, f: Any) -> None:
    """Let the frame go on now, after those that are ready already."""
    clock = s.clock[0]
    s.frames[f]["wake"] = -1
    s.frames[f]["next"] = -1
    if clock["ready_head"] < 0:
        clock["ready_head"] = f
    else:
        s.frames[clock["ready_tail"]]["next"] = f
    clock["ready_tail"] = f


@njit(forceinline=True, cache=True, _nrt=False)
def change_gauge(s: Any, node: Any, by: Any) -> None:
    """What is in service at the node changes; keeps the time integral and the maximum."""
    gauge = s.gauges[node]
    now = s.clock[0]["now"]
    gauge["area"] += gauge["value"] * (now - gauge["last"])
    gauge["last"] = now
    gauge["value"] += by
    if gauge["value"] > gauge["most"]:
        gauge["most"] = gauge["value"]


@njit(forceinline=True, cache=True, _nrt=False)
def arrive(s: Any, f: Any, node: Any, in_service: Any) -> None:
    """Count an arrival."""
    frame = s.frames[f]
    frame["node"] = node
    frame["started"] = s.clock[0]["now"]
    s.counts[node, ARRIVALS] += 1
    if in_service:
        frame["flags"] |= IN_NODE | IN_SERVICE
        change_gauge(s, node, 1)
    else:
        frame["flags"] |= IN_NODE


@njit(forceinline=True, cache=True, _nrt=False)
def depart(s: Any, f: Any) -> None:
    """Count the end of the stay that began with the arrival: a completion, or an error by its cause."""
    frame = s.frames[f]
    flags = frame["flags"]
    if flags & IN_NODE:
        node = frame["node"]
        status = frame["status"]
        if status == OK:
            s.counts[node, COMPLETIONS] += 1
            record(s.histograms, s.histogram_sums, node, s.clock[0]["now"] - frame["started"])
        else:
            s.errors[node, status] += 1
            if status <= LAST_THROTTLE:
                s.counts[node, THROTTLES] += 1
        if flags & IN_SERVICE:
            change_gauge(s, node, -1)
        frame["flags"] = flags & ~(IN_NODE | IN_SERVICE)


@njit(forceinline=True, cache=True, _nrt=False)
def _end_journey(s: Any, root: Any) -> None:
    entry = s.frames[root]["entry"]
    row = s.counts.shape[0] + 2 * entry + 1
    record(s.histograms, s.histogram_sums, row, s.clock[0]["now"] - s.frames[root]["enqueued"])
    free(s, root)


@njit(forceinline=True, cache=True, _nrt=False)
def work_done(s: Any, root: Any) -> None:
    """One piece of asynchronous work of the request is over; the last one ends its journey."""
    if root >= 0:
        s.frames[root]["work"] -= 1
        if s.frames[root]["work"] == 0 and s.frames[root]["flags"] & ANSWERED:
            _end_journey(s, root)


@njit(forceinline=True, cache=True, _nrt=False)
def _answer(s: Any, f: Any) -> None:
    """The request that began here has its answer; its frame stays until the journey has ended."""
    frame = s.frames[f]
    entry = frame["entry"]
    status = frame["status"]
    if status == OK:
        s.entries[entry, 1] += 1
    else:
        s.entry_errors[entry, status] += 1
    row = s.counts.shape[0] + 2 * entry
    record(s.histograms, s.histogram_sums, row, s.clock[0]["now"] - frame["enqueued"])
    frame["flags"] |= ANSWERED
    if frame["work"] == 0:
        _end_journey(s, f)


@njit(forceinline=True, cache=True, _nrt=False)
def finish(s: Any, f: Any) -> Any:
    """End a frame. Returns the caller, which goes on with the status, or -1."""
    depart(s, f)
    frame = s.frames[f]
    flags = frame["flags"]
    if flags & ROOT:
        _answer(s, f)
        return -1
    parent = frame["parent"]
    if parent >= 0:
        status = frame["status"]
        waiting = s.frames[parent]
        waiting["child"] = -1
        waiting["status"] = status
        waiting["failed"] = frame["failed"]
        if status != OK and frame["edge"] >= 0:
            s.edges[frame["edge"], 1] += 1
    if flags & WORKING:
        work_done(s, frame["root"])
    free(s, f)
    return parent


@njit(forceinline=True, cache=True, _nrt=False)
def next_root(s: Any, f: Any) -> Any:
    """The request for which the frame does its next piece of work: a batch serves its records in turn."""
    frame = s.frames[f]
    if frame["batch"] < 0:
        return frame["root"]
    if frame["cursor"] < 0:
        frame["cursor"] = frame["batch"]
    message = frame["cursor"]
    frame["cursor"] = s.frames[message]["next"]
    return s.frames[message]["root"]
