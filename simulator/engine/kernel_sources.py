"""Where requests come from: arrivals whose rate is a piecewise linear function of time, and listed times.

The next arrival solves integral(rate) = E exactly, with E = 1 for even spacing and exponential with mean 1
for a Poisson process (inversion of the integrated rate; no thinning, so nothing is rejected).
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from numba import njit

from simulator.engine.kernel_frames import make_ready, take, wake_at
from simulator.engine.kernel_rng import exponential
from simulator.engine.stations import ROOT


@njit(forceinline=True, cache=True, _nrt=False)
def next_arrival(s: Any, k: Any) -> Any:
    """The time of the next arrival of source ``k``, or infinity when its profile has ended."""
    source = s.sources[k]
    needed = exponential(s.random, source["stream"]) if source["random"] else 1.0
    time = s.clock[0]["now"]
    while source["segment"] <= source["last_segment"]:
        segment = s.segments[source["segment"]]
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


@njit(forceinline=True, cache=True, _nrt=False)
def start_request(s: Any, k: Any) -> None:
    """A request begins: a root frame, which goes on right away."""
    source = s.sources[k]
    f = take(s, source["target"], -1, ROOT)
    s.frames[f]["root"] = f
    s.frames[f]["entry"] = source["entry"]
    s.entries[source["entry"], 0] += 1
    make_ready(s, f)


@njit(forceinline=True, cache=True, _nrt=False)
def tick_source(s: Any, f: Any, k: Any) -> None:
    """Start a request, unless this is the first appointment of all, and arrange for the next arrival."""
    if s.frames[f]["attempts"] == 0:
        s.frames[f]["attempts"] = 1
    else:
        start_request(s, k)
    time = next_arrival(s, k)
    if time < np.inf:
        wake_at(s, f, time)


@njit(forceinline=True, cache=True, _nrt=False)
def tick_schedule(s: Any, f: Any, k: Any) -> None:
    """Start a request at each listed time."""
    source = s.sources[k]
    if s.frames[f]["attempts"] == 0:
        s.frames[f]["attempts"] = 1
    else:
        start_request(s, k)
        source["position"] += 1
    if source["position"] <= source["last_position"]:
        wake_at(s, f, s.times[source["position"]])
