"""Batchers: frames wait until there are enough or the first has waited long enough, then one goes on for all."""

from __future__ import annotations

from simulator.engine.instructions import TRACED
from simulator.engine.kernel_calendar import forget
from simulator.engine.kernel_frames import finish, make_ready, take, wake_at
from simulator.engine.kernel_memory import Table, batchers_of, clock_of, compiled, frames_of


@compiled()
def collect(s: Table, f: int, b: int) -> None:
    """The frame waits in the batcher."""
    batcher = batchers_of(s)[b]
    frames_of(s)[f]["next"] = -1
    if batcher["number"] == 0:
        batcher["head"] = f
        if batcher["window"] > 0.0:
            wake_at(s, batcher["frame"], clock_of(s)[0]["now"] + batcher["window"])
    else:
        frames_of(s)[batcher["tail"]]["next"] = f
    batcher["tail"] = f
    batcher["number"] += 1
    if batcher["number"] >= batcher["size"]:
        hand_on(s, b)


@compiled()
def hand_on(s: Table, b: int) -> None:
    """What has been collected goes on as one frame."""
    batcher = batchers_of(s)[b]
    if batcher["number"] == 0:
        return
    f = take(s, batcher["entry"], -1, 0)
    frame = frames_of(s)[f]
    first = batcher["head"]
    frame["batch"] = first
    frame["records"] = batcher["number"]
    frame["hops"] = frames_of(s)[first]["hops"]
    frame["depth"] = frames_of(s)[first]["depth"]
    frame["key"] = frames_of(s)[first]["key"]
    frame["mark"] = clock_of(s)[0]["now"]
    if frames_of(s)[first]["flags"] & TRACED:
        frame["flags"] |= TRACED
    batcher["head"] = -1
    batcher["tail"] = -1
    batcher["number"] = 0
    forget(s, batcher["frame"])
    wake_at(s, f, clock_of(s)[0]["now"])


@compiled()
def disperse(s: Table, f: int) -> None:
    """The collected frames end with the status of the one that went on for them."""
    frame = frames_of(s)[f]
    message = frame["batch"]
    while message >= 0:
        following = frames_of(s)[message]["next"]
        frames_of(s)[message]["status"] = frame["status"]
        caller = finish(s, message)
        if caller >= 0:
            make_ready(s, caller)
        message = following
    frame["batch"] = -1
    frame["cursor"] = -1
    frame["records"] = 1
