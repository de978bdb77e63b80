"""Frames: taking and freeing them, waking them, and what their coming and going means for the tallies."""

from __future__ import annotations

from simulator.engine.instructions import ANSWERED, IN_NODE, IN_SERVICE, ROOT, TRACED, WORKING
from simulator.engine.kernel_calendar import appoint, forget
from simulator.engine.kernel_histogram import record
from simulator.engine.kernel_memory import (
    Table,
    clock_of,
    compiled,
    counts_of,
    edges_of,
    entries_of,
    entry_errors_of,
    errors_of,
    frames_of,
    gauges_of,
)
from simulator.engine.kernel_traces import note_span
from simulator.engine.stations import (
    ARRIVALS,
    COMPLETIONS,
    FRAME_BITS,
    LAST_THROTTLE,
    OK,
    SPAN_ANSWER,
    SPAN_COLD_START,
    SPAN_STAY,
    THROTTLES,
)


@compiled(inline=True)
def take_bare(s: Table) -> int:
    """A frame without an appointment, its other fields as they were left. The caller guarantees that there is one."""
    clock = clock_of(s)[0]
    f = clock["free_head"]
    clock["free_head"] = frames_of(s)[f]["next"]
    clock["free"] -= 1
    return f


@compiled(inline=True)
def take(s: Table, pc: int, root: int, flags: int) -> int:
    """A fresh frame at ``pc``. The caller guarantees that there is one."""
    clock = clock_of(s)[0]
    f = take_bare(s)
    frame = frames_of(s)[f]
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
    frame["key"] = -1
    frame["group"] = -1
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


@compiled(inline=True)
def free(s: Table, f: int) -> None:
    """Give a frame back."""
    clock = clock_of(s)[0]
    forget(s, f)
    frames_of(s)[f]["next"] = clock["free_head"]
    clock["free_head"] = f
    clock["free"] += 1


@compiled(inline=True)
def sleep_until(s: Table, f: int, time: float) -> None:
    """Let the frame, which has no appointment, go on at this time."""
    clock = clock_of(s)[0]
    clock["sequence"] += 1
    appoint(s, f, time, (clock["sequence"] << FRAME_BITS) | f)


@compiled()
def wake_at(s: Table, f: int, time: float) -> None:
    """Let the frame go on at this time; an earlier appointment of the frame is void."""
    forget(s, f)
    sleep_until(s, f, time)


@compiled(inline=True)
def make_ready(s: Table, f: int) -> None:
    """Let the frame go on now, after those that are ready already."""
    clock = clock_of(s)[0]
    forget(s, f)
    frames_of(s)[f]["next"] = -1
    if clock["ready_head"] < 0:
        clock["ready_head"] = f
    else:
        frames_of(s)[clock["ready_tail"]]["next"] = f
    clock["ready_tail"] = f


@compiled(inline=True)
def change_gauge(s: Table, node: int, by: int) -> None:
    """What is in service at the node changes; keeps the time integral and the maximum."""
    gauge = gauges_of(s)[node]
    now = clock_of(s)[0]["now"]
    gauge["area"] += gauge["value"] * (now - gauge["last"])
    gauge["last"] = now
    gauge["value"] += by
    gauge["most"] = max(gauge["most"], gauge["value"])


@compiled(inline=True)
def arrive(s: Table, f: int, node: int, in_service: int) -> None:
    """Count an arrival."""
    frame = frames_of(s)[f]
    frame["node"] = node
    frame["started"] = clock_of(s)[0]["now"]
    counts_of(s)[node, ARRIVALS] += 1
    if in_service:
        frame["flags"] |= IN_NODE | IN_SERVICE
        change_gauge(s, node, 1)
    else:
        frame["flags"] |= IN_NODE


@compiled(inline=True)
def depart(s: Table, f: int) -> None:
    """Count the end of the stay that began with the arrival: a completion, or an error by its cause."""
    frame = frames_of(s)[f]
    flags = frame["flags"]
    if flags & IN_NODE:
        node = frame["node"]
        status = frame["status"]
        if status == OK:
            counts_of(s)[node, COMPLETIONS] += 1
            record(s, node, clock_of(s)[0]["now"] - frame["started"])
        else:
            errors_of(s)[node, status] += 1
            if status <= LAST_THROTTLE:
                counts_of(s)[node, THROTTLES] += 1
        if flags & IN_SERVICE:
            change_gauge(s, node, -1)
        frame["flags"] = flags & ~(IN_NODE | IN_SERVICE)
        if flags & TRACED:
            _trace_stay(s, f, node)


@compiled()
def _trace_stay(s: Table, f: int, node: int) -> None:
    frame = frames_of(s)[f]
    if frame["billed"] > 0.0:
        note_span(s, f, node, SPAN_COLD_START, frame["started"], frame["mark"])
    note_span(s, f, node, SPAN_STAY, frame["started"], clock_of(s)[0]["now"])


@compiled(inline=True)
def _end_journey(s: Table, root: int) -> None:
    entry = frames_of(s)[root]["entry"]
    row = clock_of(s)[0]["nodes"] + 2 * entry + 1
    record(s, row, clock_of(s)[0]["now"] - frames_of(s)[root]["enqueued"])
    free(s, root)


@compiled()
def work_done(s: Table, root: int) -> None:
    """One piece of asynchronous work of the request is over; the last one ends its journey."""
    if root >= 0:
        frames_of(s)[root]["work"] -= 1
        if frames_of(s)[root]["work"] == 0 and frames_of(s)[root]["flags"] & ANSWERED:
            _end_journey(s, root)


@compiled(inline=True)
def _answer(s: Table, f: int) -> None:
    """The request that began here has its answer; its frame stays until the journey has ended."""
    frame = frames_of(s)[f]
    entry = frame["entry"]
    status = frame["status"]
    if status == OK:
        entries_of(s)[entry, 1] += 1
    else:
        entry_errors_of(s)[entry, status] += 1
    row = clock_of(s)[0]["nodes"] + 2 * entry
    record(s, row, clock_of(s)[0]["now"] - frame["enqueued"])
    if frame["flags"] & TRACED:
        note_span(s, f, -1, SPAN_ANSWER, frame["enqueued"], clock_of(s)[0]["now"])
    frame["flags"] |= ANSWERED
    if frame["work"] == 0:
        _end_journey(s, f)


@compiled(inline=True)
def finish_here(s: Table, f: int) -> int:
    """As ``finish``, copied into its caller."""
    depart(s, f)
    frame = frames_of(s)[f]
    flags = frame["flags"]
    parent = frame["parent"]
    if flags & ROOT:
        frame["parent"] = -1
        _answer(s, f)
        return parent
    if parent >= 0:
        status = frame["status"]
        waiting = frames_of(s)[parent]
        waiting["child"] = -1
        waiting["status"] = status
        waiting["failed"] = frame["failed"]
        if status != OK and frame["edge"] >= 0:
            edges_of(s)[frame["edge"], 1] += 1
    if flags & WORKING:
        work_done(s, frame["root"])
    free(s, f)
    return parent


@compiled()
def finish(s: Table, f: int) -> int:
    """End a frame. Returns the caller, which goes on with the status, or -1."""
    return finish_here(s, f)


@compiled()
def next_root(s: Table, f: int) -> int:
    """The request for which the frame does its next piece of work: a batch serves its records in turn."""
    frame = frames_of(s)[f]
    if frame["batch"] < 0:
        return frame["root"]
    if frame["cursor"] < 0:
        frame["cursor"] = frame["batch"]
    message = frame["cursor"]
    frame["cursor"] = frames_of(s)[message]["next"]
    return frames_of(s)[message]["root"]
