"""Steps of sampled journeys, for a waterfall: stays in nodes, cold starts, waits and back-offs."""

from __future__ import annotations

from simulator.engine.instructions import TRACED
from simulator.engine.kernel_memory import Table, clock_of, compiled, frames_of, spans_of
from simulator.engine.stations import SPANS


@compiled()
def note_span(s: Table, f: int, node: int, kind: int, start: float, end: float) -> None:
    """Note a step of the frame's journey, if that journey is a sample."""
    frame = frames_of(s)[f]
    root = frame["root"]
    clock = clock_of(s)[0]
    if root < 0 or not frames_of(s)[root]["flags"] & TRACED or clock["spans"] >= SPANS:
        return
    span = spans_of(s)[clock["spans"]]
    clock["spans"] += 1
    span["trace"] = frames_of(s)[root]["cursor"]
    span["start"] = start
    span["end"] = end
    span["node"] = node
    span["edge"] = frame["edge"]
    span["kind"] = kind
    span["status"] = frame["status"]
    span["attempt"] = frame["attempts"]
    span["depth"] = frame["depth"]
