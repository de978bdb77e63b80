"""Instructions that are not met by every request: keys, caches, forks, batchers, breakers, users and the clocks' ticks.

They have a function of their own so that the loop over the frequent ones stays small.
"""

from __future__ import annotations

from simulator.engine.instructions import (
    ALIVE,
    AWAIT_READER,
    BRANCHES,
    BREAKER,
    CASE,
    CHANCE,
    COLLECT,
    COLLECT_TICK,
    DISPERSE,
    ENQUEUE,
    FORK,
    GATE,
    JUMP,
    KEY,
    LOOK_UP,
    METER_TIME,
    NOTE,
    RETRY,
    RETURN,
    ROUTE,
    SCALE_TICK,
    SCALER_TICK,
    SCHEDULE,
    SERVER_UP,
    SETTLE,
    STORE,
    TIMER_TICK,
    TRANSLATE,
    USER,
    USERS,
    WINDOW_TICK,
)
from simulator.engine.kernel_batches import return_batch, settle, settle_ordered
from simulator.engine.kernel_calls import retry
from simulator.engine.kernel_collect import collect, disperse, hand_on
from simulator.engine.kernel_faults import disturb, lets_pass, note_outcome
from simulator.engine.kernel_forks import branches, fork, is_abandoned
from simulator.engine.kernel_frames import finish
from simulator.engine.kernel_keys import cached, choose_key, store
from simulator.engine.kernel_memory import (
    Row,
    Table,
    choices_of,
    compiled,
    frames_of,
    gauges_of,
    pollers_of,
    translations_of,
)
from simulator.engine.kernel_meters import meter_time
from simulator.engine.kernel_queue import enqueue, tick_scale, tick_window
from simulator.engine.kernel_reading import await_reader
from simulator.engine.kernel_rng import uniform
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
        frame["pc"] = step["next"]
    elif op == LOOK_UP:
        frame["pc"] = step["target"] if cached(s, f, step["resource"]) else step["next"]
    elif op == STORE:
        store(s, f, step["resource"])
        frame["pc"] = step["next"]
    elif op == GATE:
        frame["pc"] = step["next"]
        if gauges_of(s)[step["node"]]["fault"]:
            return disturb(s, f, step, step["flags"])
    elif op == FORK:
        return fork(s, f, step)
    elif op == BRANCHES:
        return branches(s, f, step)
    elif op == ALIVE:
        if is_abandoned(s, f):
            return finish(s, f)
        frame["pc"] = step["next"]
    elif op == BREAKER:
        if lets_pass(s, step["resource"]):
            frame["pc"] = step["next"]
        else:
            frame["status"] = step["code"]
            frame["pc"] = step["otherwise"]
    elif op == NOTE:
        note_outcome(s, step["resource"], frame["status"])
        frame["pc"] = step["next"]
    elif op == COLLECT:
        collect(s, f, step["resource"])
        return -1
    elif op == DISPERSE:
        disperse(s, f)
        frame["pc"] = step["next"]
    elif op == METER_TIME:
        meter_time(s, f, step)
        frame["pc"] = step["next"]
    elif op == AWAIT_READER:
        frame["pc"] = step["next"]
        await_reader(s, f, step)
        return -1
    elif op == USER:
        return use(s, f, step["resource"])
    elif op == SERVER_UP:
        server_up(s, f, step["resource"])
        return -1
    else:
        return _settle_or_choose(s, f, step)
    return f


@compiled()
def _settle_or_choose(s: Table, f: int, step: Row) -> int:
    """Messages and their batches, and where to go on. Returns the frame to run next, or -1."""
    frame = frames_of(s)[f]
    op = step["op"]
    if op == ENQUEUE:
        enqueue(s, f, step["resource"])
        return -1
    if op == SETTLE:
        if pollers_of(s)[step["resource"]]["ordered"]:
            settle_ordered(s, f, step["resource"])
        else:
            settle(s, f, step["resource"], frame["pc"] + 1)
        return -1
    if op == RETURN:
        return_batch(s, f, step["resource"])
        return -1
    if op == RETRY:
        return retry(s, f, step)
    if op == ROUTE:
        frame["pc"] = _choice(s, f, step)
    elif op == CHANCE:
        frame["pc"] = step["target"] if uniform(s, step["stream"]) < step["x"] else step["next"]
    elif op == JUMP:
        frame["pc"] = step["target"]
    elif op == CASE:
        named = translations_of(s)[step["resource"], frame["status"]] != frame["status"]
        frame["pc"] = step["target"] if named else step["next"]
    elif op == TRANSLATE:
        frame["status"] = translations_of(s)[step["resource"], frame["status"]]
        frame["pc"] = step["next"]
    else:
        _tick(s, f, step)
        return -1
    return f


@compiled()
def _choice(s: Table, f: int, step: Row) -> int:
    """Where ROUTE leads."""
    choice = step["resource"]
    if step["flags"]:
        choice += max(frames_of(s)[f]["group"], 0) % step["code"]
    else:
        draw = uniform(s, step["stream"])
        last = choice + step["code"] - 1
        while choice < last and draw >= choices_of(s)[choice]["below"]:
            choice += 1
    target: int = choices_of(s)[choice]["target"]
    return target


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
