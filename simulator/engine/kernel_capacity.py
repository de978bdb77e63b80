"""Throughput that follows its use: provisioned capacity that tracks a target, and tables on demand that follow a peak.

A scaler of either kind looks at a meter of its node once a period and refills a token bucket faster or slower.
"""

from __future__ import annotations

import math

from simulator.engine.kernel_frames import take, wake_at
from simulator.engine.kernel_memory import (
    Row,
    Table,
    buckets_of,
    clock_of,
    compiled,
    meters_of,
    scalers_of,
)
from simulator.engine.kernel_rng import sample

DAY_S = 86_400.0


@compiled()
def set_capacity(s: Table, k: int, units: int) -> None:
    """So many units a second from now on; what a fault cuts stays cut, and what has been saved is kept."""
    scaler = scalers_of(s)[k]
    now = clock_of(s)[0]["now"]
    meters_of(s)[scaler["node"], scaler["kept"]] += scaler["servers"] * (now - scaler["metered"])
    scaler["metered"] = now
    scaler["servers"] = units
    bucket = buckets_of(s)[scaler["bucket"]]
    tokens = min(bucket["tokens"] + (now - bucket["last"]) * bucket["rate"], bucket["capacity"])
    bucket["last"] = now
    bucket["rate"] = units * (1.0 - scaler["cut"])
    bucket["capacity"] = bucket["rate"] * scaler["saved_s"]
    bucket["tokens"] = min(tokens, bucket["capacity"])


@compiled()
def used_since_last_look(s: Table, scaler: Row) -> float:
    """Units a second of the meter that the scaler watches."""
    used = meters_of(s)[scaler["node"], scaler["watched"]]
    rate = (used - scaler["taken"]) / scaler["period"]
    scaler["taken"] = used
    return float(rate)


@compiled()
def track_target(s: Table, k: int) -> None:
    """Ask for capacity of which the target's share would be in use.

    More after ``patience`` periods above the target, less after a cooldown below it and not too often a day. While a
    change is on its way no other one is asked for. Use is seen as a share of what a fault leaves.
    """
    scaler = scalers_of(s)[k]
    now = clock_of(s)[0]["now"]
    left = 1.0 - scaler["cut"]
    used = used_since_last_look(s, scaler) / left if left > 0.0 else 0.0
    wanted = math.ceil(used / scaler["target"] - 1e-9)
    wanted = int(min(max(wanted, scaler["least"]), scaler["most"]))
    scaler["above"] = scaler["above"] + 1 if used > scaler["target"] * scaler["servers"] else 0
    scaler["idle"] = scaler["idle"] + 1 if wanted < scaler["servers"] else 0
    day = int(now / DAY_S)
    if day != scaler["day"]:
        scaler["day"] = day
        scaler["decreases"] = 0
    if scaler["launching"] > 0:
        return
    more = wanted > scaler["servers"] and scaler["above"] >= scaler["patience"]
    less = scaler["idle"] * scaler["period"] >= scaler["cooldown"] and scaler["decreases"] < scaler["most_decreases"]
    if more or less:
        scaler["decreases"] += 0 if more else 1
        scaler["above"] = 0
        scaler["idle"] = 0
        scaler["wanted"] = wanted
        scaler["launching"] = 1
        wake_at(s, take(s, scaler["up"], -1, 0), now + sample(s, scaler["launch"], scaler["stream"]))


@compiled()
def follow_peak(s: Table, k: int) -> None:
    """Be ready for so many times the highest use of one period, not again before the cooldown is over."""
    scaler = scalers_of(s)[k]
    now = clock_of(s)[0]["now"]
    scaler["peak"] = max(scaler["peak"], used_since_last_look(s, scaler))
    wanted = int(min(math.floor(scaler["peak"] * scaler["target"] + 1e-6), scaler["most"]))
    if wanted > scaler["servers"] and now - scaler["last_change"] >= scaler["cooldown"]:
        scaler["last_change"] = now
        set_capacity(s, k, wanted)
