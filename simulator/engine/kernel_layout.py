"""The array layout that lowering writes and the kernel runs: programs of stations, and what they stand on.

A *frame* is one activity in flight: a request, an invocation, a message, a batch, an idle environment. It
executes a *program*, a row of instructions, each of which is one small station (token bucket, pool,
delay, router, call ...). Times are seconds, indices are -1 when there is nothing.
"""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

_i2, _i4, _i8, _f8 = np.int16, np.int32, np.int64, np.float64

SOURCE_ROW: Final = np.dtype(
    [
        ("target", _i4),
        ("entry", _i4),
        ("stream", _i4),
        ("random", _i4),
        ("segment", _i4),
        ("last_segment", _i4),
        ("keys", _i4),
        ("program", _i4),
        ("position", _i8),
        ("last_position", _i8),
        ("running", _i8),
        ("since_segment", _i8),
        ("factor", _f8),
        ("needed", _f8),
        ("since", _f8),
    ],
    align=True,
)
SEGMENT: Final = np.dtype([("start", _f8), ("end", _f8), ("rate", _f8), ("slope", _f8)], align=True)
GAUGE: Final = np.dtype(
    [("value", _i8), ("most", _i8), ("last", _f8), ("area", _f8), ("total", _f8), ("fault", _i8)], align=True
)
"""``total`` is the area of earlier windows; ``fault`` is 1 while the node's row of faults has to be looked at."""
FAULT: Final = np.dtype(
    [
        ("down", _i4),
        ("stream", _i4),
        ("error_share", _f8),
        ("throttle_share", _f8),
        ("delay", _f8),
        ("slow", _f8),
    ],
    align=True,
)
KEYS: Final = np.dtype(
    [("count", _i8), ("fold", _i8), ("exponent", _f8), ("first", _f8), ("last", _f8), ("squeeze", _f8)], align=True
)
"""Keys 0 to ``count`` - 1, the most popular first: uniform when ``exponent`` is 0, else Zipf."""
GROUP: Final = np.dtype(
    [("head", _i4), ("tail", _i4), ("next", _i4), ("listed", _i4), ("visible", _i4), ("held", _i4)], align=True
)
CACHE: Final = np.dtype([("first", _i8), ("count", _i8), ("ttl", _f8)], align=True)
BATCHER: Final = np.dtype(
    [
        ("head", _i4),
        ("tail", _i4),
        ("number", _i4),
        ("size", _i4),
        ("frame", _i4),
        ("entry", _i4),
        ("window", _f8),
    ],
    align=True,
)
SCALER: Final = np.dtype(
    [
        ("node", _i4),
        ("pool", _i4),
        ("poller", _i4),
        ("queue", _i4),
        ("launch", _i4),
        ("stream", _i4),
        ("up", _i4),
        ("servers", _i8),
        ("launching", _i8),
        ("least", _i8),
        ("most", _i8),
        ("per_server", _i8),
        ("target", _f8),
        ("period", _f8),
        ("cooldown", _f8),
        ("last_change", _f8),
        ("area", _f8),
        ("ticked", _f8),
        ("metered", _f8),
        ("kind", _i4),
        ("keys", _i4),
        ("lanes", _i8),
        ("idle", _i8),
        ("capacity", _f8),
        ("taken", _f8),
        ("peak", _f8),
        ("target_low", _f8),
        ("bucket", _i4),
        ("watched", _i4),
        ("kept", _i4),
        ("above", _i8),
        ("patience", _i8),
        ("wanted", _i8),
        ("day", _i8),
        ("decreases", _i8),
        ("most_decreases", _i8),
        ("saved_s", _f8),
        ("cut", _f8),
    ],
    align=True,
)
"""Of throughput: ``bucket`` fills at ``servers`` units a second less the share ``cut``, up to ``saved_s`` of them.

``watched`` is the meter that says how much is used (-1: none is looked at), also of a stream's shards; ``kept`` the one
that adds up what there was.
"""
BREAKER: Final = np.dtype(
    [("state", _i4), ("failures", _i4), ("threshold", _i4), ("edge", _i4), ("open_s", _f8), ("opened", _f8)],
    align=True,
)
SPAN: Final = np.dtype(
    [
        ("trace", _i8),
        ("start", _f8),
        ("end", _f8),
        ("node", _i4),
        ("edge", _i4),
        ("kind", _i2),
        ("status", _i2),
        ("attempt", _i2),
        ("depth", _i2),
    ],
    align=True,
)
CLOCK: Final = np.dtype(
    [
        ("now", _f8),
        ("sequence", _i8),
        ("events", _i8),
        ("pending", _i8),
        ("free", _i8),
        ("free_head", _i4),
        ("ready_head", _i4),
        ("ready_tail", _i4),
        ("loops_cut", _i8),
        ("nodes", _i8),
        ("heap_size", _i8),
        ("loop_node", _i4),
        ("spans", _i8),
        ("traces", _i8),
        ("sample_every", _i8),
        ("until_sample", _i8),
        ("near", _i8),
        ("busy", _i8),
        ("today", _i8),
        ("year_end", _f8),
        ("days_per_s", _f8),
        ("events_per_day", _f8),
        ("far", _i8),
        ("tune_at", _i8),
        ("tuned_events", _i8),
        ("tuned_s", _f8),
        ("to_draw", _i8),
    ],
    align=True,
)


class State(NamedTuple):
    """Everything the kernel reads and writes. Only ``frames``, ``appointments`` and ``heap`` ever grow."""

    clock: NDArray[np.void]
    frames: NDArray[np.void]
    heap: NDArray[np.void]
    appointments: NDArray[np.void]
    days: NDArray[np.void]
    occupied: NDArray[np.int64]
    program: NDArray[np.void]
    distributions: NDArray[np.void]
    buckets: NDArray[np.void]
    limits: NDArray[np.void]
    pools: NDArray[np.void]
    queues: NDArray[np.void]
    slots: NDArray[np.int64]
    slot_starts: NDArray[np.float64]
    pollers: NDArray[np.void]
    timers: NDArray[np.void]
    policies: NDArray[np.void]
    choices: NDArray[np.void]
    translations: NDArray[np.int64]
    sources: NDArray[np.void]
    segments: NDArray[np.void]
    times: NDArray[np.float64]
    random: NDArray[np.uint64]
    gauges: NDArray[np.void]
    counts: NDArray[np.int64]
    errors: NDArray[np.int64]
    lost: NDArray[np.int64]
    edges: NDArray[np.int64]
    entries: NDArray[np.int64]
    entry_errors: NDArray[np.int64]
    histograms: NDArray[np.int64]
    histogram_sums: NDArray[np.float64]
    meters: NDArray[np.float64]
    faults: NDArray[np.void]
    keys: NDArray[np.void]
    groups: NDArray[np.void]
    caches: NDArray[np.void]
    expiries: NDArray[np.float64]
    batchers: NDArray[np.void]
    scalers: NDArray[np.void]
    breakers: NDArray[np.void]
    spans: NDArray[np.void]
    addresses: NDArray[np.int64]
    """Where the others are, for :func:`simulator.engine.kernel_memory.table`."""
