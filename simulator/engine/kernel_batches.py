"""What becomes of a batch: deleted, kept invisible until its visibility timeout, retried in order, or given up."""

from __future__ import annotations

import math

from simulator.engine.instructions import POISON, WORKING
from simulator.engine.kernel_frames import finish, free, take, wake_at
from simulator.engine.kernel_groups import let_go
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
from simulator.engine.kernel_queue import RECEIVE_MOST, change_in_flight, poke, put_back
from simulator.engine.kernel_rng import uniform
from simulator.engine.stations import (
    DUPLICATES,
    LAST_THROTTLE,
    METER_DELETES,
    OK,
    RETRIES,
    RETRIES_EXHAUSTED,
)

RETRIES_COUNTED = 32_000
"""Retries of one batch are counted up to here."""


@compiled()
def show_again(s: Table, f: int, q: int) -> None:
    """The visibility timeout has passed while the batch is still being worked on: others may receive it."""
    frame = frames_of(s)[f]
    first = frame["batch"]
    if first < 0:
        return
    frame["batch"] = -1
    child = frame["child"]
    if child >= 0:
        frames_of(s)[child]["batch"] = -1
        frames_of(s)[child]["cursor"] = -1
    node = queues_of(s)[q]["node"]
    if node >= 0:
        counts_of(s)[node, DUPLICATES] += frame["records"]
    change_in_flight(s, q, -frame["records"])
    put_back(s, q, first)
    poke(s, q)


@compiled()
def _delete(s: Table, q: int, first: int, number: int) -> int:
    """Delete the first messages of a list; returns the rest of it."""
    message = first
    for _ in range(number):
        following = frames_of(s)[message]["next"]
        frames_of(s)[message]["status"] = OK
        if queues_of(s)[q]["groups"] > 0:
            let_go(s, q, message)
        finish(s, message)
        message = following
    change_in_flight(s, q, -number)
    if queues_of(s)[q]["node"] >= 0:
        meters_of(s)[queues_of(s)[q]["node"], METER_DELETES] += math.ceil(number / RECEIVE_MOST)
    return message


@compiled()
def _failed_records(s: Table, f: int, k: int) -> int:
    """How many records of the batch have to be read again: all, unless the mapping reports failed items."""
    frame = frames_of(s)[f]
    if frame["status"] == OK and (frame["failed"] == 0 or pollers_of(s)[k]["partial"]):
        failed = min(frame["failed"], frame["records"])
        if 0 < failed < frame["records"]:
            if pollers_of(s)[k]["ordered"]:
                failed = _from_first_failed(s, k, failed, frame["records"])
            else:
                _turn(s, f, int(uniform(s, pollers_of(s)[k]["stream"]) * frame["records"]))
        if failed > 0 and frame["flags"] & POISON:
            failed = max(failed, _poison_last(s, f, pollers_of(s)[k]["ordered"]))
        return failed
    return frame["records"]


@compiled()
def _from_first_failed(s: Table, k: int, failed: int, records: int) -> int:
    """How many records there are from the first failed one on: a stream is read again from there."""
    first = 0
    while uniform(s, pollers_of(s)[k]["stream"]) >= failed / (records - first):
        first += 1
    return records - first


@compiled()
def _turn(s: Table, f: int, places: int) -> None:
    """Put the first messages of the batch behind the others, so that each is as likely to be among the last."""
    frame = frames_of(s)[f]
    if places == 0:
        return
    first = frame["batch"]
    before = first
    for _ in range(places - 1):
        before = frames_of(s)[before]["next"]
    start = frames_of(s)[before]["next"]
    last = start
    while frames_of(s)[last]["next"] >= 0:
        last = frames_of(s)[last]["next"]
    frames_of(s)[before]["next"] = -1
    frames_of(s)[last]["next"] = first
    frame["batch"] = start


@compiled()
def _poison_last(s: Table, f: int, ordered: int) -> int:
    """How many records at the end of the batch fail for sure; those that poison it are moved there unless ordered."""
    frame = frames_of(s)[f]
    good = -1
    bad_first = -1
    bad_last = -1
    number = 0
    message = frame["batch"]
    while message >= 0:
        following = frames_of(s)[message]["next"]
        if frames_of(s)[message]["flags"] & POISON or (ordered and bad_first >= 0):
            if bad_first < 0:
                bad_first = message
            else:
                frames_of(s)[bad_last]["next"] = message
            bad_last = message
            number += 1
        elif good < 0:
            frame["batch"] = message
            good = message
        else:
            frames_of(s)[good]["next"] = message
            good = message
        message = following
    if bad_first >= 0:
        frames_of(s)[bad_last]["next"] = -1
        if good < 0:
            frame["batch"] = bad_first
        else:
            frames_of(s)[good]["next"] = bad_first
    return number


@compiled()
def _note_poison(s: Table, f: int) -> None:
    """Whether what is left of the batch is poisoned."""
    frame = frames_of(s)[f]
    flags = frame["flags"] & ~POISON
    message = frame["batch"]
    while message >= 0:
        flags |= frames_of(s)[message]["flags"] & POISON
        message = frames_of(s)[message]["next"]
    frame["flags"] = flags


@compiled()
def settle(s: Table, f: int, k: int, returns_at: int) -> None:
    """The invocation of a batch has ended: what worked is deleted, the rest waits for its visibility timeout."""
    poller = pollers_of(s)[k]
    q = poller["queue"]
    frame = frames_of(s)[f]
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
            wake_at(s, f, max(clock_of(s)[0]["now"], frame["mark"] + poller["visibility"]))
        else:
            free(s, f)
    poke(s, q)


@compiled()
def return_batch(s: Table, f: int, k: int) -> None:
    """Failed messages become visible again."""
    q = pollers_of(s)[k]["queue"]
    frame = frames_of(s)[f]
    change_in_flight(s, q, -frame["records"])
    put_back(s, q, frame["batch"])
    free(s, f)
    poke(s, q)


@compiled()
def settle_ordered(s: Table, f: int, k: int) -> None:
    """End of a stream batch's invocation: go on behind it, or try the same records again and block the lane.

    While it is blocked ``attempts`` of the poller's scale frame is 1, and ``started`` when its oldest record came.
    """
    poller = pollers_of(s)[k]
    q = poller["queue"]
    frame = frames_of(s)[f]
    now = clock_of(s)[0]["now"]
    refused = 0 < frame["status"] <= LAST_THROTTLE
    failed = _failed_records(s, f, k)
    if failed < frame["records"]:
        frame["batch"] = _delete(s, q, frame["batch"], frame["records"] - failed)
        frame["records"] = failed
    lane = frames_of(s)[poller["scale_frame"]]
    lane["attempts"] = 0
    if failed == 0:
        poller["in_use"] -= 1
        free(s, f)
        poke(s, q)
        return
    frame["status"] = OK
    frame["failed"] = 0
    oldest = now - frames_of(s)[frame["batch"]]["enqueued"]
    age = min(poller["maximum_age"], queues_of(s)[q]["retention"])
    frame["throttles"] = min(frame["throttles"] + 1, RETRIES_COUNTED) if refused else 0
    if oldest > age or (not refused and _is_used_up(s, f, k)):
        _give_up(s, f, k)
        return
    if not refused:
        if poller["bisect"] and frame["records"] > 1:
            _bisect(s, q, f)
        else:
            frame["attempts"] = min(frame["attempts"] + 1, RETRIES_COUNTED)
    if frame["flags"] & POISON:
        _note_poison(s, f)
    counts_of(s)[poller["function"], RETRIES] += 1
    lane["attempts"] = 1
    lane["started"] = frames_of(s)[frame["batch"]]["enqueued"]
    frame["pc"] = poller["invoke"]
    doublings = min(max(frame["throttles"] if refused else frame["attempts"], 1) - 1, 30)
    wake_at(s, f, now + min(poller["backoff"] * 2.0**doublings, poller["backoff_most"]))


@compiled()
def _is_used_up(s: Table, f: int, k: int) -> bool:
    """Whether the batch has had all its retries. Splitting needs none; what Lambda refuses to run is no attempt."""
    poller = pollers_of(s)[k]
    frame = frames_of(s)[f]
    splits = poller["bisect"] and frame["records"] > 1
    return bool(not splits and 0 <= poller["maximum_retries"] <= frame["attempts"])


@compiled()
def _bisect(s: Table, q: int, f: int) -> None:
    """Keep the first half of the batch and put the second back in front of the shard."""
    frame = frames_of(s)[f]
    keep = (frame["records"] + 1) // 2
    last = frame["batch"]
    for _ in range(keep - 1):
        last = frames_of(s)[last]["next"]
    second = frames_of(s)[last]["next"]
    frames_of(s)[last]["next"] = -1
    change_in_flight(s, q, keep - frame["records"])
    frame["records"] = keep
    put_back(s, q, second)


@compiled()
def _give_up(s: Table, f: int, k: int) -> None:
    """The records are skipped; one message about the batch goes to the on-failure destination."""
    poller = pollers_of(s)[k]
    q = poller["queue"]
    frame = frames_of(s)[f]
    lost_of(s)[poller["function"], RETRIES_EXHAUSTED] += frame["records"]
    if poller["on_failure"] >= 0:
        root = frames_of(s)[frame["batch"]]["root"]
        notice = take(s, poller["on_failure"], root, WORKING if root >= 0 else 0)
        if root >= 0:
            frames_of(s)[root]["work"] += 1
        frames_of(s)[notice]["depth"] = frame["depth"] + 1
        edges_of(s)[poller["on_failure_edge"], 0] += 1
        wake_at(s, notice, clock_of(s)[0]["now"])
    message = frame["batch"]
    for _ in range(frame["records"]):
        following = frames_of(s)[message]["next"]
        frames_of(s)[message]["status"] = RETRIES_EXHAUSTED
        if queues_of(s)[q]["groups"] > 0:
            let_go(s, q, message)
        finish(s, message)
        message = following
    change_in_flight(s, q, -frame["records"])
    poller["in_use"] -= 1
    free(s, f)
    poke(s, q)
