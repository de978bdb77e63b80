"""Latency histograms as JSON values that add up exactly: what a trial hands to the experiment it belongs to."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypedDict

import numpy as np
from numpy.typing import NDArray

from simulator.engine import stations as st
from simulator.engine.metrics import latency
from simulator.engine.results import Latency


class Histogram(TypedDict):
    """Counts by bucket, only the buckets that have any; sum and maximum in seconds."""

    buckets: list[tuple[int, int]]
    sum_s: float
    max_s: float


def pack(counts: NDArray[np.int64], sum_s: float, max_s: float) -> Histogram:
    """The kernel's row of buckets without its empty ones."""
    filled = np.flatnonzero(counts)
    return {
        "buckets": [(int(bucket), int(counts[bucket])) for bucket in filled],
        "sum_s": float(sum_s),
        "max_s": float(max_s),
    }


def add(histograms: Iterable[Histogram]) -> Histogram:
    """All of them as one, as if every value had been counted in the same histogram."""
    counts = np.zeros(st.BUCKETS, dtype=np.int64)
    sum_s = max_s = 0.0
    for histogram in histograms:
        for bucket, count in histogram["buckets"]:
            counts[bucket] += count
        sum_s += histogram["sum_s"]
        max_s = max(max_s, histogram["max_s"])
    return pack(counts, sum_s, max_s)


def latency_of(histogram: Histogram) -> Latency:
    """Mean, percentiles and maximum in milliseconds."""
    counts = np.zeros(st.BUCKETS, dtype=np.int64)
    for bucket, count in histogram["buckets"]:
        counts[bucket] = count
    return latency(counts, histogram["sum_s"], histogram["max_s"])
