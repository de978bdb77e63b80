"""Queues of messages and the pollers that read them in batches.

Visible messages are a linked list of frames. A batch is a frame that holds the messages it received.
"""

from __future__ import annotations

import math
from typing import Any

from numba import njit

from simulator.engine.kernel_frames import change_gauge, depart, finish, free, take, wake_at, work_done
from simulator.engine.kernel_rng import uniform
from simulator.engine.stations import (
    DEAD_LETTERED,
    DUPLICATES,
    EXPIRED,
    FILTERED,
    METER_DELETES,
    METER_EMPTY_S,
    METER_RECEIVES,
    OK,
    RETRIES,
    RETRIES_EXHAUSTED,
    SLOTS,
    WORKING,
)

RECEIVE_MOST = 10
"""Messages that one ReceiveMessage or DeleteMessageBatch call carries."""
SCALE_EVERY_S = 0.2


@njit(forceinline=True, cache=True, _nrt=False)
def _append(s: Any, q: Any, message: Any) -> None:
    queue = s.queues[q]
    s.frames[message]["next"] = -1
    if queue["visible"] == 0:
        queue["head"] = message
        _no_longer_empty(s, q)
    else:
        s.frames[queue["tail"]]["next"] = message
    queue["tail"] = message
    queue["visible"] += 1


@njit(forceinline=True, cache=True, _nrt=False)
def _no_longer_empty(s: Any, q: Any) -> None:
    queue = s.queues[q]
    now = s.clock[0]["now"]
    if queue["node"] >= 0:
        s.meters[queue["node"], METER_EMPTY_S] += now - queue["empty_since"]


@njit(forceinline=True, cache=True, _nrt=False)
def _put_back(s: Any, q: Any, first: Any) -> None:
    """A list of messages becomes visible again, in front: they are the oldest."""
    queue = s.queues[q]
    last = first
    number = 1
    while s.frames[last]["next"] >= 0:
        last = s.frames[last]["next"]
        number += 1
    if queue["visible"] == 0:
        queue["tail"] = last
        _no_longer_empty(s, q)
    else:
        s.frames[last]["next"] = queue["head"]
    queue["head"] = first
    queue["visible"] += number


@njit(forceinline=True, cache=True, _nrt=False)
def _pop(s: Any, q: Any) -> Any:
    queue = s.queues[q]
    message = queue["head"]
    queue["head"] = s.frames[message]["next"]
    queue["visible"] -= 1
    if queue["visible"] == 0:
        queue["tail"] = -1
        queue["empty_since"] = s.clock[0]["now"]
    s.frames[message]["next"] = -1
    return message


@njit(forceinline=True, cache=True, _nrt=False)
def _change_in_flight(s: Any, q: Any, by: Any) -> None:
    queue = s.queues[q]
    queue["in_flight"] += by
    if queue["node"] >= 0:
        change_gauge(s, queue["node"], by)


@njit(forceinline=True, cache=True, _nrt=False)
def turn_slots(s: Any, q: Any) -> None:
    """Messages of a queue that nobody reads expire, one age class after the other."""
    queue = s.queues[q]
    slot = int(s.clock[0]["now"] * SLOTS / queue["retention"])
    while queue["slot"] < slot:
        queue["slot"] += 1
        at = queue["slot"] % SLOTS
        if s.slots[q, at] > 0:
            queue["stored"] -= s.slots[q, at]
            s.errors[queue["node"], EXPIRED] += s.slots[q, at]
            s.slots[q, at] = 0
        elif queue["stored"] == 0:
            queue["slot"] = slot


@njit(forceinline=True, cache=True, _nrt=False)
def _store(s: Any, f: Any, q: Any) -> None:
    """Keep a message of which nothing more will come as a number; its request's journey is over."""
    turn_slots(s, q)
    queue = s.queues[q]
    at = queue["slot"] % SLOTS
    if s.slots[q, at] == 0:
        s.slot_starts[q, at] = s.frames[f]["enqueued"]
    s.slots[q, at] += 1
    queue["stored"] += 1
    if s.frames[f]["flags"] & WORKING:
        work_done(s, s.frames[f]["root"])
    free(s, f)


@njit(cache=True, _nrt=False)
def enqueue(s: Any, f: Any, q: Any) -> None:
    """The message becomes visible; pollers with a free hand take it."""
    queue = s.queues[q]
    if queue["first_poller"] < 0:
        _store(s, f, q)
        return
    s.frames[f]["pc"] = -1
    _append(s, q, f)
    poke(s, q)


@njit(forceinline=True, cache=True, _nrt=False)
def poke(s: Any, q: Any) -> None:
    """Every poller of the queue receives what it may."""
    poller = s.queues[q]["first_poller"]
    while poller >= 0:
        _receive(s, q, poller)
        poller = s.pollers[poller]["next"]


@njit(forceinline=True, cache=True, _nrt=False)
def _receive(s: Any, q: Any, k: Any) -> None:
    poller = s.pollers[k]
    queue = s.queues[q]
    while queue["visible"] > 0:
        if poller["in_use"] >= math.floor(poller["limit"]):
            if poller["scale_armed"] == 0 and poller["limit"] < poller["limit_most"]:
                poller["scale_armed"] = 1
                wake_at(s, poller["scale_frame"], s.clock[0]["now"] + SCALE_EVERY_S)
            return
        if queue["in_flight"] >= queue["in_flight_limit"]:
            return
        if queue["visible"] < poller["batch_size"] and poller["window"] > 0.0 and poller["window_over"] == 0:
            if poller["window_armed"] == 0:
                poller["window_armed"] = 1
                wake_at(s, poller["window_frame"], s.clock[0]["now"] + poller["window"])
            return
        poller["window_over"] = 0
        _form_batch(s, q, k)


@njit(forceinline=True, cache=True, _nrt=False)
def _form_batch(s: Any, q: Any, k: Any) -> None:
    """One batch: expired messages are dropped, often received ones moved, filtered ones deleted."""
    poller = s.pollers[k]
    queue = s.queues[q]
    now = s.clock[0]["now"]
    first = -1
    last = -1
    number = 0
    received = 0
    while queue["visible"] > 0 and number < poller["batch_size"]:
        message = _pop(s, q)
        frame = s.frames[message]
        if now - frame["enqueued"] > queue["retention"]:
            frame["status"] = EXPIRED
            if poller["ordered"]:
                s.lost[poller["function"], EXPIRED] += 1
            finish(s, message)
            continue
        if queue["maximum_receives"] > 0 and frame["attempts"] >= queue["maximum_receives"]:
            _redrive(s, q, message)
            continue
        received += 1
        if (
            frame["attempts"] == 0
            and poller["passing"] < 1.0
            and uniform(s.random, poller["stream"]) >= poller["passing"]
        ):
            if poller["node"] >= 0:
                s.counts[poller["node"], FILTERED] += 1
            finish(s, message)
            continue
        if frame["attempts"] > 0 and queue["node"] >= 0:
            s.counts[queue["node"], RETRIES] += 1
        frame["attempts"] += 1
        if last < 0:
            first = message
        else:
            s.frames[last]["next"] = message
        last = message
        number += 1
    if queue["node"] >= 0:
        s.meters[queue["node"], METER_RECEIVES] += math.ceil(received / RECEIVE_MOST)
        s.meters[queue["node"], METER_DELETES] += math.ceil((received - number) / RECEIVE_MOST)
    if number == 0:
        return
    batch = take(s, poller["entry"], -1, 0)
    frame = s.frames[batch]
    frame["batch"] = first
    frame["records"] = number
    frame["hops"] = s.frames[first]["hops"]
    frame["depth"] = s.frames[first]["depth"]
    frame["mark"] = now
    poller["in_use"] += 1
    _change_in_flight(s, q, number)
    wake_at(s, batch, now)


@njit(forceinline=True, cache=True, _nrt=False)
def _redrive(s: Any, q: Any, message: Any) -> None:
    """Move a message to the dead-letter queue; it keeps its age."""
    queue = s.queues[q]
    frame = s.frames[message]
    frame["status"] = DEAD_LETTERED
    depart(s, message)
    frame["status"] = OK
    frame["attempts"] = 0
    frame["depth"] += 1
    frame["pc"] = queue["redrive"]
    s.edges[queue["redrive_edge"], 0] += 1
    wake_at(s, message, s.clock[0]["now"])


@njit(forceinline=True, cache=True, _nrt=False)
def show_again(s: Any, f: Any, q: Any) -> None:
    """The visibility timeout has passed while the batch is still being worked on: others may receive it."""
    frame = s.frames[f]
    first = frame["batch"]
    if first < 0:
        return
    frame["batch"] = -1
    child = frame["child"]
    if child >= 0:
        s.frames[child]["batch"] = -1
        s.frames[child]["cursor"] = -1
    node = s.queues[q]["node"]
    if node >= 0:
        s.counts[node, DUPLICATES] += frame["records"]
    _change_in_flight(s, q, -frame["records"])
    _put_back(s, q, first)
    poke(s, q)


@njit(forceinline=True, cache=True, _nrt=False)
def _delete(s: Any, q: Any, first: Any, number: Any) -> Any:
    """Delete the first messages of a list; returns the rest of it."""
    message = first
    for _ in range(number):
        following = s.frames[message]["next"]
        s.frames[message]["status"] = OK
        finish(s, message)
        message = following
    _change_in_flight(s, q, -number)
    if s.queues[q]["node"] >= 0:
        s.meters[s.queues[q]["node"], METER_DELETES] += math.ceil(number / RECEIVE_MOST)
    return message


@njit(forceinline=True, cache=True, _nrt=False)
def _failed_records(s: Any, f: Any, k: Any) -> Any:
    """How many records of the batch have to be read again: all, unless the mapping reports failed items."""
    frame = s.frames[f]
    if frame["status"] == OK and (frame["failed"] == 0 or s.pollers[k]["partial"]):
        return min(frame["failed"], frame["records"])
    return frame["records"]


@njit(cache=True, _nrt=False)
def settle(s: Any, f: Any, k: Any, returns_at: Any) -> None:
    """The invocation of a batch has ended: what worked is deleted, the rest waits for its visibility timeout."""
    poller = s.pollers[k]
    q = poller["queue"]
    frame = s.frames[f]
    poller["in_use"] -= 1
    if frame["batch"] < 0:
        free(s, f)
    else:
        failed = _failed_records(s, f, k)
        rest = frame["batch"]
        if failed < frame["records"]:
            rest = _delete(s, q, rest, frame["records"] - failed)
        if failed > 0:
            frame["batch"] = rest
            frame["records"] = failed
            frame["pc"] = returns_at
            wake_at(s, f, max(s.clock[0]["now"], frame["mark"] + poller["visibility"]))
        else:
            free(s, f)
    poke(s, q)


@njit(cache=True, _nrt=False)
def return_batch(s: Any, f: Any, k: Any) -> None:
    """Failed messages become visible again."""
    q = s.pollers[k]["queue"]
    frame = s.frames[f]
    _change_in_flight(s, q, -frame["records"])
    _put_back(s, q, frame["batch"])
    free(s, f)
    poke(s, q)


@njit(cache=True, _nrt=False)
def settle_ordered(s: Any, f: Any, k: Any) -> None:
    """End of a stream batch's invocation: go on behind it, or try the same records again and block the shard."""
    poller = s.pollers[k]
    q = poller["queue"]
    frame = s.frames[f]
    now = s.clock[0]["now"]
    failed = _failed_records(s, f, k)
    if failed < frame["records"]:
        frame["batch"] = _delete(s, q, frame["batch"], frame["records"] - failed)
        frame["records"] = failed
    if failed == 0:
        poller["in_use"] -= 1
        free(s, f)
        poke(s, q)
        return
    frame["status"] = OK
    frame["failed"] = 0
    oldest = now - s.frames[frame["batch"]]["enqueued"]
    age = min(poller["maximum_age"], s.queues[q]["retention"])
    if poller["bisect"] and frame["records"] > 1:
        _bisect(s, q, f)
    elif oldest > age or 0 <= poller["maximum_retries"] <= frame["attempts"]:
        _give_up(s, f, k)
        return
    else:
        frame["attempts"] += 1
    s.counts[poller["function"], RETRIES] += 1
    frame["pc"] = poller["invoke"]
    wake_at(s, f, now + min(poller["backoff"] * 2.0 ** min(frame["attempts"], 30), poller["backoff_most"]))


@njit(forceinline=True, cache=True, _nrt=False)
def _bisect(s: Any, q: Any, f: Any) -> None:
    """Keep the first half of the batch and put the second back in front of the shard."""
    frame = s.frames[f]
    keep = (frame["records"] + 1) // 2
    last = frame["batch"]
    for _ in range(keep - 1):
        last = s.frames[last]["next"]
    second = s.frames[last]["next"]
    s.frames[last]["next"] = -1
    _change_in_flight(s, q, keep - frame["records"])
    frame["records"] = keep
    _put_back(s, q, second)


@njit(forceinline=True, cache=True, _nrt=False)
def _give_up(s: Any, f: Any, k: Any) -> None:
    """The records are skipped; one message about the batch goes to the on-failure destination."""
    poller = s.pollers[k]
    q = poller["queue"]
    frame = s.frames[f]
    s.lost[poller["function"], RETRIES_EXHAUSTED] += frame["records"]
    if poller["on_failure"] >= 0:
        root = s.frames[frame["batch"]]["root"]
        notice = take(s, poller["on_failure"], root, WORKING if root >= 0 else 0)
        if root >= 0:
            s.frames[root]["work"] += 1
        s.frames[notice]["depth"] = frame["depth"] + 1
        s.edges[poller["on_failure_edge"], 0] += 1
        wake_at(s, notice, s.clock[0]["now"])
    message = frame["batch"]
    for _ in range(frame["records"]):
        following = s.frames[message]["next"]
        s.frames[message]["status"] = RETRIES_EXHAUSTED
        finish(s, message)
        message = following
    _change_in_flight(s, q, -frame["records"])
    poller["in_use"] -= 1
    free(s, f)
    poke(s, q)


@njit(cache=True, _nrt=False)
def tick_window(s: Any, k: Any) -> None:
    """The batching window has ended: receive what is there."""
    poller = s.pollers[k]
    poller["window_armed"] = 0
    poller["window_over"] = 1
    poke(s, poller["queue"])
    poller["window_over"] = 0


@njit(cache=True, _nrt=False)
def tick_scale(s: Any, k: Any) -> None:
    """Concurrency grows while all of it is busy and messages wait, and falls back when not."""
    poller = s.pollers[k]
    step = poller["growth"] * SCALE_EVERY_S
    if s.queues[poller["queue"]]["visible"] > 0 and poller["in_use"] >= math.floor(poller["limit"]):
        poller["limit"] = min(poller["limit"] + step, poller["limit_most"])
        again = True
    elif poller["limit"] > poller["limit_least"]:
        poller["limit"] = max(poller["limit"] - step, poller["limit_least"])
        again = True
    else:
        again = False
    poller["scale_armed"] = 1 if again else 0
    if again:
        wake_at(s, poller["scale_frame"], s.clock[0]["now"] + SCALE_EVERY_S)
    poke(s, poller["queue"])
