"""Pools of servers: a shared concurrency limit, a queue in front or none, and warm environments behind."""

from __future__ import annotations

import math
from typing import Any

from numba import njit

from simulator.engine.kernel_frames import change_gauge, free, make_ready, take
from simulator.engine.stations import (
    COLD_START,
    COLD_STARTS,
    FUNCTION_TIMEOUT,
    HOLDS_SERVER,
    METER_BILLED_MS,
    METER_COLD_INIT_MS,
    METER_INVOCATIONS,
    METER_PROVISIONED_MS,
    PROVISIONED,
)

REFUSED = 0
SERVED = 1
WAITS = 2


@njit(forceinline=True, cache=True, _nrt=False)
def reaped_at(pool: Any, idle_since: Any) -> Any:
    """When an environment idle since then is removed: at the first round of the reaper after its expiry."""
    earliest = idle_since + pool["expiry"]
    if pool["reap_every"] <= 0.0:
        return earliest
    rounds = math.ceil((earliest - pool["reap_phase"]) / pool["reap_every"])
    return pool["reap_phase"] + rounds * pool["reap_every"]


@njit(forceinline=True, cache=True, _nrt=False)
def reap(s: Any, p: Any, now: Any) -> None:
    """Remove the environments that have been idle too long; the oldest are at one end of the list."""
    pool = s.pools[p]
    while pool["idle"] > 0:
        oldest = pool["idle_oldest"]
        gone = reaped_at(pool, s.frames[oldest]["started"])
        if gone > now:
            return
        pool["idle_time"] += gone - s.frames[oldest]["started"]
        pool["idle"] -= 1
        pool["idle_oldest"] = s.frames[oldest]["timer_previous"]
        if pool["idle_oldest"] >= 0:
            s.frames[pool["idle_oldest"]]["next"] = -1
        else:
            pool["idle_newest"] = -1
        free(s, oldest)


@njit(forceinline=True, cache=True, _nrt=False)
def _warm_environment(s: Any, p: Any, now: Any) -> Any:
    """Take the environment that was used last. True when there was one."""
    reap(s, p, now)
    pool = s.pools[p]
    if pool["idle"] == 0:
        return False
    newest = pool["idle_newest"]
    pool["idle_time"] += now - s.frames[newest]["started"]
    pool["idle"] -= 1
    pool["idle_newest"] = s.frames[newest]["next"]
    if pool["idle_newest"] >= 0:
        s.frames[pool["idle_newest"]]["timer_previous"] = -1
    else:
        pool["idle_oldest"] = -1
    free(s, newest)
    return True


@njit(forceinline=True, cache=True, _nrt=False)
def _keep_warm(s: Any, p: Any, now: Any) -> None:
    """An environment becomes idle: a frame of its own, newest first."""
    pool = s.pools[p]
    environment = take(s, -1, -1, 0)
    s.frames[environment]["started"] = now
    s.frames[environment]["timer_previous"] = -1
    s.frames[environment]["next"] = pool["idle_newest"]
    if pool["idle_newest"] >= 0:
        s.frames[pool["idle_newest"]]["timer_previous"] = environment
    else:
        pool["idle_oldest"] = environment
    pool["idle_newest"] = environment
    pool["idle"] += 1


@njit(forceinline=True, cache=True, _nrt=False)
def _may_start(s: Any, p: Any, now: Any) -> Any:
    """Whether the scaling rate allows one more environment now; takes the allowance if so."""
    pool = s.pools[p]
    tokens = pool["scale_tokens"] + (now - pool["scale_last"]) * pool["scale_rate"]
    pool["scale_tokens"] = min(tokens, pool["scale_capacity"])
    pool["scale_last"] = now
    if pool["scale_tokens"] < 1.0:
        return False
    pool["scale_tokens"] -= 1.0
    return True


@njit(forceinline=True, cache=True, _nrt=False)
def acquire(s: Any, f: Any, p: Any, node: Any) -> Any:
    """Take a server for the frame, line it up, or refuse it."""
    pool = s.pools[p]
    limit = s.limits[pool["limit"]]
    frame = s.frames[f]
    if pool["provisioned_free"] > 0:
        pool["provisioned_free"] -= 1
        frame["flags"] |= HOLDS_SERVER | PROVISIONED
        change_gauge(s, node, 1)
        return SERVED
    if limit["in_use"] >= limit["capacity"]:
        if pool["waiting"] >= pool["waiting_limit"]:
            return REFUSED
        frame["next"] = -1
        if pool["waiting_head"] < 0:
            pool["waiting_head"] = f
        else:
            s.frames[pool["waiting_tail"]]["next"] = f
        pool["waiting_tail"] = f
        pool["waiting"] += 1
        return WAITS
    if pool["environments"]:
        now = s.clock[0]["now"]
        if not _warm_environment(s, p, now):
            if not _may_start(s, p, now):
                return REFUSED
            frame["flags"] |= COLD_START
            s.counts[node, COLD_STARTS] += 1
    frame["flags"] |= HOLDS_SERVER
    limit["in_use"] += 1
    change_gauge(s, node, 1)
    return SERVED


@njit(forceinline=True, cache=True, _nrt=False)
def release(s: Any, f: Any, p: Any, node: Any) -> None:
    """Give the server back; whoever waits for it goes on."""
    pool = s.pools[p]
    frame = s.frames[f]
    flags = frame["flags"]
    if not flags & HOLDS_SERVER:
        return
    frame["flags"] = flags & ~(HOLDS_SERVER | PROVISIONED | COLD_START)
    if flags & PROVISIONED:
        pool["provisioned_free"] += 1
        change_gauge(s, node, -1)
        return
    if pool["environments"] and frame["status"] != FUNCTION_TIMEOUT:
        _keep_warm(s, p, s.clock[0]["now"])
    if pool["waiting"] > 0:
        follower = pool["waiting_head"]
        pool["waiting_head"] = s.frames[follower]["next"]
        pool["waiting"] -= 1
        s.frames[follower]["flags"] |= HOLDS_SERVER
        s.frames[follower]["pc"] += 1
        make_ready(s, follower)
        return
    s.limits[pool["limit"]]["in_use"] -= 1
    change_gauge(s, node, -1)


@njit(forceinline=True, cache=True, _nrt=False)
def meter_invocation(s: Any, f: Any, node: Any) -> None:
    """Billed duration of an invocation: initialisation and handler together, rounded up to whole milliseconds."""
    frame = s.frames[f]
    initialised = 1000.0 * frame["billed"]
    billed = math.ceil(1000.0 * (s.clock[0]["now"] - frame["mark"]) + initialised - 1e-6)
    s.meters[node, METER_INVOCATIONS] += 1
    if frame["flags"] & PROVISIONED:
        s.meters[node, METER_PROVISIONED_MS] += billed
    else:
        s.meters[node, METER_BILLED_MS] += billed
        s.meters[node, METER_COLD_INIT_MS] += initialised
