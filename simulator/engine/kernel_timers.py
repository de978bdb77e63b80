"""Countdowns. All of one timer last equally long, so that the earliest deadline is always at the head of a list."""

from __future__ import annotations

from simulator.engine.instructions import JOINS, WAITING, WORKING
from simulator.engine.kernel_batches import show_again
from simulator.engine.kernel_forks import abandon
from simulator.engine.kernel_frames import make_ready, wake_at
from simulator.engine.kernel_memory import Row, Table, clock_of, compiled, edges_of, frames_of, timers_of
from simulator.engine.kernel_pool import leave_line
from simulator.engine.stations import TIMER_INTERRUPTS


@compiled()
def stop_timer(s: Table, f: int) -> None:
    """End the frame's countdown, if it has one."""
    frame = frames_of(s)[f]
    t = frame["timer"]
    if t >= 0:
        timer = timers_of(s)[t]
        before = frame["timer_previous"]
        after = frame["timer_next"]
        if before >= 0:
            frames_of(s)[before]["timer_next"] = after
        else:
            timer["head"] = after
        if after >= 0:
            frames_of(s)[after]["timer_previous"] = before
        else:
            timer["tail"] = before
        frame["timer"] = -1


@compiled(inline=True)
def start_timer(s: Table, f: int, t: int) -> None:
    """Begin the countdown of timer ``t`` for the frame; a frame has one countdown at a time, the latest."""
    timer = timers_of(s)[t]
    frame = frames_of(s)[f]
    if frame["timer"] >= 0:
        stop_timer(s, f)
    frame["timer"] = t
    frame["deadline"] = clock_of(s)[0]["now"] + timer["duration"]
    frame["timer_next"] = -1
    frame["timer_previous"] = timer["tail"]
    if timer["tail"] >= 0:
        frames_of(s)[timer["tail"]]["timer_next"] = f
    else:
        timer["head"] = f
    timer["tail"] = f
    if timer["armed"] == 0:
        timer["armed"] = 1
        wake_at(s, timer["clock"], frame["deadline"])


@compiled()
def _take_batch_away(s: Table, child: int, batch: int) -> None:
    """Whoever goes on with an abandoned batch serves its first record only: the others may end any time now."""
    while child >= 0 and batch >= 0 and frames_of(s)[child]["batch"] == batch:
        frames_of(s)[child]["batch"] = -1
        frames_of(s)[child]["cursor"] = -1
        child = frames_of(s)[child]["child"]


@compiled()
def _interrupt(s: Table, f: int, timer: Row) -> None:
    """Stop waiting. A called frame goes on by itself, as asynchronous work of the request."""
    frame = frames_of(s)[f]
    if frame["flags"] & WAITING:
        leave_line(s, f)
    child = frame["child"]
    if child >= 0:
        _take_batch_away(s, child, frame["batch"])
        if frames_of(s)[child]["flags"] & JOINS:
            abandon(s, child)
        frames_of(s)[child]["parent"] = -1
        frame["child"] = -1
        if frames_of(s)[child]["edge"] >= 0:
            edges_of(s)[frames_of(s)[child]["edge"], 1] += 1
        root = frames_of(s)[child]["root"]
        if root >= 0:
            frames_of(s)[child]["flags"] |= WORKING
            frames_of(s)[root]["work"] += 1
    frame["status"] = timer["code"]
    frame["pc"] = timer["target"]
    frame["loop"] = -1
    make_ready(s, f)


@compiled()
def tick_timer(s: Table, t: int) -> None:
    """Act on every deadline that has come and make an appointment for the next."""
    timer = timers_of(s)[t]
    now = clock_of(s)[0]["now"]
    while timer["head"] >= 0 and frames_of(s)[timer["head"]]["deadline"] <= now:
        f = timer["head"]
        stop_timer(s, f)
        if timer["kind"] == TIMER_INTERRUPTS:
            _interrupt(s, f, timer)
        else:
            show_again(s, f, timer["queue"])
    if timer["head"] >= 0:
        wake_at(s, timer["clock"], frames_of(s)[timer["head"]]["deadline"])
    else:
        timer["armed"] = 0
