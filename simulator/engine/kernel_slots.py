"""Messages of a queue that nobody reads: kept as numbers per age class, so that expiry costs no frames."""

from __future__ import annotations

from simulator.engine.instructions import WORKING
from simulator.engine.kernel_frames import free, work_done
from simulator.engine.kernel_memory import (
    Table,
    clock_of,
    compiled,
    errors_of,
    frames_of,
    queues_of,
    slot_starts_of,
    slots_of,
)
from simulator.engine.stations import EXPIRED, SLOTS


@compiled()
def turn_slots(s: Table, q: int) -> None:
    """Messages of a queue that nobody reads expire, one age class after the other."""
    queue = queues_of(s)[q]
    slot = int(clock_of(s)[0]["now"] * SLOTS / queue["retention"])
    while queue["slot"] < slot:
        queue["slot"] += 1
        at = queue["slot"] % SLOTS
        if slots_of(s)[q, at] > 0:
            queue["stored"] -= slots_of(s)[q, at]
            errors_of(s)[queue["node"], EXPIRED] += slots_of(s)[q, at]
            slots_of(s)[q, at] = 0
        elif queue["stored"] == 0:
            queue["slot"] = slot


@compiled()
def store_unread(s: Table, f: int, q: int) -> None:
    """Keep a message of which nothing more will come as a number; its request's journey is over."""
    turn_slots(s, q)
    queue = queues_of(s)[q]
    at = queue["slot"] % SLOTS
    if slots_of(s)[q, at] == 0:
        slot_starts_of(s)[q, at] = frames_of(s)[f]["enqueued"]
    slots_of(s)[q, at] += 1
    queue["stored"] += 1
    if frames_of(s)[f]["flags"] & WORKING:
        work_done(s, frames_of(s)[f]["root"])
    free(s, f)
