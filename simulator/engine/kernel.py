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
    CHANCE,
    COLD,
    COLD_START,
    DELAY,
    DEPART,
    END,
    ENQUEUE,
    FAIL,
    JUMP,
    METER,
    POISON,
    RELEASE,
    RETRY,
    RETURN,
    ROUTE,
    SEND,
    SETTLE,
    SOURCE,
    START_TIMER,
    STOP_TIMER,
    TRANSLATE,
    WORK,
)
from simulator.engine.kernel_batches import return_batch, settle, settle_ordered
from simulator.engine.kernel_calls import call, note_cut, retry, send
from simulator.engine.kernel_faults import disturb
from simulator.engine.kernel_frames import arrive, depart, finish, wake_at
from simulator.engine.kernel_heap import drop_first
from simulator.engine.kernel_memory import (
    Row,
    Table,
    buckets_of,
    choices_of,
    clock_of,
    compiled,
    faults_of,
    frames_of,
    gauges_of,
    heap_of,
    meters_of,
    pollers_of,
    program_of,
    translations_of,
)
from simulator.engine.kernel_pool import REFUSED, WAITS, acquire, meter_invocation, release
from simulator.engine.kernel_queue import enqueue
from simulator.engine.kernel_rng import sample, uniform
from simulator.engine.kernel_sources import tick_source
from simulator.engine.kernel_special import special
from simulator.engine.kernel_timers import start_timer, stop_timer
from simulator.engine.stations import FRAME_BITS, GATE_ALL, GATE_ERRORS, RECURSION_LIMIT, RECURSION_STOPPED

REACHED_TIME: Final = 0
REACHED_EVENTS: Final = 1
NEEDS_FRAMES: Final = 2
NEEDS_HEAP: Final = 3

MARGIN: Final = 8192
"""Free frames and free heap entries that one event never uses up."""
_FRAME_MASK: Final = (1 << FRAME_BITS) - 1


@compiled()
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


@compiled()
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


@compiled()
def _work(s: Table, f: int, step: Row) -> None:
    frame = frames_of(s)[f]
    time = sample(s, step["resource"], step["stream"]) * frame["records"]
    if frame["node"] >= 0 and gauges_of(s)[frame["node"]]["fault"]:
        time *= faults_of(s)[frame["node"]]["slow"]
    frame["pc"] += 1
    if 0.0 < step["x"] < time:
        time = step["x"]
        frame["status"] = step["code"]
        frame["pc"] = step["otherwise"]
    wake_at(s, f, clock_of(s)[0]["now"] + time)


@compiled()
def _cold_start(s: Table, f: int, step: Row) -> float:
    """Returns how long a cold start takes, 0 for a warm environment; the next instruction begins after it."""
    frame = frames_of(s)[f]
    time = 0.0
    frame["pc"] += 1
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
    while True:
        if clock["free"] < MARGIN:
            return NEEDS_FRAMES
        if clock["heap_size"] - clock["pending"] < MARGIN:
            return NEEDS_HEAP
        f = clock["ready_head"]
        if f >= 0:
            clock["ready_head"] = frames_of(s)[f]["next"]
            frames_of(s)[f]["next"] = -1
        else:
            if clock["pending"] == 0 or heap_of(s)[0]["time"] > until:
                clock["now"] = until
                return REACHED_TIME
            if clock["events"] >= stop_at:
                return REACHED_EVENTS
            clock["now"] = heap_of(s)[0]["time"]
            key = heap_of(s)[0]["key"]
            drop_first(s)
            f = key & _FRAME_MASK
            if frames_of(s)[f]["wake"] != key:
                continue
            frames_of(s)[f]["wake"] = -1
        clock["events"] += 1
        while f >= 0:
            frame = frames_of(s)[f]
            step = program_of(s)[frame["pc"]]
            op = step["op"]
            if op == END:
                f = finish(s, f)
            elif op == ARRIVE:
                arrive(s, f, step["node"], step["flags"] & 1)
                frame["pc"] += 1
                if gauges_of(s)[step["node"]]["fault"] and not step["flags"] & 2:
                    f = disturb(s, f, step, GATE_ALL - GATE_ERRORS if step["flags"] & 4 else GATE_ALL)
            elif op == DEPART:
                depart(s, f)
                frame["pc"] += 1
            elif op == DELAY:
                frame["pc"] += 1
                time = sample(s, step["resource"], step["stream"])
                wake_at(s, f, clock["now"] + time)
                f = -1
            elif op == WORK:
                _work(s, f, step)
                f = -1
            elif op == BUCKET:
                if _take_tokens(s, step, frame["records"], frame["group"]):
                    frame["pc"] += 1
                else:
                    frame["status"] = step["code"]
                    frame["pc"] = step["otherwise"]
            elif op == ACQUIRE:
                if step["flags"]:
                    frame["hops"] += 1
                if step["flags"] and frame["hops"] > RECURSION_LIMIT:
                    note_cut(s, step["node"])
                    frame["status"] = RECURSION_STOPPED
                    frame["pc"] = step["otherwise"]
                else:
                    outcome = acquire(s, f, step["resource"], step["node"])
                    if outcome == WAITS:
                        f = -1
                    elif outcome == REFUSED:
                        frame["status"] = step["code"]
                        frame["pc"] = step["otherwise"]
                    else:
                        frame["pc"] += 1
            elif op == COLD:
                time = _cold_start(s, f, step)
                if time > 0.0:
                    wake_at(s, f, clock["now"] + time)
                    f = -1
            elif op == RELEASE:
                if step["flags"]:
                    meter_invocation(s, f, step["node"])
                release(s, f, step["resource"], step["node"])
                frame["pc"] += 1
            elif op == FAIL:
                if _fails(s, f, step):
                    frame["status"] = step["code"]
                    frame["pc"] = step["otherwise"]
                else:
                    frame["pc"] += 1
            elif op == CALL:
                f = call(s, f, step)
            elif op == SEND:
                f = send(s, f, step)
            elif op == ROUTE:
                choice = step["resource"]
                if step["flags"]:
                    choice += max(frame["group"], 0) % step["code"]
                else:
                    draw = uniform(s, step["stream"])
                    last = choice + step["code"] - 1
                    while choice < last and draw >= choices_of(s)[choice]["below"]:
                        choice += 1
                frame["pc"] = choices_of(s)[choice]["target"]
            elif op == CHANCE:
                if uniform(s, step["stream"]) < step["x"]:
                    frame["pc"] = step["target"]
                else:
                    frame["pc"] += 1
            elif op == JUMP:
                frame["pc"] = step["target"]
            elif op == TRANSLATE:
                frame["status"] = translations_of(s)[step["resource"], frame["status"]]
                frame["pc"] += 1
            elif op == RETRY:
                f = retry(s, f, step)
            elif op == START_TIMER:
                start_timer(s, f, step["resource"])
                frame["pc"] += 1
            elif op == STOP_TIMER:
                stop_timer(s, f)
                frame["pc"] += 1
            elif op == ENQUEUE:
                enqueue(s, f, step["resource"])
                f = -1
            elif op == SETTLE:
                if pollers_of(s)[step["resource"]]["ordered"]:
                    settle_ordered(s, f, step["resource"])
                else:
                    settle(s, f, step["resource"], frame["pc"] + 1)
                f = -1
            elif op == RETURN:
                return_batch(s, f, step["resource"])
                f = -1
            elif op == METER:
                number = 1 if step["flags"] else frame["records"]
                meters_of(s)[step["node"], step["resource"]] += step["x"] * number
                frame["pc"] += 1
            elif op == SOURCE:
                tick_source(s, f, step["resource"])
                f = -1
            else:
                f = special(s, f, step)
