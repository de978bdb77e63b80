"""The future event list: a 4-ary heap ordered by time, then by sequence number (first come, first out)."""

from __future__ import annotations

from typing import Any

from numba import njit


@njit(forceinline=True, cache=True, _nrt=False)
def push(heap: Any, clock: Any, time: Any, key: Any) -> None:
    """Add an event. The caller guarantees that there is room."""
    position = clock[0]["pending"]
    clock[0]["pending"] = position + 1
    while position > 0:
        parent = (position - 1) >> 2
        above = heap[parent]["time"]
        if above < time or (above == time and heap[parent]["key"] < key):
            break
        heap[position]["time"] = above
        heap[position]["key"] = heap[parent]["key"]
        position = parent
    heap[position]["time"] = time
    heap[position]["key"] = key


@njit(forceinline=True, cache=True, _nrt=False)
def drop_first(heap: Any, clock: Any) -> None:
    """Remove the earliest event."""
    size = clock[0]["pending"] - 1
    clock[0]["pending"] = size
    time = heap[size]["time"]
    key = heap[size]["key"]
    position = 0
    while True:
        first = 4 * position + 1
        if first >= size:
            break
        least = first
        least_time = heap[first]["time"]
        last = min(first + 4, size)
        for child in range(first + 1, last):
            child_time = heap[child]["time"]
            if child_time < least_time or (child_time == least_time and heap[child]["key"] < heap[least]["key"]):
                least = child
                least_time = child_time
        if time < least_time or (time == least_time and key < heap[least]["key"]):
            break
        heap[position]["time"] = least_time
        heap[position]["key"] = heap[least]["key"]
        position = least
    heap[position]["time"] = time
    heap[position]["key"] = key
