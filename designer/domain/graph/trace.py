"""Recorded traffic as CSV text: ``time,rate`` or ``time,count``, times in seconds from the start of the run."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

MAXIMUM_LINES: Final = 100_000
_MOST: Final = 1e12


class TraceError(ValueError):
    """The text is not a trace; the message names the line."""


@dataclass(frozen=True, slots=True)
class Trace:
    """``times`` ascend; ``values`` hold from each time until the next: a rate per second, or a count in between."""

    counts: bool
    times: tuple[float, ...]
    values: tuple[float, ...]

    def rates(self) -> tuple[tuple[float, float, float], ...]:
        """``(start, end, rate)`` of each piece; the last one is as long as the one before it."""
        ends = [*self.times[1:], self.times[-1] + (self.times[-1] - self.times[-2])]
        return tuple(
            (start, end, value / (end - start) if self.counts else value)
            for start, end, value in zip(self.times, ends, self.values, strict=True)
        )


def read_trace(text: str) -> Trace:
    """Read a trace. Raises :class:`TraceError` naming the first bad line."""
    lines = text.splitlines()
    if len(lines) > MAXIMUM_LINES:
        raise TraceError(f"has {len(lines):,} lines; the most is {MAXIMUM_LINES:,}")
    header = [name.strip().lower() for name in lines[0].split(",")] if lines else []
    if header not in (["time", "rate"], ["time", "count"]):
        raise TraceError("line 1: the header must be time,rate or time,count")
    times: list[float] = []
    values: list[float] = []
    for number, line in enumerate(lines[1:], 2):
        if not line.strip():
            continue
        fields = line.split(",")
        if len(fields) != 2:
            raise TraceError(f"line {number}: has {len(fields)} fields; it must have a time and a {header[1]}")
        time, value = (_number(field, number) for field in fields)
        if times and time <= times[-1]:
            raise TraceError(f"line {number}: the time {time:g} does not come after {times[-1]:g}")
        times.append(time)
        values.append(value)
    if len(times) < 2:
        raise TraceError("needs at least two lines below the header")
    return Trace(header[1] == "count", tuple(times), tuple(values))


def _number(text: str, line: int) -> float:
    try:
        number = float(text)
    except ValueError:
        raise TraceError(f"line {line}: {text.strip()!r} is not a number") from None
    if not math.isfinite(number) or not 0.0 <= number <= _MOST:
        raise TraceError(f"line {line}: {text.strip()!r} must be a finite number, 0 or more")
    return number
