"""Queues of messages and the pollers that read them in batches.

Visible messages are a linked list of frames. A batch is a frame that holds the messages it received.
"""

from __future__ import annotations

import math

from simulator.engine.instructions import POISON, TRACED
from simulator.engine.kernel_calendar import forget
from simulator.engine.kernel_frames import change_gauge, depart, finish, take, wake_at
from simulator.engine.kernel_groups import (
    append_to_group,
    hold,
    lock_received,
    pop_from_groups,
    put_back_in_groups,
)
from simulator.engine.kernel_memory import (
    Table,
    clock_of,
    compiled,
    counts_of,
    edges_of,
    frames_of,
    lost_of,
    meters_of,
    pollers_of,
    queues_of,
)
from simulator.engine.kernel_rng import uniform
from simulator.engine.kernel_slots import store_unread
from simulator.engine.kernel_traces import note_span
from simulator.engine.stations import (
    DEAD_LETTERED,
    EXPIRED,
    FILTERED,
    METER_DELETES,
    METER_EMPTY_S,
    METER_RECEIVES,
    OK,
    RETRIES,
    SPAN_WAIT,
)

RECEIVE_MOST = 10
"""Messages that one ReceiveMessage or DeleteMessageBatch call carries."""
SCALE_EVERY_S = 0.2
MOST_COUNTED = 32_000
"""Receives of one message are counted up to here."""


@compiled()
def _append(s: Table, q: int, message: int) -> None:
    queue = queues_of(s)[q]
    frames_of(s)[message]["next"] = -1
    if queue["groups"] > 0:
        if queue["visible"] == 0:
            _no_longer_empty(s, q)
        append_to_group(s, q, message)
        queue["visible"] += 1
        return
    if queue["visible"] == 0:
        queue["head"] = message
        _no_longer_empty(s, q)
    else:
        frames_of(s)[queue["tail"]]["next"] = message
    queue["tail"] = message
    queue["visible"] += 1


@compiled()
def _no_longer_empty(s: Table, q: int) -> None:
    queue = queues_of(s)[q]
    now = clock_of(s)[0]["now"]
    if queue["node"] >= 0:
        meters_of(s)[queue["node"], METER_EMPTY_S] += now - queue["empty_since"]


@compiled()
def put_back(s: Table, q: int, first: int) -> None:
    """A list of messages becomes visible again, in front: they are the oldest."""
    queue = queues_of(s)[q]
    if queue["groups"] > 0:
        if queue["visible"] == 0:
            _no_longer_empty(s, q)
        queue["visible"] += put_back_in_groups(s, q, first)
        return
    last = first
    number = 1
    while frames_of(s)[last]["next"] >= 0:
        last = frames_of(s)[last]["next"]
        number += 1
    if queue["visible"] == 0:
        queue["tail"] = last
        _no_longer_empty(s, q)
    else:
        frames_of(s)[last]["next"] = queue["head"]
    queue["head"] = first
    queue["visible"] += number


@compiled()
def _pop(s: Table, q: int) -> int:
    queue = queues_of(s)[q]
    if queue["groups"] > 0:
        message = pop_from_groups(s, q)
    else:
        message = queue["head"]
        queue["head"] = frames_of(s)[message]["next"]
    queue["visible"] -= 1
    if queue["visible"] == 0:
        queue["tail"] = -1
        queue["empty_since"] = clock_of(s)[0]["now"]
    frames_of(s)[message]["next"] = -1
    return message


@compiled()
def _has_next(s: Table, q: int) -> bool:
    """Whether a message can be received: with groups, one whose group is not locked."""
    queue = queues_of(s)[q]
    return queue["visible"] > 0 and (queue["groups"] == 0 or queue["ready_head"] >= 0)


@compiled()
def change_in_flight(s: Table, q: int, by: int) -> None:
    queue = queues_of(s)[q]
    queue["in_flight"] += by
    if queue["node"] >= 0:
        change_gauge(s, queue["node"], by)


@compiled(inline=True)
def enqueue(s: Table, f: int, q: int) -> None:
    """The message becomes visible; pollers with a free hand take it."""
    queue = queues_of(s)[q]
    if queue["first_poller"] < 0:
        store_unread(s, f, q)
        return
    frames_of(s)[f]["pc"] = -1
    if queue["poison"] > 0:
        queue["poison"] -= 1
        frames_of(s)[f]["flags"] |= POISON
    _append(s, q, f)
    poke(s, q)


@compiled(inline=True)
def poke(s: Table, q: int) -> None:
    """Every poller of the queue receives what it may."""
    poller = queues_of(s)[q]["first_poller"]
    while poller >= 0:
        _receive(s, q, poller)
        poller = pollers_of(s)[poller]["next"]


@compiled()
def _receive(s: Table, q: int, k: int) -> None:
    poller = pollers_of(s)[k]
    queue = queues_of(s)[q]
    while _has_next(s, q):
        if poller["in_use"] >= math.floor(poller["limit"]):
            if poller["scale_armed"] == 0 and poller["limit"] < poller["limit_most"]:
                poller["scale_armed"] = 1
                wake_at(s, poller["scale_frame"], clock_of(s)[0]["now"] + SCALE_EVERY_S)
            return
        if queue["in_flight"] >= queue["in_flight_limit"]:
            return
        if queue["visible"] < poller["batch_size"] and poller["window"] > 0.0 and poller["window_over"] == 0:
            if poller["window_armed"] == 0:
                poller["window_armed"] = 1
                wake_at(s, poller["window_frame"], clock_of(s)[0]["now"] + poller["window"])
            return
        poller["window_over"] = 0
        poller["window_armed"] = 0
        forget(s, poller["window_frame"])
        _form_batch(s, q, k)


@compiled()
def _form_batch(s: Table, q: int, k: int) -> None:
    """One batch: expired messages are dropped, often received ones moved, filtered ones deleted."""
    poller = pollers_of(s)[k]
    queue = queues_of(s)[q]
    now = clock_of(s)[0]["now"]
    first = -1
    last = -1
    number = 0
    received = 0
    inherited = 0
    traced = -1
    while number < poller["batch_size"] and _has_next(s, q):
        message = _pop(s, q)
        frame = frames_of(s)[message]
        if now - frame["enqueued"] > queue["retention"]:
            frame["status"] = EXPIRED
            if poller["ordered"]:
                lost_of(s)[poller["function"], EXPIRED] += 1
            finish(s, message)
            continue
        if queue["maximum_receives"] > 0 and frame["attempts"] >= queue["maximum_receives"]:
            _redrive(s, q, message)
            continue
        received += 1
        if frame["attempts"] == 0 and poller["passing"] < 1.0 and uniform(s, poller["stream"]) >= poller["passing"]:
            if poller["node"] >= 0:
                counts_of(s)[poller["node"], FILTERED] += 1
            finish(s, message)
            continue
        if frame["attempts"] > 0 and queue["node"] >= 0:
            counts_of(s)[queue["node"], RETRIES] += 1
        frame["attempts"] = min(frame["attempts"] + 1, MOST_COUNTED)
        if last < 0:
            first = message
        else:
            frames_of(s)[last]["next"] = message
        last = message
        number += 1
        inherited |= frame["flags"] & (POISON | TRACED)
        if queue["groups"] > 0:
            hold(s, q, message)
        if frame["flags"] & TRACED:
            traced = message
            note_span(s, message, poller["node"], SPAN_WAIT, frame["enqueued"], now)
    if queue["groups"] > 0:
        lock_received(s, q)
    if queue["node"] >= 0:
        meters_of(s)[queue["node"], METER_RECEIVES] += math.ceil(received / RECEIVE_MOST)
        meters_of(s)[queue["node"], METER_DELETES] += math.ceil((received - number) / RECEIVE_MOST)
    if number == 0:
        return
    batch = take(s, poller["entry"], -1, 0)
    frame = frames_of(s)[batch]
    frame["batch"] = first
    frame["records"] = number
    frame["hops"] = frames_of(s)[first]["hops"]
    frame["depth"] = frames_of(s)[first]["depth"]
    frame["key"] = frames_of(s)[first]["key"]
    frame["group"] = frames_of(s)[first]["group"]
    frame["flags"] |= inherited
    frame["cursor"] = traced
    frame["mark"] = now
    poller["in_use"] += 1
    change_in_flight(s, q, number)
    wake_at(s, batch, now)


@compiled()
def _redrive(s: Table, q: int, message: int) -> None:
    """Move a message to the dead-letter queue; it keeps its age."""
    queue = queues_of(s)[q]
    frame = frames_of(s)[message]
    frame["status"] = DEAD_LETTERED
    depart(s, message)
    frame["status"] = OK
    frame["attempts"] = 0
    frame["depth"] += 1
    frame["pc"] = queue["redrive"]
    edges_of(s)[queue["redrive_edge"], 0] += 1
    wake_at(s, message, clock_of(s)[0]["now"])


@compiled()
def tick_window(s: Table, k: int) -> None:
    """The batching window has ended: receive what is there."""
    poller = pollers_of(s)[k]
    poller["window_armed"] = 0
    poller["window_over"] = 1
    poke(s, poller["queue"])
    poller["window_over"] = 0


@compiled()
def tick_scale(s: Table, k: int) -> None:
    """Concurrency grows while all of it is busy and messages wait, and falls back when not."""
    poller = pollers_of(s)[k]
    step = poller["growth"] * SCALE_EVERY_S
    if queues_of(s)[poller["queue"]]["visible"] > 0 and poller["in_use"] >= math.floor(poller["limit"]):
        poller["limit"] = min(poller["limit"] + step, poller["limit_most"])
        again = True
    elif poller["limit"] > poller["limit_least"]:
        poller["limit"] = max(poller["limit"] - step, poller["limit_least"])
        again = True
    else:
        again = False
    poller["scale_armed"] = 1 if again else 0
    if again:
        wake_at(s, poller["scale_frame"], clock_of(s)[0]["now"] + SCALE_EVERY_S)
    poke(s, poller["queue"])
