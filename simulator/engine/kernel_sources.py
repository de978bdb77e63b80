"""Where requests come from: arrivals whose rate is a piecewise linear function of time, and listed times.

The next arrival solves integral(rate) = E exactly, with E = 1 for even spacing and exponential with mean 1
for a Poisson process (inversion of the integrated rate; no thinning, so nothing is rejected).
"""

from __future__ import annotations

import math

import numpy as np

from simulator.engine.instructions import ROOT
from simulator.engine.kernel_frames import make_ready, take, wake_at
from simulator.engine.kernel_memory import (
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


@compiled()
def next_arrival(s: Table, k: int) -> float:
    """The time of the next arrival of source ``k``, or infinity when its profile has ended."""
    source = sources_of(s)[k]
    needed = exponential(s, source["stream"]) if source["random"] else 1.0
    time = clock_of(s)[0]["now"]
    while source["segment"] <= source["last_segment"]:
        segment = segments_of(s)[source["segment"]]
        time = max(time, segment["start"])
        rate = segment["rate"] + segment["slope"] * (time - segment["start"])
        end_rate = segment["rate"] + segment["slope"] * (segment["end"] - segment["start"])
        available = 0.5 * (rate + end_rate) * (segment["end"] - time)
        if needed <= available and available > 0.0:
            root = math.sqrt(max(rate * rate + 2.0 * segment["slope"] * needed, 0.0))
            return time + 2.0 * needed / (rate + root)
        needed -= available
        time = segment["end"]
        source["segment"] += 1
    return np.inf


@compiled()
def start_request(s: Table, k: int) -> None:
    """A request begins: a root frame, which goes on right away."""
    source = sources_of(s)[k]
    f = take(s, source["target"], -1, ROOT)
    frames_of(s)[f]["root"] = f
    frames_of(s)[f]["entry"] = source["entry"]
    entries_of(s)[source["entry"], 0] += 1
    make_ready(s, f)


@compiled()
def tick_source(s: Table, f: int, k: int) -> None:
    """Start a request, unless this is the first appointment of all, and arrange for the next arrival."""
    if frames_of(s)[f]["attempts"] == 0:
        frames_of(s)[f]["attempts"] = 1
    else:
        start_request(s, k)
    time = next_arrival(s, k)
    if time < np.inf:
        wake_at(s, f, time)


@compiled()
def tick_schedule(s: Table, f: int, k: int) -> None:
    """Start a request at each listed time."""
    source = sources_of(s)[k]
    if frames_of(s)[f]["attempts"] == 0:
        frames_of(s)[f]["attempts"] = 1
    else:
        start_request(s, k)
        source["position"] += 1
    if source["position"] <= source["last_position"]:
        wake_at(s, f, times_of(s)[source["position"]])
