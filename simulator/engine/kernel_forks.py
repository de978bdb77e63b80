"""Branches that run side by side: a frame of its own starts them, counts them and answers for them.

When one has failed the waiting frame goes on at once. Branches that still run find out at ALIVE and end there; calls
that they have made go on.
"""

from __future__ import annotations

from simulator.engine.instructions import ABANDONED, JOINS, WORKING
from simulator.engine.kernel_calls import SPARE_FRAMES, note_cut
from simulator.engine.kernel_frames import finish, make_ready, next_root, take, wake_at
from simulator.engine.kernel_memory import Row, Table, choices_of, clock_of, compiled, frames_of
from simulator.engine.kernel_rng import whole_number
from simulator.engine.stations import DEPTH_LIMIT, LOOP_CUT, OK

_STARTING = 1


@compiled()
def fork(s: Table, f: int, step: Row) -> int:
    """Begin the branches, or go on after them. Returns the frame to run next."""
    frame = frames_of(s)[f]
    if frame["loop"] == -1:
        if frame["depth"] >= DEPTH_LIMIT:
            note_cut(s, frame["node"])
            frame["status"] = LOOP_CUT
            frame["pc"] = step["otherwise"]
            return f
        join = take(s, frame["pc"] + 1, next_root(s, f), JOINS)
        joined = frames_of(s)[join]
        joined["parent"] = f
        joined["records"] = frame["records"]
        joined["depth"] = frame["depth"] + 1
        joined["hops"] = frame["hops"]
        joined["key"] = frame["key"]
        frame["child"] = join
        frame["loop"] = 1
        return join
    frame["loop"] = -1
    frame["pc"] = frame["pc"] + 2 if frame["status"] == OK else step["otherwise"]
    return f


@compiled()
def branches(s: Table, f: int, step: Row) -> int:
    """Begin, or a branch has ended: start the next ones, or answer. Returns the frame to run next."""
    frame = frames_of(s)[f]
    if frame["loop"] == -1:
        frame["loop"] = step["code"]
        if step["resource"] < 0:
            frame["loop"] = whole_number(s, step["x"] * frame["records"], step["stream"])
        frame["cursor"] = frame["loop"]
    elif frame["attempts"] == _STARTING:
        frame["attempts"] = 0
    else:
        frame["work"] -= 1
        _branch_ended(s, f, step["otherwise"])
    most = step["flags"] if step["flags"] > 0 else frame["cursor"]
    while frame["loop"] > 0 and frame["work"] < most:
        if clock_of(s)[0]["free"] < SPARE_FRAMES:
            frame["attempts"] = _STARTING
            wake_at(s, f, clock_of(s)[0]["now"])
            return -1
        _start_branch(s, f, step)
    if frame["work"] > 0:
        return -1
    frame["cursor"] = -1
    frame["status"] = OK
    return finish(s, f)


@compiled()
def _start_branch(s: Table, f: int, step: Row) -> None:
    frame = frames_of(s)[f]
    target = step["target"]
    if step["resource"] >= 0:
        target = choices_of(s)[step["resource"] + frame["cursor"] - frame["loop"]]["target"]
    branch = take(s, target, frame["root"], 0)
    started = frames_of(s)[branch]
    started["parent"] = f
    started["depth"] = frame["depth"]
    started["hops"] = frame["hops"]
    started["key"] = frame["key"]
    frame["loop"] -= 1
    frame["work"] += 1
    make_ready(s, branch)


@compiled()
def _branch_ended(s: Table, f: int, tolerated: int) -> None:
    """The first failure too many ends the waiting of the frame that forked."""
    frame = frames_of(s)[f]
    if frame["status"] == OK or frame["flags"] & ABANDONED:
        return
    frame["failed"] += 1
    if frame["failed"] <= tolerated:
        frame["status"] = OK
        return
    abandon(s, f)
    parent = frame["parent"]
    if parent >= 0:
        frame["parent"] = -1
        frames_of(s)[parent]["child"] = -1
        frames_of(s)[parent]["status"] = frame["status"]
        make_ready(s, parent)
        if frame["root"] >= 0:
            frame["flags"] |= WORKING
            frames_of(s)[frame["root"]]["work"] += 1


@compiled()
def abandon(s: Table, f: int) -> None:
    """Start no further branches; those that run end at their next ALIVE."""
    frames_of(s)[f]["flags"] |= ABANDONED
    frames_of(s)[f]["loop"] = 0


@compiled()
def is_abandoned(s: Table, f: int) -> bool:
    """Whether a FORK around the frame has failed."""
    above = frames_of(s)[f]["parent"]
    while above >= 0:
        if frames_of(s)[above]["flags"] & ABANDONED:
            return True
        above = frames_of(s)[above]["parent"]
    return False
