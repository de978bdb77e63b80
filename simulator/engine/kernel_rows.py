"""The records of the stations that most programs stand on. Times are seconds, indices are -1 when there is nothing."""

from __future__ import annotations

from typing import Final

import numpy as np

_i2, _i4, _i8, _f8 = np.int16, np.int32, np.int64, np.float64

FRAME: Final = np.dtype(
    [
        ("wake", _i8),
        ("started", _f8),
        ("mark", _f8),
        ("billed", _f8),
        ("enqueued", _f8),
        ("deadline", _f8),
        ("pc", _i4),
        ("parent", _i4),
        ("root", _i4),
        ("child", _i4),
        ("next", _i4),
        ("timer_next", _i4),
        ("timer_previous", _i4),
        ("batch", _i4),
        ("cursor", _i4),
        ("records", _i4),
        ("failed", _i4),
        ("loop", _i4),
        ("work", _i4),
        ("key", _i4),
        ("group", _i4),
        ("node", _i2),
        ("edge", _i2),
        ("status", _i2),
        ("flags", _i2),
        ("hops", _i2),
        ("depth", _i2),
        ("attempts", _i2),
        ("throttles", _i2),
        ("entry", _i2),
        ("timer", _i2),
    ],
    align=True,
)
HEAP_ENTRY: Final = np.dtype([("time", _f8), ("key", _i8)], align=True)
APPOINTMENT: Final = np.dtype([("time", _f8), ("earlier", _i4), ("later", _i4)], align=True)
"""Of each frame: when it goes on, and the frames before and after it in the list of that day."""
DAY: Final = np.dtype([("head", _i4), ("tail", _i4)], align=True)
INSTRUCTION: Final = np.dtype(
    [
        ("op", _i4),
        ("node", _i4),
        ("target", _i4),
        ("otherwise", _i4),
        ("edge", _i4),
        ("resource", _i4),
        ("code", _i4),
        ("flags", _i4),
        ("stream", _i4),
        ("next", _i4),
        ("x", _f8),
        ("drawn", _f8),
    ],
    align=True,
)
"""``next`` is where it goes on after the instruction: the one behind it, or where a JUMP behind it leads.

``drawn`` is the sample (s) that a DELAY or WORK uses the next time, so that drawing does not hold up the event.
"""
DISTRIBUTION: Final = np.dtype([("kind", _i4), ("a", _f8), ("b", _f8)], align=True)
TOKEN_BUCKET: Final = np.dtype([("tokens", _f8), ("rate", _f8), ("capacity", _f8), ("last", _f8)], align=True)
LIMIT: Final = np.dtype([("in_use", _i8), ("capacity", _i8)], align=True)
POOL: Final = np.dtype(
    [
        ("limit", _i4),
        ("environments", _i4),
        ("waiting_limit", _i8),
        ("waiting", _i8),
        ("waiting_head", _i4),
        ("waiting_tail", _i4),
        ("provisioned_free", _i8),
        ("idle", _i8),
        ("idle_newest", _i4),
        ("idle_oldest", _i4),
        ("idle_time", _f8),
        ("expiry", _f8),
        ("reap_every", _f8),
        ("reap_phase", _f8),
        ("scale_tokens", _f8),
        ("scale_rate", _f8),
        ("scale_capacity", _f8),
        ("scale_last", _f8),
    ],
    align=True,
)
QUEUE: Final = np.dtype(
    [
        ("node", _i4),
        ("head", _i4),
        ("tail", _i4),
        ("first_poller", _i4),
        ("redrive", _i4),
        ("redrive_edge", _i4),
        ("maximum_receives", _i4),
        ("groups", _i4),
        ("first_group", _i4),
        ("ready_head", _i4),
        ("ready_tail", _i4),
        ("poison", _i4),
        ("visible", _i8),
        ("in_flight", _i8),
        ("in_flight_limit", _i8),
        ("stored", _i8),
        ("retention", _f8),
        ("empty_since", _f8),
        ("slot", _i8),
    ],
    align=True,
)
POLLER: Final = np.dtype(
    [
        ("queue", _i4),
        ("next", _i4),
        ("entry", _i4),
        ("invoke", _i4),
        ("node", _i4),
        ("function", _i4),
        ("edge", _i4),
        ("window_frame", _i4),
        ("scale_frame", _i4),
        ("window_armed", _i4),
        ("window_over", _i4),
        ("scale_armed", _i4),
        ("ordered", _i4),
        ("bisect", _i4),
        ("partial", _i4),
        ("maximum_retries", _i4),
        ("on_failure", _i4),
        ("on_failure_edge", _i4),
        ("stream", _i4),
        ("batch_size", _i8),
        ("in_use", _i8),
        ("window", _f8),
        ("passing", _f8),
        ("limit", _f8),
        ("limit_least", _f8),
        ("limit_most", _f8),
        ("growth", _f8),
        ("visibility", _f8),
        ("maximum_age", _f8),
        ("backoff", _f8),
        ("backoff_most", _f8),
    ],
    align=True,
)
TIMER: Final = np.dtype(
    [
        ("head", _i4),
        ("tail", _i4),
        ("kind", _i4),
        ("code", _i4),
        ("target", _i4),
        ("clock", _i4),
        ("armed", _i4),
        ("queue", _i4),
        ("duration", _f8),
    ],
    align=True,
)
RETRY_POLICY: Final = np.dtype(
    [
        ("limit", _i4),
        ("throttle_limit", _i4),
        ("wait", _f8),
        ("wait_most", _f8),
        ("throttle_wait", _f8),
        ("throttle_wait_most", _f8),
        ("maximum_age", _f8),
        ("jitter", _i4),
        ("give_up_counts", _i4),
    ],
    align=True,
)
"""Waits double from ``wait``; limits of -1 mean no limit; ``jitter`` draws uniformly from zero to the wait."""
CHOICE: Final = np.dtype([("below", _f8), ("target", _i4)], align=True)
