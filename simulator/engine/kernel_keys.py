"""Keys: which one a request is about, by popularity, and caches that remember them for a while.

Zipf samples come from rejection-inversion: W. Hörmann and G. Derflinger, "Rejection-inversion to generate variates from
monotone discrete distributions", ACM TOMACS 6 (1996). No tables, the same time for any number of keys.
"""

from __future__ import annotations

import math

from simulator.engine.kernel_memory import (
    Row,
    Table,
    caches_of,
    clock_of,
    compiled,
    expiries_of,
    frames_of,
    keys_of,
)
from simulator.engine.kernel_rng import uniform


@compiled()
def power_integral(x: float, exponent: float) -> float:
    """The integral of t ** -exponent from 1 to x."""
    logarithm = math.log(x)
    y = (1.0 - exponent) * logarithm
    if abs(y) < 1e-8:
        return logarithm * (1.0 + 0.5 * y)
    return logarithm * math.expm1(y) / y


@compiled()
def power_integral_inverse(area: float, exponent: float) -> float:
    """The x at which :func:`power_integral` is ``area``."""
    y = max(area * (1.0 - exponent), -1.0)
    if abs(y) < 1e-8:
        return math.exp(area * (1.0 - 0.5 * y))
    return math.exp(area * math.log1p(y) / y)


@compiled()
def draw_key(s: Table, k: int, stream: int) -> int:
    """A key, 0 the most popular."""
    keys = keys_of(s)[k]
    count = int(keys["count"])
    if keys["exponent"] <= 0.0:
        return min(int(uniform(s, stream) * count), count - 1)
    while True:
        area = keys["last"] + uniform(s, stream) * (keys["first"] - keys["last"])
        x = power_integral_inverse(area, keys["exponent"])
        rank = min(max(int(x + 0.5), 1), count)
        if rank - x <= keys["squeeze"]:
            return rank - 1
        if area >= power_integral(rank + 0.5, keys["exponent"]) - rank ** -keys["exponent"]:
            return rank - 1


@compiled()
def _scattered(key: int, fold: int) -> int:
    """Where a hash puts the key among ``fold`` places."""
    mixed = (key * 2654435761 + 374761393) & 0xFFFFFFFF
    mixed ^= mixed >> 15
    mixed = (mixed * 2246822519) & 0xFFFFFFFF
    mixed ^= mixed >> 13
    return mixed % fold


@compiled()
def choose_key(s: Table, f: int, step: Row) -> None:
    """Fill the frame's group."""
    frame = frames_of(s)[f]
    keys = keys_of(s)[step["resource"]]
    key = frame["key"]
    if key < 0 or step["flags"] == 1:
        key = draw_key(s, step["resource"], step["stream"])
    frame["group"] = _scattered(key, keys["fold"]) if keys["fold"] > 0 else key % keys["count"]


@compiled()
def cached(s: Table, f: int, c: int) -> bool:
    """Whether the cache holds the frame's group now."""
    cache = caches_of(s)[c]
    place = cache["first"] + max(frames_of(s)[f]["group"], 0) % cache["count"]
    return bool(expiries_of(s)[place] > clock_of(s)[0]["now"])


@compiled()
def store(s: Table, f: int, c: int) -> None:
    """Remember the frame's group from now on."""
    cache = caches_of(s)[c]
    place = cache["first"] + max(frames_of(s)[f]["group"], 0) % cache["count"]
    expiries_of(s)[place] = clock_of(s)[0]["now"] + cache["ttl"]
