"""The discrete-event loop: takes the earliest event and runs its frame's program until it has to wait.

Arrays in, arrays out: no names, no units but seconds, no allocation, no Python objects. It stops at a time
or after a number of events and goes on where it stopped, with the same outcome. It also stops when frames
or the heap run low, so that its caller can make them larger.
"""

from __future__ import annotations

from typing import Final

from simulator.engine.instructions import (
    ACQUIRE,
    ARRIVE,
    BUCKET,
    CALL,
    COLD,
    COLD_START,
    DELAY,
    DEPART,
    END,
    ENQUEUE,
    FAIL,
    GATE,
    METER,
    POISON,
    RELEASE,
    SEND,
    SOURCE,
    START_TIMER,
    STOP_TIMER,
    WORK,
)
from simulator.engine.kernel_calendar import next_frame, tune
from simulator.engine.kernel_calls import call, draw, draw_first, go_on, send, wait
from simulator.engine.kernel_faults import disturb
from simulator.engine.kernel_frames import arrive, depart, finish_here, sleep_until, wake_at
from simulator.engine.kernel_memory import (
    Row,
    Table,
    buckets_of,
    clock_of,
    compiled,
    faults_of,
    frames_of,
    gauges_of,
    meters_of,
    program_of,
)
from simulator.engine.kernel_pool import REFUSED, WAITS, acquire, meter_invocation, release
from simulator.engine.kernel_queue import enqueue
from simulator.engine.kernel_rng import sample, uniform
from simulator.engine.kernel_sources import tick_source
from simulator.engine.kernel_special import special
from simulator.engine.kernel_timers import start_timer, stop_timer
from simulator.engine.stations import GATE_ALL, GATE_ERRORS

REACHED_TIME: Final = 0
REACHED_EVENTS: Final = 1
NEEDS_FRAMES: Final = 2
NEEDS_HEAP: Final = 3

_COMMON: Final = (
    *(ARRIVE, BUCKET, METER, ACQUIRE, COLD, START_TIMER, WORK, CALL),
    *(SEND, FAIL, STOP_TIMER, RELEASE, DEPART, DELAY, END, ENQUEUE),
)
_COMMON_BITS: Final = sum(1 << op for op in _COMMON)
"""Instructions that ``advance`` executes itself."""
MARGIN: Final = 8192
"""Free frames and free heap entries that one event never uses up."""


@compiled(inline=True)
def _take_tokens(s: Table, step: Row, records: int, group: int) -> bool:
    """True when the bucket holds what the step needs; takes it."""
    bucket = buckets_of(s)[step["resource"] + (max(group, 0) if step["flags"] & 2 else 0)]
    now = clock_of(s)[0]["now"]
    tokens = min(bucket["tokens"] + (now - bucket["last"]) * bucket["rate"], bucket["capacity"])
    bucket["last"] = now
    needed = step["x"] if step["flags"] & 1 else step["x"] * records
    if tokens < needed:
        bucket["tokens"] = tokens
        return False
    bucket["tokens"] = tokens - needed
    return True


@compiled(inline=True)
def _fails(s: Table, f: int, step: Row) -> bool:
    """Draw the outcome of the handler. True when the invocation as a whole fails."""
    frame = frames_of(s)[f]
    chance = step["x"]
    if frame["node"] >= 0 and gauges_of(s)[frame["node"]]["fault"]:
        chance = 1.0 - (1.0 - chance) * (1.0 - faults_of(s)[frame["node"]]["error_share"])
    poisoned = frame["flags"] & POISON
    if chance <= 0.0 and not poisoned:
        return False
    if step["flags"] == 0 and frame["records"] == 1:
        return uniform(s, step["stream"]) < chance or poisoned
    failed = 1 if poisoned else 0
    for _ in range(frame["records"]):
        if uniform(s, step["stream"]) < chance:
            failed += 1
    if step["flags"] == 1 and frame["batch"] >= 0:
        frame["failed"] = min(failed, frame["records"])
        return False
    return failed > 0


@compiled(inline=True)
def _work(s: Table, f: int, step: Row) -> None:
    frame = frames_of(s)[f]
    time = draw(s, step) * frame["records"]
    if frame["node"] >= 0 and gauges_of(s)[frame["node"]]["fault"]:
        time *= faults_of(s)[frame["node"]]["slow"]
    frame["pc"] = step["next"]
    if 0.0 < step["x"] < time:
        time = step["x"]
        frame["status"] = step["code"]
        frame["pc"] = step["otherwise"]
    sleep_until(s, f, clock_of(s)[0]["now"] + time)


@compiled()
def _cold_start(s: Table, f: int, step: Row) -> float:
    """Returns how long a cold start takes, 0 for a warm environment; the next instruction begins after it."""
    frame = frames_of(s)[f]
    time = 0.0
    if frame["flags"] & COLD_START:
        initialisation = sample(s, step["code"], step["stream"])
        frame["billed"] = initialisation
        time = initialisation + sample(s, step["resource"], step["stream"])
    frame["mark"] = clock_of(s)[0]["now"] + time
    return time


@compiled(nogil=True)
def advance(s: Table, until: float, maximum_events: int) -> int:
    """Run until ``until`` (s) or for ``maximum_events`` events. Returns why it stopped."""
    clock = clock_of(s)[0]
    stop_at = clock["events"] + maximum_events
    draw_first(s)
    while True:
        if clock["free"] < MARGIN:
            return NEEDS_FRAMES
        if clock["heap_size"] - clock["pending"] < MARGIN + clock["near"]:
            return NEEDS_HEAP
        if clock["events"] >= clock["tune_at"]:
            tune(s)
        f = clock["ready_head"]
        if f >= 0:
            clock["ready_head"] = frames_of(s)[f]["next"]
            frames_of(s)[f]["next"] = -1
        else:
            if clock["events"] >= stop_at:
                return REACHED_EVENTS
            f = next_frame(s, until)
            if f == -2:
                continue
            if f < 0:
                clock["now"] = until
                return REACHED_TIME
        clock["events"] += 1
        while f >= 0:
            frame = frames_of(s)[f]
            pc = frame["pc"]
            step = program_of(s)[pc]
            if step["op"] == ARRIVE:
                arrive(s, f, step["node"], step["flags"] & 1)
                pc = step["next"]
                if gauges_of(s)[step["node"]]["fault"] and not step["flags"] & 2:
                    frame["pc"] = pc
                    f = disturb(s, f, step, GATE_ALL - GATE_ERRORS if step["flags"] & 4 else GATE_ALL)
                    continue
                step = program_of(s)[pc]
            if step["op"] == BUCKET:
                if not _take_tokens(s, step, frame["records"], frame["group"]):
                    frame["status"] = step["code"]
                    frame["pc"] = step["otherwise"]
                    continue
                pc = step["next"]
                step = program_of(s)[pc]
            if step["op"] == METER:
                number = 1 if step["flags"] else frame["records"]
                meters_of(s)[step["node"], step["resource"]] += step["x"] * number
                pc = step["next"]
                step = program_of(s)[pc]
            if step["op"] == ACQUIRE:
                frame["pc"] = pc
                outcome = acquire(s, f, step)
                if outcome == WAITS:
                    break
                if outcome == REFUSED:
                    continue
                pc = step["next"]
                step = program_of(s)[pc]
            if step["op"] == COLD:
                time = _cold_start(s, f, step)
                pc = step["next"]
                if time > 0.0:
                    frame["pc"] = pc
                    wake_at(s, f, clock["now"] + time)
                    break
                step = program_of(s)[pc]
            if step["op"] == START_TIMER:
                start_timer(s, f, step["resource"])
                pc = step["next"]
                step = program_of(s)[pc]
            if step["op"] == WORK:
                _work(s, f, step)
                break
            if step["op"] == CALL:
                frame["pc"] = pc
                f = call(s, f, step)
                continue
            if step["op"] == GATE and not gauges_of(s)[step["node"]]["fault"]:
                pc = step["next"]
                step = program_of(s)[pc]
            if step["op"] == SEND:
                frame["pc"] = pc
                f = send(s, f, step)
                continue
            if step["op"] == FAIL:
                if _fails(s, f, step):
                    frame["status"] = step["code"]
                    frame["pc"] = step["otherwise"]
                    continue
                pc = step["next"]
                step = program_of(s)[pc]
            if step["op"] == STOP_TIMER:
                stop_timer(s, f)
                pc = step["next"]
                step = program_of(s)[pc]
            if step["op"] == RELEASE:
                if step["flags"]:
                    meter_invocation(s, f, step["node"])
                release(s, f, step)
                pc = step["next"]
                step = program_of(s)[pc]
            if step["op"] == DEPART:
                depart(s, f)
                pc = step["next"]
                step = program_of(s)[pc]
            if step["op"] == DELAY:
                wait(s, f, pc)
                break
            if step["op"] == END:
                f = go_on(s, finish_here(s, f))
                continue
            if step["op"] == ENQUEUE:
                enqueue(s, f, step["resource"])
                break
            frame["pc"] = pc
            if step["op"] == SOURCE:
                f = tick_source(s, f, step["resource"])
            elif not _COMMON_BITS >> step["op"] & 1:
                f = special(s, f, step)
