"""Instructions that are not met by every request: keys, caches, forks, batchers, breakers, users and the clocks' ticks.

They have a function of their own so that the loop over the frequent ones stays small.
"""

from __future__ import annotations

from simulator.engine.instructions import (
    ALIVE,
    AWAIT_READER,
    BRANCHES,
    BREAKER,
    COLLECT,
    COLLECT_TICK,
    DISPERSE,
    FORK,
    GATE,
    KEY,
    LOOK_UP,
    NOTE,
    SCALE_TICK,
    SCALER_TICK,
    SCHEDULE,
    SERVER_UP,
    STORE,
    TIMER_TICK,
    USER,
    USERS,
    WINDOW_TICK,
)
from simulator.engine.kernel_collect import collect, disperse, hand_on
from simulator.engine.kernel_faults import disturb, lets_pass, note_outcome
from simulator.engine.kernel_forks import branches, fork, is_abandoned
from simulator.engine.kernel_frames import finish
from simulator.engine.kernel_keys import cached, choose_key, store
from simulator.engine.kernel_memory import Row, Table, compiled, frames_of, gauges_of
from simulator.engine.kernel_queue import tick_scale, tick_window
from simulator.engine.kernel_reading import await_reader
from simulator.engine.kernel_scaling import server_up, tick_scaler
from simulator.engine.kernel_sources import tick_schedule, tick_users, use
from simulator.engine.kernel_timers import tick_timer


@compiled()
def special(s: Table, f: int, step: Row) -> int:
    """Execute one instruction. Returns the frame to run next, or -1."""
    frame = frames_of(s)[f]
    op = step["op"]
    if op == KEY:
        choose_key(s, f, step)
        frame["pc"] += 1
    elif op == LOOK_UP:
        frame["pc"] = step["target"] if cached(s, f, step["resource"]) else frame["pc"] + 1
    elif op == STORE:
        store(s, f, step["resource"])
        frame["pc"] += 1
    elif op == GATE:
        frame["pc"] += 1
        if gauges_of(s)[step["node"]]["fault"]:
            return disturb(s, f, step, step["flags"])
    elif op == FORK:
        return fork(s, f, step)
    elif op == BRANCHES:
        return branches(s, f, step)
    elif op == ALIVE:
        if is_abandoned(s, f):
            return finish(s, f)
        frame["pc"] += 1
    elif op == BREAKER:
        if lets_pass(s, step["resource"]):
            frame["pc"] += 1
        else:
            frame["status"] = step["code"]
            frame["pc"] = step["otherwise"]
    elif op == NOTE:
        note_outcome(s, step["resource"], frame["status"])
        frame["pc"] += 1
    elif op == COLLECT:
        collect(s, f, step["resource"])
        return -1
    elif op == DISPERSE:
        disperse(s, f)
        frame["pc"] += 1
    elif op == AWAIT_READER:
        frame["pc"] += 1
        await_reader(s, f, step)
        return -1
    elif op == USER:
        return use(s, f, step["resource"])
    elif op == SERVER_UP:
        server_up(s, f, step["resource"])
        return -1
    else:
        _tick(s, f, step)
        return -1
    return f


@compiled()
def _tick(s: Table, f: int, step: Row) -> None:
    """Something's clock has come round."""
    op = step["op"]
    if op == TIMER_TICK:
        tick_timer(s, step["resource"])
    elif op == SCHEDULE:
        tick_schedule(s, f, step["resource"])
    elif op == WINDOW_TICK:
        tick_window(s, step["resource"])
    elif op == SCALE_TICK:
        tick_scale(s, step["resource"])
    elif op == COLLECT_TICK:
        hand_on(s, step["resource"])
    elif op == SCALER_TICK:
        tick_scaler(s, f, step["resource"])
    elif op == USERS:
        tick_users(s, f, step["resource"])
