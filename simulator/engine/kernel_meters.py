"""Meters of time that is billed in steps."""

from __future__ import annotations

import math

from simulator.engine.kernel_memory import Row, Table, clock_of, compiled, frames_of, meters_of


@compiled()
def meter_time(s: Table, f: int, step: Row) -> None:
    """Seconds since the frame's work began, rounded up to whole steps; a billionth of a step is rounding error."""
    time = clock_of(s)[0]["now"] - frames_of(s)[f]["mark"]
    steps = max(math.ceil(time / step["x"] - 1e-9), 1)
    meters_of(s)[step["node"], step["resource"]] += steps * step["x"]
