"""Where requests come from: arrivals whose rate is piecewise linear over time, listed times, and users who wait.

The next arrival solves integral(rate) = E exactly, with E = 1 for even spacing and exponential with mean 1
for a Poisson process (inversion of the integrated rate; no thinning, so nothing is rejected).
"""

from __future__ import annotations

import math

import numpy as np

from simulator.engine.instructions import ROOT, TRACED
from simulator.engine.kernel_calendar import forget
from simulator.engine.kernel_calls import SPARE_FRAMES
from simulator.engine.kernel_frames import free, make_ready, sleep_until, take, wake_at
from simulator.engine.kernel_keys import draw_key
from simulator.engine.kernel_memory import (
    Row,
    Table,
    clock_of,
    compiled,
    entries_of,
    frames_of,
    segments_of,
    sources_of,
    times_of,
)
from simulator.engine.kernel_rng import exponential

USERS_EVERY_S = 1.0
"""How often the number of users follows a profile that changes."""


@compiled(inline=True)
def _rate(segment: Row, time: float) -> float:
    return segment["rate"] + segment["slope"] * (time - segment["start"])


@compiled()
def next_arrival(s: Table, k: int) -> float:
    """The time of the next arrival of source ``k`` from ``since`` on, or infinity when its profile has ended."""
    source = sources_of(s)[k]
    if source["factor"] <= 0.0:
        return np.inf
    needed = source["needed"] / source["factor"]
    time = source["since"]
    source["segment"] = source["since_segment"]
    while source["segment"] <= source["last_segment"]:
        segment = segments_of(s)[source["segment"]]
        time = max(time, segment["start"])
        rate = _rate(segment, time)
        end_rate = _rate(segment, segment["end"])
        available = 0.5 * (rate + end_rate) * (segment["end"] - time)
        if needed <= available and available > 0.0:
            root = math.sqrt(max(rate * rate + 2.0 * segment["slope"] * needed, 0.0))
            return time + 2.0 * needed / (rate + root)
        needed -= available
        time = segment["end"]
        source["segment"] += 1
    return np.inf


@compiled(inline=True)
def start_request(s: Table, k: int) -> int:
    """A request begins: a root frame. Every so many of them are samples whose steps are noted."""
    source = sources_of(s)[k]
    clock = clock_of(s)[0]
    f = take(s, source["target"], -1, ROOT)
    frames_of(s)[f]["root"] = f
    frames_of(s)[f]["entry"] = source["entry"]
    if source["keys"] >= 0:
        frames_of(s)[f]["key"] = draw_key(s, source["keys"], source["stream"])
    entries_of(s)[source["entry"], 0] += 1
    clock["until_sample"] -= 1
    if clock["until_sample"] == 0:
        clock["until_sample"] = clock["sample_every"]
        frames_of(s)[f]["flags"] |= TRACED
        frames_of(s)[f]["cursor"] = clock["traces"]
        clock["traces"] += 1
    return f


@compiled(inline=True)
def tick_source(s: Table, f: int, k: int) -> int:
    """Start a request, unless this is the first appointment of all, and arrange for the next arrival.

    Returns the request's frame, which runs next, or -1.
    """
    source = sources_of(s)[k]
    request = -1
    if frames_of(s)[f]["attempts"] == 0:
        frames_of(s)[f]["attempts"] = 1
        source["since_segment"] = source["segment"]
    else:
        request = start_request(s, k)
        source["since_segment"] = source["segment"]
    needed = exponential(s, source["stream"]) if source["random"] else 1.0
    now = clock_of(s)[0]["now"]
    source["needed"] = needed
    source["since"] = now
    segment = segments_of(s)[min(source["segment"], source["last_segment"])]
    if source["segment"] <= source["last_segment"] and segment["slope"] == 0.0 and segment["start"] <= now:
        time = now + needed / source["factor"] / segment["rate"]
        if time <= segment["end"]:
            sleep_until(s, f, time)
            return request
    time = next_arrival(s, k)
    if time < np.inf:
        sleep_until(s, f, time)
    return request


@compiled()
def retune(s: Table, k: int, f: int, factor: float) -> None:
    """The load becomes ``factor`` times the profile from now on; ``f`` is the source's frame."""
    source = sources_of(s)[k]
    now = clock_of(s)[0]["now"]
    passed = 0.0
    segment = source["since_segment"]
    time = source["since"]
    while segment <= source["last_segment"] and time < now:
        row = segments_of(s)[segment]
        time = max(time, row["start"])
        end = min(row["end"], now)
        if end > time:
            passed += 0.5 * (_rate(row, time) + _rate(row, end)) * (end - time)
            time = end
        if row["end"] > now:
            break
        segment += 1
    source["needed"] = max(source["needed"] - passed * source["factor"], 0.0)
    source["since"] = now
    source["since_segment"] = segment
    source["factor"] = factor
    time = next_arrival(s, k)
    forget(s, f)
    if time < np.inf:
        wake_at(s, f, time)


@compiled()
def tick_schedule(s: Table, f: int, k: int) -> None:
    """Start a request at each listed time."""
    source = sources_of(s)[k]
    if frames_of(s)[f]["attempts"] == 0:
        frames_of(s)[f]["attempts"] = 1
    else:
        make_ready(s, start_request(s, k))
        source["position"] += 1
    if source["position"] <= source["last_position"]:
        wake_at(s, f, times_of(s)[source["position"]])


@compiled()
def _users_wanted(s: Table, k: int) -> int:
    source = sources_of(s)[k]
    now = clock_of(s)[0]["now"]
    while source["segment"] < source["last_segment"] and segments_of(s)[source["segment"]]["end"] <= now:
        source["segment"] += 1
    segment = segments_of(s)[source["segment"]]
    if now >= segment["end"] and segment["slope"] == 0.0 and segment["rate"] == 0.0:
        return 0
    return int(_rate(segment, min(now, segment["end"])) * source["factor"] + 0.5)


@compiled()
def tick_users(s: Table, f: int, k: int) -> None:
    """Users come until there are as many as the profile says; those too many leave by themselves."""
    source = sources_of(s)[k]
    clock = clock_of(s)[0]
    wanted = _users_wanted(s, k)
    while source["running"] < wanted:
        if clock["free"] < SPARE_FRAMES:
            wake_at(s, f, clock["now"])
            return
        source["running"] += 1
        make_ready(s, take(s, source["program"], -1, 0))
    wake_at(s, f, clock["now"] + USERS_EVERY_S)


@compiled()
def use(s: Table, f: int, k: int) -> int:
    """A user sends the next request, goes on after the answer, or leaves. Returns the frame to run next."""
    frame = frames_of(s)[f]
    source = sources_of(s)[k]
    if frame["loop"] == 1:
        frame["loop"] = -1
        frame["status"] = 0
        frame["pc"] = source["program"]
        return f
    if source["running"] > _users_wanted(s, k):
        source["running"] -= 1
        free(s, f)
        return -1
    request = start_request(s, k)
    frames_of(s)[request]["parent"] = f
    frame["loop"] = 1
    return request
