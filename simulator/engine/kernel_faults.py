"""Faults of nodes, and circuit breakers in front of calls."""

from __future__ import annotations

from simulator.engine.kernel_frames import finish, wake_at
from simulator.engine.kernel_memory import Row, Table, breakers_of, clock_of, compiled, faults_of, frames_of
from simulator.engine.kernel_rng import uniform
from simulator.engine.stations import (
    DEPENDENCY_DOWN,
    GATE_DELAY,
    GATE_ERRORS,
    GATE_REFUSALS,
    INJECTED_ERROR,
    OK,
    THROTTLED,
)

CLOSED = 0
OPEN = 1
HALF_OPEN = 2


@compiled()
def _happens(s: Table, share: float, stream: int) -> bool:
    return share > 0.0 and uniform(s, stream) < share


@compiled()
def disturb(s: Table, f: int, step: Row, which: int) -> int:
    """What the node's faults do to a frame that has come to it. Returns the frame to run next."""
    frame = frames_of(s)[f]
    fault = faults_of(s)[step["node"]]
    status = OK
    if which & GATE_REFUSALS and fault["down"]:
        status = DEPENDENCY_DOWN
    elif which & GATE_REFUSALS and _happens(s, fault["throttle_share"], fault["stream"]):
        status = THROTTLED
    elif which & GATE_ERRORS and _happens(s, fault["error_share"], fault["stream"]):
        status = INJECTED_ERROR
    if status != OK:
        frame["status"] = status
        if step["otherwise"] < 0:
            return finish(s, f)
        frame["pc"] = step["otherwise"]
        return f
    if which & GATE_DELAY and fault["delay"] > 0.0:
        wake_at(s, f, clock_of(s)[0]["now"] + fault["delay"])
        return -1
    return f


@compiled()
def lets_pass(s: Table, b: int) -> bool:
    """Whether the circuit breaker lets a call through; a single one when its time of rest is over."""
    breaker = breakers_of(s)[b]
    if breaker["state"] == CLOSED:
        return True
    if breaker["state"] == OPEN and clock_of(s)[0]["now"] >= breaker["opened"] + breaker["open_s"]:
        breaker["state"] = HALF_OPEN
        return True
    return False


@compiled()
def note_outcome(s: Table, b: int, status: int) -> None:
    """Failures in a row open the circuit breaker; one success closes it."""
    breaker = breakers_of(s)[b]
    if status == OK:
        breaker["state"] = CLOSED
        breaker["failures"] = 0
        return
    breaker["failures"] += 1
    if breaker["state"] == HALF_OPEN or breaker["failures"] >= breaker["threshold"]:
        breaker["state"] = OPEN
        breaker["opened"] = clock_of(s)[0]["now"]
