"""The future event list: a 4-ary heap ordered by time, then by sequence number (first come, first out)."""

from __future__ import annotations

from simulator.engine.kernel_memory import Table, clock_of, compiled, heap_of


@compiled(inline=True)
def push(s: Table, time: float, key: int) -> None:
    """Add an event. The caller guarantees that there is room."""
    heap = heap_of(s)
    clock = clock_of(s)
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


@compiled(inline=True)
def drop_first(s: Table) -> None:
    """Remove the earliest event."""
    heap = heap_of(s)
    clock = clock_of(s)
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
