"""The discrete-event loop: takes the earliest event and runs its frame's program until it has to wait.

Arrays in, arrays out: no names, no units but seconds, no allocation, no Python objects. It stops at a time
or after a number of events and goes on where it stopped, with the same outcome. It also stops when frames
or the heap run low, so that its caller can make them larger.
"""

from __future__ import annotations

from typing import Any, Final

from numba import njit

from simulator.engine.kernel_calls import call, note_cut, retry, send
from simulator.engine.kernel_frames import arrive, depart, finish, wake_at
from simulator.engine.kernel_heap import drop_first
from simulator.engine.kernel_pool import REFUSED, WAITS, acquire, meter_invocation, release
from simulator.engine.kernel_queue import enqueue, return_batch, settle, settle_ordered, tick_scale, tick_window
from simulator.engine.kernel_rng import sample, uniform
from simulator.engine.kernel_sources import tick_schedule, tick_source
from simulator.engine.kernel_timers import start_timer, stop_timer, tick_timer
from simulator.engine.stations import (
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
    FORGET,
    FRAME_BITS,
    JUMP,
    LOST,
    METER,
    OK,
    RECURSION_LIMIT,
    RECURSION_STOPPED,
    RELEASE,
    RETRY,
    RETURN,
    ROUTE,
    SCALE_TICK,
    SCHEDULE,
    SEND,
    SETTLE,
    SOURCE,
    START_TIMER,
    STOP_TIMER,
    TIMER_TICK,
    TRANSLATE,
    WINDOW_TICK,
    WORK,
)

REACHED_TIME: Final = 0
REACHED_EVENTS: Final = 1
NEEDS_FRAMES: Final = 2
NEEDS_HEAP: Final = 3

MARGIN: Final = 8192
"""Free frames and free heap entries that one event never uses up."""
_FRAME_MASK: Final = (1 << FRAME_BITS) - 1


@njit(forceinline=True, cache=True, _nrt=False)
def _take_tokens(s: Any, step: Any, records: Any) -> Any:
    """True when the bucket holds what the step needs; takes it."""
    bucket = s.buckets[step["resource"]]
    now = s.clock[0]["now"]
    tokens = min(bucket["tokens"] + (now - bucket["last"]) * bucket["rate"], bucket["capacity"])
    bucket["last"] = now
    needed = step["x"] if step["flags"] else step["x"] * records
    if tokens < needed:
        bucket["tokens"] = tokens
        return False
    bucket["tokens"] = tokens - needed
    return True


@njit(forceinline=True, cache=True, _nrt=False)
def _fails(s: Any, f: Any, step: Any) -> Any:
    """Draw the outcome of the handler. True when the invocation as a whole fails."""
    frame = s.frames[f]
    chance = step["x"]
    if step["flags"] == 0 and frame["records"] == 1:
        return uniform(s.random, step["stream"]) < chance
    failed = 0
    for _ in range(frame["records"]):
        if uniform(s.random, step["stream"]) < chance:
            failed += 1
    if step["flags"] == 1 and frame["batch"] >= 0:
        frame["failed"] = failed
        return False
    return failed > 0


@njit(forceinline=True, cache=True, _nrt=False)
def _work(s: Any, f: Any, step: Any) -> None:
    frame = s.frames[f]
    time = sample(s.distributions, step["resource"], s.random, step["stream"]) * frame["records"]
    frame["pc"] += 1
    if 0.0 < step["x"] < time:
        time = step["x"]
        frame["status"] = step["code"]
        frame["pc"] = step["otherwise"]
    wake_at(s, f, s.clock[0]["now"] + time)


@njit(forceinline=True, cache=True, _nrt=False)
def _cold_start(s: Any, f: Any, step: Any) -> Any:
    """Returns how long a cold start takes, 0 for a warm environment; the next instruction begins after it."""
    frame = s.frames[f]
    time = 0.0
    frame["pc"] += 1
    if frame["flags"] & COLD_START:
        initialisation = sample(s.distributions, step["code"], s.random, step["stream"])
        frame["billed"] = initialisation
        time = initialisation + sample(s.distributions, step["resource"], s.random, step["stream"])
    frame["mark"] = s.clock[0]["now"] + time
    return time


@njit(nogil=True, cache=True, _nrt=False)
def advance(s: Any, until: Any, maximum_events: Any) -> Any:
    """Run until ``until`` (s) or for ``maximum_events`` events. Returns why it stopped."""
    clock = s.clock[0]
    stop_at = clock["events"] + maximum_events
    while True:
        if clock["free"] < MARGIN:
            return NEEDS_FRAMES
        if s.heap.shape[0] - clock["pending"] < MARGIN:
            return NEEDS_HEAP
        f = clock["ready_head"]
        if f >= 0:
            clock["ready_head"] = s.frames[f]["next"]
            s.frames[f]["next"] = -1
        else:
            if clock["pending"] == 0 or s.heap[0]["time"] > until:
                clock["now"] = until
                return REACHED_TIME
            if clock["events"] >= stop_at:
                return REACHED_EVENTS
            clock["now"] = s.heap[0]["time"]
            key = s.heap[0]["key"]
            drop_first(s.heap, s.clock)
            f = key & _FRAME_MASK
            if s.frames[f]["wake"] != key:
                continue
            s.frames[f]["wake"] = -1
        clock["events"] += 1
        while f >= 0:
            frame = s.frames[f]
            step = s.program[frame["pc"]]
            op = step["op"]
            if op == END:
                f = finish(s, f)
            elif op == ARRIVE:
                arrive(s, f, step["node"], step["flags"])
                frame["pc"] += 1
            elif op == DEPART:
                depart(s, f)
                frame["pc"] += 1
            elif op == DELAY:
                frame["pc"] += 1
                time = sample(s.distributions, step["resource"], s.random, step["stream"])
                wake_at(s, f, clock["now"] + time)
                f = -1
            elif op == WORK:
                _work(s, f, step)
                f = -1
            elif op == BUCKET:
                if _take_tokens(s, step, frame["records"]):
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
                draw = uniform(s.random, step["stream"])
                choice = step["resource"]
                last = step["resource"] + step["code"] - 1
                while choice < last and draw >= s.choices[choice]["below"]:
                    choice += 1
                frame["pc"] = s.choices[choice]["target"]
            elif op == CHANCE:
                if uniform(s.random, step["stream"]) < step["x"]:
                    frame["pc"] = step["target"]
                else:
                    frame["pc"] += 1
            elif op == JUMP:
                frame["pc"] = step["target"]
            elif op == TRANSLATE:
                frame["status"] = s.translations[step["resource"], frame["status"]]
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
                if s.pollers[step["resource"]]["ordered"]:
                    settle_ordered(s, f, step["resource"])
                else:
                    settle(s, f, step["resource"], frame["pc"] + 1)
                f = -1
            elif op == RETURN:
                return_batch(s, f, step["resource"])
                f = -1
            elif op == METER:
                s.meters[step["node"], step["resource"]] += step["x"] * frame["records"]
                frame["pc"] += 1
            elif op == FORGET:
                frame["status"] = OK
                frame["pc"] += 1
            elif op == LOST:
                code = step["code"] if step["code"] > 0 else frame["status"]
                s.lost[step["node"], code] += frame["records"]
                frame["pc"] += 1
            else:
                if op == SOURCE:
                    tick_source(s, f, step["resource"])
                elif op == SCHEDULE:
                    tick_schedule(s, f, step["resource"])
                elif op == TIMER_TICK:
                    tick_timer(s, step["resource"])
                elif op == WINDOW_TICK:
                    tick_window(s, step["resource"])
                elif op == SCALE_TICK:
                    tick_scale(s, step["resource"])
                f = -1
