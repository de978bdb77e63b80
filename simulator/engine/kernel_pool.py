"""Pools of servers: a shared concurrency limit, a queue in front or none, and warm environments behind."""

from __future__ import annotations

import math

from simulator.engine.instructions import COLD_START, HOLDS_SERVER, PROVISIONED, TRACED, WAITING
from simulator.engine.kernel_calls import note_cut
from simulator.engine.kernel_frames import change_gauge, free, make_ready, take_bare
from simulator.engine.kernel_memory import (
    Row,
    Table,
    clock_of,
    compiled,
    counts_of,
    frames_of,
    limits_of,
    meters_of,
    pools_of,
    program_of,
)
from simulator.engine.kernel_traces import note_span
from simulator.engine.stations import (
    COLD_STARTS,
    FUNCTION_TIMEOUT,
    METER_BILLED_MS,
    METER_INVOCATIONS,
    METER_PROVISIONED_MS,
    RECURSION_LIMIT,
    RECURSION_STOPPED,
    SPAN_WAIT,
)

REFUSED = 0
SERVED = 1
WAITS = 2


@compiled()
def reaped_at(pool: Row, idle_since: float) -> float:
    """When an environment idle since then is removed: at the first round of the reaper after its expiry."""
    earliest = idle_since + pool["expiry"]
    if pool["reap_every"] <= 0.0:
        return earliest
    rounds = math.ceil((earliest - pool["reap_phase"]) / pool["reap_every"])
    return pool["reap_phase"] + rounds * pool["reap_every"]


@compiled()
def reap(s: Table, p: int, now: float) -> None:
    """Remove the environments that have been idle too long; the oldest are at one end of the list."""
    pool = pools_of(s)[p]
    while pool["idle"] > 0:
        oldest = pool["idle_oldest"]
        gone = reaped_at(pool, frames_of(s)[oldest]["started"])
        if gone > now:
            return
        pool["idle_time"] += gone - frames_of(s)[oldest]["started"]
        pool["idle"] -= 1
        pool["idle_oldest"] = frames_of(s)[oldest]["timer_previous"]
        if pool["idle_oldest"] >= 0:
            frames_of(s)[pool["idle_oldest"]]["next"] = -1
        else:
            pool["idle_newest"] = -1
        free(s, oldest)


@compiled()
def forget_idle(s: Table, p: int) -> None:
    """Every idle environment is gone."""
    pool = pools_of(s)[p]
    now = clock_of(s)[0]["now"]
    while pool["idle"] > 0:
        _warm_environment(s, p, now)


@compiled(inline=True)
def _warm_environment(s: Table, p: int, now: float) -> bool:
    """Take the environment that was used last. True when there was one."""
    reap(s, p, now)
    pool = pools_of(s)[p]
    if pool["idle"] == 0:
        return False
    newest = pool["idle_newest"]
    pool["idle_time"] += now - frames_of(s)[newest]["started"]
    pool["idle"] -= 1
    pool["idle_newest"] = frames_of(s)[newest]["next"]
    if pool["idle_newest"] >= 0:
        frames_of(s)[pool["idle_newest"]]["timer_previous"] = -1
    else:
        pool["idle_oldest"] = -1
    free(s, newest)
    return True


@compiled(inline=True)
def _keep_warm(s: Table, p: int, now: float) -> None:
    """An environment becomes idle: a frame of its own, newest first."""
    pool = pools_of(s)[p]
    environment = take_bare(s)
    frames_of(s)[environment]["started"] = now
    frames_of(s)[environment]["timer_previous"] = -1
    frames_of(s)[environment]["next"] = pool["idle_newest"]
    if pool["idle_newest"] >= 0:
        frames_of(s)[pool["idle_newest"]]["timer_previous"] = environment
    else:
        pool["idle_oldest"] = environment
    pool["idle_newest"] = environment
    pool["idle"] += 1


@compiled()
def _may_start(s: Table, p: int, now: float) -> bool:
    """Whether the scaling rate allows one more environment now; takes the allowance if so."""
    pool = pools_of(s)[p]
    tokens = pool["scale_tokens"] + (now - pool["scale_last"]) * pool["scale_rate"]
    pool["scale_tokens"] = min(tokens, pool["scale_capacity"])
    pool["scale_last"] = now
    if pool["scale_tokens"] < 1.0:
        return False
    pool["scale_tokens"] -= 1.0
    return True


@compiled(inline=True)
def _take_server(s: Table, f: int, p: int, node: int) -> int:
    pool = pools_of(s)[p]
    limit = limits_of(s)[pool["limit"]]
    frame = frames_of(s)[f]
    if pool["provisioned_free"] > 0:
        pool["provisioned_free"] -= 1
        frame["flags"] |= HOLDS_SERVER | PROVISIONED
        change_gauge(s, node, 1)
        return SERVED
    if limit["in_use"] >= limit["capacity"]:
        if pool["waiting"] >= pool["waiting_limit"]:
            return REFUSED
        frame["next"] = -1
        frame["child"] = pool["waiting_tail"]
        frame["flags"] |= WAITING
        if pool["waiting_head"] < 0:
            pool["waiting_head"] = f
        else:
            frames_of(s)[pool["waiting_tail"]]["next"] = f
        pool["waiting_tail"] = f
        pool["waiting"] += 1
        return WAITS
    if pool["environments"]:
        now = clock_of(s)[0]["now"]
        if not _warm_environment(s, p, now):
            if not _may_start(s, p, now):
                return REFUSED
            frame["flags"] |= COLD_START
            counts_of(s)[node, COLD_STARTS] += 1
    frame["flags"] |= HOLDS_SERVER
    limit["in_use"] += 1
    change_gauge(s, node, 1)
    return SERVED


@compiled(inline=True)
def acquire(s: Table, f: int, step: Row) -> int:
    """Take a server for the frame, line it up, or send it to ``otherwise``."""
    frame = frames_of(s)[f]
    if step["flags"]:
        frame["hops"] += 1
        if frame["hops"] > RECURSION_LIMIT:
            note_cut(s, step["node"])
            frame["status"] = RECURSION_STOPPED
            frame["pc"] = step["otherwise"]
            return REFUSED
    outcome = _take_server(s, f, step["resource"], step["node"])
    if outcome == REFUSED:
        frame["status"] = step["code"]
        frame["pc"] = step["otherwise"]
    return outcome


@compiled(inline=True)
def release(s: Table, f: int, step: Row) -> None:
    """Give the server back; whoever waits for it goes on."""
    p = step["resource"]
    node = step["node"]
    pool = pools_of(s)[p]
    frame = frames_of(s)[f]
    flags = frame["flags"]
    if not flags & HOLDS_SERVER:
        return
    frame["flags"] = flags & ~(HOLDS_SERVER | PROVISIONED | COLD_START)
    if flags & PROVISIONED:
        pool["provisioned_free"] += 1
        change_gauge(s, node, -1)
        return
    ended = frame["status"] == FUNCTION_TIMEOUT or (step["code"] > 0 and frame["status"] == step["code"])
    if pool["environments"] and not ended:
        _keep_warm(s, p, clock_of(s)[0]["now"])
    limit = limits_of(s)[pool["limit"]]
    if pool["waiting"] > 0 and limit["in_use"] <= limit["capacity"]:
        _serve_first(s, p)
        return
    limit["in_use"] -= 1
    change_gauge(s, node, -1)


@compiled(inline=True)
def _serve_first(s: Table, p: int) -> None:
    """The first in line gets a server and goes on."""
    follower = pools_of(s)[p]["waiting_head"]
    _unlink(s, p, follower)
    frame = frames_of(s)[follower]
    if frame["flags"] & TRACED:
        note_span(s, follower, program_of(s)[frame["pc"]]["node"], SPAN_WAIT, frame["started"], clock_of(s)[0]["now"])
    frame["flags"] |= HOLDS_SERVER
    frame["pc"] += 1
    make_ready(s, follower)


@compiled(inline=True)
def _unlink(s: Table, p: int, f: int) -> None:
    """Take the frame out of the line. The first one's ``child`` is not looked at, so that nobody has to renew it."""
    pool = pools_of(s)[p]
    frame = frames_of(s)[f]
    after = frame["next"]
    before = -1
    if pool["waiting_head"] == f:
        pool["waiting_head"] = after
    else:
        before = frame["child"]
        frames_of(s)[before]["next"] = after
        if after >= 0:
            frames_of(s)[after]["child"] = before
    if after < 0:
        pool["waiting_tail"] = before
    pool["waiting"] -= 1
    frame["child"] = -1
    frame["next"] = -1
    frame["flags"] &= ~WAITING


@compiled()
def leave_line(s: Table, f: int) -> None:
    """The frame waits no longer for the pool of the ACQUIRE at which it stands."""
    _unlink(s, program_of(s)[frames_of(s)[f]["pc"]]["resource"], f)


@compiled()
def admit(s: Table, p: int) -> None:
    """Servers have been added: those in line get them."""
    pool = pools_of(s)[p]
    limit = limits_of(s)[pool["limit"]]
    while pool["waiting"] > 0 and limit["in_use"] < limit["capacity"]:
        node = program_of(s)[frames_of(s)[pool["waiting_head"]]["pc"]]["node"]
        limit["in_use"] += 1
        change_gauge(s, node, 1)
        _serve_first(s, p)


@compiled()
def meter_invocation(s: Table, f: int, node: int) -> None:
    """Billed duration of an invocation: initialisation and handler together, rounded up to whole milliseconds."""
    frame = frames_of(s)[f]
    initialised = 1000.0 * frame["billed"]
    billed = math.ceil(1000.0 * (clock_of(s)[0]["now"] - frame["mark"]) + initialised - 1e-6)
    meters_of(s)[node, METER_INVOCATIONS] += 1
    if frame["flags"] & PROVISIONED:
        meters_of(s)[node, METER_PROVISIONED_MS] += billed
    else:
        meters_of(s)[node, METER_BILLED_MS] += billed
