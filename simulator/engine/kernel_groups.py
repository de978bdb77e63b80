"""Message groups of a FIFO queue: while one message of a group is in flight, the group's others wait.

A queue with groups keeps its visible messages in one list per group, and a list of the groups that may be received.
"""

from __future__ import annotations

from simulator.engine.kernel_memory import Table, compiled, frames_of, groups_of, queues_of


@compiled()
def group_of(s: Table, q: int, message: int) -> int:
    """The row of the message's group."""
    queue = queues_of(s)[q]
    return int(queue["first_group"] + max(frames_of(s)[message]["group"], 0) % queue["groups"])


@compiled()
def offer(s: Table, q: int, g: int) -> None:
    """List the group as one that may be received, if it is."""
    queue = queues_of(s)[q]
    group = groups_of(s)[g]
    if group["listed"] or group["held"] > 0 or group["visible"] == 0:
        return
    group["listed"] = 1
    group["next"] = -1
    if queue["ready_head"] < 0:
        queue["ready_head"] = g
    else:
        groups_of(s)[queue["ready_tail"]]["next"] = g
    queue["ready_tail"] = g


@compiled()
def append_to_group(s: Table, q: int, message: int) -> None:
    """A message comes last in its group."""
    g = group_of(s, q, message)
    group = groups_of(s)[g]
    frames_of(s)[message]["next"] = -1
    if group["visible"] == 0:
        group["head"] = message
    else:
        frames_of(s)[group["tail"]]["next"] = message
    group["tail"] = message
    group["visible"] += 1
    offer(s, q, g)


@compiled()
def put_back_in_groups(s: Table, q: int, first: int) -> int:
    """Messages that were in flight come first in their groups again, in their order. Returns how many."""
    backwards = -1
    message = first
    while message >= 0:
        following = frames_of(s)[message]["next"]
        frames_of(s)[message]["next"] = backwards
        backwards = message
        message = following
    number = 0
    while backwards >= 0:
        following = frames_of(s)[backwards]["next"]
        g = group_of(s, q, backwards)
        group = groups_of(s)[g]
        if group["visible"] == 0:
            group["tail"] = backwards
            frames_of(s)[backwards]["next"] = -1
        else:
            frames_of(s)[backwards]["next"] = group["head"]
        group["head"] = backwards
        group["visible"] += 1
        group["held"] -= 1
        offer(s, q, g)
        backwards = following
        number += 1
    return number


@compiled()
def pop_from_groups(s: Table, q: int) -> int:
    """The next message of the first group that may be received; the same group until it is empty."""
    queue = queues_of(s)[q]
    group = groups_of(s)[queue["ready_head"]]
    message = int(group["head"])
    group["head"] = frames_of(s)[message]["next"]
    group["visible"] -= 1
    if group["visible"] == 0:
        group["tail"] = -1
        _unlist_first(s, q)
    return message


@compiled()
def _unlist_first(s: Table, q: int) -> None:
    queue = queues_of(s)[q]
    group = groups_of(s)[queue["ready_head"]]
    group["listed"] = 0
    queue["ready_head"] = group["next"]
    if queue["ready_head"] < 0:
        queue["ready_tail"] = -1


@compiled()
def hold(s: Table, q: int, message: int) -> None:
    """The message is in flight from now on."""
    groups_of(s)[group_of(s, q, message)]["held"] += 1


@compiled()
def lock_received(s: Table, q: int) -> None:
    """A batch is complete: the group that it has not emptied has to wait."""
    queue = queues_of(s)[q]
    if queue["ready_head"] >= 0 and groups_of(s)[queue["ready_head"]]["held"] > 0:
        _unlist_first(s, q)


@compiled()
def let_go(s: Table, q: int, message: int) -> None:
    """The message is deleted: its group may be received again when it was the last in flight."""
    g = group_of(s, q, message)
    groups_of(s)[g]["held"] -= 1
    offer(s, q, g)
