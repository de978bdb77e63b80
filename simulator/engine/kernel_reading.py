"""How records get from a shard to its reader: at the next poll, all of them together, or pushed one after the other."""

from __future__ import annotations

import math

from simulator.engine.kernel_frames import wake_at
from simulator.engine.kernel_memory import Row, Table, clock_of, compiled, frames_of, pollers_of
from simulator.engine.kernel_rng import sample


@compiled()
def next_poll(s: Table, step: Row) -> float:
    """The time of the next poll: polls come every ``x`` s, shifted by ``flags`` microseconds."""
    now = clock_of(s)[0]["now"]
    phase = step["flags"] * 1e-6
    return float(max(phase + math.ceil((now - phase) / step["x"]) * step["x"], now))


@compiled()
def await_reader(s: Table, f: int, step: Row) -> None:
    """Let the record go on when its reader has it; the records of one poll, and of one shard, stay in their order.

    A poller's scale frame keeps the clock of its shard: ``mark`` is the poll answered last, or the time until which a
    pushed record's latency holds for those behind it; ``billed`` that latency; ``enqueued`` the latest arrival.
    """
    now = clock_of(s)[0]["now"]
    time = next_poll(s, step) if step["x"] > 0.0 else now
    if step["code"] < 0:
        wake_at(s, f, time + sample(s, step["resource"], step["stream"]))
        return
    clock = frames_of(s)[pollers_of(s)[step["code"]]["scale_frame"]]
    if step["x"] > 0.0:
        if time > clock["mark"]:
            clock["mark"] = time
            clock["enqueued"] = max(time + sample(s, step["resource"], step["stream"]), clock["enqueued"])
    else:
        if now >= clock["mark"]:
            clock["billed"] = sample(s, step["resource"], step["stream"])
            clock["mark"] = now + clock["billed"]
        clock["enqueued"] = max(now + clock["billed"], clock["enqueued"])
    wake_at(s, f, clock["enqueued"])
