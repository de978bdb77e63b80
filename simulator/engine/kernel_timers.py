"""Countdowns. All of one timer last equally long, so that the earliest deadline is always at the head of a list."""

from __future__ import annotations

from typing import Any

from numba import njit

from simulator.engine.kernel_frames import make_ready, wake_at
from simulator.engine.kernel_queue import show_again
from simulator.engine.stations import TIMER_INTERRUPTS, WORKING


@njit(forceinline=True, cache=True, _nrt=False)
def start_timer(s: Any, f: Any, t: Any) -> None:
    """Begin the countdown of timer ``t`` for the frame; a frame has one countdown at a time."""
    timer = s.timers[t]
    frame = s.frames[f]
    frame["timer"] = t
    frame["deadline"] = s.clock[0]["now"] + timer["duration"]
    frame["timer_next"] = -1
    frame["timer_previous"] = timer["tail"]
    if timer["tail"] >= 0:
        s.frames[timer["tail"]]["timer_next"] = f
    else:
        timer["head"] = f
    timer["tail"] = f
    if timer["armed"] == 0:
        timer["armed"] = 1
        wake_at(s, timer["clock"], frame["deadline"])


@njit(forceinline=True, cache=True, _nrt=False)
def stop_timer(s: Any, f: Any) -> None:
    """End the frame's countdown, if it has one."""
    frame = s.frames[f]
    t = frame["timer"]
    if t >= 0:
        timer = s.timers[t]
        before = frame["timer_previous"]
        after = frame["timer_next"]
        if before >= 0:
            s.frames[before]["timer_next"] = after
        else:
            timer["head"] = after
        if after >= 0:
            s.frames[after]["timer_previous"] = before
        else:
            timer["tail"] = before
        frame["timer"] = -1


@njit(forceinline=True, cache=True, _nrt=False)
def _interrupt(s: Any, f: Any, timer: Any) -> None:
    """Stop waiting. A called frame goes on by itself, as asynchronous work of the request."""
    frame = s.frames[f]
    child = frame["child"]
    if child >= 0:
        s.frames[child]["parent"] = -1
        frame["child"] = -1
        if s.frames[child]["edge"] >= 0:
            s.edges[s.frames[child]["edge"], 1] += 1
        root = s.frames[child]["root"]
        if root >= 0:
            s.frames[child]["flags"] |= WORKING
            s.frames[root]["work"] += 1
    frame["status"] = timer["code"]
    frame["pc"] = timer["target"]
    frame["loop"] = -1
    make_ready(s, f)


@njit(forceinline=True, cache=True, _nrt=False)
def tick_timer(s: Any, t: Any) -> None:
    """Act on every deadline that has come and make an appointment for the next."""
    timer = s.timers[t]
    now = s.clock[0]["now"]
    while timer["head"] >= 0 and s.frames[timer["head"]]["deadline"] <= now:
        f = timer["head"]
        stop_timer(s, f)
        if timer["kind"] == TIMER_INTERRUPTS:
            _interrupt(s, f, timer)
        else:
            show_again(s, f, timer["queue"])
    if timer["head"] >= 0:
        wake_at(s, timer["clock"], s.frames[timer["head"]]["deadline"])
    else:
        timer["armed"] = 0
