"""The future event list: a calendar of days for what is near, a heap for what is far or does not fit.

A day is a stretch of simulated time about as long as two events are apart. The appointments of a day are a short
list in the order of their times, first come, first out. The calendar's ring holds the next :data:`DAYS` days; a later
appointment, or one that would have to walk far down a crowded day, goes to the heap. The earlier of the two heads is
the next event, so that the order of events does not depend on the length of a day. Reference: R. Brown, "Calendar
queues: a fast O(1) priority queue implementation", Communications of the ACM 31 (1988).
"""

from __future__ import annotations

from typing import Final

import numpy as np

from simulator.engine.kernel_bits import lowest_bit
from simulator.engine.kernel_heap import drop_first, push
from simulator.engine.kernel_memory import (
    Table,
    appointments_of,
    clock_of,
    compiled,
    days_of,
    frames_of,
    heap_of,
    occupied_of,
)
from simulator.engine.stations import DAYS, FRAME_BITS, UNLISTED

_RING: Final = DAYS - 1
_BIT: Final = np.array([1 << bit for bit in range(63)] + [-1 << 63], dtype=np.int64)
_FROM: Final = np.array([-1 << bit for bit in range(64)], dtype=np.int64)
"""Of a word of 64 days: one day alone, and all from that day on."""
_FRAME_MASK: Final = (1 << FRAME_BITS) - 1
_STEPS_MOST: Final = 16
"""Appointments of a day that a new one may pass on its way to its place."""
_EVENTS_LEAST: Final = 0.3
_EVENTS_MOST: Final = 4.8
"""Events in a day: few make short lists; more make the ring reach further, which pays when much lies beyond it."""
_DAYS_PER_S_MOST: Final = 1e9
"""However many events come at once, the longest horizon still counts its days exactly (below 2 ** 53)."""
_TUNE_EVERY: Final = 16_384
"""Events between two looks at the length of a day."""


@compiled()
def _list_inside(s: Table, f: int, time: float, ring: int) -> bool:
    """Put the frame into the list of a day, before the last one there at least. False when the way is too long."""
    appointments = appointments_of(s)
    row = days_of(s)[ring]
    after = row["tail"]
    before = appointments[after]["earlier"]
    steps = 1
    while before >= 0 and appointments[before]["time"] > time:
        if steps == _STEPS_MOST:
            return False
        steps += 1
        after = before
        before = appointments[after]["earlier"]
    appointments[f]["later"] = after
    appointments[after]["earlier"] = f
    if before >= 0:
        appointments[before]["later"] = f
    else:
        row["head"] = f
    appointments[f]["earlier"] = before
    appointments[f]["time"] = time
    return True


@compiled(inline=True)
def _list_in_day(s: Table, f: int, time: float, day: int) -> bool:
    """Put the frame into the list of the day, behind those that are not later. False when it is too crowded."""
    appointments = appointments_of(s)
    ring = day & _RING
    row = days_of(s)[ring]
    before = row["tail"]
    if before < 0:
        row["head"] = f
        occupied_of(s)[ring >> 6] |= _BIT[ring & 63]
        clock_of(s)[0]["busy"] |= _BIT[ring >> 6]
        appointments[f]["later"] = -1
        row["tail"] = f
    elif appointments[before]["time"] <= time:
        appointments[before]["later"] = f
        appointments[f]["later"] = -1
        row["tail"] = f
    else:
        return _list_inside(s, f, time, ring)
    appointments[f]["earlier"] = before
    appointments[f]["time"] = time
    return True


@compiled(inline=True)
def appoint(s: Table, f: int, time: float, key: int) -> None:
    """Enter an appointment of a frame that has none. The caller guarantees that the heap has room."""
    clock = clock_of(s)[0]
    frames_of(s)[f]["wake"] = key
    position = time * clock["days_per_s"]
    if position < clock["year_end"] and _list_in_day(s, f, time, int(position)):
        clock["near"] += 1
    else:
        clock["far"] += 1
        push(s, time, key)


@compiled(inline=True)
def _mark_free(s: Table, ring: int) -> None:
    """The day has no appointment any more."""
    word = ring >> 6
    bits = occupied_of(s)[word] & ~_BIT[ring & 63]
    occupied_of(s)[word] = bits
    if bits == 0:
        clock_of(s)[0]["busy"] &= ~_BIT[word]


@compiled()
def _unlist(s: Table, f: int) -> None:
    """Take the frame out of its day."""
    appointments = appointments_of(s)
    clock = clock_of(s)[0]
    before = appointments[f]["earlier"]
    after = appointments[f]["later"]
    ring = int(appointments[f]["time"] * clock["days_per_s"]) & _RING
    row = days_of(s)[ring]
    if before >= 0:
        appointments[before]["later"] = after
    else:
        row["head"] = after
    if after >= 0:
        appointments[after]["earlier"] = before
    else:
        row["tail"] = before
        if before < 0:
            _mark_free(s, ring)
    appointments[f]["earlier"] = UNLISTED
    clock["near"] -= 1


@compiled(inline=True)
def forget(s: Table, f: int) -> None:
    """The frame has no appointment any more."""
    if frames_of(s)[f]["wake"] >= 0:
        frames_of(s)[f]["wake"] = -1
        if appointments_of(s)[f]["earlier"] != UNLISTED:
            _unlist(s, f)


@compiled(inline=True)
def _first_day(s: Table) -> int:
    """The place in the ring of the first day that has an appointment. There has to be one."""
    clock = clock_of(s)[0]
    ring = clock["today"] & _RING
    word = ring >> 6
    bits = occupied_of(s)[word] & _FROM[ring & 63]
    if bits == 0:
        words = clock["busy"] & _FROM[word] & ~_BIT[word]
        if words == 0:
            words = clock["busy"]
        word = lowest_bit(words)
        bits = occupied_of(s)[word]
    day: int = (word << 6) + lowest_bit(bits)
    return day


@compiled(inline=True)
def _unlist_first(s: Table, f: int, ring: int) -> None:
    """Take the first frame of the day at this place in the ring out of it."""
    appointments = appointments_of(s)
    after = appointments[f]["later"]
    appointments[f]["earlier"] = UNLISTED
    row = days_of(s)[ring]
    row["head"] = after
    if after >= 0:
        appointments[after]["earlier"] = -1
    else:
        row["tail"] = -1
        _mark_free(s, ring)
    clock_of(s)[0]["near"] -= 1


@compiled(inline=True)
def _turn_to(s: Table, time: float) -> None:
    clock = clock_of(s)[0]
    clock["now"] = time
    clock["today"] = int(time * clock["days_per_s"])
    clock["year_end"] = float(clock["today"] + DAYS)


@compiled(inline=True)
def next_frame(s: Table, until: float) -> int:
    """Take the frame of the earliest event and set the clock to it; -1 when there is none until then.

    -2: the appointment at the head of the heap was void and has been dropped.
    """
    clock = clock_of(s)[0]
    f = -1
    ring = 0
    time = np.inf
    if clock["near"] > 0:
        ring = _first_day(s)
        f = days_of(s)[ring]["head"]
        time = appointments_of(s)[f]["time"]
    if clock["pending"] > 0 and heap_of(s)[0]["time"] <= time:
        key = heap_of(s)[0]["key"]
        far_time = heap_of(s)[0]["time"]
        if far_time < time or key < frames_of(s)[f]["wake"]:
            if far_time > until:
                return -1
            drop_first(s)
            f = int(key & _FRAME_MASK)
            if frames_of(s)[f]["wake"] != key:
                return -2
            frames_of(s)[f]["wake"] = -1
            _turn_to(s, far_time)
            return f
    if f < 0 or time > until:
        return -1
    _unlist_first(s, f, ring)
    frames_of(s)[f]["wake"] = -1
    clock["now"] = time
    clock["today"] += (ring - clock["today"]) & _RING
    clock["year_end"] = float(clock["today"] + DAYS)
    return f


@compiled()
def tune(s: Table) -> None:
    """Set the length of a day by how far events are apart. The heap has to have room for the whole calendar."""
    clock = clock_of(s)[0]
    passed = clock["now"] - clock["tuned_s"]
    events = clock["events"] - clock["tuned_events"]
    if 10 * clock["far"] > events:
        clock["events_per_day"] = min(2.0 * clock["events_per_day"], _EVENTS_MOST)
    elif 100 * clock["far"] < events:
        clock["events_per_day"] = max(0.5 * clock["events_per_day"], _EVENTS_LEAST)
    wanted = min(events / max(passed, 1e-9) / clock["events_per_day"], _DAYS_PER_S_MOST)
    clock["far"] = 0
    clock["tuned_s"] = clock["now"]
    clock["tuned_events"] = clock["events"]
    clock["tune_at"] = clock["events"] + _TUNE_EVERY
    if 0.6 * clock["days_per_s"] < wanted < 1.7 * clock["days_per_s"]:
        return
    appointments = appointments_of(s)
    first = -1
    last = -1
    while clock["near"] > 0:
        ring = _first_day(s)
        f = days_of(s)[ring]["head"]
        _unlist_first(s, f, ring)
        if last >= 0:
            appointments[last]["later"] = f
        else:
            first = f
        appointments[f]["later"] = -1
        last = f
    clock["days_per_s"] = wanted
    _turn_to(s, clock["now"])
    while first >= 0:
        f = first
        first = appointments[f]["later"]
        appoint(s, f, appointments[f]["time"], frames_of(s)[f]["wake"])
