"""The kernel's caller: owns the arrays, makes them larger when they run low, and stops what grows without end."""

from __future__ import annotations

from typing import Final

import numpy as np

from simulator.engine import kernel
from simulator.engine.kernel_layout import State
from simulator.engine.kernel_memory import table
from simulator.engine.kernel_pool import admit, forget_idle
from simulator.engine.kernel_rows import APPOINTMENT, FRAME, HEAP_ENTRY
from simulator.engine.kernel_scaling import change_servers
from simulator.engine.kernel_sources import retune
from simulator.engine.stations import UNLISTED

MAXIMUM_IN_FLIGHT: Final = 2_000_000
"""Requests, messages and warm environments at the same time; more means that the design cannot keep up."""
_FIRST_SIZE: Final = 32_768


class InFlightBoundError(RuntimeError):
    """More is in flight than :data:`MAXIMUM_IN_FLIGHT`; the run ends here."""


def empty_frames(number: int, first_free: int) -> np.ndarray[tuple[int], np.dtype[np.void]]:
    """Frames of which those from ``first_free`` on form the free list, in ascending order."""
    frames = np.zeros(number, dtype=FRAME)
    for field in ("wake", "parent", "root", "child", "batch", "cursor", "loop", "node", "edge", "entry", "timer"):
        frames[field] = -1
    frames["next"] = np.arange(1, number + 1)
    frames["next"][-1] = -1
    frames["next"][:first_free] = -1
    frames["records"] = 1
    return frames


def empty_appointments(number: int) -> np.ndarray[tuple[int], np.dtype[np.void]]:
    """As many appointments as there are frames, none of them in the calendar."""
    appointments = np.zeros(number, dtype=APPOINTMENT)
    appointments["earlier"] = UNLISTED
    return appointments


def first_size() -> int:
    """How many frames and heap entries a run begins with."""
    return _FIRST_SIZE


class Machine:
    """A kernel state that can be advanced."""

    def __init__(self, state: State) -> None:
        self.state = state
        self._table = table(state)

    @property
    def now(self) -> float:
        """Simulated seconds so far."""
        return float(self.state.clock["now"][0])

    @property
    def events(self) -> int:
        """Events handled so far."""
        return int(self.state.clock["events"][0])

    @property
    def in_flight(self) -> int:
        """Frames in use: requests, invocations, messages, batches and idle environments."""
        return len(self.state.frames) - int(self.state.clock["free"][0])

    def advance(self, until: float, maximum_events: int) -> bool:
        """Run until a time (s) or for a number of events; True when the time was reached.

        Raises :class:`InFlightBoundError` when more is in flight than the bound allows.
        """
        last = self.events + maximum_events
        while True:
            reason = kernel.advance(self._table, until, last - self.events)
            if reason == kernel.REACHED_TIME:
                return True
            if reason == kernel.REACHED_EVENTS:
                return False
            if reason == kernel.NEEDS_FRAMES:
                self._grow_frames()
            else:
                self._grow_heap()

    def retune(self, source: int, frame: int, factor: float) -> None:
        """From now on the source's load is so many times what its profile says; ``frame`` is the source's own."""
        if self.state.sources["program"][source] >= 0:
            self.state.sources["factor"][source] = factor
        else:
            retune(self._table, source, frame, factor)

    def forget_idle(self, pool: int) -> None:
        """The pool's idle environments are gone."""
        forget_idle(self._table, pool)

    def admit(self, pool: int) -> None:
        """Let those in line in, as far as there is room now."""
        admit(self._table, pool)

    def change_servers(self, scaler: int, by: int) -> None:
        """So many servers of the scaler more, or fewer when negative."""
        change_servers(self._table, scaler, by)

    def change_bucket(self, bucket: int, rate: float, capacity: float) -> None:
        """The token bucket fills at another rate from now on, up to another capacity."""
        row = self.state.buckets[bucket]
        tokens = row["tokens"] + (self.now - row["last"]) * row["rate"]
        row["tokens"] = min(tokens, row["capacity"], capacity)
        row["last"], row["rate"], row["capacity"] = self.now, rate, capacity

    def _grow_frames(self) -> None:
        old = self.state.frames
        if len(old) >= MAXIMUM_IN_FLIGHT:
            raise InFlightBoundError
        number = min(2 * len(old), MAXIMUM_IN_FLIGHT)
        frames = empty_frames(number, 0)
        frames[: len(old)] = old
        frames["next"][-1] = self.state.clock["free_head"][0]
        self.state.clock["free_head"] = len(old)
        self.state.clock["free"] += number - len(old)
        appointments = empty_appointments(number)
        appointments[: len(old)] = self.state.appointments
        self._use(self.state._replace(frames=frames, appointments=appointments))

    def _grow_heap(self) -> None:
        heap = np.zeros(2 * len(self.state.heap), dtype=HEAP_ENTRY)
        heap[: len(self.state.heap)] = self.state.heap
        self.state.clock["heap_size"] = len(heap)
        self._use(self.state._replace(heap=heap))

    def _use(self, state: State) -> None:
        self.state = state
        self._table = table(state)
