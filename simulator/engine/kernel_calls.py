"""How work travels between frames: calls that are waited for, and frames that go their own way."""

from __future__ import annotations

from typing import Any

from numba import njit

from simulator.engine.kernel_frames import next_root, take, wake_at
from simulator.engine.kernel_rng import sample, uniform, whole_number
from simulator.engine.stations import (
    DELAY,
    DEPTH_LIMIT,
    EVENT_AGE_EXCEEDED,
    LAST_THROTTLE,
    LOOP_CUT,
    OK,
    RETRIES,
    RETRIES_EXHAUSTED,
    WORKING,
)

SPARE_FRAMES = 4096
"""A frame that starts others stops for a moment when fewer than this are free, so that the pool can grow."""


@njit(forceinline=True, cache=True, _nrt=False)
def note_cut(s: Any, node: Any) -> None:
    """Count a chain that was cut, and remember where."""
    s.clock[0]["loops_cut"] += 1
    s.clock[0]["loop_node"] = node


@njit(forceinline=True, cache=True, _nrt=False)
def call(s: Any, f: Any, step: Any) -> Any:
    """Carry on with the calls of one instruction. Returns the frame to run next."""
    frame = s.frames[f]
    loop = frame["loop"]
    if loop == -1:
        frame["throttles"] = 0
        loop = 1
        if step["flags"] != 2:
            loop = whole_number(step["x"] * frame["records"], s.random, step["stream"])
    elif loop < -1:
        loop = -2 - loop
    else:
        if frame["status"] != OK and step["otherwise"] >= 0:
            frame["loop"] = -2 - loop if step["flags"] == 1 else -1
            frame["pc"] = step["otherwise"]
            return f
        loop -= 1
    if loop <= 0:
        frame["loop"] = -1
        frame["pc"] += 1
        return f
    frame["loop"] = loop
    if step["edge"] >= 0:
        s.edges[step["edge"], 0] += 1
    if frame["depth"] >= DEPTH_LIMIT:
        note_cut(s, step["node"])
        if step["edge"] >= 0:
            s.edges[step["edge"], 1] += 1
        frame["status"] = LOOP_CUT
        return f
    child = take(s, step["target"], next_root(s, f), 0)
    called = s.frames[child]
    called["parent"] = f
    called["edge"] = step["edge"]
    called["depth"] = frame["depth"] + 1
    called["hops"] = frame["hops"]
    if step["flags"] == 2:
        called["batch"] = frame["batch"]
        called["records"] = frame["records"]
    frame["child"] = child
    return child


@njit(forceinline=True, cache=True, _nrt=False)
def _send_one(s: Any, f: Any, step: Any) -> None:
    frame = s.frames[f]
    root = next_root(s, f)
    flags = 0
    if root >= 0:
        flags = WORKING
        s.frames[root]["work"] += 1
    child = take(s, step["target"], root, flags)
    sent = s.frames[child]
    sent["depth"] = frame["depth"] + 1
    sent["hops"] = frame["hops"]
    if step["edge"] >= 0:
        s.edges[step["edge"], 0] += 1
    time = s.clock[0]["now"]
    first = s.program[step["target"]]
    if first["op"] == DELAY:
        time += sample(s.distributions, first["resource"], s.random, first["stream"])
        sent["pc"] += 1
    wake_at(s, child, time)


@njit(forceinline=True, cache=True, _nrt=False)
def send(s: Any, f: Any, step: Any) -> Any:
    """Start the frames of one instruction. Returns the frame to run next, or -1 when the pool has to grow first."""
    frame = s.frames[f]
    loop = frame["loop"]
    if loop == -1:
        loop = whole_number(step["x"] * frame["records"], s.random, step["stream"])
    if loop > 0 and frame["depth"] >= DEPTH_LIMIT:
        note_cut(s, step["node"])
        loop = 0
    while loop > 0:
        if s.clock[0]["free"] < SPARE_FRAMES:
            frame["loop"] = loop
            wake_at(s, f, s.clock[0]["now"])
            return -1
        _send_one(s, f, step)
        loop -= 1
    frame["loop"] = -1
    frame["pc"] += 1
    return f


@njit(forceinline=True, cache=True, _nrt=False)
def retry(s: Any, f: Any, step: Any) -> Any:
    """Wait and try again, or give up. Returns the frame to run next."""
    frame = s.frames[f]
    policy = s.policies[step["resource"]]
    reason = RETRIES_EXHAUSTED
    wait = -1.0
    if frame["status"] <= LAST_THROTTLE:
        if policy["throttle_limit"] < 0 or frame["throttles"] < policy["throttle_limit"]:
            wait = min(policy["throttle_wait"] * 2.0 ** min(frame["throttles"], 30), policy["throttle_wait_most"])
            frame["throttles"] = min(frame["throttles"] + 1, 32_000)
    elif policy["limit"] < 0 or frame["attempts"] < policy["limit"]:
        wait = min(policy["wait"] * 2.0 ** min(frame["attempts"], 30), policy["wait_most"])
        frame["attempts"] = min(frame["attempts"] + 1, 32_000)
    if wait >= 0.0 and policy["jitter"]:
        wait *= uniform(s.random, step["stream"])
    now = s.clock[0]["now"]
    if wait >= 0.0 and now + wait - frame["enqueued"] > policy["maximum_age"]:
        wait = -1.0
        reason = EVENT_AGE_EXCEEDED
    if wait < 0.0:
        if policy["give_up_counts"]:
            s.lost[step["node"], reason] += frame["records"]
        frame["loop"] = -1
        frame["pc"] = step["otherwise"]
        return f
    s.counts[step["node"], RETRIES] += 1
    frame["status"] = OK
    frame["pc"] = step["target"]
    wake_at(s, f, now + wait)
    return -1
