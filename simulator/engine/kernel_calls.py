"""How work travels between frames: calls that are waited for, and frames that go their own way."""

from __future__ import annotations

from simulator.engine.instructions import CALL, DELAY, POISON, TRACED, WORK, WORKING
from simulator.engine.kernel_frames import make_ready, next_root, sleep_until, take, wake_at
from simulator.engine.kernel_memory import (
    Row,
    Table,
    clock_of,
    compiled,
    counts_of,
    edges_of,
    frames_of,
    lost_of,
    policies_of,
    program_of,
)
from simulator.engine.kernel_rng import sample, uniform, whole_number
from simulator.engine.kernel_traces import note_span
from simulator.engine.stations import (
    DEPTH_LIMIT,
    EVENT_AGE_EXCEEDED,
    LAST_THROTTLE,
    LOOP_CUT,
    OK,
    RETRIES,
    RETRIES_EXHAUSTED,
    SPAN_BACK_OFF,
)

SPARE_FRAMES = 4096
"""A frame that starts others stops for a moment when fewer than this are free, so that the pool can grow."""


@compiled()
def note_cut(s: Table, node: int) -> None:
    """Count a chain that was cut, and remember where."""
    clock_of(s)[0]["loops_cut"] += 1
    clock_of(s)[0]["loop_node"] = node


@compiled(inline=True)
def call(s: Table, f: int, step: Row) -> int:
    """Carry on with the calls of one instruction. Returns the frame to run next."""
    frame = frames_of(s)[f]
    loop = frame["loop"]
    if loop == -1:
        frame["throttles"] = 0
        loop = 1
        if step["flags"] != 2:
            records = 1 if step["flags"] == 3 else frame["records"]
            loop = records
            if step["x"] != 1.0:
                loop = whole_number(s, step["x"] * records, step["stream"])
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
        frame["pc"] = step["next"]
        return f
    frame["loop"] = loop
    if step["edge"] >= 0:
        edges_of(s)[step["edge"], 0] += 1
    if frame["depth"] >= DEPTH_LIMIT:
        note_cut(s, step["node"])
        if step["edge"] >= 0:
            edges_of(s)[step["edge"], 1] += 1
        frame["status"] = LOOP_CUT
        return f
    child = take(s, step["target"], next_root(s, f), 0)
    called = frames_of(s)[child]
    called["parent"] = f
    called["edge"] = step["edge"]
    called["depth"] = frame["depth"] + 1
    called["hops"] = frame["hops"]
    called["key"] = frame["key"]
    called["flags"] = frame["flags"] & TRACED
    if step["flags"] == 2:
        called["batch"] = frame["batch"]
        called["records"] = frame["records"]
        called["flags"] |= frame["flags"] & POISON
    frame["child"] = child
    return child


@compiled(inline=True)
def go_on(s: Table, f: int) -> int:
    """A called frame has ended: its caller, if any, goes on behind the call when that was its last and went well.

    Anything else is for CALL itself to decide. Returns the caller, which runs next.
    """
    if f >= 0:
        frame = frames_of(s)[f]
        step = program_of(s)[frame["pc"]]
        if frame["loop"] == 1 and frame["status"] == OK and step["op"] == CALL:
            frame["loop"] = -1
            frame["pc"] = step["next"]
    return f


@compiled(inline=True)
def draw(s: Table, step: Row) -> float:
    """The sample that this instruction drew the last time; draws the next, which nobody has to wait for."""
    drawn = step["drawn"]
    step["drawn"] = sample(s, step["resource"], step["stream"])
    return drawn


@compiled()
def draw_first(s: Table) -> None:
    """Give every instruction that waits its first sample, unless that has been done."""
    clock = clock_of(s)[0]
    while clock["to_draw"] > 0:
        clock["to_draw"] -= 1
        step = program_of(s)[clock["to_draw"]]
        if step["op"] == DELAY or step["op"] == WORK:
            draw(s, step)


@compiled(inline=True)
def wait(s: Table, f: int, pc: int) -> None:
    """Let the frame go on after the delays from ``pc`` on in its program, one behind the other; there may be none."""
    program = program_of(s)
    time = clock_of(s)[0]["now"]
    while program[pc]["op"] == DELAY:
        time += draw(s, program[pc])
        pc = program[pc]["next"]
    frames_of(s)[f]["pc"] = pc
    sleep_until(s, f, time)


@compiled(inline=True)
def _send_one(s: Table, f: int, step: Row) -> None:
    frame = frames_of(s)[f]
    root = next_root(s, f)
    flags = 0
    if root >= 0:
        flags = WORKING
        frames_of(s)[root]["work"] += 1
    child = take(s, step["target"], root, flags)
    sent = frames_of(s)[child]
    sent["depth"] = frame["depth"] + 1
    sent["hops"] = frame["hops"]
    sent["key"] = frame["key"]
    sent["flags"] |= frame["flags"] & TRACED
    sent["edge"] = step["edge"]
    if step["edge"] >= 0:
        edges_of(s)[step["edge"], 0] += 1
    if program_of(s)[step["target"]]["op"] == DELAY:
        wait(s, child, step["target"])
    else:
        make_ready(s, child)


@compiled(inline=True)
def send(s: Table, f: int, step: Row) -> int:
    """Start the frames of one instruction. Returns the frame to run next, or -1 when the pool has to grow first."""
    frame = frames_of(s)[f]
    loop = frame["loop"]
    if loop == -1:
        loop = whole_number(s, step["x"] if step["flags"] else step["x"] * frame["records"], step["stream"])
    if loop > 0 and frame["depth"] >= DEPTH_LIMIT:
        note_cut(s, step["node"])
        loop = 0
    while loop > 0:
        if clock_of(s)[0]["free"] < SPARE_FRAMES:
            frame["loop"] = loop
            wake_at(s, f, clock_of(s)[0]["now"])
            return -1
        _send_one(s, f, step)
        loop -= 1
    frame["loop"] = -1
    frame["pc"] = step["next"]
    return f


@compiled()
def retry(s: Table, f: int, step: Row) -> int:
    """Wait and try again, or give up. Returns the frame to run next."""
    frame = frames_of(s)[f]
    policy = policies_of(s)[step["resource"]]
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
        wait *= uniform(s, step["stream"])
    now = clock_of(s)[0]["now"]
    if wait >= 0.0 and now + wait - frame["enqueued"] > policy["maximum_age"]:
        wait = -1.0
        reason = EVENT_AGE_EXCEEDED
    if wait < 0.0:
        if policy["give_up_counts"]:
            lost_of(s)[step["node"], reason] += frame["records"]
        frame["loop"] = -1
        frame["pc"] = step["otherwise"]
        return f
    counts_of(s)[step["node"], RETRIES] += 1
    if frame["flags"] & TRACED:
        note_span(s, f, step["node"], SPAN_BACK_OFF, now, now + wait)
    frame["status"] = OK
    frame["pc"] = step["target"]
    wake_at(s, f, now + wait)
    return -1
